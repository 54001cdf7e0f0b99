package rules

import (
	"unicode/utf8"

	"shopbell/app/kit"
	"shopbell/core/autoreply"
)

// places are where a text has what only the shop can fill in.
func places(text string) (list []kit.Stretch) {
	for _, at := range autoreply.AllUnfilled(text) {
		list = append(list, kit.Stretch{From: utf8.RuneCountInString(text[:at[0]]), To: utf8.RuneCountInString(text[:at[1]])})
	}
	return list
}

// showPlaces lets the places of a field be seen. A click into one marks it whole, so
// that what is typed replaces it.
func showPlaces(f *kit.Field) {
	list := places(f.Text())
	f.SetMarks(list)
	f.OnClick = func() {
		for _, p := range list {
			if at := f.Caret(); p.From < at && at < p.To {
				f.Select(p)
			}
		}
	}
}

// A spot is a place of the open rule.
type spot struct {
	kit.Stretch
	variant int        // of the replies; the number of them where it is in another text
	field   *kit.Field // of that other text
}

// leftPlaces says how many places of a rule are left to fill in, and leads from one to
// the next.
type leftPlaces struct {
	*sayBlock
	run    *kit.Run
	status *kit.Status
}

func newLeftPlaces(b *sayBlock) *leftPlaces {
	l := &leftPlaces{sayBlock: b, status: kit.NewStatus(kit.FindingWarn, "")}
	l.run = kit.NewRun(8, kit.Rest(l.status, 160), kit.Own(kit.NewTextButton(b.Words.T("rules.places_next"), l.next)))
	return l
}

func (l *leftPlaces) show(r autoreply.Rule) {
	n := len(l.spots(r))
	l.status.Set(kit.FindingWarn, l.Words.N("rules.places_left", n))
	visible(l.run, n > 0)
}

// spots are all places of a rule, in the order of the screen.
func (l *leftPlaces) spots(r autoreply.Rule) (list []spot) {
	for i, v := range r.Replies {
		for _, p := range places(v.Text) {
			list = append(list, spot{Stretch: p, variant: i})
		}
	}
	for _, b := range l.blocks {
		text, field := "", (*kit.Field)(nil)
		switch b := b.(type) {
		case *stockBlock:
			if field = b.text; r.Stock != nil {
				text = r.Stock.Text
			}
		case *orderBlock:
			text, field = r.OrderText, b.text
		}
		for _, p := range places(text) {
			list = append(list, spot{Stretch: p, variant: len(r.Replies), field: field})
		}
	}
	return list
}

// next goes to the place behind the caret, from the last to the first.
func (l *leftPlaces) next() {
	_, r, _ := l.editing.Rule()
	list, shown := l.spots(r), l.editing.Variant()
	to := list[0]
	for _, s := range list {
		if s.variant > shown || s.variant == shown && s.From >= l.text.Caret() {
			to = s
			break
		}
	}
	if to.field == nil {
		to.field = l.text
		l.editing.ShowVariant(to.variant)
	}
	l.Focus(to.field.Target())
	to.field.Select(to.Stretch)
}
