package rules

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
	"shopbell/core/desk"
	"shopbell/core/rulebench"
)

// shownConflicts is how many pairs of rules the card has room for.
const shownConflicts = 3

// conflicts are the rules that want the same questions.
func (b *bench) conflicts(r desk.RuleBench) fyne.CanvasObject {
	w := b.Words
	if len(r.Conflicts) == 0 {
		return kit.NewPanel(w.T("bench.conflicts"), "", kit.NewParagraph(w.T("bench.no_conflicts"), kit.Small, look.Text2))
	}
	var items []fyne.CanvasObject
	for i, c := range r.Conflicts[:min(len(r.Conflicts), shownConflicts)] {
		if i > 0 {
			items = append(items, kit.NewDivider())
		}
		items = append(items, b.conflict(c))
	}
	return kit.NewPanel(w.T("bench.conflicts"), "", kit.NewStack(10, items...),
		kit.NewChip(kit.ToneWarn, look.IconRoute, w.N("bench.pairs", len(r.Conflicts))+" · "+w.N("bench.chats", r.Contested)))
}

func (b *bench) conflict(c rulebench.Conflict) fyne.CanvasObject {
	w := b.Words
	names := [2]string{b.ruleName(c.Rules[0]), b.ruleName(c.Rules[1])}
	args := locale.Args{"A": c.Said[0], "B": c.Said[1], "First": names[0], "Second": names[1], "Wins": c.Wins[0], "Chats": c.Chats}
	title := []kit.Span{kit.Own(kit.NewWordTag(names[0])), kit.Own(kit.NewWordTag(names[1]))}
	line := w.T("bench.clash", args)
	shared := len(c.Shared[0]) > 0
	if shared {
		before, bold, after := w.Emphasis("bench.both_have", locale.Args{"Words": strings.Join(c.Shared[0], ", ")})
		title = append(title, kit.Own(kit.NewLine(strings.TrimSpace(before), kit.Small, look.Text)), kit.Own(kit.NewLine(bold+after, kit.SmallBold, look.Text)))
		line = w.T("bench.clash_shared", args)
	}
	if len(c.Departments) > 0 {
		most := c.Departments[0]
		line += " " + w.N("bench.took", most.Chats, locale.Args{"Department": most.Name})
	}
	see := kit.NewButton(w.N("bench.see", c.Chats), kit.Plain, func() { b.chats.open(c) })
	see.SetSmall(true)
	var acts []kit.Span
	if shared {
		keep := kit.NewButton(w.T("bench.keep", locale.Args{"Rule": names[c.Keep]}), kit.Soft, func() { b.keepOnly(c) })
		keep.SetSmall(true)
		if !b.may {
			keep.SetDisabled(w.T("rules.not_yours"))
		}
		acts = append(acts, kit.Own(keep))
	}
	if len(c.Conversations) > 0 {
		acts = append(acts, kit.Own(see))
	}
	return kit.NewStack(8, kit.NewRun(8, title...), kit.NewParagraph(line, kit.Small, look.Text2), kit.NewRun(8, acts...))
}

// keepOnly takes the words that two rules share out of the one that people's
// answers do not speak for.
func (b *bench) keepOnly(c rulebench.Conflict) {
	other := 1 - c.Keep
	b.change(c.Rules[other], func(r *autoreply.Rule) { r.Keywords = withoutWords(r.Keywords, c.Shared[other]) })
}

// withoutWords takes words out.
func withoutWords(keywords, gone []string) []string {
	return slices.DeleteFunc(keywords, func(k string) bool { return slices.Contains(gone, k) })
}

// shownUnused is how many words that stand in no question are shown.
const shownUnused = 24

// unused are the rules and words that answered nothing.
func (b *bench) unused(r desk.RuleBench) fyne.CanvasObject {
	w := b.Words
	var items []fyne.CanvasObject
	var tags []kit.Span
	var idle []string
	rules, words := 0, 0
	for _, l := range r.Rules {
		switch {
		case !l.Enabled:
			rules++
			items = append(items, b.off(l))
		case l.Hits == 0:
			rules++
			idle = append(idle, b.ruleName(l.ID))
		}
		words += len(l.Unused)
		for _, word := range l.Unused {
			tags = append(tags, kit.Own(kit.NewWordTag(word)))
		}
	}
	if len(idle) > 0 {
		items = append(items, kit.NewParagraph(w.T("bench.idle", locale.Args{"Rules": strings.Join(idle, ", ")}), kit.Small, look.Text))
	}
	title := b.periodNever()
	if rules+words == 0 {
		return kit.NewPanel(title, "", kit.NewParagraph(w.T("bench.all_used"), kit.Small, look.Text2))
	}
	if len(tags) > 0 {
		rest := len(tags) - shownUnused
		tags = tags[:min(len(tags), shownUnused)]
		if rest > 0 {
			tags = append(tags, kit.Own(kit.NewLine(w.N("bench.more_words", rest), kit.Tiny, look.Text2)))
		}
		tidy := kit.NewTextButton(w.T("bench.tidy"), func() { b.tidy(r.Rules) })
		if !b.may {
			tidy.SetDisabled(w.T("rules.not_yours"))
		}
		items = append(items, kit.NewRun(4, tags...), kit.NewBar(kit.NewStatus(kit.FindingNone, w.T("bench.unused_about")), tidy))
	}
	return kit.NewPanel(title, "", kit.NewStack(8, items...),
		kit.NewChip(kit.ToneLate, "", w.N("bench.rules", rules)+", "+w.N("bench.words", words)))
}

// off is a rule that is switched off, with what it would answer.
func (b *bench) off(l rulebench.RuleLine) fyne.CanvasObject {
	w := b.Words
	on := kit.NewTextButton(w.T("bench.switch_on"), func() {
		b.change(l.ID, func(r *autoreply.Rule) { r.Enabled = true })
	})
	if !b.may {
		on.SetDisabled(w.T("rules.not_yours"))
	}
	said := w.N("bench.off", l.WouldAnswer, locale.Args{"Rule": b.ruleName(l.ID)})
	return kit.NewBar(kit.NewParagraph(said, kit.Small, look.Text), on)
}

// tidy takes the words that stand in no question out of their rules. A rule keeps
// its last word: without any it would never answer.
func (b *bench) tidy(lines []rulebench.RuleLine) {
	steps := 0
	for _, l := range lines {
		key := b.editing.KeyOf(l.ID)
		if len(l.Unused) == 0 || key == 0 {
			continue
		}
		b.editing.Change(key, "", func(r *autoreply.Rule) {
			if left := withoutWords(slices.Clone(r.Keywords), l.Unused); len(left) > 0 {
				r.Keywords = left
			} else {
				r.Keywords = r.Keywords[:min(1, len(r.Keywords))]
			}
		})
		steps++
	}
	b.load()
	b.SayUndo(b.Words.T("bench.changed"), func() {
		for range steps {
			b.editing.Undo()
		}
		b.load()
	})
}
