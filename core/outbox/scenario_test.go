package outbox

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"shopbell/core/chat"
	"shopbell/core/retry"
)

// A scenario is everything that may happen to an outbox, drawn before it is
// played: rows that come in, answers of a bad network and a moody Meta, a disk
// that fills up, restarts with and without a crash, and a person who presses
// "Try now". Time is simulated.
type scenario struct {
	limits  Limits
	rows    []plannedRow
	answers []plannedAnswer // of the calls, in order; after them all is well
	refused []int           // which calls of the ledger fail
	paces   []time.Duration // of the ledger's calls, over and over
	stops   []plannedStop
	hurries []time.Duration // after the start
}

type plannedRow struct {
	after   time.Duration // since the row before
	channel chat.ChannelID
	contact chat.ContactID
	new     bool
	ttl     time.Duration
	// commit adds one or two rows as the store does, which asks the sender first.
	commit int
	took   time.Duration
	fails  bool
}

type plannedAnswer struct {
	kind string // ok, not sent, no answer, or a code
	code int
	took time.Duration
}

type plannedStop struct {
	after time.Duration // since the start before
	crash bool
}

func drawScenario(t *rapid.T) scenario {
	seconds := func(most int, name string) time.Duration {
		return time.Duration(rapid.IntRange(0, most*1000).Draw(t, name)) * time.Millisecond
	}
	s := scenario{limits: Limits{NumberPerSecond: 5, NumberBurst: 2, PairEvery: 6 * time.Second, PairBurst: 4, NewCustomerPerMinute: 3}}
	for range rapid.IntRange(1, 40).Draw(t, "rows") {
		s.rows = append(s.rows, plannedRow{
			after:   seconds(2, "after"),
			channel: chat.ChannelID(rapid.IntRange(1, 2).Draw(t, "channel")),
			contact: chat.ContactID(rapid.IntRange(1, 4).Draw(t, "contact")),
			new:     rapid.Bool().Draw(t, "new"),
			ttl:     rapid.SampledFrom([]time.Duration{5 * time.Second, 5 * time.Minute, 24 * time.Hour}).Draw(t, "ttl"),
			commit:  rapid.IntRange(0, 2).Draw(t, "commit"),
			took:    rapid.SampledFrom([]time.Duration{0, time.Millisecond, time.Second}).Draw(t, "took"),
			fails:   rapid.IntRange(0, 4).Draw(t, "fails") == 0,
		})
	}
	codes := []int{131056, 131000, 131016, 130429, 133016, 190, 131042, 131047, 131026, 100}
	for range rapid.IntRange(0, 40).Draw(t, "answers") {
		s.answers = append(s.answers, plannedAnswer{
			kind: rapid.SampledFrom([]string{"ok", "ok", "ok", "not sent", "no answer", "code", "code"}).Draw(t, "kind"),
			code: rapid.SampledFrom(codes).Draw(t, "code"),
			took: seconds(3, "took"),
		})
	}
	s.refused = rapid.SliceOfN(rapid.IntRange(0, 100), 0, 20).Draw(t, "refused")
	for range rapid.IntRange(1, 10).Draw(t, "paces") {
		s.paces = append(s.paces, rapid.SampledFrom([]time.Duration{0, time.Millisecond, 50 * time.Millisecond, 2 * time.Second}).Draw(t, "pace"))
	}
	for range rapid.IntRange(0, 3).Draw(t, "stops") {
		s.stops = append(s.stops, plannedStop{seconds(60, "stop"), rapid.Bool().Draw(t, "crash")})
	}
	for range rapid.IntRange(0, 3).Draw(t, "hurries") {
		s.hurries = append(s.hurries, seconds(100, "hurry"))
	}
	return s
}

// world is what a scenario is played in, and the witness of what happened.
type world struct {
	ledger *memory

	mu      sync.Mutex
	answers []plannedAnswer
	line    map[recipientKey]*witness
	run     int
	departs []departure
	faults  []string
}

// witness is what one recipient, and whoever looks over Meta's shoulder, sees.
type witness struct {
	talking  bool        // a call about this recipient is under way
	left     []int64     // rows that left, or may have
	arrivals []time.Time // of these
	ofNew    []time.Time // of these, to a new customer
}

type departure struct {
	run     int
	channel chat.ChannelID
	at      time.Time
}

func (w *world) Send(ctx context.Context, id int64) error {
	now := time.Now()
	w.mu.Lock()
	w.ledger.mu.Lock()
	row := *w.ledger.rows[id-1]
	for _, r := range w.ledger.rows[:id-1] {
		waits := r.state == "sending" || (r.state == "ready" && now.Before(r.SendBefore))
		if waits && r.Contact == row.Contact && r.Channel == row.Channel {
			w.fault("row %d is sent while row %d of the same recipient is %s", id, r.ID, r.state)
		}
	}
	w.ledger.mu.Unlock()
	key := recipientKey{row.Channel, row.Contact}
	if w.line[key] == nil {
		w.line[key] = &witness{}
	}
	seen := w.line[key]
	switch {
	case row.state != "sending":
		w.fault("row %d is sent while it is %s", id, row.state)
	case seen.talking:
		w.fault("row %d is sent while another one is under way to the same recipient", id)
	case slices.Contains(seen.left, id):
		w.fault("row %d is sent twice", id)
	case !now.Before(row.SendBefore):
		w.fault("row %d is sent %v too late", id, now.Sub(row.SendBefore))
	}
	seen.talking = true
	w.departs = append(w.departs, departure{w.run, row.Channel, now})
	answer := plannedAnswer{kind: "ok"}
	if len(w.answers) > 0 {
		answer, w.answers = w.answers[0], w.answers[1:]
	}
	w.mu.Unlock()

	cut := !retry.Wait(ctx, answer.took)

	w.mu.Lock()
	defer w.mu.Unlock()
	seen.talking = false
	var err error
	switch {
	case cut || answer.kind == "no answer":
		err = errNoAnswer
	case answer.kind == "not sent":
		return errNotSent
	case answer.kind == "code":
		return graphError(answer.code)
	}
	seen.left = append(seen.left, id)
	seen.arrivals = append(seen.arrivals, time.Now())
	if time.Since(row.NewCustomer) < newCustomerFor {
		seen.ofNew = append(seen.ofNew, time.Now())
	}
	return err
}

