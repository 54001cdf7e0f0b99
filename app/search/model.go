package search

import (
	"context"
	"maps"
	"slices"
	"time"

	"shopbell/app/live"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/find"
)

// When is how far back is looked.
type When int

// The choices of When.
const (
	AnyTime When = iota
	Week
	Month
	Year
	Today
	Dates // Filters.From to Filters.To
)

var backTo = map[When]time.Duration{Week: 7 * 24 * time.Hour, Month: 30 * 24 * time.Hour, Year: 365 * 24 * time.Hour}

// Customer is a person in whose chats alone is looked; of ID 0 it is nobody.
type Customer struct {
	ID   chat.ContactID
	Name string
}

// Filters are what a person chose besides the words: of each filter, the values that
// are ticked off. Labels are those that were ticked.
type Filters struct {
	When        When
	From, To    time.Time // the first and the last day, from their beginnings; zero: no end
	Customer    Customer
	Kinds       map[desk.HitKind]bool
	Authors     map[chat.Author]bool
	Departments map[string]bool
	States      map[chat.State]bool
	Labels      map[string]bool
}

func newFilters() Filters { return Filters{}.copied() }

// copied are the same filters, with maps of their own.
func (f Filters) copied() Filters {
	f.Kinds, f.Authors, f.Departments = copied(f.Kinds), copied(f.Authors), copied(f.Departments)
	f.States, f.Labels = copied(f.States), copied(f.Labels)
	return f
}

func copied[K comparable](m map[K]bool) map[K]bool {
	out := make(map[K]bool, len(m))
	maps.Copy(out, m)
	return out
}

// any reports whether anything is filtered.
func (f Filters) any() bool {
	return f.When != AnyTime || f.Customer.ID != 0 || len(f.Kinds)+len(f.Authors)+len(f.Departments)+len(f.States)+len(f.Labels) > 0
}

// flip ticks a value, or takes the tick off.
func flip[K comparable](of map[K]bool, v K) {
	if of[v] {
		delete(of, v)
		return
	}
	of[v] = true
}

// left returns the values that are not ticked off; none where none is.
func left[K comparable](all []K, off map[K]bool) []K {
	if len(off) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(all), func(v K) bool { return off[v] })
}

// found is what a search gave, and how long it took.
type found struct {
	desk.Found
	text string // that was looked for
	took time.Duration
	long bool // further pages were loaded
}

// model is a search on the screen. It belongs to the UI thread.
type model struct {
	Deps
	filters     Filters
	text        string
	departments []string // all that were seen with these words, in order; nil: not known yet
	labels      []string
	task        *live.Task[found]
	typing      *live.Debounce
	at          place
	savedAt     int // which of the saved searches is chosen while nothing is looked for
	changed     func()
	resting     bool // it searched a moment ago because something was said
	missed      bool // something was said since
}

// place names a hit, so that the selection stays at it.
type place struct {
	kind    desk.HitKind
	message chat.MessageID
	contact chat.ContactID
	order   string // of an order: what it says
}

func placeOf(h desk.Hit) place {
	p := place{kind: h.Kind, message: h.Message, contact: h.Contact.ID}
	if h.Kind == desk.HitOrder {
		p.order = h.Snippet.Text
	}
	return p
}

// afterTyping is how long nothing is typed until a search begins (design guide, C).
const afterTyping = 120 * time.Millisecond

func newModel(d Deps, changed func()) *model {
	m := &model{Deps: d, filters: newFilters(), changed: changed}
	m.task = live.NewTask(d.Scope, func(f found) bool { return len(f.Sections) == 0 }, func(live.State[found]) { m.arrived() })
	m.typing = live.NewDebounce(d.Scope, afterTyping, m.look)
	return m
}

// asks reports whether there is enough to look for.
func (m *model) asks() bool { return len(find.Parse(m.text).Words()) > 0 }

// typed takes what stands in the field.
func (m *model) typed(text string) {
	if text == m.text {
		return
	}
	m.text = text
	m.departments, m.labels = nil, nil
	if !m.asks() {
		m.typing.Stop()
		m.task.Forget()
		m.changed()
		return
	}
	m.typing.Trigger()
}

// query is what is looked for now. ok is false where the filters let nothing through.
func (m *model) query() (q desk.SearchQuery, ok bool) {
	q = desk.SearchQuery{
		Text: m.text, Kinds: left(desk.HitKinds, m.filters.Kinds), Authors: left(desk.SearchAuthors, m.filters.Authors),
		States: left(desk.SearchStates, m.filters.States), Departments: left(m.departments, m.filters.Departments),
		Labels: slices.Sorted(maps.Keys(m.filters.Labels)), Person: m.filters.Customer.ID,
	}
	q.From, q.To = m.span()
	empty := len(m.filters.Kinds) > 0 && len(q.Kinds) == 0 || len(m.filters.Authors) > 0 && len(q.Authors) == 0 ||
		len(m.filters.States) > 0 && len(q.States) == 0 || len(m.filters.Departments) > 0 && m.departments != nil && len(q.Departments) == 0
	return q, !empty
}

