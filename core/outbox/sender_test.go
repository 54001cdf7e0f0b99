package outbox

import (
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/core/chat"
)

func TestSender(t *testing.T) {
	simulated(t, "one recipient gets one message at a time, in order", func(t *testing.T) {
		d := open(t, func(int, int64) error { time.Sleep(time.Second); return nil })
		for range 3 {
			d.put(7)
		}
		time.Sleep(2500 * time.Millisecond)
		wantStates(t, d, "sent", "sent", "sending")
		time.Sleep(time.Second)
		wantStates(t, d, "sent", "sent", "sent")
	})
	simulated(t, "recipients do not wait for one another, up to the number of workers", func(t *testing.T) {
		d := open(t, func(int, int64) error { time.Sleep(time.Second); return nil }, func(o *Options) { o.Workers = 4 })
		for to := range chat.ContactID(10) {
			d.put(to + 1)
		}
		time.Sleep(500 * time.Millisecond)
		if s := d.State(); s.InFlight != 4 || s.Waiting != 6 {
			t.Errorf("state is %+v, want 4 in flight and 6 waiting", s)
		}
		time.Sleep(2600 * time.Millisecond)
		if n := d.ledger.states()["sent"]; n != 10 {
			t.Errorf("%d of 10 were sent in three rounds", n)
		}
	})
	simulated(t, "a row nobody announced is found within half a minute", func(t *testing.T) {
		d := open(t, always(nil))
		time.Sleep(time.Second)
		d.ledger.put(1, 1, time.Time{}, day)
		time.Sleep(maxSleep)
		wantStates(t, d, "sent")
	})
	simulated(t, "what comes while a claim is committed is claimed together", func(t *testing.T) {
		d := open(t, always(nil), slowClaims(time.Second))
		for to := range chat.ContactID(50) {
			d.put(to + 1)
			time.Sleep(10 * time.Millisecond)
		}
		time.Sleep(3 * time.Second)
		if n := d.ledger.states()["sent"]; n != 50 || d.ledger.claims > 3 {
			t.Errorf("%d rows were sent after %d claims", n, d.ledger.claims)
		}
	})
	simulated(t, "a row that somebody else settled is left out", func(t *testing.T) {
		d := open(t, always(nil))
		d.refuse(func(op string) error {
			if op == "claim" {
				d.ledger.rows[0].state = "expired"
			}
			return nil
		})
		d.put(1)
		d.put(1)
		time.Sleep(time.Second)
		wantStates(t, d, "expired", "sent")
	})
	simulated(t, "a longer queue than the mirror holds leaves whole and in order", func(t *testing.T) {
		const rows = mirrorRows + 1000
		var paid atomic.Bool
		d := open(t, func(int, int64) error {
			if !paid.Load() {
				return graphError(131042)
			}
			return nil
		})
		for i := range rows {
			d.ledger.put(1, chat.ContactID(i%50), time.Time{}, day)
		}
		d.Wake()
		time.Sleep(time.Second)
		if s := d.State(); s.Waiting != mirrorRows {
			t.Errorf("%d rows are in memory, want %d", s.Waiting, mirrorRows)
		}
		paid.Store(true)
		d.TryNow()
		time.Sleep(time.Minute)
		last := map[int64]int64{}
		for _, id := range d.sent()[50:] { // after the 50 that were refused
			if id <= last[id%50] {
				t.Fatalf("row %d left after row %d", id, last[id%50])
			}
			last[id%50] = id
		}
		if n := d.ledger.states()["sent"]; n != rows {
			t.Errorf("%d of %d rows left", n, rows)
		}
	})
	t.Run("options that make no sense are refused", func(t *testing.T) {
		good := Options{Ledger: newMemory(time.Now), Courier: courierFunc(nil), Now: time.Now}
		for name, spoil := range map[string]func(*Options){
			"no ledger": func(o *Options) { o.Ledger = nil }, "no courier": func(o *Options) { o.Courier = nil },
			"no clock": func(o *Options) { o.Now = nil }, "workers": func(o *Options) { o.Workers = -1 },
			"grace": func(o *Options) { o.Grace = -1 }, "limits": func(o *Options) { o.Limits.NumberPerSecond = 80 },
		} {
			o := good
			if spoil(&o); !fails(o) {
				t.Errorf("%s: accepted", name)
			}
		}
		if fails(good) {
			t.Error("good options are refused")
		}
	})
}

func fails(o Options) bool {
	_, err := New(o)
	return err != nil
}

