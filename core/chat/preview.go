package chat

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Line is what one line can say of a message beside its kind: its text, or else
// the name of what it carries, by PreviewText. Empty for a message without either.
func (m Message) Line() string {
	switch {
	case m.Text != "":
		return PreviewText(m.Text)
	case m.Media != nil:
		return PreviewText(m.Media.Name)
	case m.Location != nil && m.Location.Name != "":
		return PreviewText(m.Location.Name)
	case m.Location != nil:
		return PreviewText(m.Location.Address)
	}
	names := make([]string, len(m.Cards))
	for i, c := range m.Cards {
		names[i] = c.Name
	}
	return PreviewText(strings.Join(names, ", "))
}

// PreviewText makes one line of at most PreviewRunes runes of a message's text.
// What a reader sees as one character (a flag, a family, a letter with its
// accents) is kept whole or left out, unless it alone is longer than the line.
func PreviewText(text string) string {
	line := strings.Join(strings.Fields(text), " ")
	end, runes, state := 0, 0, -1
	for rest := line; rest != ""; {
		var seen string
		seen, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		n := utf8.RuneCountInString(seen)
		if runes+n > PreviewRunes {
			break
		}
		end, runes = end+len(seen), runes+n
	}
	if end == 0 {
		return firstRunes(line, PreviewRunes)
	}
	return line[:end]
}

// firstRunes returns at most n runes of s.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
