package autoreply

import "unicode"

// Languages are the values of File.Language.
var Languages = []string{"en", "ru", "pt", "es", "id"}

// phrases are what Shopbell itself says to customers, in one language.
type phrases struct {
	title, line      string // offers a person: of a button, and the line beside a link button
	inStock, soldOut string // answer a stock button where no text of the shop's does
	rating           string // asks how it was, above a list, where the shop has no text of its own
}

// OfferReserve is the room kept in a reply with a link button for the line that
// offers a person, its line break included (rules-file.md: "its length is
// reserved when such a rule is saved").
const OfferReserve = 40

// own are the only words of Shopbell's own that reach a customer. Titles are at
// most MaxTitle units, lines at most OfferReserve-1.
var own = map[string]phrases{
	"en": {"Talk to a person", "Need a person? Just write here.", "In stock: {stock}", "Not in stock right now", "How was our help today? Please rate it from 1 to 5."},
	"ru": {"Позвать человека", "Нужен человек? Напишите сюда.", "В наличии: {stock}", "Сейчас нет в наличии", "Как мы вам помогли? Оцените, пожалуйста, от 1 до 5."},
	"pt": {"Falar com uma pessoa", "Quer uma pessoa? Escreva aqui.", "Disponíveis: {stock}", "Indisponível agora", "Como foi o nosso atendimento? Avalie de 1 a 5, por favor."},
	"es": {"Hablar con alguien", "¿Quiere una persona? Escriba aquí.", "Disponibles: {stock}", "No disponible por ahora", "¿Cómo ha sido nuestra atención? Puntúela del 1 al 5, por favor."},
	"id": {"Bicara dengan staf", "Perlu staf kami? Tulis di sini.", "Stok: {stock}", "Stok sedang habis", "Bagaimana pelayanan kami? Mohon beri nilai 1 sampai 5."},
}

// RatingText asks a customer how it was, in the language of the rules, or in English.
func (b *Book) RatingText() string { return ownFor("", b.language).rating }

// ownFor chooses the language of Shopbell's own words beside a text: Russian for a
// text in Cyrillic; else the shop's language, or English where that is Russian or
// not known.
func ownFor(text, language string) phrases {
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
	if o, ok := own[language]; ok {
		return o
	}
	return own["en"]
}
