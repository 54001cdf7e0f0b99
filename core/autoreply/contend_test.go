package autoreply_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
)

// contending is a shop whose rules share words.
func contending() autoreply.File {
	keyword := func(id string, enabled bool, when []autoreply.Window, keywords ...string) autoreply.Rule {
		return autoreply.Rule{
			ID: id, Name: id, Trigger: autoreply.TriggerKeyword, Enabled: enabled, Keywords: keywords, When: when,
			Replies: []autoreply.Variant{{Text: id}},
		}
	}
	low := keyword("low", true, nil, "boots")
	low.Replies, low.Stock = nil, &autoreply.Stock{SKU: "BT", Below: 5, Text: "few"}
	return autoreply.File{Version: 1, Rules: []autoreply.Rule{
		keyword("size", true, nil, "small", "size"),
		keyword("return", true, nil, "small", "return"),
		keyword("off", false, nil, "return", "small", "size", "boots"),
		keyword("lunch", true, []autoreply.Window{{From: "11:00", To: "13:00"}}, "boots", "menu"),
		low,
	}}
}

func TestContendersStandInTheOrderInWhichTheyAreAsked(t *testing.T) {
	book, err := autoreply.Compile(contending())
	if err != nil {
		t.Fatal(err)
	}
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name, text string
		at         time.Time
		want       []string
	}{
		{"none for a stranger", "good morning", noon, nil},
		{"the upper one before the lower of the same score", "too small", noon, []string{"size", "return", "off"}},
		{"more keywords first", "small, i return it", noon, []string{"return", "off", "size"}},
		{"one whose window holds before all", "small boots", noon, []string{"lunch", "off", "size", "return", "low"}},
		{"one whose window does not hold last", "small boots", noon.Add(-4 * time.Hour), []string{"off", "size", "return", "low", "lunch"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, x := range book.Contenders(book.Match(c.text), autoreply.Facts{Now: c.at}) {
				got = append(got, x.RuleID)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("the order is %v, want %v", got, c.want)
			}
		})
	}
	t.Run("a keyword says in which words it was found", func(t *testing.T) {
		list := book.Contenders(book.Match("it is smalll"), autoreply.Facts{Now: noon})
		if len(list) == 0 || len(list[0].Found) != 1 {
			t.Fatalf("the contenders are %+v", list)
		}
		if f := list[0].Found[0]; f.Keyword != "small" || f.Words[0] != "smalll" || f.Start != 6 || f.End != 12 || list[0].Score != 1 {
			t.Errorf("found %+v with score %d", f, list[0].Score)
		}
	})
	t.Run("a rule that answers below a level only has no reply above it", func(t *testing.T) {
		for level, replies := range map[int]bool{4: true, 5: false} {
			list := book.Contenders(book.Match("boots"), autoreply.Facts{Now: noon, Stock: func(string) (int, bool) { return level, true }})
			i := slices.IndexFunc(list, func(c autoreply.Contender) bool { return c.RuleID == "low" })
			if list[i].Replies != replies {
				t.Errorf("at a level of %d: replies is %v", level, list[i].Replies)
			}
		}
	})
}

func TestTheFirstContenderThatCanAnswerIsTheOneThatDecideTakes(t *testing.T) {
	book, err := autoreply.Compile(contending())
	if err != nil {
		t.Fatal(err)
	}
	vocabulary := []string{"small", "size", "return", "boots", "menu", "sizes", "the", "retrun"}
	start := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		text := ""
		for _, w := range rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 6).Draw(t, "words") {
			text += w + " "
		}
		f := autoreply.Facts{Now: start.Add(time.Duration(rapid.IntRange(0, 24*60-1).Draw(t, "minute")) * time.Minute), Kind: chat.KindText}
		level := rapid.IntRange(0, 9).Draw(t, "level")
		f.Stock = func(string) (int, bool) { return level, true }
		want := ""
		for _, c := range book.Contenders(book.Match(text), f) {
			if c.Enabled && c.Now && c.Replies {
				want = c.RuleID
				break
			}
		}
		got := ""
		if d := book.Decide(book.Match(text), f); d.Answered {
			got = d.Replies[0].RuleID
		}
		if got != want {
			t.Fatalf("%q at %v: %q answers, the first contender is %q", text, f.Now, got, want)
		}
	})
}
