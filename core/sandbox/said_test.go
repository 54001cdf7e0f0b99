package sandbox

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
)

// say has c say m and returns the message as the desk reads it.
func (w world) say(t *testing.T, c Customer, m Said) cloudapi.Message {
	t.Helper()
	wamid, err := w.Say(t.Context(), c, m)
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range w.shop.all() {
		if it.Problem != nil {
			t.Fatalf("the desk cannot read %s: %v", it.Raw, it.Problem)
		}
		if it.Message != nil && it.Message.ID == wamid {
			return *it.Message
		}
	}
	t.Fatal("the message did not arrive")
	return cloudapi.Message{}
}

func TestEveryShapeArrivesAsItWasMeant(t *testing.T) {
	w := open(t)
	place := chat.Location{Latitude: 38.7139, Longitude: -9.1394, Name: "Rossio", Address: "Lisboa", URL: "https://shop.example/map"}
	card := chat.Card{Name: "Ann Lee", Company: "Lee Ltd", Phones: []chat.CardPhone{{Phone: "+44 7700 900188", WaID: "447700900188", Type: "CELL"}}, Emails: []string{"ann@lee.example"}}
	order := chat.Order{Catalog: "354160437058781", Items: []chat.OrderItem{
		{Product: "BOOT-41", Quantity: 2, Price: 599_900_000, Currency: "EUR"}, {Product: "LACE", Quantity: 1, Price: 3_000_000, Currency: "EUR"},
	}}
	ad := chat.Referral{Type: "ad", ID: "1202", URL: "https://fb.me/x", Headline: "Boots", Body: "New ones", ImageURL: "https://cdn.example/x.jpg", ClickID: "clid"}
	tests := []struct {
		name string
		said Said
		got  func(cloudapi.Message) any
		want any
	}{
		{"a text", Text("Hello"), func(m cloudapi.Message) any { return m.Text }, "Hello"},
		{"a text that quotes", Text("This one").Quoting("wamid.1"), func(m cloudapi.Message) any { return m.ReplyTo }, "wamid.1"},
		{"a text that was passed on", Text("Look").Forwarded(), func(m cloudapi.Message) any { return m.Forwarded }, true},
		{"a text about an article", Text("Have it?").Asking("35", "BOOT-41"), func(m cloudapi.Message) any { return *m.Product }, cloudapi.ProductRef{Catalog: "35", Product: "BOOT-41"}},
		{"a text through an ad", Text("Hi").Through(ad), func(m cloudapi.Message) any { return *m.Referral }, ad},
		{"a place", Place(place), func(m cloudapi.Message) any { return *m.Location }, place},
		{"a place with nothing but coordinates", Place(chat.Location{Latitude: 1, Longitude: 2}), func(m cloudapi.Message) any { return *m.Location }, chat.Location{Latitude: 1, Longitude: 2}},
		{"a card", Cards(card), func(m cloudapi.Message) any { return m.Cards }, []chat.Card{card}},
		{"an order", Basket(order, ""), func(m cloudapi.Message) any { return *m.Order }, order},
		{"an emoji", Reaction("wamid.2", "👍"), func(m cloudapi.Message) any { return *m.Reaction }, cloudapi.Reaction{WAMID: "wamid.2", Emoji: "👍"}},
		{"an emoji taken off", Reaction("wamid.2", ""), func(m cloudapi.Message) any { return *m.Reaction }, cloudapi.Reaction{WAMID: "wamid.2"}},
		{"a change", Edit("wamid.3", "Hallo"), func(m cloudapi.Message) any { return *m.Edit }, cloudapi.Edit{WAMID: "wamid.3", Type: "text", Text: "Hallo"}},
		{"a message taken back", Revoke("wamid.3"), func(m cloudapi.Message) any { return *m.Revoke }, cloudapi.Revoke{WAMID: "wamid.3"}},
		{"a button", PressOf(chat.Button{ID: "b", Title: "B"}, "wamid.4"), func(m cloudapi.Message) any { return *m.Button }, cloudapi.ButtonReply{ID: "b", Title: "B"}},
		{"a row of a list", ChoiceOf(chat.ListRow{ID: "r", Title: "R", Description: "d"}, "wamid.4"), func(m cloudapi.Message) any { return *m.Button }, cloudapi.ButtonReply{ID: "r", Title: "R", Description: "d"}},
		{"a button of a template", TemplatePress("p", "P", "wamid.4"), func(m cloudapi.Message) any { return *m.Button }, cloudapi.ButtonReply{ID: "p", Title: "P"}},
		{"a form", FormOf(`{"a":1}`, "wamid.4"), func(m cloudapi.Message) any { return m.Form.Answers }, `{"a":1}`},
		{"an answer without its body", Hollow("wamid.4"), func(m cloudapi.Message) any { return m.Errors[0].Code }, 131000},
		{"a poll", Unsupported("poll_creation"), func(m cloudapi.Message) any { return m.Unsupported }, "poll_creation"},
		{"what Meta does not name", Unsupported(""), func(m cloudapi.Message) any { return m.Errors[0].Code }, 131051},
	}
	for _, tt := range tests {
		for _, c := range []Customer{ann, bob} {
			t.Run(tt.name+" of "+c.Name, func(t *testing.T) {
				m := w.say(t, c, tt.said)
				if diff := cmp.Diff(tt.want, tt.got(m)); diff != "" {
					t.Errorf("%s\nwebhook: %s", diff, m.Raw)
				}
				if m.From.Phone != c.Phone || m.From.UserID != c.UserID || m.From.Name != c.Name {
					t.Errorf("from %+v", m.From)
				}
			})
		}
	}
	for _, tt := range []struct {
		said Said
		kind string
		want cloudapi.MediaRef
		file File
	}{
		{Image(Photo(1), "Box"), "image", cloudapi.MediaRef{Caption: "Box"}, Photo(1)},
		{Video(Clip(), ""), "video", cloudapi.MediaRef{}, Clip()},
		{VoiceNote(Voice()), "audio", cloudapi.MediaRef{Voice: true}, Voice()},
		{AudioFile(Voice()), "audio", cloudapi.MediaRef{}, Voice()},
		{Document(Receipt(7), "Paid"), "document", cloudapi.MediaRef{Caption: "Paid", Name: "receipt-7.pdf"}, Receipt(7)},
		{StickerOf(Sticker(), false), "sticker", cloudapi.MediaRef{}, Sticker()},
	} {
		t.Run("a file as "+tt.kind, func(t *testing.T) {
			m := w.say(t, ann, tt.said)
			if m.Type != tt.kind || m.Media == nil {
				t.Fatalf("message = %+v", m)
			}
			got := *m.Media
			content := w.fetch(t, got.URL)
			if got.MIME != tt.file.MIME || string(content) != string(tt.file.Content) {
				t.Errorf("%s with %d bytes, want %s with %d", got.MIME, len(content), tt.file.MIME, len(tt.file.Content))
			}
			got.ID, got.URL, got.SHA256, got.MIME = "", "", "", ""
			if got != tt.want {
				t.Errorf("file = %+v", got)
			}
		})
	}
}

