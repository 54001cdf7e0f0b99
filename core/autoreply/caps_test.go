package autoreply

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/core/chat"
)

// broken returns what is wrong with a decision by the hard limits of A3, A4, A9
// and Meta's rules for buttons, "" for nothing.
func broken(d Decision) string {
	if len(d.Replies) > 2 {
		return fmt.Sprintf("%d replies", len(d.Replies))
	}
	for _, r := range d.Replies {
		if n := chat.Units(r.Text); n > MaxText || strings.TrimSpace(r.Text) == "" {
			return fmt.Sprintf("a text of %d units: %q", n, r.Text)
		}
		if r.Link != nil && len(r.Buttons) > 0 {
			return "a link beside buttons"
		}
		if len(r.Buttons) > MaxButtons {
			return fmt.Sprintf("%d buttons", len(r.Buttons))
		}
		seen := map[string]bool{}
		for _, b := range r.Buttons {
			if n := chat.Units(b.Title); n < 1 || n > MaxTitle {
				return fmt.Sprintf("the title %q", b.Title)
			}
			if n := chat.Units(b.ID); n < 1 || n > maxButtonID || strings.TrimSpace(b.ID) != b.ID {
				return fmt.Sprintf("the id %q", b.ID)
			}
			if seen["title "+b.Title] || seen["id "+b.ID] {
				return fmt.Sprintf("two buttons %v alike", b)
			}
			seen["title "+b.Title], seen["id "+b.ID] = true, true
		}
	}
	if d.Answered && len(d.Replies) == 0 {
		return "answered without a reply"
	}
	return ""
}

// capRules has every trigger, rules with one and with several variants, and all
// kinds of button.
const capRules = `{"version": 1, "timezone": "Europe/Lisbon", "open": [{"from": "09:00", "to": "18:00"}], "rules": [
  {"id": "hi", "name": "Hi", "trigger": "first_contact", "replies": [{"text": "Hi {name}"}, {"text": "Hello {name}", "buttons": [{"title": "A", "action": "rule", "rule": "a"}]}]},
  {"id": "a", "name": "A", "trigger": "keyword", "keywords": ["alpha"], "replies": [{"text": "a0"}, {"text": "a1, {name}"}, {"text": "a2"}]},
  {"id": "b", "name": "B", "trigger": "keyword", "keywords": ["beta", "bravo"], "order_text": "ordered", "replies": [{"text": "b0", "buttons": [
    {"title": "A", "action": "rule", "rule": "a"}, {"title": "Order", "action": "order"}, {"title": "Solved", "action": "solved"}]}, {"text": "b1"}]},
  {"id": "c", "name": "C", "trigger": "keyword", "keywords": ["gamma"], "replies": [{"text": "c0", "buttons": [{"title": "Site", "action": "link", "url": "https://example.com"}]}]},
  {"id": "few", "name": "Few", "trigger": "keyword", "keywords": ["delta"], "stock": {"sku": "S", "below": 5, "text": "only {stock}"},
   "replies": [{"text": "{stock} here", "buttons": [{"title": "How many?", "action": "stock", "sku": "S"}]}, {"text": "many", "picture": "p.jpg"}]},
  {"id": "day", "name": "Day", "trigger": "keyword", "keywords": ["alpha"], "when": [{"from": "10:00", "to": "12:00"}], "replies": [{"text": "d0"}, {"text": "d1"}]},
  {"id": "off", "name": "Off", "trigger": "off_hours", "min_interval": "6h", "replies": [{"text": "closed 0"}, {"text": "closed 1"}]}]}`

