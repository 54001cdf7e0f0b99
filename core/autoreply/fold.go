package autoreply

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// fold makes spellings of one word equal: letter case, compatibility forms
// ("ﬁ", full-width letters, combining accents) and "ё" for "е".
func fold(s string) string {
	if isFolded(s) {
		return s
	}
	// Folding can undo the composed form and composing can bring a capital back
	// ("ᵃ", "ℌ"), hence both around: Unicode's toNFKC_Casefold.
	s = norm.NFKC.String(s)
	s = cases.Fold().String(s)
	s = norm.NFKC.String(s)
	return strings.ReplaceAll(s, "ё", "е")
}

// isFolded reports whether s consists of plain lower-case ASCII and Russian
// only, which is most of what customers write after the first letter.
func isFolded(s string) bool {
	for _, r := range s {
		if r >= 0x80 && (r < 'а' || r > 'я') || r >= 'A' && r <= 'Z' {
			return false
		}
	}
	return true
}

// splitWords cuts folded text into words: runs of letters and digits, with the
// marks that belong to them.
func splitWords(folded string) []string {
	return strings.FieldsFunc(folded, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// words folds and splits.
func words(s string) []string { return splitWords(fold(s)) }

// optOuts are the messages by which a customer asks for silence: the whole
// message is one of them, in any case and with any punctuation. Each is in a
// language the desk speaks; words that can mean anything else in a shop
// ("cancel", "exit", "para") are not among them.
var optOuts = func() [][]string {
	phrases := []string{
		"stop", "stop all", "unsubscribe", "opt out", "no more messages",
		"стоп", "отписаться", "отписка", "отпишите меня", "не пишите мне", "хватит писать",
		"parar", "pare", "descadastrar", "remover inscrição", "cancelar inscrição", "não quero mais mensagens",
		"alto", "baja", "darme de baja", "cancelar suscripción", "no más mensajes",
		"berhenti", "berhenti berlangganan",
	}
	out := make([][]string, len(phrases))
	for i, phrase := range phrases {
		out[i] = words(phrase)
	}
	return out
}()

// longestOptOut bounds the comparison.
const longestOptOut = 4

// isOptOut reports whether a whole message, in folded words, asks for silence.
func isOptOut(message []string) bool {
	if len(message) == 0 || len(message) > longestOptOut {
		return false
	}
	return slices.ContainsFunc(optOuts, func(phrase []string) bool { return slices.Equal(phrase, message) })
}
