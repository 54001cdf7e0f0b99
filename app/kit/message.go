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
	TroubleNone      Trouble = iota
	TroubleFailed            // refused for good
	TroubleUnknown           // may or may not have left: a person chooses
	TroubleScheduled         // none: it leaves at its moment
	TroubleAsks              // it leaves only when a person says so
)

// Choice is a button under a message of ours, as the customer sees it.
type Choice struct {
	Icon    look.IconName // an arrow for a link; empty for most
	Title   string
	Pressed bool // the customer pressed this one
}

// Message is a bubble. What is empty leaves its place out.
type Message struct {
	ID   string
	Side Side
	// LabelIcon, Label and Detail are the first line: "Automatic reply" in bold and
	// "rule “Returns”" behind a dot. Without a Label, Detail stands alone.
	LabelIcon     look.IconName
	Label, Detail string
	Quote         Quote   // what it answers
	Content       Content // what it carries besides its text; nil for most
	Text          string
	Found         []Stretch // parts of Text that are marked: what a search found
	Strong        bool      // Text in bold: the title of a button that was tapped
	// Strange is set for what is not shown: Text says what came, Hint what to do,
	// and More, where it is not empty, is a word that calls OnAct with ActMore.
	Strange bool
	Hint    string // small, below the rest; also of a trouble
	More    string
	// Foot stands in the last line, opposite to the time: "Photo · 840 KB".
	FootIcon look.IconName
	Foot     string
	Aside    Aside
	Time     string
	Tick     Tick
	Choices  []Choice
	Deleted  bool // by its author; paler
	// Reactions stand on the lower edge: "👍 ❤️ 2".
	Reactions string

	Trouble Trouble
	Reason  string   // one line under the text; only with a trouble
	Actions []Action // "Try again"; "It arrived", "Send again"
}

// Quote is the message that another one answers.
type Quote struct {
	Key   string // of its entry; empty where it is not in the chat
	Title string // "Anna · 20 Nov"; empty: nothing is quoted
	Text  string // two lines of it are shown
}

// Aside is a small line under a message: what it said before, how long its file
// can still be had.
type Aside struct {
	Icon look.IconName
	Text string
	Warn bool
}

// Act is what a person does with what a message carries.
type Act uint8

// The acts.
const (
	ActOpen    Act = iota // show the file, the place or the ad
	ActSave               // keep a copy of the file
	ActFetch              // fetch the file now
	ActMore               // say more of a kind that is not shown
	ActQuoted             // go to the quoted message, which is not loaded
	ActPlay               // play the voice note, or stop
	ActSpeed              // play it faster, and after the fastest slower
	ActBack               // go back in it a little
	ActForward            // go on in it a little
	ActReply              // answer it
	ActCopy               // put its text on the clipboard
	ActReact              // choose an emoji for it
	ActPassOn             // send it to somebody else
)

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
	if !slices.Equal(ma.Choices, mb.Choices) || !slices.Equal(ma.Found, mb.Found) || !slices.EqualFunc(ma.Actions, mb.Actions, words) || !sameContent(ma.Content, mb.Content) {
		return false
	}
	return ma.ID == mb.ID && ma.Side == mb.Side && ma.LabelIcon == mb.LabelIcon && ma.Label == mb.Label && ma.Detail == mb.Detail &&
		ma.Quote == mb.Quote && ma.Text == mb.Text && ma.Strong == mb.Strong && ma.Strange == mb.Strange && ma.Hint == mb.Hint &&
		ma.More == mb.More && ma.FootIcon == mb.FootIcon && ma.Foot == mb.Foot && ma.Aside == mb.Aside && ma.Time == mb.Time &&
		ma.Tick == mb.Tick && ma.Deleted == mb.Deleted && ma.Reactions == mb.Reactions && ma.Trouble == mb.Trouble && ma.Reason == mb.Reason
}
