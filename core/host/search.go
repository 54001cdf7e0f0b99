package host

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/retry"
	"shopbell/core/staff"
	"shopbell/core/store"
)

// Find implements desk.Search.
func (h *Host) Find(ctx context.Context, who desk.Actor, q desk.SearchQuery) (f desk.Found, err error) {
	if err := h.allow(ctx, who, staff.SeeConversations, "search", "search"); err != nil {
		return f, err
	}
	if err := q.Check(); err != nil {
		return f, err
	}
	q.Limit = cmp.Or(q.Limit, desk.SearchPage)
	err = h.db.View(ctx, func(r *store.Reader) error {
		f, err = r.Search(q)
		return err
	})
	if errors.Is(err, store.ErrCursor) {
		return f, &desk.Error{Code: desk.Invalid, Field: "after", Err: err}
	}
	return f, fault(err)
}

// Around implements desk.Search.
func (h *Host) Around(ctx context.Context, who desk.Actor, id chat.ConversationID, message chat.MessageID, limit int) (desk.ChatStretch, error) {
	return h.stretch(ctx, who, id, message, limit, true)
}

// After implements desk.Search.
func (h *Host) After(ctx context.Context, who desk.Actor, id chat.ConversationID, message chat.MessageID, limit int) (desk.ChatStretch, error) {
	return h.stretch(ctx, who, id, message, limit, false)
}

func (h *Host) stretch(ctx context.Context, who desk.Actor, id chat.ConversationID, message chat.MessageID, limit int, around bool) (desk.ChatStretch, error) {
	var page stretch
	if err := h.allow(ctx, who, staff.SeeConversations, "conversation.see", subjectOf(id)); err != nil {
		return page.ChatStretch, err
	}
	limit, err := within("limit", limit, 60, 500)
	if err != nil {
		return page.ChatStretch, err
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		if page.Conversation, err = r.Conversation(id); err != nil {
			return err
		}
		identity, channel := page.Conversation.Contact.Identity, page.Conversation.Channel
		m, err := r.Message(message)
		if err != nil {
			return err
		}
		in, err := r.Conversation(m.Conversation)
		if err != nil {
			return err
		}
		if in.Contact.Identity != identity || in.Channel != channel {
			return store.ErrNotFound
		}
		newer, last, err := r.MessagesAfter(identity, channel, message, limit)
		if err != nil {
			return err
		}
		page.Messages, page.Newer = newer, last
		if !around {
			return nil
		}
		// One more than asked for tells whether there are others.
		older, err := r.Messages(identity, channel, message, limit+1)
		if err != nil {
			return err
		}
		page.surround(append(older, m), limit)
		return nil
	})
	h.withProgress(page.Messages...)
	return page.ChatStretch, fault(err)
}

// stretch is a desk.ChatStretch in the making.
type stretch struct{ desk.ChatStretch }

// surround puts older messages before those that are there, and leaves limit of them:
// as many on both sides as there are.
func (s *stretch) surround(older []chat.Message, limit int) {
	newer := s.Messages
	before := min(len(older), max(limit-len(newer), (limit+1)/2))
	after := min(len(newer), limit-before)
	s.Messages = slices.Concat(older[len(older)-before:], newer[:after])
	if before < len(older) {
		s.Older = s.Messages[0].ID
	}
	if after < len(newer) {
		s.Newer = s.Messages[len(s.Messages)-1].ID
	}
}

// indexEvery is how long what is new is looked at itself at most: it is filed in the
// batches that came together meanwhile. indexRest is what customers' messages have the
// computer and the writer for between two batches, in parts of the time that one took: so
// a flood of messages is answered hardly slower, and is filed after it. Some 1,000
// messages a second are filed all the same.
const (
	indexEvery = 2 * time.Second
	indexRest  = 9
)

// indexSearch files what searches look in, beside everything else, until ctx ends.
func (h *Host) indexSearch(ctx context.Context) error {
	return h.poll(ctx, indexEvery, "What searches look in not filed; tried again", h.indexNew)
}

// indexNew files all there is that is not filed yet.
func (h *Host) indexNew(ctx context.Context) error {
	for {
		began := time.Now()
		more, err := h.db.IndexSearch(ctx, store.SearchBatch)
		if errors.Is(err, store.ErrFull) {
			h.noteRoom(err) // what is not filed is looked at itself
			return nil
		}
		if err != nil || !more || !retry.Wait(ctx, indexRest*time.Since(began)) {
			return err
		}
	}
}
