package autoreply

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// specRules is a shop for the lines A1 to A8 of mission.md; its hours are the
// default, 08:00 to 22:00.
const specRules = `{"version": 1, "timezone": "Europe/Lisbon", "holidays": ["2026-12-25"], "rules": [
  {"id": "hi", "name": "Hi", "trigger": "first_contact", "replies": [{"text": "Hello!"}]},
  {"id": "sizes", "name": "Sizes", "trigger": "keyword", "keywords": ["size"], "replies": [{"text": "Our sizes.", "picture": "sizes.jpg"}]},
  {"id": "guide", "name": "Guide", "trigger": "keyword", "keywords": ["guide"], "replies": [{"text": "Choose.", "picture": "sizes.jpg", "buttons": [
    {"title": "Sizes", "action": "rule", "rule": "sizes"}]}, {"text": "There is none."}]},
  {"id": "menu", "name": "Menu", "trigger": "keyword", "keywords": ["menu"], "replies": [{"text": "The menu."}]},
  {"id": "lunch", "name": "Lunch", "trigger": "keyword", "keywords": ["menu"], "when": [{"from": "11:30", "to": "13:00"}], "replies": [{"text": "Soup."}]},
  {"id": "boots", "name": "Boots", "trigger": "keyword", "keywords": ["boots"], "stock": {"sku": "BT-1", "below": 10, "text": "Pre-order: {stock} left"}, "order_text": "Noted: {stock}",
   "replies": [{"text": "{stock} in all sizes"}]},
  {"id": "hats", "name": "Hats", "trigger": "keyword", "keywords": ["hats"], "stock": {"sku": "HT-1", "below": 10, "text": "Few hats"}},
  {"id": "winter", "name": "Winter", "trigger": "keyword", "keywords": ["boots", "winter"], "replies": [{"text": "All for winter."}]},
  {"id": "shelf", "name": "Shelf", "trigger": "keyword", "keywords": ["shelf"], "replies": [{"text": "Ask:", "buttons": [
    {"title": "Scarf?", "action": "stock", "sku": "SC-1"}, {"title": "Boots?", "action": "stock", "sku": "BT-1"}]}]},
  {"id": "полка", "name": "Полка", "trigger": "keyword", "keywords": ["полка"], "replies": [{"text": "Спросите:", "buttons": [{"title": "Шарф?", "action": "stock", "sku": "SC-2"}]}]},
  {"id": "asleep", "name": "Asleep", "trigger": "keyword", "enabled": false, "keywords": ["glove"], "stock": {"sku": "GL-1", "below": 5, "text": "Few gloves"}},
  {"id": "night", "name": "Night", "trigger": "off_hours", "stock": {"sku": "BT-1", "below": 3, "text": "Closed, and boots run out"}, "replies": [{"text": "Closed."}]}]}`

