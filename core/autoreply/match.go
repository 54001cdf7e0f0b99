package autoreply

import (
	"math/bits"
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
	keywords int    // how many different ones
	longest  int    // units of the longest, folded
	word     string // the longest, as the rule spells it
	found    []words.Found
}

// A wordIndex finds keywords by their first word.
type wordIndex struct {
	byFirst  map[string][]keyword
	keywords int
}

// A keyword is one keyword of one rule.
type keyword struct {
	rule   int
	number int      // among all keywords of the book
	rest   []string // the words after the first
	units  int
	word   string
}

// indexWords indexes the keywords of all rules, switched off ones included, so
// that "Try it" can say what they would have done. Two spellings of one keyword
// in a rule count once.
func indexWords(rules []Rule) wordIndex {
	x := wordIndex{byFirst: make(map[string][]keyword)}
	for i, r := range rules {
		if r.Trigger != TriggerKeyword {
			continue
		}
		for _, spelled := range r.Keywords {
			parts := wordsOf(spelled)
			k := keyword{rule: i, number: x.keywords, rest: parts[1:], units: chat.Units(strings.Join(parts, " ")), word: spelled}
			same := func(o keyword) bool { return o.rule == i && slices.Equal(o.rest, k.rest) }
			if slices.ContainsFunc(x.byFirst[parts[0]], same) {
				continue
			}
			x.byFirst[parts[0]] = append(x.byFirst[parts[0]], k)
			x.keywords++
		}
	}
	return x
}

// Match finds the keywords in a message's text. It is the expensive part of a
// decision and needs no facts: call it before the database's writer is entered.
func (b *Book) Match(text string) Matches {
	m := Matches{book: b, text: text}
	message := wordsOf(text)
	m.optOut = isOptOut(message)
	if b.index.keywords == 0 {
		return m
	}
	var found bitset
	for i, word := range message {
		for _, k := range b.index.byFirst[word] {
			rest := message[i+1:]
			if len(rest) < len(k.rest) || !slices.Equal(rest[:len(k.rest)], k.rest) {
				continue
			}
			if found == nil {
				found = make(bitset, (b.index.keywords+bits.UintSize-1)/bits.UintSize)
			}
			if found.add(k.number) {
				m.note(k)
			}
		}
	}
	slices.SortFunc(m.hits, func(x, y hit) int { return x.rule - y.rule })
	return m
}

// note counts one keyword that stands in the message.
func (m *Matches) note(k keyword) {
	i := slices.IndexFunc(m.hits, func(h hit) bool { return h.rule == k.rule })
	if i < 0 {
		i = len(m.hits)
		m.hits = append(m.hits, hit{rule: k.rule})
	}
	h := &m.hits[i]
	h.keywords++
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

// A bitset is a set of small numbers.
type bitset []uint

// add puts n into the set and reports whether it was not there.
func (s bitset) add(n int) bool {
	word, bit := n/bits.UintSize, uint(1)<<(n%bits.UintSize)
	if s[word]&bit != 0 {
		return false
	}
	s[word] |= bit
	return true
}
