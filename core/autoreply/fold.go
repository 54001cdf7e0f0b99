package autoreply

import (
	"slices"

	"shopbell/core/autoreply/words"
)

// fold makes spellings of one name equal.
func fold(s string) string { return words.Fold(s) }

// wordsOf folds and splits.
func wordsOf(s string) []string { return words.Split(s) }

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

// longestOptOut is the words of the longest: longer messages are spared the comparison.
const longestOptOut = 4

// isOptOut reports whether a whole message asks for silence. No typo is forgiven:
// a customer is silenced only who says so.
func isOptOut(text string) bool {
	if words.Count(text, longestOptOut+1) > longestOptOut {
		return false
	}
	message := wordsOf(text)
	return slices.ContainsFunc(optOuts, func(phrase []string) bool { return slices.Equal(phrase, message) })
}
