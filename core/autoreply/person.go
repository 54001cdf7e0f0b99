package autoreply

import "unicode"

// Languages are the values of File.Language.
var Languages = []string{"en", "ru", "pt", "es", "id"}

// An offer of a person, in one language: the title of a button, and the line
// of text that stands in for it where a reply has a link button.
type offer struct{ title, line string }

// OfferReserve is the room kept in a reply with a link button for the line that
// offers a person, its line break included (rules-file.md: "its length is
// reserved when such a rule is saved").
const OfferReserve = 40

// offers are the only words of Shopbell's own that reach a customer. Titles are
// at most MaxTitle units, lines at most OfferReserve-1.
var offers = map[string]offer{
	"en": {"Talk to a person", "Need a person? Just write here."},
	"ru": {"Позвать человека", "Нужен человек? Напишите сюда."},
	"pt": {"Falar com uma pessoa", "Quer uma pessoa? Escreva aqui."},
	"es": {"Hablar con alguien", "¿Quiere una persona? Escriba aquí."},
	"id": {"Bicara dengan staf", "Perlu staf kami? Tulis di sini."},
}

// offerFor chooses the language of the offer: Russian for a text in Cyrillic;
// else the shop's language, or English where that is Russian or not known.
func offerFor(text, language string) offer {
	cyrillic, latin := 0, 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case unicode.Is(unicode.Latin, r):
			latin++
		}
	}
	switch {
	case cyrillic > latin:
		language = "ru"
	case latin > 0 && language == "ru":
		language = "en"
	}
	if o, ok := offers[language]; ok {
		return o
	}
	return offers["en"]
}
