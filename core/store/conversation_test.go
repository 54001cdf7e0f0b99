package store_test

import (
	"slices"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/store"
)

func (d *desk) resolve(id chat.ConversationID) {
	d.t.Helper()
	d.update(func(tx *store.Tx) error {
		v, err := tx.Conversation(id)
		if err != nil {
			return err
		}
		v.State, v.ResolvedAt, v.WaitingSince = chat.StateResolved, tx.Now(), time.Time{}
		return tx.SaveConversation(v)
	})
}

func TestANewMessageTakesUpTheConversationItBelongsTo(t *testing.T) {
	tests := []struct {
		name  string
		after time.Duration // between resolving and the next message
		same  bool
	}{
		{"just resolved", 0, true},
		{"at the last moment of 12 hours", chat.TakeUpAgain - time.Millisecond, true},
		{"after 12 hours", chat.TakeUpAgain, false},
		{"days later", 72 * time.Hour, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			c := d.customer()
			first := d.write(c, 0)
			d.resolve(first.Conversation)
			d.now = d.now.Add(tt.after - time.Second) // the unit itself adds the second
			second := d.write(c, 0)
			if same := second.Conversation == first.Conversation; same != tt.same {
				t.Fatalf("taken up: %t, want %t", same, tt.same)
			}
			v := d.conversation(second.Conversation)
			if v.State != chat.StateOpen || !v.ResolvedAt.IsZero() || !v.WaitingSince.Equal(second.At) {
				t.Errorf("the conversation is %s, resolved at %v, waits since %v", v.State, v.ResolvedAt, v.WaitingSince)
			}
		})
	}

	t.Run("one that is open goes on however long it is silent", func(t *testing.T) {
		d := newDesk(t)
		c := d.customer()
		first := d.write(c, 0)
		d.now = d.now.Add(1000 * time.Hour)
		if second := d.write(c, 0); second.Conversation != first.Conversation {
			t.Error("another conversation was begun")
		}
	})

	t.Run("every channel has its own", func(t *testing.T) {
		d := newDesk(t)
		c := d.customer()
		first := d.write(c, 0)
		d.update(func(tx *store.Tx) (err error) {
			d.channel, err = tx.KnowChannel(chat.Channel{PhoneNumberID: "2"})
			return err
		})
		if second := d.write(c, 0); second.Conversation == first.Conversation {
			t.Error("a message to another number joined the conversation")
		}
	})
}

func TestReopeningRestoresTheWait(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	d.write(c, 0)
	d.answer(c, agentSays("yes"))
	second := d.write(c, 0)
	d.write(c, 0)
	id := second.Conversation
	d.resolve(id)
	d.update(func(tx *store.Tx) error { return tx.Reopen(id) })
	v := d.conversation(id)
	if v.State != chat.StateOpen || !v.ResolvedAt.IsZero() || !v.WaitingSince.Equal(second.At) {
		t.Errorf("the conversation is %s, resolved at %v, waits since %v; want it to wait since %v", v.State, v.ResolvedAt, v.WaitingSince, second.At)
	}
}

func TestNobodyWaitsForTheAnswerToAReaction(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	first := d.write(c, 0)
	d.answer(c, agentSays("yes"))
	d.update(func(tx *store.Tx) error {
		for _, kind := range []chat.Kind{chat.KindReaction, chat.KindSystem} {
			if err := tx.AddMessage(&store.NewMessage{Channel: d.channel.ID, Message: chat.Message{
				Conversation: first.Conversation, Contact: c.ID, Author: chat.AuthorCustomer, Kind: kind, Text: "👍",
			}}); err != nil {
				return err
			}
		}
		return nil
	})
	d.resolve(first.Conversation)
	d.update(func(tx *store.Tx) error { return tx.Reopen(first.Conversation) })
	if v := d.conversation(first.Conversation); !v.WaitingSince.IsZero() {
		t.Errorf("waits since %v", v.WaitingSince)
	}
}

func TestALostAnswerDoesNotMakeAResolvedConversationWait(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	id := d.write(c, 0).Conversation
	l := d.answer(c, agentSays("yes"))
	d.resolve(id)
	d.claim(l)
	d.done(d.db.OutboxFailed(t.Context(), l.row, 1, ""))
	if v := d.conversation(id); v.State != chat.StateResolved || !v.WaitingSince.IsZero() {
		t.Errorf("the conversation is %s and waits since %v", v.State, v.WaitingSince)
	}
}

func TestThePagesOfAChatAreTheWholeChat(t *testing.T) {
	d := newDesk(t)
	c, other := d.customer(), d.customer()
	var want []chat.MessageID
	for i := range 23 {
		want = append(want, d.write(c, 0).ID)
		d.write(other, 0)
		if i == 10 {
			d.resolve(d.message(want[i]).Conversation)
			d.now = d.now.Add(2 * chat.TakeUpAgain) // an earlier conversation is part of the chat
		}
	}
	for _, size := range []int{1, 2, 7, 22, 23, 24} {
		var got []chat.MessageID
		d.view(func(r *store.Reader) error {
			for before := chat.MessageID(0); ; {
				page, err := r.Messages(c.ID, d.channel.ID, before, size)
				if err != nil || len(page) == 0 {
					return err
				}
				for i, m := range page {
					got = slices.Insert(got, i, m.ID)
				}
				before = page[0].ID
			}
		})
		if len(got) != len(want) {
			t.Fatalf("pages of %d give %v, want %v", size, got, want)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("pages of %d give %v, want %v", size, got, want)
			}
		}
	}
}
