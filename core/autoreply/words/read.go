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
	start, end int    // bytes in the message, of the whole run-on word for its pieces
	word       string // bare
	whole      bool   // a word as it stands
	known      bool   // the lexicon has it
	glue       bool   // a little word
	of         senses // its families; none for pieces and repaired words
	breaks     bool   // a comma, a full stop, a new line or the like stands before it
	hits       []hit
}

// A hit is a term that a unit is a form of.
type hit struct {
	term int32
	how  How
}

// read cuts a message into units and finds the terms that hit each: first as the
// words stand, then, for words that say nothing so, by what may have happened to them.
func (x *Index) read(text string) []unit {
	units := x.split(text)
	if !x.fuzzy {
		return units
	}
	romanised := x.isRomanised(units)
	out := make([]unit, 0, len(units))
	for i, u := range units {
		if i > 0 {
			x.join(&out[len(out)-1], &u)
		}
		if pieces := x.asKeyword(u); pieces != nil {
			out = append(out, pieces...)
			continue
		}
		switch {
		case len(u.hits) > 0:
		case (!u.known || shorten(u.word, 1) != u.word) && x.drawn(&u):
		case u.known && romanised:
			x.fromLatin(&u, true)
		case u.known:
			x.slipsOfLike(&u)
		default:
			if x.repair(&u, romanised) {
				break
			}
			if pieces := x.takeApart(u); pieces != nil {
				out = append(out, pieces...)
				continue
			}
			x.layoutAround(&u, text)
		}
		out = append(out, u)
	}
	return out
}

