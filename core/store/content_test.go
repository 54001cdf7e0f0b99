package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/chat"
	"shopbell/core/store"
)

// contents are messages with all that their kinds call for.
func contents() map[string]chat.Message {
	return map[string]chat.Message{
		"a text": {Kind: chat.KindText, Text: "hello"},
		"a text through an ad": {Kind: chat.KindText, Text: "hello", Referral: &chat.Referral{
			Type: "ad", ID: "9007199254740993", URL: "https://fb.me/1", Headline: "Boots", Body: "New", ImageURL: "https://x/1.jpg", ClickID: "c",
		}},
		"a forwarded text": {Kind: chat.KindText, Text: "hello", Forwarded: true},
		"a picture to be fetched": {Kind: chat.KindImage, Text: "caption", Media: &chat.Media{
			MIME: "image/jpeg", State: chat.MediaWaiting, Until: opening.Add(time.Hour),
		}},
		"a voice note that is here": {Kind: chat.KindAudio, Media: &chat.Media{
			MIME: "audio/ogg", Size: 4096, Voice: true, Duration: 1500 * time.Millisecond, State: chat.MediaHere, File: "ab12",
		}},
		"a sticker": {Kind: chat.KindSticker, Media: &chat.Media{
			MIME: "image/webp", Animated: true, Width: 512, Height: 512, State: chat.MediaHere, File: "cd34",
		}},
		"a refused document": {Kind: chat.KindDocument, Media: &chat.Media{
			MIME: "image/jpeg", Name: "cat.exe.jpg", State: chat.MediaRefused, Code: chat.MediaDisguised,
		}},
		"a location": {Kind: chat.KindLocation, Location: &chat.Location{
			Latitude: 37.4847, Longitude: -122.1473, Name: "Office", Address: "Hacker Way", URL: "https://maps/1",
		}},
		"cards": {Kind: chat.KindContacts, Cards: []chat.Card{{
			Name: "Ana", Company: "Boots", Phones: []chat.CardPhone{{Phone: "+351 1", WaID: "3511", Type: "CELL"}}, Emails: []string{"a@b.c"},
		}, {Name: "Rui"}}},
		"an order": {Kind: chat.KindOrder, Order: &chat.Order{
			Catalog: "354160437058781", Items: []chat.OrderItem{{Product: "BT-39", Quantity: 3, Price: 599_900_000, Currency: "EUR"}},
		}},
		"a list": {Kind: chat.KindList, Text: "choose", List: &chat.List{Button: "Open", Sections: []chat.ListSection{
			{Title: "One", Rows: []chat.ListRow{{ID: "a", Title: "A", Description: "first"}}}, {Title: "Two", Rows: []chat.ListRow{{ID: "b", Title: "B"}}},
		}}},
		"a link": {Kind: chat.KindLink, Text: "look", Link: &chat.Link{Title: "Open", URL: "https://example.com"}},
		"a template with a picture": {
			Kind: chat.KindTemplate, Text: "Your order 7 is ready", Media: &chat.Media{MIME: "image/png", State: chat.MediaHere, File: "ef56"},
			Template: &chat.TemplateUse{
				Name: "ready", Language: "en_US", Category: "utility", Footer: "Boots", Body: []string{"7"},
				Variables: map[string]string{"order": "7"}, Buttons: []string{"Thanks"},
			},
		},
		"a kind that is not shown yet": {Kind: chat.KindUnsupported, RawKind: "poll_creation", ErrorCode: 131051, ErrorText: "Message type unknown"},
	}
}

