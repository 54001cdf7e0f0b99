package outbox

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/core/chat"
	"shopbell/core/store"
)

var epoch = time.Unix(1_800_000_000, 0)

// overBucket returns how many of the moments, which ascend, exceed a bucket of
// burst tokens with one more every so often, in the worst window.
func overBucket(at []time.Time, every time.Duration, burst int) int {
	worst := 0
	for i := range at {
		for j := i; j < len(at); j++ {
			allowed := burst + int((at[j].Sub(at[i])+time.Microsecond)/every)
			worst = max(worst, j-i+1-allowed)
		}
	}
	return worst
}

// mostWithin returns the largest number of moments, which ascend, within any span.
func mostWithin(at []time.Time, span time.Duration) int {
	most := 0
	for i := range at {
		n, _ := slices.BinarySearchFunc(at, at[i].Add(span).Add(1), time.Time.Compare)
		most = max(most, n-i)
	}
	return most
}

// TestAllowanceHoldsInAnyWindow lets a recipient be written to as often as is
// allowed, at random moments, with restarts in between.
func TestAllowanceHoldsInAnyWindow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := Limits{
			PairEvery:            time.Duration(rapid.IntRange(1, 10).Draw(t, "every")) * time.Second,
			PairBurst:            rapid.IntRange(1, 8).Draw(t, "burst"),
			NewCustomerPerMinute: rapid.IntRange(1, 6).Draw(t, "perMinute"),
		}
		isNew := rapid.Bool().Draw(t, "new")
		first := epoch.Add(-25 * time.Hour)
		if isNew {
			first = epoch
		}
		a, now := newAllowance(l), epoch
		var sent []time.Time
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			switch rapid.IntRange(0, 9).Draw(t, "step") {
			case 0: // a restart: all that is known is what the ledger kept, to the millisecond
				a = newAllowance(l)
				since := now.Add(-l.memory())
				var past []store.OutboxPast
				for _, at := range sent {
					if at = at.Truncate(time.Millisecond); at.After(since) {
						past = append(past, store.OutboxPast{Contact: 1, At: at})
					}
				}
				a.restore(past, since, now)
			case 1, 2, 3:
				now = now.Add(time.Duration(rapid.IntRange(0, 30_000_000).Draw(t, "idle µs")) * time.Microsecond)
			default:
				when := a.earliest(1, first, now)
				if when.Before(now) {
					t.Fatalf("earliest is %v ago", now.Sub(when))
				}
				if again := a.earliest(1, first, when); again.After(when) {
					t.Fatalf("told to come at %v, then at %v", when, again)
				}
				now = when
				a.arrived(1, now)
				sent = append(sent, now)
			}
		}
		// A stored time is up to a millisecond early, so the bucket may be ahead by that.
		slack := make([]time.Time, len(sent))
		for i, at := range sent {
			slack[i] = at.Add(time.Duration(i) * time.Millisecond)
		}
		if n := overBucket(slack, l.PairEvery, l.PairBurst); n > 0 {
			t.Fatalf("%d messages over the pair limit: %v", n, sent)
		}
		if n := mostWithin(sent, time.Minute); isNew && n > l.NewCustomerPerMinute {
			t.Fatalf("%d messages within a minute, %d are allowed: %v", n, l.NewCustomerPerMinute, sent)
		}
	})
}

func TestNumberHoldsInAnyWindow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := Limits{NumberPerSecond: rapid.IntRange(1, 100).Draw(t, "rate"), NumberBurst: rapid.IntRange(1, 20).Draw(t, "burst")}
		a, now := newAllowance(l), epoch
		var sent []time.Time
		for _, wait := range rapid.SliceOfN(rapid.IntRange(0, 300_000), 1, 100).Draw(t, "waits µs") {
			now = now.Add(time.Duration(wait) * time.Microsecond)
			if wait%3 == 0 {
				now = a.nextFree(now)
				if a.free(now) == 0 {
					t.Fatal("nothing is free when it was said to be")
				}
			}
			for range a.free(now) {
				a.depart(now)
				sent = append(sent, now)
			}
		}
		if n := overBucket(sent, time.Second/time.Duration(l.NumberPerSecond), l.NumberBurst); n > 0 {
			t.Fatalf("%d messages over the number's limit", n)
		}
	})
}

