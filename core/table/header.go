package table

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold is a header without letter case, accents, and signs between its words.
func Fold(header string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFD.String(strings.ToLower(header)) {
		switch {
		case r == '\u0306': // й is a letter of its own
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		default:
			space = true
		}
	}
	return norm.NFC.String(b.String())
}

// Guess returns the column, of folded headers, whose header is one of words, else the one whose header
// begins with one, else the one that has one in it; -1 for none. Those taken are left out.
func Guess(headers, words []string, taken []int) int {
	for _, fits := range []func(header, word string) bool{
		func(header, word string) bool { return header == word },
		func(header, word string) bool { return strings.HasPrefix(header, word+" ") },
		func(header, word string) bool { return strings.Contains(" "+header+" ", " "+word+" ") },
	} {
		for _, w := range words {
			for i, h := range headers {
				if fits(h, w) && !slices.Contains(taken, i) {
					return i
				}
			}
		}
	}
	return -1
}
