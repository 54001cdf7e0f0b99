package search

import (
	"cmp"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
)

// Saved is a search that a person keeps on this computer.
type Saved struct {
	Text    string
	Filters Filters
}

const (
	savedKey = "searches"
	maxSaved = 20 // the oldest goes
)

// saved are the searches that are kept, the newest first. What cannot be read is of
// another version, and is none.
func (m *model) saved() (list []Saved) {
	if json.Unmarshal([]byte(m.Memory.String(savedKey)), &list) != nil {
		return nil
	}
	return list
}

// isSaved reports whether what is looked for is kept.
func (m *model) isSaved() bool {
	return placeAmong(m.saved(), m.present()) >= 0
}

// placeAmong is where a search stands among others; -1: it does not.
func placeAmong(list []Saved, one Saved) int {
	return slices.IndexFunc(list, func(s Saved) bool { return same(s, one) })
}

// present is what is looked for now; it stays as it is when the filters change.
func (m *model) present() Saved { return Saved{Text: m.text, Filters: m.filters.copied()} }

func same(a, b Saved) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

// save keeps what is looked for, or forgets it where it is kept. undo takes back that
// alone: what was kept or forgotten since stays so.
func (m *model) save() (undo func() error, err error) {
	one, list := m.present(), m.saved()
	if i := placeAmong(list, one); i >= 0 {
		behind := len(list) - i - 1
		return func() error { return m.keep(one, behind) }, m.forget(one)
	}
	gone := list[min(len(list), maxSaved-1):] // to make room for it
	return func() error {
		err := m.forget(one)
		for _, old := range gone {
			err = errors.Join(err, m.keep(old, 0))
		}
		return err
	}, m.keep(one, len(list))
}

// keep puts a search among those that are saved, with so many behind it: the end stays
// where it is while others are put in front.
func (m *model) keep(one Saved, behind int) error {
	list := m.saved()
	if placeAmong(list, one) >= 0 {
		return nil
	}
	return m.store(slices.Insert(list, max(len(list)-behind, 0), one))
}

// forget takes a search out of those that are saved, where it is one.
func (m *model) forget(one Saved) error {
	return m.store(slices.DeleteFunc(m.saved(), func(s Saved) bool { return same(s, one) }))
}

func (m *model) store(list []Saved) error {
	text, err := json.Marshal(list[:min(len(list), maxSaved)])
	if err == nil {
		m.Memory.SetString(savedKey, string(text))
	}
	return err
}

// take looks for what was kept.
func (m *model) take(s Saved) {
	m.filters = s.Filters.copied()
	m.text, m.departments, m.labels = s.Text, nil, nil
	m.look()
}

// chooseSaved selects one of the saved searches by its place.
func (m *model) chooseSaved(i int) {
	m.savedAt = min(max(i, 0), max(len(m.saved())-1, 0))
	m.changed()
}

// savedGroups are the saved searches as the list shows them while nothing is looked
// for; none where none are saved.
func (m *model) savedGroups() []kit.FoundGroup {
	all := m.saved()
	if len(all) == 0 {
		return nil
	}
	g := kit.FoundGroup{Icon: look.IconBookmark, Title: m.Words.T("search.saved"), Aside: m.Words.Count(len(all))}
	for i, s := range all {
		g.Rows = append(g.Rows, kit.FoundRow{
			Icon: look.IconSearch, Name: kit.FoundText{Text: s.Text}, About: kit.FoundText{Text: m.narrowed(s.Filters)}, Selected: i == m.savedAt,
		})
	}
	return []kit.FoundGroup{g}
}

// narrowed names what filters let through, and what they keep out.
func (m *model) narrowed(f Filters) string {
	var parts, off []string
	switch f.When {
	case AnyTime:
	case Dates:
		parts = append(parts, m.Words.T("search.span", locale.Args{"From": m.typedDay(f.From), "To": m.typedDay(f.To)}))
	default:
		parts = append(parts, m.Words.T(whenWords[f.When]))
	}
	if f.Customer.ID != 0 {
		parts = append(parts, f.Customer.Name)
	}
	parts = append(parts, slices.Sorted(maps.Keys(f.Labels))...)
	off = append(off, named(m, f.Kinds, kindWords)...)
	off = append(off, named(m, f.Authors, authorWords)...)
	off = append(off, named(m, f.States, stateWords)...)
	off = append(off, slices.Sorted(maps.Keys(f.Departments))...)
	if len(off) > 0 {
		parts = append(parts, m.Words.T("search.without", locale.Args{"What": strings.Join(off, ", ")}))
	}
	return locale.Dotted(parts...)
}

// typedDay is a day of Filters as a person types it; three dots stand for an open end.
func (m *model) typedDay(day time.Time) string {
	if day.IsZero() {
		return "…"
	}
	return m.Words.Typed(day)
}

// named are values by their words, in order.
func named[K cmp.Ordered](m *model, values map[K]bool, words map[K]string) []string {
	var out []string
	for _, v := range slices.Sorted(maps.Keys(values)) {
		out = append(out, m.Words.T(words[v]))
	}
	return out
}
