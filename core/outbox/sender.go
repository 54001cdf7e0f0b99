package outbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"shopbell/core/cloudapi"
	"shopbell/core/retry"
	"shopbell/core/store"
)

const (
	// pageRows is how many rows one look reads at most.
	pageRows = 500
	// mirrorRows bounds the mirror. Of a longer queue the oldest rows are held,
	// the others stay in the table until there is room. At the usual 800 bytes a
	// row it is 40 MB.
	mirrorRows = 50_000
	// maxSleep bounds how long the loop sleeps: a computer that was suspended
	// wakes with its timers behind.
	maxSleep = 30 * time.Second
	// storeGrace is how long results may take to be stored after the last send
	// has ended, when Run is told to end.
	storeGrace = 3 * time.Second
	// What the ledger could not do is tried again after this.
	firstLedgerWait, maxLedgerWait = 100 * time.Millisecond, 5 * time.Second
)

// Run sends until ctx ends. Then it claims no more, gives sends under way
// Options.Grace to end, stores their results, puts back what was claimed and not
// yet sent, and returns nil; or an error when results could not be stored: those
// rows stay in state sending and become unknown when the next Run begins.
//
// First of all it marks as unknown what a crashed run left in state sending. One
// Sender only may run on a ledger at a time, and Run may be called only once.
func (s *Sender) Run(ctx context.Context) error {
	if !s.started.CompareAndSwap(false, true) {
		return errors.New("outbox: Run was called twice: make a new Sender")
	}
	defer close(s.ended)
	l := newLoop(s)
	if !l.begin(ctx) {
		return nil
	}
	s.claiming.Store(true)
	defer s.claiming.Store(false)
	return l.run(ctx)
}

// loop is one Run. Its goroutine owns everything in it; what takes time runs in
// goroutines that report through the channels.
type loop struct {
	*Sender
	sched *schedule

	loads    chan loaded
	claims   chan claimed
	answers  chan answer
	settled  chan settled
	expiries chan error

	more     bool // the table may hold rows that the mirror does not
	loading  bool
	claiming bool // or waiting for the outcome of a commit that claims
	expiring bool
	sending  int // answers to come
	settling int // results being stored
	lost     int // results that could not be stored before the end
	lostFor  error

	offered []store.OutboxRow // of the commit under way that claims
	leaving []int64           // those of offered that it claims, in their order

	failures int       // of the ledger, in a row
	resume   time.Time // nothing is asked of the ledger until then
	lookAt   time.Time // look without being woken

	ctx    context.Context // Run's
	sends  context.Context // of calls of the courier
	writes context.Context // of calls of the ledger
}

type loaded struct {
	rows []store.OutboxRow
	full bool // there may be more
	err  error
}

type claimed struct {
	picked []*entry
	ids    []int64
	err    error
}

type answer struct {
	entry    *entry
	accepted cloudapi.Accepted
	err      error
	at       time.Time
}

type settled struct {
	entry  *entry
	again  bool
	before time.Time // again: not before
	err    error     // why it could not be stored before the end
}

func newLoop(s *Sender) *loop {
	return &loop{
		Sender: s, sched: newSchedule(s.limits), more: true,
		// Room for all, so that no goroutine is held up by the loop.
		loads: make(chan loaded, 1), claims: make(chan claimed, 1), expiries: make(chan error, 1),
		answers: make(chan answer, s.workers), settled: make(chan settled, s.workers),
	}
}

// begin settles what an earlier run left behind, however long the ledger needs
// for it. It reports false when ctx ended first.
func (l *loop) begin(ctx context.Context) bool {
	for {
		err := l.catchUp(ctx)
		if ctx.Err() != nil {
			return false
		}
		l.board.ledger(err)
		if err == nil {
			return true
		}
		if !retry.Wait(ctx, l.ledgerWait(l.failures)) {
			return false
		}
		l.failures++
	}
}

func (l *loop) catchUp(ctx context.Context) error {
	unknown, err := l.ledger.OutboxRecover(ctx)
	if err != nil {
		return fmt.Errorf("outbox: settle what the last run left: %w", err)
	}
	if unknown > 0 {
		l.log.Warn("Messages of an interrupted run became unknown", "count", unknown)
	}
	now := l.now()
	since := now.Add(-l.limits.memory())
	past, err := l.ledger.OutboxRecent(ctx, since)
	if err != nil {
		return fmt.Errorf("outbox: read what left lately: %w", err)
	}
	l.sched.restore(past, since, now)
	return nil
}

