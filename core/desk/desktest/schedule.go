package desktest

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
)

func sendKey(id chat.ConversationID, token string) string { return fmt.Sprint(id, " ", token) }

// SetOpening changes what NextOpening answers; the zero time: the shop does not open.
func (f *Fake) SetOpening(at time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.composer.opening = at
}

// NextOpening keeps the contract of desk.Schedule.
func (f *Fake) NextOpening(ctx context.Context, _ desk.Actor) (time.Time, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "NextOpening"); err != nil {
		return time.Time{}, err
	}
	if f.composer.opening.IsZero() {
		return time.Time{}, &desk.Error{Code: desk.NotFound}
	}
	return f.composer.opening, nil
}

// mayWait refuses a moment that is not ahead, or is after the window. The caller
// holds mu.
func (f *Fake) mayWait(c *chat.Conversation, kind chat.Kind, at time.Time) error {
	now := f.Now()
	switch {
	case !at.After(now) || at.Sub(now) > desk.MaxSchedule:
		return &desk.Error{Code: desk.Invalid, Field: "at"}
	case kind != chat.KindTemplate && !at.Before(chat.WindowOf(c.LastInbound).MetaUntil):
		return &desk.Error{Code: desk.WindowClosed}
	}
	return nil
}

// schedule adds an answer that leaves later. The caller holds mu.
func (f *Fake) schedule(c *chat.Conversation, m chat.Message, at time.Time) chat.Message {
	before := *c
	m.Status, m.At, m.GoesAt, m.Answers = chat.StatusScheduled, at, at, false
	m = f.add(c, m)
	*c = before
	f.composer.held[m.ID] = at
	return m
}

// onHeld changes an answer that has not left. LockedByOther; Conflict.
func (f *Fake) onHeld(ctx context.Context, method string, who desk.Actor, id chat.MessageID, change func(*chat.Conversation, *chat.Message) error) error {
	return f.changeMessage(ctx, method, id, func(c *chat.Conversation, m *chat.Message) error {
		now := f.Now()
		if c.Lock.Held(now) && !c.Lock.HeldBy(int64(who.Agent), now) {
			return &desk.Error{Code: desk.LockedByOther}
		}
		f.releaseDue()
		if _, held := f.composer.held[id]; !held {
			return &desk.Error{Code: desk.Conflict}
		}
		return change(c, m)
	})
}

// Reschedule keeps the contract of desk.Schedule.
func (f *Fake) Reschedule(ctx context.Context, who desk.Actor, id chat.MessageID, at time.Time) error {
	return f.onHeld(ctx, "Reschedule", who, id, func(c *chat.Conversation, m *chat.Message) error {
		if m.Status != chat.StatusScheduled {
			return &desk.Error{Code: desk.Conflict}
		}
		if err := f.mayWait(c, m.Kind, at); err != nil {
			return err
		}
		m.At, m.GoesAt, m.Asks = at, at, false
		f.composer.held[id] = at
		return nil
	})
}

// SendNow keeps the contract of desk.Schedule.
func (f *Fake) SendNow(ctx context.Context, who desk.Actor, id chat.MessageID) error {
	return f.onHeld(ctx, "SendNow", who, id, func(c *chat.Conversation, m *chat.Message) error {
		if err := f.mayAnswer(c, who); err != nil && (m.Kind != chat.KindTemplate || desk.CodeOf(err) != desk.WindowClosed) {
			return err
		}
		f.release(c, m, who)
		return nil
	})
}

// release lets an answer go that was held back. The caller holds mu.
func (f *Fake) release(c *chat.Conversation, m *chat.Message, who desk.Actor) {
	delete(f.composer.held, m.ID)
	if m.Status != chat.StatusScheduled {
		f.releaseBefore(c, m.ID)
		return
	}
	f.releaseBefore(c, math.MaxInt64)
	m.Status, m.At, m.GoesAt, m.Asks, m.Answers = chat.StatusQueued, f.Now(), time.Time{}, false, true
	f.toEnd(c, m.ID)
	f.answered(c, who)
}

// releaseBefore lets go what is held back in c before a message, and not scheduled. The
// caller holds mu.
func (f *Fake) releaseBefore(c *chat.Conversation, id chat.MessageID) {
	for _, m := range f.messages[c.ID] {
		if m.ID < id && m.Status != chat.StatusScheduled {
			delete(f.composer.held, m.ID)
		}
	}
}

// releaseDue lets go what is due and waits for nobody's word. The caller holds mu.
func (f *Fake) releaseDue() {
	for id, at := range f.composer.held {
		m, err := f.findMessage(id)
		if err != nil || m.Asks || at.After(f.Now()) {
			continue
		}
		c := f.convs[m.Conversation]
		f.release(c, m, desk.Actor{Agent: staff.AgentID(m.AgentID), Name: m.AgentName})
		f.announce(desk.EventMessage, c.ID, id)
	}
}

// Withdraw keeps the contract of desk.Schedule.
func (f *Fake) Withdraw(ctx context.Context, who desk.Actor, id chat.MessageID, draftOf chat.ConversationID) (d desk.Draft, err error) {
	err = f.onHeld(ctx, "Withdraw", who, id, func(c *chat.Conversation, m *chat.Message) error {
		if draftOf != 0 {
			if _, err := f.find(draftOf); err != nil {
				return err
			}
			d = beginDraft(f.drafts, draftKey{who.Agent, draftOf}, m.Text, f.Now())
		}
		f.withdraw(c, m)
		return nil
	})
	return d, err
}

// beginDraft puts a text before a draft, and returns that.
func beginDraft(drafts map[draftKey]desk.Draft, key draftKey, text string, now time.Time) desk.Draft {
	d := drafts[key]
	switch {
	case text == "":
		return d
	case d.Text != "":
		text += "\n" + d.Text
	}
	drafts[key] = desk.Draft{Text: text, At: now}
	return drafts[key]
}

// withdraw takes an answer out of its chat. The caller holds mu.
func (f *Fake) withdraw(c *chat.Conversation, m *chat.Message) {
	delete(f.composer.held, m.ID)
	answered := m.Answers
	f.remove(c, m.ID)
	if !answered {
		return
	}
	f.recount(c)
	c.Preview, c.PersonAt = chat.Preview{}, time.Time{}
	for _, m := range f.messages[c.ID] {
		if m.Author == chat.AuthorAgent && m.Answers {
			c.PersonAt = m.At
		}
	}
	for _, m := range slices.Backward(f.messages[c.ID]) {
		if m.Kind != chat.KindSystem && m.Kind != chat.KindNote && m.Status != chat.StatusScheduled {
			c.LastAt, c.Preview = m.At, chat.Preview{Text: m.Text, Kind: m.Kind, Author: m.Author, Status: m.Status}
			break
		}
	}
}

// behind puts what is scheduled to the end of a chat to which m was added, and has it
// ask where the customer wrote. The caller holds mu.
func (f *Fake) behind(m chat.Message) {
	list := f.messages[m.Conversation]
	rest := make([]chat.Message, 0, len(list))
	var scheduled []chat.Message
	for _, other := range list {
		if other.Status != chat.StatusScheduled {
			rest = append(rest, other)
			continue
		}
		other.Asks = other.Asks || m.Inbound()
		scheduled = append(scheduled, other)
	}
	f.messages[m.Conversation] = append(rest, scheduled...)
}
