package words

import (
	"iter"
	"strconv"
)

// A Root is one word of a text and what its forms have in common.
type Root struct {
	// Key is the same for the forms of a word and for its family, and means nothing
	// else. It holds for this version of the program only.
	Key        string
	Word       string // folded
	Start, End int    // bytes of the text
	Little     bool   // glue: "how", "the", "и"
}

// Roots returns the words of a text in their order, for counting. Words of which
// nothing is known are brought together by their stems alone, so that two strangers
// may share a key.
func Roots(text string) []Root {
	lexicon := theLexicon()
	var out []Root
	for start, stop := range spans(text) {
		for _, folded := range Split(text[start:stop]) {
			word := bare(folded)
			if unmixed, ok := unmix(word); ok {
				word = unmixed
			}
			out = append(out, Root{
				Key: lexicon.root(word), Word: folded, Start: start, End: stop, Little: lexicon.words[word].little() != 0,
			})
		}
	}
	return out
}

// Count counts the words of a text, up to most of them.
func Count(text string, most int) int {
	n := 0
	for range spans(text) {
		if n == most {
			break
		}
		n++
	}
	return n
}

// spans are where the words of a text begin and end.
func spans(text string) iter.Seq2[int, int] {
	return func(yield func(start, end int) bool) {
		start := -1
		for i, r := range text {
			switch in := inWord(r, start >= 0); {
			case in && start < 0:
				start = i
			case !in && start >= 0:
				if !yield(start, i) {
					return
				}
				start = -1
			}
		}
		if start >= 0 {
			yield(start, len(text))
		}
	}
}

// root returns the key of a bare word: its family, else the shortest of its stems.
func (x *lexicon) root(word string) string {
	r := x.reading(word)
	for _, f := range r.of {
		if f != 0 {
			return "#" + strconv.Itoa(int(f))
		}
	}
	key := word
	for _, s := range r.stems {
		if s != "" && len(s) < len(key) {
			key = s
		}
	}
	return key
}