// span is from when, and until when, something was written that is looked for; zero:
// at any time.
func (m *model) span() (from, to time.Time) {
	now := m.Scope.Now()
	switch m.filters.When {
	case Today:
		year, month, day := now.In(m.Words.Zone()).Date()
		from = time.Date(year, month, day, 0, 0, 0, 0, m.Words.Zone())
	case Dates:
		if from = m.filters.From; !m.filters.To.IsZero() {
			to = m.filters.To.AddDate(0, 0, 1)
		}
	default:
		if back, limited := backTo[m.filters.When]; limited {
			from = now.Add(-back)
		}
	}
	return from, to
}

// only narrows the search to the customer of the selected hit, or widens it again.
func (m *model) only() {
	h, ok := m.hit()
	switch {
	case m.filters.Customer.ID != 0:
		m.filters.Customer = Customer{}
	case ok:
		m.filters.Customer = Customer{h.Contact.ID, h.Contact.DisplayName()}
	}
}

// look searches; the latest search wins.
func (m *model) look() { m.load((*live.Task[found]).Load) }

// refreshEvery is how often it searches at most because something was said: every
// message and every tick of one is an event.
const refreshEvery = 2 * time.Second

// heard searches again, because something was said; at once, or after a rest.
func (m *model) heard() {
	if m.resting {
		m.missed = true
		return
	}
	m.resting, m.missed = true, false
	m.refresh()
	m.Scope.After(refreshEvery, func() {
		m.resting = false
		if m.missed {
			m.heard()
		}
	})
}

// refresh searches again. Who reads further pages keeps
// them, and the selection: the next search finds what was said meanwhile.
func (m *model) refresh() {
	if m.asks() && !m.task.State().Value.long {
		m.load((*live.Task[found]).Refresh)
	}
}

func (m *model) load(how func(*live.Task[found], func(context.Context) (found, error))) {
	q, ok := m.query()
	if !ok {
		none := m.task.State().Value
		none.Sections, none.long = nil, false
		how(m.task, func(context.Context) (found, error) { return none, nil })
		return
	}
	now := m.Scope.Now
	how(m.task, func(ctx context.Context) (found, error) {
		began := now()
		f, err := m.Desk.Find(ctx, m.Who, q)
		return found{Found: f, text: q.Text, took: now().Sub(began)}, err
	})
}

// more loads the next page of a section.
func (m *model) more(section int) {
	f := m.task.State().Value
	if section >= len(f.Sections) || f.Sections[section].Next == "" {
		return
	}
	q, _ := m.query()
	kind := f.Sections[section].Kind
	q.Kinds, q.After = []desk.HitKind{kind}, f.Sections[section].Next
	var page desk.Found
	m.Scope.Do(func(ctx context.Context) (err error) {
		page, err = m.Desk.Find(ctx, m.Who, q)
		return err
	}, func(err error) {
		if err != nil {
			m.Say(m.Words.Explain(err).String(), nil)
			return
		}
		now := m.task.State().Value
		i := slices.IndexFunc(now.Sections, func(s desk.Section) bool { return s.Kind == kind && s.Next == q.After })
		if i < 0 || now.text != q.Text {
			return // something else is looked for by now
		}
		now.Sections = slices.Clone(now.Sections)
		now.Sections[i].Next, now.long = "", true
		for _, s := range page.Sections {
			now.Sections[i].Hits, now.Sections[i].Next = slices.Concat(now.Sections[i].Hits, s.Hits), s.Next
		}
		m.task.Change(now)
	})
}

func (m *model) arrived() {
	counts, known := m.task.State().Value.Counts, len(m.departments)
	m.departments = merged(m.departments, counts.Departments)
	m.labels = merged(merged(m.labels, counts.Labels), m.filters.Labels)
	if len(m.filters.Departments) > 0 && len(m.departments) > known {
		m.look() // of those that are left, which are known only now
		return
	}
	if hits := m.hits(); m.index() < 0 && len(hits) > 0 {
		m.at = placeOf(m.best(hits))
	}
	m.changed()
}

// best is the hit that is shown first: the newest message, where there is one.
func (m *model) best(hits []desk.Hit) desk.Hit {
	for _, h := range hits {
		if h.Message != 0 {
			return h
		}
	}
	return hits[0]
}

// merged are the values that there were, and those that came, in order.
func merged[V any](have []string, came map[string]V) []string {
	for v := range came {
		if !slices.Contains(have, v) {
			have = append(have, v)
		}
	}
	slices.Sort(have)
	return have
}

// hits are all that are shown, in their order.
func (m *model) hits() (all []desk.Hit) {
	for _, s := range m.task.State().Value.Sections {
		all = append(all, s.Hits...)
	}
	return all
}

// index is where the selection stands among hits; -1: nothing is selected.
func (m *model) index() int {
	return slices.IndexFunc(m.hits(), func(h desk.Hit) bool { return placeOf(h) == m.at })
}

// hit is the selected one.
func (m *model) hit() (h desk.Hit, ok bool) {
	if i := m.index(); i >= 0 {
		return m.hits()[i], true
	}
	return h, false
}

// choose selects a hit by its place among all.
func (m *model) choose(i int) {
	hits := m.hits()
	if len(hits) == 0 {
		return
	}
	m.at = placeOf(hits[min(max(i, 0), len(hits)-1)])
	m.changed()
}

// total is how many hits there are, of the kinds that are chosen.
func (m *model) total() (n int) {
	for kind, count := range m.task.State().Value.Counts.Kinds {
		if !m.filters.Kinds[kind] {
			n += count
		}
	}
	return n
}
