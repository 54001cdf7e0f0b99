package words

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// try gives a unit that has none the hits of another reading of its word, no plainer than how,
// and reports whether there are any.
func (x *Index) try(u *unit, r *reading, how How) bool {
	u.hits = raised(x.hitsOf(r.word, r), how)
	return len(u.hits) > 0
}

// drawn tries a word without the letters that may have been drawn out.
func (x *reader) drawn(u *unit) bool {
	for _, word := range drawnOut(u.word) {
		if r := x.readingOf(word); x.try(u, r, HowSpelling) {
			return true
		}
	}
	return false
}

// ofLittle tries what a word is the little one of.
func (x *reader) ofLittle(u *unit) bool {
	for _, word := range ofLittle(u.word) {
		if r := x.readingOf(word); x.try(u, r, HowForm) {
			return true
		}
	}
	return false
}

// onCyrillicKeys reports whether a word of Latin letters is a Russian one on the other
// layout, and gives the unit what it hits.
func (x *reader) onCyrillicKeys(u *unit) bool {
	if first := u.word[0]; len(x.byStem[0]) == 0 || first < 'a' || first > 'z' || len(u.word) < minOtherLayout {
		return false
	}
	other := otherLayout(u.word)
	if !isSayable(other) {
		return false
	}
	r := x.readingOf(other)
	if r.of.known() {
		x.try(u, r, HowLayout)
	}
	return r.of.known()
}

// repair tries what may have happened to a word that says nothing as it stands,
// the likelier before the unlikelier, until one reading says something.
func (x *reader) repair(u *unit, romanised *reading) bool {
	if first, _ := utf8.DecodeRuneInString(u.word); isCyrillic(first) {
		for _, n := range x.byStem[0][diminutive(u.word)] {
			u.hits = append(u.hits, hit{n, HowForm})
		}
		if len(u.hits) > 0 {
			return true
		}
	}
	if x.slips(u, u.reading, HowTypo) {
		return true
	}
	if short := shorten(u.word, 1); len(short) < len(u.word) {
		if r := x.readingOf(short); x.slips(u, r, HowTypo) {
			return true
		}
	}
	if x.respelt(u) {
		return true
	}
	if other := otherLayout(u.word); isSayable(other) && utf8.RuneCountInString(u.word) >= minOtherLayout {
		if r := x.readingOf(other); x.try(u, r, HowLayout) || !r.of.known() && x.slips(u, r, HowLayout) {
			return true
		}
	}
	return x.fromLatin(u, romanised)
}

// respellings are letters that are written for others that sound alike where one of
// the two is more than one letter, so that it is no slip: "reyeno", "rexeio", "kiero".
var respellings = [][2]string{{"y", "ll"}, {"ll", "y"}, {"x", "ch"}, {"ch", "x"}, {"sh", "ch"}, {"k", "qu"}, {"f", "ph"}, {"ph", "f"}, {"in", "en"}}

// respelt tries a word of Latin letters in other spellings of its sounds.
func (x *reader) respelt(u *unit) bool {
	if first, _ := utf8.DecodeRuneInString(u.word); !isLatin(first) || len(u.word) < minRespelt {
		return false
	}
	if doubled(u.word) && x.tryWritten(u, single(u.word)) {
		return true
	}
	return slices.ContainsFunc(respellings, func(way [2]string) bool {
		return strings.Contains(u.word, way[0]) && x.tryWritten(u, strings.ReplaceAll(u.word, way[0], way[1]))
	})
}

// tryWritten gives a unit the hits of another spelling, where that is, but for the "s"
// of a plural, as a keyword or the lexicon has it: stems alone prove too little.
func (x *reader) tryWritten(u *unit, word string) bool {
	thing := strings.TrimSuffix(word, "s")
	if !x.isWritten(word) && !x.isWritten(thing) {
		return false
	}
	r := x.readingOf(word)
	return x.try(u, r, HowTypo)
}

// isWritten reports whether a bare word stands in a keyword or in the lexicon.
func (x *Index) isWritten(word string) bool {
	return len(x.byBare[word]) > 0 || x.lexicon.words[word].families().known()
}

