package host

import (
	"context"
	"errors"
	"fmt"
	"time"

	"shopbell/core/autoreply/words"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/find"
	"shopbell/core/staff"
	"shopbell/core/store"
)

var listings = map[desk.Filter]store.Listing{
	desk.FilterAll: store.ListAll, desk.FilterWaiting: store.ListWaiting,
	desk.FilterMine: store.ListMine, desk.FilterResolved: store.ListResolved, desk.FilterClosing: store.ListClosing,
}

// List implements desk.Inbox.
func (h *Host) List(ctx context.Context, who desk.Actor, q desk.ListQuery) (page desk.ListPage, err error) {
	if err := h.allow(ctx, who, staff.SeeConversations, "inbox.list", "inbox"); err != nil {
		return page, err
	}
	listing, ok := listings[q.Filter]
	if !ok {
		return page, &desk.Error{Code: desk.Invalid, Field: "filter", Err: fmt.Errorf("there is no filter %q", q.Filter)}
	}
	limit, err := within("limit", q.Limit, 50, desk.MaxListPage)
	if err != nil {
		return page, err
	}
	query := store.ListQuery{Listing: listing, Agent: int64(who.Agent), Now: h.now(), After: q.After, Limit: limit}
	if query.Words, query.Digits, err = wordsOf(q.Search); err != nil {
		return page, err
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		page.Rows, page.Next, err = r.List(query)
		return err
	})
	if errors.Is(err, store.ErrCursor) {
		return page, &desk.Error{Code: desk.Invalid, Field: "cursor", Err: err}
	}
	return page, fault(err)
}

// wordsOf tells what may be a part of a number from words, and refuses more of them than
// a search may have.
func wordsOf(search string) (list []string, digits string, err error) {
	if digits = find.Phone(search); digits != "" {
		return nil, digits, nil
	}
	if list = words.Plain(search); len(list) > desk.MaxSearchWords {
		return nil, "", &desk.Error{Code: desk.Invalid, Field: "search", Limit: desk.MaxSearchWords, Err: fmt.Errorf("the search has %d words", len(list))}
	}
	return list, "", nil
}

// within checks a page size; 0 means the usual one.
func within(field string, n, usual, most int) (int, error) {
	switch {
	case n == 0:
		return usual, nil
	case n < 0 || n > most:
		return 0, &desk.Error{Code: desk.Invalid, Field: field, Limit: most}
	}
	return n, nil
}

// Counts implements desk.Inbox.
func (h *Host) Counts(ctx context.Context, who desk.Actor) (c desk.Counts, err error) {
	if err := h.allow(ctx, who, staff.SeeConversations, "inbox.counts", "inbox"); err != nil {
		return c, err
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		c, err = r.Counts(int64(who.Agent), h.now())
		return err
	})
	return c, fault(err)
}

// Conversation implements desk.Inbox.
func (h *Host) Conversation(ctx context.Context, who desk.Actor, id chat.ConversationID) (v chat.Conversation, err error) {
	if err := h.allow(ctx, who, staff.SeeConversations, "conversation.see", subjectOf(id)); err != nil {
		return v, err
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		v, err = r.Conversation(id)
		return err
	})
	return v, fault(err)
}

// Chat implements desk.Inbox.
func (h *Host) Chat(ctx context.Context, who desk.Actor, id chat.ConversationID, before chat.MessageID, limit int) (page desk.ChatPage, err error) {
	if err := h.allow(ctx, who, staff.SeeConversations, "conversation.see", subjectOf(id)); err != nil {
		return page, err
	}
	if limit, err = within("limit", limit, 60, 500); err != nil {
		return page, err
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		if page.Conversation, err = r.Conversation(id); err != nil {
			return err
		}
		// One more than asked for tells whether there is an older one.
		list, err := r.Messages(page.Conversation.Contact.Identity, page.Conversation.Channel, before, limit+1)
		if len(list) > limit {
			list = list[1:]
			page.Older = list[0].ID
		}
		page.Messages = list
		return err
	})
	h.withProgress(page.Messages...)
	return page, fault(err)
}

