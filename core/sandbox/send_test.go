package sandbox

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
)

func TestKindsReachTheCustomer(t *testing.T) {
	w := open(t)
	asked := w.write(t, ann, "Hello")
	list := &chat.List{Button: "Choose", Sections: []chat.ListSection{
		{Title: "Boots", Rows: []chat.ListRow{{ID: "a", Title: "High", Description: "to the knee"}}}, {Title: "Shoes", Rows: []chat.ListRow{{ID: "b", Title: "Low"}}},
	}}
	tests := []struct {
		name string
		sent cloudapi.Outgoing
		want Delivered
	}{
		{"a text that quotes", cloudapi.Outgoing{Text: "Hi", ReplyTo: asked}, Delivered{Kind: chat.KindText, Text: "Hi", ReplyTo: asked}},
		{"a list", cloudapi.Outgoing{Text: "Which?", List: list, Footer: "f"}, Delivered{Kind: chat.KindList, Text: "Which?", List: list, Footer: "f"}},
		{"a link", cloudapi.Outgoing{Text: "See", Link: &chat.Link{Title: "Open", URL: "https://shop.example"}, Header: &cloudapi.Header{Text: "h"}},
			Delivered{Kind: chat.KindLink, Text: "See", Link: &chat.Link{Title: "Open", URL: "https://shop.example"}, Header: "h"}},
		{"a place", cloudapi.Outgoing{Location: &chat.Location{Latitude: -23.5, Longitude: 46.25, Name: "Shop", Address: "Rua 1"}},
			Delivered{Kind: chat.KindLocation, Location: &chat.Location{Latitude: -23.5, Longitude: 46.25, Name: "Shop", Address: "Rua 1"}}},
		{"a question for a place", cloudapi.Outgoing{Text: "Where?", AskLocation: true}, Delivered{Kind: chat.KindInteractive, Text: "Where?", AsksPlace: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := w.post(t, ann, tt.sent); err != nil {
				t.Fatal(err)
			}
			inbox := w.Inbox(ann)
			got := inbox[len(inbox)-1]
			tt.want.WAMID, tt.want.At = got.WAMID, w.clock.Now()
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReactionsOfTheShop(t *testing.T) {
	w := open(t)
	asked := w.write(t, ann, "Hello")
	react := func(wamid, emoji string) error {
		return w.post(t, ann, cloudapi.Outgoing{Reaction: &cloudapi.Reaction{WAMID: wamid, Emoji: emoji}})
	}
	if err := react(asked, "👍"); err != nil {
		t.Fatal(err)
	}
	if got := w.Reactions(ann); got[asked] != "👍" || len(w.Inbox(ann)) != 0 {
		t.Errorf("reactions = %v, inbox = %v", got, w.Inbox(ann))
	}
	w.settle(t)
	for _, it := range w.shop.all() {
		if it.Status != nil && it.Status.Status != chat.StatusSent {
			t.Errorf("a reaction is reported %s", it.Status.Status)
		}
	}
	if err := react(asked, ""); err != nil || len(w.Reactions(ann)) != 0 {
		t.Errorf("reactions = %v, %v", w.Reactions(ann), err)
	}
	if err := react("wamid.nobodys", "👍"); code(err) != 131009 {
		t.Errorf("on a message that is none: %v", err)
	}
	w.clock.move(31 * 24 * time.Hour)
	w.write(t, ann, "Me again")
	if err := react(asked, "👍"); code(err) != 131009 {
		t.Errorf("on a message of 31 days: %v", err)
	}
}

func TestTheCustomerSeesWhatWasRead(t *testing.T) {
	w := open(t)
	asked := w.write(t, ann, "Hello")
	if err := w.client.MarkRead(t.Context(), keys.PhoneNumberID, asked, true); err != nil {
		t.Fatal(err)
	}
	if read, typing := w.Seen(ann); read != asked || !typing {
		t.Errorf("read %q, typing %t", read, typing)
	}
	w.clock.move(26 * time.Second)
	if _, typing := w.Seen(ann); typing {
		t.Error("typing goes on after 25 seconds")
	}
	if err := w.client.MarkRead(t.Context(), keys.PhoneNumberID, asked, true); err != nil {
		t.Fatal(err)
	}
	if _, err := w.answer(t, ann, "Hi"); err != nil {
		t.Fatal(err)
	}
	if _, typing := w.Seen(ann); typing {
		t.Error("typing goes on after the answer")
	}
	if err := w.client.MarkRead(t.Context(), keys.PhoneNumberID, "wamid.nobodys", false); code(err) != 131009 {
		t.Errorf("a message that is none: %v", err)
	}
}

func TestFaultsOfSending(t *testing.T) {
	t.Run("a fault may meet one customer only", func(t *testing.T) {
		w := open(t)
		w.write(t, ann, "Hello")
		w.write(t, bob, "Hello")
		w.spoil(t, Faults{Refuse: Refusal{Often: Often{Next: 1}, Code: 131026, To: bob.UserID}})
		if _, err := w.answer(t, ann, "x"); err != nil {
			t.Error(err)
		}
		if _, err := w.answer(t, bob, "x"); code(err) != 131026 {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("an error may come in the answer and by status", func(t *testing.T) {
		w := open(t)
		w.write(t, ann, "Hello")
		w.spoil(t, Faults{Both: Refusal{Often: Often{Next: 1}, Code: 131026}})
		if _, err := w.answer(t, ann, "x"); code(err) != 131026 {
			t.Errorf("error = %v", err)
		}
		w.settle(t)
		var told []cloudapi.StatusReport
		for _, it := range w.shop.all() {
			if it.Status != nil {
				told = append(told, *it.Status)
			}
		}
		if len(told) != 1 || told[0].Status != chat.StatusFailed || told[0].Errors[0].Code != 131026 || told[0].Opaque != "row 7" || len(w.Inbox(ann)) != 0 {
			t.Errorf("statuses = %+v", told)
		}
	})
	for _, delivered := range []bool{false, true} {
		name := "a page of HTML may come in place of an answer, and the message is lost"
		if delivered {
			name = "a page of HTML may come in place of an answer, and the message arrives"
		}
		t.Run(name, func(t *testing.T) {
			w := open(t)
			w.write(t, ann, "Hello")
			w.spoil(t, Faults{Garbage: Cut{Often: Often{Next: 1}, Delivered: delivered}})
			if _, err := w.answer(t, ann, "x"); !errors.Is(err, cloudapi.ErrNoAnswer) {
				t.Errorf("error = %v", err)
			}
			if got := len(w.Inbox(ann)) == 1; got != delivered {
				t.Errorf("delivered %t", got)
			}
		})
	}
}

// Whatever Encode lets through of the kinds beside plain text the Graph API
// takes, and reads as it was meant.
func TestEveryKindThatEncodesIsTaken(t *testing.T) {
	words := func(t *rapid.T, name string, most int) string { return rapid.StringN(0, most, -1).Draw(t, name) }
	rapid.Check(t, func(t *rapid.T) {
		o := cloudapi.Outgoing{To: chat.Address{Kind: chat.AliasPhone, Value: ann.Phone}, Text: words(t, "text", 30)}
		switch rapid.SampledFrom([]string{"list", "link", "place", "emoji", "file"}).Draw(t, "kind") {
		case "list":
			o.List = &chat.List{Button: words(t, "button", 21)}
			for range rapid.IntRange(0, 11).Draw(t, "sections") {
				section := chat.ListSection{Title: words(t, "section", 25)}
				for range rapid.IntRange(0, 4).Draw(t, "rows") {
					section.Rows = append(section.Rows, chat.ListRow{ID: words(t, "id", 3), Title: words(t, "title", 25), Description: words(t, "description", 73)})
				}
				o.List.Sections = append(o.List.Sections, section)
			}
			o.Footer = words(t, "footer", 61)
		case "link":
			o.Link = &chat.Link{Title: words(t, "title", 21), URL: rapid.StringMatching(`(https?://[a-z]{1,5}\.example)?/[a-z?=]{0,5}`).Draw(t, "url")}
			o.Header = &cloudapi.Header{Text: words(t, "header", 61)}
		case "place":
			o.Text = ""
			o.Location = &chat.Location{
				Latitude: rapid.Float64Range(-91, 91).Draw(t, "latitude"), Longitude: rapid.Float64Range(-181, 181).Draw(t, "longitude"),
				Name: words(t, "name", 20), Address: words(t, "address", 20),
			}
		case "emoji":
			o.Text = ""
			o.Reaction = &cloudapi.Reaction{WAMID: rapid.StringMatching(`(wamid\.[a-z]+)?`).Draw(t, "wamid"), Emoji: rapid.SampledFrom([]string{"", "👍", "👨‍👩‍👧", "ab"}).Draw(t, "emoji")}
		case "file":
			o.Media = &cloudapi.Media{Kind: rapid.SampledFrom(chat.MediaKinds()).Draw(t, "of"), ID: "123", Name: words(t, "name", 30), Voice: rapid.Bool().Draw(t, "voice")}
		}
		body, err := o.Encode()
		if err != nil {
			return
		}
		got, bad := readOrder(body)
		if bad != nil {
			t.Fatalf("refused %s: %+v", body, bad)
		}
		if got.text != o.Text || got.menu.footer != o.Footer {
			t.Fatalf("read %+v, meant %+v", got, o)
		}
		for _, part := range [][2]any{{got.menu.list, o.List}, {got.menu.link, o.Link}, {got.location, o.Location}} {
			if diff := cmp.Diff(part[1], part[0]); diff != "" {
				t.Fatal(diff)
			}
		}
		if r := o.Reaction; r != nil && (got.emoji != r.Emoji || got.replyTo != r.WAMID) {
			t.Fatalf("read %+v, meant %+v", got, r)
		}
		if m := o.Media; m != nil && (got.kind != m.Kind || got.media.ID != m.ID) {
			t.Fatalf("read %+v, meant %+v", got, m)
		}
	})
}
