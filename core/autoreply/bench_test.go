package autoreply

import (
	"fmt"
	"testing"
	"time"

	"shopbell/core/chat"
)

// benchBook has 200 keyword rules of 20 keywords each, a shop of the largest kind,
// and the greeting and off-hours rules of a usual one.
func benchBook(b *testing.B) *Book {
	b.Helper()
	f := File{Version: 1, Timezone: "Europe/Lisbon", Rules: []Rule{
		{ID: "hi", Name: "Hi", Trigger: TriggerFirstContact, Enabled: true, Replies: []Variant{{Text: "Здравствуйте, {name}! Чем помочь?"}}},
		{ID: "off", Name: "Off", Trigger: TriggerOffHours, Enabled: true, Replies: []Variant{{Text: "Мы закрыты."}}},
	}}
	for i := range 200 {
		r := Rule{ID: fmt.Sprint("rule-", i), Name: fmt.Sprint("Rule ", i), Trigger: TriggerKeyword, Enabled: true, Replies: []Variant{
			{Text: "{name}, доставка занимает два дня.", Buttons: []Button{{Title: "Спасибо", Action: ActionSolved}}},
			{Text: "Привезём за два дня."},
		}}
		for k := range 19 {
			r.Keywords = append(r.Keywords, benchWord(i*19+k))
		}
		r.Keywords = append(r.Keywords, fmt.Sprintf("доставка номер %d", i))
		f.Rules = append(f.Rules, r)
	}
	book, err := Compile(f)
	if err != nil {
		b.Fatal(err)
	}
	return book
}

// benchWord makes words that look like words: 3,800 of three syllables.
func benchWord(n int) string {
	syllables := []string{"ба", "ве", "го", "ду", "жи", "за", "ку", "ле", "мо", "ни", "по", "ра", "су", "те", "фо", "хи"}
	return syllables[n%16] + syllables[n/16%16] + syllables[n/256%16] + "к"
}

func BenchmarkMatchAndDecide(b *testing.B) {
	book := benchBook(b)
	now := wednesdayNoon
	facts := Facts{
		Now: now, MessageAt: now, Kind: chat.KindText, FirstName: "Марина", Shop: "Bell",
		Automatic:   []Sent{{At: now.Add(-time.Hour), RuleID: "hi", Trigger: TriggerFirstContact}},
		LastVariant: func(string) int { return 0 },
	}
	for name, text := range map[string]string{
		"Russian hit":   "Здравствуйте! Сколько стоит доставка номер 7 до Лиссабона, бавегок?",
		"English miss":  "Hello, could you please tell me whether the boots come in size 39?",
		"mixed accents": "Olá! Quanto custa a devolução? Слово33 ещё есть?",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				book.Decide(book.Match(text), facts)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "decisions/s")
		})
	}
}

// BenchmarkExplain is what "Try it" costs: every rule is spoken of.
func BenchmarkExplain(b *testing.B) {
	book := benchBook(b)
	facts := Facts{Now: wednesdayNoon, MessageAt: wednesdayNoon, Kind: chat.KindText, FirstName: "Марина"}
	b.ReportAllocs()
	for b.Loop() {
		book.Explain(book.Match("доставка номер 7, бавегок"), facts)
	}
}

// BenchmarkDecide is the part that runs inside the database's writer.
func BenchmarkDecide(b *testing.B) {
	book := benchBook(b)
	m := book.Match("доставка номер 7, бавегок")
	facts := Facts{Now: wednesdayNoon, MessageAt: wednesdayNoon, Kind: chat.KindText, FirstName: "Марина"}
	b.ReportAllocs()
	for b.Loop() {
		book.Decide(m, facts)
	}
}

// BenchmarkMatchLongest is the longest text that WhatsApp takes.
func BenchmarkMatchLongest(b *testing.B) {
	book := benchBook(b)
	text := ""
	for chat.Units(text) < chat.MaxText-20 {
		text += "Доставка номер 7? "
	}
	b.ReportAllocs()
	for b.Loop() {
		book.Match(text)
	}
}
