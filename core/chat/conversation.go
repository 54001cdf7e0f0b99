package chat

import "time"

// State of a conversation.
type State string

const (
	StateOpen     State = "open"
	StateResolved State = "resolved"
)

// TakeUpAgain is how long after resolving a new message continues the same
// conversation instead of starting another (kpi.md, "Conversation").
const TakeUpAgain = 12 * time.Hour

// How long a customer is silent after the last answer until the conversation counts
// as resolved by that (kpi.md, "Conversation"): one that was answered automatically
// only, and one in which a person answered.
const (
	SilenceAfterRule   = 2 * time.Hour
	SilenceAfterPerson = 72 * time.Hour
)

// Conversation is one matter between a contact and the shop on one channel. It
// carries what the list shows, kept in the same transaction as the messages, so
// that a page of the list is one indexed read.
type Conversation struct {
	ID         ConversationID
	Channel    ChannelID
	Contact    Contact
	State      State
	Department string
	AssignedTo int64 // staff.AgentID; lasting responsibility. 0: the pool
	// WaitingSince is the moment of the oldest inbound message nobody has
	// answered; zero while nobody waits.
	WaitingSince time.Time
	StartedAt    time.Time
	ResolvedAt   time.Time
	LastAt       time.Time // of the newest message
	// LastInbound is when the customer last wrote on this channel, in whichever
	// conversation: Meta's window is of a number and a person. Opens the windows.
	LastInbound time.Time
	PersonAt    time.Time // last answer by a person
	Question    string    // kind of question of the rule that matched first; empty: none did
	Rating      Rating
	GoesAt      time.Time // when the first scheduled answer leaves; zero: none is
	Preview     Preview
	Unread      int // inbound messages since somebody last opened it
	Lock        Lock
}

// Preview is the second line of a row in the list.
type Preview struct {
	Text   string // one line, at most PreviewRunes runes; empty of KindRevoked
	Kind   Kind
	Author Author
	Status Status // of our own last message
}

// PreviewRunes bounds Preview.Text. A row shows some forty; the rest is reserve.
const PreviewRunes = 120

// Reply windows, counted from the customer's last message.
const (
	MetaWindow = 24 * time.Hour // free-form messages; after it templates only (error 131047)
	ShopWindow = 48 * time.Hour // the shop's own: later costs more (mission M1)
)

// Window is what may be sent to a customer now, and until when.
type Window struct {
	MetaUntil time.Time // free-form replies until then
	ShopUntil time.Time // no surcharge until then
}

// WindowOf returns the windows that a customer's last message opened. The zero
// time gives closed windows.
func WindowOf(lastInbound time.Time) Window {
	if lastInbound.IsZero() {
		return Window{}
	}
	return Window{MetaUntil: lastInbound.Add(MetaWindow), ShopUntil: lastInbound.Add(ShopWindow)}
}

// Open reports whether Meta takes a free-form message at now.
func (w Window) Open(now time.Time) bool { return now.Before(w.MetaUntil) }

// LockFor is how long a conversation stays with the person who opened it to
// answer; each action renews it (mission T5, 5-15 minutes).
const LockFor = 7 * time.Minute

// Lock is the right to send in a conversation.
type Lock struct {
	Holder     int64 // staff.AgentID; 0: free
	HolderName string
	Until      time.Time
}

// HeldBy reports whether agent holds the lock at now.
func (l Lock) HeldBy(agent int64, now time.Time) bool {
	return l.Holder != 0 && l.Holder == agent && now.Before(l.Until)
}

// Held reports whether anybody holds the lock at now.
func (l Lock) Held(now time.Time) bool { return l.Holder != 0 && now.Before(l.Until) }
