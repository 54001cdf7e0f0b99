package autoreply

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"shopbell/core/chat"
)

// said puts the verdict on one rule into few words: its codes with their data.
func said(t *testing.T, e Explanation, ruleID string) string {
	t.Helper()
	for _, v := range e.Rules {
		if v.RuleID != ruleID {
			continue
		}
		var codes []string
		for _, r := range v.Reasons {
			word := string(r.Code)
			for _, key := range []string{"code", "by", "keyword", "from", "to", "level", "below", "variant"} {
				if value, ok := r.Data[key]; ok {
					word += " " + key + "=" + value
				}
			}
			codes = append(codes, word)
		}
		return strings.Join(codes, ", ")
	}
	t.Fatalf("nothing is said of %s", ruleID)
	return ""
}

func TestExplainSaysOfEachRuleWhy(t *testing.T) {
	capped := had("menu keyword 3h", "menu keyword 2h", "menu keyword 1h")
	stock := press(Button{Action: ActionStock, SKU: "BT-1"})
	tests := []struct {
		name, text string
		facts      func(*Facts)
		rule, want string
	}{
		{"the keyword that was found", "my size?", nil, "sizes", "keyword keyword=size, answers variant=1"},
		{"that there is none", "good day", nil, "sizes", "no_keyword"},
		{"who scored higher", "menu", nil, "menu", "keyword keyword=menu, outdone by=lunch"},
		{"the window that holds", "menu", nil, "lunch", "keyword keyword=menu, now from=11:30 to=13:00, answers variant=1"},
		{"that none holds", "menu", at(wednesdayThree), "lunch", "keyword keyword=menu, not_now"},
		{"the stock level", "boots", left("BT-1", 4), "boots", "keyword keyword=boots, stock level=4 below=10, answers level=4"},
		{"that the level is not known", "boots", nil, "boots", "keyword keyword=boots, stock below=10, stock_unknown variant=1"},
		{"that it is switched off", "glove", nil, "asleep", "keyword keyword=glove, stock below=5, off"},
		{"the variant that was left out because it came last", "guide", func(f *Facts) { f.LastVariant = func(string) int { return 1 } }, "guide",
			"keyword keyword=guide, repeat variant=2, answers variant=1"},
		{"the variant whose picture is missing", "guide", func(f *Facts) { f.HasPicture = func(string) bool { return false } }, "guide",
			"keyword keyword=guide, no_picture variant=1, answers variant=2"},
		{"that the customer wrote before", "good day", nil, "hi", "not_first"},
		{"that the off-hours reply took the greeting's place", "good day", set(first, at(wednesdayNight)), "hi", "not_needed by=night"},
		{"that the greeting's interval runs", "good day", set(first, had("hi first_contact 1h")), "hi", "interval"},
		{"that the shop is open", "good day", nil, "night", "stock below=3, open"},
		{"that a keyword answered in off hours", "size", at(wednesdayNight), "night", "stock below=3, not_needed by=sizes"},
		{"that the cap is reached", "size", capped, "sizes", "keyword keyword=size, stopped code=cap"},
		{"that the greeting was the third", "size", set(first, had("x keyword 2h", "x keyword 1h")), "sizes", "keyword keyword=size, stopped code=cap"},
		{"that a person has it in hand", "size", locked, "sizes", "keyword keyword=size, stopped code=locked"},
		{"that the message is old", "size", age(time.Hour), "sizes", "keyword keyword=size, stopped code=too_old"},
		{"that it is an opt-out", "stop", nil, "sizes", "stopped code=opt_out"},
		{"that a button was pressed", "Boots?", set(stock, left("BT-1", 4)), "sizes", "stopped code=pressed"},
		{"what the pressed button did", "Boots?", set(stock, left("BT-1", 4)), "boots", "stock level=4 below=10, pressed, answers level=4"},
		{"why the pressed button did nothing", "Boots?", set(stock, left("BT-1", 4), capped), "boots", "stock level=4 below=10, pressed, stopped code=cap"},
	}
	b := book(t, specRules)
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			f := Facts{Now: wednesdayNoon, MessageAt: wednesdayNoon, Kind: chat.KindText}
			if tc.facts != nil {
				tc.facts(&f)
			}
			e := b.Explain(b.Match(tc.text), f)
			if got := said(t, e, tc.rule); got != tc.want {
				t.Errorf("of %s it says\n%s, want\n%s\n%v", tc.rule, got, tc.want, e.Decision.Reasons)
			}
		})
	}
}

