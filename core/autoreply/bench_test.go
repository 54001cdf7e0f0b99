package autoreply

import (
	"fmt"
	"testing"
	"time"

	"shopbell/core/chat"
)

// benchBook has 20 keyword rules of 10 keywords each, and the greeting and
// off-hours rules of a usual shop.
func benchBook(b *testing.B) *Book {
	b.Helper()
	f := File{Version: 1, Timezone: "Europe/Lisbon", Rules: []Rule{
		{ID: "hi", Name: "Hi", Trigger: TriggerFirstContact, Enabled: true, Replies: []Variant{{Text: "Здравствуйте, {name}! Чем помочь?"}}},
		{ID: "off", Name: "Off", Trigger: TriggerOffHours, Enabled: true, Replies: []Variant{{Text: "Мы закрыты."}}},
	}}
	for i := range 20 {
		r := Rule{ID: fmt.Sprint("rule-", i), Name: fmt.Sprint("Rule ", i), Trigger: TriggerKeyword, Enabled: true, Replies: []Variant{
			{Text: "{name}, доставка занимает два дня.", Buttons: []Button{{Title: "Спасибо", Action: ActionSolved}}},
			{Text: "Привезём за два дня."},
		}}
		for k := range 9 {
			r.Keywords = append(r.Keywords, fmt.Sprintf("слово%d%d", i, k))
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

func BenchmarkMatchAndDecide(b *testing.B) {
	book := benchBook(b)
	now := wednesdayNoon
	facts := Facts{
		Now: now, MessageAt: now, Kind: chat.KindText, FirstName: "Марина", Shop: "Bell",
		Automatic:   []Sent{{At: now.Add(-time.Hour), RuleID: "hi", Trigger: TriggerFirstContact}},
		LastVariant: func(string) int { return 0 },
	}
	for name, text := range map[string]string{
		"Russian hit":   "Здравствуйте! Сколько стоит доставка номер 7 до Лиссабона, слово33?",
		"English miss":  "Hello, could you please tell me whether the boots come in size 39?",
		"mixed accents": "Olá! Quanto custa a devolução? Слово33 ещё есть?",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				book.Decide(book.Match(text), facts)
			}
		})
	}
}

// BenchmarkDecide is the part that runs inside the database's writer.
func BenchmarkDecide(b *testing.B) {
	book := benchBook(b)
	m := book.Match("доставка номер 7, слово33")
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
