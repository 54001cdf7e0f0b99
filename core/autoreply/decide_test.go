package autoreply

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/chat"
)

// shopRules is the shop of these tests: open Monday to Friday 08:00-22:00 and
// Saturday 20:00-02:00, closed on Friday 2026-12-25.
const shopRules = `{"version": 1, "timezone": "Europe/Lisbon", "language": "pt",
 "open": [{"days": ["mon","tue","wed","thu","fri"], "from": "08:00", "to": "22:00"}, {"days": ["sat"], "from": "20:00", "to": "02:00"}],
 "holidays": ["2026-12-25"], "departments": ["Returns", "Delivery", "Sales"],
 "rules": [
  {"id": "welcome", "name": "Welcome", "trigger": "first_contact", "replies": [{"text": "Hello, {name}! This is {shop}."}]},
  {"id": "delivery", "name": "Delivery", "trigger": "keyword", "keywords": ["delivery", "доставка", "how long"], "kind": "delivery", "department": "Delivery",
   "replies": [{"text": "In two days."}, {"text": "Two days."}, {"text": "It takes two days."}]},
  {"id": "price", "name": "Price", "trigger": "keyword", "keywords": ["price", "delivery price"], "kind": "price", "replies": [{"text": "It is 19.90."}]},
  {"id": "menu", "name": "Menu", "trigger": "keyword", "keywords": ["menu", "today"], "replies": [{"text": "The menu."}]},
  {"id": "lunch", "name": "Lunch", "trigger": "keyword", "keywords": ["menu"],
   "when": [{"days": ["mon","tue","wed","thu","fri"], "from": "11:30", "to": "13:00"}], "replies": [{"text": "Soup."}]},
  {"id": "returns", "name": "Returns", "trigger": "keyword", "keywords": ["return"], "kind": "returns", "department": "Returns"},
  {"id": "sneakers", "name": "Sneakers", "trigger": "keyword", "keywords": ["sneakers"],
   "stock": {"sku": "SN-1", "below": 10, "text": "Only {stock} left"}, "order_text": "We will call you.",
   "replies": [{"text": "All sizes.", "buttons": [
     {"title": "Order", "action": "order"}, {"title": "Left?", "action": "stock", "sku": "SN-1"}, {"title": "Solved", "action": "solved"}]}]},
  {"id": "help", "name": "Help", "trigger": "keyword", "keywords": ["help"], "replies": [{"text": "What is it?", "buttons": [
     {"title": "Delivery", "action": "rule", "rule": "delivery"}, {"title": "A person", "action": "hand_over"}]}]},
  {"id": "site", "name": "Site", "trigger": "keyword", "keywords": ["site"], "replies": [{"text": "Our site:", "buttons": [
     {"title": "Open", "action": "link", "url": "https://example.com"}]}]},
  {"id": "off", "name": "Switched off", "trigger": "keyword", "enabled": false, "keywords": ["off"], "replies": [{"text": "Off."}]},
  {"id": "left", "name": "Left", "trigger": "keyword", "keywords": ["left"], "replies": [{"text": "There are {stock} left."}]},
  {"id": "night", "name": "Night", "trigger": "off_hours", "min_interval": "8h", "replies": [{"text": "We are closed."}]},
  {"id": "sunday", "name": "Sunday", "trigger": "off_hours", "when": [{"days": ["sun"], "from": "00:00", "to": "24:00"}], "replies": [{"text": "It is Sunday."}]}]}`

var (
	wednesdayNoon  = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC) // Lisbon is on UTC in winter
	wednesdayThree = time.Date(2026, 11, 25, 15, 0, 0, 0, time.UTC)
	wednesdayNight = time.Date(2026, 11, 25, 23, 0, 0, 0, time.UTC)
)

