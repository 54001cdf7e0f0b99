package inbox

import (
	"context"
	"slices"
	"strings"
	"time"

	"shopbell/app/live"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

const (
	pageSize    = 50
	searchAfter = 250 * time.Millisecond // after the last key of a search
)

// people is the list of conversations: what is asked for, and the pages of it
// that are loaded.
type people struct {
	Deps
	filter desk.Filter
	query  string // what is looked for; typed may be ahead of it

	pages   *live.Task[desk.ListPage] // all loaded pages in one
	counts  *live.Task[desk.Counts]
	more    bool      // a further page is on its way
	counted time.Time // when the counts were asked for last
	typing  *live.Debounce
	typed   string
}

// newPeople makes the model; changed is called when there is something to draw.
func newPeople(d Deps, changed func()) *people {
	p := &people{Deps: d, filter: desk.FilterAll}
	p.pages = live.NewTask(d.Scope,
		func(page desk.ListPage) bool { return len(page.Rows) == 0 },
		func(live.State[desk.ListPage]) { changed() })
	p.counts = live.NewTask(d.Scope, nil, func(s live.State[desk.Counts]) {
		if s.Err == nil {
			d.Counted(s.Value)
		}
		changed()
	})
	p.typing = live.NewDebounce(d.Scope, searchAfter, func() { p.look(p.filter, p.typed) })
	return p
}

// rows are the loaded conversations in the order of the list.
func (p *people) rows() []chat.Conversation { return p.pages.State().Value.Rows }

// find returns the loaded row of a conversation.
func (p *people) find(id chat.ConversationID) (chat.Conversation, bool) {
	i := slices.IndexFunc(p.rows(), func(c chat.Conversation) bool { return c.ID == id })
	if i < 0 {
		return chat.Conversation{}, false
	}
	return p.rows()[i], true
}

// choose changes the filter.
func (p *people) choose(f desk.Filter) {
	if f != p.filter {
		p.look(f, p.typed)
	}
}

// typeSearch takes each change of the search field and looks when typing pauses.
func (p *people) typeSearch(text string) {
	p.typed = text
	p.typing.Trigger()
}

// searchNow looks at once for what is typed.
func (p *people) searchNow() { p.typing.Flush() }

func (p *people) look(f desk.Filter, search string) {
	p.typing.Stop()
	if f == p.filter && search == p.query {
		return
	}
	p.filter, p.query, p.more = f, search, false
	p.pages.Forget()
	p.pages.Load(p.load(pageSize))
}

// refresh loads again as much as is shown.
func (p *people) refresh() {
	p.pages.Refresh(p.load(max(pageSize, len(p.rows()))))
	p.recount()
}

// recount asks how many there are behind each filter.
func (p *people) recount() {
	p.counted = p.now()
	p.counts.Refresh(func(ctx context.Context) (desk.Counts, error) { return p.Desk.Counts(ctx, p.Who) })
}

// load returns a loader of the first pages, at least want rows if there are as
// many.
func (p *people) load(want int) func(ctx context.Context) (desk.ListPage, error) {
	q := desk.ListQuery{Filter: p.filter, Search: p.query}
	return func(ctx context.Context) (desk.ListPage, error) {
		var all desk.ListPage
		if len(strings.Fields(q.Search)) > desk.MaxSearchWords {
			return all, nil // nobody has so many names, and the desk would refuse
		}
		for {
			q.Limit = min(max(pageSize, want-len(all.Rows)), desk.MaxListPage)
			page, err := p.Desk.List(ctx, p.Who, q)
			if err != nil {
				return desk.ListPage{}, err
			}
			all.Rows = live.AppendNew(all.Rows, page.Rows, rowID)
			all.Next, q.After = page.Next, page.Next
			if page.Next == "" || len(all.Rows) >= want {
				return all, nil
			}
		}
	}
}

func rowID(c chat.Conversation) chat.ConversationID { return c.ID }

// loadMore adds the next page. It may be called at each scroll step.
func (p *people) loadMore() {
	shown := p.pages.State().Value
	if p.more || shown.Next == "" {
		return
	}
	p.more = true
	q := desk.ListQuery{Filter: p.filter, Search: p.query, After: shown.Next, Limit: pageSize}
	var page desk.ListPage
	p.Scope.Do(func(ctx context.Context) (err error) {
		page, err = p.Desk.List(ctx, p.Who, q)
		return err
	}, func(err error) {
		if q.Filter != p.filter || q.Search != p.query {
			return // something else is asked for by now
		}
		p.more = false
		if err != nil {
			p.explain(err)
			return
		}
		now := p.pages.State().Value
		if now.Next != q.After {
			return // the list was loaded anew meanwhile: the cursor is from before
		}
		p.pages.Change(desk.ListPage{Rows: live.AppendNew(slices.Clone(now.Rows), page.Rows, rowID), Next: page.Next})
	})
}

// replace puts a newer state of one row in its place, before the next refresh
// sorts it in.
func (p *people) replace(c chat.Conversation) {
	page := p.pages.State().Value
	i := slices.IndexFunc(page.Rows, func(row chat.Conversation) bool { return row.ID == c.ID })
	if i < 0 {
		return
	}
	page.Rows = slices.Clone(page.Rows)
	page.Rows[i] = c
	p.pages.Change(page)
}

// longestWait asks the desk who waits longest and is free to be answered, and
// hands the id over; zero when nobody is.
func (p *people) longestWait(found func(chat.ConversationID)) {
	var page desk.ListPage
	p.Scope.Do(func(ctx context.Context) (err error) {
		page, err = p.Desk.List(ctx, p.Who, desk.ListQuery{Filter: desk.FilterWaiting, Limit: pageSize})
		return err
	}, func(err error) {
		if err != nil {
			p.explain(err)
			return
		}
		for _, c := range page.Rows {
			if !p.heldByOther(c) {
				found(c.ID)
				return
			}
		}
		found(0)
	})
}
