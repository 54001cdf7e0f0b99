package outbox

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"shopbell/core/chat"
)

const day = 24 * time.Hour

// desk is a Sender at work in simulated time.
type desk struct {
	*Sender
	ledger *memory
	end    context.CancelFunc
	done   chan error // Run's

	mu    sync.Mutex
	calls []call
}

type call struct {
	id int64
	at time.Duration // since the desk opened
}

// open starts a Sender whose courier answers with what the function says about
// the nth call (from 0) and the row's id. change may alter the options.
func open(t *testing.T, answer func(n int, id int64) error, change ...func(*Options)) *desk {
	t.Helper()
	d := &desk{ledger: newMemory(time.Now), done: make(chan error, 1)}
	start := time.Now()
	o := Options{Ledger: d.ledger, Now: time.Now, Rand: func() float64 { return 0.999999 }}
	o.Courier = courierFunc(func(_ context.Context, id int64) error {
		d.mu.Lock()
		n := len(d.calls)
		d.calls = append(d.calls, call{id, time.Since(start)})
		d.mu.Unlock()
		return answer(n, id)
	})
	for _, f := range change {
		f(&o)
	}
	var err error
	if d.Sender, err = New(o); err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(t.Context())
	d.end = end
	go func() { d.done <- d.Run(ctx) }()
	t.Cleanup(func() {
		end()
		if len(d.ledger.faults) > 0 {
			t.Error(strings.Join(d.ledger.faults, "\n"))
		}
	})
	return d
}

// put adds a row to a known contact on channel 1 that may be sent for a day.
func (d *desk) put(contact chat.ContactID) int64 {
	id := d.ledger.put(1, contact, time.Time{}, day).ID
	d.Wake()
	return id
}

// said returns the calls so far, and sent their ids.
func (d *desk) said() []call {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.calls)
}

func (d *desk) sent() (ids []int64) {
	for _, c := range d.said() {
		ids = append(ids, c.id)
	}
	return ids
}

func (d *desk) refuse(f func(op string) error) {
	d.ledger.mu.Lock()
	defer d.ledger.mu.Unlock()
	d.ledger.refuse = f
}

func always(err error) func(int, int64) error { return func(int, int64) error { return err } }

func first(n int, err error) func(int, int64) error {
	return func(i int, _ int64) error {
		if i < n {
			return err
		}
		return nil
	}
}

// slowClaims makes the ledger need a while for every claim.
func slowClaims(d time.Duration) func(*Options) {
	return func(o *Options) {
		o.Ledger.(*memory).pace = func(op string) time.Duration {
			if op == "claim" {
				return d
			}
			return 0
		}
	}
}

// simulated runs a subtest in simulated time.
func simulated(t *testing.T, name string, f func(t *testing.T)) {
	t.Run(name, func(t *testing.T) { synctest.Test(t, f) })
}

func wantStates(t *testing.T, d *desk, want ...string) {
	t.Helper()
	var got []string
	for i := range d.ledger.rows {
		got = append(got, d.ledger.state(int64(i+1)))
	}
	if !slices.Equal(got, want) {
		t.Errorf("rows are %v, want %v", got, want)
	}
}

func wantCondition(t *testing.T, d *desk, c Condition, code int) {
	t.Helper()
	s := d.State()
	if len(s.Channels) == 0 || s.Channels[0].Condition != c || s.Channels[0].Code != code {
		t.Errorf("state is %+v, want %s %d", s, c, code)
	}
}
