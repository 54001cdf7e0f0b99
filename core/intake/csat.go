package intake

import (
	"errors"
	"time"

	"shopbell/core/chat"
	"shopbell/core/store"
)

// clockSlack is how far ahead of Meta's clock this computer's is taken to be where only
// this one says when a question left.
const clockSlack = 5 * time.Minute

// rated is a message that answers the question how it was.
type rated struct {
	store.AskedRating
	score  int
	counts bool // else it came too late: it stands in the chat, and that is all
}

// takeRating stores a message that answers the question how it was; it reports false,
// and stores nothing, where it does not.
func takeRating(tx *store.Tx, contact chat.Contact, m *store.NewMessage, button string) (taken bool, err error) {
	r, err := ratingIn(tx, contact, *m, button)
	if err != nil || r == nil {
		return false, err
	}
	return true, rate(tx, *r, m, button)
}

// ratingIn looks whether a new message is such an answer, as desk.Ratings says; nil
// where it is not. What who is blocked writes counts as nothing.
func ratingIn(tx *store.Tx, contact chat.Contact, m store.NewMessage, button string) (*rated, error) {
	score, chosen := chat.ChosenScore(button)
	typed := false
	if m.Kind == chat.KindText {
		score, typed = chat.TypedScore(m.Text)
	}
	if !chosen && !typed || contact.Blocked {
		return nil, nil
	}
	asked, err := tx.AskedRating(m.Channel, contact, m.ReplyTo)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, err
	}
	r := &rated{AskedRating: asked, score: score, counts: m.At.Sub(asked.Asked) < chat.RatingWithin}
	if chosen {
		return r, nil
	}
	if !r.counts || asked.Score != 0 {
		return nil, nil
	}
	if m.ReplyTo != "" {
		if m.ReplyTo != asked.WAMID {
			return nil, nil
		}
		return r, nil
	}
	if from, left := typedFrom(asked); !left || m.At.Before(from) {
		return nil, nil
	}
	if said, err := tx.SaidSince(asked.Question); err != nil || said {
		return nil, err
	}
	return r, nil
}

// typedFrom is the first moment at which what was typed may answer a question; false
// where the question has not left: only who chose a row, or quotes it, surely has it. By
// Meta's clock, which dates what was typed: it dates the question, too, once Meta has
// reported that it arrived.
func typedFrom(q store.AskedRating) (at time.Time, left bool) {
	at = q.Asked.Truncate(time.Second) // Meta's time has whole seconds
	switch q.Status {
	case chat.StatusDelivered, chat.StatusRead:
		return at, true
	case chat.StatusSent, chat.StatusUnknown:
		return at.Add(-clockSlack), true
	}
	return at, false
}

// rate stores an answer to that question. Nothing follows from it but that Meta's
// window is open.
func rate(tx *store.Tx, r rated, m *store.NewMessage, button string) error {
	v, err := tx.Conversation(r.Conversation)
	if err != nil {
		return err
	}
	m.Conversation, m.Kind = v.ID, chat.KindRating
	if err := tx.AddMessage(m); err != nil {
		return err
	}
	if button != "" {
		if err := tx.Press(m.ReplyTo, button); err != nil {
			return err
		}
	}
	if r.counts {
		if err := tx.Rate(r.AskedRating, r.score, m.At); err != nil {
			return err
		}
	}
	v.LastInbound = latest(v.LastInbound, m.At)
	return tx.SaveConversation(v)
}

// solve resolves what the customer says is solved, and has them asked how it was.
func solve(tx *store.Tx, v *chat.Conversation) error {
	v.State, v.ResolvedAt, v.WaitingSince, v.Unread = chat.StateResolved, tx.Now(), time.Time{}, 0
	return tx.PlanRating(*v, tx.Now(), 0)
}
