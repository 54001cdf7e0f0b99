package words

import (
	"slices"
	"sync/atomic"
	"unicode/utf8"
)

// Mode is how one keyword is compared with a message.
type Mode int

const (
	// Forms finds the keyword's words in any form and misspelt, several words near
	// one another.
	Forms Mode = iota
	// Exact finds them whole and next to one another, letter case and "ё" apart.
	Exact
	// Phrase finds them in any form and misspelt, in their order, next to one another.
	Phrase
)

// A Keyword is one of a shop's keywords.
type Keyword struct {
	Text string
	Mode Mode
}

// An Index finds keywords. It finds the same for ever: any number of goroutines may
// use one.
type Index struct {
	lexicon  *lexicon
	keywords []keyword
	terms    []term
	byFolded map[string]int32
	byBare   map[string][]int32
	byStem   [tongues]map[string][]int32
	byFamily map[family][]int32
	likes    map[family]bool  // of terms that are known by their beginning alone
	runOns   map[string][]cut // keywords of several words as one: "instock"
	near     near
	kept     []atomic.Pointer[[]hit] // by entry of the lexicon, what hitsOf found
	longest  int                     // letters of the longest word of a keyword, bare
	fuzzy    bool                    // some keyword is not Exact
}

// A keyword is a Keyword by its terms. It has none where its text has no word.
type keyword struct {
	mode     Mode
	terms    []int32
	little   bool // all its words are glue
	anywhere bool // one word: it stands wherever its term does
	// spare is a keyword that may lack one of its glue words: "por mayor" for "al por
	// mayor", "tabela das medidas" for "tabela de medidas".
	spare bool
}

// A term is one different word of the keywords.
type term struct {
	folded, bare string
	glue         bool // a little word
	senses       senses
	stems        stems         // of the languages that it can be of
	asks         [tongues]bool // in which it is what shops are asked about
	uses         []use
}

// A use is the place of a term in a keyword.
type use struct{ keyword, place int32 }

// Compile makes an Index of keywords; Found.Keyword counts in their order. Their
// words are taken to be of the languages, of all Languages where none is given;
// one that the lexicon knows is of the languages that it knows it in. A keyword
// with no letter or digit is never found.
func Compile(keywords []Keyword, languages []Language) *Index {
	x := &Index{
		lexicon: theLexicon(), keywords: make([]keyword, len(keywords)),
		byFolded: make(map[string]int32), byBare: make(map[string][]int32), byFamily: make(map[family][]int32),
		likes: make(map[family]bool), runOns: make(map[string][]cut),
	}
	x.kept = make([]atomic.Pointer[[]hit], len(x.lexicon.words))
	for t := range x.byStem {
		x.byStem[t] = make(map[string][]int32)
	}
	spoken := tonguesOf(languages)
	for i, k := range keywords {
		c := keyword{mode: k.Mode, little: true}
		for place, folded := range Split(k.Text) {
			n := x.term(folded, spoken)
			x.terms[n].uses = append(x.terms[n].uses, use{int32(i), int32(place)})
			c.terms = append(c.terms, n)
			c.little = c.little && x.terms[n].glue
		}
		c.anywhere = len(c.terms) == 1
		c.spare = k.Mode == Forms && len(c.terms) > 2 && !c.little && slices.ContainsFunc(c.terms, func(n int32) bool { return x.terms[n].glue })
		if len(c.terms) > 1 && k.Mode != Exact {
			x.addRunOns(c.terms)
		}
		x.keywords[i] = c
		x.fuzzy = x.fuzzy || k.Mode != Exact
	}
	x.near = nearTo(x)
	return x
}

// term returns the number of a word, which it adds where it is new.
func (x *Index) term(folded string, spoken [tongues]bool) int32 {
	if n, ok := x.byFolded[folded]; ok {
		return n
	}
	n := int32(len(x.terms))
	t := term{folded: folded, bare: bare(folded)}
	r := x.lexicon.reading(t.bare)
	t.glue, t.senses, t.stems = r.entry.little() != 0, r.of, r.stems
	t.asks = x.lexicon.asks(t.senses)
	for l, st := range t.stems {
		if st == "" || !t.senses.known() && !spoken[l] {
			t.stems[l] = ""
			continue
		}
		x.byStem[l][st] = append(x.byStem[l][st], n)
	}
	written := r.entry.families().known()
	for _, f := range t.senses {
		// A beginning in [others] keeps words apart and makes no relations.
		if f != 0 && !written && t.asks == [tongues]bool{} {
			x.likes[f] = true
		}
		if len(x.lexicon.members[f]) > 0 && !slices.Contains(x.byFamily[f], n) {
			x.byFamily[f] = append(x.byFamily[f], n)
		}
	}
	x.byFolded[folded] = n
	x.byBare[t.bare] = append(x.byBare[t.bare], n)
	x.longest = max(x.longest, utf8.RuneCountInString(t.bare))
	x.terms = append(x.terms, t)
	return n
}
