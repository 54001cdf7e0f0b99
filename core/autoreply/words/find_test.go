package words

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// found writes what Find returns as "keyword how: words", one for each.
func found(x *Index, keywords []string, text string) []string {
	var out []string
	for _, f := range x.Find(text) {
		out = append(out, keywords[f.Keyword]+" "+string(f.How)+": "+strings.Join(f.Words, " "))
	}
	return out
}

func compiled(mode Mode, keywords []string, languages ...Language) *Index {
	list := make([]Keyword, len(keywords))
	for i, k := range keywords {
		list[i] = Keyword{Text: k, Mode: mode}
	}
	return Compile(list, languages)
}

func TestFindForms(t *testing.T) {
	tests := []struct {
		name     string
		keywords string // by "|"
		text     string
		want     string // by "|"; "" for nothing
	}{
		{"a word as it is", "доставка", "Доставка есть?", "доставка exact: Доставка"},
		{"another case", "возврат", "с возвратом", "возврат form: возвратом"},
		{"a plural with a fleeting vowel", "скидка", "нет скидок", "скидка form: скидок"},
		{"a diminutive", "шапка", "две шапочки", "шапка form: шапочки"},
		{"a little one", "тюльпан", "тюльпанчики", "тюльпан form: тюльпанчики"},
		{"an adjective of a noun in -ка", "обложка", "обложечный", "обложка form: обложечный"},
		{"what is done again and again", "подшить", "подшиваете", "подшить form: подшиваете"},
		{"a noun that looks like a participle", "мембрана", "с мембраной", "мембрана form: мембраной"},
		{"an English plural", "boot", "two boots", "boot form: boots"},
		{"a Portuguese plural whose accents are gone", "promoção", "as promocoes", "promoção form: promocoes"},
		{"a Spanish plural", "camisa", "camisas", "camisa form: camisas"},
		{"a verb of the noun's family", "доставка", "когда доставите", "доставка family: доставите"},
		{"a word of the family that begins differently", "возврат", "как вернуть", "возврат family: вернуть"},
		{"one letter too few", "доставка", "досавка", "доставка typo: досавка"},
		{"one letter too many", "return", "retturn", "return typo: retturn"},
		{"a swap", "return", "retrun", "return typo: retrun"},
		{"another letter", "размер", "рвзмер", "размер typo: рвзмер"},
		{"two that sound alike", "доставка", "дастафка", "доставка typo: дастафка"},
		{"two slips in a long word", "disponibilidade", "disponbilidde", "disponibilidade typo: disponbilidde"},
		{"a swap in a short word", "troca", "trcoa", "troca typo: trcoa"},
		{"a letter that sounds alike in a short word", "prazo", "praso", "prazo typo: praso"},
		{"no other slip in a short word", "troca", "troga", ""},
		{"no slip that makes an adjective", "сахар", "сахарный", ""},
		{"a slip behind a beginning that is told apart", "гравировка", "гравироку", "гравировка typo: гравироку"},
		{"no slip in a short stem", "цена", "цона", ""},
		{"no slip at another first letter", "price", "trice", ""},
		{"a known word is no slip", "price", "prince", ""},
		{"nor one with the keyword's stem", "цена", "ценный", ""},
		{"nor one that is derived of it", "boot", "bootless", ""},
		{"nor what one does to oneself", "зарядка", "зарядился позитивом", ""},
		{"nor what a friend does", "придёт", "придёшь", ""},
		{"nor what the customer does", "garantia", "eu garanto", ""},
		{"nor another word in -ing", "lining", "we line up", ""},
		{"nor a verb of three letters and an ending", "pix", "pixar", ""},
		{"though a plural is", "mug", "mugs", "mug form: mugs"},
		{"nor one of another language", "talla", "tall", ""},
		{"nor the keyword itself in a message of another language", "sale", "mi hermano sale de casa", ""},
		{"but where the message has no language", "sale", "sale?", "sale exact: sale"},
		{"an accent left away", "devolução", "devolucao", "devolução spelling: devolucao"},
		{"letters drawn out", "price", "priiiiice", "price spelling: priiiiice"},
		{"a Latin letter among Cyrillic ones", "цена", "цeна", "цена spelling: цeна"},
		{"a run-on with little words", "цена", "какаяцена", "цена run_on: какаяцена"},
		{"a phrase run on", "сколько стоит", "сколькостоит", "сколько стоит run_on: сколькостоит"},
		{"a word with a keyword at its end is no run-on", "цена", "сцена", ""},
		{"nor one with another behind it", "price", "priceless", ""},
		{"nor a word with a very little one behind it", "ramo", "ramona", ""},
		{"a number written on", "размер", "размер39", "размер run_on: размер39"},
		{"a blank too many", "доставка", "до ставка", "доставка run_on: до ставка"},
		{"two words that are one keyword", "wholesale", "whole sale", "wholesale run_on: whole sale"},
		{"the other layout", "доставка", "ljcnfdrf", "доставка layout: ljcnfdrf"},
		{"the other layout, a letter on a sign's key", "обмен", "j,vty", "обмен layout: j,vty"},
		{"the other layout, the other way", "price", "зкшсу", "price layout: зкшсу"},
		{"Russian in Latin letters", "доставка", "dostavka est?", "доставка translit: dostavka"},
		{"which is no other language's word", "цена", "mi cena", ""},
		{"unless all is Russian", "цена", "kakaya cena", "цена translit: cena"},
		{"the other layout and a slip", "доставка", "ljcnfrf", "доставка layout: ljcnfrf"},
		{"a phrase with words between", "сколько стоит", "сколько у вас стоят сапоги", "сколько стоит form: сколько стоят"},
		{"a phrase the other way round", "сколько стоит", "стоит сколько", "сколько стоит exact: стоит сколько"},
		{"a phrase with another little word", "tabela de medidas", "tabela das medidas", "tabela de medidas exact: tabela medidas"},
		{"a phrase without its first little word", "al por mayor", "venden por mayor", "al por mayor exact: por mayor"},
		{"no phrase without two of them", "al por mayor", "mi hermano mayor", ""},
		{"no phrase across a comma", "сколько стоит", "сколько можно, стоит ли", ""},
		{"no phrase too far apart", "сколько стоит", "сколько раз мама папа брат стоит", ""},
		{"little words stand together", "how much", "how did you like it so much", ""},
		{"a word group that means something else", "order", "in order to relax", ""},
		{"a phrase in a longer word group", "how much", "how much fun we had", ""},
		{"the same word in its own meaning", "order", "in order to relax I order boots", "order exact: order"},
		{"the plainest place of two", "доставка", "доставите? доставка", "доставка exact: доставка"},
		{"two keywords in the order of the message", "цена|доставка", "доставка и цена", "доставка exact: доставка|цена exact: цена"},
		{"Indonesian as it stands", "pengiriman", "pengirman", "pengiriman typo: pengirman"},
		{"numbers are as they are", "39", "38", ""},
		{"a first letter left out", "размер", "какой азмер", "размер typo: азмер"},
		{"no first letter put in", "price", "aprice", ""},
		{"another spelling of a sound", "relleno", "qué reyeno", "relleno typo: reyeno"},
		{"a letter doubled in a short word", "tela", "a tella preta", "tela typo: tella"},
		{"a little Spanish one", "funda", "unas funditas", "funda form: funditas"},
		{"a little Portuguese one", "rosa", "duas rosinhas", "rosa form: rosinhas"},
		{"no usual word of the same stem", "меню", "у меня", ""},
		{"no usual word one letter away", "начинка", "новая новинка", ""},
		{"no word that is formed of a usual one", "battery", "so buttery", ""},
		{"no verb that is formed with a prefix", "отменить", "хотим отметить", ""},
		{"no name", "чехол", "это Чехов Иван", ""},
		{"a slip in a message whose words all begin with a capital", "чехол", "Нужен Чеохл", "чехол typo: Чеохл"},
		{"a form of a word that a longer beginning tells from others", "display", "the displays", "display form: displays"},
		{"a slip that is a form of a word of another language", "tarjeta", "aceptan trajeta de crédito", "tarjeta typo: trajeta"},
		{"a run-on of two words of three", "где вы находитесь", "а гдевы находитесь", "где вы находитесь run_on: гдевы находитесь"},
		{"no run-on of little words of two languages", "pix", "foto pixelada", ""},
		{"no word at all", "цена", "👍 ?!", ""},
		{"letters of no alphabet that is known", "हिन्दी", "मैं हिन्दी में", "हिन्दी exact: हिन्दी"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			keywords := strings.Split(tc.keywords, "|")
			var want []string
			if tc.want != "" {
				want = strings.Split(tc.want, "|")
			}
			if diff := cmp.Diff(want, found(compiled(Forms, keywords), keywords, tc.text)); diff != "" {
				t.Errorf("wanted (-), found (+):\n%s", diff)
			}
		})
	}
}

