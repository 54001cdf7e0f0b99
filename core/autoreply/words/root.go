package words

import "strconv"

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
	for i, end := 0, len(text); i < end; {
		start, stop := nextWord(text, i)
		i = stop
		if start == stop {
			break
		}
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
	for i := 0; n < most; n++ {
		start, end := nextWord(text, i)
		if start == end {
			break
		}
		i = end
	}
	return n
}

// nextWord returns where the first word of a text from a byte on begins and ends;
// the same twice where there is none.
func nextWord(text string, from int) (start, end int) {
	start = -1
	for i, r := range text[from:] {
		switch {
		case inWord(r) && start < 0:
			start = from + i
		case !inWord(r) && start >= 0:
			return start, from + i
		}
	}
	if start < 0 {
		return len(text), len(text)
	}
	return start, len(text)
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
