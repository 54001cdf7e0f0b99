package live

import (
	"context"
	"slices"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// ChatReader reads chats page by page; a desk does.
type ChatReader interface {
	Chat(ctx context.Context, who desk.Actor, id chat.ConversationID, before chat.MessageID, limit int) (desk.ChatPage, error)
	After(ctx context.Context, who desk.Actor, id chat.ConversationID, message chat.MessageID, limit int) (desk.ChatStretch, error)
}

// Stretch lets the part of a chat that is loaded grow at both ends, by one page at a time.
// It belongs to the UI thread. All exported fields are needed.
type Stretch struct {
	Scope *Scope
	Desk  ChatReader
	Who   desk.Actor
	Limit int // messages of a page
	// Loaded is the part as it stands, and Join takes it over with a page more. Neither
	// changes the messages of the other.
	Loaded func() desk.ChatStretch
	Join   func(desk.ChatStretch)
	// Failed takes why a page did not come; the next call asks again.
	Failed func(error)

	busy bool
}

// Busy reports whether a page is on its way.
func (s *Stretch) Busy() bool { return s.busy }

// Older puts the page before what is loaded in front of it. It does nothing where there is
// none or while Busy.
func (s *Stretch) Older() {
	at := s.Loaded()
	s.grow(at.Older, func(ctx context.Context) (desk.ChatStretch, error) {
		page, err := s.Desk.Chat(ctx, s.Who, at.Conversation.ID, at.Older, s.Limit)
		return desk.ChatStretch{ChatPage: page}, err
	}, func(page desk.ChatStretch) {
		if all := s.Loaded(); all.Older == at.Older { // else what the page belongs before was let go
			all.Messages, all.Older = slices.Concat(page.Messages, all.Messages), page.Older
			s.Join(all)
		}
	})
}

// Newer puts the page after what is loaded behind it. It does nothing where there is none
// or while Busy.
func (s *Stretch) Newer() {
	at := s.Loaded()
	s.grow(at.Newer, func(ctx context.Context) (desk.ChatStretch, error) {
		return s.Desk.After(ctx, s.Who, at.Conversation.ID, at.Newer, s.Limit)
	}, func(page desk.ChatStretch) {
		if all := s.Loaded(); all.Newer == at.Newer { // else what the page belongs behind was let go
			all.Messages, all.Newer = slices.Concat(all.Messages, page.Messages), page.Newer
			s.Join(all)
		}
	})
}

func (s *Stretch) grow(cursor chat.MessageID, get func(context.Context) (desk.ChatStretch, error), join func(desk.ChatStretch)) {
	if cursor == 0 || s.busy {
		return
	}
	s.busy = true
	var page desk.ChatStretch
	s.Scope.Do(func(ctx context.Context) (err error) {
		page, err = get(ctx)
		return err
	}, func(err error) {
		s.busy = false
		if err != nil {
			s.Failed(err)
			return
		}
		join(page)
	})
}
