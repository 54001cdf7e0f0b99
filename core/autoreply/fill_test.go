package autoreply

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"shopbell/core/chat"
)

func TestFill(t *testing.T) {
	tests := []struct{ text, name, want string }{
		{"Здравствуйте, {name}! Чем помочь?", "Марина", "Здравствуйте, Марина! Чем помочь?"},
		{"Здравствуйте, {name}! Чем помочь?", "", "Здравствуйте! Чем помочь?"},
		{"Olá {name}, tudo bem?", "", "Olá, tudo bem?"},
		{"Olá {name} e amigos", "", "Olá e amigos"},
		{"{name}, добрый день!", "Олег", "Олег, добрый день!"},
		{"{name}, добрый день!", "", "Добрый день!"},
		{"{name}! доставка готова", "", "Доставка готова"},
		{"Спасибо. {name}, ждём вас", "", "Спасибо. Ждём вас"},
		{"Hi!\n{name}, we are open.", "", "Hi!\nWe are open."},
		{"Спасибо, {name}, что написали", "", "Спасибо, что написали"},
		{"Bye, {name}", "", "Bye"},
		{"Bye {name}", "", "Bye"},
		{"{name}", "", ""},
		{"{name} and {name}", "Ana", "Ana and Ana"},
		{"This is {shop}, {name}", "{shop}", "This is Bell, {shop}"},
		{"{shop}: {stock} {other} {", "Ana", "Bell: {stock} {other} {"},
		{"{{name}}", "Ana", "{Ana}"},
	}
	for _, tc := range tests {
		if got := fill(tc.text, tc.name, "Bell", ""); got != tc.want {
			t.Errorf("fill(%q, %q) = %q, want %q", tc.text, tc.name, got, tc.want)
		}
	}
}

func TestAShopWithoutANameLeavesNoGap(t *testing.T) {
	for text, want := range map[string]string{
		"Hello from the shop {shop}!":       "Hello from the shop!",
		"Здравствуйте, это магазин {shop}.": "Здравствуйте, это магазин.",
		"{shop}: we are open.":              "We are open.",
		"Olá, {name}! {shop} agradece.":     "Olá, Ana! Agradece.",
		"Hi, {shop}, {name}":                "Hi, Ana",
		"{shop}":                            "",
	} {
		if got := fill(text, "Ana", "", ""); got != want {
			t.Errorf("fill(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestATextThatKeepsTheReserveFits(t *testing.T) {
	part := rapid.SampledFrom([]string{"{name}", "{shop}", ", ", "! ", "a", "я", "👍", "{", "}", "\n"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(part).Draw(t, "text"), "")
		name := rapid.StringOfN(rapid.RuneFrom([]rune("aя👍")), 0, NameReserve/2, -1).Draw(t, "name")
		shop := rapid.StringOfN(rapid.RuneFrom([]rune("aя👍")), 0, ShopReserve/2, -1).Draw(t, "shop")
		for _, name := range []string{name, ""} {
			got := fill(text, name, shop, "")
			if chat.Units(got) > reserved(text) {
				t.Fatalf("%q has %d units, %d are reserved", got, chat.Units(got), reserved(text))
			}
			if strings.Contains(got, placeName) && !strings.Contains(shop+name, "{") {
				t.Fatalf("%q still holds a place", got)
			}
		}
	})
}

func TestFirstName(t *testing.T) {
	for name, want := range map[string]string{" Ana ": "Ana", "A\nB": "", "\x00": "", "\xff": "", "": "", "José": "José"} {
		if got := firstName(name); got != want {
			t.Errorf("firstName(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestANameThatBreaksTheLimitIsLeftOut(t *testing.T) {
	text := "{name}, " + strings.Repeat("x", MaxText-NameReserve-2)
	b := book(t, `{"version": 1, "rules": [{"name": "A", "trigger": "keyword", "keywords": ["a"], "replies": [{"text": "`+text+`"}]}]}`)
	reply := func(name string) string {
		d := b.Decide(b.Match("a"), Facts{Now: wednesdayNoon, FirstName: name})
		if len(d.Replies) != 1 {
			t.Fatalf("%q: %d replies", name, len(d.Replies))
		}
		return d.Replies[0].Text
	}
	if fits := strings.Repeat("n", NameReserve); !strings.HasPrefix(reply(fits), fits+", xxx") {
		t.Errorf("a name of %d is left out", NameReserve)
	}
	if got := reply(strings.Repeat("n", NameReserve+1)); !strings.HasPrefix(got, "Xxx") {
		t.Errorf("a longer one gives %q", got)
	}
}

func TestAShopNameThatBreaksTheLimitLeavesTheReplyOut(t *testing.T) {
	b := book(t, `{"version": 1, "rules": [{"name": "A", "trigger": "keyword", "keywords": ["a"], "replies": [
		{"text": "{shop} `+strings.Repeat("x", 200)+`"}, {"text": "short"}]}]}`)
	d := b.Decide(b.Match("a"), Facts{Now: wednesdayNoon, Shop: strings.Repeat("s", 56)})
	if len(d.Replies) != 1 || d.Replies[0].Text != "short" {
		t.Errorf("replies %v, want the variant that fits", d.Replies)
	}
	if d.Reasons[0].Code != ReasonNoFit || d.Reasons[0].Data["variant"] != "1" {
		t.Errorf("reasons %v", d.Reasons)
	}
}

func TestFillLeavesANameAwayThatNoTextMayHold(t *testing.T) {
	if got, want := Fill("Hi, {name}! {shop} has {stock}.", "A\x07na", "Bell", "7"), "Hi! Bell has 7."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
