package sandbox

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
)

func TestTemplatesAreListedPageByPage(t *testing.T) {
	var many []chat.Template
	for i := range 230 {
		many = append(many, chat.Template{Name: fmt.Sprintf("t%03d", i), Language: "en_US", Category: "utility", Status: "APPROVED", Body: "Hi"})
	}
	for name, want := range map[string][]chat.Template{"all kinds of them": Templates(), "more than two pages": many} {
		t.Run(name, func(t *testing.T) {
			w := openWith(t, func(o *Options) { o.Templates = want })
			got, err := w.client.Templates(t.Context(), keys.WABAID)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTemplates(t *testing.T) {
	w := open(t)
	w.write(t, ann, "Hello")
	w.clock.move(25 * time.Hour) // templates need no window
	photo, err := w.give(t, Photo(1))
	if err != nil {
		t.Fatal(err)
	}
	order := cloudapi.Template{
		Name: "order_ready", Language: "en_US", Header: &cloudapi.Header{Text: "48213"}, Body: []string{"Ann", "48213", "Friday"},
		Buttons: []cloudapi.TemplateButton{{Index: 0, Suffix: "48213"}, {Index: 1, Payload: "call"}},
	}
	stock := cloudapi.Template{
		Name: "back_in_stock", Language: "en_US", Named: map[string]string{"customer": "Ann", "article": "boot"},
		Header: &cloudapi.Header{Media: &cloudapi.Media{Kind: chat.KindImage, ID: photo}},
	}
	change := func(t cloudapi.Template, f func(*cloudapi.Template)) cloudapi.Template {
		f(&t)
		return t
	}
	for _, tt := range []struct {
		name string
		sent cloudapi.Template
		code int
	}{
		{"with all it wants", order, 0},
		{"with named variables and a picture", stock, 0},
		{"in a language it is not in", change(order, func(t *cloudapi.Template) { t.Language = "fr" }), 132001},
		{"that is none", change(order, func(t *cloudapi.Template) { t.Name = "order_lost" }), 132001},
		{"that is paused", cloudapi.Template{Name: "autumn_sale", Language: "en_US"}, 132015},
		{"that was rejected", cloudapi.Template{Name: "winter_sale", Language: "en_US"}, 132001},
		{"with a variable too few", change(order, func(t *cloudapi.Template) { t.Body = t.Body[:2] }), 132000},
		{"without its header's variable", change(order, func(t *cloudapi.Template) { t.Header = nil }), 132000},
		{"without its address's suffix", change(order, func(t *cloudapi.Template) { t.Buttons = t.Buttons[1:] }), 131008},
		{"with a wrong name of a variable", change(stock, func(t *cloudapi.Template) { t.Named = map[string]string{"customer": "Ann", "shoe": "boot"} }), 132000},
		{"with text in place of a picture", change(stock, func(t *cloudapi.Template) { t.Header = &cloudapi.Header{Text: "x"} }), 132012},
		{"that grows too long", change(order, func(t *cloudapi.Template) { t.Body = []string{strings.Repeat("a", 1000), "2", "3"} }), 132005},
		{"with a button it does not have", change(order, func(t *cloudapi.Template) {
			t.Buttons = append(t.Buttons[:2:2], cloudapi.TemplateButton{Index: 4, Payload: "x"})
		}), 132012},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := w.post(t, ann, cloudapi.Outgoing{Template: &tt.sent})
			if tt.code == 0 && err != nil || tt.code != 0 && code(err) != tt.code {
				t.Errorf("error = %v, want code %d", err, tt.code)
			}
		})
	}
	inbox := w.Inbox(ann)
	if len(inbox) != 2 {
		t.Fatalf("%d messages", len(inbox))
	}
	want := Delivered{
		WAMID: inbox[0].WAMID, Kind: chat.KindTemplate, Template: "order_ready", Header: "Order 48213", Footer: "Sandbox shop",
		Text:    "Hello Ann, your order 48213 is packed. You can pick it up until Friday.",
		Buttons: []chat.Button{{ID: "call", Title: "Call me"}}, At: w.clock.Now(),
	}
	if diff := cmp.Diff(want, inbox[0]); diff != "" {
		t.Error(diff)
	}
	if got := inbox[1]; got.Text != "Ann, the boot you asked about is back." || got.File == nil {
		t.Errorf("delivered = %+v", got)
	}
	t.Run("and has the price of its category", func(t *testing.T) {
		w.settle(t)
		for _, r := range w.shop.statuses(inbox[0].WAMID) {
			if r.Pricing != nil && (r.Pricing.Type != "regular" || r.Pricing.Category != "utility") {
				t.Errorf("price = %+v", r.Pricing)
			}
		}
	})
}
