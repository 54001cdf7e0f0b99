package words_test

import (
	"slices"
	"testing"

	"shopbell/core/autoreply/words"
)

func TestTerms(t *testing.T) {
	for _, tt := range []struct{ name, a, b string }{
		{"Russian forms of a noun share a form", "возвратом", "ВОЗВРАТА"},
		{"a fleeting vowel is none", "скидок", "скидка"},
		{"ё is е", "ещё", "еще"},
		{"English forms share one", "orders", "Order"},
		{"Portuguese forms share one", "devoluções", "devolução"},
		{"an accent left away is no other word", "formulário", "formulario"},
		{"Spanish forms share one", "zapatos", "zapato"},
		{"a Latin letter in a Russian word is none", "цeна", "цена"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, b := words.Terms(tt.a), words.Terms(tt.b)
			if len(a) != 1 || len(b) != 1 || !slices.ContainsFunc(a[0].Forms, func(f string) bool { return slices.Contains(b[0].Forms, f) }) {
				t.Errorf("the terms of %q are %v, those of %q %v: they share no form", tt.a, a, tt.b, b)
			}
		})
	}
	t.Run("a term says where its word stands", func(t *testing.T) {
		const text = "Ну, Возврат: №38!"
		var got []string
		for _, term := range words.Terms(text) {
			got = append(got, text[term.Start:term.End])
		}
		if want := []string{"Ну", "Возврат", "38"}; !slices.Equal(got, want) {
			t.Errorf("the words of %q stand at %q, want %q", text, got, want)
		}
	})
}

func TestOtherLetters(t *testing.T) {
	for _, tt := range []struct {
		word string
		want []string
	}{
		{"vozvrat", []string{"возврат"}},
		{"возврат", []string{"vozvrat"}},
		{"хочу", []string{"khochu", "hochu"}},
		{"38", nil},
		{"devolução", nil},
		{"ь", nil},
	} {
		if got := words.OtherLetters(tt.word); !slices.Equal(got, tt.want) {
			t.Errorf("%q in other letters is %q, want %q", tt.word, got, tt.want)
		}
	}
}

func TestPlain(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"ё is е, in capitals too", "Ёлка ЕЩЁ", []string{"елка", "еще"}},
		{"accents of Latin letters are left away, composed or not", "José José ÁGUA", []string{"jose", "jose", "agua"}},
		{"й is no и", "Андрей", []string{"андрей"}},
		{"ligatures and wide letters are plain ones", "ﬁt Ｓｉｚｅ", []string{"fit", "size"}},
		{"a letter of the other alphabet is its double", "Мaрина", []string{"марина"}},
		{"signs part words", "o'neil, +351 (938)", []string{"o", "neil", "351", "938"}},
		{"№ is a sign, and no word", "№17", []string{"17"}},
		{"signs alone are no words", "?! …", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := words.Plain(tt.text); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	t.Run("it is the first form of every term", func(t *testing.T) {
		const text = "Возвратами José в ЕЩЁ ﬁt №38"
		var first []string
		for _, term := range words.Terms(text) {
			first = append(first, term.Forms[0])
		}
		if got := words.Plain(text); !slices.Equal(got, first) {
			t.Errorf("got %q, want %q", got, first)
		}
	})
}
