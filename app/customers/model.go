package customers

import (
	"context"
	"maps"
	"slices"
	"time"

	"shopbell/app/live"
	"shopbell/app/person"
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

// model is what the screen shows. It belongs to the UI thread.
type model struct {
	Deps
	asked  looked
	typed  string // in the search; asked may be behind
	typing *live.Debounce
	pages  *live.Task[desk.CustomerPage] // all loaded pages in one
	more   bool                          // a further page is on its way
	ticked map[chat.ContactID]bool
	one    person.Parts // who is shown beside the list
	same   *live.Task[[]desk.Duplicate]
}

// newModel makes the model; list and panel are called when there is something to draw.
func newModel(d Deps, list, panel func()) *model {
	m := &model{Deps: d, asked: looked{sort: desk.SortLastContact}, ticked: map[chat.ContactID]bool{}}
	m.one = person.Parts{Model: person.NewModel(person.Deps{
		Desk: d.Desk, Who: d.Who, Words: d.Words, Scope: d.Scope, Chats: d.Chats, Say: d.Say, Done: d.Done, Explain: d.explain, Menu: d.Menu,
		Float: d.Float, OpenChat: d.OpenChat, SendKeys: d.SendKeys, Barred: d.barred(),
	}, panel, m.refresh)}
	m.pages = live.NewTask(d.Scope, func(p desk.CustomerPage) bool { return len(p.Rows) == 0 }, func(live.State[desk.CustomerPage]) { list() })
	m.same = live.NewTask(d.Scope, nil, func(live.State[[]desk.Duplicate]) { list() })
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
	m.one.RefreshLabels()
	if m.mayMerge() {
		m.same.Refresh(func(ctx context.Context) ([]desk.Duplicate, error) { return m.Desk.Duplicates(ctx, m.Who) })
	}
}

// refreshShown loads again as much as is shown of the list, and who stands beside it.
// It leaves out whom the desk reads all customers for.
func (m *model) refreshShown() {
	m.pages.Refresh(m.load(max(pageSize, len(m.rows()))))
	m.one.Refresh()
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

// labelAll gives a label to all who are ticked, and takes it back from those who had
// it not.
func (m *model) labelAll(label string, text func(n int) string) {
	ids := m.chosen()
	given := map[chat.ContactID]desk.LabelChange{}
	m.one.Do(func(ctx context.Context) error {
		for _, id := range ids {
			made, err := m.Desk.ChangeLabels(ctx, m.Who, id, desk.LabelChange{Add: []string{label}})
			if err != nil {
				return err
			}
			given[id] = made
		}
		return nil
	}, func() {
		m.Say(text(len(ids)), func() {
			m.one.Do(func(ctx context.Context) error {
				for id, made := range given {
					if _, err := m.Desk.ChangeLabels(ctx, m.Who, id, made.Reverse()); err != nil {
						return err
					}
				}
				return nil
			}, func() {})
		})
	})
}
