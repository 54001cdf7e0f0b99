//go:build linux

package main

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/core/chat"
)

const priceRule = `{"version": 1, "timezone": "UTC", "rules": [
	{"id": "price", "name": "Price", "trigger": "keyword", "keywords": ["price"], "match": "exact", "replies": [{"text": "It is 39 euros."}]}]}`

// inFlight is how many messages the outbox has claimed at once at most: what one
// crash may leave in doubt (outbox.Options.Workers).
const inFlight = 64

// TestKilledAgainAndAgain kills the desk at random moments under load, always on
// the same data folder, and then asks for every message of every customer.
func TestKilledAgainAndAgain(t *testing.T) {
	t.Parallel()
	kills := 10
	if long() {
		kills = 100
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	dir := t.TempDir()
	meta := openMeta(t)
	importRules(t, dir, priceRule)

	// When customers write all the time, each a new one, repeating like Meta what
	// is not acknowledged,
	var mu sync.Mutex
	acknowledged := map[int]string{} // customer -> wamid
	var next atomic.Int64
	ctx, cancel := context.WithCancel(t.Context())
	var writers sync.WaitGroup
	defer func() { cancel(); writers.Wait() }()
	write := func() {
		for ctx.Err() == nil {
			i := int(next.Add(1))
			if wamid, err := meta.Write(ctx, customer(i), "What is the price?"); err == nil {
				mu.Lock()
				acknowledged[i] = wamid
				mu.Unlock()
			}
		}
	}
	d := start(t, meta, dir, nil, nil)
	for range 16 {
		writers.Go(write)
	}
	count := func() int {
		mu.Lock()
		defer mu.Unlock()
		return len(acknowledged)
	}
	// and the power fails again and again, each time after some messages more,
	for range kills {
		enough := count() + 1 + rng.IntN(150)
		until(t, "more messages are acknowledged", func() bool { return count() >= enough })
		d.kill(t)
		d = start(t, meta, dir, nil, nil)
	}
	cancel()
	writers.Wait()
	d.drain(t, meta)
	d.stop(t)

	// then every acknowledged message is there once, and each was answered once,
	// or the desk says that it cannot know.
	db := openStore(t, dir)
	unknown := 0
	for i, wamid := range acknowledged {
		th := threadOf(t, db, customer(i))
		if len(th.inbound) != 1 || th.inbound[0].WAMID != wamid {
			t.Errorf("customer %d wrote %s, and the desk holds %d messages: %+v", i, wamid, len(th.inbound), th.inbound)
			continue
		}
		if len(th.replies) != 1 {
			t.Errorf("customer %d has %d replies in the desk, want 1", i, len(th.replies))
			continue
		}
		received := len(meta.Inbox(customer(i)))
		status := th.replies[0].Status
		left := slices.Contains([]chat.Status{chat.StatusSent, chat.StatusDelivered, chat.StatusRead}, status)
		switch {
		case received == 1 && left:
		case received == 0 && status == chat.StatusUnknown:
			unknown++
		default:
			t.Errorf("customer %d received %d replies, and the desk calls the one it made %q", i, received, status)
		}
	}
	t.Logf("%d messages, %d kills, %d replies of unknown fate", len(acknowledged), kills, unknown)
	if unknown > kills*inFlight {
		t.Errorf("%d replies are of unknown fate after %d kills: more than were in flight", unknown, kills)
	}
	// Who was never acknowledged may have been stored (the answer was lost), but
	// was not answered twice either.
	for i := 1; i <= int(next.Load()); i++ {
		if n := len(meta.Inbox(customer(i))); n > 1 {
			t.Errorf("customer %d received %d replies", i, n)
		}
	}
}
