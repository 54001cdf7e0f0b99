package autoreply

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"shopbell/core/chat"
)

func TestButtonIDCarriesTheAction(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		subject := rapid.StringMatching(`[^\s\x00-\x1f]([^\x00-\x1f]{0,30}[^\s\x00-\x1f])?`)
		b := rapid.OneOf(
			rapid.Just(Button{Action: ActionHandOver}),
			rapid.Just(Button{Action: ActionSolved}),
			rapid.Map(subject, func(s string) Button { return Button{Action: ActionRule, Rule: s} }),
			rapid.Map(subject, func(s string) Button { return Button{Action: ActionOrder, Rule: s} }),
			rapid.Map(subject, func(s string) Button { return Button{Action: ActionStock, SKU: s} }),
		).Draw(t, "button")
		index := rapid.IntRange(0, MaxButtons-1).Draw(t, "index")
		id := ButtonID(index, b)
		if got, ok := ParseButtonID(id); !ok || got != b {
			t.Fatalf("%q gives %+v, %v, want %+v", id, got, ok, b)
		}
		if other := ButtonID((index+1)%MaxButtons, b); other == id {
			t.Fatalf("two places of one message have the id %q", id)
		}
	})
}

func TestButtonIDKeepsMetasLimit(t *testing.T) {
	longest := strings.Repeat("👍", MaxID/2)
	for _, b := range []Button{{Action: ActionRule, Rule: longest}, {Action: ActionOrder, Rule: longest}, {Action: ActionStock, SKU: longest}} {
		if id := ButtonID(MaxButtons-1, b); chat.Units(id) > maxButtonID || strings.TrimSpace(id) != id {
			t.Errorf("%s: an id of %d", b.Action, chat.Units(id))
		}
	}
}

func TestButtonIDsOfOthersAreNotOurs(t *testing.T) {
	if id := ButtonID(0, Button{Action: ActionLink, URL: "https://example.com"}); id != "" {
		t.Errorf("a link has the id %q", id)
	}
	for _, id := range []string{
		"", "delivery", "sb1", "sb1:0:rule", "sb1:0:rule:", "sb1:3:solved:", "sb1:-1:solved:", "sb1:00:solved:", "sb1:x:solved:",
		"sb1:0:solved:x", "sb1:0:link:x", "sb1:0:call:x", "sb2:0:solved:", " sb1:0:solved:", "sb1:0:rule:" + strings.Repeat("x", 2000),
	} {
		if b, ok := ParseButtonID(id); ok {
			t.Errorf("%q is taken as %+v", id, b)
		}
	}
}

func TestOffersFit(t *testing.T) {
	if len(own) != len(Languages) {
		t.Errorf("%d sets of words, %d languages", len(own), len(Languages))
	}
	for _, l := range Languages {
		o := own[l]
		if n := chat.Units(o.title); n < 1 || n > MaxTitle {
			t.Errorf("%s: the title %q has %d units", l, o.title, n)
		}
		if n := chat.Units("\n" + o.line); n < 2 || n > OfferReserve {
			t.Errorf("%s: the line %q has %d units", l, o.line, n)
		}
	}
}

func TestTheOfferSpeaksTheLanguageOfTheText(t *testing.T) {
	tests := []struct{ text, language, want string }{
		{"Доставка за 2 дня", "pt", "Позвать человека"},
		{"Доставка DHL", "", "Позвать человека"},
		{"Entrega em 2 dias", "pt", "Falar com uma pessoa"},
		{"Entrega en 2 días", "es", "Hablar con alguien"},
		{"Delivery in 2 days", "", "Talk to a person"},
		{"Delivery in 2 days", "ru", "Talk to a person"},
		{"Pengiriman 2 hari", "id", "Bicara dengan staf"},
		{"👍", "ru", "Позвать человека"},
		{"👍", "", "Talk to a person"},
	}
	for _, tc := range tests {
		if got := ownFor(tc.text, tc.language).title; got != tc.want {
			t.Errorf("%q in %q: %q, want %q", tc.text, tc.language, got, tc.want)
		}
	}
}

func TestTheOfferReplacesItsOwnTitle(t *testing.T) {
	buttons := []chat.Button{{ID: "x", Title: "Talk to a person"}, {ID: "y", Title: "B"}}
	got := offerPerson(buttons, "Talk to a person")
	if len(got) != 2 || got[0].ID != ButtonID(0, Button{Action: ActionHandOver}) {
		t.Errorf("%v, want the first to hand over", got)
	}
}
