package words

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A unit is one word of a message as it is compared: a word as it stands, or a
// piece of a run-on word.
type unit struct {
	start, end int  // bytes in the message, of the whole run-on word for its pieces
	*reading        // of the word; pieces of a run-on have its word alone
	whole      bool // a word as it stands
	known      bool // the lexicon has it
	glue       bool // a little word
	capital    bool // it begins with the only capital letter of it
	name       bool // it is written like somebody's name
	breaks     bool // a comma, a full stop, a new line or the like stands before it
	hits       []hit
}

// A hit is a term that a unit is a form of.
type hit struct {
	term int32
	how  How
}

// A reader reads one message.
type reader struct {
	*Index
	lookout lookout
}

// read cuts a message into units and finds the terms that hit each: first as the
// words stand, then, for words that say nothing so, by what may have happened to them.
func (x *Index) read(text string) []unit {
	units := x.split(text)
	if !x.fuzzy {
		return units
	}
	r := reader{Index: x, lookout: lookout{near: &x.near}}
	r.doubtForeign(units)
	cyrillic := x.romanised(units)
	var out []unit // units so far, where one was taken apart, up to units[done]
	done := 0
	for i := range units {
		u := &units[i]
		switch {
		case i > done:
			x.join(&units[i-1], u)
		case i > 0: // the last one was taken apart
			x.join(&out[len(out)-1], u)
		}
		var russian *reading
		if cyrillic != nil {
			russian = cyrillic[i]
		}
		if pieces := r.readOne(u, russian, text); pieces != nil {
			out = append(append(out, units[done:i]...), pieces...)
			done = i + 1
		}
	}
	if out == nil {
		return units
	}
	return append(out, units[done:]...)
}

// doubtForeign forgets that words are known which are known in other languages than
// that of the message alone: the Spanish "trajeta" is a slip, whatever it is in
// Portuguese.
func (x *reader) doubtForeign(units []unit) {
	votes := votesOf(units)
	for i := range units {
		u := &units[i]
		if !u.known || len(u.hits) > 0 || u.entry.families().known() {
			continue
		}
		its, others := 0, 0
		for t, f := range u.of {
			if f != 0 {
				its = max(its, votes[t]-1) // but for its own
			} else {
				others = max(others, votes[t])
			}
		}
		u.known = others < minVotes || others <= its
	}
}

// readOne finds the terms that hit a unit, or returns the pieces that it is made of.
// In a message that is Russian in Latin letters, russian is what its word says so.
func (x *reader) readOne(u *unit, russian *reading, text string) []unit {
	if pieces := x.asKeyword(u); pieces != nil {
		return pieces
	}
	switch {
	case len(u.hits) > 0:
	case russian != nil && russian.of.known():
		x.try(u, russian, HowTranslit)
	case (!u.known || shorten(u.word, 1) != u.word) && x.drawn(u):
	case u.known && russian != nil:
		x.fromLatin(u, russian)
	case u.known:
		x.slipsOfLike(u)
	case x.onCyrillicKeys(u):
	case x.ofLittle(u):
	case u.name || x.lexicon.isFormed(u.word):
		return x.takeApart(u)
	case x.repair(u, russian):
	default:
		if pieces := x.takeApart(u); pieces != nil {
			return pieces
		}
		x.layoutAround(u, text)
	}
	return nil
}

// split cuts a message into words as they stand.
func (x *Index) split(text string) []unit {
	units := make([]unit, 0, strings.Count(text, " ")+2)
	breaks := false
	add := func(start, end int) {
		words := [1]string{}
		all := words[:]
		var plain bool
		if words[0], plain = foldPlain(text[start:end]); !plain {
			all = Split(text[start:end]) // one but for letters like "ﷺ"
		}
		for _, folded := range all {
			u := unit{start: start, end: end, whole: true, breaks: breaks, capital: isCapital(text[start:end])}
			word, lookUp := bare(folded), folded
			if unmixed, ok := unmix(word); ok {
				word, lookUp, u.whole = unmixed, unmixed, false
			}
			u.reading = x.readingOf(word)
			u.hits = x.hitsOf(lookUp, u.reading)
			u.known, u.glue = u.of.known() || !x.fuzzy, u.entry.little() != 0
			if !u.whole {
				u.hits = raised(u.hits, HowSpelling)
			}
			units = append(units, u)
			breaks = false
		}
	}
	start := -1
	for i, r := range text {
		if inWord(r, start >= 0) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			add(start, i)
			start = -1
		}
		breaks = breaks || strings.ContainsRune(".,;:!?()…—\n", r)
	}
	if start >= 0 {
		add(start, len(text))
	}
	findNames(units)
	return units
}

