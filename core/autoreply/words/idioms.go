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

// addIdiom files the words of an idiom under the first one.
func (x *lexicon) addIdiom(fields []string) {
	out := make(idiom, len(fields))
	for i, field := range fields {
		word, isHead := strings.CutSuffix(field, "*")
		out[i] = wanted{word, isHead}
	}
	x.idioms[out[0].word] = append(x.idioms[out[0].word], out)
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
		if word := units[i].word; word != want.word && !(want.isHead && strings.HasPrefix(word, want.word)) {
			return false
		}
	}
	return true
}
