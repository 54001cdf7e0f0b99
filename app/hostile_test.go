package app

import (
	"strings"
	"testing"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit/kittest"
	"shopbell/app/live"
	"shopbell/core/chat"
	"shopbell/core/desk/desktest"
)

// hostile are what somebody may send instead of a name, a text or a file's name.
var hostile = map[string]string{
	"markup":               `<b>Ana</b><script>alert(1)</script> *[x](javascript:y)* &lt;`,
	"the way out":          `../../../../etc/passwd\..\C:\Windows\system32\cmd.exe`,
	"right to left":        "invoice\u202egpj.exe \u2066\u2067\u200f\u061c",
	"ten thousand letters": strings.Repeat("W", 10_000),
	"ten thousand lines":   strings.Repeat("\r\n\t", 3_333) + "x",
	"nothing to be seen":   strings.Repeat("\u200b\u200d\u2060\ufeff", 50),
	"forty emoji":          strings.Repeat("👩‍👩‍👧‍👦", 40),
	"piled marks":          "Z" + strings.Repeat("\u0317\u0348", 400),
	"a formula":            `=HYPERLINK("http://x","y")`,
	"no text at all":       "\x00\x1b[31m\x07\xff\xfe",
}

// sent is a chat in which everything a customer can name is the text.
func (s *stage) sent(text string) chat.ConversationID {
	id := s.desk.Add(chat.Conversation{
		Contact: chat.Contact{Name: text, ProfileName: text, Username: text, Phone: "351912345678"}, AssignedTo: int64(desktest.Anna.Agent), Department: text,
	})
	file := func(name string) *chat.Media { return &chat.Media{MIME: text, Name: name, State: chat.MediaWaiting} }
	for _, m := range []chat.Message{
		{Kind: chat.KindText, Text: text},
		{Kind: chat.KindImage, Text: text, Media: file("")},
		{Kind: chat.KindDocument, Text: text, Media: file(text)},
		{Kind: chat.KindLocation, Location: &chat.Location{Name: text, Address: text, URL: text}},
		{Kind: chat.KindContacts, Cards: []chat.Card{{Name: text, Company: text, Phones: []chat.CardPhone{{Phone: text, Type: text}}, Emails: []string{text}}}},
		{Kind: chat.KindOrder, Order: &chat.Order{Items: []chat.OrderItem{{Product: text, Quantity: 1 << 40, Currency: text}}}},
		{Kind: chat.KindText, Text: text, Referral: &chat.Referral{Headline: text, Body: text, URL: text}},
		{Kind: chat.KindUnsupported, RawKind: text},
		{Kind: chat.KindReaction, Text: text},
		{Kind: chat.KindText, Text: text, Reactions: []chat.Reaction{{Emoji: text}}, Quote: &chat.Quote{Text: text, Kind: chat.KindText}},
	} {
		m.Author = chat.AuthorCustomer
		s.desk.Say(id, m)
	}
	return id
}

// TestHostileTexts shows what people may send on every screen that shows it.
func TestHostileTexts(t *testing.T) {
	screens := map[string]func(*stage, chat.ConversationID){
		"the chat": func(s *stage, id chat.ConversationID) { s.Open(id) },
		"the customer": func(s *stage, _ chat.ConversationID) {
			s.Show(railCustomers)
			s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		},
		"the search": func(s *stage, _ chat.ConversationID) {
			s.Press(fyne.KeyK, ctrl)
			test.Type(s.window.Canvas().Focused(), "351912345678")
			s.loop.Advance(live.LoadingAfter)
		},
	}
	for kind, text := range hostile {
		for name, show := range screens {
			t.Run(kind+" in "+name, func(t *testing.T) {
				s := inSandbox(t)
				id := s.sent(text)
				s.heard(live.Batch{Reload: true})
				show(s, id)
				s.loop.Advance(live.LoadingAfter)
				painted := 0
				for _, o := range kittest.Of[*canvas.Text](s.window.Content()) {
					painted++
					if i := strings.IndexFunc(o.Text, isDangerous); i >= 0 {
						t.Fatalf("%q is painted", clip(o.Text[i:]))
					}
					at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
					if right := at.X + o.MinSize().Width; right > s.window.Canvas().Size().Width+1 {
						t.Errorf("%q ends at %v of %v", clip(o.Text), right, s.window.Canvas().Size().Width)
					}
				}
				if painted == 0 {
					t.Error("nothing is shown")
				}
			})
		}
	}
}

// isDangerous reports whether a character does something to the text around it, or
// to a terminal.
func isDangerous(r rune) bool {
	return unicode.IsControl(r) || '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}

func clip(s string) string { return s[:min(len(s), 60)] }