// Message implements desk.Inbox.
func (h *Host) Message(ctx context.Context, who desk.Actor, id chat.MessageID) (m chat.Message, err error) {
	if err := h.allow(ctx, who, staff.SeeConversations, "message.see", fmt.Sprintf("message:%d", id)); err != nil {
		return m, err
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		m, err = r.Message(id)
		return err
	})
	h.withProgress(m)
	return m, fault(err)
}

// act runs a change of one conversation by a person: permission, then one
// transaction with the change, and its audit where it has an action.
func (h *Host) act(ctx context.Context, who desk.Actor, id chat.ConversationID, action string,
	change func(*store.Tx, *chat.Conversation) (audit bool, err error),
) error {
	if err := h.allow(ctx, who, staff.Answer, action, subjectOf(id)); err != nil {
		return err
	}
	return fault(h.db.Update(ctx, func(tx *store.Tx) error {
		v, err := tx.Conversation(id)
		if err != nil {
			return err
		}
		audit, err := change(tx, &v)
		if err != nil || !audit {
			return err
		}
		return tx.Audit(done(who, action, subjectOf(id)))
	}))
}

// seize gives the lock to who, or renews it. LockedByOther.
func seize(tx *store.Tx, who desk.Actor, v *chat.Conversation) (taken bool, err error) {
	if v.Lock.Held(tx.Now()) && !v.Lock.HeldBy(int64(who.Agent), tx.Now()) {
		return false, desk.Errorf(desk.LockedByOther, "agent %d holds conversation %d", v.Lock.Holder, v.ID)
	}
	taken = !v.Lock.Held(tx.Now())
	v.Lock = chat.Lock{Holder: int64(who.Agent), HolderName: who.Name, Until: tx.Now().Add(chat.LockFor)}
	return taken, nil
}

// Take implements desk.Inbox.
func (h *Host) Take(ctx context.Context, who desk.Actor, id chat.ConversationID) (v chat.Conversation, err error) {
	var news *receipt
	err = h.act(ctx, who, id, "conversation.take", func(tx *store.Tx, row *chat.Conversation) (taken bool, err error) {
		if taken, err = seize(tx, who, row); err == nil {
			if news, err = readUpTo(tx, row, 0); err == nil {
				err = tx.SaveConversation(*row)
			}
		}
		v = *row
		return taken, err
	})
	if err == nil {
		h.tell(news)
	}
	return v, err
}

// LetGo implements desk.Inbox.
func (h *Host) LetGo(ctx context.Context, who desk.Actor, id chat.ConversationID) error {
	return h.act(ctx, who, id, "conversation.let_go", func(tx *store.Tx, v *chat.Conversation) (bool, error) {
		if !v.Lock.HeldBy(int64(who.Agent), tx.Now()) {
			return false, nil
		}
		v.Lock = chat.Lock{}
		return true, tx.SaveConversation(*v)
	})
}

// answered saves a row after a person's answer: nobody waits, and the one who
// answered is responsible where nobody was. It is open then, unless the customer
// has a newer one: there is one row of a customer in the inbox.
func answered(tx *store.Tx, v *chat.Conversation, who desk.Actor) error {
	v.WaitingSince, v.PersonAt, v.Unread = time.Time{}, tx.Now(), 0
	if v.AssignedTo == 0 {
		v.AssignedTo = int64(who.Agent)
	}
	if v.State == chat.StateResolved {
		newer, err := tx.HasNewer(*v)
		if err != nil {
			return err
		}
		if !newer {
			v.State, v.ResolvedAt = chat.StateOpen, time.Time{}
		}
	}
	return tx.SaveConversation(*v)
}

