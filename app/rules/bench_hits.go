package rules

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
	"shopbell/core/desk"
	"shopbell/core/rulebench"
)

// figureWide is the room of one figure of the summary.
const figureWide float32 = 116

// summary says what the run came to.
func (b *bench) summary(r desk.RuleBench) fyne.CanvasObject {
	w := b.Words
	figure := func(value, about string) kit.Span {
		return kit.Wide(kit.NewStack(0, kit.NewLine(value, kit.Heading, look.Text), kit.NewLine(about, kit.Tiny, look.Text2)), figureWide)
	}
	people := r.Questions - r.Answered
	said := kit.NewStack(0,
		kit.NewParagraph(w.N(b.ranOver(), r.Questions, locale.Args{"Took": w.Seconds(r.Took)}), kit.BodyBold, look.Text),
		kit.NewParagraph(b.promise(), kit.Small, look.Text2))
	figures := kit.NewRun(12,
		figure(w.Count(r.Answered)+" · "+w.Percent(r.Answered, r.Questions), w.T("bench.answered")),
		figure(w.Count(people)+" · "+w.Percent(people, r.Questions), w.T("bench.people")),
		figure(w.Count(r.Contested), w.T("bench.contested")))
	return kit.NewPanel("", "", kit.NewRun(12, kit.Own(kit.NewIconMark(look.IconDone)), kit.Rest(said, 260), kit.Wide(figures, 3*figureWide+24)))
}

// hits lists the rules by what they answer.
func (b *bench) hits(r desk.RuleBench) fyne.CanvasObject {
	w := b.Words
	sorted := slices.Clone(r.Rules)
	slices.SortStableFunc(sorted, func(x, y rulebench.RuleLine) int {
		if b.bySolved {
			return cmp.Compare(solvedPart(y), solvedPart(x))
		}
		return cmp.Compare(y.Hits, x.Hits)
	})
	table := kit.NewHitTable(kit.HitHeads{
		Name: w.T("bench.rule"), Hits: w.T("bench.hits"), Share: w.T("bench.share"), Solved: w.T("bench.solved"),
	}, func(row int) { b.openAt(sorted[row].ID) })
	rows := make([]kit.HitRow, 0, len(sorted))
	most := 1
	for _, l := range sorted {
		most = max(most, l.Hits)
	}
	for _, l := range sorted {
		rows = append(rows, b.hitRow(r, l, most))
	}
	table.Set(rows)
	by := kit.NewSegmented(func(i int) { b.bySolved = i == 1; b.show() })
	by.SetLoose(true)
	at := 0
	if b.bySolved {
		at = 1
	}
	by.SetItems([]string{w.T("bench.by_hits"), w.T("bench.by_solved")}, at)
	return kit.NewPanel(w.T("bench.fire"), b.periodAsked(r.Questions),
		kit.NewStack(10, table, kit.NewStatus(kit.FindingNone, w.T("bench.greets"))), by)
}

// solvedPart is a rule's solved share, under all others where it has none.
func solvedPart(l rulebench.RuleLine) float64 {
	if l.Settled == 0 {
		return -1
	}
	return float64(l.Solved) / float64(l.Settled)
}

// weakPart is the solved share under which a rule's answer is looked at: most who
// got it needed a person all the same.
const weakPart = 0.5

func (b *bench) hitRow(r desk.RuleBench, l rulebench.RuleLine, most int) kit.HitRow {
	w := b.Words
	row := kit.HitRow{
		Icon: iconOf(l), Name: b.ruleName(l.ID), Hits: w.Count(l.Hits), Share: w.Percent(l.Hits, r.Questions),
		Part: float32(l.Hits) / float32(most), Solved: w.Percent(l.Solved, l.Settled), Tip: b.ruleName(l.ID),
		Weak: l.Settled > 0 && solvedPart(l) < weakPart,
	}
	conflicts, more := 0, 0
	for _, c := range r.Conflicts {
		if slices.Contains(c.Rules[:], l.ID) {
			conflicts++
		}
	}
	for _, p := range r.Proposals {
		if p.Into == l.ID {
			more += len(p.Words)
		}
	}
	switch {
	case !l.Enabled:
		row.Note = w.T("rules.off")
	case l.Hits == 0:
		row.Note, row.NoteTone = w.T("bench.never"), kit.ToneLate
	case conflicts > 0:
		row.Note, row.NoteTone = w.N("bench.conflicts_of", conflicts), kit.ToneWarn
	case more > 0:
		row.Note, row.NoteTone = w.N("bench.words", more), kit.ToneWarn
	}
	return row
}

func iconOf(l rulebench.RuleLine) look.IconName {
	r := autoreply.Rule{Trigger: l.Trigger}
	if l.Timed {
		r.When = []autoreply.Window{{}}
	}
	for _, g := range groups {
		if g.of == groupOf(r) {
			return g.icon
		}
	}
	return look.IconBolt
}

// openAt leaves the page for a rule.
func (b *bench) openAt(id string) {
	key := b.editing.KeyOf(id)
	b.close()
	if key != 0 {
		b.openRule(key)
	}
}
