package words

import (
	"slices"
	"strings"
	"sync"
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

// A tongueSet has a bit for each tongue.
type tongueSet uint8

// anyTongue has them all.
const anyTongue tongueSet = 1<<tongues - 1

// stems are the stems of one word, by tongue; "" where the word cannot be of it.
type stems [tongues]string

// stemmers reduce bare words in place.
var stemmers = [tongues]func(*snowballstem.Env) bool{
	russian.Stem, english.Stem, portuguese.Stem, spanish.Stem, func(*snowballstem.Env) bool { return true },
}

// envs are what stemmers work in, to be used again.
var envs = sync.Pool{New: func() any { return snowballstem.NewEnv("") }}

// plurals are endings that the stemmers know with their accents only, which
// bare words have lost, and what they stand for; and one that they take for a verb's.
var plurals = [tongues][][2]string{
	0: {{"пись", "пис"}},
	2: {{"oes", "ao"}, {"aes", "ao"}, {"iveis", "ivel"}, {"ais", "al"}, {"ons", "om"}, {"ens", "em"}},
	3: {{"iones", "ion"}},
}

// derived are endings that make another word of a word, and that the stemmers
// take off like those of its forms: "orderly" is no form of "order". In Russian
// they are also those of verbs that say what one does to oneself, or what a friend
// does: customers ask what the shop does.
var derived = [tongues][]string{
	{
		"ость", "ости", "остью", "остей", "остный", "остная",
		"ский", "ская", "ское", "ские", "ского", "ской", "скую", "ским", "ских",
		"зация", "зации", "зацию", "зацией", "зировать", "зирован",
		"аться", "яться", "иться", "лся", "лась", "лось", "лись", "юсь", "усь", "мся", "шься", "ешь", "ишь",
	},
	{"ly", "ness", "less", "ful", "ish", "ity", "ities", "ism", "ist", "ists"},
	{"mente", "dor", "dora", "dores", "doras", "oso", "osa", "osos", "osas", "ista", "istas", "ismo", "ismos", "ona", "onas"},
	{"mente", "dor", "dora", "dores", "doras", "oso", "osa", "osos", "osas", "ista", "istas", "ismo", "ismos", "ona", "onas"},
}

// derives reports whether two words of one stem are told apart by such an ending.
func derives(t tongue, a, b string) bool {
	return isDerived(t, a) != isDerived(t, b) || ofMyself(t, a, b) || ofMyself(t, b, a)
}

// derivesOf reports whether a word has such an ending and the keyword has none.
func derivesOf(t tongue, word, keyword string) bool {
	return isDerived(t, word) && !isDerived(t, keyword) || ofMyself(t, word, keyword)
}

func isDerived(t tongue, word string) bool {
	return slices.ContainsFunc(derived[t], func(ending string) bool { return strings.HasSuffix(word, ending) })
}

// maxClipped is the length up to which a Latin keyword says too little for all its
// forms: "pixar" is not "pix", though a verb's ending is all that it has more.
const maxClipped = 3

// isClipped reports whether a word is no form of such a keyword.
func isClipped(t tongue, word, keyword string) bool {
	if t == 0 || len(keyword) > maxClipped {
		return false
	}
	ending, ok := strings.CutPrefix(word, keyword)
	return !ok || ending != "" && ending != "s" && ending != "es"
}

// asked are endings of what a shop is asked, "abren" or "garantia", which has
// nothing to do with what the customer does: "me quedo", "garanto".
var asked = [tongues][]string{2: {"am", "em", "ia"}, 3: {"an", "en", "ia"}}

// ofMyself reports whether a verb says what the writer does and the other word of
// its stem is what a shop is asked.
func ofMyself(t tongue, verb, other string) bool {
	if !strings.HasSuffix(verb, "o") {
		return false
	}
	return slices.ContainsFunc(asked[t], func(ending string) bool { return strings.HasSuffix(other, ending) })
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
	env := envs.Get().(*snowballstem.Env)
	env.SetCurrent(word)
	stemmers[t](env)
	out := env.Current()
	envs.Put(env)
	if t == 0 {
		out = imperfective(fleeting(shortParticiple(out)))
	}
	if out == "" {
		return word
	}
	return out
}

// fleeting brings Russian stems in -ок, -ек, -очк, -ечк, -очн, -ечн to -к:
// "скидок", "скидочка" and "скидочный" are of "скидка", which the stemmer does not see.
func fleeting(stem string) string {
	const letter = 2 // bytes of a Cyrillic one
	for _, ending := range []string{"очк", "ечк", "очн", "ечн", "ок", "ек"} {
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

// diminutive returns the stem of the word of which a bare Russian word is the little
// one: "тюльпанчики" is of "тюльпан"; "" where it is none.
func diminutive(word string) string {
	const letter, least = 2, 3
	env := snowballstem.NewEnv(word)
	russian.Stem(env)
	for _, ending := range []string{"чик", "ик", "очк", "ечк", "еньк", "оньк"} {
		if body, ok := strings.CutSuffix(env.Current(), ending); ok && len(body) >= least*letter {
			return shortParticiple(body)
		}
	}
	return ""
}

// shortParticiple takes the last letter off Russian stems in -ан and -ян, as the
// stemmer does where the word ends so: "мембрана" and "мембраной" have one stem.
func shortParticiple(stem string) string {
	const letter, least = 2, 5
	if len(stem) >= least*letter && (strings.HasSuffix(stem, "ан") || strings.HasSuffix(stem, "ян")) {
		return stem[:len(stem)-letter]
	}
	return stem
}

// imperfective takes the syllable off Russian stems by which a verb says that
// something is done again and again: "подшиваете" is of "подшить".
func imperfective(stem string) string {
	const letter, least = 2, 4
	for _, ending := range []string{"ива", "ыва"} {
		if body, ok := strings.CutSuffix(stem, ending); ok && len(body) >= least*letter {
			return body
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
