package host

import (
	"context"
	"errors"
	"net"
	"regexp"
	"strings"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
	"shopbell/core/store"
	"shopbell/core/tunnel"
)

const connectionSubject = "connection" // of audit entries

// mayConnect asks for what all calls of desk.Setup but Connected need: the
// permission, and a shop whose keys are the owner's to change.
func (h *Host) mayConnect(ctx context.Context, who desk.Actor, action string) error {
	if err := h.allow(ctx, who, staff.EditConnection, action, connectionSubject); err != nil {
		return err
	}
	if h.given() {
		return desk.Errorf(desk.Conflict, "the keys of this desk came with its start, or it is the sandbox")
	}
	return nil
}

// Connected implements desk.Setup.
func (h *Host) Connected(ctx context.Context, who desk.Actor) (c desk.Connected, err error) {
	if err := h.allow(ctx, who, staff.SeeConnection, "connection.see", connectionSubject); err != nil {
		return c, err
	}
	a := *h.account.Load()
	c = desk.Connected{
		PhoneNumberID: a.phoneNumberID, WABAID: a.wabaID,
		HasToken: a.token != "", HasAppSecret: a.appSecret != "",
		Store: desk.StoreGiven, Report: desk.ArrivalReport{State: desk.ArrivalOff},
	}
	if !h.given() && h.secrets != nil {
		c.Store = h.secrets.Kind()
	}
	if d := h.door.Load(); d != nil {
		c.Arrival, c.Report = d.chosen, d.read()
		c.HasTunnelKey = d.chosen.TunnelKey != ""
		c.Arrival.TunnelKey = ""
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		number, err := h.channel(r)
		if err != nil {
			return err
		}
		c.Name, c.Phone = number.Name, number.DisplayPhone
		expires, err := r.Setting(expiresSetting)
		if err != nil {
			return err
		}
		if expires != "" && !h.given() {
			if c.TokenExpires, err = time.Parse(time.RFC3339, expires); err != nil {
				return err
			}
		}
		c.LastWebhook, err = r.LastWebhook()
		return err
	})
	return c, fault(err)
}

// CheckKeys implements desk.Setup.
func (h *Host) CheckKeys(ctx context.Context, who desk.Actor, k desk.Keys) (desk.KeysReport, error) {
	if err := h.mayConnect(ctx, who, "connection.check_keys"); err != nil {
		return desk.KeysReport{}, err
	}
	e, err := h.examine(ctx, h.complete(k))
	return e.report, fault(err)
}

// complete trims what was typed, and takes what is stored for what was not.
func (h *Host) complete(k desk.Keys) desk.Keys {
	a := h.account.Load()
	for _, f := range []struct {
		typed  *string
		stored string
	}{{&k.PhoneNumberID, a.phoneNumberID}, {&k.WABAID, a.wabaID}} {
		if *f.typed = strings.TrimSpace(*f.typed); *f.typed == "" {
			*f.typed = f.stored
		}
	}
	for _, f := range []struct {
		typed  *desk.Secret
		stored desk.Secret
	}{{&k.Token, a.token}, {&k.AppSecret, a.appSecret}} {
		if *f.typed = desk.Secret(strings.TrimSpace(f.typed.Reveal())); *f.typed == "" {
			*f.typed = f.stored
		}
	}
	return k
}

// SaveKeys implements desk.Setup.
func (h *Host) SaveKeys(ctx context.Context, who desk.Actor, k desk.Keys) (desk.KeysReport, error) {
	if err := h.mayConnect(ctx, who, "connection.save_keys"); err != nil {
		return desk.KeysReport{}, err
	}
	h.setup.Lock()
	defer h.setup.Unlock()
	k = h.complete(k)
	e, err := h.examine(ctx, k)
	if err != nil {
		return e.report, fault(err)
	}
	if !e.report.Usable {
		return e.report, &desk.Error{Code: desk.Invalid, Field: e.worst(), Err: errors.New("these keys cannot be used: see the report")}
	}
	if _, err := h.verifyToken(); err != nil {
		return e.report, err
	}
	if err := h.keep(map[string]desk.Secret{tokenSecret: k.Token, appSecret: k.AppSecret}); err != nil {
		return e.report, err
	}
	number := chat.Channel{PhoneNumberID: k.PhoneNumberID, WABAID: k.WABAID, DisplayPhone: e.number.DisplayPhone, Name: e.number.VerifiedName}
	if err := h.db.Update(ctx, func(tx *store.Tx) error {
		if err := knowNumber(tx, number); err != nil {
			return err
		}
		if err := set(tx, map[string]string{
			numberSetting: k.PhoneNumberID, wabaSetting: k.WABAID, expiresSetting: formatMoment(e.expires),
		}); err != nil {
			return err
		}
		return tx.Audit(done(who, "connection.save_keys", connectionSubject))
	}); err != nil {
		return e.report, fault(err)
	}
	if err := h.leaveNumber(ctx, e); err != nil {
		return e.report, fault(err)
	}
	a := *h.account.Load()
	a.phoneNumberID, a.wabaID, a.token, a.appSecret = k.PhoneNumberID, k.WABAID, k.Token, k.AppSecret
	return e.report, fault(h.use(a))
}

