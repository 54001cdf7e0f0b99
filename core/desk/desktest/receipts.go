package desktest

import (
	"context"
	"slices"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// Seen keeps the contract of desk.Inbox.
func (f *Fake) Seen(ctx context.Context, _ desk.Actor, id chat.ConversationID, upTo chat.MessageID) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "Seen"); err != nil {
		return err
	}
	c, err := f.find(id)
	if err != nil {
		return err
	}
	list := f.messages[id]
	at := slices.IndexFunc(list, func(m chat.Message) bool { return m.ID == upTo })
	if at < 0 {
		return desk.Errorf(desk.NotFound, "message %d is not in conversation %d", upTo, id)
	}
	later := 0
	for _, m := range list[at+1:] {
		if m.Inbound() && !chat.Silent(m.Kind, m.RawKind) {
			later++
		}
	}
	if later < c.Unread {
		c.Unread = later
		f.announce(desk.EventConversation, id, 0)
	}
	return nil
}

// Typing keeps the contract of desk.Inbox; nobody sees it.
func (f *Fake) Typing(ctx context.Context, who desk.Actor, id chat.ConversationID) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "Typing"); err != nil {
		return err
	}
	c, err := f.find(id)
	if err != nil {
		return err
	}
	if now := f.Now(); c.Lock.Held(now) && !c.Lock.HeldBy(int64(who.Agent), now) {
		return &desk.Error{Code: desk.LockedByOther}
	}
	return nil
}

// Receipts keeps the contract of desk.Shop.
func (f *Fake) Receipts(ctx context.Context, _ desk.Actor) (bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return !f.noReceipts, f.enter(ctx, "Receipts")
}

// SetOwnName keeps the contract of desk.Shop.
func (f *Fake) SetOwnName(ctx context.Context, who desk.Actor, name string) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "SetOwnName"); err != nil {
		return "", err
	}
	name, err := desk.TidyAgentName(name)
	if err != nil {
		return "", err
	}
	for _, list := range f.messages {
		for i, m := range list {
			if m.AgentID == int64(who.Agent) {
				list[i].AgentName = name
			}
		}
	}
	return name, nil
}

// SetReceipts keeps the contract of desk.Shop.
func (f *Fake) SetReceipts(ctx context.Context, _ desk.Actor, on bool) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "SetReceipts"); err != nil {
		return err
	}
	f.noReceipts = !on
	return nil
}
