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
	for i := 0; ; {
		start, stop := nextWord(text, i)
		if start == stop {
			return out
		}
		i = stop
		for _, folded := range Split(text[start:stop]) {
			word := bare(folded)
			if unmixed, ok := unmix(word); ok {
				word = unmixed
			}
			forms := []string{word}
			for _, s := range stemsOf(word) {
				if s != "" && !slices.Contains(forms, s) {
					forms = append(forms, s)
				}
			}
			out = append(out, Term{Forms: forms, Start: start, End: stop})
		}
	}
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
