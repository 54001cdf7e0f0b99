package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/chat"
	"shopbell/core/rulebench"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// questions reads all of a period, by small pages.
func (d *desk) questions(from, to time.Time) (list []rulebench.Question) {
	d.t.Helper()
	after := chat.ConversationID(0)
	for {
		var page []rulebench.Question
		d.view(func(r *store.Reader) (err error) { page, err = r.Questions(from, to, after, 2); return err })
		if len(page) == 0 {
			return list
		}
		list, after = append(list, page...), page[len(page)-1].Conversation
	}
}

// settleLast closes the last conversation of a customer, a day before it can be taken
// up again.
func (d *desk) settleLast(c chat.Contact) {
	d.t.Helper()
	d.update(func(tx *store.Tx) error {
		v, err := tx.LatestConversation(d.channel.ID, c)
		if err != nil {
			return err
		}
		v.State, v.ResolvedAt = chat.StateResolved, tx.Now()
		return tx.SaveConversation(v)
	})
	d.now = d.now.Add(chat.TakeUpAgain)
}

func TestQuestionsAreTheFirstMessagesOfConversations(t *testing.T) {
	for _, c := range []struct {
		name string
		act  func(d *desk, c chat.Contact)
		want []rulebench.Question // without conversation and time
	}{
		{"only the first message", func(d *desk, c chat.Contact) {
			d.write(c, 0)
			d.write(c, 0)
		}, []rulebench.Question{{Kind: chat.KindText, Text: "?", First: true}}},
		{"each conversation asks, the customer's first is marked", func(d *desk, c chat.Contact) {
			d.write(c, 0)
			d.settleLast(c)
			d.write(c, 0)
		}, []rulebench.Question{{Kind: chat.KindText, Text: "?", First: true, Resolved: true}, {Kind: chat.KindText, Text: "?"}}},
		{"a reaction asks nothing", func(d *desk, c chat.Contact) {
			d.receive(c, store.NewMessage{Message: chat.Message{Kind: chat.KindReaction, Text: "+", At: d.now}})
		}, nil},
		{"a pressed button asks nothing anew", func(d *desk, c chat.Contact) {
			d.receive(c, store.NewMessage{Message: chat.Message{Kind: chat.KindButton, Text: "Solved", At: d.now}})
			d.write(c, 0)
		}, nil},
		{"a voice note is a question without words", func(d *desk, c chat.Contact) {
			d.receive(c, store.NewMessage{Message: chat.Message{Kind: chat.KindAudio, At: d.now}})
		}, []rulebench.Question{{Kind: chat.KindAudio, First: true}}},
		{"a person answered", func(d *desk, c chat.Contact) {
			d.write(c, 0)
			d.answer(c, agentSays("yes"))
		}, []rulebench.Question{{Kind: chat.KindText, Text: "?", First: true, Person: true}}},
		{"a person answered after a day and more", func(d *desk, c chat.Contact) {
			d.write(c, 0)
			d.now = d.now.Add(rulebench.SolvedAfter)
			d.answer(c, agentSays("yes"))
		}, []rulebench.Question{{Kind: chat.KindText, Text: "?", First: true}}},
		{"a person answered in the customer's next conversation", func(d *desk, c chat.Contact) {
			d.write(c, 0)
			d.settleLast(c)
			d.write(c, 0)
			d.answer(c, agentSays("yes"))
		}, []rulebench.Question{{Kind: chat.KindText, Text: "?", First: true, Resolved: true}, {Kind: chat.KindText, Text: "?", Person: true}}},
		{"the first rule that answered is named", func(d *desk, c chat.Contact) {
			d.write(c, 0)
			d.answer(c, chat.Message{Author: chat.AuthorRule, RuleID: "delivery", Text: "t"})
			d.answer(c, chat.Message{Author: chat.AuthorRule, RuleID: "price", Text: "t"})
		}, []rulebench.Question{{Kind: chat.KindText, Text: "?", First: true, AnsweredBy: "delivery"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t)
			c.act(d, d.customer())
			list := d.questions(opening.AddDate(0, 0, -1), d.now.AddDate(0, 0, 1))
			for i := range list {
				if list[i].Conversation == 0 || list[i].At.IsZero() {
					t.Errorf("question %d is %+v", i, list[i])
				}
				list[i].Conversation, list[i].At = 0, time.Time{}
			}
			if diff := cmp.Diff(c.want, list); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("a period takes its beginning and not its end", func(t *testing.T) {
		d := newDesk(t)
		first, second := d.write(d.customer(), 0), d.write(d.customer(), 0)
		d.write(d.customer(), 0)
		list := d.questions(first.At, second.At)
		if len(list) != 1 || list[0].Conversation != first.Conversation || !list[0].At.Equal(first.At) {
			t.Errorf("the questions are %+v", list)
		}
	})
	t.Run("pages follow one another", func(t *testing.T) {
		d := newDesk(t)
		for range 5 {
			d.write(d.customer(), 0)
		}
		if list := d.questions(opening, d.now.Add(time.Hour)); len(list) != 5 {
			t.Errorf("%d questions of 5", len(list))
		}
	})
	t.Run("who asked for silence is marked from then on", func(t *testing.T) {
		d := newDesk(t)
		c := d.customer()
		d.write(c, 0)
		d.settleLast(c)
		storetest.Exec(t, d.path, fmt.Sprintf("UPDATE contact SET opted_out_at = %d", d.now.UnixMilli()))
		d.now = d.now.Add(time.Hour)
		d.write(c, 0)
		if list := d.questions(opening, d.now.Add(time.Hour)); len(list) != 2 || list[0].OptedOut || !list[1].OptedOut {
			t.Errorf("the questions are %+v", list)
		}
	})
}

func TestQuestionsAreFoundByTheChatsIndex(t *testing.T) {
	plan, err := newDesk(t).db.PlanOfQuestions(t.Context())
	if err != nil || strings.Contains(plan, "SCAN m") || strings.Contains(plan, "SCAN q") || strings.Contains(plan, "B-TREE") {
		t.Errorf("SQLite reads all messages, or sorts: %v\n%s", err, plan)
	}
}

// BenchmarkQuestions reads the questions of 10,000 conversations of ten messages.
func BenchmarkQuestions(b *testing.B) {
	d := newDesk(b)
	storetest.Exec(b, d.path, fmt.Sprintf(`
		WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
		INSERT INTO contact (id, name, username, phone, address_kind, address, search, first_at, created_at)
			SELECT i, 'c', '', '', 'phone', i, '', %[1]d, %[1]d FROM n;
		INSERT INTO conversation (id, channel_id, contact_id, state, started_at, last_at) SELECT id, 1, id, 'open', %[1]d, %[1]d FROM contact;
		WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 9)
		INSERT INTO message (conversation_id, contact_id, channel_id, author, kind, text, at, arrived_at, status)
			SELECT c.id, c.id, 1, CASE i %% 2 WHEN 0 THEN 'customer' ELSE 'agent' END, 'text', 'is there delivery?', %[1]d + i * 1000, %[1]d, 'read'
			FROM contact c, n;`, opening.UnixMilli()))
	for b.Loop() {
		n, after := 0, chat.ConversationID(0)
		for {
			var page []rulebench.Question
			d.view(func(r *store.Reader) (err error) {
				page, err = r.Questions(opening, opening.Add(time.Hour), after, 2000)
				return err
			})
			if len(page) == 0 {
				break
			}
			n, after = n+len(page), page[len(page)-1].Conversation
		}
		if n != 10_000 {
			b.Fatalf("%d questions", n)
		}
	}
}
