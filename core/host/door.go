package host

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"time"

	"shopbell/core/cloudapi"
	"shopbell/core/desk"
	"shopbell/core/store"
	"shopbell/core/tunnel"
)

// Tunnels makes the tunnel of a chosen way, closed yet. changed may be told that
// the connection behind it was lost (false), or is back (true).
type Tunnels func(a desk.Arrival, changed func(up bool)) tunnel.Tunnel

func realTunnel(a desk.Arrival, changed func(up bool)) tunnel.Tunnel {
	if a.Way == desk.WayTunnel {
		return &tunnel.Ngrok{Key: a.TunnelKey, Domain: a.Domain, Changed: changed}
	}
	return &tunnel.Forwarder{URL: a.URL, Listen: a.Listen}
}

const (
	openLimit                  = 30 * time.Second // of one try to open a way
	firstDoorWait, maxDoorWait = time.Second, time.Minute
)

// door is the chosen way that webhooks come, and keeps it open: another choice is
// another door.
type door struct {
	h      *Host
	chosen desk.Arrival
	stop   context.CancelFunc
	ended  chan struct{}
	again  chan struct{} // has the address told to Meta once more

	asking sync.Mutex // one check at a time

	mu     sync.Mutex
	report desk.ArrivalReport
}

// openDoor puts the door of a choice in place of the one there is.
func (h *Host) openDoor(a desk.Arrival) error {
	if old := h.door.Swap(nil); old != nil {
		old.close()
	}
	if a.Way == desk.WayNone {
		return nil
	}
	ctx, stop := context.WithCancel(h.base)
	d := &door{h: h, chosen: a, stop: stop, ended: make(chan struct{}), again: make(chan struct{}, 1)}
	d.report.State = desk.ArrivalOpening
	h.door.Store(d)
	err := h.begin("arrival", func(context.Context) error {
		defer close(d.ended)
		return d.run(ctx)
	})
	if err != nil {
		close(d.ended)
	}
	return err
}

// close shuts the door once requests under way have ended.
func (d *door) close() {
	d.stop()
	<-d.ended
}

func (d *door) run(ctx context.Context) error {
	for wait := firstDoorWait; ; wait = min(2*wait, maxDoorWait) {
		opened, err := d.stand(ctx)
		if ctx.Err() != nil {
			return err
		}
		if opened {
			wait = firstDoorWait
		}
		d.failed(err)
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return nil
		}
	}
}

// stand opens the way and lets webhooks in until ctx ends or the way does.
func (d *door) stand(ctx context.Context) (opened bool, err error) {
	dig := d.h.o.Tunnels
	if dig == nil {
		dig = realTunnel
	}
	t := dig(d.chosen, d.moved)
	defer func() { err = errors.Join(err, t.Close()) }()
	opening, cancel := context.WithTimeout(ctx, openLimit)
	defer cancel()
	public, err := t.Open(opening)
	if err != nil {
		return false, err
	}
	server, ended := newServer(d.h.webhooks()), make(chan error, 1)
	go func() { ended <- serve(server, public.Listener) }()
	// An address that changes with each start is told by itself; one of the owner's
	// own is when they have it checked.
	if told := d.opened(public); !told && d.chosen.Way == desk.WayTunnel && d.h.line.Load() != nil {
		d.tell()
	}
	for {
		select {
		case <-d.again:
			d.check(ctx)
		case err := <-ended: // the way ended by itself; requests on its connections have not
			return true, errors.Join(err, shutDown(server))
		case <-ctx.Done():
			err := shutDown(server)
			return true, errors.Join(err, <-ended)
		}
	}
}

// tell has the address told to Meta.
func (d *door) tell() {
	select {
	case d.again <- struct{}{}:
	default: // it will be, already
	}
}

// change changes the report, and tells the screens.
func (d *door) change(how func(*desk.ArrivalReport)) desk.ArrivalReport {
	d.mu.Lock()
	how(&d.report)
	report := d.report
	d.mu.Unlock()
	d.h.feed.publish(desk.Event{Kind: desk.EventHealth})
	return report
}

func (d *door) read() desk.ArrivalReport {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.report
}

// opened takes down that the way is open, and reports whether Meta was told its
// address before, or there is none to tell.
func (d *door) opened(public tunnel.Public) (told bool) {
	r := desk.ArrivalReport{State: desk.ArrivalOpening}
	if d.chosen.Way == desk.WayForwarder {
		r.Forward = "http://" + public.Listener.Addr().String()
	}
	address, err := tunnel.Address(public.URL)
	if err == nil {
		r.State, r.Public = desk.ArrivalOpen, address
	}
	told = address == "" || d.h.toldMeta(address)
	if told && address != "" {
		r.State = desk.ArrivalChecked
	}
	d.change(func(report *desk.ArrivalReport) { *report = r })
	return told
}

// moved takes down that the connection behind the way is lost or back.
func (d *door) moved(up bool) {
	told := up && d.h.toldMeta(d.read().Public)
	d.change(func(r *desk.ArrivalReport) {
		switch {
		case !up:
			r.State = desk.ArrivalOpening
		case told:
			r.State = desk.ArrivalChecked
		default:
			r.State = desk.ArrivalOpen
		}
	})
}

// failed takes down why the way is not open. It is tried again by itself.
func (d *door) failed(err error) {
	found := desk.Check{Field: addressField, State: desk.CheckBad, Code: desk.CheckUnreachable}
	if refused, ok := errors.AsType[*tunnel.RefusedError](err); ok {
		found.Code, found.Args = desk.CheckTunnelRefused, map[string]string{"reason": refused.Reason}
	}
	if taken, ok := errors.AsType[*tunnel.ListenError](err); ok {
		found.Code, found.Args = desk.CheckPortTaken, map[string]string{"listen": taken.Address}
	}
	d.h.log.Warn("Way of webhooks is not open", "way", d.chosen.Way, "error", err)
	d.change(func(r *desk.ArrivalReport) {
		*r = desk.ArrivalReport{State: desk.ArrivalFailed, Checks: []desk.Check{found}}
	})
}