func book(t testing.TB, data string) *Book {
	t.Helper()
	f, _, err := Parse([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Compile(f)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecide(t *testing.T) {
	capped := had("menu keyword 23h59m", "menu keyword 2h", "menu keyword 1h")
	toDelivery := Button{Action: ActionRule, Rule: "delivery"}
	tests := []decisionTest{
		// What it is, first.
		{"what it is: an opt-out is taken and not answered", "STOP!", first,
			outcome{Flags: "optout", System: "opted_out", Reasons: "opt_out"}},
		{"what it is: an opt-out past the cap is still one", "стоп", capped,
			outcome{Flags: "optout", System: "opted_out"}},
		{"what it is: a second opt-out is not told again", "Parar", optedOut,
			outcome{Flags: "optout"}},
		{"what it is: a stop within a sentence is no opt-out", "where does the bus stop", nil,
			outcome{Reasons: "no_rule"}},
		{"what it is: who opted out gets no automatic message, and is routed", "delivery", optedOut,
			outcome{Department: "Delivery", Question: "delivery", System: "routed", Reasons: "opted_out"}},
		{"what it is: an order from the catalogue goes to Sales and waits", "price", func(f *Facts) { f.Kind = chat.KindOrder },
			outcome{Replies: "price: It is 19.90.", Department: "Sales", Question: "order", Flags: "order", System: "wants_order", Reasons: "order"}},
		{"what it is: an order is taken while a person holds the lock", "", set(locked, func(f *Facts) { f.RawKind = "order" }),
			outcome{Department: "Sales", Question: "order", Flags: "order", System: "wants_order", Reasons: "order, locked"}},

		// Step 1.
		{"step 1: a message of 5 minutes is answered", "price", age(5 * time.Minute),
			outcome{Replies: "price: It is 19.90.", Question: "price", Flags: "answered"}},
		{"step 1: an older one is not", "price", age(5*time.Minute + time.Second),
			outcome{Question: "price", Reasons: "too_old"}},
		{"step 1: an older one is routed all the same", "delivery", age(5 * time.Hour),
			outcome{Department: "Delivery", Question: "delivery", System: "routed", Reasons: "too_old"}},
		{"step 1: a message from a clock ahead of ours is answered", "price", age(-time.Hour),
			outcome{Replies: "price: It is 19.90.", Question: "price", Flags: "answered"}},
		{"step 1: a reaction draws nothing", "price", set(first, func(f *Facts) { f.Kind, f.RawKind = chat.KindUnsupported, "reaction" }),
			outcome{Reasons: "kind"}},
		{"step 1: a reaction of the desk's own kind draws nothing", "price", set(first, func(f *Facts) { f.Kind = chat.KindReaction }),
			outcome{Reasons: "kind"}},
		{"step 1: a system notice draws nothing", "price", set(first, func(f *Facts) { f.Kind, f.RawKind = chat.KindUnsupported, "system" }),
			outcome{Reasons: "kind"}},
		{"step 1: a picture is greeted", "", set(first, func(f *Facts) { f.Kind, f.RawKind = chat.KindUnsupported, "image" }),
			outcome{Replies: "welcome: Hello! This is Bell."}},
		{"step 1: a person who holds the lock is not talked over", "delivery", locked,
			outcome{Department: "Delivery", Question: "delivery", System: "routed", Reasons: "locked"}},
		{"step 1: a person who answered 30 minutes ago is not talked over", "price", func(f *Facts) { f.PersonAnsweredAt = f.Now.Add(-30 * time.Minute) },
			outcome{Question: "price", Reasons: "person_answered"}},
		{"step 1: after that the rules answer again", "price", func(f *Facts) { f.PersonAnsweredAt = f.Now.Add(-30*time.Minute - time.Second) },
			outcome{Replies: "price: It is 19.90.", Question: "price", Flags: "answered"}},
		{"step 1: a pressed button is answered within 24 h, lock or not", "Delivery",
			set(press(toDelivery), locked, age(24*time.Hour-time.Second), func(f *Facts) { f.PersonAnsweredAt = f.Now }),
			outcome{Replies: "delivery: In two days.", Department: "Delivery", Question: "delivery", Flags: "answered"}},
		{"step 1: a button of 24 h ago goes to people", "Delivery", set(press(toDelivery), age(24*time.Hour)),
			outcome{Department: "Delivery", Question: "delivery", Reasons: "too_old"}},

		// Step 2 and A9.
		{"step 2: past the cap nothing is sent and the conversation says so", "delivery", capped,
			outcome{Department: "Delivery", Question: "delivery", System: "routed cap_reached", Reasons: "cap"}},
		{"step 2: the conversation says so once", "anything", set(capped, func(f *Facts) { f.CapTold = true }),
			outcome{Reasons: "cap"}},
		{"step 2: a message of 24 h ago does not count any more", "price", had("menu keyword 24h", "menu keyword 2h", "menu keyword 1h"),
			outcome{Replies: "price: It is 19.90.", Question: "price", Flags: "answered"}},
		{"step 2: messages after now count, for the clock was set back", "price", had("menu keyword -50h", "menu keyword -49h", "menu keyword -48h"),
			outcome{Question: "price", System: "cap_reached", Reasons: "cap"}},
		{"step 2: the cap holds for buttons too", "Delivery", set(press(toDelivery), capped),
			outcome{Department: "Delivery", Question: "delivery", System: "cap_reached", Reasons: "cap"}},
		{"step 2: greeting and answer stop at the cap", "price", set(first, had("x keyword 2h", "x keyword 1h")),
			outcome{Replies: "welcome: Hello! This is Bell.", Question: "price", System: "cap_reached", Reasons: "cap"}},
		{"A9: the second message offers a person", "price", had("menu keyword 1h"),
			outcome{Replies: "price: It is 19.90. [Falar com uma pessoa]", Question: "price", Flags: "answered"}},
		{"A9: the third does not", "price", had("menu keyword 2h", "menu keyword 1h"),
			outcome{Replies: "price: It is 19.90.", Question: "price", Flags: "answered"}},
		{"A9: the offer takes the place of the third button", "sneakers", had("menu keyword 1h"),
			outcome{Replies: "sneakers: All sizes. [Order] [Left?] [Falar com uma pessoa]", Question: "other", Flags: "answered"}},
		{"A9: a reply that hands over already offers a person", "help", had("menu keyword 1h"),
			outcome{Replies: "help: What is it? [Delivery] [A person]", Question: "other", Flags: "answered"}},
		{"A9: beside a link the offer is a line of text", "site", had("menu keyword 1h"),
			outcome{Replies: "site: Our site:\nQuer uma pessoa? Escreva aqui. <Open https://example.com>", Question: "other", Flags: "answered"}},
		{"A9: the greeting's answer is the second message", "price", first,
			outcome{Replies: "welcome: Hello! This is Bell.\nprice: It is 19.90. [Falar com uma pessoa]", Question: "price", Flags: "answered"}},

		// Step 3 and A4.
		{"step 3: a button answers with its rule", "Delivery", press(toDelivery),
			outcome{Replies: "delivery: In two days.", Department: "Delivery", Question: "delivery", Flags: "answered"}},
		{"step 3: a button to a rule that is no more hands over", "Old", press(Button{Action: ActionRule, Rule: "gone"}),
			outcome{Reasons: "gone gone"}},
		{"step 3: a button to a rule that is off hands over", "Off", press(Button{Action: ActionRule, Rule: "off"}),
			outcome{Reasons: "off off"}},
		{"step 3: a button to a rule outside its hours answers", "Lunch", set(at(wednesdayThree), press(Button{Action: ActionRule, Rule: "lunch"})),
			outcome{Replies: "lunch: Soup.", Question: "other", Flags: "answered"}},
		{"step 3: a button to a rule that only routes hands over", "Return", press(Button{Action: ActionRule, Rule: "returns"}),
			outcome{Department: "Returns", Question: "returns", Reasons: "routes_only returns"}},
		{"step 3: hand over leaves the customer waiting", "A person", press(Button{Action: ActionHandOver}),
			outcome{System: "hand_over"}},
		{"step 3: solved resolves, however old", "Solved", set(press(Button{Action: ActionSolved}), age(72*time.Hour), capped),
			outcome{Flags: "solved", System: "solved_by_customer"}},
		{"step 3: stock hands over while no level is known", "Left?", press(Button{Action: ActionStock, SKU: "SN-1"}),
			outcome{Question: "stock", Reasons: "stock_unknown sneakers"}},
		{"step 3: an order answers with the rule's text and goes to Sales", "Order", press(Button{Action: ActionOrder, Rule: "sneakers"}),
			outcome{Replies: "sneakers: We will call you.", Department: "Sales", Question: "order", Flags: "order", System: "wants_order"}},
		{"step 3: an order without such a text is taken in silence", "Order", press(Button{Action: ActionOrder, Rule: "price"}),
			outcome{Department: "Sales", Question: "order", Flags: "order", System: "wants_order"}},
		{"step 3: a button of a template is a message like others", "price", func(f *Facts) { f.Kind, f.ButtonID = chat.KindButton, "payload" },
			outcome{Replies: "price: It is 19.90.", Question: "price", Flags: "answered"}},

		// Step 4.
		{"step 4: a first contact is greeted and waits", "hello", first,
			outcome{Replies: "welcome: Hello! This is Bell."}},
		{"step 4: in off hours the off-hours reply takes the greeting's place", "price", set(at(wednesdayNight), first),
			outcome{Replies: "night: We are closed.\nprice: It is 19.90. [Falar com uma pessoa]", Question: "price", Flags: "answered"}},
		{"step 4: the greeting keeps its interval", "hello", set(first, had("welcome first_contact 5h59m")),
			outcome{Reasons: "interval welcome, no_rule"}},

		// Step 5, A1 and A7.
		{"step 5: more keywords win", "menu today and delivery", at(wednesdayThree),
			outcome{Replies: "menu: The menu.", Department: "Delivery", Question: "other", Flags: "answered", System: "routed", Reasons: "outdone delivery"}},
		{"step 5: of equally many the longest wins", "sneakers price", nil,
			outcome{Replies: "sneakers: All sizes. [Order] [Left?] [Solved]", Question: "other", Flags: "answered", Reasons: "outdone price"}},
		{"step 5: of equal ones the first of the file wins", "help site menu", at(wednesdayThree),
			outcome{Replies: "menu: The menu.", Question: "other", Flags: "answered", Reasons: "not_now lunch, outdone help, outdone site"}},
		{"step 5: a phrase is a keyword of its own", "delivery price", nil,
			outcome{Replies: "price: It is 19.90.", Department: "Delivery", Question: "price", Flags: "answered", System: "routed"}},
		{"step 5: a rule with windows beats one without, whatever the score", "menu today", nil,
			outcome{Replies: "lunch: Soup.", Question: "other", Flags: "answered", Reasons: "outdone menu"}},
		{"step 5: outside its windows it does not answer", "menu", at(wednesdayThree),
			outcome{Replies: "menu: The menu.", Question: "other", Flags: "answered", Reasons: "not_now lunch"}},
		{"step 5: a rule that is off does not answer", "off", nil,
			outcome{Reasons: "off off, no_rule"}},
		{"step 5: keywords answer in off hours too", "price", at(wednesdayNight),
			outcome{Replies: "price: It is 19.90.", Question: "price", Flags: "answered"}},
		{"step 5: a rule with no reply routes and leaves the answer to the next", "return price", nil,
			outcome{Replies: "price: It is 19.90.", Department: "Returns", Question: "returns", Flags: "answered", System: "routed", Reasons: "routes_only returns"}},
		{"routing: is told when it changes the department only", "delivery", func(f *Facts) { f.Department = "Delivery" },
			outcome{Replies: "delivery: In two days.", Department: "Delivery", Question: "delivery", Flags: "answered"}},
		{"a text that needs a stock level is left out", "left", nil,
			outcome{Question: "other", Reasons: "stock_unknown left, no_rule"}},

		// Step 6.
		{"step 6: in off hours the off-hours reply, which leaves the customer waiting", "hello", at(wednesdayNight),
			outcome{Replies: "night: We are closed."}},
		{"step 6: at most once in its interval", "hello", set(at(wednesdayNight), had("night off_hours 7h59m")),
			outcome{Reasons: "interval night, no_rule"}},
		{"step 6: again after its interval", "hello", set(at(wednesdayNight), had("night off_hours 8h")),
			outcome{Replies: "night: We are closed. [Falar com uma pessoa]"}},
		{"step 6: the interval holds across off-hours rules", "hello", set(at(time.Date(2026, 11, 29, 3, 0, 0, 0, time.UTC)), had("night off_hours 4h")),
			outcome{Reasons: "interval sunday, no_rule"}},
		{"step 6: a holiday is off hours", "hello", at(time.Date(2026, 12, 25, 12, 0, 0, 0, time.UTC)),
			outcome{Replies: "night: We are closed."}},
		{"step 6: the rule with windows goes first", "hello", at(time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)),
			outcome{Replies: "sunday: It is Sunday.", Reasons: "outdone night"}},

		// Step 7.
		{"step 7: what nothing answers goes to people", "hello", nil,
			outcome{Reasons: "no_rule"}},
	}
	checkDecisions(t, book(t, shopRules), tests)
	checkNamed(t, tests, "what it is", "step 1", "step 2", "step 3", "step 4", "step 5", "step 6", "step 7", "A9")
}

func TestTheButtonsOfAReplyDoWhatTheySay(t *testing.T) {
	b := book(t, shopRules)
	press := func(word string, button int) Decision {
		d := b.Decide(b.Match(word), Facts{Now: wednesdayNoon})
		return b.Decide(Matches{}, Facts{Now: wednesdayNoon, Kind: chat.KindButton, ButtonID: d.Replies[0].Buttons[button].ID})
	}
	if d := press("sneakers", 0); !d.WantsOrder || len(d.Replies) != 1 || d.Replies[0].Text != "We will call you." || d.Replies[0].Variant != NoVariant {
		t.Errorf("order: %+v", d)
	}
	if d := press("sneakers", 1); len(d.Replies) != 0 || d.Answered || d.Reasons[len(d.Reasons)-1].Code != ReasonNoStock {
		t.Errorf("stock: %+v", d)
	}
	if d := press("sneakers", 2); !d.Solved {
		t.Errorf("solved: %+v", d)
	}
	if d := press("help", 0); len(d.Replies) != 1 || d.Replies[0].RuleID != "delivery" || d.Replies[0].Trigger != TriggerButton {
		t.Errorf("rule: %+v", d)
	}
	second := b.Decide(b.Match("price"), Facts{Now: wednesdayNoon, Automatic: earlier(wednesdayNoon, "menu keyword 1h")})
	if d := b.Decide(Matches{}, Facts{Now: wednesdayNoon, ButtonID: second.Replies[0].Buttons[0].ID}); len(d.System) != 1 || d.System[0].Code != chat.SysHandOver {
		t.Errorf("the offered person: %+v", d)
	}
}

func TestDecideRoutesWithTheKeywordInWords(t *testing.T) {
	b := book(t, shopRules)
	d := b.Decide(b.Match("ДОСТАВКА?"), Facts{Now: wednesdayNoon, Kind: chat.KindText})
	want := []SystemLine{{Code: chat.SysRouted, Data: map[string]string{"keyword": "доставка", "department": "Delivery"}}}
	if diff := cmp.Diff(want, d.System); diff != "" {
		t.Error(diff)
	}
}

func TestDecideOnAnotherBookMatchesAnew(t *testing.T) {
	// Given a message matched before the rules changed, when it is decided after,
	// then the new rules answer.
	before := book(t, shopRules)
	after := book(t, `{"version": 1, "rules": [
		{"id": "a", "name": "A", "trigger": "keyword", "keywords": ["other"], "replies": [{"text": "other"}]},
		{"id": "b", "name": "B", "trigger": "keyword", "keywords": ["price"], "replies": [{"text": "new price"}]}]}`)
	d := after.Decide(before.Match("price"), Facts{Now: wednesdayNoon})
	if len(d.Replies) != 1 || d.Replies[0].RuleID != "b" {
		t.Errorf("replies %v, want that of the new rule", d.Replies)
	}
}

func TestAnEmptyBookAnswersNothing(t *testing.T) {
	b := Empty()
	d := b.Decide(b.Match("hello"), Facts{Now: wednesdayNight, FirstContact: true})
	if len(d.Replies) != 0 {
		t.Errorf("%+v, want no reply and a person", d)
	}
	if d := b.Decide(b.Match("stop"), Facts{Now: wednesdayNight}); !d.OptOut {
		t.Error("an opt-out is not taken")
	}
	if b.History() != 24*time.Hour {
		t.Errorf("history %v", b.History())
	}
}

func TestHistoryReachesTheLongestInterval(t *testing.T) {
	b := book(t, `{"version": 1, "timezone": "Europe/Lisbon", "rules": [{"name": "N", "trigger": "off_hours", "min_interval": "72h", "replies": [{"text": "t"}]}]}`)
	if b.History() != 72*time.Hour {
		t.Errorf("history %v, want 72h", b.History())
	}
}

func TestABookDoesNotDependOnItsFile(t *testing.T) {
	f := parse(t, shopRules)
	b, err := Compile(f)
	if err != nil {
		t.Fatal(err)
	}
	f.Rules[2].Replies[0].Text = "changed"
	facts := Facts{Now: wednesdayNoon, Automatic: earlier(wednesdayNoon, "menu keyword 1h")}
	one := b.Decide(b.Match("sneakers"), facts)
	one.Replies[0].Buttons[0].Title = "changed"
	two := b.Decide(b.Match("price sneakers"), facts)
	if got := two.Replies[0].Buttons[0].Title; got != "Order" {
		t.Errorf("a caller changed the book: button %q", got)
	}
	if got := b.Decide(b.Match("price"), facts).Replies[0].Text; got != "It is 19.90." {
		t.Errorf("the file changed the book: %q", got)
	}
}
