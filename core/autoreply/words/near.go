package words

import (
	"slices"
	"unicode/utf8"
)

// Slips are found by the deletion neighbourhood: every word is filed under what
// is left of it when one or two letters are struck out, and so is the message's
// word when it is looked up, so that no keyword is compared that cannot fit.
// What is filed is how the word sounds: "дастафка" lies where "доставка" does.

// Costs of a slip, in halves of a letter: rules-file.md counts whole letters, a
// swap as one; letters that sound alike, and one too few or too many of a double
// letter, count half.
const (
	slip     = 2
	halfSlip = 1
	// firstSlip is added where the first letter is another one: people rarely miss
	// it, and most words that differ there are other words.
	firstSlip = 2
	// lastSlip is added where the last letter of a stem is another one: that is an
	// ending more often than a slip ("запис-ка" is not "запись").
	lastSlip = 1
)

// Words of fewer or more letters are no slip of anything. The upper limit bounds
// the work on a word.
const (
	minNear = 4
	maxNear = 24
)

// allowed is what a slip may cost, by the length of the stem in letters
// (rules-file.md: up to 4 exactly, 5 to 8 at distance 1, longer at 2).
func allowed(letters int) int {
	switch {
	case letters <= 4:
		return 0
	case letters <= 8:
		return 1 * slip
	}
	return 2 * slip
}

// minLong is the length from which on a word may be written wrong by one letter
// however short its stem is, as that of "shipping" is.
const minLong = 7

// allowedWhole is what a slip in a whole word may cost.
func allowedWhole(word, stem string) int {
	limit := allowed(utf8.RuneCountInString(stem))
	if utf8.RuneCountInString(word) >= minLong {
		limit = max(limit, slip)
	}
	return limit
}

// A form is one way to write a term: the term itself, a stem, a word of its family.
type form struct {
	text    []rune
	stem    bool
	allowed int
	term    int32
}

// near finds forms within what each allows.
type near struct {
	forms  []form
	filed  map[uint64][]int32
	strike int // letters struck out of the longest forms: 0 to 2
}

// nearTo files the terms of an index.
func nearTo(x *Index) near {
	n := near{filed: make(map[uint64][]int32)}
	for i, t := range x.terms {
		seen := make(map[string]bool)
		longest := "" // of its stems
		for l, st := range t.stems {
			if st == "" {
				continue
			}
			if len(st) > len(longest) {
				longest = st
			}
			n.add(seen, form{text: []rune(st), stem: st != t.bare, allowed: allowed(utf8.RuneCountInString(st)), term: int32(i)})
			for _, member := range x.lexicon.members[t.senses[l]] {
				st := stemsOf(member)[l]
				n.add(seen, form{text: []rune(st), stem: st != member, allowed: allowed(utf8.RuneCountInString(st)), term: int32(i)})
				n.add(seen, form{text: []rune(member), allowed: allowedWhole(member, st), term: int32(i)})
			}
		}
		n.add(seen, form{text: []rune(t.bare), allowed: allowedWhole(t.bare, longest), term: int32(i)})
	}
	return n
}

// add files one form of a term; seen has the term's forms so far.
func (n *near) add(seen map[string]bool, f form) {
	text := string(f.text)
	if f.allowed == 0 || seen[text] || len(f.text) > maxNear {
		return
	}
	seen[text] = true
	strike := f.allowed / slip
	n.strike = max(n.strike, strike)
	number := int32(len(n.forms))
	n.forms = append(n.forms, f)
	strikeOut(sound(f.text), strike, func(key uint64) {
		// One word with a letter twice gives a key twice in a row.
		if have := n.filed[key]; len(have) == 0 || have[len(have)-1] != number {
			n.filed[key] = append(have, number)
		}
	})
}

// find returns the terms of which a bare word, given with its stems, is a slip:
// those at the least cost, for the nearest is the one that is meant.
func (n *near) find(texts []string) []int32 {
	if n.strike == 0 {
		return nil
	}
	best := 2*slip + 1
	var out []int32
	var compared []uint64 // a bit for each form: most keys of a form lead to it
	for _, text := range texts {
		if letters := utf8.RuneCountInString(text); letters < minNear || letters > maxNear {
			continue
		}
		runes := []rune(text)
		clear(compared)
		strikeOut(sound(runes), n.strike, func(key uint64) {
			for _, number := range n.filed[key] {
				if compared == nil {
					compared = make([]uint64, (len(n.forms)+63)/64)
				}
				if compared[number/64]&(1<<(number%64)) != 0 {
					continue
				}
				compared[number/64] |= 1 << (number % 64)
				f := &n.forms[number]
				c := cost(f.text, runes)
				if f.stem && c > 0 && f.text[len(f.text)-1] != runes[len(runes)-1] {
					c += lastSlip
				}
				switch {
				case c > f.allowed || c > best:
				case c < best:
					best, out = c, append(out[:0], f.term)
				case !slices.Contains(out, f.term):
					out = append(out, f.term)
				}
			}
		})
	}
	return out
}