const addressField = "address" // of desk.Check

// check has the public address answer a handshake, and tells it to Meta where it
// does.
func (d *door) check(ctx context.Context) desk.ArrivalReport {
	d.asking.Lock()
	defer d.asking.Unlock()
	now := d.read()
	a := *d.h.account.Load()
	switch {
	case now.State == desk.ArrivalFailed:
		return now
	case now.Public == "":
		now.Checks = []desk.Check{{Field: addressField, State: desk.CheckBad, Code: desk.CheckMissing}}
		return now
	}
	code := tunnel.Prober{Transport: d.h.o.Outside}.Check(ctx, now.Public, a.verify)
	state, checks := d.h.offer(ctx, a, now.Public, code)
	return d.change(func(r *desk.ArrivalReport) {
		if r.Public == now.Public { // it has not moved meanwhile
			r.State, r.Checks = state, checks
		}
	})
}

// offer tells Meta an address of which this computer found a code, where Meta may
// take it: it makes the handshake from its own side first. So its word counts more
// where nobody answered this computer, which some routers do not let back in.
func (h *Host) offer(ctx context.Context, a account, address string, code desk.CheckCode) (desk.ArrivalState, []desk.Check) {
	found := desk.Check{Field: addressField, State: desk.CheckOK, Code: code}
	if code != desk.CheckReached {
		found.State = desk.CheckBad
	}
	if code != desk.CheckReached && code != desk.CheckUnreachable {
		return desk.ArrivalOpen, []desk.Check{found}
	}
	switch err := h.tellMeta(ctx, a, address); {
	case err == nil && code == desk.CheckUnreachable:
		found.State, found.Code = desk.CheckWarn, desk.CheckReachedByMeta
	case err != nil && code == desk.CheckUnreachable:
		return desk.ArrivalOpen, []desk.Check{found}
	case err != nil:
		h.log.Warn("Meta was not told where to post", "error", err)
		return desk.ArrivalOpen, []desk.Check{found, {
			Field: addressField, State: desk.CheckBad, Code: desk.CheckNotSubscribed, Args: map[string]string{"reason": reasonOf(err)},
		}}
	}
	return desk.ArrivalChecked, []desk.Check{found}
}

// errNoKey means that Meta cannot be asked: no token is stored.
var errNoKey = errors.New("host: there is no token to ask Meta with")

// tellMeta has Meta post the webhooks of the account's number to an address.
func (h *Host) tellMeta(ctx context.Context, a account, address string) error {
	l := h.line.Load()
	if l == nil {
		return errNoKey
	}
	if err := l.client.Subscribe(ctx, a.wabaID); err != nil {
		return err
	}
	if err := l.client.OverrideCallback(ctx, a.phoneNumberID, address, a.verify); err != nil {
		return err
	}
	return h.db.Update(ctx, func(tx *store.Tx) error {
		return tx.SetSetting(toldSetting, a.phoneNumberID+" "+address)
	})
}

// takeBackLimit bounds what nobody wants to wait for.
const takeBackLimit = 10 * time.Second

// takeBack has Meta post to no address of this desk any more, for the number that
// it was told one for. It asks with the keys in force, and with others where those
// may not. Where no key works, or Meta is away, it stays as it is: whoever gives up
// a way must not be held by it. kept is that number's id then, else "". The error is
// the file's.
func (h *Host) takeBack(ctx context.Context, others ...*cloudapi.Client) (kept string, err error) {
	number, err := h.toldNumber(ctx)
	if err != nil || number == "" {
		return "", err
	}
	kept = number
	askers := others
	if l := h.line.Load(); l != nil {
		askers = append([]*cloudapi.Client{l.client}, others...)
	}
	for _, client := range askers {
		asking, cancel := context.WithTimeout(ctx, takeBackLimit)
		err := client.RestoreCallback(asking, number)
		cancel()
		if err == nil {
			kept = ""
			break
		}
		h.log.Warn("Meta still posts to the address it was told", "number", number, "error", err)
	}
	return kept, h.db.Update(ctx, func(tx *store.Tx) error { return tx.SetSetting(toldSetting, "") })
}

// toldNumber is the id of the number that Meta was told an address for last; "" for
// none.
func (h *Host) toldNumber(ctx context.Context) (string, error) {
	var told string
	err := h.db.View(ctx, func(r *store.Reader) (err error) {
		told, err = r.Setting(toldSetting)
		return err
	})
	number, _, _ := strings.Cut(told, " ")
	return number, err
}

// toldMeta reports whether this address was the last that Meta was told for the
// account's number.
func (h *Host) toldMeta(address string) bool {
	var told string
	err := h.db.View(h.base, func(r *store.Reader) (err error) {
		told, err = r.Setting(toldSetting)
		return err
	})
	// What cannot be read is told once more, which changes nothing.
	return err == nil && told == h.account.Load().phoneNumberID+" "+address
}

// reasonOf is why Meta does not take an address: its own code, "offline" where it
// cannot be reached, "no_key" where it cannot be asked.
func reasonOf(err error) string {
	refusal, ok := errors.AsType[*cloudapi.Error](err)
	switch {
	case ok:
		return strconv.Itoa(refusal.Code)
	case errors.Is(err, errNoKey):
		return "no_key"
	case errors.Is(err, cloudapi.ErrNotSent), errors.Is(err, cloudapi.ErrNoAnswer):
		return "offline"
	}
	return "internal"
}
