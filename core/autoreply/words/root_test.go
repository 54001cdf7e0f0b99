package words_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"shopbell/core/autoreply/words"
)

func TestFormsOfAWordShareARoot(t *testing.T) {
	for _, c := range []struct {
		name, a, b string
		same       bool
	}{
		{"a family of the lexicon", "доставка", "доставите", true},
		{"the cases of a Russian noun it does not know", "самовывоз", "самовывоза", true},
		{"an English plural", "wallets", "wallet", true},
		{"with and without an accent", "devolução", "devolucao", true},
		{"with Latin letters that look alike", "цена", "цeна", true},
		{"two words", "доставка", "возврат", false},
		{"a word and one that looks like it", "цена", "ценный", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := words.Roots(c.a), words.Roots(c.b)
			if len(a) != 1 || len(b) != 1 || (a[0].Key == b[0].Key) != c.same {
				t.Errorf("%q has %+v, %q has %+v", c.a, a, c.b, b)
			}
		})
	}
}

func TestRootsSayWhereTheyStand(t *testing.T) {
	const text = "  Сколько стоит, the Boots?"
	var got []string
	for _, r := range words.Roots(text) {
		got = append(got, text[r.Start:r.End])
		if r.Word == "the" && !r.Little || r.Word == "boots" && r.Little {
			t.Errorf("%q is little: %v", r.Word, r.Little)
		}
	}
	if len(got) != 4 || got[0] != "Сколько" || got[3] != "Boots" {
		t.Errorf("the words are %q", got)
	}
}

func TestRootsAreTheWordsOfTheirPlaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		end := 0
		for _, r := range words.Roots(text) {
			if r.Key == "" || r.Start < end && r.End != end || r.End > len(text) || !slices.Contains(words.Split(text[r.Start:r.End]), r.Word) {
				t.Fatalf("%q has %+v", text, r)
			}
			end = r.End
		}
	})
}
