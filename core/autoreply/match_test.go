package autoreply

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What MatchExact finds, and what it does not: forms.
func TestMatchExact(t *testing.T) {
	tests := []struct {
		name     string
		keywords string // of one rule, by "|"
		text     string
		found    int
		word     string // the longest
	}{
		{"a whole word", "price", "What is the price?", 1, "price"},
		{"no part of a word", "price", "prices priceless", 0, ""},
		{"capitals", "Price", "PRICE", 1, "Price"},
		{"Russian capitals", "доставка", "ДОСТАВКА!!!", 1, "доставка"},
		{"ё is е in the message", "еще", "Ещё", 1, "еще"},
		{"ё is е in the keyword", "ещё", "ЕЩЕ", 1, "ещё"},
		{"ё from е and a combining mark", "еще", "еще\u0308", 1, "еще"},
		{"an accent written apart", "devolução", "devoluc\u0327a\u0303o", 1, "devolução"},
		{"an accent left away is another word", "devolução", "devolucao", 0, ""},
		{"full-width letters", "price", "ＰＲＩＣＥ", 1, "price"},
		{"a sharp s", "Straße", "STRASSE", 1, "Straße"},
		{"digits are letters of a word", "39", "size 39, please", 1, "39"},
		{"a keyword with a hyphen is two words", "e-mail", "my e mail", 1, "e-mail"},
		{"emoji and signs part words", "price", "👍price👍", 1, "price"},
		{"vowel signs belong to their word", "हिन्दी", "मैं हिन्दी में", 1, "हिन्दी"},
		{"a phrase", "how long", "How   long, please?", 1, "how long"},
		{"a phrase in pieces", "how long", "how very long", 0, ""},
		{"a phrase the wrong way round", "how long", "long how", 0, ""},
		{"a phrase cut off at the end", "how long does", "how long", 0, ""},
		{"two different keywords", "price|delivery", "price of delivery", 2, "delivery"},
		{"one keyword twice in the message", "price", "price price price", 1, "price"},
		{"one keyword twice in the rule", "price|PRICE", "price", 1, "price"},
		{"a keyword within a phrase counts beside it", "long|how long", "how long", 2, "how long"},
		{"an empty message", "price", "", 0, ""},
		{"a message with no word", "price", "?! 👍", 0, ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			b, err := Compile(File{Version: 1, Rules: []Rule{{
				ID: "r", Name: "R", Trigger: TriggerKeyword, Enabled: true,
				Keywords: strings.Split(tc.keywords, "|"), Match: MatchExact, Replies: []Variant{{Text: "t"}},
			}}})
			if err != nil {
				t.Fatal(err)
			}
			var got hit
			if hits := b.Match(tc.text).hits; len(hits) > 0 {
				got = hits[0]
			}
			if got.keywords != tc.found || got.word != tc.word {
				t.Errorf("found %d, longest %q; want %d, %q", got.keywords, got.word, tc.found, tc.word)
			}
		})
	}
}

func TestOptOutIsTheWholeMessage(t *testing.T) {
	for text, want := range map[string]bool{
		"stop": true, "STOP": true, " Stop. ": true, "Стоп!": true, "отписаться": true, "Parar": true,
		"não quero mais mensagens": true, "STOP ❤️": true, "5️⃣ stop": false, "Darme de baja, por favor": false, "darme de baja": true, "berhenti": true,
		"stop it": false, "non-stop": false, "стоп-кран": false, "": false, "!": false, "para": false, "cancel": false,
	} {
		if got := Empty().Match(text).optOut; got != want {
			t.Errorf("%q: opt-out %v, want %v", text, got, want)
		}
	}
	for _, phrase := range optOuts {
		if len(phrase) > longestOptOut {
			t.Errorf("%q is longer than longestOptOut", phrase)
		}
	}
}

// Match against a plain, slow definition of the same.
func TestMatchFindsWhatAPlainSearchFinds(t *testing.T) {
	word := rapid.SampledFrom([]string{"a", "b", "c", "ab", "Ё", "е"})
	rapid.Check(t, func(t *rapid.T) {
		keywords := rapid.SliceOfN(rapid.SliceOfN(word, 1, 3), 1, 8).Draw(t, "keywords")
		message := rapid.SliceOf(word).Draw(t, "message")
		var spelled []string
		for _, k := range keywords {
			spelled = append(spelled, strings.Join(k, " "))
		}
		text := strings.Join(message, ", ")
		b, err := Compile(File{Version: 1, Rules: []Rule{{ID: "r", Name: "R", Trigger: TriggerKeyword, Keywords: spelled, Match: MatchExact, Replies: []Variant{{Text: "t"}}}}})
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]bool{}
		for _, k := range spelled {
			if strings.Contains(" "+strings.Join(wordsOf(text), " ")+" ", " "+fold(k)+" ") {
				want[fold(k)] = true
			}
		}
		got := 0
		for _, h := range b.Match(text).hits {
			got = h.keywords
		}
		if got != len(want) {
			t.Fatalf("%q in %q: found %d, want %v", spelled, text, got, want)
		}
	})
}