// leaveNumber has Meta post the messages of the number before here no more, where
// the examined keys are of another one. The line is still that of the keys before.
func (h *Host) leaveNumber(ctx context.Context, e *examination) error {
	before, err := h.toldNumber(ctx)
	if err != nil || before == "" || before == e.keys.PhoneNumberID {
		return err
	}
	client, err := h.graphClient(e.keys.Token, e.keys.AppSecret) // the keys before may have ended: often that is why
	if err != nil {
		return err
	}
	defer client.Close()
	kept, err := h.takeBack(ctx, client)
	if kept != "" {
		e.found(desk.Check{
			Field: numberField, State: desk.CheckWarn, Code: desk.CheckOldNumber, Args: map[string]string{"number": kept},
		})
	}
	return err
}

// use puts an account in force: in, out, and at Meta.
func (h *Host) use(a account) error {
	h.account.Store(&a)
	h.receive(a)
	var l *line
	if a.token != "" {
		var err error
		if l, err = h.dial(a); err != nil {
			return err
		}
	}
	if err := h.reconnect(l); err != nil {
		return err
	}
	if d := h.door.Load(); d != nil && l != nil && !h.toldMeta(d.read().Public) {
		d.tell()
	}
	return nil
}

// ForgetKeys implements desk.Setup.
func (h *Host) ForgetKeys(ctx context.Context, who desk.Actor) error {
	if err := h.mayConnect(ctx, who, "connection.forget_keys"); err != nil {
		return err
	}
	h.setup.Lock()
	defer h.setup.Unlock()
	if err := h.keep(map[string]desk.Secret{tokenSecret: "", appSecret: "", verifySecret: "", tunnelSecret: ""}); err != nil {
		return err
	}
	if err := h.db.Update(ctx, func(tx *store.Tx) error {
		if err := set(tx, map[string]string{waySetting: string(desk.WayNone), expiresSetting: ""}); err != nil {
			return err
		}
		return tx.Audit(done(who, "connection.forget_keys", connectionSubject))
	}); err != nil {
		return fault(err)
	}
	if err := h.openDoor(desk.Arrival{}); err != nil {
		return err
	}
	_, told := h.takeBack(ctx) // the keys are gone from their place: they end here too, whatever became of that
	was := h.account.Load()
	return fault(errors.Join(told, h.use(account{phoneNumberID: was.phoneNumberID, wabaID: was.wabaID})))
}

// SetArrival implements desk.Setup.
func (h *Host) SetArrival(ctx context.Context, who desk.Actor, a desk.Arrival) error {
	if err := h.mayConnect(ctx, who, "connection.set_arrival"); err != nil {
		return err
	}
	h.setup.Lock()
	defer h.setup.Unlock()
	if a.TunnelKey == "" && h.secretsErr == nil {
		var err error
		if a.TunnelKey, err = h.secret(tunnelSecret); err != nil {
			return desk.Errorf(desk.Internal, "read a key: %w", err)
		}
	}
	a, err := sensible(a)
	if err != nil {
		return err
	}
	if _, err := h.verifyToken(); err != nil {
		return err
	}
	if a.Way == desk.WayTunnel {
		if err := h.keep(map[string]desk.Secret{tunnelSecret: a.TunnelKey}); err != nil {
			return err
		}
	}
	if err := h.db.Update(ctx, func(tx *store.Tx) error {
		if err := set(tx, map[string]string{
			waySetting: string(a.Way), domainSetting: a.Domain, urlSetting: a.URL, listenSetting: a.Listen,
		}); err != nil {
			return err
		}
		return tx.Audit(done(who, "connection.set_arrival", connectionSubject))
	}); err != nil {
		return fault(err)
	}
	if err := h.openDoor(a); err != nil || a.Way != desk.WayNone {
		return err
	}
	_, err = h.takeBack(ctx)
	return fault(err)
}

