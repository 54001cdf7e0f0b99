package table

import (
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
