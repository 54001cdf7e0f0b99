package customers

import (
	"context"
	"maps"
	"slices"
	"time"

	"shopbell/app/live"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

const (
	pageSize    = 50
	searchAfter = 250 * time.Millisecond // after the last key of a search
)

// looked is what is asked for, without the page.
type looked struct {
	search       string
	label        string
	language     string
	within       time.Duration
	spentAtLeast int64
	noOrder      bool
	sort         desk.CustomerSort
	reverse      bool
}

// query asks for a page of it.
func (l looked) query(after string, limit int) desk.CustomerQuery {
	q := desk.CustomerQuery{
		Search: l.search, Language: l.language, WroteWithin: l.within, SpentAtLeast: l.spentAtLeast, NoOrder: l.noOrder,
		Sort: l.sort, Reverse: l.reverse, After: after, Limit: limit,
	}
	if l.label != "" {
		q.Labels = []string{l.label}
	}
	return q
}

// filtered reports whether something narrows the list.
func (l looked) filtered() bool {
	l.sort, l.reverse = "", false
	return l != looked{}
}

// person is one customer with the newest of their past.
type person struct {
	desk.Customer
	chats  []chat.Conversation
	before chat.ConversationID // of the chats' next page; 0: there is none
	orders []desk.Order
	older  desk.OrderID // of the orders' next page; 0: there is none
}

// model is what the screen shows. It belongs to the UI thread.
type model struct {
	Deps
	asked  looked
	typed  string // in the search; asked may be behind
	typing *live.Debounce
	pages  *live.Task[desk.CustomerPage] // all loaded pages in one
	more   bool                          // a further page is on its way
	ticked map[chat.ContactID]bool
	at     chat.ContactID // who is shown beside the list; 0: nobody
	one    *live.Task[person]
	same   *live.Task[[]desk.Duplicate]
	labels *live.Task[[]desk.Label]
}

// newModel makes the model; list and panel are called when there is something to draw.
func newModel(d Deps, list, panel func()) *model {
	m := &model{Deps: d, asked: looked{sort: desk.SortLastContact}, ticked: map[chat.ContactID]bool{}}
	m.pages = live.NewTask(d.Scope, func(p desk.CustomerPage) bool { return len(p.Rows) == 0 }, func(live.State[desk.CustomerPage]) { list() })
	m.one = live.NewTask(d.Scope, nil, func(live.State[person]) { panel() })
	m.same = live.NewTask(d.Scope, nil, func(live.State[[]desk.Duplicate]) { list() })
	m.labels = live.NewTask(d.Scope, nil, func(live.State[[]desk.Label]) { panel() })
	m.typing = live.NewDebounce(d.Scope, searchAfter, func() { m.look(func(l *looked) { l.search = m.typed }) })
	return m
}

// look asks for something else.
func (m *model) look(change func(*looked)) {
	asked := m.asked
	change(&asked)
	if asked == m.asked {
		return
	}
	m.asked, m.more = asked, false
	clear(m.ticked)
	m.pages.Forget()
	m.pages.Load(m.load(pageSize))
}

// typeSearch takes each change of the search field and looks when typing pauses.
func (m *model) typeSearch(text string) {
	m.typed = text
	m.typing.Trigger()
}

// refresh loads everything again.
func (m *model) refresh() {
	m.refreshShown()
	m.labels.Refresh(func(ctx context.Context) ([]desk.Label, error) { return m.Desk.Labels(ctx, m.Who) })
	if m.mayMerge() {
		m.same.Refresh(func(ctx context.Context) ([]desk.Duplicate, error) { return m.Desk.Duplicates(ctx, m.Who) })
	}
}

// refreshShown loads again as much as is shown of the list, and who stands beside it.
// It leaves out whom the desk reads all customers for.
func (m *model) refreshShown() {
	m.pages.Refresh(m.load(max(pageSize, len(m.rows()))))
	if m.at != 0 {
		m.one.Refresh(m.loadOne(m.at))
	}
}

// rows are the loaded customers in the order of the list.
func (m *model) rows() []desk.CustomerRow { return m.pages.State().Value.Rows }

// load returns a loader of the first pages, at least want rows if there are as many.
func (m *model) load(want int) func(ctx context.Context) (desk.CustomerPage, error) {
	asked := m.asked
	return func(ctx context.Context) (desk.CustomerPage, error) {
		all, err := m.Desk.Customers(ctx, m.Who, asked.query("", min(want, 200)))
		for err == nil && all.Next != "" && len(all.Rows) < want {
			var page desk.CustomerPage
			page, err = m.Desk.Customers(ctx, m.Who, asked.query(all.Next, min(want-len(all.Rows), 200)))
			all.Rows, all.Next = live.AppendNew(all.Rows, page.Rows, rowID), page.Next
		}
		return all, err
	}
}

func rowID(r desk.CustomerRow) chat.ContactID { return r.Contact.ID }

// loadMore adds the next page. It may be called at each scroll step.
func (m *model) loadMore() {
	shown := m.pages.State().Value
	if m.more || shown.Next == "" {
		return
	}
	m.more = true
	asked := m.asked
	var page desk.CustomerPage
	m.Scope.Do(func(ctx context.Context) (err error) {
		page, err = m.Desk.Customers(ctx, m.Who, asked.query(shown.Next, pageSize))
		return err
	}, func(err error) {
		now := m.pages.State().Value
		if asked != m.asked {
			return // something else is asked for by now
		}
		m.more = false
		if err != nil {
			m.explain(err)
			return
		}
		if now.Next != shown.Next {
			return // the list was loaded anew meanwhile: the cursor is from before
		}
		now.Rows, now.Next = live.AppendNew(slices.Clone(now.Rows), page.Rows, rowID), page.Next
		m.pages.Change(now)
	})
}

// show puts a customer beside the list; 0: nobody.
func (m *model) show(id chat.ContactID) {
	m.at = id
	m.one.Forget()
	if id != 0 {
		m.one.Load(m.loadOne(id))
	}
}

func (m *model) loadOne(id chat.ContactID) func(ctx context.Context) (person, error) {
	return func(ctx context.Context) (p person, err error) {
		if p.Customer, err = m.Desk.Customer(ctx, m.Who, id); err != nil {
			return p, err
		}
		chats, err := m.Desk.CustomerChats(ctx, m.Who, id, 0, 0)
		if err != nil {
			return p, err
		}
		orders, err := m.Desk.CustomerOrders(ctx, m.Who, id, 0, 0)
		p.chats, p.before, p.orders, p.older = chats.Rows, chats.Next, orders.Orders, orders.Next
		return p, err
	}
}

// earlier adds the next page of one part of the shown customer's past.
func (m *model) earlier(load func(ctx context.Context, p *person) error) {
	p, id := m.one.State().Value, m.at
	m.Scope.Do(func(ctx context.Context) error { return load(ctx, &p) }, func(err error) {
		switch {
		case err != nil:
			m.explain(err)
		case id == m.at:
			m.one.Change(p)
		}
	})
}

func (m *model) earlierChats() {
	m.earlier(func(ctx context.Context, p *person) error {
		page, err := m.Desk.CustomerChats(ctx, m.Who, p.Contact.ID, p.before, 0)
		p.chats, p.before = slices.Concat(p.chats, page.Rows), page.Next
		return err
	})
}

func (m *model) earlierOrders() {
	m.earlier(func(ctx context.Context, p *person) error {
		page, err := m.Desk.CustomerOrders(ctx, m.Who, p.Contact.ID, p.older, 0)
		p.orders, p.older = slices.Concat(p.orders, page.Orders), page.Next
		return err
	})
}

// do makes a change, shows it, and calls done once it is made.
func (m *model) do(change func(ctx context.Context) error, done func()) {
	m.Scope.Do(change, func(err error) {
		m.refresh()
		if err != nil {
			m.explain(err)
			return
		}
		done()
	})
}

// undoable makes a change and offers to take it back.
func (m *model) undoable(text string, change, back func(ctx context.Context) error) {
	m.do(change, func() { m.Say(text, func() { m.do(back, func() {}) }) })
}

// tick chooses a customer, or no more.
func (m *model) tick(id chat.ContactID, on bool) {
	if on {
		m.ticked[id] = true
	} else {
		delete(m.ticked, id)
	}
}

// chosen are the ticked customers.
func (m *model) chosen() []chat.ContactID { return slices.Sorted(maps.Keys(m.ticked)) }

// relabel changes the labels of a customer.
func (m *model) relabel(text string, c desk.Customer, labels []string) {
	set := func(to []string) func(ctx context.Context) error {
		return func(ctx context.Context) error { return m.Desk.SetLabels(ctx, m.Who, c.Contact.ID, to) }
	}
	m.undoable(text, set(labels), set(c.Labels))
}

// labelAll gives a label to all who are ticked, and takes it back from those who had
// it not.
func (m *model) labelAll(label string, text func(n int) string) {
	ids := m.chosen()
	var given []desk.Customer
	m.do(func(ctx context.Context) error {
		for _, id := range ids {
			c, err := m.Desk.Customer(ctx, m.Who, id)
			if err != nil {
				return err
			}
			if slices.Contains(c.Labels, label) {
				continue
			}
			if err := m.Desk.SetLabels(ctx, m.Who, id, append(slices.Clone(c.Labels), label)); err != nil {
				return err
			}
			given = append(given, c)
		}
		return nil
	}, func() {
		m.Say(text(len(ids)), func() {
			m.do(func(ctx context.Context) error {
				for _, c := range given {
					if err := m.Desk.SetLabels(ctx, m.Who, c.Contact.ID, c.Labels); err != nil {
						return err
					}
				}
				return nil
			}, func() {})
		})
	})
}