// Retry implements desk.Inbox.
func (h *Host) Retry(ctx context.Context, who desk.Actor, id chat.MessageID) error {
	m, err := h.Message(ctx, who, id)
	if err != nil {
		return err
	}
	return h.act(ctx, who, m.Conversation, "message.retry", func(tx *store.Tx, v *chat.Conversation) (bool, error) {
		if m, err = tx.Message(id); err != nil {
			return false, err
		}
		if _, err := seize(tx, who, v); err != nil {
			return false, err
		}
		if m.FromPhone() {
			return false, desk.Errorf(desk.Conflict, "message %d was written on the shop's phone: only there it is sent again", id)
		}
		if m.Kind == chat.KindRating && !v.Rating.Asked.IsZero() {
			return false, desk.Errorf(desk.Conflict, "message %d asks how it was, and the customer of conversation %d was asked since", id, v.ID)
		}
		out, err := letter(tx, *v, m)
		if err != nil {
			return false, err
		}
		err = tx.AddAttempt(out)
		if errors.Is(err, store.ErrNotFound) {
			return false, desk.Errorf(desk.Conflict, "message %d is %s: only a failed or expired one is sent again", id, m.Status)
		}
		if err != nil {
			return false, err
		}
		if out.At.After(v.LastAt) {
			v.LastAt = out.At
		}
		if !m.Answers {
			return true, tx.SaveConversation(*v) // a greeting, say: the customer waits on
		}
		return true, answered(tx, v, who)
	})
}

// Settle implements desk.Inbox.
func (h *Host) Settle(ctx context.Context, who desk.Actor, id chat.MessageID, left bool) error {
	m, err := h.Message(ctx, who, id)
	if err != nil {
		return err
	}
	return h.act(ctx, who, m.Conversation, "message.settle", func(tx *store.Tx, _ *chat.Conversation) (bool, error) {
		err := tx.SettleUnknown(id, left)
		if errors.Is(err, store.ErrNotFound) {
			return false, desk.Errorf(desk.Conflict, "the fate of message %d is not unknown any more", id)
		}
		return true, err
	})
}

// Resolve implements desk.Inbox.
func (h *Host) Resolve(ctx context.Context, who desk.Actor, id chat.ConversationID) error {
	return h.act(ctx, who, id, "conversation.resolve", func(tx *store.Tx, v *chat.Conversation) (bool, error) {
		if v.State == chat.StateResolved {
			return false, nil
		}
		if _, err := seize(tx, who, v); err != nil {
			return false, err
		}
		v.State, v.ResolvedAt, v.WaitingSince, v.Unread = chat.StateResolved, tx.Now(), time.Time{}, 0
		v.Lock = chat.Lock{}
		if err := tx.SaveConversation(*v); err != nil {
			return false, err
		}
		if err := tx.PlanRating(*v, tx.Now().Add(chat.AskRatingAfter), who.Agent); err != nil {
			return false, err
		}
		return true, tx.AddLine(*v, chat.SysResolved, map[string]string{"agent": who.Name})
	})
}

// Reopen implements desk.Inbox.
func (h *Host) Reopen(ctx context.Context, who desk.Actor, id chat.ConversationID) error {
	return h.act(ctx, who, id, "conversation.reopen", func(tx *store.Tx, v *chat.Conversation) (bool, error) {
		if v.State == chat.StateOpen {
			return false, nil
		}
		newer, err := tx.HasNewer(*v)
		if err != nil {
			return false, err
		}
		if newer {
			return false, desk.Errorf(desk.Conflict, "the customer of conversation %d has a newer one", id)
		}
		if err := tx.Reopen(id); err != nil {
			return false, err
		}
		return true, tx.AddLine(*v, chat.SysReopened, map[string]string{"agent": who.Name})
	})
}

// Draft implements desk.Inbox.
func (h *Host) Draft(ctx context.Context, who desk.Actor, id chat.ConversationID) (d desk.Draft, err error) {
	if err := h.allow(ctx, who, staff.Answer, "draft.see", subjectOf(id)); err != nil {
		return d, err
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		d.Text, d.At, err = r.Draft(who.Agent, id)
		return err
	})
	return d, fault(err)
}

// SaveDraft implements desk.Inbox.
func (h *Host) SaveDraft(ctx context.Context, who desk.Actor, id chat.ConversationID, text string) error {
	if err := h.allow(ctx, who, staff.Answer, "draft.save", subjectOf(id)); err != nil {
		return err
	}
	return fault(h.db.Update(ctx, func(tx *store.Tx) error { return tx.SaveDraft(who.Agent, id, text) }))
}
