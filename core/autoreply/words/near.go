package words

import (
	"math/bits"
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

// minSlight is the length from which on a word whose stem is too short for a slip
// may have a slight one: two neighbours swapped ("trcoa"), or one letter for another
// that sounds alike ("praso").
const minSlight = 5

// A form is one way to write a term: the term itself, a stem, a word of its family.
// Words are compared with whole forms and their stems with stems: "сахарный", whose
// stem has one letter more, is no slip of "сахар".
type form struct {
	text    []rune
	whole   bool
	stem    bool
	slight  bool // only a slight slip is allowed
	allowed int
	terms   []int32
}

// wholeForm is the form of a whole word with that stem.
func wholeForm(word, stem string) form {
	f := form{text: []rune(word), whole: true, stem: word == stem, allowed: allowedWhole(word, stem)}
	if f.allowed == 0 && len(f.text) >= minSlight {
		f.slight, f.allowed = true, slip
	}
	return f
}

func stemForm(stem string) form {
	return form{text: []rune(stem), stem: true, allowed: allowed(utf8.RuneCountInString(stem))}
}

// isSwap reports whether two neighbours of a word are swapped in the other.
func isSwap(a, b []rune) bool {
	if len(a) != len(b) {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
}

// near finds forms within what each allows.
type near struct {
	forms  []form
	filed  map[uint64][]int32
	sieve  sieve
	strike int // letters struck out of the longest forms: 0 to 2
}

// A sieve tells most keys that nothing is filed under without the look-up: one bit
// for each, which some share.
type sieve struct {
	bits  []uint64
	shift int // of a key, so that a bit's number remains
}

// bitsPerKey makes one key in so many pass that is none.
const bitsPerKey = 16

func sieveOf(keys map[uint64][]int32) sieve {
	wide := max(6, bits.Len(uint(len(keys)*bitsPerKey)))
	s := sieve{bits: make([]uint64, 1<<(wide-6)), shift: 64 - wide}
	for key := range keys {
		at := s.at(key)
		s.bits[at/64] |= 1 << (at % 64)
	}
	return s
}

// at returns the number of a key's bit.
func (s *sieve) at(key uint64) uint64 { return key * keyBase >> s.shift }

// passes reports whether something may be filed under a key.
func (s *sieve) passes(key uint64) bool {
	at := s.at(key)
	return s.bits[at/64]&(1<<(at%64)) != 0
}

// nearTo files the terms of an index.
func nearTo(x *Index) near {
	n := near{filed: make(map[uint64][]int32)}
	have := make(map[filing]int32)
	for i, t := range x.terms {
		term := int32(i)
		longest := "" // of its stems
		for l, st := range t.stems {
			if st == "" {
				continue
			}
			if len(st) > len(longest) {
				longest = st
			}
			if st != t.bare {
				n.add(have, stemForm(st), term)
			}
			for _, member := range x.lexicon.members[t.senses[l]] {
				st := stemsOf(member)[l]
				n.add(have, wholeForm(member, st), term)
				if st != member {
					n.add(have, stemForm(st), term)
				}
			}
		}
		n.add(have, wholeForm(t.bare, longest), term)
	}
	n.sieve = sieveOf(n.filed)
	return n
}

// A filing is what makes a form the same as another, its terms apart.
type filing struct {
	text                string
	whole, stem, slight bool
	allowed             int
}

// add files one form of a term; have has the forms so far.
func (n *near) add(have map[filing]int32, f form, term int32) {
	if f.allowed == 0 || len(f.text) > maxNear {
		return
	}
	key := filing{string(f.text), f.whole, f.stem, f.slight, f.allowed}
	if number, ok := have[key]; ok {
		if terms := &n.forms[number].terms; (*terms)[len(*terms)-1] != term {
			*terms = append(*terms, term)
		}
		return
	}
	strike := f.allowed / slip
	n.strike = max(n.strike, strike)
	number := int32(len(n.forms))
	have[key] = number
	f.terms = []int32{term}
	n.forms = append(n.forms, f)
	strikeOut(sound(nil, f.text), strike, func(key uint64) {
		// One word with a letter twice gives a key twice in a row.
		if filed := n.filed[key]; len(filed) == 0 || filed[len(filed)-1] != number {
			n.filed[key] = append(filed, number)
		}
	})
}

// A lookout finds what words of one message are slips of.
type lookout struct {
	*near
	best     int
	out      []int32
	compared []uint64 // a bit for each form: most keys of a form lead to it
}

// find returns the terms of which a bare word with these stems is a slip: those at
// the least cost, for the nearest is the one that is meant. They hold until the next
// find.
func (l *lookout) find(word string, of stems) []int32 {
	if l.strike == 0 {
		return nil
	}
	l.best, l.out = 2*slip+1, l.out[:0]
	l.look(word, true, slices.Contains(of[:], word))
	for i, st := range of {
		if st != "" && st != word && !slices.Contains(of[:i], st) {
			l.look(st, false, true)
		}
	}
	slices.Sort(l.out)
	return slices.Compact(l.out)
}

// look compares one text with the forms that are whole words, or stems, or either.
func (l *lookout) look(text string, whole, stem bool) {
	if n := utf8.RuneCountInString(text); n < minNear || n > maxNear {
		return
	}
	var written, heard [maxNear]rune
	letters := written[:0]
	for _, r := range text {
		letters = append(letters, r)
	}
	clear(l.compared)
	strikeOut(sound(heard[:0], letters), l.strike, func(key uint64) {
		if !l.sieve.passes(key) {
			return
		}
		for _, number := range l.filed[key] {
			if l.compared == nil {
				l.compared = make([]uint64, (len(l.forms)+63)/64)
			}
			if l.compared[number/64]&(1<<(number%64)) != 0 {
				continue
			}
			l.compared[number/64] |= 1 << (number % 64)
			if f := &l.forms[number]; whole && f.whole || stem && f.stem {
				l.compare(f, letters, whole)
			}
		}
	})
}

// compare keeps a form's terms where the text is a slip of it and none before is nearer.
func (l *lookout) compare(f *form, text []rune, whole bool) {
	c := cost(f.text, text, min(f.allowed, l.best))
	if (!whole || !f.whole) && c > 0 && f.text[len(f.text)-1] != text[len(text)-1] {
		c += lastSlip
	}
	switch {
	case c > f.allowed || c > l.best || f.slight && c > halfSlip && !isSwap(f.text, text):
	case c < l.best:
		l.best, l.out = c, append(l.out[:0], f.terms...)
	default:
		l.out = append(l.out, f.terms...)
	}
}
