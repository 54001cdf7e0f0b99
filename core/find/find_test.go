package find_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"shopbell/core/find"
)

func TestQuery(t *testing.T) {
	for _, tt := range []struct {
		name, typed, text string
		want              bool
	}{
		{"a word begun finds the word", "возвра", "Хочу оформить возврат", true},
		{"a form finds another form", "возвратами ", "деньги за возврат", true},
		{"Latin letters find Russian", "vozvrat", "деньги за возврат", true},
		{"Russian finds Latin letters", "возвра", "vozvrat-0977.pdf", true},
		{"a form finds another form in Latin letters", "возвратами", "vozvrat, please", true},
		{"ё and е are one letter", "еще", "Ещё вопрос", true},
		{"an accent may be left away", "devolucao", "A devolução chegou", true},
		{"all words must stand there", "возврат сапог", "возврат шапки", false},
		{"their order is free", "сапоги возврат", "Возврат: сапоги 38", true},
		{"a space ends a word", "воз ", "возврат", false},
		{"only the last word is one begun", "возвр сапоги", "возврат: сапоги", false},
		{"a lone letter at the end waits for the next", "возврат с", "возврат", true},
		{"a lone letter is nothing to look for", "в", "в", false},
		{"signs are nothing to look for", "?! …", "?! …", false},
		{"numbers are words", "0977", "заказ #0977", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := find.Parse(tt.typed).In(find.Tokens(tt.text)); got != tt.want {
				t.Errorf("%q in %q: got %v, want %v", tt.typed, tt.text, got, tt.want)
			}
		})
	}
}

func TestPeople(t *testing.T) {
	tokens := append(find.Tokens("Марина Волкова", "m_volkova"), find.PhoneTokens("351938220714")...)
	for _, tt := range []struct {
		name, typed string
		want        bool
	}{
		{"the beginnings of both names find", "мар волк", true},
		{"one letter of the second name does", "марина в", true},
		{"one letter alone does not", "м", false},
		{"the middle of a name does not", "арина", false},
		{"Latin letters find a Russian name", "marin", true},
		{"a user name finds", "volkova", true},
		{"a part of the number finds, as people write it", "+351 (938) 22", true},
		{"the end of the number finds", "714", true},
		{"two digits are no number", "14", false},
		{"digits that are not together do not find", "351220", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := find.People(tt.typed).In(tokens); got != tt.want {
				t.Errorf("%q: got %v, want %v", tt.typed, got, tt.want)
			}
		})
	}
}

func TestBegins(t *testing.T) {
	for _, tt := range []struct {
		name, typed, text string
		want              bool
	}{
		{"the beginnings of words find, in any order", "волк мар", "Марина Волкова", true},
		{"every one of them must begin one", "мар иван", "Марина Волкова", false},
		{"the middle of a word does not", "арина", "Марина Волкова", false},
		{"accents and ё may be left away", "jose елкин", "José Ёлкин", true},
		{"and may be typed", "José", "Jose", true},
		{"ligatures are letters", "fit", "ﬁtting", true},
		{"nothing typed finds everything", " ", "Марина", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := find.Begins(tt.typed, tt.text); got != tt.want {
				t.Errorf("%q in %q: got %v, want %v", tt.typed, tt.text, got, tt.want)
			}
		})
	}
}

func TestAlso(t *testing.T) {
	q := find.Parse("возвра")
	var snippets []find.Snippet
	for _, text := range []string{"возврат", "Возврат!", "возврата", "возвратом, возврата", "vozvrat-0977.pdf"} {
		snippets = append(snippets, q.Snippet(text))
	}
	if got, want := q.Also(snippets, 2), []string{"возврата", "vozvrat"}; !slices.Equal(got, want) {
		t.Errorf("also found are %q, want %q", got, want)
	}
}

func TestSnippet(t *testing.T) {
	long := strings.Repeat("слово за словом ", 20)
	for _, tt := range []struct {
		name, typed, text string
		want              find.Snippet
	}{
		{"a short text is whole, on one line", "возврат", "Хочу\nвозврат:  сапоги", find.Snippet{Text: "Хочу возврат: сапоги", Found: []find.Span{{9, 23}}}},
		{"every word found is named", "сапоги возвр", "возврат и сапоги", find.Snippet{Text: "возврат и сапоги", Found: []find.Span{{0, 14}, {18, 30}}}},
		{"a text without them is told from its beginning", "шапка", "возврат", find.Snippet{Text: "возврат"}},
		{"far into a text it is cut before the word", "возврат", long + "возврат", find.Snippet{
			Text: "…за словом слово за словом возврат", Found: []find.Span{{50, 64}},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, find.Parse(tt.typed).Snippet(tt.text)); diff != "" {
				t.Errorf("the snippet of %q differs (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

// Whatever a text is: what is found in it is named within its snippet, and the
// snippet is a part of it.
func TestSnippetOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"возврат", "order", "38", "devolução", "ﬁt"}).Draw(t, "word")
		text := rapid.StringN(0, 400, -1).Draw(t, "head") + " " + word + " " + rapid.StringN(0, 400, -1).Draw(t, "tail")
		q := find.Parse(word)
		if !q.In(find.Tokens(text)) {
			t.Fatalf("%q is not found in %q", word, text)
		}
		s := q.Snippet(text)
		if !utf8.ValidString(s.Text) || len(s.Found) == 0 {
			t.Fatalf("the snippet is %q with %v", s.Text, s.Found)
		}
		if !strings.Contains(strings.Join(strings.Fields(text), " "), strings.Trim(s.Text, "…")) {
			t.Fatalf("%q is no part of %q", s.Text, text)
		}
		end := 0
		for _, span := range s.Found {
			if span.From < end || span.To <= span.From || span.To > len(s.Text) {
				t.Fatalf("the spans %v do not fit %q", s.Found, s.Text)
			}
			end = span.To
		}
		first := s.Text[s.Found[0].From:s.Found[0].To]
		if !q.In(find.Tokens(first)) {
			t.Fatalf("%q is named, which is not %q", first, word)
		}
	})
}

func TestTokensAreGivenOnce(t *testing.T) {
	got := find.Tokens("Возврат, возвраты", "возврат")
	if want := []string{"возврат", "возвраты"}; !slices.Equal(got, want) {
		t.Errorf("the tokens are %q, want %q", got, want)
	}
}
