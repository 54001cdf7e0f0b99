package autoreply

import (
	"fmt"
	"time"

	"shopbell/core/chat"
)

// Trial is a message that nobody sent, for "Try it" (mission A10).
type Trial struct {
	Message string    // what the customer writes; at most chat.MaxText units
	At      time.Time // when it arrives
	First   bool      // it is the customer's first ever
	// Button is the id of a pressed button, as Reply.Buttons has it; "" for none.
	Button string
	// Before is how many automatic messages the customer got in the hour before.
	Before int
	// Stock are the levels, by article in any letter case; the others are not known.
	Stock map[string]int

	FirstName, Shop string // for {name} and {shop}; may be empty
	Department      string // where the conversation stands
}

// TrialError says what of a Trial makes no sense.
type TrialError struct {
	Field   string // message, at, button or before
	Limit   int    // the limit it breaks, 0 where there is none
	Problem string // for developers, in English
}

func (e *TrialError) Error() string { return "trial: " + e.Field + " " + e.Problem }

// Try explains what would answer a message, and changes nothing. Of several
// variants it takes the first. The error is a *TrialError.
func (b *Book) Try(t Trial) (Explanation, error) {
	switch n := chat.Units(t.Message); {
	case n > chat.MaxText:
		return Explanation{}, &TrialError{"message", chat.MaxText, fmt.Sprintf("has %d characters, WhatsApp takes %d: shorten it", n, chat.MaxText)}
	case t.At.IsZero():
		return Explanation{}, &TrialError{"at", 0, "is missing: say when the message arrives"}
	case t.Before < 0 || t.Before > MaxAutomatic:
		return Explanation{}, &TrialError{"before", MaxAutomatic, fmt.Sprintf("is %d: write 0 to %d", t.Before, MaxAutomatic)}
	}
	f := Facts{
		Now: t.At, MessageAt: t.At, Kind: chat.KindText, FirstContact: t.First, FirstName: t.FirstName, Shop: t.Shop, Department: t.Department,
	}
	levels := make(map[string]int, len(t.Stock))
	for sku, level := range t.Stock {
		levels[fold(sku)] = level
	}
	f.Stock = func(sku string) (int, bool) {
		level, known := levels[fold(sku)]
		return level, known
	}
	if t.Button != "" {
		if _, ok := ParseButtonID(t.Button); !ok {
			return Explanation{}, &TrialError{"button", 0, fmt.Sprintf("%q is no id of a button: write one as a reply shows it, such as %q",
				t.Button, ButtonID(0, Button{Action: ActionHandOver}))}
		}
		f.Kind, f.ButtonID = chat.KindButton, t.Button
	}
	for i := range t.Before {
		f.Automatic = append(f.Automatic, Sent{At: t.At.Add(time.Duration(i-t.Before) * time.Minute), Variant: NoVariant})
	}
	return b.Explain(b.Match(t.Message), f), nil
}
