package intake_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// answersPrice answers "price", and greets who writes anything else for the first time.
const answersPrice = `{"version": 1, "timezone": "UTC", "rules": [
	{"id": "hello", "name": "Greeting", "trigger": "first_contact", "replies": [{"text": "Welcome."}]},
	{"id": "price", "name": "Price", "trigger": "keyword", "match": "exact", "keywords": ["price"], "replies": [{"text": "It is 12."}]}
]}`

// identity returns who is behind a phone.
func (w *world) identity(p person) (c chat.Contact) {
	w.t.Helper()
	storetest.View(w.t, w.db, func(r *store.Reader) (err error) {
		c, err = r.ContactOf(chat.Alias{Kind: chat.AliasPhone, Value: chat.PhoneKey(p.phone)})
		return err
	})
	return c
}

func TestPeopleAreMergedAndTakenApartWhileTheyWrite(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	const length = 60
	people := []person{{phone: "351912000001"}, {phone: "351912000002"}, {phone: "351912000003"}}
	for i, p := range people {
		w.take(webhook(t, text(p, fmt.Sprintf("wamid.%d.first", i), "000")))
	}
	w.settle()
	identities := make([]chat.Contact, len(people))
	for i, p := range people {
		identities[i] = w.identity(p)
	}
	stop, stopped := make(chan struct{}), make(chan int)
	go func() { // a person merges and takes apart, as fast as the file takes it
		merges := 0
		defer func() { stopped <- merges }()
		for ; ; merges++ {
			var id desk.MergeID
			if err := w.db.Update(t.Context(), func(tx *store.Tx) (err error) {
				id, err = tx.Merge(desk.MergeChoice{Stays: identities[merges%3].ID, Goes: identities[(merges+1)%3].ID}, 1)
				return err
			}); err != nil {
				t.Error(err)
				return
			}
			select {
			case <-stop:
				return // merged
			default:
			}
			if err := w.db.Update(t.Context(), func(tx *store.Tx) error { return tx.UndoMerge(id, time.Time{}, 1) }); err != nil {
				t.Error(err)
				return
			}
		}
	}()
	for i := 1; i < length; i++ {
		for n, p := range people {
			w.take(webhook(t, text(p, fmt.Sprintf("wamid.%d.%d", n, i), fmt.Sprintf("%03d", i))))
		}
	}
	w.settle()
	close(stop)
	merges := <-stopped
	if list := w.parked(); len(list) > 0 {
		t.Errorf("parked: %+v", list)
	}
	for i, c := range identities {
		storetest.View(t, w.db, func(r *store.Reader) error {
			list, err := r.Messages(c.ID, 1, 0, 10_000)
			var said []string
			for _, m := range list {
				said = append(said, m.Text)
			}
			if len(said) != length || !slices.IsSorted(said) {
				t.Errorf("after %d merges chat %d has %q", merges, i, said)
			}
			return err
		})
	}
	if n := storetest.Count(t, w.db.Path(), "message m JOIN conversation v ON v.id = m.conversation_id WHERE m.contact_id <> v.contact_id"); n > 0 {
		t.Errorf("%d messages are of another person than their conversation", n)
	}
}

func TestAutomaticMessagesAreCountedOfThePerson(t *testing.T) {
	w := newWorld(t, []byte(answersPrice))
	w.start()
	one, other := person{phone: "351912000001"}, person{phone: "351912000002"}
	w.take(webhook(t, text(one, "wamid.1", "hello")))
	w.take(webhook(t, text(one, "wamid.2", "price")))
	w.take(webhook(t, text(other, "wamid.3", "hello")))
	w.settle()
	storetest.Update(t, w.db, func(tx *store.Tx) error {
		_, err := tx.Merge(desk.MergeChoice{Stays: w.identity(one).ID, Goes: w.identity(other).ID}, 1)
		return err
	})
	before := storetest.Count(t, w.db.Path(), "message WHERE author = 'rule'")
	w.take(webhook(t, text(other, "wamid.4", "price")))
	w.take(webhook(t, text(one, "wamid.5", "price")))
	w.settle()
	after := storetest.Count(t, w.db.Path(), "message WHERE author = 'rule'")
	if before > autoreply.MaxAutomatic || after != autoreply.MaxAutomatic {
		t.Errorf("one person got %d automatic messages, %d of them before they were merged; want %d", after, before, autoreply.MaxAutomatic)
	}
	if n := storetest.Count(t, w.db.Path(), "message WHERE kind = 'system' AND text = 'cap_reached'"); n != 1 {
		t.Errorf("%d lines say that a person must answer, want 1", n)
	}
}

func TestWhoIsBlockedAsksForSilenceAndNothingElseFollows(t *testing.T) {
	w := newWorld(t, []byte(answersPrice))
	w.start()
	p := person{phone: "351912000001"}
	w.take(webhook(t, text(p, "wamid.1", "price")))
	w.settle()
	before := storetest.Count(t, w.db.Path(), "message WHERE author = 'rule'")
	storetest.Update(t, w.db, func(tx *store.Tx) error { return tx.SetBlocked(w.identity(p).ID, true, 1) })
	w.take(webhook(t, text(p, "wamid.2", "price")))
	w.settle()
	if w.identity(p).OptedOut {
		t.Error("who asks for a price has opted out")
	}
	w.take(webhook(t, text(p, "wamid.3", "stop")))
	w.take(webhook(t, text(p, "wamid.4", "stop")))
	w.settle()
	if !w.identity(p).OptedOut {
		t.Error("who is blocked and asked for silence has not opted out")
	}
	if n := storetest.Count(t, w.db.Path(), "message WHERE kind = 'system' AND text = 'opted_out'"); n != 1 {
		t.Errorf("%d lines say so, want 1", n)
	}
	if n := storetest.Count(t, w.db.Path(), "message WHERE author = 'rule'"); n != before {
		t.Errorf("who is blocked got %d answers", n-before)
	}
	if v := w.only(); !v.WaitingSince.IsZero() || v.Unread != 0 {
		t.Errorf("the row of who is blocked is %+v", v)
	}
}
