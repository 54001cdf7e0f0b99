package kit

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"
	"pgregory.net/rapid"
)

// words draws text as customers write it: several scripts, emoji made of many
// code points, long words, newlines.
func words() *rapid.Generator[string] {
	piece := rapid.SampledFrom([]string{
		"olá", "возврат", "a", "mochila", "38-й", "https://example.com/a/very/long/path", "👍", "👨‍👩‍👧", "🇵🇹",
		"👍🏽", "1️⃣", "❤️", "“quoted”", "—", "\n", "é", "नमस्ते", "supercalifragilisticexpialidocious",
	})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(piece, 0, 20).Draw(t, "words"), rapid.SampledFrom([]string{" ", "", "  "}).Draw(t, "gap"))
	})
}

func TestWrap(t *testing.T) {
	start(t)
	t.Run("an empty text is one empty line", func(t *testing.T) {
		if diff := cmp.Diff([]string{""}, Wrap("", 100, Body)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a newline always breaks", func(t *testing.T) {
		if diff := cmp.Diff([]string{"a", "", "b"}, Wrap("a\r\n\nb", 100, Body)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("no room gives one letter a line, and less than none the same", func(t *testing.T) {
		for _, width := range []float32{0, -32} {
			if diff := cmp.Diff([]string{"a", "b"}, Wrap("ab", width, Body)); diff != "" {
				t.Errorf("at %v: %s", width, diff)
			}
		}
	})
	t.Run("words stay whole where they fit", func(t *testing.T) {
		width := Measure("some longer", Body) + 1
		if diff := cmp.Diff([]string{"some longer", "words here"}, Wrap("some longer words here", width, Body)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("nothing is lost, no line is too wide, no cluster is torn", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			s := words().Draw(rt, "s")
			width := float32(rapid.IntRange(20, 450).Draw(rt, "width"))
			lines := Wrap(s, width, Body)
			if got, want := inkOnly(strings.Join(lines, "")), inkOnly(s); got != want {
				rt.Fatalf("lost text: %q from %q", got, want)
			}
			for _, line := range lines {
				if Measure(line, Body) > width+0.01 && uniseg.GraphemeClusterCount(line) > 1 {
					rt.Fatalf("line %q is %v wide, more than %v", line, Measure(line, Body), width)
				}
			}
			whole := uniseg.GraphemeClusterCount(inkOnly(s))
			if got := uniseg.GraphemeClusterCount(inkOnly(strings.Join(lines, "\n"))); got < whole {
				rt.Fatalf("%d clusters became %d", whole, got)
			}
		})
	})
}

// inkOnly is s without white space.
func inkOnly(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func TestCut(t *testing.T) {
	start(t)
	t.Run("what fits stays as it is", func(t *testing.T) {
		if got := Cut("Марина", Measure("Марина", Body), Body); got != "Марина" {
			t.Errorf("got %q", got)
		}
	})
	t.Run("no room gives nothing", func(t *testing.T) {
		if got := Cut("Марина", 0, Body); got != "" {
			t.Errorf("got %q", got)
		}
	})
	t.Run("a cut text fits, is a prefix of whole clusters, and is as long as can be", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			s := words().Draw(rt, "s")
			width := float32(rapid.IntRange(12, 300).Draw(rt, "width"))
			got := Cut(s, width, Small)
			if w := Measure(got, Small); w > width {
				rt.Fatalf("%q is %v wide, more than %v", got, w, width)
			}
			if got == s || got == "" {
				return
			}
			kept := strings.TrimSuffix(got, ellipsis)
			if !strings.HasPrefix(s, kept) {
				rt.Fatalf("%q is no prefix of %q", kept, s)
			}
			rest, _, _, _ := uniseg.FirstGraphemeClusterInString(strings.TrimLeftFunc(s[len(kept):], unicode.IsSpace), -1)
			if uniseg.GraphemeClusterCount(kept+rest) != uniseg.GraphemeClusterCount(kept)+1 {
				rt.Fatalf("%q was cut inside a cluster of %q", kept, s)
			}
		})
	})
}

func TestRuns(t *testing.T) {
	tests := []struct {
		name, text string
		want       []run
	}{
		{"letters are one run", "Да, давайте!", []run{{"Да, давайте!", false}}},
		{"emoji stand apart", "ok 🙏 bye", []run{{"ok ", false}, {"🙏", true}, {" bye", false}}},
		{"a family is one cluster", "👨‍👩‍👧!", []run{{"👨‍👩‍👧", true}, {"!", false}}},
		{"a skin tone stays with its hand", "👍🏽", []run{{"👍🏽", true}}},
		{"flags do not mix", "🇵🇹🇧🇷", []run{{"🇵🇹🇧🇷", true}}},
		{"a keycap is an emoji, a digit is not", "1 1️⃣", []run{{"1 ", false}, {"1️⃣", true}}},
		{"a heart asks for colour with a selector", "❤️ ❤", []run{{"❤️", true}, {" ❤", false}}},
		{"what no font draws is left out", "a\u200Bb\u202Ec\x07", []run{{"abc", false}}},
		{"a tab is a space", "a\tb", []run{{"a b", false}}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, runsOf(tc.text), cmp.AllowUnexported(run{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCacheForgetsTheOld(t *testing.T) {
	c := newCache[int, string](2)
	for i := range 5 {
		c.put(i, "v")
	}
	if _, ok := c.get(0); ok {
		t.Error("the first of five values is still there, with a limit of two")
	}
	if v, ok := c.get(4); !ok || v != "v" {
		t.Error("the last value is gone")
	}
	if len(c.young)+len(c.old) > 4 {
		t.Errorf("%d values are kept", len(c.young)+len(c.old))
	}
}
