package host

import (
	"context"
	"errors"
	"fmt"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
	"shopbell/core/store"
)

// changeCustomer runs a change of one customer by a person: permission, then one
// transaction with the change and its audit.
func (h *Host) changeCustomer(ctx context.Context, who desk.Actor, p staff.Permission, action string, id chat.ContactID,
	change func(*store.Tx, chat.ContactID) error,
) error {
	if err := h.allow(ctx, who, p, action, customerSubject(id)); err != nil {
		return err
	}
	return customerFault(h.db.Update(ctx, func(tx *store.Tx) error {
		person, err := tx.Person(id)
		if err != nil {
			return err
		}
		if err := change(tx, person); err != nil {
			return err
		}
		return tx.Audit(done(who, action, customerSubject(person)))
	}))
}

// customerFault is fault for what can go wrong with customers.
func customerFault(err error) error {
	if e, ok := errors.AsType[*chat.ProfileError](err); ok {
		return &desk.Error{Code: desk.Invalid, Field: string(e.Field), Limit: e.Limit, Err: e}
	}
	for _, conflict := range []error{store.ErrKnown, store.ErrMerged, store.ErrUndone} {
		if errors.Is(err, conflict) {
			return &desk.Error{Code: desk.Conflict, Err: err}
		}
	}
	return fault(err)
}

// NewCustomer implements desk.Customers.
func (h *Host) NewCustomer(ctx context.Context, who desk.Actor, phone string, p chat.Profile) (id chat.ContactID, err error) {
	const action = "customer.add"
	if err := h.allow(ctx, who, staff.Answer, action, customersSubject); err != nil {
		return 0, err
	}
	digits, err := chat.Number(phone, "")
	if err != nil {
		return 0, invalid("phone", err)
	}
	if p, err = p.Tidy(); err != nil {
		return 0, customerFault(err)
	}
	err = h.db.Update(ctx, func(tx *store.Tx) error {
		if id, err = tx.AddCustomer(digits, p, who.Agent); err != nil {
			return err
		}
		return tx.Audit(done(who, action, customerSubject(id)))
	})
	return id, customerFault(err)
}

// SaveProfile implements desk.Customers.
func (h *Host) SaveProfile(ctx context.Context, who desk.Actor, id chat.ContactID, p chat.Profile) error {
	return h.changeCustomer(ctx, who, staff.Answer, "customer.profile", id, func(tx *store.Tx, person chat.ContactID) error {
		p, err := p.Tidy()
		if err != nil {
			return err
		}
		return tx.SaveProfile(person, p, who.Agent)
	})
}

// ChangeLabels implements desk.Customers.
func (h *Host) ChangeLabels(ctx context.Context, who desk.Actor, id chat.ContactID, c desk.LabelChange) (made desk.LabelChange, err error) {
	err = h.changeCustomer(ctx, who, staff.Answer, "customer.label", id, func(tx *store.Tx, person chat.ContactID) (err error) {
		made, err = tx.ChangeLabels(person, c, who.Agent)
		return err
	})
	return made, err
}

// SetOptedOut implements desk.Customers.
func (h *Host) SetOptedOut(ctx context.Context, who desk.Actor, id chat.ContactID, out bool) error {
	return h.switchCustomer(ctx, who, map[bool]string{true: "customer.opt_out", false: "customer.opt_in"}, id, out, (*store.Tx).SetOptedOut)
}

// SetBlocked implements desk.Customers.
func (h *Host) SetBlocked(ctx context.Context, who desk.Actor, id chat.ContactID, blocked bool) error {
	return h.switchCustomer(ctx, who, map[bool]string{true: "customer.block", false: "customer.unblock"}, id, blocked, (*store.Tx).SetBlocked)
}

// switchCustomer sets what is either so of a customer or not; each has an action.
func (h *Host) switchCustomer(ctx context.Context, who desk.Actor, actions map[bool]string, id chat.ContactID, on bool,
	set func(*store.Tx, chat.ContactID, bool, staff.AgentID) error,
) error {
	return h.changeCustomer(ctx, who, staff.Answer, actions[on], id, func(tx *store.Tx, person chat.ContactID) error {
		return set(tx, person, on, who.Agent)
	})
}

// AddOrder implements desk.Customers.
func (h *Host) AddOrder(ctx context.Context, who desk.Actor, id chat.ContactID, o desk.OrderDraft) (made desk.OrderID, err error) {
	err = h.changeCustomer(ctx, who, staff.Answer, "order.add", id, func(tx *store.Tx, person chat.ContactID) error {
		tidy, err := o.Tidy()
		if err != nil {
			return err
		}
		made, err = tx.AddOrder(person, tidy, who.Agent)
		return err
	})
	return made, err
}

// SetPaid implements desk.Customers.
func (h *Host) SetPaid(ctx context.Context, who desk.Actor, id desk.OrderID, paid bool) error {
	action, subject := "order.unpaid", fmt.Sprintf("order:%d", id)
	if paid {
		action = "order.paid"
	}
	if err := h.allow(ctx, who, staff.Answer, action, subject); err != nil {
		return err
	}
	return fault(h.db.Update(ctx, func(tx *store.Tx) error {
		if err := tx.SetPaid(id, paid, who.Agent); err != nil {
			return err
		}
		return tx.Audit(done(who, action, subject))
	}))
}

// NotSame implements desk.Customers.
func (h *Host) NotSame(ctx context.Context, who desk.Actor, a, b chat.ContactID) error {
	return h.changeCustomer(ctx, who, staff.MergeCustomers, "customer.not_same", a, func(tx *store.Tx, person chat.ContactID) error {
		other, err := tx.Person(b)
		if err != nil {
			return err
		}
		return tx.NotSame(person, other)
	})
}

// Merge implements desk.Customers.
func (h *Host) Merge(ctx context.Context, who desk.Actor, m desk.MergeChoice) (id desk.MergeID, err error) {
	err = h.changeCustomer(ctx, who, staff.MergeCustomers, "customer.merge", m.Stays, func(tx *store.Tx, _ chat.ContactID) error {
		if m.Stays == m.Goes {
			return invalid("goes", fmt.Errorf("both are customer %d", m.Goes))
		}
		for _, f := range m.Take {
			if new(chat.Profile).Field(f) == nil {
				return invalid("take", fmt.Errorf("a profile has no field %q", f))
			}
		}
		id, err = tx.Merge(m, who.Agent)
		return err
	})
	return id, err
}

// UndoMerge implements desk.Customers.
func (h *Host) UndoMerge(ctx context.Context, who desk.Actor, id desk.MergeID) error {
	const action = "customer.unmerge"
	subject := fmt.Sprintf("merge:%d", id)
	if err := h.allow(ctx, who, staff.MergeCustomers, action, subject); err != nil {
		return err
	}
	return customerFault(h.db.Update(ctx, func(tx *store.Tx) error {
		if err := tx.UndoMerge(id, tx.Now().Add(-desk.UndoMergeWithin), who.Agent); err != nil {
			return err
		}
		return tx.Audit(done(who, action, subject))
	}))
}
