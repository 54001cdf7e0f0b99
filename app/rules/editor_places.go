package rules

import (
	"slices"
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
	text  int        // the variant, or that of the block that has it (blockText)
	field *kit.Field // of that block; nil: a variant
}

// leftPlaces says how many places of a rule are left to fill in, and leads from one to
// the next.
type leftPlaces struct {
	*sayBlock
	run    *kit.Run
	status *kit.Status
	beyond spot // the last one it led to, where that was not in a variant
	rule   Key  // of the rule that has it
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
			list = append(list, spot{Stretch: p, text: i})
		}
	}
	for i, b := range l.blocks {
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
			list = append(list, spot{Stretch: p, text: blockText(i), field: field})
		}
	}
	return list
}

// blockText is the number of a block's text: those of the variants come before.
func blockText(block int) int { return autoreply.MaxReplies + block }

// next goes to the place behind the caret, from the last to the first.
func (l *leftPlaces) next() {
	key, r, _ := l.editing.Rule()
	list := l.spots(r)
	if len(list) == 0 {
		return
	}
	text, caret := l.editing.Variant(), l.text.Caret()
	if at := l.beyond; at.field != nil && l.rule == key {
		text, caret = at.text, at.field.Caret()
	}
	behind := slices.IndexFunc(list, func(s spot) bool { return s.text > text || s.text == text && s.From >= caret })
	to := list[max(0, behind)]
	field := to.field
	if field == nil {
		field = l.text
		l.editing.ShowVariant(to.text)
	}
	l.Focus(field.Target())
	field.Select(to.Stretch)
	l.beyond, l.rule = to, key
}
