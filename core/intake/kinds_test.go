package intake_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/intake"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// kind is one change with a message of p's of any type, seconds after start.
func kind(p person, id, typ string, body any, seconds int) map[string]any {
	change := text(p, id, "")
	message := change["value"].(map[string]any)["messages"].([]any)[0].(map[string]any)
	delete(message, "text")
	message["type"], message[typ] = typ, body
	message["timestamp"] = strconv.FormatInt(start.Add(time.Duration(seconds)*time.Second).Unix(), 10)
	return change
}

func TestWhateverOrderItIsToldInAMessageEndsTheSame(t *testing.T) {
	w := newWorld(t, nil)
	rules := &atomic.Pointer[autoreply.Book]{}
	rules.Store(autoreply.Empty())
	processor := &intake.Processor{Rules: rules}
	edit := func(target, words string) any {
		return map[string]any{"original_message_id": target, "message": map[string]any{"type": "text", "text": map[string]any{"body": words}}}
	}
	reaction := func(target, emoji string) any { return map[string]any{"message_id": target, "emoji": emoji} }
	people := 0
	rapid.Check(t, func(rt *rapid.T) {
		people++
		p := person{phone: fmt.Sprintf("351912%06d", people)}
		id := func(name string) string { return fmt.Sprintf("wamid.%d.%s", people, name) }
		one := id("m")
		told := []map[string]any{
			kind(p, one, "text", map[string]any{"body": "one"}, 0),
			kind(p, id("e1"), "edit", edit(one, "two"), 1), kind(p, id("e2"), "edit", edit(one, "three"), 2),
			kind(p, id("r1"), "reaction", reaction(one, "👍"), 1), kind(p, id("r2"), "reaction", reaction(one, ""), 2),
			kind(p, id("r3"), "reaction", reaction(one, "❤️"), 3),
			kind(p, id("v"), "revoke", map[string]any{"original_message_id": one}, 4),
		}
		order := rapid.Permutation(told).Draw(rt, "order")
		order = append(order, rapid.SliceOfN(rapid.SampledFrom(told), 0, 4).Draw(rt, "again")...)
		for _, change := range order {
			items, err := cloudapi.Parse(webhook(t, change))
			if err != nil || len(items) != 1 {
				rt.Fatalf("%d items: %v", len(items), err)
			}
			apply, _ := processor.Prepare(items[0])
			if err := w.db.Update(t.Context(), func(tx *store.Tx) error { return apply(tx, intake.Origin{}) }); err != nil {
				rt.Fatal(err)
			}
		}
		var b strings.Builder
		storetest.View(t, w.db, func(r *store.Reader) error {
			contact, err := r.ContactOf(chat.Alias{Kind: chat.AliasPhone, Value: p.phone})
			if err != nil {
				return err
			}
			v, err := r.LatestConversation(1, chat.Contact{ID: contact.ID, Identity: contact.Identity, Name: "Customer"})
			if err != nil {
				return err
			}
			fmt.Fprintf(&b, "%s, last heard of %s, last at %s\n", v.Preview.Kind, v.LastInbound.Format(time.TimeOnly), v.LastAt.Format(time.TimeOnly))
			return describeConversation(&b, r, v)
		})
		const want = `revoked, last heard of 10:00:00, last at 10:00:00
Customer < > open, waits since 10:00:00, 1 unread
  10:00:00 customer text: three ❤️ by customer until 10:00:01 "one" until 10:00:02 "two" taken back 10:00:04
`
		if b.String() != want {
			rt.Fatalf("got:\n%s\nwant:\n%s", b.String(), want)
		}
	})
}

