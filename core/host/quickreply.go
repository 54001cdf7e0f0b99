package host

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
	"shopbell/core/store"
)

// QuickReplies implements desk.QuickReplies.
func (h *Host) QuickReplies(ctx context.Context, who desk.Actor) (list []desk.QuickReply, err error) {
	if err := h.allow(ctx, who, staff.Answer, "quick_replies.see", "quick_replies"); err != nil {
		return nil, err
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		list, err = r.QuickReplies()
		return err
	})
	return list, fault(err)
}

// ShopName implements desk.QuickReplies.
func (h *Host) ShopName(ctx context.Context, who desk.Actor) (string, error) {
	return h.o.Shop, h.allow(ctx, who, staff.Answer, "shop.name", "shop")
}

// SaveQuickReply implements desk.QuickReplies.
func (h *Host) SaveQuickReply(ctx context.Context, who desk.Actor, q desk.QuickReply) (id desk.QuickReplyID, err error) {
	if err := h.allow(ctx, who, staff.EditQuickReplies, "quick_replies.save", quickReplySubject(q.ID)); err != nil {
		return 0, err
	}
	q.Shortcut, q.Title, q.Text = strings.TrimSpace(q.Shortcut), strings.TrimSpace(q.Title), strings.TrimSpace(q.Text)
	if err := checkQuickReply(q); err != nil {
		return 0, err
	}
	err = h.db.Update(ctx, func(tx *store.Tx) error {
		if q.ID == 0 {
			n, err := tx.QuickReplyCount()
			if err != nil {
				return err
			}
			if n >= desk.MaxQuickReplies {
				return &desk.Error{Code: desk.Invalid, Field: "replies", Limit: desk.MaxQuickReplies}
			}
		}
		if q.ID != 0 && q.Version != "" {
			now, err := tx.QuickReply(q.ID)
			if err != nil {
				return err
			}
			if now.Version != q.Version {
				return &desk.Error{Code: desk.Conflict, Field: "version", Err: fmt.Errorf("quick reply %d was changed since it was read", q.ID)}
			}
		}
		id, err = tx.SaveQuickReply(q, strings.ToLower(q.Shortcut))
		if errors.Is(err, store.ErrTaken) {
			return desk.Errorf(desk.Conflict, "another quick reply has the shortcut %q", q.Shortcut)
		}
		if err != nil {
			return err
		}
		return tx.Audit(done(who, "quick_replies.save", quickReplySubject(id)))
	})
	return id, fault(err)
}

func quickReplySubject(id desk.QuickReplyID) string { return fmt.Sprintf("quick_reply:%d", id) }

// checkQuickReply looks at a trimmed one.
func checkQuickReply(q desk.QuickReply) error {
	for _, part := range []struct {
		field, text string
		limit       int
	}{{"shortcut", q.Shortcut, desk.MaxShortcut}, {"title", q.Title, desk.MaxQuickTitle}, {"text", q.Text, chat.MaxText}} {
		if n := chat.Units(part.text); n == 0 || n > part.limit {
			return tooLong(part.field, part.limit, n)
		}
	}
	if strings.ContainsFunc(q.Shortcut, unicode.IsSpace) {
		return invalid("shortcut", errors.New("a shortcut holds no blank: it ends at one where it is typed"))
	}
	return nil
}

// DeleteQuickReply implements desk.QuickReplies.
func (h *Host) DeleteQuickReply(ctx context.Context, who desk.Actor, id desk.QuickReplyID) error {
	if err := h.allow(ctx, who, staff.EditQuickReplies, "quick_replies.delete", quickReplySubject(id)); err != nil {
		return err
	}
	return fault(h.db.Update(ctx, func(tx *store.Tx) error {
		if err := tx.DeleteQuickReply(id); err != nil {
			return err
		}
		return tx.Audit(done(who, "quick_replies.delete", quickReplySubject(id)))
	}))
}