func (l *loop) run(ctx context.Context) error {
	// Calls outlive ctx: those under way when it ends may still come to a good end.
	l.ctx = ctx
	var stopSends, stopWrites context.CancelFunc
	l.sends, stopSends = outliving(ctx, l.grace)
	defer stopSends()
	l.writes, stopWrites = outliving(ctx, l.grace+storeGrace)
	defer stopWrites()

	l.failures = 0
	timer := time.NewTimer(0)
	defer timer.Stop()
	ended := ctx.Done()
	for !l.over() {
		l.act()
		timer.Reset(l.pause())
		select {
		case <-ended:
			ended = nil
		case <-l.wake:
			l.more = true
		case <-l.tryNow:
			l.hurry()
		case h := <-l.hearsay:
			way := l.sched.channel(h.channel)
			way.gate.close(h.verdict, l.now(), l.rand())
			l.board.channel(way.state())
		case r := <-l.loads:
			l.onLoaded(r)
		case o := <-l.offers:
			l.onOffer(o)
		case stored := <-l.outcomes:
			l.onOutcome(stored)
		case c := <-l.claims:
			l.onClaimed(c)
		case a := <-l.answers:
			l.onAnswer(a)
		case r := <-l.settled:
			l.onSettled(r)
		case err := <-l.expiries:
			l.onExpired(err)
		case <-timer.C:
		}
		l.board.count(l.sched.rows-l.sched.underway, l.sched.underway)
	}
	if l.lost > 0 {
		return fmt.Errorf("outbox: %d results could not be stored and will be unknown: %w", l.lost, l.lostFor)
	}
	return nil
}

// ending reports whether Run was told to end.
func (l *loop) ending() bool { return l.ctx.Err() != nil }

// over reports whether the loop has nothing left to wait for.
func (l *loop) over() bool {
	return l.ending() && !l.loading && !l.claiming && !l.expiring && l.sending == 0 && l.settling == 0
}

// act starts whatever may be started now.
func (l *loop) act() {
	now := l.now()
	if l.ending() || now.Before(l.resume) {
		return
	}
	l.sched.ripen(now)
	l.sched.lapse(now)
	if !now.Before(l.lookAt) {
		l.more, l.lookAt = true, now.Add(maxSleep)
	}
	if l.more && !l.loading && l.offered == nil && l.sched.rows < mirrorRows {
		l.more, l.loading = false, true
		go func(after int64, limit int) {
			rows, err := l.ledger.OutboxReady(l.writes, after, limit)
			l.loads <- loaded{rows, len(rows) == limit, err}
		}(l.sched.last, min(pageRows, mirrorRows-l.sched.rows))
	}
	if !l.claiming {
		l.claim(now)
	}
	if l.sched.lapsed && !l.expiring {
		l.sched.lapsed, l.expiring = false, true
		go func() {
			_, err := l.ledger.OutboxExpire(l.writes, now)
			l.expiries <- err
		}()
	}
}

// claim claims what may go. One claim is under way at a time: while it is being
// committed, more collects for the next.
func (l *loop) claim(now time.Time) {
	picked := l.sched.pick(now, l.workers-l.sched.underway)
	if len(picked) == 0 {
		return
	}
	l.claiming = true
	ids := make([]int64, len(picked))
	for i, e := range picked {
		ids[i] = e.row.ID
	}
	go func() {
		ids, err := l.ledger.OutboxClaim(l.writes, ids)
		l.claims <- claimed{picked, ids, err}
	}()
}

// pause is how long the loop may sleep when nothing happens.
func (l *loop) pause() time.Duration {
	now := l.now()
	next := earlier(l.sched.next(now), l.lookAt)
	if now.Before(l.resume) {
		next = l.resume
	}
	if l.ending() {
		return maxSleep // only results count now
	}
	return min(max(0, next.Sub(now)), maxSleep)
}

func (l *loop) hurry() {
	l.sched.hurry()
	l.resume, l.more = time.Time{}, true
	for _, c := range l.sched.channels {
		l.board.channel(c.state())
	}
}

func (l *loop) onLoaded(r loaded) {
	l.loading = false
	if r.err != nil {
		l.more = true
		l.trouble(fmt.Errorf("outbox: read what is ready: %w", r.err))
		return
	}
	for _, row := range r.rows {
		l.sched.add(row)
	}
	l.more = l.more || r.full
}

