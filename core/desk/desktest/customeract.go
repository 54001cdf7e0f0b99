package desktest

import (
	"cmp"
	"context"
	"slices"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

var _ desk.Customers = (*Fake)(nil)

// change runs a change of one customer by a person, and tells of it.
func (f *Fake) change(ctx context.Context, who desk.Actor, method string, id chat.ContactID, do func(*customer) error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, method); err != nil {
		return err
	}
	c, err := f.person(id)
	if err != nil {
		return err
	}
	if err := do(c); err != nil {
		return err
	}
	c.ChangedAt, c.ChangedBy, c.ChangedByName = f.Now(), who.Agent, who.Name
	f.show(c)
	return nil
}

// show brings the rows of a customer's conversations up to date, and tells of both.
// The caller holds mu.
func (f *Fake) show(c *customer) {
	d, _ := f.whole(c)
	c.Contact.Name = cmp.Or(c.Profile.Name, c.Contact.ProfileName)
	for _, own := range f.identities(c) {
		for _, v := range f.convs {
			if v.Contact.Identity == own.Contact.Identity {
				v.Contact.ID, v.Contact.Name = c.Contact.ID, c.Contact.Name
				v.Contact.OptedOut, v.Contact.Blocked = d.Contact.OptedOut, d.Contact.Blocked
				f.announce(desk.EventConversation, v.ID, 0)
			}
		}
	}
	f.tell(desk.Event{Kind: desk.EventCustomer, Customer: c.Contact.ID})
}

// NewCustomer keeps the contract of desk.Customers.
func (f *Fake) NewCustomer(ctx context.Context, who desk.Actor, phone string, p chat.Profile) (chat.ContactID, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "NewCustomer"); err != nil {
		return 0, err
	}
	p, err := p.Tidy()
	if err != nil {
		return 0, unfit(err)
	}
	digits := chat.Digits(phone)
	if len(digits) < 8 {
		return 0, &desk.Error{Code: desk.Invalid, Field: "phone"}
	}
	last := chat.ContactID(1000) // beside those of Add
	for id, c := range f.people() {
		last = max(last, id)
		if chat.PhoneKey(c.Contact.Phone) == chat.PhoneKey(digits) {
			root, err := f.person(id)
			if err != nil {
				return 0, err
			}
			return root.Contact.ID, desk.Errorf(desk.Conflict, "customer %d has this number", root.Contact.ID)
		}
	}
	c := &customer{Customer: desk.Customer{
		Contact: chat.Contact{
			ID: last + 1, Identity: last + 1, Phone: digits, Address: chat.Address{Kind: chat.AliasPhone, Value: digits}, FirstAt: f.Now(), CreatedAt: f.Now(),
		},
		Profile: p, ChangedAt: f.Now(), ChangedBy: who.Agent, ChangedByName: who.Name,
	}}
	f.customers[c.Contact.ID] = c
	f.show(c)
	return c.Contact.ID, nil
}

// SaveProfile keeps the contract of desk.Customers.
func (f *Fake) SaveProfile(ctx context.Context, who desk.Actor, id chat.ContactID, p chat.Profile) error {
	return f.change(ctx, who, "SaveProfile", id, func(c *customer) (err error) {
		p, err = p.Tidy()
		if err == nil {
			c.Profile = p
		}
		return unfit(err)
	})
}

// ChangeLabels keeps the contract of desk.Customers.
func (f *Fake) ChangeLabels(ctx context.Context, who desk.Actor, id chat.ContactID, change desk.LabelChange) (made desk.LabelChange, err error) {
	err = f.change(ctx, who, "ChangeLabels", id, func(c *customer) (err error) {
		had, _ := f.whole(c)
		if _, made, err = change.Apply(had.Labels); err != nil {
			made = desk.LabelChange{}
			return unfit(err)
		}
		for _, own := range f.identities(c) {
			own.Labels = slices.DeleteFunc(slices.Clone(own.Labels), func(l string) bool { return slices.Contains(made.Remove, l) })
		}
		c.Labels = append(c.Labels, made.Add...)
		return nil
	})
	return made, err
}

// SetOptedOut keeps the contract of desk.Customers.
func (f *Fake) SetOptedOut(ctx context.Context, who desk.Actor, id chat.ContactID, out bool) error {
	return f.change(ctx, who, "SetOptedOut", id, func(c *customer) error {
		if c.OptedOutAt.IsZero() == out {
			c.OptedOutAt = f.nowIf(out)
		}
		return nil
	})
}

// SetBlocked keeps the contract of desk.Customers.
func (f *Fake) SetBlocked(ctx context.Context, who desk.Actor, id chat.ContactID, blocked bool) error {
	return f.change(ctx, who, "SetBlocked", id, func(c *customer) error {
		if c.BlockedAt.IsZero() == blocked {
			c.BlockedAt = f.nowIf(blocked)
		}
		for _, v := range f.convs {
			if blocked && v.Contact.ID == c.Contact.ID {
				v.WaitingSince, v.Unread = f.nowIf(false), 0
			}
		}
		return nil
	})
}

// AddOrder keeps the contract of desk.Customers.
func (f *Fake) AddOrder(ctx context.Context, who desk.Actor, id chat.ContactID, o desk.OrderDraft) (made desk.OrderID, err error) {
	err = f.change(ctx, who, "AddOrder", id, func(c *customer) error {
		o, err := o.Tidy()
		if err != nil {
			return err
		}
		owner := c
		if o.Conversation != 0 {
			v, err := f.find(o.Conversation)
			if err != nil {
				return err
			}
			if v.Contact.ID != c.Contact.ID {
				return desk.Errorf(desk.NotFound, "conversation %d is not customer %d's", v.ID, c.Contact.ID)
			}
			owner = f.people()[v.Contact.Identity]
		}
		f.currency = cmp.Or(f.currency, o.Currency)
		f.lastOrder++
		made = f.lastOrder
		order := desk.Order{
			ID: made, Conversation: o.Conversation, Number: o.Number, Title: o.Title, Money: o.Money, At: f.Now(), By: who.Agent, ByName: who.Name,
		}
		if o.Paid {
			order.PaidAt, order.PaidBy = f.Now(), who.Agent
		}
		owner.orders = append(owner.orders, order)
		return nil
	})
	return made, err
}