func TestWhatAsksNobodyAnythingOpensNoWindow(t *testing.T) {
	w := open(t)
	first := w.write(t, ann, "Hello")
	w.clock.move(23 * time.Hour)
	for _, m := range []Said{Reaction(first, "👍"), Edit(first, "Hallo"), Revoke(first)} {
		w.say(t, ann, m)
	}
	w.clock.move(time.Hour)
	if _, err := w.answer(t, ann, "too late"); code(err) != 131047 {
		t.Errorf("error = %v", err)
	}
}

func TestLateMessagesKeepTheirTime(t *testing.T) {
	w := open(t)
	then := w.clock.Now().Add(-5 * time.Hour)
	if m := w.say(t, ann, Text("Hello").At(then)); !m.At.Equal(then) {
		t.Errorf("at %v, want %v", m.At, then)
	}
}

func TestACustomerMayMove(t *testing.T) {
	w := open(t)
	w.write(t, ann, "Hello")
	after := Customer{Phone: "447700900198", UserID: "GB.9", Name: "Ann"}
	if err := w.Move(t.Context(), ann, after); err != nil {
		t.Fatal(err)
	}
	items := w.shop.all()
	change := items[len(items)-1].Message.Change
	if change == nil || *change != (cloudapi.IdentityChange{OldPhone: ann.Phone, NewPhone: after.Phone, OldUserID: ann.UserID, NewUserID: after.UserID}) {
		t.Errorf("change = %+v", change)
	}
	if _, err := w.answer(t, ann, "x"); code(err) != 131030 {
		t.Errorf("the old address: %v", err)
	}
	if _, err := w.answer(t, after, "x"); err != nil {
		t.Errorf("the new address: %v", err)
	}
}

func TestEchoesAndNotices(t *testing.T) {
	w := open(t)
	wamid, err := w.Echo(t.Context(), ann, "From the phone")
	if err != nil {
		t.Fatal(err)
	}
	if it := w.shop.all()[0]; it.Echo == nil || it.Echo.ID != wamid || it.Echo.To.Phone != ann.Phone || it.Echo.Text != "From the phone" {
		t.Errorf("item = %+v", it)
	}
	if err := w.Notify(t.Context(), "message_template_status_update", object{
		"event": "PAUSED", "message_template_id": 1689556908129832, "message_template_name": "order_ready", "message_template_language": "en-US",
	}); err != nil {
		t.Fatal(err)
	}
	it := w.shop.all()[1]
	if it.Notice == nil || it.Notice.Event != "PAUSED" || !it.Notice.At.Equal(w.clock.Now()) || it.Notice.Template.Name != "order_ready" {
		t.Errorf("notice = %+v", it.Notice)
	}
}

func TestDecimal(t *testing.T) {
	for m, want := range map[chat.Micros]string{0: "0", 599_900_000: "599.9", 1: "0.000001", 30_000_000: "30", -1_500_000: "-1.5"} {
		if got := decimal(m); string(got) != want {
			t.Errorf("decimal(%d) = %s, want %s", m, got, want)
		}
	}
}

func TestBlockedCustomersStaySilent(t *testing.T) {
	w := open(t)
	body := `{"messaging_product":"whatsapp","block_users":[{"user":"+` + ann.Phone + `"}]}`
	for _, method := range []string{"POST", "DELETE"} {
		if status, answer := w.ask(t, method, "/v25.0/"+keys.PhoneNumberID+"/block_users", body); status != 200 {
			t.Fatalf("%s: %s", method, answer)
		}
		_, err := w.Write(context.WithoutCancel(t.Context()), ann, "Hello")
		if blocked := errors.Is(err, ErrBlocked); blocked != (method == "POST") {
			t.Errorf("after %s: %v", method, err)
		}
	}
}
