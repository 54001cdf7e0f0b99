package desktest

import (
	"slices"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// Add puts a conversation on the desk and returns its id. Its messages follow
// by Say.
func (f *Fake) Add(c chat.Conversation) chat.ConversationID {
	f.mu.Lock()
	defer f.mu.Unlock()
	c.ID = chat.ConversationID(len(f.convs) + 1)
	c.Contact.ID = chat.ContactID(c.ID)
	if c.State == "" {
		c.State = chat.StateOpen
	}
	f.convs[c.ID] = &c
	f.announce(desk.EventConversation, c.ID, 0)
	return c.ID
}

// Say adds a message of anybody and returns its id. A zero At means now.
func (f *Fake) Say(id chat.ConversationID, m chat.Message) chat.MessageID {
	f.mu.Lock()
	defer f.mu.Unlock()
	c, err := f.find(id)
	if err != nil {
		return 0
	}
	if m.At.IsZero() {
		m.At = f.Now()
	}
	return f.add(c, m).ID
}

// CustomerWrites adds a text message of the customer, now.
func (f *Fake) CustomerWrites(id chat.ConversationID, text string) chat.MessageID {
	return f.Say(id, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: text})
}

// add appends a message and keeps what the list shows. The caller holds mu.
func (f *Fake) add(c *chat.Conversation, m chat.Message) chat.Message {
	f.lastMsg++
	m.ID, m.Conversation, m.Contact, m.Arrived = f.lastMsg, c.ID, c.Contact.ID, m.At
	f.messages[c.ID] = append(f.messages[c.ID], m)
	f.behind(m)
	c.LastAt = m.At
	switch m.Author {
	case chat.AuthorCustomer:
		c.LastInbound = m.At
		if c.Contact.Blocked || chat.Silent(m.Kind, m.RawKind) {
			break
		}
		c.State, c.ResolvedAt = chat.StateOpen, time.Time{}
		c.Unread++
		if c.WaitingSince.IsZero() {
			c.WaitingSince = m.At
		}
	case chat.AuthorAgent:
		if m.Kind != chat.KindNote {
			c.WaitingSince = time.Time{}
		}
	}
	if m.Kind != chat.KindSystem && m.Kind != chat.KindNote && m.Kind != chat.KindRating {
		c.Preview = chat.Preview{Text: m.Text, Kind: m.Kind, Author: m.Author, Status: m.Status}
	}
	f.announce(desk.EventMessage, c.ID, m.ID)
	return m
}

// Edit changes a conversation behind the screen's back.
func (f *Fake) Edit(id chat.ConversationID, change func(*chat.Conversation)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if c, err := f.find(id); err == nil {
		change(c)
		f.announce(desk.EventConversation, id, 0)
	}
}

// SetStatus moves a message as a report of Meta would; code is Meta's error.
func (f *Fake) SetStatus(id chat.MessageID, status chat.Status, code int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	m, err := f.findMessage(id)
	if err != nil {
		return
	}
	m.ErrorCode = code
	f.setStatus(f.convs[m.Conversation], m, status)
	f.announce(desk.EventMessage, m.Conversation, id)
}

// Revoke has the author of a message take it back now. No message is no error.
func (f *Fake) Revoke(id chat.MessageID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if m, err := f.findMessage(id); err == nil {
		m.RevokedAt = f.Now()
		f.announce(desk.EventMessage, m.Conversation, id)
	}
}

// setStatus moves a message, and its row with it. The caller holds mu.
func (f *Fake) setStatus(c *chat.Conversation, m *chat.Message, status chat.Status) {
	was := lost(*m)
	m.Status = status
	if list := f.messages[c.ID]; list[len(list)-1].ID == m.ID {
		c.Preview.Status = status
	}
	if m.Answers && lost(*m) != was {
		f.recount(c)
	}
}

func lost(m chat.Message) bool {
	return m.Status == chat.StatusFailed || m.Status == chat.StatusExpired
}

// recount lets the customer of an open conversation wait since the oldest
// message that has no answer. The caller holds mu.
func (f *Fake) recount(c *chat.Conversation) {
	c.WaitingSince = time.Time{}
	if c.State != chat.StateOpen {
		return
	}
	for _, m := range f.messages[c.ID] {
		switch {
		case m.Inbound() && c.WaitingSince.IsZero():
			c.WaitingSince = m.At
		case m.Author == chat.AuthorAgent && m.Kind != chat.KindNote && m.Status != chat.StatusScheduled && !lost(m):
			c.WaitingSince = time.Time{}
		}
	}
}

// SetHealth changes what Health answers.
func (f *Fake) SetHealth(h desk.Health) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.health = h
	f.announce(desk.EventHealth, 0, 0)
}

// FailNext makes the next call of a method ("Send", "List") return err.
func (f *Fake) FailNext(method string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fail[method] = err
}

// Calls counts the calls of a method so far.
func (f *Fake) Calls(method string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[method]
}

// announce sends an event to all readers and cuts off those that are full. The
// caller holds mu.
func (f *Fake) announce(kind desk.EventKind, conv chat.ConversationID, msg chat.MessageID) {
	f.tell(desk.Event{Kind: kind, Conversation: conv, Message: msg})
}

// tell is announce for an event of any kind.
func (f *Fake) tell(e desk.Event) {
	f.seq++
	e.Seq = f.seq
	for _, ch := range slices.Clone(f.readers) {
		select {
		case ch <- e:
		default:
			f.drop(ch)
		}
	}
}

// drop closes a reader's channel, once. The caller holds mu.
func (f *Fake) drop(ch chan desk.Event) {
	if i := slices.Index(f.readers, ch); i >= 0 {
		f.readers = slices.Delete(f.readers, i, i+1)
		close(ch)
	}
}
