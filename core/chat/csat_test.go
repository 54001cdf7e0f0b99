package chat_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/core/chat"
)

func TestAMessageIsAScoreWhereItSaysNothingElse(t *testing.T) {
	for text, want := range map[string]int{
		"5": 5, " 4 ": 4, "1.": 1, "3!": 3, "5/5": 5, "2 / 5": 0, "5⭐": 5, "⭐⭐⭐⭐": 4, "⭐ ⭐ ⭐": 3, "★★★★★": 5, "4 ★★★★": 4,
		"5️⃣": 5, "⭐️⭐️": 2, "🌟": 1,
		"": 0, "0": 0, "6": 0, "10": 0, "+5": 0, "05": 0, "-1": 0, "٥": 0, "4 ★★★": 0, "★★★★★★": 0, "5 pairs": 0, "5 thanks": 0,
		"size 5": 0, "5?": 0, "★ 5": 0, "4/10": 0, "/5": 0, "5 5": 0, "five": 0,
	} {
		if got, ok := chat.TypedScore(text); ok != (want > 0) || ok && got != want {
			t.Errorf("%q is %d (%t), want %d", text, got, ok, want)
		}
	}
}

func TestEachRowOfTheListIsItsScore(t *testing.T) {
	list := chat.RatingList()
	if chat.Units(list.Button) > chat.MaxListButton || len(list.Sections) != 1 || len(list.Sections[0].Rows) != chat.MaxScore {
		t.Fatalf("the list is %+v", list)
	}
	for i, row := range list.Sections[0].Rows {
		want := chat.MaxScore - i
		if got, ok := chat.ChosenScore(row.ID); !ok || got != want {
			t.Errorf("the row %q is %d (%t), want %d", row.Title, got, ok, want)
		}
		if got, ok := chat.TypedScore(row.Title); !ok || got != want {
			t.Errorf("who types %q says %d (%t), want %d", row.Title, got, ok, want)
		}
		if chat.Units(row.Title) > chat.MaxListTitle {
			t.Errorf("the row %q is too long for Meta", row.Title)
		}
	}
	for _, id := range []string{"", "5", "sb1:0:solved:", "sbr1:", "sbr1:0", "sbr1:6", "sbr1:55", "sbr2:5"} {
		if got, ok := chat.ChosenScore(id); ok {
			t.Errorf("the id %q is the score %d", id, got)
		}
	}
}

func TestWhateverIsTypedIsAScoreOfOneToFiveOrNone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("0123456 /.!★⭐🌟\ufe0f\u20e3-+x"))).Draw(t, "text")
		if got, ok := chat.TypedScore(text); ok && (got < 1 || got > chat.MaxScore) {
			t.Errorf("%q is %d", text, got)
		}
	})
}

func TestACustomerIsAskedOnceAndWhereItIsFreeAndWanted(t *testing.T) {
	now := time.Date(2026, 11, 24, 13, 40, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		change func(v *chat.Conversation)
		want   bool
	}{
		"resolved within the window":         {func(*chat.Conversation) {}, true},
		"open again":                         {func(v *chat.Conversation) { v.State = chat.StateOpen }, false},
		"asked already":                      {func(v *chat.Conversation) { v.Rating.Asked = now.Add(-time.Hour) }, false},
		"opted out":                          {func(v *chat.Conversation) { v.Contact.OptedOut = true }, false},
		"blocked":                            {func(v *chat.Conversation) { v.Contact.Blocked = true }, false},
		"the window ends now":                {func(v *chat.Conversation) { v.LastInbound = now.Add(-chat.MetaWindow) }, false},
		"the customer never wrote":           {func(v *chat.Conversation) { v.LastInbound = time.Time{} }, false},
		"the last second of the free window": {func(v *chat.Conversation) { v.LastInbound = now.Add(time.Second - chat.MetaWindow) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			v := chat.Conversation{State: chat.StateResolved, LastInbound: now.Add(-time.Minute)}
			tc.change(&v)
			if got := v.MayAskRating(now); got != tc.want {
				t.Errorf("may be asked: %t, want %t", got, tc.want)
			}
		})
	}
}
