// Package table reads and writes tables as text: CSV with whatever stands between its
// cells, in whatever encoding, as spreadsheet programs and telephones write it.
package table

import "strings"

// ByteOrderMark lets spreadsheet programs take a file that begins with it for UTF-8.
const ByteOrderMark = "\ufeff"

// Cell is a text that no spreadsheet program takes for a formula: an apostrophe stands
// before what would begin as one. Plain takes it away again.
func Cell(text string) string {
	if formula(text) {
		return "'" + text
	}
	return text
}

// Plain is the text that Cell was given; other texts stay as they are.
func Plain(cell string) string {
	if strings.HasPrefix(cell, "'") && formula(cell) {
		return cell[1:]
	}
	return cell
}

// formula reports whether a spreadsheet program may take a text for a formula; also
// once the apostrophes before it are gone, so that Plain takes away no one's own.
func formula(text string) bool {
	bare := strings.TrimLeft(text, "'")
	return strings.IndexAny(bare, "=+-@\t\r＝＋－＠") == 0 // the wide ones where text is written so
}

// excerptRunes is how much of a text an excerpt of it repeats.
const excerptRunes = 60

// Excerpt is a text as what is wrong with it is told: of more than 60 characters the
// beginning and "…".
func Excerpt(s string) string {
	runes := []rune(s)
	if len(runes) <= excerptRunes {
		return s
	}
	return string(runes[:excerptRunes]) + "…"
}
