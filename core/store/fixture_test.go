package store_test

import (
	"fmt"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// tester is what *testing.T and *rapid.T have in common.
type tester interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

// desk plays the parts of intake, outbox and host against a real file: its
// methods do in one unit what those do in one.
type desk struct {
	testing.TB
	t       tester // who is told of failures: a property has one of its own
	db      *store.DB
	path    string
	now     time.Time // moves by step with every unit; the time of all of them
	step    time.Duration
	channel chat.Channel
	people  int
	wamids  int
	told    func([]store.Change) // where set, hears what commits changed
}

// opening is when every desk opens.
var opening = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{TB: t, t: t, now: opening, step: time.Second}
	d.db = storetest.Open(t, store.Options{
		Now: func() time.Time { return d.now },
		Changed: func(c []store.Change) {
			if d.told != nil {
				d.told(c)
			}
		},
	})
	d.path = d.db.Path()
	d.update(func(tx *store.Tx) (err error) {
		d.channel, err = tx.KnowChannel(chat.Channel{PhoneNumberID: "106540352242922"})
		return err
	})
	return d
}

func (d *desk) update(fn func(*store.Tx) error) {
	d.t.Helper()
	d.now = d.now.Add(d.step)
	if err := d.db.Update(d.Context(), fn); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) view(fn func(*store.Reader) error) {
	d.t.Helper()
	if err := d.db.View(d.Context(), fn); err != nil {
		d.t.Fatal(err)
	}
}

