package host

import (
	"cmp"
	"context"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/intake"
	"shopbell/core/staff"
	"shopbell/core/store"
)

// RatingQuestion implements desk.Ratings.
func (h *Host) RatingQuestion(ctx context.Context, who desk.Actor) (q desk.RatingQuestion, err error) {
	if err := h.allow(ctx, who, staff.SeeConversations, "rating.see", "shop"); err != nil {
		return q, err
	}
	err = h.db.View(ctx, func(r *store.Reader) error {
		q, err = h.ratingQuestion(r)
		return err
	})
	return q, fault(err)
}

// ratingQuestion is what the shop asks, in its words or in ours.
func (h *Host) ratingQuestion(r *store.Reader) (desk.RatingQuestion, error) {
	q, err := r.RatingQuestion()
	if q.Text == "" {
		q.Text = h.rules.Load().RatingText()
	}
	return q, err
}

// SetRatings implements desk.Ratings.
func (h *Host) SetRatings(ctx context.Context, who desk.Actor, on bool) error {
	return h.changeRatings(ctx, who, func(tx *store.Tx) error { return tx.SetRatings(on) })
}

// SetRatingText implements desk.Ratings.
func (h *Host) SetRatingText(ctx context.Context, who desk.Actor, text string) error {
	return h.changeRatings(ctx, who, func(tx *store.Tx) error {
		text, err := desk.TidyRatingText(text)
		if err != nil {
			return err
		}
		if text == h.rules.Load().RatingText() {
			text = "" // it follows the language of the rules
		}
		return tx.SetRatingText(text)
	})
}

// changeRatings runs a change of what the shop asks: permission, then one transaction
// with the change and its audit.
func (h *Host) changeRatings(ctx context.Context, who desk.Actor, change func(*store.Tx) error) error {
	const action = "rating.set"
	if err := h.allow(ctx, who, staff.EditConnection, action, "shop"); err != nil {
		return err
	}
	return fault(h.db.Update(ctx, func(tx *store.Tx) error {
		if err := change(tx); err != nil {
			return err
		}
		return tx.Audit(done(who, action, "shop"))
	}))
}

// askRatings asks whom it is time to ask how it was. Who may not be asked any more, and
// who is late by more than chat.AskRatingWithin, is not. It is part of one unit with
// what it puts into the outbox, so nobody is asked twice.
func (h *Host) askRatings(tx *store.Tx) error {
	due, err := tx.TakeDueRatings()
	if err != nil || len(due) == 0 {
		return err
	}
	q, err := h.ratingQuestion(&tx.Reader)
	if err != nil {
		return err
	}
	for _, plan := range due {
		v, err := tx.Conversation(plan.Conversation)
		if err != nil {
			return err
		}
		if !q.On || !v.MayAskRating(tx.Now()) || tx.Now().Sub(plan.At) > chat.AskRatingWithin {
			continue
		}
		if err := h.askRating(tx, v, q.Text, plan.By); err != nil {
			return err
		}
	}
	return nil
}

// askRating puts the question into the outbox, for as long as an automatic message.
func (h *Host) askRating(tx *store.Tx, v chat.Conversation, text string, by staff.AgentID) error {
	m := chat.Message{
		Conversation: v.ID, Contact: v.Contact.ID, Author: chat.AuthorDesk, AgentID: int64(by), Kind: chat.KindRating,
		Text: text, List: chat.RatingList(), At: tx.Now(),
	}
	if v.LastAt.After(m.At) {
		m.At = v.LastAt
	}
	out, err := letter(tx, v, m)
	if err != nil {
		return err
	}
	if before := tx.Now().Add(cmp.Or(h.o.AutomaticSendBefore, intake.AutomaticSendBefore)); before.Before(out.SendBefore) {
		out.SendBefore = before
	}
	return tx.AskRating(out)
}
