package host

import (
	"context"
	"errors"
	"fmt"

	"shopbell/core/desk"
	"shopbell/core/outbox"
	"shopbell/core/staff"
	"shopbell/core/store"
)

// Health implements desk.Connection.
func (h *Host) Health(ctx context.Context, who desk.Actor) (state desk.Health, err error) {
	if err := h.allow(ctx, who, staff.SeeConnection, "connection.see", "connection"); err != nil {
		return state, err
	}
	state = desk.Health{State: desk.ConnectionNone, Sandbox: h.o.Sandbox, RulesBroken: h.stored.broken.Load()}
	err = h.db.View(ctx, func(r *store.Reader) error {
		if state.Channel, err = h.channel(r); err != nil {
			return err
		}
		if state.Waiting, state.Unknown, err = r.OutboxCounts(); err != nil {
			return err
		}
		state.Parked, err = r.ParkedCount()
		return err
	})
	if err != nil {
		return state, fault(err)
	}
	switch l := h.line.Load(); {
	case l != nil:
		state.State, state.Code = connectionOf(l.sender.State())
	case state.Channel.ID != 0:
		state.State = desk.ConnectionNoKey
	}
	if h.full.Load() {
		state.State = desk.ConnectionFull
	}
	return state, nil
}

// connectionOf is the worst that the outbox knows.
func connectionOf(s outbox.State) (state desk.ConnectionState, code int) {
	state = desk.ConnectionOK
	for _, c := range s.Channels {
		switch {
		case c.Condition == outbox.Refused:
			state, code = desk.ConnectionRefused, c.Code
		case c.Condition == outbox.Offline && state == desk.ConnectionOK:
			state = desk.ConnectionOffline
		}
	}
	if errors.Is(s.Ledger, store.ErrFull) {
		return desk.ConnectionFull, 0
	}
	return state, code
}

// TryNow implements desk.Connection.
func (h *Host) TryNow(ctx context.Context, who desk.Actor) error {
	if err := h.allow(ctx, who, staff.Answer, "connection.try_now", "connection"); err != nil {
		return err
	}
	if l := h.line.Load(); l != nil {
		l.sender.TryNow()
	}
	h.wakeHeld()
	return fault(h.probe(ctx))
}

// Parked implements desk.Connection.
func (h *Host) Parked(ctx context.Context, who desk.Actor) ([]desk.ParkedEvent, error) {
	if err := h.allow(ctx, who, staff.EditConnection, "events.see_parked", "events"); err != nil {
		return nil, err
	}
	items, err := h.db.ParkedItems(ctx)
	list := make([]desk.ParkedEvent, 0, len(items))
	for _, p := range items {
		list = append(list, desk.ParkedEvent{ID: p.ID, At: p.At, Error: p.Error, Tries: p.Tries})
	}
	return list, fault(err)
}

// Replay implements desk.Connection.
func (h *Host) Replay(ctx context.Context, who desk.Actor, id int64) error {
	subject := fmt.Sprintf("event:%d", id)
	if err := h.allow(ctx, who, staff.EditConnection, "events.replay", subject); err != nil {
		return err
	}
	return fault(h.db.Update(ctx, func(tx *store.Tx) error {
		if err := tx.Replay(id); err != nil {
			return err
		}
		return tx.Audit(done(who, "events.replay", subject))
	}))
}
