package sandbox

import (
	"testing"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
)

// Whatever is sent, the Graph API answers it, and never takes what has nobody to
// go to or breaks a limit of Meta's.
func FuzzReadOrder(f *testing.F) {
	to := chat.Address{Kind: chat.AliasPhone, Value: ann.Phone}
	for _, o := range []cloudapi.Outgoing{
		{Text: "Hello"},
		{Text: "Pick", Buttons: []chat.Button{{ID: "a", Title: "A"}}, Footer: "f"},
		{Text: "Pick", List: &chat.List{Button: "Open", Sections: []chat.ListSection{{Rows: []chat.ListRow{{ID: "a", Title: "A"}}}}}},
		{Media: &cloudapi.Media{Kind: chat.KindImage, ID: "1"}, Text: "caption"},
		{Location: &chat.Location{Latitude: 1, Longitude: 2}},
		{Template: &cloudapi.Template{Name: "order_ready", Language: "ru", Body: []string{"a", "b", "c"}}},
		{Reaction: &cloudapi.Reaction{WAMID: "wamid.1", Emoji: "👍"}},
	} {
		o.To = to
		body, err := o.Encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	s := Sandbox{o: Options{Templates: Templates()}}
	f.Fuzz(func(t *testing.T, raw []byte) {
		o, bad := readOrder(raw)
		if bad != nil {
			if bad.Code == 0 || bad.Message == "" {
				t.Errorf("refused without a reason: %+v", bad)
			}
			return
		}
		if o.read == "" && (o.to == "" || o.kind == "") {
			t.Errorf("taken without an address or a type: %+v", o)
		}
		if n := chat.Units(o.text); n > chat.MaxText {
			t.Errorf("taken with a text of %d", n)
		}
		if len(o.menu.buttons) > cloudapi.MaxButtons {
			t.Errorf("taken with %d buttons", len(o.menu.buttons))
		}
		if o.template != nil {
			if w, bad := s.write(o.template); bad == nil && chat.Units(w.body) > maxTemplateBody {
				t.Errorf("a body of %d", chat.Units(w.body))
			}
		}
	})
}