func TestARowThatWasChosenIsMarkedInOurList(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	p := person{phone: "351912000001"}
	w.take(webhook(t, text(p, "wamid.1", "hello")))
	w.settle()
	v := w.only()
	storetest.Update(t, w.db, func(tx *store.Tx) error {
		return tx.AddMessage(&store.NewMessage{Channel: v.Channel, Message: chat.Message{
			Conversation: v.ID, Contact: v.Contact.ID, Author: chat.AuthorAgent, Kind: chat.KindList, Text: "Which?", WAMID: "wamid.ours",
			List: &chat.List{Button: "Sizes", Sections: []chat.ListSection{{Rows: []chat.ListRow{{ID: "39", Title: "39"}, {ID: "40", Title: "40"}}}}},
		}})
	})
	change := kind(p, "wamid.2", "interactive", map[string]any{"type": "list_reply", "list_reply": map[string]any{"id": "40", "title": "40"}}, 1)
	change["value"].(map[string]any)["messages"].([]any)[0].(map[string]any)["context"] = map[string]any{"id": "wamid.ours"}
	w.take(webhook(t, change))
	w.settle()
	storetest.View(t, w.db, func(r *store.Reader) error {
		id, err := r.MessageByWAMID("wamid.ours")
		if err != nil {
			return err
		}
		m, err := r.Message(id)
		if err == nil && (m.List.Sections[0].Rows[0].Chosen || !m.List.Sections[0].Rows[1].Chosen) {
			t.Errorf("the rows are %+v, want the second chosen", m.List.Sections[0].Rows)
		}
		return err
	})
}

func TestAFileOfACustomersIsDueWithWhatMetaCallsIt(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.take(webhook(t, kind(person{phone: "351912000001"}, "wamid.1", "image", map[string]any{
		"id": json.RawMessage("9007199254740993"), "mime_type": "image/jpeg", "url": "https://lookaside.fbsbx.com/1",
	}, 0)))
	w.settle()
	due, err := w.db.MediaDue(t.Context(), w.time(), 10)
	if err != nil || len(due) != 1 {
		t.Fatalf("%d files are due: %v", len(due), err)
	}
	j := due[0]
	if j.MetaID != "9007199254740993" || j.URL != "https://lookaside.fbsbx.com/1" || j.MIME != "image/jpeg" || !j.Until.Equal(start.Add(intake.MediaFor)) {
		t.Errorf("due is %+v", j)
	}
}

func TestWhatIsNotShownIsKeptWhole(t *testing.T) {
	tests := map[string]struct {
		typ  string
		body any
	}{
		"a form":            {"interactive", map[string]any{"type": "nfm_reply", "nfm_reply": map[string]any{"body": "Sent", "response_json": `{"secret":1}`}}},
		"a card":            {"contacts", []any{map[string]any{"name": map[string]any{"formatted_name": "Ana"}, "birthday": "secret"}}},
		"an unknown kind":   {"hologram", map[string]any{"what": "secret"}},
		"one without sense": {"image", map[string]any{"secret": 1}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, nil)
			w.start()
			w.take(webhook(t, kind(person{phone: "351912000001"}, "wamid.1", tt.typ, tt.body, 0)))
			w.settle()
			if n := storetest.Count(t, w.db.Path(), "message WHERE raw LIKE '%secret%'"); n != 1 {
				t.Errorf("%d messages hold it, want 1", n)
			}
		})
	}
}