// Each line of mission A that one decision can show. What needs more than one is
// in the tests of variants, caps, hours and files; A10 is in TestTry, A11 in the
// tests of the store.
func TestMissionA(t *testing.T) {
	lisbon := func(clock string) func(*Facts) {
		return func(f *Facts) {
			now, err := time.Parse(time.DateTime, "2026-11-25 "+clock) // Lisbon is on UTC in winter
			if err != nil {
				t.Fatal(err)
			}
			f.Now, f.MessageAt = now, now
		}
	}
	night, noon, afternoon := lisbon("23:00:00"), lisbon("12:00:00"), lisbon("15:00:00")
	stock := func(sku string) func(*Facts) { return press(Button{Action: ActionStock, SKU: sku}) }
	noPicture := func(f *Facts) { f.HasPicture = func(string) bool { return false } }

	tests := []decisionTest{
		{"A1: first contact draws the greeting", "good day", first, outcome{Replies: "hi: Hello!"}},
		{"A1: a keyword draws its rule", "menu", afternoon, outcome{Replies: "menu: The menu.", Question: "other", Flags: "answered"}},
		{"A1: off hours draw their reply", "good day", night, outcome{Replies: "night: Closed."}},

		{"A2: 21:59:59 is open", "good day", lisbon("21:59:59"), outcome{Reasons: "no_rule"}},
		{"A2: 22:00 is off hours by default", "good day", lisbon("22:00:00"), outcome{Replies: "night: Closed."}},
		{"A2: 07:59:59 is off hours by default", "good day", lisbon("07:59:59"), outcome{Replies: "night: Closed."}},
		{"A2: 08:00 is open", "good day", lisbon("08:00:00"), outcome{Reasons: "no_rule"}},
		{"A2: a holiday is off hours", "good day", at(time.Date(2026, 12, 25, 12, 0, 0, 0, time.UTC)), outcome{Replies: "night: Closed."}},

		{"A5: another form of a keyword draws its rule", "what about полку?", nil, outcome{Replies: "полка: Спросите: [Шарф?]", Question: "other", Flags: "answered"}},
		{"A5: so does a slip of the pen", "wniter", nil, outcome{Replies: "winter: All for winter.", Question: "other", Flags: "answered"}},
		{"A5: a word that only looks like one does not", "the wind", nil, outcome{Reasons: "no_rule"}},

		{"A6: a reply carries its picture", "size", nil, outcome{Replies: "sizes: Our sizes. (sizes.jpg)", Question: "other", Flags: "answered"}},
		{"A6: a picture stands above buttons too", "guide", nil, outcome{Replies: "guide: Choose. [Sizes] (sizes.jpg)", Question: "other", Flags: "answered"}},
		{"A6: without the picture the other variant goes", "guide", noPicture,
			outcome{Replies: "guide: There is none.", Question: "other", Flags: "answered", Reasons: "no_picture guide"}},
		{"A6: with no other variant people answer", "size", noPicture, outcome{Question: "other", Reasons: "no_picture sizes, no_rule"}},

		{"A7: at lunch the lunch menu", "menu", noon, outcome{Replies: "lunch: Soup.", Question: "other", Flags: "answered", Reasons: "outdone menu"}},
		{"A7: after it the other", "menu", lisbon("13:00:00"), outcome{Replies: "menu: The menu.", Question: "other", Flags: "answered", Reasons: "not_now lunch"}},

		{"A8: fewer than 10 left answers with the stock text", "boots", left("BT-1", 9),
			outcome{Replies: "boots: Pre-order: 9 left", Question: "other", Flags: "answered", Reasons: "answers boots"}},
		{"A8: at 10 the usual reply, which may tell the level", "boots", left("BT-1", 10),
			outcome{Replies: "boots: 10 in all sizes", Question: "other", Flags: "answered"}},
		{"A8: none left is fewer than 10", "boots", left("BT-1", 0), outcome{Replies: "boots: Pre-order: 0 left", Question: "other", Flags: "answered"}},
		{"A8: with no level known a reply that tells it is left out", "boots", left("HT-1", 1),
			outcome{Question: "other", Reasons: "stock_unknown boots, no_rule"}},
		{"A8: a rule with a stock text alone answers while few are left", "hats", left("HT-1", 1),
			outcome{Replies: "hats: Few hats", Question: "other", Flags: "answered"}},
		{"A8: and leaves the answer to people while there are enough", "hats", left("HT-1", 10), outcome{Question: "other", Reasons: "stock_enough hats, no_rule"}},
		{"A8: or to the next rule that matches", "hats size", left("HT-1", 10),
			outcome{Replies: "sizes: Our sizes. (sizes.jpg)", Question: "other", Flags: "answered", Reasons: "stock_enough hats"}},
		{"A8: and while the level is not known", "hats", nil, outcome{Question: "other", Reasons: "stock_unknown hats, no_rule"}},
		{"A8: an off-hours reply may depend on stock too", "good day", set(night, left("BT-1", 2)), outcome{Replies: "night: Closed, and boots run out"}},
		{"A8: the text of an order may tell the level", "Order", set(press(Button{Action: ActionOrder, Rule: "boots"}), left("BT-1", 12)),
			outcome{Replies: "boots: Noted: 12", Department: "Sales", Question: "order", Flags: "order", System: "wants_order"}},

		{"A4: a stock button says the level in the stock text", "Boots?", set(stock("BT-1"), left("BT-1", 4)),
			outcome{Replies: "boots: Pre-order: 4 left", Question: "stock", Flags: "answered"}},
		{"A4: with enough left in Shopbell's own words", "Boots?", set(stock("BT-1"), left("BT-1", 40)),
			outcome{Replies: "boots: In stock: 40", Question: "stock", Flags: "answered"}},
		{"A4: also for an article that no rule depends on", "Scarf?", set(stock("SC-1"), left("SC-1", 40)),
			outcome{Replies: "shelf: In stock: 40", Question: "stock", Flags: "answered"}},
		{"A4: in the language of the rule", "Шарф?", set(stock("SC-2"), left("SC-2", 40)),
			outcome{Replies: "полка: В наличии: 40", Question: "stock", Flags: "answered"}},
		{"A4: none left is told in words", "Scarf?", set(stock("SC-1"), left("SC-1", 0)),
			outcome{Replies: "shelf: Not in stock right now", Question: "stock", Flags: "answered"}},
		{"A4: the stock button of an article that no rule has any more hands over", "Cap?", set(stock("CP-1"), left("CP-1", 4)),
			outcome{Question: "stock", Reasons: "gone"}},
		{"A4: so does that of a rule that is switched off", "Glove?", set(stock("GL-1"), left("GL-1", 4)),
			outcome{Question: "stock", Reasons: "off asleep"}},
		{"A4: a stock answer keeps the cap", "Scarf?", set(stock("SC-1"), left("SC-1", 4), had("menu keyword 3h", "menu keyword 2h", "menu keyword 1h")),
			outcome{Question: "stock", System: "cap_reached", Reasons: "cap"}},

		{"A9: a stock answer that is the second message offers a person", "Scarf?", set(stock("SC-1"), left("SC-1", 4), had("menu keyword 1h")),
			outcome{Replies: "shelf: In stock: 4 [Talk to a person]", Question: "stock", Flags: "answered"}},
		{"A9: the greeting keeps its interval of 6 h", "good day", set(first, had("hi first_contact 5h59m59s")), outcome{Reasons: "interval hi, no_rule"}},
		{"A9: the off-hours reply too", "good day", set(night, had("night off_hours 5h59m59s")), outcome{Reasons: "interval night, no_rule"}},
		{"A9: and leaves again after it", "good day", set(night, had("night off_hours 6h")), outcome{Replies: "night: Closed. [Talk to a person]"}},
	}
	checkDecisions(t, book(t, specRules), tests)

	checkNamed(t, tests, "A1", "A2", "A4", "A5", "A6", "A7", "A8", "A9")
}

