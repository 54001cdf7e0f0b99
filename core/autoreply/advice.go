package autoreply

import (
	"regexp"
	"strings"

	"shopbell/core/chat"
)

// PreviewEnd is where a phone's preview of a message ends, in UTF-16 units (mission
// A3): what must be seen stands before it.
const PreviewEnd = 150

// Recommended returns the length of a reply that is read to its end, in UTF-16
// units (mission A3). It is advice: MaxText is the limit.
func Recommended(t Trigger) (from, to int) {
	switch t {
	case TriggerFirstContact:
		return 80, 120
	case TriggerOffHours:
		return 60, 100
	}
	return 150, 200
}

// Filled returns the most UTF-16 units that a text can have once it is filled in:
// this is what MaxText bounds. Beside a link button OfferReserve is added to it.
func Filled(text string) int { return reserved(text) }

// What is lost where the preview ends before it: a web address, and a promo code,
// which is a word of capitals and digits with at least one of each.
var (
	webAddress = regexp.MustCompile(`(?i)\b(https?://|www\.)\S+`)
	shoutWord  = regexp.MustCompile(`[\p{Lu}\d][\p{Lu}\d-]{3,}`)
)

// Late returns the first link or promo code of a text that ends after PreviewEnd,
// "" where there is none (mission A3).
func Late(text string) string {
	first := len(text)
	found := ""
	for _, pattern := range []*regexp.Regexp{webAddress, shoutWord} {
		for _, at := range pattern.FindAllStringIndex(text, -1) {
			word := text[at[0]:at[1]]
			isCode := strings.ContainsAny(word, "0123456789") && strings.ToLower(word) != word
			if (pattern == webAddress || isCode) && at[0] < first && chat.Units(text[:at[1]]) > PreviewEnd {
				first, found = at[0], word
			}
		}
	}
	return found
}
