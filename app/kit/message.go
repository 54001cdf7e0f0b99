package kit

import (
	"slices"

	"shopbell/app/look"
)

// Entry is one thing in a thread: a Message, a Note, a Pill or a Day.
type Entry interface {
	// Key tells entries of one thread apart and stays the same while an entry
	// changes (a message that is read later).
	Key() string
}

// Side is whose message it is.
type Side uint8

// The sides.
const (
	Theirs Side = iota // the customer's, at the left
	Ours               // at the right
)

// Tick is how far a message of ours has come. The shapes differ, not only the
// colours.
type Tick uint8

// The ticks.
const (
	TickNone    Tick = iota
	TickWaiting      // a clock: not yet accepted
	TickSent         // one check
	TickDelivered
	TickRead // two checks in Primary
)

// Trouble is what is wrong with a message.
type Trouble uint8

// The troubles.
const (
	TroubleNone    Trouble = iota
	TroubleFailed          // refused for good
	TroubleUnknown         // may or may not have left: a person chooses
)

// Choice is a button under a message of ours, as the customer sees it.
type Choice struct {
	Title   string
	Pressed bool // the customer pressed this one
}

// Message is a bubble.
type Message struct {
	ID   string
	Side Side
	// Label and Detail are the first line of an automatic reply: "Automatic
	// reply" in bold and "rule “Returns”" behind a dot. Empty for all others.
	Label, Detail string
	Text          string
	// Strange is set for a kind of message that is not shown yet: Text says so
	// and is paler, with an icon.
	Strange bool
	Time    string
	Tick    Tick
	Choices []Choice

	Trouble Trouble
	Reason  string   // one line under the text; only with a trouble
	Actions []Action // "Try again"; "It arrived", "It did not"
}

// Key implements Entry.
func (m Message) Key() string { return m.ID }

// Note is a word among the team, over the whole width.
type Note struct {
	ID    string
	Title string // "Note · only your team sees this"
	By    string // "Pedro · 14:03"
	Text  string
}

// Key implements Entry.
func (n Note) Key() string { return n.ID }

// Pill is a line of the desk's own, centred: routed, resolved, limit reached.
type Pill struct {
	ID   string
	Icon look.IconName
	Text string
	Time string
}

// Key implements Entry.
func (p Pill) Key() string { return p.ID }

// Day is the date between two days.
type Day struct {
	ID   string // the date: unique in the thread
	Text string
}

// Key implements Entry.
func (d Day) Key() string { return "day " + d.ID }

// sameEntry reports whether two entries look alike. Actions are compared by
// their words: what they call may be made anew at each refresh.
func sameEntry(a, b Entry) bool {
	ma, ok := a.(Message)
	if !ok {
		return a == b
	}
	mb, ok := b.(Message)
	if !ok {
		return false
	}
	words := func(x, y Action) bool { return x.Text == y.Text }
	if !slices.Equal(ma.Choices, mb.Choices) || !slices.EqualFunc(ma.Actions, mb.Actions, words) {
		return false
	}
	return ma.ID == mb.ID && ma.Side == mb.Side && ma.Label == mb.Label && ma.Detail == mb.Detail &&
		ma.Text == mb.Text && ma.Strange == mb.Strange && ma.Time == mb.Time && ma.Tick == mb.Tick &&
		ma.Trouble == mb.Trouble && ma.Reason == mb.Reason
}
