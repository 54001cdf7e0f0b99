package learn

import (
	"strings"

	"github.com/abadojack/whatlanggo"
)

// enoughLetters is how much text a language is told from, in bytes, and mostLetters
// how much of it is looked at: more says nothing new.
const (
	enoughLetters = 24
	mostLetters   = 8 << 10
)

// spoken are the languages that are told apart. With all that there are, a short text
// is too often taken for a rare one.
var spoken = whatlanggo.Options{Whitelist: map[whatlanggo.Lang]bool{
	whatlanggo.Arb: true, whatlanggo.Cmn: true, whatlanggo.Deu: true, whatlanggo.Eng: true, whatlanggo.Fra: true, whatlanggo.Heb: true,
	whatlanggo.Hin: true, whatlanggo.Ind: true, whatlanggo.Ita: true, whatlanggo.Jpn: true, whatlanggo.Kor: true, whatlanggo.Nld: true,
	whatlanggo.Pes: true, whatlanggo.Pol: true, whatlanggo.Por: true, whatlanggo.Rus: true, whatlanggo.Spa: true, whatlanggo.Tha: true,
	whatlanggo.Tur: true, whatlanggo.Ukr: true, whatlanggo.Vie: true,
}}

// Language returns the language in which the customer of a chat mostly writes, as its
// code of two letters (ISO 639-1); "" where too little is written to tell.
func Language(pairs []Pair) string {
	var said strings.Builder
	for _, p := range pairs {
		if said.Len() > mostLetters {
			break
		}
		said.WriteString(p.Question + "\n")
	}
	if said.Len() < enoughLetters {
		return ""
	}
	found := whatlanggo.DetectWithOptions(said.String(), spoken)
	if found.Lang < 0 {
		return ""
	}
	return found.Lang.Iso6391()
}