// isCapital reports whether the first letter of a word, and no other, is a capital.
func isCapital(word string) bool {
	for i, r := range word {
		if unicode.IsUpper(r) != (i == 0) {
			return false
		}
	}
	return true
}

// findNames marks the words that are written like somebody's name: with a capital
// letter in the middle of a sentence, or beside another such one. Customers who write
// every word so mean nothing by it.
func findNames(units []unit) {
	small := func(u unit) bool { return !u.capital }
	if !slices.ContainsFunc(units, small) {
		return
	}
	for i := range units {
		follows := i > 0 && !units[i].breaks
		followed := i+1 < len(units) && units[i+1].capital && !units[i+1].breaks
		units[i].name = units[i].capital && (follows || followed)
	}
}

// asKeyword makes units of a word that is a keyword of several words written as
// one, whatever else it is: "promocode" may be "promo" and is "promo code". Nil
// where it is none.
func (x *Index) asKeyword(u *unit) []unit {
	cuts, ok := x.runOns[u.word]
	if !ok {
		return nil
	}
	out := x.piecesOf(u, cuts)
	for _, h := range u.hits {
		out[0].hits = addHit(out[0].hits, len(out[0].hits), h.term, h.how)
	}
	return out
}

// takeApart makes units of a word's pieces: letters and digits written together,
// or a run-on. Nil where it is neither.
func (x *Index) takeApart(u *unit) []unit {
	if cuts := digitsApart(u.word); cuts != nil {
		return x.piecesOf(u, cuts)
	}
	return x.piecesOf(u, x.runOn(u.word))
}

// piecesOf makes units of pieces of a word; nil where none is of a keyword.
func (x *Index) piecesOf(u *unit, cuts []cut) []unit {
	var out []unit
	hit := false
	for i, c := range cuts {
		r := x.readingOf(u.word[c.from:c.to])
		piece := unit{start: u.start, end: u.end, reading: &reading{word: r.word, entry: r.entry}, breaks: u.breaks && i == 0}
		piece.hits = raised(x.hitsOf(r.word, r), HowRunOn)
		piece.known, piece.glue = r.of.known(), r.entry.little() != 0
		hit = hit || len(piece.hits) > 0
		out = append(out, piece)
	}
	if !hit {
		return nil
	}
	return out
}

// digitsApart cuts "размер39" between letters and digits; nil for a word that has
// no letters, or no digits, or digits among its letters.
func digitsApart(word string) []cut {
	at := strings.IndexFunc(word, unicode.IsDigit)
	if at > 0 {
		if strings.IndexFunc(word[at:], func(r rune) bool { return !unicode.IsDigit(r) }) >= 0 {
			return nil
		}
		return []cut{{0, at}, {at, len(word)}}
	}
	at = strings.IndexFunc(word, func(r rune) bool { return !unicode.IsDigit(r) })
	if at <= 0 || strings.IndexFunc(word[at:], unicode.IsDigit) >= 0 {
		return nil
	}
	return []cut{{0, at}, {at, len(word)}}
}

// Letters from which on a keyword is found in two pieces: "до ставка". Where these
// are words of their own ("pick up") or say something already ("whole sale") it
// takes more.
const (
	minJoined      = 5
	minJoinedKnown = 6
)

// join gives the last unit the terms that it is together with the next one.
func (x *Index) join(last, next *unit) {
	if next.breaks || next.start-last.end != 1 || len(last.word)+len(next.word) < minJoined {
		return
	}
	both := last.word + next.word
	least := minJoined
	if len(last.hits)+len(next.hits) > 0 || last.known && next.known {
		least = minJoinedKnown
	}
	if utf8.RuneCountInString(both) < least {
		return
	}
	for _, n := range x.byBare[both] {
		last.hits = addHit(last.hits, len(last.hits), n, HowRunOn)
		last.end = next.end
	}
}
