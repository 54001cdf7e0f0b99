package store_test

import (
	"strings"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/store"
)

func TestAnsweredAloneCountsWhatWasResolvedWithNoPerson(t *testing.T) {
	rule := chat.Message{Author: chat.AuthorRule, RuleID: "delivery", Text: "t"}
	reply := func(d *desk, c chat.Contact, m chat.Message, after time.Duration) {
		d.write(c, 0)
		d.answer(c, m)
		d.now = d.now.Add(after)
	}
	for _, tt := range []struct {
		name            string
		act             func(d *desk, c chat.Contact)
		resolved, alone int
	}{
		{"nothing, where nobody wrote", func(*desk, chat.Contact) {}, 0, 0},
		{"a rule answered and somebody resolved it", func(d *desk, c chat.Contact) {
			reply(d, c, rule, time.Minute)
			d.settleLast(c)
		}, 1, 1},
		{"a person wrote too", func(d *desk, c chat.Contact) {
			reply(d, c, rule, time.Minute)
			reply(d, c, agentSays("yes"), time.Minute)
			d.settleLast(c)
		}, 1, 0},
		{"each conversation of a customer counts", func(d *desk, c chat.Contact) {
			reply(d, c, agentSays("yes"), time.Minute)
			d.settleLast(c)
			reply(d, c, rule, time.Minute)
			d.settleLast(c)
		}, 2, 1},
		{"a rule answered less than 2 h ago: it may go on", func(d *desk, c chat.Contact) {
			reply(d, c, rule, 2*time.Hour-time.Minute)
		}, 0, 0},
		{"2 h of silence after a rule's answer resolve", func(d *desk, c chat.Contact) {
			reply(d, c, rule, 2*time.Hour)
		}, 1, 1},
		{"a customer who waits is not resolved by time", func(d *desk, c chat.Contact) {
			reply(d, c, rule, time.Minute)
			d.write(c, 0)
			d.now = d.now.Add(100 * time.Hour)
		}, 0, 0},
		{"2 h after a person's answer resolve nothing", func(d *desk, c chat.Contact) {
			reply(d, c, rule, time.Minute)
			reply(d, c, agentSays("yes"), 2*time.Hour)
		}, 0, 0},
		{"72 h do", func(d *desk, c chat.Contact) {
			reply(d, c, agentSays("yes"), 72*time.Hour)
		}, 1, 0},
		{"what was resolved before the period does not count", func(d *desk, c chat.Contact) {
			reply(d, c, rule, time.Minute)
			d.settleLast(c)
			d.now = d.now.AddDate(0, 0, 31)
		}, 0, 0},
		{"what silence resolved before it neither", func(d *desk, c chat.Contact) {
			reply(d, c, rule, 30*24*time.Hour+3*time.Hour)
		}, 0, 0},
		{"chats of before the number was connected do not count", func(d *desk, c chat.Contact) {
			d.update(func(tx *store.Tx) error {
				v, err := tx.PastConversation(d.channel.ID, c, d.now)
				if err != nil {
					return err
				}
				return tx.AddMessage(&store.NewMessage{Channel: d.channel.ID, Message: chat.Message{
					Conversation: v.ID, Contact: c.ID, Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "?", WAMID: "wamid.past",
					Status: chat.StatusPast, At: d.now,
				}})
			})
		}, 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			tt.act(d, d.customer())
			d.view(func(r *store.Reader) error {
				resolved, alone, err := r.AnsweredAlone(d.now.AddDate(0, 0, -30), d.now)
				if resolved != tt.resolved || alone != tt.alone {
					t.Errorf("%d of %d, want %d of %d", alone, resolved, tt.alone, tt.resolved)
				}
				return err
			})
		})
	}
}

func TestAnsweredAloneReadsNoMoreThanThePeriod(t *testing.T) {
	plan, err := newDesk(t).db.PlanOfAnsweredAlone(t.Context())
	if err != nil || strings.Contains(plan, "SCAN conversation") || strings.Contains(plan, "SCAN m") {
		t.Errorf("SQLite reads all: %v\n%s", err, plan)
	}
	for _, index := range []string{"conversation_resolved", "conversation_answered"} {
		if !strings.Contains(plan, index) {
			t.Errorf("%s is not used:\n%s", index, plan)
		}
	}
}
