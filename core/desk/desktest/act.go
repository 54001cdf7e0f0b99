package desktest

import (
	"context"
	"math"
	"slices"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// Take keeps the contract of desk.Inbox.
func (f *Fake) Take(ctx context.Context, who desk.Actor, id chat.ConversationID) (chat.Conversation, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "Take"); err != nil {
		return chat.Conversation{}, err
	}
	c, err := f.find(id)
	if err != nil {
		return chat.Conversation{}, err
	}
	now := f.Now()
	if c.Lock.Held(now) && !c.Lock.HeldBy(int64(who.Agent), now) {
		return *c, &desk.Error{Code: desk.LockedByOther}
	}
	c.Unread = 0
	c.Lock = chat.Lock{Holder: int64(who.Agent), HolderName: who.Name, Until: now.Add(chat.LockFor)}
	f.announce(desk.EventConversation, id, 0)
	return *c, nil
}

// LetGo keeps the contract of desk.Inbox.
func (f *Fake) LetGo(ctx context.Context, who desk.Actor, id chat.ConversationID) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "LetGo"); err != nil {
		return err
	}
	c, err := f.find(id)
	if err != nil {
		return err
	}
	if c.Lock.HeldBy(int64(who.Agent), f.Now()) {
		c.Lock = chat.Lock{}
		f.announce(desk.EventConversation, id, 0)
	}
	return nil
}

// Send keeps the contract of desk.Inbox; the message stays queued until
// SetStatus moves it.
func (f *Fake) Send(ctx context.Context, who desk.Actor, id chat.ConversationID, a desk.Answer, token string) (chat.MessageID, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "Send"); err != nil {
		return 0, err
	}
	c, err := f.find(id)
	if err != nil {
		return 0, err
	}
	m, err := f.compose(c, a)
	if err != nil {
		return 0, err
	}
	key := sendKey(id, token)
	if sent, ok := f.sent[key]; ok && token != "" {
		return sent, nil
	}
	if err := f.mayAnswer(c, who); err != nil && (m.Kind != chat.KindTemplate || desk.CodeOf(err) != desk.WindowClosed) {
		return 0, err
	}
	m.Author, m.AgentID, m.AgentName = chat.AuthorAgent, int64(who.Agent), who.Name
	m.Status, m.At, m.Answers = chat.StatusQueued, f.Now(), true
	switch {
	case a.Hold < 0 || a.Hold > desk.MaxHold:
		return 0, &desk.Error{Code: desk.Invalid, Field: "hold", Limit: int(desk.MaxHold / time.Second)}
	case !a.At.IsZero():
		if err := f.mayWait(c, m.Kind, a.At); err != nil {
			return 0, err
		}
		m = f.schedule(c, m, a.At)
		c.Lock = chat.Lock{Holder: int64(who.Agent), HolderName: who.Name, Until: f.Now().Add(chat.LockFor)}
		c.Unread = 0
	default:
		if a.Hold == 0 {
			f.releaseBefore(c, math.MaxInt64)
		}
		m = f.add(c, m)
		f.answered(c, who)
		f.composer.held[m.ID] = f.Now().Add(a.Hold)
	}
	if !a.KeepDraft {
		delete(f.drafts, draftKey{who.Agent, id})
	}
	f.sent[key] = m.ID
	return m.ID, nil
}

// mayAnswer refuses who where somebody else holds the lock, and everybody after
// the window.
func (f *Fake) mayAnswer(c *chat.Conversation, who desk.Actor) error {
	now := f.Now()
	switch {
	case c.Lock.Held(now) && !c.Lock.HeldBy(int64(who.Agent), now):
		return &desk.Error{Code: desk.LockedByOther}
	case !chat.WindowOf(c.LastInbound).Open(now):
		return &desk.Error{Code: desk.WindowClosed}
	}
	return nil
}

// answered is what an answer of who's does to a row.
func (f *Fake) answered(c *chat.Conversation, who desk.Actor) {
	now := f.Now()
	c.Lock = chat.Lock{Holder: int64(who.Agent), HolderName: who.Name, Until: now.Add(chat.LockFor)}
	c.State, c.ResolvedAt, c.WaitingSince, c.PersonAt, c.Unread = chat.StateOpen, time.Time{}, time.Time{}, now, 0
	if c.AssignedTo == 0 {
		c.AssignedTo = int64(who.Agent)
	}
}

// Retry keeps the contract of desk.Inbox.
func (f *Fake) Retry(ctx context.Context, who desk.Actor, id chat.MessageID) error {
	return f.changeMessage(ctx, "Retry", id, func(c *chat.Conversation, m *chat.Message) error {
		if err := f.mayAnswer(c, who); err != nil {
			return err
		}
		if m.FromPhone() || m.Status != chat.StatusFailed && m.Status != chat.StatusExpired {
			return &desk.Error{Code: desk.Conflict}
		}
		f.releaseBefore(c, math.MaxInt64)
		m.ErrorCode, m.At = 0, f.Now()
		f.setStatus(c, m, chat.StatusQueued)
		f.toEnd(c, id)
		f.answered(c, who)
		return nil
	})
}

