package tour

import (
	"strings"
	"unicode"
)

// What the agent of the tour says. It is spoken to customers, in their language,
// and so not part of the catalogue of the screens.
var (
	answers = map[string][]string{
		"ru": {"Здравствуйте! Да, есть. Отложить для вас до вечера?", "Сейчас проверю и сразу напишу.", "Доставим завтра с 10 до 14, курьер позвонит."},
		"pt": {"Bom dia! Sim, temos. Guardo para si até ao fim do dia?", "Vou já verificar e digo-lhe.", "Entregamos amanhã entre as 10 e as 14."},
		"en": {"Hello! Yes, we have it. Shall I keep one for you until tonight?", "Let me check, I will write in a minute.", "We deliver tomorrow between 10 and 14."},
	}
	drafts = map[string]string{
		"ru": "Завтра с 10 до 14: курьер привезёт и позвонит за час",
		"pt": "Amanhã entre as 10 e as 14, o estafeta liga uma hora antes",
		"en": "Tomorrow between 10 and 14, the courier calls an hour before",
	}
)

func answerTo(text string, n int) string {
	choice := answers[languageOf(text)]
	return choice[n%len(choice)]
}

func draftTo(text string) string { return drafts[languageOf(text)] }

// languageOf guesses among the sandbox's three languages by their letters.
func languageOf(text string) string {
	switch {
	case strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }):
		return "ru"
	case strings.ContainsAny(strings.ToLower(text), "ãõáàâéêíóôúç"):
		return "pt"
	}
	return "en"
}
