package words

import "strings"

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
			x.addIdiom(out)
		}
	}
}

// headKey is how many letters a beginning in idioms has at least; a test looks.
const headKey = 3

// addIdiom files one: most begin with a whole word, which is looked up anyway.
func (x *lexicon) addIdiom(of idiom) {
	first := of[0]
	if first.isHead {
		key := headOf(first.word)
		x.idioms[key] = append(x.idioms[key], of)
		return
	}
	e := x.entry(first.word)
	e.idioms = append(e.idioms, of)
}

// idiom returns how many words at the beginning of a message are an idiom, 0
// where none is.
func (x *lexicon) idiom(units []unit) int {
	longest := 0
	look := func(idioms []idiom) {
		for _, of := range idioms {
			if len(of) > longest && of.begins(units) {
				longest = len(of)
			}
		}
	}
	if e := units[0].entry; e != nil {
		look(e.idioms)
	}
	look(x.idioms[headOf(units[0].word)])
	return longest
}

// headOf returns the first headKey letters of a word; "" where it has fewer.
func headOf(word string) string {
	n := 0
	for i := range word {
		if n == headKey {
			return word[:i]
		}
		n++
	}
	if n < headKey {
		return ""
	}
	return word
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