// A stream of messages of one customer, on a clock that jumps both ways.
func TestTheHardLimitsHoldOverAnyStream(t *testing.T) {
	b := book(t, capRules)
	variants := map[string]int{"hi": 2, "a": 3, "b": 2, "c": 1, "few": 2, "day": 2, "off": 2}
	text := rapid.SampledFrom([]string{"alpha", "beta", "bravo beta", "gamma", "alpha gamma", "hello", "", "stop", "alpha beta gamma", "delta"})
	// Mostly minutes, sometimes hours, now and then a clock set wrong or right.
	step := rapid.OneOf(
		rapid.Int64Range(0, int64(20*time.Minute)), rapid.Int64Range(0, int64(9*time.Hour)),
		rapid.Int64Range(-int64(72*time.Hour), int64(72*time.Hour)))
	// Mostly just written, sometimes about as old as may be answered, or from a clock ahead.
	age := rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(int64(MaxAge-time.Second), int64(MaxAge+time.Second)), rapid.Int64Range(-int64(time.Hour), int64(30*time.Hour)))
	levels := rapid.Map(rapid.IntRange(-1, 9), func(n int) func(string) (int, bool) {
		return func(string) (int, bool) { return n, n >= 0 }
	})
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 10, 24, 12, 0, 0, 0, time.UTC)
		var (
			sent []Sent
			ids  []string
		)
		for i := range rapid.IntRange(1, 60).Draw(t, "messages") {
			now = now.Add(time.Duration(step.Draw(t, "step")))
			f := Facts{
				Now: now, MessageAt: now.Add(-time.Duration(age.Draw(t, "age"))), Kind: chat.KindText, FirstContact: i == 0,
				Stock:     levels.Draw(t, "stock"),
				FirstName: rapid.SampledFrom([]string{"", "Ana", strings.Repeat("n", 300)}).Draw(t, "name"),
				Pick:      func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "pick") },
				LastVariant: func(rule string) int {
					for _, s := range slices.Backward(sent) {
						if s.RuleID == rule && s.Variant != NoVariant {
							return s.Variant
						}
					}
					return NoVariant
				},
			}
			for _, s := range sent {
				if s.At.After(now.Add(-b.History())) {
					f.Automatic = append(f.Automatic, s)
				}
			}
			if len(ids) > 0 && rapid.Bool().Draw(t, "press") {
				f.Kind, f.ButtonID = chat.KindButton, rapid.SampledFrom(ids).Draw(t, "id")
			}
			d := b.Decide(b.Match(text.Draw(t, "text")), f)
			if fault := broken(d); fault != "" {
				t.Fatal(fault)
			}
			if limit := map[bool]time.Duration{false: MaxAge, true: ButtonMaxAge}[f.ButtonID != ""]; len(d.Replies) > 0 && f.Now.Sub(f.MessageAt) > limit {
				t.Fatalf("a message of %v is answered", f.Now.Sub(f.MessageAt))
			}
			for _, r := range d.Replies {
				if sinceDayBefore(sent, now) == 1 && !offersPerson(r) {
					t.Fatalf("the second automatic message offers no person: %+v", r)
				}
				// One variant is left where no other can be sent, each with its reason.
				if last := f.LastVariant(r.RuleID); r.Variant != NoVariant && r.Variant == last && variants[r.RuleID] > 1+unsendable(d, r.RuleID) {
					t.Fatalf("variant %d of %s twice in a row", last, r.RuleID)
				}
				for _, button := range r.Buttons {
					ids = append(ids, button.ID)
				}
				sent = append(sent, Sent{At: now, RuleID: r.RuleID, Trigger: r.Trigger, Variant: r.Variant})
			}
			for _, s := range sent {
				if n := within24h(sent, s.At); n > MaxAutomatic {
					t.Fatalf("%d automatic messages in the 24 h before %v", n, s.At)
				}
			}
		}
		for i, s := range sent {
			for _, other := range sent[:i] {
				if gap := s.At.Sub(other.At).Abs(); s.Trigger == TriggerOffHours && other.Trigger == TriggerOffHours && gap < 6*time.Hour {
					t.Fatalf("two off-hours replies %v apart", gap)
				}
			}
		}
	})
}

// unsendable counts the variants of a rule that a decision left out.
func unsendable(d Decision, rule string) (n int) {
	for _, r := range d.Reasons {
		if r.RuleID == rule && (r.Code == ReasonNoStock || r.Code == ReasonNoFit || r.Code == ReasonPicture) {
			n++
		}
	}
	return n
}

// sinceDayBefore counts what the cap counts at t: also what lies after it.
func sinceDayBefore(sent []Sent, t time.Time) (n int) {
	for _, s := range sent {
		if s.At.After(t.Add(-CapWindow)) {
			n++
		}
	}
	return n
}

