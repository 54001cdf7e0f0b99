package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// webhook stores a body.
func (d *desk) webhook(body string) int64 {
	d.t.Helper()
	d.now = d.now.Add(time.Second)
	id, err := d.db.AddWebhook(d.Context(), []byte(body))
	d.done(err)
	return id
}

// open returns the bodies in the queue.
func (d *desk) open() (bodies []string) {
	d.t.Helper()
	for after := int64(0); ; {
		list, err := d.db.OpenWebhooks(d.Context(), after, 2)
		d.done(err)
		if len(list) == 0 {
			return bodies
		}
		for _, w := range list {
			bodies, after = append(bodies, string(w.Body)), w.ID
		}
	}
}

func TestAWebhookIsStoredWhateverBecomesOfItsWork(t *testing.T) {
	work := func(tx *store.Tx) error {
		c, _, err := tx.KnowContact(store.Person{Phone: "351910000001", Name: "Ana"})
		if err != nil {
			return err
		}
		v, err := tx.TakeUp(1, c)
		if err != nil {
			return err
		}
		return tx.AddMessage(&store.NewMessage{Channel: 1, Message: chat.Message{
			Conversation: v.ID, Contact: c.ID, Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "hello", WAMID: "wamid.1", At: tx.Now(),
		}})
	}
	bad := errors.New("bad")
	tests := []struct {
		name         string
		after        func() error // the work
		want         string       // of its error
		open, stored int
	}{
		{"done", func() error { return nil }, "", 0, 1},
		{"failed", func() error { return bad }, "bad", 1, 0},
		{"panicked", func() error { panic("oh") }, "panic in a unit: oh", 1, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			before := storetest.Count(t, d.path, "message")
			var told int64
			id, failed, err := d.db.AddWebhookDone(t.Context(), []byte("body"), func(tx *store.Tx, id int64) error {
				told = id
				if err := work(tx); err != nil {
					t.Error(err)
				}
				return tt.after()
			})
			if err != nil || id != told || (failed == nil) != (tt.want == "") || failed != nil && !strings.Contains(failed.Error(), tt.want) {
				t.Errorf("returned %d (the work was told %d), %v, %v; want the failure %q", id, told, failed, err, tt.want)
			}
			if n := len(d.open()); n != tt.open {
				t.Errorf("%d are queued, want %d", n, tt.open)
			}
			if n := storetest.Count(t, d.path, "message") - before; n != tt.stored {
				t.Errorf("%d messages are stored, want %d", n, tt.stored)
			}
			if n := storetest.Count(t, d.path, "webhook"); n != 1 {
				t.Errorf("%d bodies are stored", n)
			}
		})
	}
}

func TestPruneJournalKeepsWhatIsOpenOrParked(t *testing.T) {
	d := newDesk(t)
	finish := func(id int64) { d.update(func(tx *store.Tx) error { _, err := tx.FinishWebhook(id, 1); return err }) }
	d.webhook("open")
	parked := d.webhook("parked")
	d.update(func(tx *store.Tx) error { return tx.Park(parked, 0, 3, "bad") })
	finish(parked)
	for i := range 5 {
		finish(d.webhook(fmt.Sprint("old ", i)))
	}
	d.report("wamid.orphan", "", "delivered")
	m := d.write(d.customer(), 0)
	revoke := func(target string) {
		d.update(func(tx *store.Tx) error { return tx.AddRevoke(target, target+".v", tx.Now()) })
	}
	revoke("wamid.orphan")
	revoke(m.WAMID)
	before := d.now.Add(time.Millisecond)
	finish(d.webhook("young"))
	d.report("wamid.young", "", "delivered")
	revoke("wamid.young")

	for i, want := range []int64{2, 2, 1, 0} {
		if n, err := d.db.PruneJournal(t.Context(), before, 2); err != nil || n != want {
			t.Fatalf("call %d pruned %d, %v; want %d: at most the limit at once", i, n, err, want)
		}
	}
	if n := storetest.Count(t, d.path, "webhook"); n != 3 {
		t.Errorf("%d webhooks are left, want the open, the parked and the young one", n)
	}
	if n := storetest.Count(t, d.path, "orphan_status"); n != 1 {
		t.Errorf("%d orphans are left, want the young one", n)
	}
	if n := storetest.Count(t, d.path, "message_edit"); n != 2 {
		t.Errorf("%d edits are left, want that of a message and the young one", n)
	}
	// What is no longer parked goes with the next look.
	items, err := d.db.ParkedItems(t.Context())
	d.done(err)
	d.update(func(tx *store.Tx) error { return tx.Replay(items[0].ID) })
	finish(parked)
	if n, err := d.db.PruneJournal(t.Context(), before, 10); err != nil || n != 1 {
		t.Errorf("pruned %d, %v; want the one that was parked", n, err)
	}
}

func TestParkingAndReplaying(t *testing.T) {
	d := newDesk(t)
	first, second := d.webhook("first"), d.webhook("second")
	park := func(webhook int64, item int, cause string) {
		d.update(func(tx *store.Tx) error {
			if err := tx.Park(webhook, item, 3, cause); err != nil {
				return err
			}
			_, err := tx.FinishWebhook(webhook, 1)
			return err
		})
	}
	park(first, 0, "bad")
	park(second, 1, "worse")
	park(first, 0, "bad again")
	if got := d.open(); len(got) != 0 {
		t.Errorf("%q are still in the queue", got)
	}
	items, err := d.db.ParkedItems(t.Context())
	d.done(err)
	if len(items) != 2 || items[0].Webhook != second || items[1].Webhook != first {
		t.Fatalf("parked are %+v, want the second and then the first", items)
	}
	if p := items[1]; p.Tries != 6 || p.Error != "bad again" || p.Item != 0 || !p.At.Equal(d.now) {
		t.Errorf("an item that was parked twice is %+v, want six tries and the last error", p)
	}
	d.update(func(tx *store.Tx) error { return tx.Replay(items[1].ID) })
	if got := d.open(); len(got) != 1 || got[0] != "first" {
		t.Errorf("in the queue are %q, want the first", got)
	}
	d.view(func(r *store.Reader) error {
		parked, err := r.ParkedCount()
		if err != nil {
			return err
		}
		queued, err := r.QueuedCount()
		if parked != 1 || queued != 1 {
			t.Errorf("%d parked and %d queued, want 1 and 1", parked, queued)
		}
		return err
	})
	if err := d.db.Update(t.Context(), func(tx *store.Tx) error { return tx.Replay(items[1].ID) }); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a second replay: got %v, want ErrNotFound", err)
	}
}

func TestAnAccountNoticeIsKeptOnce(t *testing.T) {
	d := newDesk(t)
	id := d.webhook("notice")
	for i, item := range []int{0, 0, 1} {
		d.update(func(tx *store.Tx) error {
			isNew, err := tx.AddAccountNotice(id, item, "account_update", []byte("{}"))
			if want := i != 1; isNew != want {
				t.Errorf("call %d: new is %t", i, isNew)
			}
			return err
		})
	}
	if n := storetest.Count(t, d.path, "account_notice"); n != 2 {
		t.Errorf("%d notices are kept, want 2", n)
	}
}
