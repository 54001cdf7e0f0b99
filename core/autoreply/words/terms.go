package words

import (
	"slices"
	"strings"
)

// A Term is one word of a text as a search compares it.
type Term struct {
	// Forms are what the word is found by: itself, folded and without the accents of
	// Latin letters, then its stems in the languages that it can be of, each once.
	Forms      []string
	Start, End int // bytes of the text
}

// Terms returns the words of a text in their order, for a search. They hold for this
// version of the program only: stems may be other ones in the next.
func Terms(text string) []Term {
	var out []Term
	eachWord(text, func(word string, start, end int) {
		forms := []string{word}
		for _, s := range stemsOf(word) {
			if s != "" && !slices.Contains(forms, s) {
				forms = append(forms, s)
			}
		}
		out = append(out, Term{Forms: forms, Start: start, End: end})
	})
	return out
}

// Plain returns the words of a text in the one spelling in which everything that is
// searched compares them: folded, without the accents of Latin letters, and in one
// alphabet where a letter is its double of the other. None for a text without any.
func Plain(text string) []string {
	var all []string
	eachWord(text, func(word string, _, _ int) { all = append(all, word) })
	return all
}

// eachWord calls do with every word of Plain and where it stands. Signs are taken out
// before the text is folded: "№" is a sign, and would be the word "no".
func eachWord(text string, do func(word string, start, end int)) {
	for start, end := range spans(text) {
		for _, folded := range Split(text[start:end]) {
			do(plain(folded), start, end)
		}
	}
}

// plain is the one spelling of a folded word.
func plain(folded string) string {
	word := bare(folded)
	if unmixed, ok := unmix(word); ok {
		return unmixed
	}
	return word
}

// romanisings are the usual ways to write Russian in Latin letters: as English
// speakers read it, and as German ones do.
var romanisings = []*strings.Replacer{
	romanising("kh", "ts", "shch", "yu", "ya", "y", "zh"),
	romanising("h", "c", "sch", "ju", "ja", "j", "j"),
}

func romanising(h, ts, shch, yu, ya, y, zh string) *strings.Replacer {
	return strings.NewReplacer(
		"а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ж", zh, "з", "z", "и", "i", "й", y, "к", "k", "л", "l",
		"м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f", "х", h, "ц", ts, "ч", "ch",
		"ш", "sh", "щ", shch, "ъ", "", "ы", "y", "ь", "", "э", "e", "ю", yu, "я", ya,
	)
}

// OtherLetters returns how a word of Terms may stand in the other alphabet: Russian
// in Latin letters, in the usual ways, or what Latin letters may say in Russian. None
// for a word of other letters. It is a guess.
func OtherLetters(word string) []string {
	if russian := cyrillised(word); russian != "" {
		return []string{russian}
	}
	var out []string
	for _, r := range word {
		if r < 'а' || r > 'я' {
			return nil
		}
	}
	for _, way := range romanisings {
		if latin := way.Replace(word); latin != "" && !slices.Contains(out, latin) {
			out = append(out, latin)
		}
	}
	return out
}
