package intake_test

import (
	"encoding/json"
	"strings"
	"testing"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/intake"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// replies has a rule for each form that a reply can take.
const replies = `{"version": 1, "rules": [
  {"id": "text", "name": "Text", "trigger": "keyword", "match": "exact", "keywords": ["alpha"], "replies": [{"text": "plain"}]},
  {"id": "photo", "name": "Photo", "trigger": "keyword", "match": "exact", "keywords": ["bravo"], "replies": [{"text": "look", "picture": "sizes.jpg"}]},
  {"id": "link", "name": "Link", "trigger": "keyword", "match": "exact", "keywords": ["charlie"], "replies": [{"text": "our site", "picture": "sizes.jpg",
    "buttons": [{"title": "Open", "action": "link", "url": "https://shop.example/sizes"}]}]},
  {"id": "choice", "name": "Choice", "trigger": "keyword", "match": "exact", "keywords": ["delta"], "replies": [{"text": "choose", "picture": "sizes.jpg",
    "buttons": [{"title": "A person", "action": "hand_over"}]}]},
  {"id": "lost", "name": "Lost", "trigger": "keyword", "match": "exact", "keywords": ["echo"], "replies": [{"text": "lost", "picture": "lost.jpg"}]},
  {"id": "boots", "name": "Boots", "trigger": "keyword", "match": "exact", "keywords": ["foxtrot"],
    "stock": {"sku": "BT-1", "below": 10, "text": "only {stock}"}, "replies": [{"text": "many"}]}]}`

func TestEveryFormOfAReplyLeavesAsItsKind(t *testing.T) {
	sum := strings.Repeat("a1", 32)
	tests := []struct {
		name, word string
		kind       chat.Kind
		text       string
		file       string // of the picture
		payload    string // part of what is sent
	}{
		{"a text", "alpha", chat.KindText, "plain", "", `"type":"text"`},
		{"a picture has the text as its caption", "bravo", chat.KindImage, "look", sum, `"caption":"look"`},
		{"a link is a button of its own, below the picture", "charlie", chat.KindLink, "our site", sum, `"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://shop.example/sizes"}}`},
		{"a picture stands above buttons", "delta", chat.KindInteractive, "choose", sum, `"header":{"type":"image","image":{"id":"file:` + sum + `"}}`},
		{"the stock text while few are left", "foxtrot", chat.KindText, "only 4", "", `"body":"only 4"`},
		{"nothing where the picture is missing", "echo", "", "", "", ""},
	}
	for i, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t, []byte(replies))
			processor := &intake.Processor{
				Rules: &w.book,
				Stock: func(sku string) (int, bool) { return 4, sku == "BT-1" },
				Pictures: func() map[string]chat.Media {
					return map[string]chat.Media{"sizes.jpg": {MIME: "image/jpeg", Size: 1000, Width: 800, Height: 600, State: chat.MediaHere, File: sum}}
				},
			}
			items, err := cloudapi.Parse(webhook(t, text(person{phone: "351912000001"}, "wamid.1", tc.word)))
			if err != nil {
				t.Fatal(err)
			}
			apply, _ := processor.Prepare(items[0])
			storetest.Update(t, w.db, func(tx *store.Tx) error { return apply(tx, intake.Origin{Webhook: 1, Item: i}) })
			out, err := w.db.OutboxReady(t.Context(), 0, 10)
			if err != nil {
				t.Fatal(err)
			}
			if tc.kind == "" {
				if len(out) > 0 {
					t.Errorf("it sends %s", out[0].Payload)
				}
				return
			}
			if len(out) != 1 || !json.Valid(out[0].Payload) || !strings.Contains(string(out[0].Payload), tc.payload) {
				t.Fatalf("it sends %d messages, %s; want %s", len(out), out[0].Payload, tc.payload)
			}
			var m chat.Message
			storetest.View(t, w.db, func(r *store.Reader) error { m, err = r.Message(out[0].Message); return err })
			if m.Kind != tc.kind || m.Text != tc.text || (m.Media != nil) != (tc.file != "") || m.Media != nil && m.Media.File != tc.file {
				t.Errorf("it is kept as %+v", m)
			}
			if file, ok := cloudapi.LocalFile(out[0].Payload); file != tc.file || ok != (tc.file != "") {
				t.Errorf("the file to upload is %q, want %q", file, tc.file)
			}
		})
	}
	if autoreply.MaxText > chat.MaxCaption {
		t.Error("a reply does not fit under a picture")
	}
}
