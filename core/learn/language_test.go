package learn_test

import (
	"strings"
	"testing"

	"shopbell/core/learn"
)

func TestTheLanguageOfAChat(t *testing.T) {
	for want, questions := range map[string][]string{
		"ru": {"Здравствуйте, сколько идёт доставка?", "а в Порту?"},
		"pt": {"olá, bom dia! vocês têm o tamanho 38?", "aceitam mbway?"},
		"es": {"¿hacen grabados en el anillo?", "quiero uno para mañana"},
		"en": {"Hi\nis the size 39 still there?", "I want to order two pairs please"},
		"id": {"berapa harganya kak?", "kak barang ready?"},
		"uk": {"Добрий день, чи є ще розмір 38?", "дякую, коли буде відправка?"},
		"":   {"ok", "👍", "38?"},
	} {
		t.Run("of "+strings.Join(questions, " "), func(t *testing.T) {
			var pairs []learn.Pair
			for _, q := range questions {
				pairs = append(pairs, learn.Pair{Question: q})
			}
			if got := learn.Language(pairs); got != want {
				t.Errorf("it is %q, want %q", got, want)
			}
		})
	}
}