func TestATemplateFollowsWhatMetaTellsOfIt(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	known := chat.Template{Name: "ready", Language: "en_US", Category: "utility", Status: "APPROVED"}
	storetest.Update(t, w.db, func(tx *store.Tx) error {
		return errors.Join(tx.SaveTemplates("102290129340398", []chat.Template{known}), tx.SaveTemplates("of another account", []chat.Template{known}))
	})
	tests := []struct {
		field string
		value map[string]any
		want  chat.Template
	}{
		{"message_template_status_update", map[string]any{"event": "REJECTED", "reason": "INVALID_FORMAT"},
			chat.Template{Name: "ready", Language: "en_US", Category: "utility", Status: "REJECTED", Rejected: "INVALID_FORMAT"}},
		{"template_category_update", map[string]any{"previous_category": "UTILITY", "new_category": "MARKETING"},
			chat.Template{Name: "ready", Language: "en_US", Category: "marketing", Status: "REJECTED", Rejected: "INVALID_FORMAT"}},
		{"message_template_status_update", map[string]any{"event": "APPROVED", "reason": nil},
			chat.Template{Name: "ready", Language: "en_US", Category: "marketing", Status: "APPROVED"}},
		{"message_template_status_update", map[string]any{"event": "FLAGGED"}, // a warning: it may still be sent
			chat.Template{Name: "ready", Language: "en_US", Category: "marketing", Status: "APPROVED"}},
		{"message_template_status_update", map[string]any{"event": "DISABLED", "reason": "NONE"},
			chat.Template{Name: "ready", Language: "en_US", Category: "marketing", Status: "DISABLED"}},
		{"message_template_status_update", map[string]any{"event": "REINSTATED"},
			chat.Template{Name: "ready", Language: "en_US", Category: "marketing", Status: "APPROVED"}},
		{"message_template_status_update", map[string]any{"event": "ARCHIVED"},
			chat.Template{Name: "ready", Language: "en_US", Category: "marketing", Status: "ARCHIVED"}},
		{"message_template_status_update", map[string]any{"event": "UNARCHIVED"},
			chat.Template{Name: "ready", Language: "en_US", Category: "marketing", Status: "APPROVED"}},
	}
	for i, tt := range tests {
		t.Run(fmt.Sprintf("%s %v", tt.field, tt.value["event"]), func(t *testing.T) {
			tt.value["message_template_id"] = json.RawMessage("9007199254740993")
			tt.value["message_template_name"], tt.value["message_template_language"] = "ready", "en-US"
			w.take(webhook(t, map[string]any{"field": tt.field, "value": tt.value}))
			w.settle()
			storetest.View(t, w.db, func(r *store.Reader) error {
				list, err := r.Templates("102290129340398")
				if err == nil && fmt.Sprintf("%+v", list) != fmt.Sprintf("%+v", []chat.Template{tt.want}) {
					t.Errorf("got %+v\nwant %+v", list, tt.want)
				}
				other, errOther := r.Templates("of another account")
				if errOther == nil && fmt.Sprintf("%+v", other) != fmt.Sprintf("%+v", []chat.Template{known}) {
					t.Errorf("that of another account became %+v", other)
				}
				return errors.Join(err, errOther)
			})
			if n := storetest.Count(t, w.db.Path(), "account_notice"); n != i+1 {
				t.Errorf("%d notices are kept, want %d", n, i+1)
			}
		})
	}
}

func TestANoticeThatIsReadAgainChangesNoTemplate(t *testing.T) {
	w := newWorld(t, nil)
	now := func(status string) chat.Template { return chat.Template{Name: "ready", Language: "en", Status: status} }
	save := func(status string) {
		storetest.Update(t, w.db, func(tx *store.Tx) error {
			return tx.SaveTemplates("102290129340398", []chat.Template{now(status)})
		})
	}
	save("PENDING")
	items, err := cloudapi.Parse(webhook(t, map[string]any{"field": "message_template_status_update", "value": map[string]any{
		"event": "REJECTED", "message_template_name": "ready", "message_template_language": "en",
	}}))
	if err != nil || len(items) != 1 {
		t.Fatalf("%d items: %v", len(items), err)
	}
	for _, want := range []string{"REJECTED", "APPROVED"} { // the second time Meta has approved it meanwhile
		apply, _ := (&intake.Processor{Rules: &w.book}).Prepare(items[0])
		storetest.Update(t, w.db, func(tx *store.Tx) error { return apply(tx, intake.Origin{Webhook: 1}) })
		storetest.View(t, w.db, func(r *store.Reader) error {
			list, err := r.Templates("102290129340398")
			if err == nil && list[0].Status != want {
				t.Errorf("the template is %s, want %s", list[0].Status, want)
			}
			return err
		})
		save("APPROVED")
	}
}