// split cuts a message into words as they stand.
func (x *Index) split(text string) []unit {
	units := make([]unit, 0, len(text)/6+1)
	breaks := false
	add := func(start, end int) {
		for _, folded := range Split(text[start:end]) { // one but for letters like "ﷺ"
			u := unit{start: start, end: end, word: bare(folded), whole: true, breaks: breaks}
			lookUp := folded
			if unmixed, ok := unmix(u.word); ok {
				u.word, lookUp, u.whole = unmixed, unmixed, false
			}
			u.hits, u.of = x.lookUp(nil, lookUp, u.word)
			u.known, u.glue = u.of.known() || !x.fuzzy, x.lexicon.glue[u.word]
			if !u.whole {
				raise(u.hits, HowSpelling)
			}
			units = append(units, u)
			breaks = false
		}
	}
	start := -1
	for i, r := range text {
		if inWord(r) {
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
	return units
}

// lookUp adds the terms that a word is, or is a form or of the family of, to hits,
// and returns the families of the word, which are none in an index that is not fuzzy.
func (x *Index) lookUp(hits []hit, folded, word string) (all []hit, of senses) {
	if n, ok := x.byFolded[folded]; ok {
		hits = append(hits, hit{n, HowExact})
	}
	if !x.fuzzy {
		return hits, of
	}
	before := len(hits)
	for _, n := range x.byBare[word] {
		hits = addHit(hits, before, n, HowSpelling)
	}
	of, st, written := x.lexicon.senses(word)
	for t, s := range st {
		if s == "" {
			continue
		}
		before = len(hits)
		for _, n := range x.byStem[t][s] {
			other := &x.terms[n]
			kin := of[t] != 0 && of[t] == other.senses[t]
			switch {
			case of.known() && other.senses.known() && !kin: // "цена" and "ценный"
			case (!written || !kin) && derives(tongue(t), word, other.bare):
			case (!written || !kin) && isClipped(tongue(t), word, other.bare):
			case x.isGerund(tongue(t), word, of[t], other.bare):
			default:
				hits = addHit(hits, before, n, HowForm)
			}
		}
	}
	for t, f := range of {
		if f == 0 {
			continue
		}
		before = len(hits)
		entire := x.lexicon.words[word][t] != 0
		for _, n := range x.byFamily[f] {
			keyword := x.terms[n].bare
			if entire || !derivesOf(tongue(t), word, keyword) && (written || !isClipped(tongue(t), word, keyword)) {
				hits = addHit(hits, before, n, HowFamily)
			}
		}
	}
	return hits, of
}

// isGerund reports whether a keyword is a thing in -ing ("lining") of which a usual
// word ("line") is no form.
func (x *Index) isGerund(t tongue, word string, of family, keyword string) bool {
	const english = tongue(1)
	return t == english && of != 0 && len(x.lexicon.members[of]) == 0 &&
		strings.HasSuffix(keyword, "ing") && !strings.HasSuffix(strings.TrimSuffix(word, "s"), "ing")
}

// addHit adds a term to hits unless it is among the first ones of them. A list of
// terms has none twice, so these are the hits from before the list: shops with very
// many keywords of one family are slow otherwise.
func addHit(hits []hit, first int, term int32, how How) []hit {
	if slices.ContainsFunc(hits[:first], func(h hit) bool { return h.term == term }) {
		return hits
	}
	return append(hits, hit{term, how})
}

// raise makes hits no plainer than how.
func raise(hits []hit, how How) {
	for i := range hits {
		hits[i].how = further(hits[i].how, how)
	}
}

// try gives a unit the hits of another reading of its word, no plainer than how,
// and reports whether there are any.
func (x *Index) try(u *unit, word string, how How) bool {
	if word == "" {
		return false
	}
	hits, _ := x.lookUp(u.hits, word, word)
	raise(hits, how)
	u.hits = hits
	return len(hits) > 0
}

// drawn tries a word without the letters that may have been drawn out.
func (x *Index) drawn(u *unit) bool {
	for _, word := range drawnOut(u.word) {
		if x.try(u, word, HowSpelling) {
			return true
		}
	}
	return false
}

// repair tries what may have happened to a word that says nothing as it stands,
// the likelier before the unlikelier, until one reading says something.
func (x *Index) repair(u *unit, romanised bool) bool {
	if first, _ := utf8.DecodeRuneInString(u.word); isCyrillic(first) {
		for _, n := range x.byStem[0][diminutive(u.word)] {
			u.hits = append(u.hits, hit{n, HowForm})
		}
		if len(u.hits) > 0 {
			return true
		}
	}
	if x.slips(u, u.word, HowTypo) {
		return true
	}
	if short := shorten(u.word, 1); len(short) < len(u.word) && x.slips(u, short, HowTypo) {
		return true
	}
	if utf8.RuneCountInString(u.word) >= minOtherLayout {
		other := otherLayout(u.word)
		if x.try(u, other, HowLayout) || other != "" && x.slips(u, other, HowLayout) {
			return true
		}
	}
	return x.fromLatin(u, romanised)
}

// slips gives a unit the terms that a word is a slip of.
func (x *Index) slips(u *unit, word string, how How) bool {
	before := len(u.hits)
	for _, n := range x.near.find(word, stemsOf(word)) {
		if first, _ := alphabet(word); derivesOf(first, word, x.terms[n].bare) {
			continue // another word: "придёшь" for "придёт"
		}
		u.hits = addHit(u.hits, before, n, how)
	}
	return len(u.hits) > 0
}

// slipsOfLike gives a unit whose word is known by its beginning alone the terms
// that begin so too and of which it is a slip, where it has no hits: "гравироку", which "гравир*" tells
// from "гарантия", is "гравировка" none the less.
func (x *Index) slipsOfLike(u *unit) {
	if !slices.ContainsFunc(u.of[:], func(f family) bool { return x.likes[f] }) {
		return
	}
	if _, written := x.lexicon.words[u.word]; written {
		return
	}
	for _, n := range x.near.find(u.word, stemsOf(u.word)) {
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

// fromLatin reads a word as Russian in Latin letters. In a message that is all
// Russian in Latin letters it forgives slips too.
func (x *Index) fromLatin(u *unit, romanised bool) bool {
	if len(x.byStem[0]) == 0 || len(u.word) < minRomanised && !romanised {
		return false
	}
	word := cyrillised(u.word)
	if x.try(u, word, HowTranslit) {
		return true
	}
	return word != "" && x.slips(u, word, HowTranslit)
}

// isRomanised reports whether a message is Russian in Latin letters: more of its
// words are known so than as they stand.
func (x *Index) isRomanised(units []unit) bool {
	if len(x.byStem[0]) == 0 {
		return false
	}
	known := 0
	for _, u := range units {
		if u.known {
			known++
		}
	}
	if 4*known > 3*len(units) { // spare most messages the work
		return false
	}
	russian := 0
	for _, u := range units {
		if word := cyrillised(u.word); word != "" {
			if of, _, _ := x.lexicon.senses(word); of.known() {
				russian++
			}
		}
	}
	return russian > 0 && russian >= known
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
		if utf8.RuneCountInString(typed) >= minOtherLayout && x.try(u, otherLayout(typed), HowLayout) {
			u.start, u.end = start, start+len(typed)
			return
		}
	}
}

// asKeyword makes units of a word that is a keyword of several words written as
// one, whatever else it is: "promocode" may be "promo" and is "promo code". Nil
// where it is none.
func (x *Index) asKeyword(u unit) []unit {
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
func (x *Index) takeApart(u unit) []unit {
	if cuts := digitsApart(u.word); cuts != nil {
		return x.piecesOf(u, cuts)
	}
	return x.piecesOf(u, x.runOn(u.word))
}

// piecesOf makes units of pieces of a word; nil where none is of a keyword.
func (x *Index) piecesOf(u unit, cuts []cut) []unit {
	var out []unit
	hit := false
	for i, c := range cuts {
		piece := unit{start: u.start, end: u.end, word: u.word[c.from:c.to], breaks: u.breaks && i == 0}
		var of senses
		piece.hits, of = x.lookUp(nil, piece.word, piece.word)
		piece.known, piece.glue = of.known(), x.lexicon.glue[piece.word]
		raise(piece.hits, HowRunOn)
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
