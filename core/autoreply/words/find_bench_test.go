package words

import (
	"strings"
	"testing"
)

// benchKeywords are 200 rules of 20 keywords: the words of shops, and as many
// made-up ones as it takes.
func benchKeywords() []Keyword {
	shop := []string{
		"доставка", "возврат", "цена", "сколько стоит", "размер", "наличие", "оплата", "скидка", "часы работы", "адрес",
		"delivery", "refund", "price", "how much", "size", "in stock", "payment", "discount", "opening hours", "address",
		"entrega", "devolução", "preço", "quanto custa", "tamanho", "pagamento", "desconto", "envío", "talla", "precio",
	}
	var out []Keyword
	for _, word := range shop {
		out = append(out, Keyword{Text: word})
	}
	bodies := []struct{ stem, letters string }{{"кроссовк", "абвскт"}, {"sneaker", "abcstk"}, {"модел", "инопру"}, {"chaquet", "inopru"}}
	for i := 0; len(out) < 200*20; i++ {
		made := bodies[i%len(bodies)].stem
		for n, letters := i, []rune(bodies[i%len(bodies)].letters); n > 0; n /= len(letters) {
			made += string(letters[n%len(letters)])
		}
		out = append(out, Keyword{Text: made})
	}
	return out
}

func BenchmarkFind(b *testing.B) {
	x := Compile(benchKeywords(), nil)
	for name, text := range map[string]string{
		"Russian":     "Здравствуйте! Подскажите, пожалуйста, сколько стоит доставка в Лиссабон и когда привезёте?",
		"English":     "Hello, could you please tell me whether the boots come in size 39 and how long you deliver?",
		"slips":       "скожите плз скока стоет даставка крассовок, и как аплатить картай?",
		"Portuguese":  "Olá! Quanto custa a devolução? Vcs entregam amanhã no Porto?",
		"no keywords": "Спасибо большое, всё подошло, ребёнок очень доволен, приедем к вам ещё раз на каникулах",
		"romanised":   "zdravstvuyte skolko stoit dostavka v lissabon i kogda privezete",
		"worst":       strings.Repeat("щкаооаыврпщкатйцвралоывардло ", 140),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				x.Find(text)
			}
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	keywords := benchKeywords()
	for b.Loop() {
		Compile(keywords, nil)
	}
}
