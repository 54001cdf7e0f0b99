package autoreply

import (
	"slices"
	"strings"

	"shopbell/core/autoreply/words"
	"shopbell/core/chat"
)

// Matches is what Match found in one message. It holds for the Book that made
// it; Decide of another Book (the rules changed in between) matches anew.
type Matches struct {
	book   *Book
	text   string
	optOut bool
	hits   []hit // by the order of the file
}

// A hit is a rule some of whose keywords stand in the message.
type hit struct {
	rule     int
	keywords int           // how many different ones; two that the same words say count once
	longest  int           // units of the longest, folded
	word     string        // the longest, as the rule spells it
	found    []words.Found // of all, by where they stand
}

// A wordIndex finds the keywords of all rules in one go.
type wordIndex struct {
	words *words.Index
	owner []keyword // by the number that words has for it
}

// A keyword is one keyword of one rule.
type keyword struct {
	rule  int
	units int
	word  string
}

// indexWords indexes the keywords of all rules, switched off ones included, so
// that "Try it" can say what they would have done. Two spellings of one keyword
// in a rule count once. Customers write in what language they like, so the
// keywords are looked for in the forms of all.
func indexWords(rules []Rule) wordIndex {
	var x wordIndex
	var keywords []words.Keyword
	for i, r := range rules {
		if r.Trigger != TriggerKeyword {
			continue
		}
		seen := make(map[string]bool, len(r.Keywords))
		for _, spelled := range r.Keywords {
			folded := strings.Join(wordsOf(spelled), " ")
			if seen[folded] {
				continue
			}
			seen[folded] = true
			keywords = append(keywords, words.Keyword{Text: spelled, Mode: modeOf(r.Match)})
			x.owner = append(x.owner, keyword{rule: i, units: chat.Units(folded), word: spelled})
		}
	}
	x.words = words.Compile(keywords, nil)
	return x
}

func modeOf(m Match) words.Mode {
	switch m {
	case MatchExact:
		return words.Exact
	case MatchPhrase:
		return words.Phrase
	}
	return words.Forms
}

// Match finds the keywords in a message's text. It is the expensive part of a
// decision and needs no facts: call it before the database's writer is entered.
func (b *Book) Match(text string) Matches {
	m := Matches{book: b, text: text, optOut: isOptOut(text)}
	if len(b.index.owner) == 0 {
		return m
	}
	for _, f := range b.index.words.Find(text) {
		m.note(b.index.owner[f.Keyword], f)
	}
	slices.SortFunc(m.hits, func(x, y hit) int { return x.rule - y.rule })
	return m
}

// note counts one keyword that stands in the message. Two that one stretch of it
// says ("доставка" and "доставить", of "доставите") are one question.
func (m *Matches) note(k keyword, f words.Found) {
	i := slices.IndexFunc(m.hits, func(h hit) bool { return h.rule == k.rule })
	if i < 0 {
		i = len(m.hits)
		m.hits = append(m.hits, hit{rule: k.rule})
	}
	h := &m.hits[i]
	if !slices.ContainsFunc(h.found, func(o words.Found) bool { return o.Start == f.Start && o.End == f.End }) {
		h.keywords++
	}
	h.found = append(h.found, f)
	if k.units > h.longest {
		h.longest, h.word = k.units, k.word
	}
}

// better reports whether h scores above o: more keywords, then the longer one,
// then the earlier rule (rules-file.md, step 5).
func (h hit) better(o hit) bool {
	switch {
	case h.keywords != o.keywords:
		return h.keywords > o.keywords
	case h.longest != o.longest:
		return h.longest > o.longest
	}
	return h.rule < o.rule
}
