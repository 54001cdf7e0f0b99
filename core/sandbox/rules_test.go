package sandbox

import (
	"slices"
	"testing"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
)

// The starter rules must be such as the desk takes, without a warning, and must
// answer what the customers of stories.json ask first.
func TestStarterRules(t *testing.T) {
	file, warnings, err := autoreply.Parse(Rules)
	if err != nil {
		t.Fatal(err)
	}
	if len(warnings) > 0 {
		t.Errorf("warnings: %+v", warnings)
	}
	book, err := autoreply.Compile(file)
	if err != nil {
		t.Fatal(err)
	}
	open := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	decide := func(text string, first bool, at time.Time) autoreply.Decision {
		return book.Decide(book.Match(text), autoreply.Facts{Now: at, MessageAt: at, Kind: chat.KindText, FirstContact: first})
	}
	c, err := loadCast()
	if err != nil {
		t.Fatal(err)
	}
	topics := map[string]map[string]bool{}
	for _, st := range c.Stories {
		if topics[st.Language] == nil {
			topics[st.Language] = map[string]bool{}
		}
		topics[st.Language][st.Topic] = true
		for _, way := range st.Turns[0] {
			d := decide(way.Text, false, open)
			switch st.Topic {
			case "complaint": // for people, not for a ready answer
				if len(d.Replies) != 0 {
					t.Errorf("complaint %q is answered: %+v", way.Text, d.Replies)
				}
			case "stock": // some of each
			default:
				if len(d.Replies) != 1 || !d.Answered {
					t.Errorf("%q is not answered: %+v", way.Text, d.Replies)
				}
			}
		}
	}
	for _, language := range []string{"ru", "en", "pt"} {
		if len(topics[language]) < 4 {
			t.Errorf("%d topics in %q, want 4 or more", len(topics[language]), language)
		}
	}
	t.Run("the first message is greeted with buttons", func(t *testing.T) {
		d := decide("👋", true, open)
		if len(d.Replies) != 1 || d.Replies[0].RuleID != "welcome" || len(d.Replies[0].Buttons) != 3 {
			t.Errorf("replies = %+v", d.Replies)
		}
	})
	t.Run("at night the shop says when it opens", func(t *testing.T) {
		d := decide("👋", false, open.Add(14*time.Hour))
		if len(d.Replies) != 1 || d.Replies[0].RuleID != "closed" {
			t.Errorf("replies = %+v", d.Replies)
		}
	})
}

func TestCast(t *testing.T) {
	c, err := loadCast()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Customers) < 12 {
		t.Errorf("%d customers", len(c.Customers))
	}
	seen := map[string]bool{}
	hidden := 0
	for _, who := range c.Customers {
		if who.Phone == "" {
			hidden++
		} else if !fictional(who.Phone) {
			t.Errorf("%s has %s, which may be somebody's phone", who.Name, who.Phone)
		}
		for _, address := range []string{who.Phone, who.UserID} {
			if address != "" && seen[address] {
				t.Errorf("%s stands twice", address)
			}
			seen[address] = true
		}
	}
	if hidden == 0 {
		t.Error("nobody hides the phone")
	}
	for _, st := range c.Stories {
		for _, way := range slices.Concat(st.Turns...) {
			limit := chat.MaxText
			if way.Send != "" {
				limit = chat.MaxCaption
			}
			if n := chat.Units(way.Text); n == 0 && way.Send == "" || n > limit {
				t.Errorf("%+v cannot be said", way)
			}
		}
	}
}

// fictional reports whether a phone lies in a range set aside for invented
// numbers: Ofcom 07700 900xxx, NANP 555-01xx, Arcep 06 39 98 xx xx.
func fictional(phone string) bool {
	switch {
	case len(phone) == 12 && phone[:9] == "447700900":
		return true
	case len(phone) == 11 && phone[0] == '1' && phone[4:9] == "55501":
		return true
	case len(phone) == 11 && phone[:7] == "3363998":
		return true
	}
	return false
}
