package words

import (
	"slices"
	"strings"
)

// readingOf reads a bare word; an index that is not fuzzy asks for the word alone.
func (x *Index) readingOf(word string) *reading {
	if x.fuzzy {
		return x.lexicon.reading(word)
	}
	return &reading{word: word}
}

// allStems returns the stems of the word in all languages that it can be of.
func (r *reading) allStems() stems {
	if r.of.known() {
		return stemsOf(r.word)
	}
	return r.stems
}

// hitsOf returns what lookUp finds, which it keeps for the lexicon's words: most words
// of most messages are among them. The hits are shared and not to be changed.
func (x *Index) hitsOf(folded string, r *reading) []hit {
	if r.entry == nil || folded != r.word {
		return x.lookUp(folded, r)
	}
	kept := &x.kept[r.entry.number]
	if hits := kept.Load(); hits != nil {
		return *hits
	}
	hits := slices.Clip(x.lookUp(folded, r))
	kept.Store(&hits)
	return hits
}

// lookUp returns the terms that a word is, or is a form or of the family of.
func (x *Index) lookUp(folded string, r *reading) []hit {
	var hits []hit
	if n, ok := x.byFolded[folded]; ok {
		hits = append(hits, hit{n, HowExact})
	}
	if !x.fuzzy {
		return hits
	}
	before := len(hits)
	for _, n := range x.byBare[r.word] {
		hits = addHit(hits, before, n, HowSpelling)
	}
	word, of, written, lines := r.word, r.of, r.written, r.entry.families()
	for t, s := range r.stems {
		if s == "" {
			continue
		}
		before = len(hits)
		entire := lines[t] != 0
		for _, n := range x.byStem[t][s] {
			other := &x.terms[n]
			kin := of[t] != 0 && of[t] == other.senses[t]
			told := entire && kin && len(x.lexicon.members[of[t]]) > 0
			switch {
			case of.known() && other.senses.known() && !kin: // "цена" and "ценный"
			case !told && derives(tongue(t), word, other.bare):
			case !told && isClipped(tongue(t), word, other.bare):
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
		entire := lines[t] != 0
		for _, n := range x.byFamily[f] {
			keyword := x.terms[n].bare
			if entire || !derivesOf(tongue(t), word, keyword) && (written || !isClipped(tongue(t), word, keyword)) {
				hits = addHit(hits, before, n, HowFamily)
			}
		}
	}
	return hits
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

// raised returns hits that are no plainer than how.
func raised(hits []hit, how How) []hit {
	out := make([]hit, len(hits))
	for i, h := range hits {
		out[i] = hit{h.term, further(h.how, how)}
	}
	return out
}
