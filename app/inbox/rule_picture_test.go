package inbox

import (
	"testing"

	"shopbell/app/kit"
	"shopbell/core/chat"
)

// A rule's reply may have a picture over its buttons or over its link.
func TestThePictureOfAReplyStandsOverItsButtons(t *testing.T) {
	reply := chat.Message{Author: chat.AuthorRule, RuleID: "sizes", RuleName: "Sizes", RuleTrigger: "keyword", Text: "Our sizes"}
	withButtons, withLink := reply, reply
	withButtons.Kind, withButtons.Buttons = chat.KindInteractive, []chat.Button{{ID: "a", Title: "Delivery"}}
	withLink.Kind, withLink.Link = chat.KindLink, &chat.Link{Title: "Open", URL: "https://shop.example"}
	for title, m := range map[string]chat.Message{"Delivery": withButtons, "Open": withLink} {
		t.Run(title, func(t *testing.T) {
			s := newStage(t)
			m.Media = &chat.Media{MIME: "image/jpeg", Size: 1000, State: chat.MediaHere, File: s.desk.PutFile(photoOf(t, 30, 20))}
			s.desk.Say(1, m)
			s.Open(1)
			b := s.lastBubble(t)
			if p, ok := b.Content.(kit.Picture); !ok || p.Source != m.Media.File || b.Text != "Our sizes" {
				t.Errorf("the bubble is %+v", b)
			}
			if len(b.Choices) != 1 || b.Choices[0].Title != title {
				t.Errorf("its buttons are %+v", b.Choices)
			}
		})
	}
}
