package words

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
)

// Language is one whose words this package knows.
type Language string

// The languages. Indonesian changes its words in front and is compared as it
// stands.
const (
	Russian    Language = "ru"
	English    Language = "en"
	Portuguese Language = "pt"
	Spanish    Language = "es"
	Indonesian Language = "id"
)

// Languages are all of them, in the order of tongue.
var Languages = []Language{Russian, English, Portuguese, Spanish, Indonesian}

// A tongue is the number of a language in Languages.
type tongue int

const tongues = 5

// stems are the stems of one word, by tongue; "" where the word cannot be of it.
type stems [tongues]string

// stemmers reduce bare words in place.
var stemmers = [tongues]func(*snowballstem.Env) bool{
	russian.Stem, english.Stem, portuguese.Stem, spanish.Stem, func(*snowballstem.Env) bool { return true },
}

// plurals are endings that the stemmers know with their accents only, which
// bare words have lost, and what they stand for.
var plurals = [tongues][][2]string{
	2: {{"oes", "ao"}, {"aes", "ao"}, {"iveis", "ivel"}, {"ais", "al"}, {"ons", "om"}, {"ens", "em"}},
	3: {{"iones", "ion"}},
}

// derived are endings that make another word of a word, and that the stemmers
// take off like those of its forms: "orderly" is no form of "order".
var derived = [tongues][]string{
	{"ость", "ости", "остью", "остей", "остный", "остная"},
	{"ly", "ness", "less", "ful", "ish"},
	{"mente", "dor", "dora", "dores", "doras", "oso", "osa", "ista", "ismo"},
	{"mente", "dor", "dora", "dores", "doras", "oso", "osa", "ista", "ismo"},
}

// derives reports whether two words of one stem are told apart by such an ending.
func derives(t tongue, a, b string) bool {
	for _, ending := range derived[t] {
		if strings.HasSuffix(a, ending) != strings.HasSuffix(b, ending) {
			return true
		}
	}
	return false
}

// minStemmed is the length below which a word is its own stem.
const minStemmed = 3

// alphabet returns the languages that a bare word can be of, from the first to
// before the last: those of its letters, none for a word with anything else.
func alphabet(word string) (first, last tongue) {
	cyrillic, latin := false, false
	for _, r := range word {
		switch {
		case isCyrillic(r):
			cyrillic = true
		case 'a' <= r && r <= 'z':
			latin = true
		default:
			return 0, 0
		}
	}
	switch {
	case cyrillic && !latin:
		return 0, 1
	case latin && !cyrillic:
		return 1, tongues
	}
	return 0, 0
}

// stemsOf returns the stems of a bare word in the languages that it can be of.
func stemsOf(word string) stems {
	var out stems
	first, last := alphabet(word)
	for t := first; t < last; t++ {
		out[t] = stem(t, word)
	}
	return out
}

func stem(t tongue, word string) string {
	if utf8.RuneCountInString(word) < minStemmed {
		return word
	}
	for _, p := range plurals[t] {
		if body, ok := strings.CutSuffix(word, p[0]); ok && len(body) >= minStemmed {
			word = body + p[1]
			break
		}
	}
	env := snowballstem.NewEnv(word)
	stemmers[t](env)
	out := env.Current()
	if t == 0 {
		out = fleeting(out)
	}
	if out == "" {
		return word
	}
	return out
}

// fleeting brings Russian stems in -ок, -ек, -очк, -ечк to -к: "скидок" and
// "скидочка" are "скидка", which the stemmer does not see.
func fleeting(stem string) string {
	const letter = 2 // bytes of a Cyrillic one
	for _, ending := range []string{"очк", "ечк", "ок", "ек"} {
		body, ok := strings.CutSuffix(stem, ending)
		if !ok {
			continue
		}
		if last, _ := utf8.DecodeLastRuneInString(body); len(body) >= 3*letter && !strings.ContainsRune("аеиоуыэюя", last) {
			return body + "к"
		}
	}
	return stem
}

// tonguesOf returns the numbers of languages; all of them for none.
func tonguesOf(languages []Language) (out [tongues]bool) {
	for i, l := range Languages {
		out[i] = len(languages) == 0 || slices.Contains(languages, l)
	}
	return out
}