// done fails the test of an error.
func (d *desk) done(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// customer makes a new contact.
func (d *desk) customer() (c chat.Contact) {
	d.t.Helper()
	d.people++
	d.update(func(tx *store.Tx) (err error) {
		c, _, err = tx.KnowContact(store.Person{Phone: fmt.Sprintf("35191%07d", d.people), Name: fmt.Sprintf("Customer %d", d.people)})
		return err
	})
	return c
}

// write is a text of a customer's that says it was written "ago".
func (d *desk) write(c chat.Contact, ago time.Duration) (m chat.Message) {
	d.t.Helper()
	return d.receive(c, store.NewMessage{Message: chat.Message{Kind: chat.KindText, Text: "?", At: d.now.Add(d.step - ago)}})
}

// receive stores a message of a customer's; without a WAMID it gets one.
func (d *desk) receive(c chat.Contact, in store.NewMessage) chat.Message {
	d.t.Helper()
	if in.WAMID == "" {
		d.wamids++
		in.WAMID = fmt.Sprintf("wamid.in%d", d.wamids)
	}
	d.update(func(tx *store.Tx) error {
		v, err := tx.TakeUp(d.channel.ID, c)
		if err != nil {
			return err
		}
		in.Channel, in.Conversation, in.Contact, in.Author = d.channel.ID, v.ID, c.ID, chat.AuthorCustomer
		if err := tx.AddMessage(&in); err != nil {
			return err
		}
		if chat.Silent(in.Kind, in.RawKind) {
			return nil
		}
		v.LastInbound, v.LastAt = in.At, in.At
		v.Unread++
		if v.WaitingSince.IsZero() || in.At.Before(v.WaitingSince) {
			v.WaitingSince = in.At
		}
		return tx.SaveConversation(v)
	})
	return in.Message
}

// chat returns what stands in a customer's chat.
func (d *desk) chat(c chat.Contact) (list []chat.Message) {
	d.t.Helper()
	d.view(func(r *store.Reader) (err error) { list, err = r.Messages(c.ID, d.channel.ID, 0, 1000); return err })
	return list
}

// letter is an outgoing message on its way, as the test has to know it.
type letter struct {
	message  chat.MessageID
	row      int64
	callback string
}

// answer sends a message of an agent's or, with a rule's id, an automatic one. It
// answers the customer and may leave within a minute.
func (d *desk) answer(c chat.Contact, m chat.Message) (l letter) {
	d.t.Helper()
	d.update(func(tx *store.Tx) error {
		v, err := tx.TakeUp(d.channel.ID, c)
		if err != nil {
			return err
		}
		m.Conversation, m.Contact, m.Kind, m.Answers, m.At = v.ID, c.ID, chat.KindText, true, tx.Now()
		out := d.outgoing(tx, m, &l)
		if err := tx.AddOutgoing(out); err != nil {
			return err
		}
		l.message = out.ID
		v.WaitingSince, v.LastAt = time.Time{}, m.At
		return tx.SaveConversation(v)
	})
	l.row = d.rowOf(l.message).ID
	return l
}

// agentSays is an answer of agent 1.
func agentSays(text string) chat.Message {
	return chat.Message{Author: chat.AuthorAgent, AgentID: 1, Text: text}
}

// again sends a failed or expired message once more.
func (d *desk) again(old letter) (l letter) {
	d.t.Helper()
	l.message = old.message
	d.update(func(tx *store.Tx) error {
		m, err := tx.Message(old.message)
		if err != nil {
			return err
		}
		if err := tx.AddAttempt(d.outgoing(tx, m, &l)); err != nil {
			return err
		}
		v, err := tx.Conversation(m.Conversation)
		if err != nil {
			return err
		}
		v.WaitingSince = time.Time{}
		return tx.SaveConversation(v)
	})
	l.row = d.rowOf(l.message).ID
	return l
}

func (d *desk) outgoing(tx *store.Tx, m chat.Message, l *letter) *store.Outgoing {
	return &store.Outgoing{
		NewMessage: store.NewMessage{Channel: d.channel.ID, Message: m},
		SendBefore: tx.Now().Add(time.Minute),
		Encode:     func(callback string) ([]byte, error) { l.callback = callback; return []byte("{}"), nil },
	}
}

// rowOf returns the ready row of a message; its ID is 0 where there is none.
func (d *desk) rowOf(id chat.MessageID) store.OutboxRow {
	d.t.Helper()
	rows, err := d.db.OutboxReady(d.Context(), 0, 1_000_000)
	d.done(err)
	for _, r := range rows {
		if r.Message == id {
			return r
		}
	}
	return store.OutboxRow{}
}

func (d *desk) claim(l letter) {
	d.t.Helper()
	ids, err := d.db.OutboxClaim(d.Context(), []int64{l.row})
	d.done(err)
	if len(ids) != 1 || ids[0] != l.row {
		d.t.Fatalf("claimed %d, want row %d", ids, l.row)
	}
}

func (d *desk) message(id chat.MessageID) (m chat.Message) {
	d.t.Helper()
	d.view(func(r *store.Reader) (err error) { m, err = r.Message(id); return err })
	return m
}

func (d *desk) conversation(id chat.ConversationID) (v chat.Conversation) {
	d.t.Helper()
	d.view(func(r *store.Reader) (err error) { v, err = r.Conversation(id); return err })
	return v
}

// outbox returns how many rows wait and how many are of unknown fate.
func (d *desk) outbox() (waiting, unknown int) {
	d.t.Helper()
	d.view(func(r *store.Reader) (err error) { waiting, unknown, err = r.OutboxCounts(); return err })
	return waiting, unknown
}

// report is a status that Meta sends about a letter.
func (d *desk) report(wamid, callback string, s chat.Status) {
	d.t.Helper()
	d.update(func(tx *store.Tx) error {
		r := store.StatusReport{WAMID: wamid, Callback: callback, Status: s, At: tx.Now()}
		if s == chat.StatusFailed {
			r.Code, r.Text = 131026, "not delivered"
		}
		return tx.ApplyStatus(r)
	})
}

// skipMessageIDs leaves a gap in the ids of messages, as if n had come in.
func (d *desk) skipMessageIDs(n int) {
	d.t.Helper()
	c := d.customer()
	m := d.write(c, 0)
	storetest.Exec(d, d.path, fmt.Sprintf("UPDATE message SET id = id + %d WHERE id = %d", n, m.ID))
}