func TestSenderWithoutMeta(t *testing.T) {
	simulated(t, "when Meta is away the channel is probed, and all leave once it is back", func(t *testing.T) {
		away := true
		d := open(t, func(int, int64) error {
			if away {
				return errNotSent
			}
			return nil
		})
		for range 2 {
			for to := range chat.ContactID(20) {
				d.put(to + 1)
			}
		}
		time.Sleep(3 * time.Minute)
		wantCondition(t, d, Offline, 0)
		if n := len(d.sent()); n > 20+12 {
			t.Errorf("%d calls within three minutes", n)
		}
		away = false
		tries := len(d.sent())
		time.Sleep(31 * time.Second)
		wantCondition(t, d, OK, 0)
		left := d.sent()[tries:]
		slices.Sort(left)
		if len(left) != 40 || len(slices.Compact(left)) != 40 {
			t.Errorf("%d calls for 40 rows once Meta was back", len(left))
		}
	})
	simulated(t, "what comes too late while Meta is away expires, the rest leaves", func(t *testing.T) {
		d := open(t, first(4, errNotSent))
		d.ledger.put(1, 1, time.Time{}, 3*time.Second)
		d.ledger.put(1, 1, time.Time{}, day)
		d.Wake()
		time.Sleep(4 * time.Second)
		wantStates(t, d, "expired", "ready")
		time.Sleep(time.Minute)
		wantStates(t, d, "expired", "sent")
	})
	simulated(t, "the oldest message is the probe", func(t *testing.T) {
		d := open(t, first(5, errNotSent))
		for to := range chat.ContactID(3) {
			d.put(to + 1)
		}
		time.Sleep(time.Minute)
		sent := d.sent() // three at once, then two probes in vain, one that opens, and the rest
		if len(sent) != 8 || !slices.Equal(sent[3:6], []int64{1, 1, 1}) {
			t.Errorf("calls were for %v", sent)
		}
	})
	simulated(t, "a message with no answer is unknown and never sent again, and the next waits a second", func(t *testing.T) {
		d := open(t, first(1, errNoAnswer))
		d.put(1)
		d.put(1)
		time.Sleep(900 * time.Millisecond)
		wantStates(t, d, "unknown", "ready")
		wantCondition(t, d, Offline, 0)
		time.Sleep(time.Minute)
		wantStates(t, d, "unknown", "sent")
	})
}

func TestSenderRefused(t *testing.T) {
	simulated(t, "a refused key keeps every row and probes once a minute", func(t *testing.T) {
		d := open(t, always(graphError(190)))
		for range 5 {
			d.put(1)
		}
		time.Sleep(10*time.Minute + time.Second)
		wantCondition(t, d, Refused, 190)
		wantStates(t, d, "ready", "ready", "ready", "ready", "ready")
		if sent := d.sent(); len(sent) != 11 {
			t.Errorf("%d calls within ten minutes, want 11", len(sent))
		}
	})
	simulated(t, "Try now sends at once, and all the rest when that succeeds", func(t *testing.T) {
		d := open(t, first(1, graphError(131042)))
		d.put(1)
		d.put(2)
		time.Sleep(time.Second)
		wantCondition(t, d, Refused, 131042)
		d.TryNow()
		time.Sleep(time.Second)
		wantCondition(t, d, OK, 0)
		wantStates(t, d, "sent", "sent")
	})
	simulated(t, "one channel's refusal is not another's", func(t *testing.T) {
		d := open(t, func(_ int, id int64) error {
			if id == 1 {
				return graphError(133010)
			}
			return nil
		})
		d.put(1)
		d.ledger.put(2, 1, time.Time{}, day)
		time.Sleep(time.Second)
		d.Wake()
		time.Sleep(time.Second)
		wantStates(t, d, "ready", "sent")
		if s := d.State(); len(s.Channels) != 2 || s.Channels[0].Condition != Refused || s.Channels[1].Condition != OK {
			t.Errorf("state is %+v", s)
		}
	})
	simulated(t, "a refused message fails with its code, and the next one goes", func(t *testing.T) {
		d := open(t, first(1, graphError(131047)))
		d.put(1)
		d.put(1)
		time.Sleep(time.Second)
		wantStates(t, d, "failed", "sent")
		if code := d.ledger.rows[0].code; code != 131047 {
			t.Errorf("code is %d", code)
		}
	})
	simulated(t, "the pair limit of Meta holds one recipient for 1, 4, 16 s", func(t *testing.T) {
		d := open(t, first(3, graphError(131056)))
		d.put(1)
		time.Sleep(time.Minute)
		want := []call{{1, 0}, {1, time.Second}, {1, 5 * time.Second}, {1, 21 * time.Second}}
		calls := d.said()
		if len(calls) != len(want) {
			t.Fatalf("calls were %v, want %v", calls, want)
		}
		for i, c := range calls {
			if late := c.at - want[i].at; late < 0 || late > 10*time.Millisecond {
				t.Errorf("call %d was at %v, want %v", i, c.at, want[i].at)
			}
		}
	})
	simulated(t, "Changed is told of news only", func(t *testing.T) {
		news := 0
		d := open(t, first(2, errNotSent), func(o *Options) { o.Changed = func() { news++ } })
		d.put(1)
		d.put(2)
		time.Sleep(time.Minute)
		if d.end(); <-d.done != nil || news != 2 {
			t.Errorf("told %d times, want 2: offline, and back", news)
		}
	})
}