// slips gives a unit the terms that a word is a slip of.
func (x *reader) slips(u *unit, r *reading, how How) bool {
	before := len(u.hits)
	for _, n := range x.lookout.find(r.word, r.allStems()) {
		if first, _ := alphabet(r.word); derivesOf(first, r.word, x.terms[n].bare) {
			continue // another word: "придёшь" for "придёт"
		}
		u.hits = addHit(u.hits, before, n, how)
	}
	return len(u.hits) > 0
}

// slipsOfLike gives a unit whose word is known by its beginning alone the terms
// that begin so too and of which it is a slip, where it has no hits: "гравироку", which "гравир*" tells
// from "гарантия", is "гравировка" none the less.
func (x *reader) slipsOfLike(u *unit) {
	if !slices.ContainsFunc(u.of[:], func(f family) bool { return x.likes[f] }) {
		return
	}
	if u.entry.families().known() {
		return
	}
	for _, n := range x.lookout.find(u.word, u.allStems()) {
		if t := &x.terms[n]; t.senses.meets(u.of) && t.asks == [tongues]bool{} {
			u.hits = append(u.hits, hit{n, HowTypo})
		}
	}
}

// minOtherLayout and minRomanised are the letters from which on one word alone is
// taken for typed with the other layout, or for Russian in Latin letters: shorter
// ones say something by accident.
const (
	minOtherLayout = 4
	minRomanised   = 5
)

// minRespelt is the length from which on a word is looked for in another spelling.
const minRespelt = 5

// fromLatin reads a word as Russian in Latin letters: romanised is what it says so in
// a message that is all that, nil in others.
func (x *reader) fromLatin(u *unit, romanised *reading) bool {
	if len(x.byStem[0]) == 0 || len(u.word) < minRomanised && romanised == nil {
		return false
	}
	if romanised == nil {
		romanised = x.readingOf(cyrillised(u.word))
	}
	return romanised.word != "" && (x.try(u, romanised, HowTranslit) || !romanised.of.known() && x.slips(u, romanised, HowTranslit))
}

// romanised returns the words of a message that is Russian in Latin letters as they
// are in Cyrillic ones, each with no word where it can be none: half of its unknown
// words at least are Russian so, and as many of all as are known as they stand. Nil for
// other messages.
func (x *Index) romanised(units []unit) []*reading {
	unknown := 0
	for i := range units {
		if !units[i].known {
			unknown++
		}
	}
	if 4*unknown < len(units) || unknown == 0 || len(x.byStem[0]) == 0 { // spare most messages the work
		return nil
	}
	out := make([]*reading, len(units))
	russian := 0
	read := func(i int) {
		out[i] = &reading{}
		if word := cyrillised(units[i].word); word != "" {
			if out[i] = x.readingOf(word); out[i].of.known() {
				russian++
			}
		}
	}
	left := unknown
	for i := range units {
		if units[i].known {
			continue
		}
		read(i)
		if left--; 2*(russian+left) < unknown {
			return nil
		}
	}
	for i := range units {
		if units[i].known {
			read(i)
		}
	}
	if russian == 0 || russian < len(units)-unknown {
		return nil
	}
	return out
}

// layoutAround reads a word with the signs around it as typed with the other
// layout, where "б", "ю", "х", "ж" and "э" are signs.
func (x *Index) layoutAround(u *unit, text string) {
	if first := u.word[0]; first < 'a' || first > 'z' {
		return
	}
	isKey := func(r rune) bool { return strings.ContainsRune(latinKeys, unicode.ToLower(r)) }
	start, end := u.start, u.end
	for start > 0 && u.start-start < maxNear && isKey(rune(text[start-1])) {
		start--
	}
	for end < len(text) && end-u.end < maxNear && isKey(rune(text[end])) {
		end++
	}
	if end-start == u.end-u.start || end-start > maxNear {
		return
	}
	typed := strings.ToLower(text[start:end])
	for _, typed := range []string{typed, strings.TrimRight(typed, ".,;'")} {
		if utf8.RuneCountInString(typed) < minOtherLayout {
			continue
		}
		if r := x.readingOf(otherLayout(typed)); r.word != "" && x.try(u, r, HowLayout) {
			u.start, u.end = start, start+len(typed)
			return
		}
	}
}