func TestLimits(t *testing.T) {
	send := func(a *allowance, to chat.ContactID, n int, now time.Time) {
		for range n {
			a.arrived(to, now)
		}
	}
	t.Run("a new customer's sixth message waits for the minute to pass", func(t *testing.T) {
		a := newAllowance(DefaultLimits())
		send(a, 1, 5, epoch)
		if wait := a.earliest(1, epoch, epoch.Add(time.Second)).Sub(epoch); wait != newCustomerSpan {
			t.Errorf("waits %v", wait)
		}
	})
	t.Run("a customer who becomes known meanwhile waits no longer than that", func(t *testing.T) {
		a := newAllowance(DefaultLimits())
		send(a, 1, 5, epoch)
		if wait := a.earliest(1, epoch.Add(2*time.Second-24*time.Hour), epoch.Add(time.Second)).Sub(epoch); wait != 2*time.Second {
			t.Errorf("waits %v", wait)
		}
	})
	t.Run("a known customer gets 45 messages at once and the next after 6 s", func(t *testing.T) {
		a := newAllowance(DefaultLimits())
		send(a, 1, 44, epoch)
		if wait := a.earliest(1, time.Time{}, epoch).Sub(epoch); wait != 0 {
			t.Errorf("the 45th waits %v", wait)
		}
		send(a, 1, 1, epoch)
		if wait := a.earliest(1, time.Time{}, epoch).Sub(epoch); wait < 6*time.Second || wait > 6*time.Second+time.Microsecond {
			t.Errorf("the 46th waits %v", wait)
		}
	})
	t.Run("one customer's limit is not another's", func(t *testing.T) {
		a := newAllowance(DefaultLimits())
		send(a, 1, 45, epoch)
		if wait := a.earliest(2, epoch, epoch).Sub(epoch); wait != 0 {
			t.Errorf("waits %v", wait)
		}
	})
	t.Run("lifted limits hold nobody up and remember nobody", func(t *testing.T) {
		a := newAllowance(Limits{})
		send(a, 1, 1000, epoch)
		a.depart(epoch)
		if a.free(epoch) < 1<<30 || !a.earliest(1, epoch, epoch).Equal(epoch) || len(a.pairs) != 0 {
			t.Errorf("free %d, remembers %d", a.free(epoch), len(a.pairs))
		}
	})
	t.Run("who is far from every limit is forgotten", func(t *testing.T) {
		a := newAllowance(DefaultLimits())
		for to := range chat.ContactID(100) {
			a.arrived(to+1, epoch)
		}
		a.arrived(1000, epoch.Add(newCustomerSpan))
		if len(a.pairs) != 1 {
			t.Errorf("remembers %d recipients, want 1", len(a.pairs))
		}
	})
	t.Run("a clock that was set back does not block for longer than a minute", func(t *testing.T) {
		a := newAllowance(DefaultLimits())
		var past []store.OutboxPast
		for range 5 {
			past = append(past, store.OutboxPast{Contact: 1, At: epoch.Add(5 * time.Hour)})
		}
		a.restore(past, epoch.Add(-a.limits.memory()), epoch)
		if wait := a.earliest(1, epoch, epoch).Sub(epoch); wait != newCustomerSpan {
			t.Errorf("waits %v", wait)
		}
	})
	t.Run("limits that make no sense are refused", func(t *testing.T) {
		for _, l := range []Limits{
			{NumberPerSecond: -1}, {NumberPerSecond: 80}, {PairEvery: time.Second}, {NewCustomerPerMinute: -5}, {PairBurst: -1},
		} {
			if l.validate() == nil {
				t.Errorf("%+v was accepted", l)
			}
		}
		if err := DefaultLimits().validate(); err != nil {
			t.Error(err)
		}
	})
}
