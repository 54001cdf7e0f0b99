package chat

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"pgregory.net/rapid"
)

func TestPreviewText(t *testing.T) {
	const family = "👨‍👩‍👧‍👦" // seven runes, one character
	x := func(n int) string { return strings.Repeat("x", n) }
	tests := []struct{ name, text, want string }{
		{"a short text stays", "Hello", "Hello"},
		{"lines and gaps become single spaces", "  Hello,\n\n\tAnna \u00a0 ", "Hello, Anna"},
		{"nothing but space is nothing", " \n ", ""},
		{"as long as the line", x(PreviewRunes), x(PreviewRunes)},
		{"one too long", x(PreviewRunes + 1), x(PreviewRunes)},
		{"runes are counted, not bytes", strings.Repeat("ж", 200), strings.Repeat("ж", PreviewRunes)},
		{"a family at the end fits as a whole", x(PreviewRunes-7) + family, x(PreviewRunes-7) + family},
		{"a family at the end is not torn apart", x(PreviewRunes-6) + family, x(PreviewRunes - 6)},
		{"a flag is not torn apart", x(PreviewRunes-1) + "🇵🇹", x(PreviewRunes - 1)},
		{"an accent stays with its letter", x(PreviewRunes-1) + "e\u0301", x(PreviewRunes - 1)},
		{"one character longer than the line is cut", "e" + strings.Repeat("\u0301", 300), "e" + strings.Repeat("\u0301", PreviewRunes-1)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := PreviewText(tt.text); got != tt.want {
				t.Errorf("PreviewText(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestPreviewTextIsTheLongestBeginningOfWholeCharacters(t *testing.T) {
	parts := rapid.SampledFrom([]string{"a", "ж", " ", "\n", "🇵🇹", "👍🏽", "👨‍👩‍👧‍👦", "e\u0301", "\r\n", "한", "\xff"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(parts, 0, 300).Draw(t, "text"), "")
		line := strings.Join(strings.Fields(text), " ")
		got := PreviewText(text)
		if !strings.HasPrefix(line, got) {
			t.Fatalf("%q is no beginning of %q", got, line)
		}
		runes := utf8.RuneCountInString(got)
		next, _, _, _ := uniseg.FirstGraphemeClusterInString(line[len(got):], -1)
		if runes > PreviewRunes || next != "" && runes+utf8.RuneCountInString(next) <= PreviewRunes {
			t.Fatalf("%q has %d runes and the next character %q", got, runes, next)
		}
		if uniseg.GraphemeClusterCount(got)+uniseg.GraphemeClusterCount(line[len(got):]) != uniseg.GraphemeClusterCount(line) {
			t.Fatalf("%q ends inside a character of %q", got, line)
		}
	})
}

func TestTheLineOfAMessageIsItsTextOrElseAName(t *testing.T) {
	tests := []struct {
		name    string
		message Message
		want    string
	}{
		{"a text on one line", Message{Text: "one\ntwo"}, "one two"},
		{"a caption before the name of the file", Message{Text: "the bill", Media: &Media{Name: "bill.pdf"}}, "the bill"},
		{"the name of a file", Message{Media: &Media{Name: "bill.pdf"}}, "bill.pdf"},
		{"a picture has none", Message{Media: &Media{}}, ""},
		{"the name of a place", Message{Location: &Location{Name: "Boots", Address: "1 High Street"}}, "Boots"},
		{"the address of one without", Message{Location: &Location{Address: "1 High Street"}}, "1 High Street"},
		{"the names on cards", Message{Cards: []Card{{Name: "Ana"}, {Name: "Rui"}}}, "Ana, Rui"},
		{"nothing of an order", Message{Order: &Order{}}, ""},
		{"no more than a preview holds", Message{Media: &Media{Name: strings.Repeat("x", PreviewRunes+1)}}, strings.Repeat("x", PreviewRunes)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.message.Line(); got != tt.want {
				t.Errorf("Line() = %q, want %q", got, tt.want)
			}
		})
	}
}
