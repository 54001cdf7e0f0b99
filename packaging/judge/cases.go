package main

import (
	"context"
	"fmt"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/sandbox"
)

// bodies encodes a message of each kind that Shopbell sends.
func bodies(w world) (list []body, err error) {
	phone := chat.Address{Kind: chat.AliasPhone, Value: customer.Phone}
	image := &cloudapi.Media{Kind: chat.KindImage, ID: w.Photo}
	rows := func(id, title string) []chat.ListRow {
		return []chat.ListRow{{ID: id, Title: title, Description: "in stock"}}
	}
	for _, c := range []struct {
		name string
		o    cloudapi.Outgoing
	}{
		{"text", cloudapi.Outgoing{Text: "Hello 👋", Opaque: "row 7"}},
		{"text that quotes", cloudapi.Outgoing{Text: "Yes", ReplyTo: w.WAMID}},
		{"text with a link", cloudapi.Outgoing{Text: "See https://shop.example"}},
		{"text to a user id", cloudapi.Outgoing{To: chat.Address{Kind: chat.AliasUser, Value: customer.UserID}, Text: "Hello"}},
		{"image", cloudapi.Outgoing{Text: "This pair", Media: image}},
		{"video", cloudapi.Outgoing{Text: "Look", Media: &cloudapi.Media{Kind: chat.KindVideo, ID: w.Clip}}},
		{"voice note", cloudapi.Outgoing{Media: &cloudapi.Media{Kind: chat.KindAudio, ID: w.Voice, Voice: true}}},
		{"sticker", cloudapi.Outgoing{Media: &cloudapi.Media{Kind: chat.KindSticker, ID: w.Sticker}}},
		{"document", cloudapi.Outgoing{Media: &cloudapi.Media{Kind: chat.KindDocument, ID: w.Photo, Name: "photo.jpg"}}},
		{"location", cloudapi.Outgoing{Location: &chat.Location{Latitude: 38.7139, Longitude: -9.1394, Name: "Shop", Address: "Rossio"}}},
		{"buttons", cloudapi.Outgoing{Text: "Which?", Header: &cloudapi.Header{Text: "Boots"}, Footer: "Shop", Buttons: []chat.Button{{ID: "a", Title: "High"}, {ID: "b", Title: "Low"}}}},
		{"buttons under a picture", cloudapi.Outgoing{Text: "This?", Header: &cloudapi.Header{Media: image}, Buttons: []chat.Button{{ID: "y", Title: "Yes"}}}},
		{"list", cloudapi.Outgoing{Text: "Choose", List: &chat.List{Button: "Open", Sections: []chat.ListSection{{Title: "Boots", Rows: rows("a", "High")}, {Title: "Shoes", Rows: rows("b", "Low")}}}}},
		{"link", cloudapi.Outgoing{Text: "Track it", Link: &chat.Link{Title: "Open", URL: "https://shop.example/48213"}}},
		{"template", cloudapi.Outgoing{Template: &cloudapi.Template{Name: "order_ready", Language: "en_US", Header: &cloudapi.Header{Text: "48213"},
			Body: []string{"Ann", "48213", "Friday"}, Buttons: []cloudapi.TemplateButton{{Index: 0, Suffix: "48213"}, {Index: 1, Payload: "call"}}}}},
		{"template with names", cloudapi.Outgoing{Template: &cloudapi.Template{Name: "back_in_stock", Language: "en_US",
			Header: &cloudapi.Header{Media: image}, Named: map[string]string{"customer": "Ann", "article": "boot"}}}},
		{"reaction", cloudapi.Outgoing{Reaction: &cloudapi.Reaction{WAMID: w.WAMID, Emoji: "👍"}}},
		{"reaction taken off", cloudapi.Outgoing{Reaction: &cloudapi.Reaction{WAMID: w.WAMID}}},
	} {
		if c.o.To.Value == "" {
			c.o.To = phone
		}
		raw, err := c.o.Encode()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
		list = append(list, body{Name: c.name, JSON: raw})
	}
	return list, nil
}

// speak has the customer say everything that the Cloud API delivers.
func speak(ctx context.Context, s *sandbox.Sandbox, wamid string) error {
	hidden := sandbox.Customer{UserID: "US.13491208655302741918", Name: "Kim", Username: "kim.f"}
	for _, m := range []sandbox.Said{
		sandbox.Image(sandbox.Photo(2), "The box"), sandbox.Video(sandbox.Clip(), ""), sandbox.VoiceNote(sandbox.Voice()),
		sandbox.Document(sandbox.Receipt(48213), ""), sandbox.StickerOf(sandbox.Sticker(), false),
		sandbox.Place(chat.Location{Latitude: 38.7139, Longitude: -9.1394}),
		sandbox.Cards(chat.Card{Name: "Bob Ray", Phones: []chat.CardPhone{{Phone: "+44 7700 900188"}}}),
		sandbox.Basket(chat.Order{Catalog: "35", Items: []chat.OrderItem{{Product: "BOOT", Quantity: 1, Price: 59_900_000, Currency: "EUR"}}}, "Please wrap it"),
		sandbox.Reaction(wamid, "👍"), sandbox.Edit(wamid, "Hello"), sandbox.Revoke(wamid), sandbox.Unsupported("poll_creation"),
		sandbox.PressOf(chat.Button{ID: "b", Title: "B"}, wamid), sandbox.ChoiceOf(chat.ListRow{ID: "r", Title: "R"}, wamid),
		sandbox.TemplatePress("p", "P", wamid), sandbox.FormOf(`{"size":"41"}`, wamid),
	} {
		for _, c := range []sandbox.Customer{customer, hidden} {
			if _, err := s.Say(ctx, c, m); err != nil {
				return err
			}
		}
	}
	_, err := s.Echo(ctx, customer, "From the phone")
	return err
}
