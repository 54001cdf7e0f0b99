package chat

import "strings"

// PreviewText makes one line of at most PreviewRunes runes of a message's text.
func PreviewText(text string) string {
	line := strings.Join(strings.Fields(text), " ")
	n := 0
	for i := range line {
		if n == PreviewRunes {
			return line[:i]
		}
		n++
	}
	return line
}
