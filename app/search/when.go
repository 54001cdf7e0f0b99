package search

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
)

// whenRows are the choices of When, as they stand below one another.
var whenRows = [][]When{{AnyTime, Week, Month, Year}, {Today, Dates}}

// whenPart chooses how far back is looked: in one step, or from one day to another.
type whenPart struct {
	*filterPane
	rows     []*kit.Segmented
	from, to *kit.Field
}

func newWhenPart(p *filterPane) *whenPart {
	w := &whenPart{filterPane: p}
	for _, row := range whenRows {
		w.rows = append(w.rows, kit.NewSegmented(func(i int) {
			p.filters.When = row[i]
			p.again()
		}))
	}
	today := p.Words.Typed(p.Scope.Now())
	w.from = kit.NewField(kit.FieldWords{Label: p.Words.T("search.from"), Placeholder: today})
	w.from.OnChanged = func() { w.typed(w.from, &p.filters.From) }
	w.to = kit.NewField(kit.FieldWords{Label: p.Words.T("search.to"), Placeholder: today})
	w.to.OnChanged = func() { w.typed(w.to, &p.filters.To) }
	return w
}

// items are its widgets as they stand now.
func (w *whenPart) items() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for i, row := range whenRows {
		words := make([]string, len(row))
		for j, when := range row {
			words[j] = w.Words.T(whenWords[when])
		}
		w.rows[i].SetItems(words, slices.Index(row, w.filters.When))
		out = append(out, w.rows[i])
	}
	if w.filters.When != Dates {
		return out
	}
	w.draw(w.from, w.filters.From)
	w.draw(w.to, w.filters.To)
	if from, to := w.span(); !from.IsZero() && !to.IsZero() && !from.Before(to) {
		w.to.Set(kit.FindingBad, w.Words.T("search.ends_before"))
	}
	return append(out, w.from, w.to)
}

// typed takes a day that stands in a field; none while it cannot be read.
func (w *whenPart) typed(f *kit.Field, day *time.Time) {
	was := *day
	*day, _ = w.Words.ParseDay(f.Text(), w.Scope.Now())
	if day.Equal(was) {
		w.changed()
		return
	}
	w.again()
}

// draw says at a field which day it is. A day that came otherwise, with a saved search or
// because the filters were cleared, is put into it.
func (w *whenPart) draw(f *kit.Field, day time.Time) {
	switch read, ok := w.Words.ParseDay(f.Text(), w.Scope.Now()); {
	case day.IsZero() && ok:
		f.SetText("")
	case !day.IsZero() && !read.Equal(day):
		f.SetText(w.Words.Typed(day))
	}
	switch {
	case !day.IsZero():
		f.Set(kit.FindingNone, w.Words.FullDay(day))
	case f.Text() != "":
		f.Set(kit.FindingBad, w.Words.T("search.day_unread", locale.Args{"Date": w.Words.Typed(w.Scope.Now())}))
	default:
		f.Set(kit.FindingNone, "")
	}
}
