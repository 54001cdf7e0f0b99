package words

import (
	"testing"

	"pgregory.net/rapid"
)

func TestCost(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want int
	}{
		{"return", "return", 0},
		{"return", "retrun", slip},
		{"return", "retur", slip},
		{"return", "returns", slip},
		{"return", "rekurn", slip},
		{"return", "deturn", slip + firstSlip},
		{"доставка", "даставка", halfSlip},
		{"доставка", "дасставка", 2 * halfSlip},
		{"скольк", "сколк", halfSlip},
		{"price", "prise", halfSlip},
	} {
		if got := cost([]rune(tc.a), []rune(tc.b), maxNear*slip); got != tc.want {
			t.Errorf("%q, %q: %d, want %d", tc.a, tc.b, got, tc.want)
		}
		if got := cost([]rune(tc.b), []rune(tc.a), maxNear*slip); got != tc.want {
			t.Errorf("%q, %q: %d, want %d", tc.b, tc.a, got, tc.want)
		}
	}
	t.Run("a first letter is left out more easily than put in", func(t *testing.T) {
		if got := cost([]rune("return"), []rune("eturn"), maxNear*slip); got != slip {
			t.Errorf("left out: %d, want %d", got, slip)
		}
		if got := cost([]rune("eturn"), []rune("return"), maxNear*slip); got != slip+firstSlip {
			t.Errorf("put in: %d, want %d", got, slip+firstSlip)
		}
	})
}

// What the deletion neighbourhood files is found again after one slip anywhere
// but at the first letter, as far as rules-file.md allows one.
func TestOneSlipIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keyword := rapid.StringMatching(`[bdfgklmnprstv][aeou][bdfgklmnprt]x[aou][bdfgklmnprt]x`).Draw(t, "keyword")
		x := compiled(Forms, []string{keyword}, Indonesian)
		runes := []rune(keyword)
		i := rapid.IntRange(1, len(runes)-2).Draw(t, "at")
		var wrong string
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			wrong = string(runes[:i]) + string(runes[i+1:])
		case 1:
			wrong = string(runes[:i]) + "x" + string(runes[i:])
		case 2:
			wrong = string(runes[:i]) + "x" + string(runes[i+1:])
		default:
			wrong = string(runes[:i]) + string(runes[i+1]) + string(runes[i]) + string(runes[i+2:])
		}
		want := 1
		if wrong != keyword && x.lexicon.reading(wrong).of.known() {
			want = 0 // a word of its own
		}
		if got := len(x.Find(wrong)); got != want {
			t.Fatalf("%q in %q: found %d, want %d", keyword, wrong, got, want)
		}
	})
}
