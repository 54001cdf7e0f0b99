package host

import (
	"context"
	"errors"
	"fmt"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
	"shopbell/core/store"
)

const (
	// maxHeldSleep bounds how long nothing is let go: a computer that was suspended
	// wakes with its timers behind.
	maxHeldSleep = 30 * time.Second
	// heldAgain is when a file that refused is tried again.
	heldAgain = time.Second
)

// NextOpening implements desk.Schedule.
func (h *Host) NextOpening(ctx context.Context, who desk.Actor) (time.Time, error) {
	if err := h.allow(ctx, who, staff.Answer, "schedule.opening", "rules"); err != nil {
		return time.Time{}, err
	}
	next, ok := h.rules.Load().NextOpening(h.now())
	if !ok {
		return time.Time{}, desk.Errorf(desk.NotFound, "by its rules the shop does not open within two weeks")
	}
	return next, nil
}

// postpone lets a letter wait as its answer says. Invalid, WindowClosed.
func postpone(out *store.Outgoing, a desk.Answer, now time.Time) error {
	switch {
	case a.Hold < 0 || a.Hold > desk.MaxHold:
		return &desk.Error{Code: desk.Invalid, Field: "hold", Limit: int(desk.MaxHold / time.Second), Err: fmt.Errorf("%s: give 0 to %s", a.Hold, desk.MaxHold)}
	case !a.At.IsZero():
		out.HeldUntil, out.Scheduled = a.At, true
		return ahead(a.At, now, out)
	case a.Hold > 0 && now.Add(a.Hold).Before(out.SendBefore):
		out.HeldUntil = now.Add(a.Hold)
	}
	return nil
}

// ahead checks the moment of a scheduled letter, and lets a template leave for a day
// from then on.
func ahead(at, now time.Time, out *store.Outgoing) error {
	if !at.After(now) || at.Sub(now) > desk.MaxSchedule {
		return invalid("at", fmt.Errorf("%s is not within %s from now", at, desk.MaxSchedule))
	}
	if out.Kind == chat.KindTemplate {
		out.SendBefore = at.Add(templateFor)
	}
	if !at.Before(out.SendBefore) {
		return desk.Errorf(desk.WindowClosed, "the reply window of conversation %d ends at %s, before %s", out.Conversation, out.SendBefore, at)
	}
	return nil
}

// onHeld runs a change of an answer that has not left yet. LockedByOther; Conflict
// where change finds it gone.
func (h *Host) onHeld(ctx context.Context, who desk.Actor, id chat.MessageID, action string,
	change func(*store.Tx, *chat.Conversation, chat.Message) error,
) error {
	return h.onMessage(ctx, who, id, action, func(tx *store.Tx, v *chat.Conversation, m chat.Message) error {
		if _, err := seize(tx, who, v); err != nil {
			return err
		}
		if err := tx.SaveConversation(*v); err != nil {
			return err
		}
		err := change(tx, v, m)
		if errors.Is(err, store.ErrNotFound) {
			return desk.Errorf(desk.Conflict, "message %d is %s: it is not held back any more", id, m.Status)
		}
		return err
	})
}

// Reschedule implements desk.Schedule.
func (h *Host) Reschedule(ctx context.Context, who desk.Actor, id chat.MessageID, at time.Time) error {
	return h.onHeld(ctx, who, id, "message.reschedule", func(tx *store.Tx, v *chat.Conversation, m chat.Message) error {
		out, err := letter(tx, *v, m)
		if err != nil {
			return err
		}
		if err := ahead(at, tx.Now(), out); err != nil {
			return err
		}
		return tx.Reschedule(m, at, out.SendBefore)
	})
}

// SendNow implements desk.Schedule.
func (h *Host) SendNow(ctx context.Context, who desk.Actor, id chat.MessageID) error {
	return h.onHeld(ctx, who, id, "message.send_now", func(tx *store.Tx, v *chat.Conversation, m chat.Message) error {
		if _, err := letter(tx, *v, m); err != nil {
			return err
		}
		return letGo(tx, v, m)
	})
}

// Withdraw implements desk.Schedule.
func (h *Host) Withdraw(ctx context.Context, who desk.Actor, id chat.MessageID, draftOf chat.ConversationID) (d desk.Draft, err error) {
	err = h.onHeld(ctx, who, id, "message.withdraw", func(tx *store.Tx, _ *chat.Conversation, m chat.Message) error {
		if err := tx.Withdraw(m); err != nil || draftOf == 0 {
			return err
		}
		if _, err := tx.Conversation(draftOf); errors.Is(err, store.ErrNotFound) {
			return desk.Errorf(desk.NotFound, "conversation %d, for the draft", draftOf)
		} else if err != nil {
			return err
		}
		if err := tx.BeginDraft(who.Agent, draftOf, m.Text); err != nil {
			return err
		}
		d.Text, d.At, err = tx.Draft(who.Agent, draftOf)
		return err
	})
	return d, err
}

// letGo releases an answer that is held back. One that was scheduled answers the
// customer with it. store.ErrNotFound.
func letGo(tx *store.Tx, v *chat.Conversation, m chat.Message) error {
	m, scheduled, err := tx.Release(m.ID)
	if err != nil || !scheduled {
		return err
	}
	v.LastAt = m.At
	return answered(tx, v, desk.Actor{Agent: staff.AgentID(m.AgentID)})
}

// releaseHeld lets go what leaves at its moment, answers and questions for a rating,
// until ctx ends.
func (h *Host) releaseHeld(ctx context.Context) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-h.held:
		case <-timer.C:
		}
		next, err := h.release(ctx)
		switch {
		case err != nil && ctx.Err() != nil:
			return nil
		case err != nil:
			h.log.Error("Answers that are held back not let go", "error", err)
			timer.Reset(heldAgain)
		case next.IsZero():
			timer.Reset(maxHeldSleep)
		default:
			timer.Reset(min(max(0, next.Sub(h.now())), maxHeldSleep))
		}
	}
}

// release lets go what is due, ends what is too late, and returns when there is
// something to do next.
func (h *Host) release(ctx context.Context) (next time.Time, err error) {
	late := false
	err = h.db.Update(ctx, func(tx *store.Tx) error {
		late = false
		due, err := tx.Due()
		if err != nil {
			return err
		}
		for _, id := range due {
			m, err := tx.Message(id)
			if err != nil {
				return err
			}
			v, err := tx.Conversation(m.Conversation)
			if err != nil {
				return err
			}
			if err := letGo(tx, &v, m); err != nil {
				return err
			}
		}
		if err := h.askRatings(tx); err != nil {
			return err
		}
		if next, err = tx.NextHeld(); err != nil {
			return err
		}
		late = !next.IsZero() && !next.After(tx.Now())
		asks, err := tx.NextRating()
		if next.IsZero() || !asks.IsZero() && asks.Before(next) {
			next = asks
		}
		return err
	})
	if err != nil || !late {
		return next, err
	}
	// What nobody allowed to leave while the window was open.
	_, err = h.db.OutboxExpire(ctx, h.now())
	return h.now(), err
}

// wakeHeld has what is held back looked at. It does not block.
func (h *Host) wakeHeld() {
	select {
	case h.held <- struct{}{}:
	default: // one look is pending already
	}
}