func TestA3TextAndA4ButtonsAreHeldToTheirLimits(t *testing.T) {
	rule := func(text, buttons string) string {
		return `{"version": 1, "rules": [{"id": "a", "name": "A", "trigger": "keyword", "keywords": ["a"], "replies": [{"text": "` + text + `", "buttons": [` + buttons + `]}]}]}`
	}
	button := func(title string) string { return `{"title": "` + title + `", "action": "solved"}` }
	tests := []struct {
		name, file, field string
		limit             int
		code              FaultCode
	}{
		{"A3: 256 characters are taken", rule(strings.Repeat("ж", 256), ""), "", 0, ""},
		{"A3: 257 are refused", rule(strings.Repeat("ж", 257), ""), "replies[0].text", 256, FaultLong},
		{"A3: an emoji counts as 2", rule(strings.Repeat("ж", 255)+"👍", ""), "replies[0].text", 256, FaultLong},
		{"A4: a title of 20 is taken", rule("t", button(strings.Repeat("ж", 20))), "", 0, ""},
		{"A4: one of 21 is refused", rule("t", button(strings.Repeat("ж", 21))), "replies[0].buttons[0].title", 20, FaultLong},
		{"A4: three buttons are taken", rule("t", button("1")+","+button("2")+","+button("3")), "", 0, ""},
		{"A4: a fourth is refused", rule("t", button("1")+","+button("2")+","+button("3")+","+button("4")), "replies[0].buttons", 3, FaultMany},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			_, _, err := Parse([]byte(tc.file))
			fault, _ := errors.AsType[*FileError](err)
			switch {
			case tc.field == "" && err != nil:
				t.Errorf("refused: %v", err)
			case tc.field != "" && (fault == nil || fault.Code != tc.code || fault.Field != tc.field || fault.Limit != tc.limit):
				t.Errorf("error %v, want one of %s with the limit %d", err, tc.field, tc.limit)
			}
		})
	}
}
