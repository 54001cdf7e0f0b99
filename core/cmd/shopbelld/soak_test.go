//go:build linux

package main

import (
	"context"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/sandbox"
)

// TestSoak keeps the desk under the steady mixed load of a very busy shop (new
// and returning customers, statuses, everything of Meta's twice), counts what
// became of each message, and looks whether the process grows.
func TestSoak(t *testing.T) {
	t.Parallel()
	lasts := 20 * time.Second
	if long() {
		lasts = 5 * time.Minute
	}
	const (
		writers = 8
		pause   = 20 * time.Millisecond // between two messages, whoever writes
	)
	dir := t.TempDir()
	meta := openMeta(t)
	if err := meta.SetFaults(sandbox.Faults{DuplicateWebhooks: true, DuplicateStatuses: true}); err != nil {
		t.Fatal(err)
	}
	importRules(t, dir, priceRule)
	d := start(t, meta, dir, nil, nil)

	// When customers write for a long time, half of them not for the first time,
	ctx, cancel := context.WithTimeout(t.Context(), lasts)
	defer cancel()
	tick := time.NewTicker(pause)
	defer tick.Stop()
	var all sync.WaitGroup
	people := make([]crowd, writers)
	for w := range people {
		people[w] = crowd{meta: meta, first: w, step: writers, rng: rand.New(rand.NewPCG(uint64(w), 0))}
		all.Go(func() { people[w].write(t, ctx, tick.C) })
	}
	sizes := d.watch(t, ctx)
	all.Wait()
	d.drain(t, meta)
	_, page := d.get(t, "/metrics")
	d.stop(t)

	// then the process has not grown in the last third of the time,
	if len(sizes) < 6 {
		t.Fatalf("measured %d times only", len(sizes))
	}
	middle, last := highest(sizes[len(sizes)/3:2*len(sizes)/3]), highest(sizes[2*len(sizes)/3:])
	t.Logf("at most %.0f MiB and %.0f goroutines in the second third, %.0f MiB and %.0f goroutines in the last",
		middle.memory/(1<<20), middle.goroutines, last.memory/(1<<20), last.goroutines)
	if last.memory > 1.5*middle.memory+16<<20 {
		t.Errorf("memory grew from %.0f to %.0f bytes", middle.memory, last.memory)
	}
	if last.goroutines > 1.5*middle.goroutines+32 {
		t.Errorf("goroutines grew from %.0f to %.0f", middle.goroutines, last.goroutines)
	}
	// nothing is left over (drain saw both queues empty),
	for _, name := range []string{"shopbell_outbox_unknown", "shopbell_events_parked"} {
		if n := metric(t, page, name); n != 0 {
			t.Errorf("%s is %v in the end", name, n)
		}
	}
	// and every message is stored once and was answered once, up to the cap.
	db := openStore(t, dir)
	messages, replies := 0, 0
	for _, c := range people {
		for i, wamids := range c.said {
			who := c.customer(i)
			th := threadOf(t, db, who)
			stored := make([]string, 0, len(th.inbound))
			for _, m := range th.inbound {
				stored = append(stored, m.WAMID)
			}
			if !sameMembers(stored, wamids) {
				t.Errorf("customer %s wrote %q, and the desk holds %q", who.Phone, wamids, stored)
			}
			want := min(len(wamids), autoreply.MaxAutomatic)
			if got := len(meta.Inbox(who)); got != want || len(th.replies) != want {
				t.Errorf("customer %s wrote %d times: %d replies are stored and %d arrived, want %d", who.Phone, len(wamids), len(th.replies), got, want)
			}
			for _, r := range th.replies {
				if r.Status != chat.StatusDelivered && r.Status != chat.StatusRead {
					t.Errorf("customer %s received a reply that the desk calls %q", who.Phone, r.Status)
				}
			}
			messages, replies = messages+len(wamids), replies+want
		}
	}
	t.Logf("%d messages, %d replies", messages, replies)
	if t.Failed() {
		t.Logf("log:\n%s", d.log)
	}
}

// crowd are the customers of one writer; no two crowds share a customer.
type crowd struct {
	meta        *sandbox.Sandbox
	first, step int
	rng         *rand.Rand
	said        [][]string // wamids of what each customer said, in order
}

func (c *crowd) customer(i int) sandbox.Customer { return customer(c.first + i*c.step) }

// write lets a customer write at each tick until ctx ends: a new one or, as
// likely, one who wrote before.
func (c *crowd) write(t *testing.T, ctx context.Context, tick <-chan time.Time) {
	for {
		select {
		case <-tick:
		case <-ctx.Done():
			return
		}
		i := len(c.said)
		if i > 0 && c.rng.IntN(2) == 0 {
			i = c.rng.IntN(i)
		} else {
			c.said = append(c.said, nil)
		}
		// A message that was begun is brought to its end: the test's own context.
		wamid, err := c.meta.Write(t.Context(), c.customer(i), "What is the price?")
		if err != nil {
			t.Error(err)
			return
		}
		c.said[i] = append(c.said[i], wamid)
	}
}

// size is how much of the computer a desk uses.
type size struct{ memory, goroutines float64 }

// watch measures twice a second until ctx ends.
func (d *daemon) watch(t *testing.T, ctx context.Context) (sizes []size) {
	t.Helper()
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return sizes
		}
		_, page := d.get(t, "/metrics")
		sizes = append(sizes, size{memory: metric(t, page, "process_resident_memory_bytes"), goroutines: metric(t, page, "go_goroutines")})
	}
}

// highest is the most that was used of each.
func highest(sizes []size) (most size) {
	for _, s := range sizes {
		most.memory, most.goroutines = max(most.memory, s.memory), max(most.goroutines, s.goroutines)
	}
	return most
}

// metric reads a number from the desk's page of metrics.
func metric(t *testing.T, page, name string) float64 {
	t.Helper()
	m := regexp.MustCompile(`(?m)^` + name + ` (\S+)$`).FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("no %s in\n%s", name, page)
	}
	n, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// sameMembers reports whether a and b hold the same, each as often.
func sameMembers(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
