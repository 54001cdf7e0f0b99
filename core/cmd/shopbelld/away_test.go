//go:build linux

package main

import (
	"slices"
	"sync"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/sandbox"
)

// threeRules answer three words with three texts, so that order can be seen.
const threeRules = `{"version": 1, "timezone": "UTC", "rules": [
	{"id": "one", "name": "One", "trigger": "keyword", "keywords": ["one"], "match": "exact", "replies": [{"text": "First."}]},
	{"id": "two", "name": "Two", "trigger": "keyword", "keywords": ["two"], "match": "exact", "replies": [{"text": "Second."}]},
	{"id": "three", "name": "Three", "trigger": "keyword", "keywords": ["three"], "match": "exact", "replies": [{"text": "Third."}]}]}`

// TestMetaIsAway takes the Graph API away for longer than a reply may wait, and
// brings it back while others still may.
func TestMetaIsAway(t *testing.T) {
	t.Parallel()
	// Longer than the 30 s after which the outbox probes a channel at the latest
	// (with a quarter more for jitter), so that what may still leave does.
	sendBefore := 45 * time.Second
	if long() {
		sendBefore = 5 * time.Minute
	}
	dir := t.TempDir()
	meta := openMeta(t)
	importRules(t, dir, threeRules)
	d := start(t, meta, dir, []string{"SHOPBELL_AUTO_SEND_BEFORE=" + sendBefore.String()}, nil)

	const each = 20
	talk := func(first int) {
		var all sync.WaitGroup
		for i := first; i < first+each; i++ {
			all.Go(func() {
				for _, word := range []string{"one", "two", "three"} {
					if _, err := meta.Write(t.Context(), customer(i), word); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
	}
	faults := func(f sandbox.Faults) {
		if err := meta.SetFaults(f); err != nil {
			t.Fatal(err)
		}
	}

	// Given replies that left, and then a Graph API that cannot be reached,
	before, during, after := 0, each, 2*each
	talk(before)
	d.drain(t, meta)
	faults(sandbox.Faults{Down: true})

	// when some customers write so long before it returns that their replies are
	// late, and others just before,
	talk(during)
	d.drain(t, meta) // ends when the last of these has expired
	if got := meta.Stats().Delivered; got != 3*each {
		t.Errorf("%d replies delivered while the Graph API was away, want the %d of before", got, 3*each)
	}
	talk(after)
	faults(sandbox.Faults{})
	d.drain(t, meta)
	d.stop(t)

	// then the late ones are marked and never sent, and the others arrived once
	// and in order.
	db := openStore(t, dir)
	for i := range 3 * each {
		var received []string
		for _, message := range meta.Inbox(customer(i)) {
			received = append(received, message.Text)
		}
		th := threadOf(t, db, customer(i))
		if len(th.inbound) != 3 || len(th.replies) != 3 {
			t.Errorf("customer %d: %d messages and %d replies are stored, want 3 and 3", i, len(th.inbound), len(th.replies))
		}
		late := i >= during && i < after
		want := []string{"First.", "Second.", "Third."}
		if late {
			want = nil
		}
		if !slices.Equal(received, want) {
			t.Errorf("customer %d (late: %v) received %q, want %q", i, late, received, want)
		}
		for _, reply := range th.replies {
			if expired := reply.Status == chat.StatusExpired; expired != late {
				t.Errorf("customer %d (late: %v): a reply is called %q", i, late, reply.Status)
			}
		}
	}
}