// toEnd makes a message the last of its conversation.
func (f *Fake) toEnd(c *chat.Conversation, id chat.MessageID) {
	list := f.messages[c.ID]
	i := slices.IndexFunc(list, func(m chat.Message) bool { return m.ID == id })
	m := list[i]
	f.messages[c.ID] = append(slices.Delete(list, i, i+1), m)
	c.LastAt = m.At
	c.Preview = chat.Preview{Text: m.Text, Kind: m.Kind, Author: m.Author, Status: m.Status}
}

// Settle keeps the contract of desk.Inbox.
func (f *Fake) Settle(ctx context.Context, _ desk.Actor, id chat.MessageID, left bool) error {
	return f.changeMessage(ctx, "Settle", id, func(c *chat.Conversation, m *chat.Message) error {
		if m.Status != chat.StatusUnknown {
			return &desk.Error{Code: desk.Conflict}
		}
		status := chat.StatusFailed
		if left {
			status = chat.StatusSent
		}
		f.setStatus(c, m, status)
		return nil
	})
}

func (f *Fake) changeMessage(ctx context.Context, method string, id chat.MessageID, change func(*chat.Conversation, *chat.Message) error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, method); err != nil {
		return err
	}
	m, err := f.findMessage(id)
	if err != nil {
		return err
	}
	c, err := f.find(m.Conversation)
	if err != nil {
		return err
	}
	if err := change(c, m); err != nil {
		return err
	}
	f.announce(desk.EventMessage, c.ID, id)
	return nil
}

// Resolve keeps the contract of desk.Inbox.
func (f *Fake) Resolve(ctx context.Context, who desk.Actor, id chat.ConversationID) error {
	return f.changeConversation(ctx, "Resolve", id, func(c *chat.Conversation) error {
		now := f.Now()
		switch {
		case c.State == chat.StateResolved:
			return nil
		case c.Lock.Held(now) && !c.Lock.HeldBy(int64(who.Agent), now):
			return &desk.Error{Code: desk.LockedByOther}
		}
		c.State, c.ResolvedAt, c.WaitingSince, c.Unread, c.Lock = chat.StateResolved, now, time.Time{}, 0, chat.Lock{}
		return nil
	})
}

// Reopen keeps the contract of desk.Inbox.
func (f *Fake) Reopen(ctx context.Context, _ desk.Actor, id chat.ConversationID) error {
	return f.changeConversation(ctx, "Reopen", id, func(c *chat.Conversation) error {
		if c.State == chat.StateOpen {
			return nil
		}
		c.State, c.ResolvedAt = chat.StateOpen, time.Time{}
		f.recount(c)
		return nil
	})
}

func (f *Fake) changeConversation(ctx context.Context, method string, id chat.ConversationID, change func(*chat.Conversation) error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, method); err != nil {
		return err
	}
	c, err := f.find(id)
	if err != nil {
		return err
	}
	if err := change(c); err != nil {
		return err
	}
	f.announce(desk.EventConversation, id, 0)
	return nil
}

// Draft keeps the contract of desk.Inbox.
func (f *Fake) Draft(ctx context.Context, who desk.Actor, id chat.ConversationID) (desk.Draft, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "Draft"); err != nil {
		return desk.Draft{}, err
	}
	return f.drafts[draftKey{who.Agent, id}], nil
}

// SaveDraft keeps the contract of desk.Inbox.
func (f *Fake) SaveDraft(ctx context.Context, who desk.Actor, id chat.ConversationID, text string) error {
	return f.saveDraft(ctx, "SaveDraft", f.drafts, draftKey{who.Agent, id}, text)
}

// Health keeps the contract of desk.Connection.
func (f *Fake) Health(ctx context.Context, _ desk.Actor) (desk.Health, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.health, f.enter(ctx, "Health")
}

// TryNow keeps the contract of desk.Connection: a refusal is cleared.
func (f *Fake) TryNow(ctx context.Context, _ desk.Actor) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "TryNow"); err != nil {
		return err
	}
	f.health = desk.Health{State: desk.ConnectionOK, Sandbox: f.health.Sandbox}
	f.releaseDue()
	f.announce(desk.EventHealth, 0, 0)
	return nil
}

// Parked keeps the contract of desk.Connection: nothing fails here.
func (f *Fake) Parked(ctx context.Context, _ desk.Actor) ([]desk.ParkedEvent, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return nil, f.enter(ctx, "Parked")
}

// Replay keeps the contract of desk.Connection.
func (f *Fake) Replay(ctx context.Context, _ desk.Actor, id int64) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "Replay"); err != nil {
		return err
	}
	return desk.Errorf(desk.NotFound, "parked event %d", id)
}

// Subscribe keeps the contract of desk.Service.
func (f *Fake) Subscribe(ctx context.Context) <-chan desk.Event {
	f.mu.Lock()
	defer f.mu.Unlock()
	ch := make(chan desk.Event, 256)
	f.readers = append(f.readers, ch)
	context.AfterFunc(ctx, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.drop(ch)
	})
	return ch
}
