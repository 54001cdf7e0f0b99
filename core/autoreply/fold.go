package autoreply

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// fold makes spellings of one word equal: letter case, compatibility forms
// ("ﬁ", full-width letters, combining accents) and "ё" for "е".
func fold(s string) string {
	if folded, ok := foldPlain(s); ok {
		return folded
	}
	// Folding can undo the composed form and composing can bring a capital back
	// ("ᵃ", "ℌ"), hence both around: Unicode's toNFKC_Casefold.
	s = norm.NFKC.String(s)
	s = cases.Fold().String(s)
	s = norm.NFKC.String(s)
	return strings.ReplaceAll(s, "ё", "е")
}

// foldPlain folds text of ASCII, the accented letters of western Europe and
// Russian, which is nearly all that customers write, about ten times as fast. ok is
// false for a text with anything else.
func foldPlain(s string) (folded string, ok bool) {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			out = append(out, byte(r))
			continue
		case 'а' <= r && r <= 'я', 'à' <= r && r <= 'ÿ':
		case 'А' <= r && r <= 'Я':
			r += 'а' - 'А'
		case r == 'ё' || r == 'Ё':
			r = 'е'
		case 'À' <= r && r <= 'Þ' && r != '×':
			r += 'à' - 'À'
		default:
			return "", false
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out), true
}

// splitWords cuts folded text into words: runs of letters and digits, with the
// marks that belong to them.
func splitWords(folded string) []string {
	return strings.FieldsFunc(folded, func(r rune) bool {
		if 'a' <= r && r <= 'z' || 'а' <= r && r <= 'я' {
			return false
		}
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// wordsOf folds and splits.
func wordsOf(s string) []string { return splitWords(fold(s)) }

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
		out[i] = wordsOf(phrase)
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
