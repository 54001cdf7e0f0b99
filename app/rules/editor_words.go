package rules

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
	"shopbell/core/autoreply/words"
)

// keywordBlock is the words that draw a rule, and how they are compared.
type keywordBlock struct {
	*editor
	stack  *kit.Stack
	words  *kit.WordBox
	match  *kit.Selector
	count  *kit.Line
	status *kit.Status
}

// matches are the ways to compare, in the order of the menu.
var matches = []struct {
	match       autoreply.Match
	name, about string
}{
	{autoreply.MatchForms, "rules.match_forms", "rules.match_forms_about"},
	{autoreply.MatchExact, "rules.match_exact", "rules.match_exact_about"},
	{autoreply.MatchPhrase, "rules.match_phrase", "rules.match_phrase_about"},
}

func newKeywordBlock(e *editor) *keywordBlock {
	w := e.Words
	b := &keywordBlock{
		editor: e, words: kit.NewWordBox(w.T("rules.add_word")), count: kit.NewLine("", kit.Tiny, look.Text2),
		status: kit.NewStatus(kit.FindingNone, ""),
	}
	b.match = kit.NewSelector(func(at fyne.Position) {
		var items []kit.MenuItem
		for _, m := range matches {
			items = append(items, kit.MenuItem{
				Text: w.T(m.name) + " · " + w.T(m.about), Current: m.match == b.matchNow(),
				Do: func() { b.change("", func(r *autoreply.Rule) { r.Match = m.match }) },
			})
		}
		b.Menu(at, items)
	})
	b.words.OnAdd = b.add
	b.words.OnRemove = func(i int) {
		b.status.Set(kit.FindingNone, "")
		b.change("", func(r *autoreply.Rule) { r.Keywords = slices.Delete(r.Keywords, i, i+1) })
	}
	b.words.OnTyped = func() {
		if b.status.Text() != "" {
			b.status.Set(kit.FindingNone, "")
			b.pane.Refresh()
		}
	}
	b.words.OnFocus = func() { b.pane.Reveal(b.words) }
	b.stack = kit.NewStack(8,
		kit.NewRun(8, kit.Rest(kit.NewLine(w.T("rules.when_words"), kit.BodyBold, look.Text), 200), kit.Own(b.match)),
		b.words, b.status, b.count)
	return b
}

func (b *keywordBlock) content() kit.Fitting   { return b.stack }
func (b *keywordBlock) target() fyne.Focusable { return b.words.Target() }
func (b *keywordBlock) settle()                { b.words.Add() }
func (b *keywordBlock) matchNow() autoreply.Match {
	_, r, _ := b.editing.Rule()
	if r.Match == "" {
		return autoreply.MatchForms
	}
	return r.Match
}

func (b *keywordBlock) sync(r autoreply.Rule) {
	if !slices.Equal(b.words.Words(), r.Keywords) {
		b.words.SetWords(r.Keywords)
	}
	for _, m := range matches {
		if m.match == b.matchNow() {
			b.match.Set("", kit.HueNone, b.Words.T(m.name))
		}
	}
	b.count.Set(b.Words.T("rules.words_of", locale.Args{"N": len(r.Keywords), "Most": autoreply.MaxKeywords}))
}

// add takes words that were typed or pasted. What is there already, has no letter,
// or is over the limit stays in the place, and is told of.
func (b *keywordBlock) add(text string) (left string) {
	_, r, _ := b.editing.Rule()
	now := slices.Clone(r.Keywords)
	var twice, bare, over []string
	for _, word := range kit.SplitWords(text) {
		same := func(k string) bool { return strings.EqualFold(k, word) }
		switch {
		case slices.ContainsFunc(now, same):
			twice = append(twice, word)
		case len(words.Split(word)) == 0:
			bare = append(bare, word)
		case len(now) >= autoreply.MaxKeywords:
			over = append(over, word)
		default:
			now = append(now, word)
		}
	}
	w := b.Words
	switch {
	case len(over) > 0:
		b.status.Set(kit.FindingBad, w.T("rules.words_full", locale.Args{"Most": autoreply.MaxKeywords, "Words": strings.Join(over, ", ")}))
	case len(bare) > 0:
		b.status.Set(kit.FindingBad, w.T("rules.word_bare", locale.Args{"Words": strings.Join(bare, ", ")}))
	case len(twice) > 0:
		b.status.Set(kit.FindingWarn, w.T("rules.word_twice", locale.Args{"Words": strings.Join(twice, ", ")}))
	default:
		b.status.Set(kit.FindingNone, "")
	}
	if len(now) > len(r.Keywords) {
		b.change("", func(r *autoreply.Rule) { r.Keywords = now })
	} else {
		b.pane.Refresh()
	}
	return strings.Join(append(over, bare...), " ")
}
