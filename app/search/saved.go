package search

import (
	"encoding/json"
	"slices"
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
	return slices.ContainsFunc(m.saved(), func(s Saved) bool { return same(s, m.present()) })
}

func (m *model) present() Saved { return Saved{Text: m.text, Filters: m.filters} }

func same(a, b Saved) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

// save keeps what is looked for, or forgets it where it is kept.
func (m *model) save() error {
	now := m.present()
	list := m.saved()
	if i := slices.IndexFunc(list, func(s Saved) bool { return same(s, now) }); i >= 0 {
		list = slices.Delete(list, i, i+1)
	} else {
		list = append([]Saved{now}, list...)
	}
	text, err := json.Marshal(list[:min(len(list), maxSaved)])
	if err == nil {
		m.Memory.SetString(savedKey, string(text))
	}
	return err
}

// take looks for what was kept.
func (m *model) take(s Saved) {
	m.filters = newFilters()
	put(m.filters.Kinds, s.Filters.Kinds)
	put(m.filters.Authors, s.Filters.Authors)
	put(m.filters.Departments, s.Filters.Departments)
	put(m.filters.States, s.Filters.States)
	put(m.filters.Labels, s.Filters.Labels)
	m.filters.When = s.Filters.When
	m.text, m.departments, m.labels = s.Text, nil, nil
	m.look()
}

func put[K comparable](into, from map[K]bool) {
	for k := range from {
		into[k] = true
	}
}