func TestFindPhrase(t *testing.T) {
	for text, want := range map[string]bool{
		"сколько стоит":       true,
		"сколько стоят":       true,
		"скольк стоит":        true,
		"сколько это стоит":   false,
		"стоит сколько":       false,
		"Сколько? Стоит 100":  true,
		"а сколко стоит юбка": true,
	} {
		if got := len(compiled(Phrase, []string{"сколько стоит"}).Find(text)) > 0; got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestFindExact(t *testing.T) {
	for text, want := range map[string]bool{
		"ПРАЙС лист": true, "прайс-лист": true, "прайса лист": false, "прайслист": false, "прайс новый лист": false, "лист прайс": false, "пpайс лист": false,
	} {
		if got := len(compiled(Exact, []string{"прайс лист"}).Find(text)) > 0; got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// A keyword that no lexicon has is of the languages that Compile is given.
func TestCompileTakesTheLanguages(t *testing.T) {
	const keyword, form = "zapatilla", "zapatillas"
	if got := compiled(Forms, []string{keyword}, Spanish).Find(form); len(got) != 1 || got[0].How != HowForm {
		t.Errorf("in Spanish: %v", got)
	}
	if got := compiled(Forms, []string{"фланелевый"}, Spanish).Find("фланелевая"); len(got) != 0 {
		t.Errorf("a Russian form in a Spanish shop: %v", got)
	}
}

func TestFindWithNothingToFind(t *testing.T) {
	for name, x := range map[string]*Index{"no keywords": Compile(nil, nil), "a keyword with no word": compiled(Forms, []string{"?!"})} {
		if got := x.Find("доставка"); got != nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// The work on one word is bounded: the longest words that can be are found to be
// nothing, and a message of them is no slower than its length.
func TestWordsBeyondTheLimitsAreNothing(t *testing.T) {
	x := compiled(Forms, []string{"доставка", "price"})
	for name, word := range map[string]string{
		"a slip":       strings.Repeat("прайс", 5) + "доствка",
		"a run-on":     strings.Repeat("какая", 8) + "доставка",
		"drawn out":    strings.Repeat("ы", 4096),
		"other layout": strings.Repeat("j,", 2048),
	} {
		if got := x.Find(word); len(got) != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// A message is quoted as it came, whatever bytes it is of.
func FuzzFind(f *testing.F) {
	for _, text := range []string{"Сколько стоит доставка?", "j,vty", "сколькостоит", "priiice\xff", "цeна", "до ставка", "ﷺ size39 ①", "dostavka v piter", "İı ẞ"} {
		f.Add(text)
	}
	keywords := []string{"сколько стоит", "доставка", "обмен", "цена", "price", "in stock", "talla", "devolução", "39", "ẞ"}
	indexes := []*Index{compiled(Forms, keywords), compiled(Phrase, keywords), compiled(Exact, keywords)}
	f.Fuzz(func(t *testing.T, text string) {
		for _, x := range indexes {
			last := 0
			seen := map[int]bool{}
			for _, found := range x.Find(text) {
				if found.Start < last || found.End <= found.Start || found.End > len(text) {
					t.Fatalf("%q: %+v after %d", text, found, last)
				}
				last = found.Start
				if seen[found.Keyword] || len(found.Words) == 0 {
					t.Fatalf("%q: %+v", text, found)
				}
				seen[found.Keyword] = true
				for _, word := range found.Words {
					if !strings.Contains(text[found.Start:found.End], word) || !utf8.ValidString(word) {
						t.Fatalf("%q: %q is not in %q", text, word, text[found.Start:found.End])
					}
				}
			}
		}
	})
}

// Whatever Exact finds, Forms and Phrase find as well.
func TestFormsFindWhatExactFinds(t *testing.T) {
	word := rapid.SampledFrom([]string{"доставка", "size", "39", "é", "x", "йод", "preço", "Ё"})
	rapid.Check(t, func(t *rapid.T) {
		var keywords []string
		for _, k := range rapid.SliceOfN(rapid.SliceOfN(word, 1, 3), 1, 6).Draw(t, "keywords") {
			keywords = append(keywords, strings.Join(k, " "))
		}
		text := strings.Join(rapid.SliceOf(word).Draw(t, "message"), " ")
		of := func(mode Mode) []int {
			var out []int
			for _, f := range compiled(mode, keywords).Find(text) {
				out = append(out, f.Keyword)
			}
			return out
		}
		for _, mode := range []Mode{Forms, Phrase} {
			all := of(mode)
			for _, k := range of(Exact) {
				if !slices.Contains(all, k) {
					t.Fatalf("%q in %q: mode %d misses it", keywords[k], text, mode)
				}
			}
		}
	})
}
