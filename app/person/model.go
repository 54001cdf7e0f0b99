package person

import (
	"context"
	"slices"

	"shopbell/app/live"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// Model is the customer who is shown. It belongs to the UI thread.
type Model struct {
	d       Deps
	at      chat.ContactID
	one     *live.Task[Person]
	labels  *live.Task[[]desk.Label]
	changed func()
}

// NewModel makes a model that shows nobody. draw is called when there is something to
// draw, and changed after each change of a customer: what is shown is to be loaded
// again.
func NewModel(d Deps, draw, changed func()) *Model {
	m := &Model{d: d, changed: changed}
	m.one = live.NewTask(d.Scope, nil, func(live.State[Person]) { draw() })
	m.labels = live.NewTask(d.Scope, nil, func(live.State[[]desk.Label]) { draw() })
	return m
}

// At is who is shown; 0: nobody.
func (m *Model) At() chat.ContactID { return m.at }

// State is what is known of who is shown.
func (m *Model) State() live.State[Person] { return m.one.State() }

// Shown is who is shown; zero until they are loaded.
func (m *Model) Shown() Person { return m.one.State().Value }

// Labels are all labels that there are.
func (m *Model) Labels() []desk.Label { return m.labels.State().Value }

// Show shows a customer; 0: nobody.
func (m *Model) Show(id chat.ContactID) {
	m.at = id
	m.one.Forget()
	if id != 0 {
		m.one.Load(m.load(id))
	}
}

// Refresh loads who is shown again.
func (m *Model) Refresh() {
	if m.at != 0 {
		m.one.Refresh(m.load(m.at))
	}
}

// RefreshLabels loads the labels that there are.
func (m *Model) RefreshLabels() {
	m.labels.Refresh(func(ctx context.Context) ([]desk.Label, error) { return m.d.Desk.Labels(ctx, m.d.Who) })
}

func (m *Model) load(id chat.ContactID) func(ctx context.Context) (Person, error) {
	return func(ctx context.Context) (p Person, err error) {
		if p.Customer, err = m.d.Desk.Customer(ctx, m.d.Who, id); err != nil {
			return p, err
		}
		visits, err := m.d.Desk.CustomerChats(ctx, m.d.Who, id, 0, 0)
		if err != nil {
			return p, err
		}
		orders, err := m.d.Desk.CustomerOrders(ctx, m.d.Who, id, 0, 0)
		p.Visits, p.Before, p.Purchases, p.Older = visits.Rows, visits.Next, orders.Orders, orders.Next
		return p, err
	}
}

// earlier loads the next page of one part of the shown customer's past. join adds it to
// what is shown by then, and says whether it belongs there.
func (m *Model) earlier(load func(ctx context.Context) error, join func(p *Person) bool) {
	id := m.at
	m.d.Scope.Do(load, func(err error) {
		p := m.Shown()
		switch {
		case err != nil:
			m.d.Explain(err)
		case id == m.at && join(&p):
			m.one.Change(p)
		}
	})
}

// EarlierVisits adds the next page of conversations.
func (m *Model) EarlierVisits() {
	id, before := m.Shown().Contact.ID, m.Shown().Before
	var page desk.CustomerChats
	m.earlier(func(ctx context.Context) (err error) {
		page, err = m.d.Desk.CustomerChats(ctx, m.d.Who, id, before, 0)
		return err
	}, func(p *Person) bool {
		if p.Before != before {
			return false // loaded anew, or the page was added already
		}
		p.Visits, p.Before = slices.Concat(p.Visits, page.Rows), page.Next
		return true
	})
}

// EarlierPurchases adds the next page of orders.
func (m *Model) EarlierPurchases() {
	id, older := m.Shown().Contact.ID, m.Shown().Older
	var page desk.OrderPage
	m.earlier(func(ctx context.Context) (err error) {
		page, err = m.d.Desk.CustomerOrders(ctx, m.d.Who, id, older, 0)
		return err
	}, func(p *Person) bool {
		if p.Older != older {
			return false // as above
		}
		p.Purchases, p.Older = slices.Concat(p.Purchases, page.Orders), page.Next
		return true
	})
}

// Do makes a change, shows it, and calls done once it is made.
func (m *Model) Do(change func(ctx context.Context) error, done func()) {
	m.d.Scope.Do(change, func(err error) {
		m.changed()
		if err != nil {
			m.d.Explain(err)
			return
		}
		done()
	})
}

// Undoable makes a change and offers to take it back.
func (m *Model) Undoable(text string, change, back func(ctx context.Context) error) {
	m.Do(change, func() { m.d.Say(text, func() { m.Do(back, func() {}) }) })
}

// Relabel adds labels to a customer, or takes some off; undone is what that changed.
func (m *Model) Relabel(text string, id chat.ContactID, c desk.LabelChange) {
	var made desk.LabelChange
	m.Undoable(text, func(ctx context.Context) (err error) {
		made, err = m.d.Desk.ChangeLabels(ctx, m.d.Who, id, c)
		return err
	}, func(ctx context.Context) error {
		_, err := m.d.Desk.ChangeLabels(ctx, m.d.Who, id, made.Reverse())
		return err
	})
}

// TogglePaid marks an order as paid, or takes that back.
func (m *Model) TogglePaid(o desk.Order) {
	paid, word := o.PaidAt.IsZero(), "customers.now_unpaid"
	if paid {
		word = "customers.now_paid"
	}
	set := func(paid bool) func(ctx context.Context) error {
		return func(ctx context.Context) error { return m.d.Desk.SetPaid(ctx, m.d.Who, o.ID, paid) }
	}
	m.Undoable(m.d.Words.T(word), set(paid), set(!paid))
}