func (l *loop) onClaimed(c claimed) {
	l.claiming = false
	if c.err != nil {
		l.trouble(fmt.Errorf("outbox: claim: %w", c.err))
		for _, e := range c.picked {
			l.sched.again(e, e.notBefore)
		}
		return
	}
	l.wrote()
	ours := make(map[int64]bool, len(c.ids))
	for _, id := range c.ids {
		ours[id] = true
	}
	now := l.now()
	for _, e := range c.picked {
		if ours[e.row.ID] {
			l.leave(e, now)
		} else {
			l.sched.done(e) // settled or expired by somebody else
		}
	}
}

// leave sends a claimed row, or puts it back where it is too late for that.
func (l *loop) leave(e *entry, now time.Time) {
	if l.ending() || e.late(now) {
		l.settle(e, verdict{fate: fateAgain}, now, store.Acceptance{})
		return
	}
	l.sched.depart(e, now)
	l.send(e)
}

func (l *loop) send(e *entry) {
	l.sending++
	go func() {
		accepted, err := l.courier.Send(l.sends, e.row.PhoneNumberID, e.row.Payload)
		l.answers <- answer{e, accepted, err, l.now()}
	}()
}

func (l *loop) onAnswer(a answer) {
	l.sending--
	v := judge(a.err, a.entry.later, l.rand())
	if v.fate == fateUnknown {
		l.log.Warn("Message is unknown", "message", a.entry.row.Message, "error", a.err)
	}
	way := a.entry.to.way
	l.sched.answered(a.entry, v, a.at, l.rand())
	l.board.channel(way.state())
	notBefore := a.at.Add(v.wait)
	if v.sign != signGood && v.fate == fateAgain {
		notBefore = way.gate.until
	}
	l.settle(a.entry, v, notBefore, store.Acceptance{
		WAMID: a.accepted.WAMID, WaID: a.accepted.WaID, UserID: a.accepted.UserID, At: a.at,
	})
}

// settle stores what became of a row under way, as often as it takes.
func (l *loop) settle(e *entry, v verdict, notBefore time.Time, acc store.Acceptance) {
	l.settling++
	done := settled{entry: e, again: v.fate == fateAgain, before: notBefore}
	if v.sign != signGood {
		done.before = time.Time{} // the gate holds it, and may open sooner
	}
	go func() {
		done.err = l.persist(e.row.ID, v, notBefore, acc)
		l.settled <- done
	}()
}

// persist stores one result. It returns an error when that was not possible
// before the end.
func (l *loop) persist(id int64, v verdict, notBefore time.Time, acc store.Acceptance) error {
	for failures := 0; ; failures++ {
		var err error
		switch v.fate {
		case fateSent:
			err = l.ledger.OutboxSent(l.writes, id, acc)
		case fateAgain:
			err = l.ledger.OutboxBack(l.writes, id, notBefore, v.code, v.text)
		case fateFailed:
			err = l.ledger.OutboxFailed(l.writes, id, v.code, v.text)
		default:
			err = l.ledger.OutboxUnknown(l.writes, id, v.text)
		}
		if err == nil {
			l.board.ledger(nil)
			return nil
		}
		l.board.ledger(fmt.Errorf("outbox: store a result: %w", err))
		if !retry.Wait(l.writes, l.ledgerWait(failures)) {
			return err
		}
	}
}

func (l *loop) onSettled(r settled) {
	l.settling--
	switch {
	case r.err != nil:
		l.lost++
		l.lostFor = r.err
		l.sched.done(r.entry)
	case r.again:
		l.sched.again(r.entry, r.before)
	default:
		l.sched.done(r.entry)
	}
}

func (l *loop) onExpired(err error) {
	l.expiring = false
	if err != nil {
		l.sched.lapsed = true
		l.trouble(fmt.Errorf("outbox: expire: %w", err))
		return
	}
	l.wrote()
}

// trouble notes that the ledger refused something and leaves it alone for a while.
func (l *loop) trouble(err error) {
	l.board.ledger(err)
	l.resume = l.now().Add(l.ledgerWait(l.failures))
	l.failures++
}

// wrote notes that the ledger takes writes.
func (l *loop) wrote() {
	l.failures = 0
	l.board.ledger(nil)
}

func (l *loop) ledgerWait(failures int) time.Duration {
	return jittered(grown(firstLedgerWait, maxLedgerWait, failures), l.rand())
}

// outliving returns a context that ends d after ctx has ended, or when it is
// cancelled.
func outliving(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	late, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		if retry.Wait(late, d) {
			cancel()
		}
	})
	return late, func() { stop(); cancel() }
}