func TestExplainTellsHowAKeywordWasRecognised(t *testing.T) {
	b := book(t, `{"version": 1, "rules": [{"id": "r", "name": "R", "trigger": "keyword", "keywords": ["возврат", "price"], "replies": [{"text": "t"}]}]}`)
	e := b.Explain(b.Match("Как оформить возвратом? What is the PRICE?"), Facts{Now: wednesdayNoon, Kind: chat.KindText})
	var got []map[string]string
	for _, r := range e.Rules[0].Reasons {
		if r.Code == ReasonKeyword {
			got = append(got, r.Data)
		}
	}
	want := []map[string]string{
		{"keyword": "возврат", "words": "возвратом", "how": "form"},
		{"keyword": "price", "words": "PRICE", "how": "exact"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestExplainTellsTheMoment(t *testing.T) {
	b := book(t, specRules)
	f := Facts{Now: time.Date(2026, 7, 1, 21, 30, 0, 0, time.UTC), Kind: chat.KindText, Automatic: earlier(wednesdayNoon, "menu keyword 1h")}
	e := b.Explain(b.Match("size"), f)
	if got := e.Local.Format("15:04"); got != "22:30" || e.Open || e.Before != 1 {
		t.Errorf("it is %s, open %v, after %d messages; want 22:30 in Lisbon's summer, closed, after 1", got, e.Open, e.Before)
	}
}

// The explanation is made by the decision itself: whatever comes, it tells what
// Decide does, and something of every rule.
func TestExplainDecidesAsDecideDoes(t *testing.T) {
	b := book(t, specRules)
	word := rapid.SampledFrom([]string{"size", "guide", "menu", "boots", "hats", "winter", "glove", "stop", "good", "полка"})
	button := rapid.SampledFrom([]Button{
		{}, {Action: ActionRule, Rule: "sizes"}, {Action: ActionRule, Rule: "gone"}, {Action: ActionStock, SKU: "BT-1"}, {Action: ActionStock, SKU: "SC-1"},
		{Action: ActionStock, SKU: "none"}, {Action: ActionOrder, Rule: "boots"}, {Action: ActionHandOver}, {Action: ActionSolved},
	})
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(rapid.Int64Range(1.7e9, 1.9e9).Draw(t, "now"), 0)
		level, last := rapid.IntRange(-1, 12).Draw(t, "level"), rapid.IntRange(NoVariant, 2).Draw(t, "last")
		f := Facts{
			Now: now, MessageAt: now.Add(-time.Duration(rapid.IntRange(0, 10).Draw(t, "age")) * time.Minute),
			Kind:         rapid.SampledFrom([]chat.Kind{chat.KindText, chat.KindText, chat.KindImage, chat.KindOrder, chat.KindReaction}).Draw(t, "kind"),
			FirstContact: rapid.Bool().Draw(t, "first"), LockHeld: rapid.IntRange(0, 9).Draw(t, "lock") == 0, OptedOut: rapid.IntRange(0, 9).Draw(t, "out") == 0,
			Stock:       func(string) (int, bool) { return level, level >= 0 },
			HasPicture:  func(string) bool { return level%2 == 0 },
			LastVariant: func(string) int { return last },
		}
		if pressed := button.Draw(t, "button"); pressed.Action != "" && rapid.Bool().Draw(t, "press") {
			f.Kind, f.ButtonID = chat.KindButton, ButtonID(0, pressed)
		}
		for i := range rapid.IntRange(0, 4).Draw(t, "before") {
			f.Automatic = append(f.Automatic, Sent{At: now.Add(time.Duration(i-9) * time.Hour), RuleID: "hi", Trigger: TriggerFirstContact})
		}
		m := b.Match(strings.Join(rapid.SliceOfN(word, 0, 4).Draw(t, "words"), " "))
		e := b.Explain(m, f)
		if diff := cmp.Diff(b.Decide(m, f), e.Decision); diff != "" {
			t.Fatalf("Decide (-) and Explain (+):\n%s", diff)
		}
		if len(e.Rules) != len(b.rules) {
			t.Fatalf("%d verdicts on %d rules", len(e.Rules), len(b.rules))
		}
		for i, v := range e.Rules {
			if v.RuleID != b.rules[i].id || len(v.Reasons) == 0 {
				t.Fatalf("rule %d: %+v", i, v)
			}
			answers := false
			for _, reply := range e.Decision.Replies {
				answers = answers || reply.RuleID == v.RuleID
			}
			said := fmt.Sprint(v.Reasons)
			if v.Answers != answers || answers && (!v.Matched || !strings.Contains(said, string(ReasonAnswers))) {
				t.Fatalf("%+v, and its reply is sent: %v", v, answers)
			}
		}
	})
}

func TestTry(t *testing.T) {
	b := book(t, specRules)
	noon := Trial{At: wednesdayNoon}
	with := func(change func(*Trial)) Trial {
		out := noon
		change(&out)
		return out
	}
	t.Run("tells what would be sent", func(t *testing.T) {
		e, err := b.Try(with(func(t *Trial) { t.Message, t.Stock = "boots", map[string]int{"bt-1": 3} }))
		if err != nil || len(e.Decision.Replies) != 1 || e.Decision.Replies[0].Text != "Pre-order: 3 left" {
			t.Errorf("%+v, %v", e.Decision, err)
		}
	})
	t.Run("takes a first contact as one", func(t *testing.T) {
		e, err := b.Try(with(func(t *Trial) { t.Message, t.First = "hello", true }))
		if err != nil || len(e.Decision.Replies) != 1 || e.Decision.Replies[0].RuleID != "hi" {
			t.Errorf("%+v, %v", e.Decision, err)
		}
	})
	t.Run("counts the messages before", func(t *testing.T) {
		for before, want := range []int{1, 1, 1, 0} {
			e, err := b.Try(with(func(t *Trial) { t.Message, t.Before = "size", before }))
			if err != nil || len(e.Decision.Replies) != want || (before == 1) != (want == 1 && offersPerson(e.Decision.Replies[0])) {
				t.Errorf("after %d: %+v, %v", before, e.Decision, err)
			}
		}
	})
	t.Run("presses a button of a reply", func(t *testing.T) {
		e, err := b.Try(with(func(t *Trial) { t.Message = "guide" }))
		if err != nil {
			t.Fatal(err)
		}
		id := e.Decision.Replies[0].Buttons[0].ID
		e, err = b.Try(with(func(t *Trial) { t.Button = id }))
		if err != nil || len(e.Decision.Replies) != 1 || e.Decision.Replies[0].RuleID != "sizes" {
			t.Errorf("%+v, %v", e.Decision, err)
		}
	})
	for field, trial := range map[string]Trial{
		"message": with(func(t *Trial) { t.Message = strings.Repeat("x", chat.MaxText+1) }),
		"at":      {},
		"button":  with(func(t *Trial) { t.Button = "payload" }),
		"before":  with(func(t *Trial) { t.Before = MaxAutomatic + 1 }),
	} {
		t.Run("refuses a bad "+field, func(t *testing.T) {
			_, err := b.Try(trial)
			if fault, ok := errors.AsType[*TrialError](err); !ok || fault.Field != field || fault.Problem == "" {
				t.Errorf("error %v", err)
			}
		})
	}
}
