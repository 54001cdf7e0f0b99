package words

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// formed are endings that make a word of another one: "buttery" of "butter".
var formed = [tongues][]string{
	{
		"чик", "очка", "ечка", "ушка", "юшка", "енька", "онька", "енький", "ище", "ник", "ница", "ский", "ская", "ское",
		"ость", "ство", "ист", "истка", "изм", "изация", "ировать", "оват", "оватый", "ливый", "ливая", "тель", "щик", "щица", "овна", "ович",
	},
	{
		"y", "ly", "er", "ers", "ier", "est", "iest", "able", "ible", "ish", "less", "ness", "ful", "fully", "ship", "hood", "like", "wise",
		"ist", "ists", "ism", "ing", "ings", "ed", "en", "ery", "ify", "ity", "ous", "ation", "ment", "ments", "land", "man", "men",
	},
	{
		"inho", "inha", "inhos", "inhas", "zinho", "zinha", "zinhos", "zinhas", "ao", "oes", "ona", "eiro", "eira", "eiros", "eiras", "mente",
		"ista", "istas", "ismo", "dade", "oso", "osa", "osos", "osas", "issimo", "issima", "aco", "ada", "adas", "agem",
	},
	{
		"ito", "ita", "itos", "itas", "cito", "cita", "citos", "citas", "illo", "illa", "illos", "illas", "ero", "era", "eros", "eras", "mente",
		"ista", "istas", "ismo", "dad", "oso", "osa", "osos", "osas", "isimo", "isima", "azo", "ote", "on", "ona", "ada", "adas", "aje",
	},
}

// stands are what a word may end in before such an ending was put in its place.
var stands = [tongues][]string{{"", "а", "о", "ь", "я", "е"}, {"", "e"}, {"", "a", "o", "e"}, {"", "a", "o", "e"}}

// prefixes make a Russian verb of another one: "отметить" of "метить".
var prefixes = []string{"пере", "раз", "рас", "при", "про", "под", "вос", "воз", "вы", "до", "за", "из", "ис", "на", "об", "от", "по", "со", "с", "у", "о"}

// Letters from which on what is left without an ending or a prefix is a word.
const (
	minFormed   = 4
	minPrefixed = 5
)

// isFormed reports whether a word that the lexicon has not is made of a usual one,
// and so is no slip of another.
func (x *lexicon) isFormed(word string) bool {
	first, last := alphabet(word)
	for t := first; t < last; t++ {
		for _, ending := range formed[t] {
			if body, ok := strings.CutSuffix(word, ending); ok && utf8.RuneCountInString(body) >= minFormed &&
				slices.ContainsFunc(stands[t], func(stand string) bool { return x.isUsual(t, body+stand) }) {
				return true
			}
		}
	}
	if first != 0 || last == 0 {
		return false
	}
	return slices.ContainsFunc(prefixes, func(prefix string) bool {
		body, ok := strings.CutPrefix(word, prefix)
		return ok && utf8.RuneCountInString(body) >= minPrefixed && x.isUsual(0, body)
	})
}

// isUsual reports whether a word is written in a language's lexicon, and of no family
// that shops are asked about.
func (x *lexicon) isUsual(t tongue, word string) bool {
	f := x.words[word].families()[t]
	return f != 0 && len(x.members[f]) == 0
}

// little are the endings of little things in Portuguese and Spanish: "funditas" are
// of "funda".
var little = [tongues][]string{
	2: {"zinhos", "zinhas", "zinho", "zinha", "inhos", "inhas", "inho", "inha"},
	3: {"citos", "citas", "cito", "cita", "itos", "itas", "ito", "ita"},
}

// minLittle is the length from which on what is left of a little thing's name is one.
const minLittle = 3

// ofLittle returns what a word may be the little one of.
func ofLittle(word string) (out []string) {
	for t, endings := range little {
		for _, ending := range endings {
			if body, ok := strings.CutSuffix(word, ending); ok && len(body) >= minLittle {
				for _, stand := range stands[t] {
					out = append(out, body+stand)
				}
				break
			}
		}
	}
	return out
}