func TestAMessageOfAnyKindIsReadBackAsItWasStored(t *testing.T) {
	d := newDesk(t)
	for name, m := range contents() {
		t.Run(name, func(t *testing.T) {
			c := d.customer()
			want := d.receive(c, store.NewMessage{Message: m})
			list := d.chat(c)
			if len(list) != 1 {
				t.Fatalf("the chat has %d messages, want 1", len(list))
			}
			if diff := cmp.Diff(want, list[0]); diff != "" {
				t.Errorf("in its chat (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(want, d.message(want.ID)); diff != "" {
				t.Errorf("alone (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAPageOfEveryKindIsWhatItsMessagesAreAlone(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	for _, m := range contents() {
		if first := d.chat(c); len(first) > 0 {
			m.ReplyTo = first[0].WAMID
		}
		d.receive(c, store.NewMessage{Message: m})
	}
	d.receive(c, store.NewMessage{Message: chat.Message{Kind: chat.KindReaction, Text: "👍", ReplyTo: "wamid.in1"}})
	d.update(func(tx *store.Tx) error { return tx.AddEdit("wamid.in2", "wamid.edit", "changed", d.now) })
	for _, m := range d.chat(c) {
		if diff := cmp.Diff(d.message(m.ID), m); diff != "" {
			t.Errorf("message %d (-alone +in the page):\n%s", m.ID, diff)
		}
	}
}

func TestTheRowThatWasChosenIsMarkedInItsList(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	list := contents()["a list"]
	list.WAMID = "wamid.list"
	m := d.receive(c, store.NewMessage{Message: list})
	d.update(func(tx *store.Tx) error { return tx.Press("wamid.list", "b") })
	sections := d.message(m.ID).List.Sections
	if sections[0].Rows[0].Chosen || !sections[1].Rows[0].Chosen {
		t.Errorf("chosen are %+v, want the second row alone", sections)
	}
}

func TestAMessageThatAnswersAnotherQuotesIt(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	photo := d.receive(c, store.NewMessage{Message: chat.Message{Kind: chat.KindDocument, Media: &chat.Media{Name: "price.pdf", State: chat.MediaWaiting}}})
	rule := d.answer(c, chat.Message{Author: chat.AuthorRule, RuleID: "hi", RuleName: "Welcome", Text: "one\ntwo"})
	d.claim(rule)
	d.done(d.db.OutboxSent(t.Context(), rule.row, store.Acceptance{WAMID: "wamid.rule", At: d.now}))
	gone := d.receive(c, store.NewMessage{Message: chat.Message{Kind: chat.KindText, Text: "forget it"}})
	d.update(func(tx *store.Tx) error { return tx.AddRevoke(gone.WAMID, "wamid.revoke", d.now) })
	tests := []struct {
		name, replyTo string
		want          *chat.Quote
	}{
		{"none", "", nil},
		{"a file by its name", photo.WAMID, &chat.Quote{Message: photo.ID, Author: chat.AuthorCustomer, Kind: chat.KindDocument, Text: "price.pdf", At: photo.At}},
		{"an automatic message by the rule's name and one line", "wamid.rule", &chat.Quote{
			Message: rule.message, Author: chat.AuthorRule, Name: "Welcome", Kind: chat.KindText, Text: "one two", At: d.message(rule.message).At,
		}},
		{"one that is not known as such", "wamid.foreign", &chat.Quote{}},
		{"one that was taken back without its words", gone.WAMID, &chat.Quote{Message: gone.ID, Author: chat.AuthorCustomer, Kind: chat.KindText, At: gone.At, Revoked: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := d.receive(c, store.NewMessage{Message: chat.Message{Kind: chat.KindText, Text: "yes", ReplyTo: tt.replyTo}})
			if diff := cmp.Diff(tt.want, d.message(m.ID).Quote); diff != "" {
				t.Errorf("quote (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheListShowsALineOfEveryKind(t *testing.T) {
	d := newDesk(t)
	for name, m := range contents() {
		t.Run(name, func(t *testing.T) {
			c := d.customer()
			m := d.receive(c, store.NewMessage{Message: m})
			got := d.conversation(m.Conversation).Preview
			if want := (chat.Preview{Text: m.Line(), Kind: m.Kind, Author: chat.AuthorCustomer}); got != want {
				t.Errorf("preview %+v, want %+v", got, want)
			}
		})
	}
}

func TestAPageIsReadInFewStatements(t *testing.T) {
	d := newDesk(t)
	plain, full := d.customer(), d.customer()
	for range 30 {
		d.write(plain, 0)
		for _, m := range contents() {
			m.ReplyTo = "wamid.in1"
			d.receive(full, store.NewMessage{Message: m})
		}
	}
	for _, m := range d.chat(full) {
		d.react(full, m, "👍")
		d.update(func(tx *store.Tx) error { return tx.AddEdit(m.WAMID, m.WAMID+".e", "changed", d.now) })
	}
	tests := []struct {
		name string
		c    chat.Contact
		most int
	}{
		{"one for plain texts", plain, 1},
		{"one for each thing beside the messages: files, edits, reactions, quotes and their files", full, 6},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d.view(func(r *store.Reader) error {
				n := 0
				r.CountStatements(&n)
				list, err := r.Messages(tt.c.ID, d.channel.ID, 0, 60)
				if n > tt.most || len(list) < 30 {
					t.Errorf("%d messages in %d statements, want at most %d", len(list), n, tt.most)
				}
				return err
			})
		})
	}
}

func TestArrivalTellsACopyAndAnEditThatWasFaster(t *testing.T) {
	d := newDesk(t)
	m := d.write(d.customer(), 0)
	d.update(func(tx *store.Tx) error { return tx.AddRevoke("wamid.late", "wamid.v", tx.Now()) })
	tests := []struct {
		name, wamid   string
		known, edited bool
	}{
		{"a copy", m.WAMID, true, false},
		{"one that was taken back before it came", "wamid.late", false, true},
		{"one of which nothing is known", "wamid.new", false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d.view(func(r *store.Reader) error {
				known, edited, err := r.Arrival(tt.wamid)
				if known != tt.known || edited != tt.edited {
					t.Errorf("known %t and edited %t, want %t and %t", known, edited, tt.known, tt.edited)
				}
				return err
			})
		})
	}
}