func (w *world) fault(format string, args ...any) {
	w.faults = append(w.faults, fmt.Sprintf(format, args...))
}

// play plays the scenario to its end, a day and more, and returns what went wrong.
func (s scenario) play(ctx context.Context) []string {
	w := &world{ledger: newMemory(time.Now), answers: s.answers, line: map[recipientKey]*witness{}}
	start := time.Now()
	crashed := false
	calls := 0
	w.ledger.pace = func(string) time.Duration {
		w.ledger.mu.Lock()
		defer w.ledger.mu.Unlock()
		return s.paces[calls%len(s.paces)]
	}
	w.ledger.refuse = func(op string) error {
		calls++
		if crashed || slices.Contains(s.refused, calls) {
			return errDisk
		}
		return nil
	}

	var now *Sender
	var running sync.WaitGroup
	begin := func() context.CancelFunc {
		var err error
		if now, err = New(Options{
			Ledger: w.ledger, Courier: courierFunc(w.Send), Now: time.Now, Limits: s.limits, Workers: 4,
			Rand: func() float64 { return 0.5 },
		}); err != nil {
			w.fault("%v", err)
		}
		ctx, cancel := context.WithCancel(ctx)
		sender := now
		running.Go(func() {
			if err := sender.Run(ctx); err != nil && !crashed && len(s.refused) == 0 {
				w.fault("Run: %v", err)
			}
		})
		return cancel
	}
	end := begin()

	type event struct {
		at time.Duration
		do func()
	}
	var events []event
	at := time.Duration(0)
	for _, r := range s.rows {
		at += r.after
		events = append(events, event{at, func() {
			first := start.Add(-48 * time.Hour)
			if r.new {
				first = time.Now().Add(-newCustomerFor + 40*time.Second) // known soon
			}
			sender := now
			running.Go(func() {
				if r.commit > 0 {
					w.ledger.commit(sender, r.commit, r.took, r.fails, r.channel, r.contact, first, r.ttl)
					return
				}
				w.ledger.writing <- struct{}{}
				w.ledger.put(r.channel, r.contact, first, r.ttl)
				<-w.ledger.writing
				sender.Wake()
			})
		}})
	}
	at = 0
	for _, stop := range s.stops {
		at += stop.after
		events = append(events, event{at, func() {
			w.ledger.mu.Lock()
			crashed = stop.crash
			w.ledger.mu.Unlock()
			end()
			running.Wait()
			w.ledger.mu.Lock()
			crashed = false
			w.ledger.mu.Unlock()
			w.mu.Lock()
			w.run++
			w.mu.Unlock()
			end = begin()
		}})
	}
	for _, at := range s.hurries {
		events = append(events, event{at, func() { now.TryNow() }})
	}
	slices.SortStableFunc(events, func(a, b event) int { return int(a.at - b.at) })
	for _, e := range events {
		time.Sleep(time.Until(start.Add(e.at)))
		e.do()
	}
	for until := start.Add(30 * time.Hour); time.Now().Before(until); time.Sleep(5 * time.Minute) {
		if n := w.ledger.states(); n["ready"]+n["sending"] == 0 {
			break
		}
	}
	if n := w.ledger.states(); n["ready"]+n["sending"] > 0 {
		w.fault("rows are left over after their time: %v", n)
	}
	if state := now.State(); state.Waiting != 0 || state.InFlight != 0 {
		w.fault("nothing is left, but the state is %+v", state)
	}
	end()
	running.Wait()
	w.checkLimits(s.limits)
	return append(w.faults, w.ledger.faults...)
}

func (w *world) checkLimits(l Limits) {
	for key, seen := range w.line {
		if n := overBucket(seen.arrivals, l.PairEvery, l.PairBurst); n > 0 {
			w.fault("%v: %d over the pair limit: %v", key, n, seen.arrivals)
		}
		if n := mostWithin(seen.ofNew, time.Minute); n > l.NewCustomerPerMinute {
			w.fault("%v: %d to a new customer within a minute: %v", key, n, seen.ofNew)
		}
	}
	for run := range w.run + 1 {
		for channel := range chat.ChannelID(3) {
			var at []time.Time
			for _, d := range w.departs {
				if d.run == run && d.channel == channel {
					at = append(at, d.at)
				}
			}
			if n := overBucket(at, time.Second/time.Duration(l.NumberPerSecond), l.NumberBurst); n > 0 {
				w.fault("channel %d: %d over the number's limit", channel, n)
			}
		}
	}
}

// TestWhateverHappens plays random scenarios: each row leaves at most once, in
// order for its recipient, never two at a time, never late, never over a limit;
// and in the end none is forgotten.
func TestWhateverHappens(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := drawScenario(rt)
		var faults []string
		synctest.Test(t, func(t *testing.T) { faults = s.play(t.Context()) })
		if len(faults) > 0 {
			rt.Fatal(strings.Join(faults, "\n"))
		}
	})
}