// SetPaid keeps the contract of desk.Customers.
func (f *Fake) SetPaid(ctx context.Context, who desk.Actor, id desk.OrderID, paid bool) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "SetPaid"); err != nil {
		return err
	}
	for _, c := range f.people() {
		for i := range c.orders {
			o := &c.orders[i]
			if o.ID != id {
				continue
			}
			if o.PaidAt.IsZero() == paid {
				o.PaidAt, o.PaidBy = f.nowIf(paid), who.Agent
			}
			root, err := f.person(c.Contact.ID)
			if err == nil {
				f.show(root)
			}
			return err
		}
	}
	return desk.Errorf(desk.NotFound, "order %d", id)
}

// Duplicates keeps the contract of desk.Customers.
func (f *Fake) Duplicates(ctx context.Context, _ desk.Actor) (list []desk.Duplicate, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "Duplicates"); err != nil {
		return nil, err
	}
	var people []chat.Likeness
	for id, c := range f.people() {
		if c.into == nil {
			people = append(people, chat.Likeness{
				ID: id, Name: c.Contact.Name, Phone: c.Contact.Phone, Email: c.Email, Address: c.Address, FirstAt: c.Contact.FirstAt,
			})
		}
	}
	for p := range chat.FindSame(people) {
		a, b := f.customers[p.A], f.customers[p.B]
		if len(list) < desk.MaxDuplicates && !slices.Contains(a.apart, p.B) {
			list = append(list, desk.Duplicate{A: f.rowOf(a), B: f.rowOf(b), Reasons: p.Reasons, Digits: p.Digits})
		}
	}
	return list, nil
}

// NotSame keeps the contract of desk.Customers.
func (f *Fake) NotSame(ctx context.Context, who desk.Actor, a, b chat.ContactID) error {
	return f.change(ctx, who, "NotSame", a, func(one *customer) error {
		other, err := f.person(b)
		if err == nil {
			one.apart, other.apart = append(one.apart, other.Contact.ID), append(other.apart, one.Contact.ID)
		}
		return err
	})
}

// Merge keeps the contract of desk.Customers.
func (f *Fake) Merge(ctx context.Context, who desk.Actor, choice desk.MergeChoice) (id desk.MergeID, err error) {
	err = f.change(ctx, who, "Merge", choice.Stays, func(stays *customer) error {
		goes, err := f.person(choice.Goes)
		switch {
		case err != nil:
			return err
		case choice.Goes == choice.Stays:
			return &desk.Error{Code: desk.Invalid, Field: "goes"}
		case goes.Contact.ID != choice.Goes || stays.Contact.ID != choice.Stays:
			return desk.Errorf(desk.Conflict, "one of customers %d and %d was merged", choice.Stays, choice.Goes)
		}
		m := &merge{goes: goes, before: map[chat.ProfileField]string{}, after: map[chat.ProfileField]string{}}
		for _, field := range choice.Take {
			to, from := stays.Profile.Field(field), goes.Profile.Field(field)
			if to == nil {
				return &desk.Error{Code: desk.Invalid, Field: "take"}
			}
			m.before[field] = *to
			*to = *from
			if field == chat.FieldName {
				*to = goes.Contact.Name
			}
			m.after[field] = *to
		}
		if stays.OptedOutAt.IsZero() {
			stays.OptedOutAt = goes.OptedOutAt
		}
		if stays.BlockedAt.IsZero() {
			stays.BlockedAt = goes.BlockedAt
		}
		f.lastMerge++
		id = f.lastMerge
		m.MergeRecord = desk.MergeRecord{
			ID: id, Goes: goes.Contact.ID, Name: goes.Contact.DisplayName(), At: f.Now(), By: who.Agent, ByName: who.Name, Until: f.Now().Add(desk.UndoMergeWithin),
		}
		goes.into, stays.merges = stays, append(stays.merges, m)
		return nil
	})
	return id, err
}

// UndoMerge keeps the contract of desk.Customers. Of who opted out or was blocked it
// keeps what stands on who stayed.
func (f *Fake) UndoMerge(ctx context.Context, _ desk.Actor, id desk.MergeID) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "UndoMerge"); err != nil {
		return err
	}
	for _, stays := range f.people() {
		i := slices.IndexFunc(stays.merges, func(m *merge) bool { return m.ID == id })
		if i < 0 {
			continue
		}
		m := stays.merges[i]
		if !f.Now().Before(m.Until) {
			return desk.Errorf(desk.Conflict, "merge %d cannot be undone any more", id)
		}
		root, err := f.person(stays.Contact.ID)
		if err != nil {
			return err
		}
		for field, before := range m.before {
			if at := stays.Profile.Field(field); *at == m.after[field] {
				*at = before
			}
		}
		m.goes.into = nil
		stays.merges = slices.Delete(stays.merges, i, i+1)
		f.show(m.goes)
		f.show(root)
		return nil
	}
	if id > 0 && id <= f.lastMerge {
		return desk.Errorf(desk.Conflict, "merge %d was undone", id)
	}
	return desk.Errorf(desk.NotFound, "merge %d", id)
}
