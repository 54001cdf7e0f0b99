package inbox

import (
	"strings"
	"testing"

	"shopbell/app/look"
	"shopbell/core/chat"
)

// What a bubble says of a message that is not simply a customer's words.
func TestWordsOnBubbles(t *testing.T) {
	tests := map[string]struct {
		message             chat.Message
		text, label, detail string
		hint                string
	}{
		"what was written on the shop's phone says so": {
			chat.Message{Author: chat.AuthorAgent, Kind: chat.KindText, Text: "Sim"}, "Sim", "", "Sent from the phone", ""},
		"an answer of a person's says nothing of it": {
			chat.Message{Author: chat.AuthorAgent, AgentID: 1, Kind: chat.KindText, Text: "Sim"}, "Sim", "", "", ""},
		"a reaction to nothing that is here stands for itself": {
			chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindReaction, Text: "👍"}, "👍", "", "A reaction to a message that is not here", ""},
		"what the customer took back is the customer's": {
			chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "x", RevokedAt: noon}, "x", "Deleted by the customer", "12:00 · kept here for the team", ""},
		"what the shop took back is not the customer's": {
			chat.Message{Author: chat.AuthorAgent, Kind: chat.KindText, Text: "x", RevokedAt: noon}, "x", "Deleted on the shop’s phone", "12:00 · kept here for the team", ""},
		"a strange message of the customer's asks for words": {
			chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindUnsupported, RawKind: "poll"},
			"A message of a kind Shopbell does not show yet", "", "", "Ask the customer to write it"},
		"a strange one of ours asks nobody": {
			chat.Message{Author: chat.AuthorAgent, AgentID: 1, Kind: chat.KindUnsupported}, "A message of a kind Shopbell does not show yet", "", "", ""},
		"words in a strange message are not lost": {
			chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindUnsupported, Text: "Size 38"}, "Size 38", "", "", "A message of a kind Shopbell does not show yet"},
		"a change of nobody knows what": {
			chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindEdited}, "A message was changed; WhatsApp does not say which", "", "", "Ask the customer to write it"},
		"a file that stayed on the shop's phone": {
			chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindUnsupported, RawKind: chat.RawPlaceholder, Status: chat.StatusPast},
			"A file that is only on the phone", "", "", ""},
		"words in a group": {
			chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindGroup, RawKind: "text", Text: "Olá"}, "Olá", "", "Written in a group", ""},
		"a picture in a group": {
			chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindGroup, RawKind: "image"}, "A message of a kind Shopbell does not show yet", "", "Written in a group", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			s.desk.Say(1, tt.message)
			s.Open(1)
			b := s.lastBubble(t)
			if b.Text != tt.text || b.Label != tt.label || b.Detail != tt.detail || b.Hint != tt.hint {
				t.Errorf("%q, label %q %q, hint %q", b.Text, b.Label, b.Detail, b.Hint)
			}
		})
	}
	t.Run("a quote that the desk cut off says so", func(t *testing.T) {
		s := newStage(t)
		s.desk.Say(1, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "x",
			Quote: &chat.Quote{Author: chat.AuthorAgent, Text: strings.Repeat("a", chat.PreviewRunes)}})
		s.Open(1)
		if q := s.lastBubble(t).Quote; !strings.HasSuffix(q.Text, "a…") || q.Title != "Sent from the phone" {
			t.Errorf("quote %+v", q)
		}
	})
}

func TestPreviewOfWhatIsNotShown(t *testing.T) {
	b := newBench(t)
	for kind, want := range map[chat.Kind]string{
		chat.KindRevoked: "Deleted", chat.KindEdited: "A message was changed", chat.KindUnsupported: "A message of another kind",
	} {
		if got, icon := b.preview(chat.Preview{Kind: kind, Author: chat.AuthorCustomer}); got != want || icon == look.IconName("") {
			t.Errorf("%s: %q with icon %q", kind, got, icon)
		}
	}
}