// within24h counts the messages of the 24 h that end at t.
func within24h(sent []Sent, t time.Time) (n int) {
	for _, s := range sent {
		if s.At.After(t.Add(-CapWindow)) && !s.At.After(t) {
			n++
		}
	}
	return n
}

func TestVariantsDoNotRepeat(t *testing.T) {
	b := book(t, shopRules)
	facts := Facts{Now: wednesdayNoon, Pick: func(n int) int { return n - 1 }}
	send := func(f Facts) int { return b.Decide(b.Match("delivery"), f).Replies[0].Variant }
	if got := send(facts); got != 2 {
		t.Fatalf("the first is variant %d, want the picked 2", got)
	}
	t.Run("the last one is asked for", func(t *testing.T) {
		f := facts
		f.LastVariant = func(rule string) int {
			if rule != "delivery" {
				t.Errorf("asked for %q", rule)
			}
			return 2
		}
		if got := send(f); got != 1 {
			t.Errorf("variant %d, want 1", got)
		}
	})
	t.Run("or read from the messages of the past", func(t *testing.T) {
		f := facts
		f.Automatic = []Sent{{At: wednesdayNoon.Add(-2 * time.Hour), RuleID: "delivery", Variant: 2}, {At: wednesdayNoon.Add(-time.Hour), RuleID: "delivery", Variant: NoVariant}}
		if got := send(f); got != 1 {
			t.Errorf("variant %d, want 1", got)
		}
	})
	t.Run("a variant that is no more excludes none", func(t *testing.T) {
		f := facts
		f.LastVariant = func(string) int { return 7 }
		if got := send(f); got != 2 {
			t.Errorf("variant %d, want 2", got)
		}
	})
	t.Run("a wrong pick is held to what there is", func(t *testing.T) {
		f := facts
		f.Pick = func(n int) int { return n }
		if got := send(f); got != 2 {
			t.Errorf("variant %d, want 2", got)
		}
	})
}

// Whatever comes from outside, no decision breaks a hard limit.
func FuzzDecide(f *testing.F) {
	f.Add("delivery", "Ana", "Bell", "", int64(0), uint8(0))
	f.Add("ДОСТАВКА price", "\u202eимя", strings.Repeat("s", 300), "sb1:0:rule:delivery", int64(time.Hour), uint8(5))
	f.Add("stop", "", "", "sb1:2:order:sneakers", int64(-time.Hour), uint8(0xff))
	f.Add("site", "{shop}", "{name}", "sb1:1:stock:SN-1", int64(25*time.Hour), uint8(2))
	b := book(f, shopRules)
	f.Fuzz(func(t *testing.T, text, name, shop, button string, age int64, flags uint8) {
		facts := Facts{
			Now: wednesdayNight, MessageAt: wednesdayNight.Add(-time.Duration(age)), Kind: chat.KindText, ButtonID: button,
			FirstContact: flags&1 != 0, LockHeld: flags&2 != 0, OptedOut: flags&4 != 0, FirstName: name, Shop: shop,
			Pick: func(n int) int { return int(flags) % n },
		}
		for i := range int(flags>>3) % 5 {
			facts.Automatic = append(facts.Automatic, Sent{At: wednesdayNight.Add(-time.Duration(i) * time.Hour), RuleID: "delivery", Trigger: TriggerKeyword})
		}
		d := b.Decide(b.Match(text), facts)
		if fault := broken(d); fault != "" {
			t.Fatal(fault)
		}
		if len(facts.Automatic)+len(d.Replies) > max(MaxAutomatic, len(facts.Automatic)) {
			t.Fatalf("%d replies after %d", len(d.Replies), len(facts.Automatic))
		}
		if facts.OptedOut && len(d.Replies) > 0 {
			t.Fatal("an automatic message to somebody who opted out")
		}
		if len(d.Reasons) == 0 {
			t.Fatal("a decision without a reason")
		}
	})
}

// offersPerson reports whether a reply leads to a person, by a button or a line.
func offersPerson(r Reply) bool {
	for _, b := range r.Buttons {
		if action, ok := ParseButtonID(b.ID); ok && action.Action == ActionHandOver {
			return true
		}
	}
	for _, o := range own {
		if strings.Contains(r.Text, o.line) {
			return true
		}
	}
	return false
}
