package words

import (
	"strings"
	"unicode/utf8"
)

// An idiom is a word group in which a word means something else.
type idiom []wanted

// wanted is one word of an idiom, or what it begins with.
type wanted struct {
	word   string
	isHead bool
}

// addIdioms files word groups under the first word of each; blank ones are none.
func (x *lexicon) addIdioms(groups []string) {
	for _, group := range groups {
		var out idiom
		for _, field := range strings.Fields(group) {
			word, isHead := strings.CutSuffix(field, "*")
			out = append(out, wanted{word, isHead})
		}
		if len(out) > 0 {
			x.idioms[out[0].word] = append(x.idioms[out[0].word], out)
		}
	}
}

// idiom returns how many words at the beginning of a message are an idiom, 0
// where none is.
func (x *lexicon) idiom(units []unit) int {
	longest := 0
	word := units[0].word
	for i := 0; i <= len(word); {
		for _, of := range x.idioms[word[:i]] {
			if len(of) > longest && of.begins(units) {
				longest = len(of)
			}
		}
		_, size := utf8.DecodeRuneInString(word[i:])
		i += max(size, 1)
	}
	return longest
}

// begins reports whether units begin with the idiom.
func (of idiom) begins(units []unit) bool {
	if len(of) > len(units) {
		return false
	}
	for i, want := range of {
		word := units[i].word
		if word != want.word && (!want.isHead || !strings.HasPrefix(word, want.word)) {
			return false
		}
	}
	return true
}