var (
	domainForm = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$`)
	keyForm    = regexp.MustCompile(`^[!-~]+$`) // what a key may be pasted with is trimmed
)

// sensible trims a choice to what belongs to its way. Invalid, with the field.
func sensible(a desk.Arrival) (desk.Arrival, error) {
	invalid := func(field, problem string) (desk.Arrival, error) {
		return desk.Arrival{}, &desk.Error{Code: desk.Invalid, Field: field, Err: errors.New(problem)}
	}
	switch a.Way {
	case desk.WayNone:
		return desk.Arrival{}, nil
	case desk.WayTunnel:
		a = desk.Arrival{Way: a.Way, Domain: a.Domain, TunnelKey: desk.Secret(strings.TrimSpace(a.TunnelKey.Reveal()))}
		if !keyForm.MatchString(a.TunnelKey.Reveal()) {
			return invalid("tunnel_key", "the tunnel's key is missing, or has characters that no key has")
		}
		a.Domain = strings.TrimSuffix(strings.TrimPrefix(strings.ToLower(strings.TrimSpace(a.Domain)), "https://"), "/")
		if a.Domain != "" && !domainForm.MatchString(a.Domain) {
			return invalid("domain", "that is no domain: give one as shop.ngrok-free.app")
		}
		return a, nil
	case desk.WayForwarder:
		a = desk.Arrival{Way: a.Way, URL: strings.TrimSpace(a.URL), Listen: strings.TrimSpace(a.Listen)}
		if a.URL != "" { // it may be known only after the forwarder is set up
			if _, err := tunnel.Address(a.URL); err != nil {
				return invalid("url", err.Error())
			}
		}
		if a.Listen != "" {
			if _, _, err := net.SplitHostPort(a.Listen); err != nil {
				return invalid("listen", "give an address and a port, as "+tunnel.DefaultListen)
			}
		}
		return a, nil
	}
	return invalid("way", "there is no such way")
}

// CheckArrival implements desk.Setup.
func (h *Host) CheckArrival(ctx context.Context, who desk.Actor) (desk.ArrivalReport, error) {
	if err := h.mayConnect(ctx, who, "connection.check_arrival"); err != nil {
		return desk.ArrivalReport{}, err
	}
	d := h.door.Load()
	if d == nil {
		return desk.ArrivalReport{
			State: desk.ArrivalOff, Checks: []desk.Check{{Field: addressField, State: desk.CheckBad, Code: desk.CheckMissing}},
		}, nil
	}
	report := d.check(ctx)
	if report.State == desk.ArrivalChecked {
		return report, fault(h.db.Update(ctx, func(tx *store.Tx) error {
			return tx.Audit(done(who, "connection.check_arrival", connectionSubject))
		}))
	}
	return report, fault(ctx.Err())
}

// SendTest implements desk.Setup.
func (h *Host) SendTest(ctx context.Context, who desk.Actor, phone, text string) (chat.MessageID, error) {
	if err := h.mayConnect(ctx, who, "connection.send_test"); err != nil {
		return 0, err
	}
	digits := chat.Digits(phone)
	if digits == "" {
		return 0, &desk.Error{Code: desk.Invalid, Field: "phone", Err: errors.New("the phone has no digits")}
	}
	var to chat.ConversationID
	if err := h.db.View(ctx, func(r *store.Reader) error {
		contact, err := r.ContactOf(chat.Alias{Kind: chat.AliasPhone, Value: chat.PhoneKey(digits)})
		if err != nil {
			return err
		}
		number, err := h.channel(r)
		if err != nil {
			return err
		}
		v, err := r.LatestConversation(number.ID, contact)
		to = v.ID
		return err
	}); err != nil {
		return 0, fault(err)
	}
	return h.Send(ctx, who, to, desk.Answer{Text: text}, "")
}
