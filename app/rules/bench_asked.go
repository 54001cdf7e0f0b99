package rules

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/rulebench"
)

// The scale of the keyword meter, and how many words are usual on it (mission A5).
const (
	meterWords         = 30
	usualFrom, usualTo = 15, 20
	usualPercent       = 65 // of first questions that so many words answer (mission A5)
	shownProposals     = 6
)

// enough reports whether the words answer more than is usual: then nobody is asked
// for more of them, however few there are.
func enough(m rulebench.Meter, questions int) bool {
	return 100*m.Answered > usualPercent*questions
}

// meterAdvice is the key of what to do about the words.
func meterAdvice(m rulebench.Meter, questions int) string {
	if enough(m, questions) {
		return "bench.meter_enough"
	}
	return "bench.meter_few"
}

// meter is the keyword meter of the whole shop.
func (b *bench) meter(r desk.RuleBench) fyne.CanvasObject {
	w, m := b.Words, r.Meter
	tone := kit.ToneNone
	if enough(m, r.Questions) || len(m.Frequent) >= usualFrom {
		tone = kit.ToneOk
	}
	items := []fyne.CanvasObject{
		kit.NewRun(10, kit.Own(kit.NewLine(w.Percent(m.Answered, r.Questions), kit.Font{Type: look.Figure, Bold: true}, look.Text)),
			kit.Rest(kit.NewParagraph(w.N("bench.meter_of", m.Words, locale.Args{"Frequent": len(m.Frequent)}), kit.Small, look.Text2), 160)),
	}
	if !enough(m, r.Questions) {
		bar := kit.NewWordMeter(usualFrom, usualTo, meterWords, "15", "20", w.N("bench.words", meterWords))
		bar.Set(len(m.Frequent))
		items = append(items, bar)
	}
	items = append(items, kit.NewParagraph(w.T(meterAdvice(m, r.Questions)), kit.Tiny, look.Text2))
	return kit.NewPanel(w.T("bench.meter"), "", kit.NewStack(6, items...),
		kit.NewChip(tone, look.IconCheck, w.N("bench.frequent", len(m.Frequent))))
}

// asked are the words that come back in questions which nothing answers.
func (b *bench) asked(r desk.RuleBench) fyne.CanvasObject {
	w := b.Words
	if len(r.Proposals) == 0 {
		return kit.NewPanel(w.T("bench.asked"), "", kit.NewParagraph(w.T("bench.nothing_asked"), kit.Small, look.Text2))
	}
	items := []fyne.CanvasObject{kit.NewParagraph(w.N("bench.asked_about", r.Questions-r.Answered), kit.Small, look.Text2)}
	shown := r.Proposals
	if !b.all {
		shown = shown[:min(len(shown), shownProposals)]
	}
	for _, p := range shown {
		items = append(items, kit.NewDivider(), b.proposal(r, p))
	}
	if rest := len(r.Proposals) - len(shown); rest > 0 {
		items = append(items, kit.NewTextButton(w.N("bench.more", rest), func() { b.all = true; b.show() }))
	}
	first := r.Proposals[:min(len(r.Proposals), rulebench.FirstLift)]
	add := b.soft(w.T("bench.add_all"), func() { b.addAll(first) })
	before, bold, after := w.Emphasis("bench.first", locale.Args{
		"N": len(first), "Before": w.Percent(r.Answered, r.Questions), "After": w.Percent(r.Lifted, r.Questions),
	})
	items = append(items, kit.NewDivider(), kit.NewBar(kit.NewParagraph(before+bold+after, kit.Small, look.OkText), add))
	return kit.NewPanel(w.T("bench.asked"), w.T("bench.chats_head"), kit.NewStack(8, items...))
}

// soft is a small button that needs the right to change rules.
func (b *bench) soft(text string, do func()) *kit.Button {
	button := kit.NewButton(text, kit.Plain, do)
	button.SetSmall(true)
	if !b.may {
		button.SetDisabled(b.Words.T("rules.not_yours"))
	}
	return button
}

func (b *bench) proposal(r desk.RuleBench, p rulebench.Proposal) fyne.CanvasObject {
	w := b.Words
	key := "bench.into_new"
	if p.Into != "" {
		key = "bench.into"
	}
	into := w.T(key, locale.Args{"Rule": b.intoName(p)})
	add := kit.NewTextButton(w.T("bench.add"), func() { b.add(p) })
	if !b.may {
		add.SetDisabled(w.T("rules.not_yours"))
	}
	return kit.NewRun(8,
		kit.Rest(kit.NewStack(0, kit.NewParagraph(strings.Join(p.Words, ", "), kit.BodyBold, look.Text), kit.NewParagraph(into, kit.Tiny, look.Text2)), 120),
		kit.Own(kit.NewLine(b.Words.Count(p.Chats), kit.Small, look.Text2)),
		kit.Own(kit.NewChip(kit.ToneOk, "", w.T("bench.answers", locale.Args{"Share": w.Percent(p.Chats, r.Questions)}))), kit.Own(add))
}

// intoName is what the rule is called that a proposal goes into.
func (b *bench) intoName(p rulebench.Proposal) string {
	if p.Into != "" {
		return b.ruleName(p.Into)
	}
	return newName(p)
}

// newName is what a rule for a proposal is called at first: its first word, as the
// shop's customers write it.
func newName(p rulebench.Proposal) string {
	first, size := utf8.DecodeRuneInString(p.Words[0])
	return string(unicode.ToUpper(first)) + p.Words[0][size:]
}

// take puts the words of a proposal into their rule, not saved yet, and returns it.
func (b *bench) take(p rulebench.Proposal) Key {
	if key := b.editing.KeyOf(p.Into); key != 0 {
		b.editing.Change(key, "", func(r *autoreply.Rule) { r.Keywords = withWords(r.Keywords, p.Words) })
		return key
	}
	name := newName(p)
	for chat.Units(name) > autoreply.MaxName {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return b.editing.Add(autoreply.Rule{
		Name: name, Trigger: autoreply.TriggerKeyword, Enabled: true, Keywords: slices.Clone(p.Words), Kind: p.Kind,
		Replies: []autoreply.Variant{{}},
	})
}

// withWords adds words that are not there yet.
func withWords(keywords, more []string) []string {
	for _, word := range more {
		if !slices.Contains(keywords, word) {
			keywords = append(keywords, word)
		}
	}
	return keywords
}

// add takes one proposal and opens its rule.
func (b *bench) add(p rulebench.Proposal) {
	key := b.take(p)
	b.close()
	b.openRule(key)
	b.Say(b.Words.N("bench.added", len(p.Words)), true)
}

// addAll takes several, and runs the rules anew.
func (b *bench) addAll(list []rulebench.Proposal) {
	for _, p := range list {
		b.take(p)
	}
	b.load()
	b.SayUndo(b.Words.T("bench.changed"), func() {
		for range list {
			b.editing.Undo()
		}
		b.load()
	})
}
