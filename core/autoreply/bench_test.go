package autoreply

import (
	"fmt"
	"slices"
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
	made := 0
	for i := range 200 {
		r := Rule{ID: fmt.Sprint("rule-", i), Name: fmt.Sprint("Rule ", i), Trigger: TriggerKeyword, Enabled: true, Replies: []Variant{
			{Text: "{name}, доставка занимает два дня.", Buttons: []Button{{Title: "Спасибо", Action: ActionSolved}}},
			{Text: "Привезём за два дня."},
		}}
		if i < len(benchAsked) {
			r.Keywords = slices.Clone(benchAsked[i])
		}
		r.Keywords = append(r.Keywords, fmt.Sprintf("доставка номер %d", i))
		for ; len(r.Keywords) < 20; made++ {
			r.Keywords = append(r.Keywords, benchWord(made))
		}
		f.Rules = append(f.Rules, r)
	}
	book, err := Compile(f)
	if err != nil {
		b.Fatal(err)
	}
	return book
}

// benchAsked are the keywords of the rules that a shop has first.
var benchAsked = [][]string{
	{"доставка", "привезти", "delivery", "shipping", "entrega", "envío", "pengiriman", "ongkir"},
	{"цена", "сколько стоит", "почём", "price", "how much", "preço", "quanto custa", "precio", "cuánto cuesta", "harga"},
	{"возврат", "обмен", "вернуть деньги", "refund", "return", "devolução", "troca", "devolución", "retur"},
	{"размер", "таблица размеров", "size", "tamanho", "talla", "ukuran"},
	{"наличие", "есть в наличии", "in stock", "available", "tem em estoque", "disponible", "stok"},
	{"оплата", "картой", "рассрочка", "payment", "card", "pagamento", "parcelado", "pago", "bayar"},
	{"часы работы", "режим работы", "opening hours", "horário", "horario", "jam buka"},
}

// benchWord makes words that look like words: one of three syllables in Cyrillic and
// Latin letters in turn.
func benchWord(n int) string {
	syllables := []string{"ба", "ве", "го", "ду", "жи", "за", "ку", "ле", "мо", "ни", "по", "ра", "су", "те", "фо", "хи"}
	last := "к"
	if n%2 == 1 {
		syllables = []string{"ba", "ve", "go", "du", "ji", "sa", "cu", "le", "mo", "ni", "po", "ra", "tu", "te", "fo", "li"}
		last = "n"
	}
	n /= 2
	return syllables[n%16] + syllables[n/16%16] + syllables[n/256%16] + last
}

// benchMessages are of the length that customers write, each of another kind.
var benchMessages = []struct{ name, text string }{
	{"Russian", "Здравствуйте! Подскажите, пожалуйста, сколько стоит доставка в Лиссабон и когда привезёте?"},
	{"Russian with slips", "здраствуйте скожите плз скока стоет даставка красовок и можна аплатить картай"},
	{"Russian run together", "добрый день сколькостоит доставкавгород и естьливналичии"},
	{"Russian on the other layout", "Ghbdtn? crjkmrj cnjbn ljcnfdrf d Kbccf,jy b rjulf ghbdtp`nt"},
	{"Russian in Latin letters", "zdravstvuyte skolko stoit dostavka v lissabon i kogda privezete"},
	{"Russian that no rule answers", "Спасибо большое, всё подошло, ребёнок очень доволен, приедем к вам ещё раз на каникулах"},
	{"English", "Hello, could you please tell me whether the boots come in size 39 and how long you deliver?"},
	{"English with slips", "helo pls tel me the prcie of thoose boots and do u offer delvery to my adress"},
	{"English that no rule answers", "Thank you so much, my daughter loved it, we will surely come again before the holidays"},
	{"Portuguese", "Olá! Quanto custa a devolução e vocês entregam amanhã no Porto, por favor?"},
	{"Portuguese with slips", "oi boa tarde qual o presso da botta e o praso da intrega pra sao paulo"},
	{"Spanish", "¡Hola! ¿Cuánto cuesta el envío a Sevilla y qué tallas tienen disponibles de esta chaqueta?"},
	{"Spanish with slips", "ola buenas kuanto cuezta el embio a mi direcion y tienen taya grande"},
	{"Indonesian", "Halo kak, berapa harga jaket ini dan ongkir ke Bandung, masih ada stok ukuran L?"},
	{"two languages", "Olá! Quanto custa a devolução? Слово33 ещё есть? How much is delivery?"},
	{"long", "Здравствуйте! Брала у вас в прошлом году куртку, очень довольна, ношу вторую зиму. Теперь хочу такую же, но для сестры, " +
		"у неё рост сто семьдесят и она носит сорок шестой. Есть ли у вас в наличии синяя или хотя бы чёрная, сколько она сейчас стоит " +
		"и можно ли оплатить при получении? Ещё вопрос: если не подойдёт, вы забираете обратно или меняете на другой размер? Спасибо!"},
}

// BenchmarkMatchAndDecide is a whole decision, for each kind of message and for all of
// them in turn: at least 20,000 a second of those on one core. Run it with -cpu 1.
func BenchmarkMatchAndDecide(b *testing.B) {
	book := benchBook(b)
	now := wednesdayNoon
	facts := Facts{
		Now: now, MessageAt: now, Kind: chat.KindText, FirstName: "Марина", Shop: "Bell",
		Automatic:   []Sent{{At: now.Add(-time.Hour), RuleID: "hi", Trigger: TriggerFirstContact}},
		LastVariant: func(string) int { return 0 },
	}
	measure := func(name string, texts ...string) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for n := 0; b.Loop(); n++ {
				book.Decide(book.Match(texts[n%len(texts)]), facts)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "decisions/s")
		})
	}
	all := make([]string, len(benchMessages))
	for i, m := range benchMessages {
		all[i] = m.text
		measure(m.name, m.text)
	}
	measure("all in turn", all...)
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
