package intake_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// silentChanges are changes of a kind that asks nobody anything, by Meta's type.
func silentChanges(p person, at time.Time) map[string]map[string]any {
	all := map[string]map[string]any{}
	for raw, detail := range map[string]map[string]any{
		"reaction": {"message_id": "wamid.y", "emoji": "😮"},
		"system":   {"type": "customer_identity_changed", "body": "the security code changed"},
		"edit":     {"original_message_id": "wamid.y", "message": map[string]any{"type": "text", "text": map[string]any{"body": "changed"}}},
		"revoke":   {"original_message_id": "wamid.y"},
	} {
		change := text(p, "wamid."+raw, "")
		message := change["value"].(map[string]any)["messages"].([]any)[0].(map[string]any)
		delete(message, "text")
		message["type"], message[raw], message["timestamp"] = raw, detail, strconv.FormatInt(at.Unix(), 10)
		all[raw] = change
	}
	return all
}

// conversations returns every row of the file.
func (w *world) conversations() (list []chat.Conversation) {
	w.t.Helper()
	storetest.View(w.t, w.db, func(r *store.Reader) error {
		for _, l := range []store.Listing{store.ListAll, store.ListResolved} {
			page, _, err := r.List(store.ListQuery{Listing: l, Now: w.time(), Limit: 100})
			if err != nil {
				return err
			}
			list = append(list, page...)
		}
		return nil
	})
	return list
}

func (w *world) only() chat.Conversation {
	w.t.Helper()
	list := w.conversations()
	if len(list) != 1 {
		w.t.Fatalf("there are %d conversations, want 1", len(list))
	}
	return list[0]
}

func TestWhoseFirstMessageAsksNothingStandsAmongTheCustomersAtItsTime(t *testing.T) {
	p := person{phone: "351912000001"}
	for _, raw := range []string{"reaction", "system"} { // of the others nothing is kept
		t.Run(raw, func(t *testing.T) {
			w := newWorld(t, nil)
			w.start()
			w.take(webhook(t, silentChanges(p, start)[raw]))
			w.settle()
			storetest.View(t, w.db, func(r *store.Reader) error {
				d, err := r.Customer(w.identity(p).ID, w.time(), w.time())
				if want := w.only().LastAt; !d.LastAt.Equal(want) || want.IsZero() {
					t.Errorf("they stand at %s, their chat at %s", d.LastAt, want)
				}
				return err
			})
		})
	}
}

func TestWhatAsksNobodyAnythingChangesNoMatter(t *testing.T) {
	p := person{phone: "351912000001"}
	for raw, change := range silentChanges(p, start.Add(time.Hour)) {
		for _, state := range []chat.State{chat.StateOpen, chat.StateResolved} {
			t.Run(fmt.Sprintf("%s in one that is %s", raw, state), func(t *testing.T) {
				w := newWorld(t, nil)
				w.start()
				w.take(webhook(t, text(p, "wamid.1", "hello")))
				w.settle()
				before := w.only()
				before.State, before.Unread, before.WaitingSince = state, 0, time.Time{}
				if state == chat.StateResolved {
					before.ResolvedAt = w.time()
				}
				storetest.Update(t, w.db, func(tx *store.Tx) error { return tx.SaveConversation(before) })
				w.now.Store(int64(time.Hour))
				w.take(webhook(t, change))
				w.settle()
				got := w.only()
				if got.State != state || got.Unread != 0 || !got.WaitingSince.IsZero() || !got.LastInbound.Equal(before.LastInbound) || !got.ResolvedAt.Equal(before.ResolvedAt) {
					t.Errorf("the row became %+v", got)
				}
				if n := len(w.parked()); n != 0 {
					t.Errorf("%d items are parked", n)
				}
			})
		}
	}
}

func TestWhoOnlyReactedIsGreetedWithTheirFirstMessage(t *testing.T) {
	p := person{phone: "351912000001"}
	for _, raw := range []string{"reaction", "system"} {
		change := silentChanges(p, start)[raw]
		t.Run(raw, func(t *testing.T) {
			w := newWorld(t, []byte(`{"version": 1, "rules": [{"name": "Hi", "trigger": "first_contact", "replies": [{"text": "Welcome"}]}]}`))
			w.start()
			w.take(webhook(t, change))
			w.settle()
			if v := w.only(); v.Unread != 0 || !v.WaitingSince.IsZero() || !v.LastInbound.IsZero() || len(w.ready()) != 0 {
				t.Errorf("the row is %+v with %d on their way", v, len(w.ready()))
			}
			w.take(webhook(t, text(p, "wamid.1", "hello")))
			w.settle()
			if v := w.only(); v.Unread != 1 || v.WaitingSince.IsZero() || len(w.ready()) != 1 {
				t.Errorf("the row is %+v with %d on their way, want a greeting", v, len(w.ready()))
			}
		})
	}
}

func TestNobodyWaitsInAReopenedConversationForWhatAsksNothing(t *testing.T) {
	p := person{phone: "351912000001"}
	for _, raw := range []string{"reaction", "system"} {
		change := silentChanges(p, start)[raw]
		t.Run(raw, func(t *testing.T) {
			w := newWorld(t, nil)
			w.start()
			w.take(webhook(t, change))
			w.settle()
			v := w.only()
			storetest.Update(t, w.db, func(tx *store.Tx) error {
				v.State = chat.StateResolved
				if err := tx.SaveConversation(v); err != nil {
					return err
				}
				return tx.Reopen(v.ID) // waits since the oldest message without an answer
			})
			if v := w.only(); !v.WaitingSince.IsZero() {
				t.Errorf("waits since %s", v.WaitingSince)
			}
		})
	}
}

func TestWhatIsAboutAMessageThatNeverCameMakesNoConversation(t *testing.T) {
	p := person{phone: "351912000001"}
	for _, raw := range []string{"edit", "revoke"} {
		t.Run(raw, func(t *testing.T) {
			w := newWorld(t, nil)
			w.start()
			w.take(webhook(t, silentChanges(p, start)[raw]))
			w.settle()
			if n := len(w.conversations()) + len(w.parked()); n != 0 {
				t.Errorf("there are %d conversations and parked items", n)
			}
		})
	}
}
