// Package desk is the contract between the screens and the shop: what a person
// can see and do. core/host implements it; a screen never knows whether the
// desk is in this process or on another machine.
//
// Every call has an Actor and may be remote, slow or refused, so every call
// takes a context and returns an error. Errors are *Error with a Code; a screen
// turns the code into a sentence (app/locale) and never shows Err.
package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"shopbell/core/chat"
	"shopbell/core/staff"
)

// Actor is the person on whose behalf a call is made.
type Actor struct {
	Agent staff.AgentID
	Role  staff.Role
	Name  string
}

// Service is the whole desk. Screens ask for the role interfaces they need.
// Safe for use by many goroutines.
type Service interface {
	Inbox
	Notes
	QuickReplies
	Customers
	ContactFiles
	Schedule
	Ratings
	Files
	Setup
	Connection
	Shop
	Stock
	Rules
	PastChats
	Search
	// Subscribe returns events from now on. The channel is closed when ctx ends,
	// when the desk closes, or when the reader fell so far behind that events
	// were dropped: then subscribe again and reload what is shown.
	Subscribe(ctx context.Context) <-chan Event
}

// Filter chooses a page of the inbox.
type Filter string

const (
	FilterMine     Filter = "mine"     // locked by or assigned to the actor
	FilterWaiting  Filter = "waiting"  // the customer waits for an answer
	FilterAll      Filter = "all"      // all open conversations
	FilterResolved Filter = "resolved" // newest first
	// FilterClosing: the customer waits, and Meta's window ends within ClosingSoon;
	// what ends first on top.
	FilterClosing Filter = "closing"
)

// ListQuery asks for one page of conversations. Waiting ones come first, the
// longest wait on top; the others follow, newest first. Resolved: newest first.
type ListQuery struct {
	Filter Filter
	// Search matches the beginning of any word of the contact's name, the user
	// name, and any run of 3 digits or more within the phone. Empty: everyone. At
	// most MaxSearchWords words.
	Search string
	// After is the Cursor of the page before; empty: the first page.
	After string
	Limit int // 1..MaxListPage; 0 means 50
}

// MaxListPage is how many rows a page of the inbox has at most.
const MaxListPage = 200

// MaxSearchWords bounds a search: each word is looked for in every row.
const MaxSearchWords = 10

// ListPage is one page of the inbox. Next is empty on the last one.
type ListPage struct {
	Rows []chat.Conversation
	Next string
}

// Counts are the numbers on the filters and the badge of the rail.
type Counts struct {
	Mine, Waiting, All, Resolved, Closing int
}

// ChatPage is a stretch of one conversation with its contact's messages, oldest
// first. Earlier conversations of the same contact and channel are part of it.
type ChatPage struct {
	Conversation chat.Conversation
	Messages     []chat.Message
	// Older is the cursor for what came before; zero when there is nothing.
	Older chat.MessageID
}

// Draft is what an agent has typed and not sent.
type Draft struct {
	Text string
	At   time.Time
}

// Inbox is what a person does with conversations.
type Inbox interface {
	// List needs SeeConversations. A Search or Cursor that makes no sense gives
	// Invalid.
	List(ctx context.Context, who Actor, q ListQuery) (ListPage, error)
	// Counts needs SeeConversations.
	Counts(ctx context.Context, who Actor) (Counts, error)
	// Conversation returns one row, as List would show it. NotFound.
	Conversation(ctx context.Context, who Actor, id chat.ConversationID) (chat.Conversation, error)
	// Chat returns up to limit (1..500, 0 means 60) messages older than before
	// (0: the newest). Reading takes no lock. NotFound.
	Chat(ctx context.Context, who Actor, id chat.ConversationID, before chat.MessageID, limit int) (ChatPage, error)
	// Message returns one message as it stands now. NotFound.
	Message(ctx context.Context, who Actor, id chat.MessageID) (chat.Message, error)
	// Take opens a conversation to answer it: all of it is seen, as by Seen, and the
	// lock taken for chat.LockFor, or renewed. LockedByOther with the holder in the
	// returned row; the row is valid with that error. May be called often.
	Take(ctx context.Context, who Actor, id chat.ConversationID) (chat.Conversation, error)
	// Seen says that the person has the chat open and in view down to a message: what
	// stands up to there is unread no more, and the customer is told that it was read
	// (Shop.Receipts). It takes no lock. Needs Answer. NotFound, also of a message
	// that is not in the chat. May be called often.
	Seen(ctx context.Context, who Actor, id chat.ConversationID, upTo chat.MessageID) error
	// Typing says that the person writes an answer: the customer sees it for 25 s
	// (Cloud API), at best; it is told at most every 20 s. LockedByOther; it takes no
	// lock. Needs Answer. May be called with each key.
	Typing(ctx context.Context, who Actor, id chat.ConversationID) error
	// LetGo gives the lock back. Not holding it is no error.
	LetGo(ctx context.Context, who Actor, id chat.ConversationID) error
	// Send puts one answer into the outbox, renews the lock and clears the draft
	// (but see Answer.KeepDraft), in one transaction. Token makes it safe to call again after a lost answer:
	// the same token in one conversation is one message. A free lock is taken.
	// LockedByOther, Invalid (Field says what: empty, over a limit of Meta's, "hold",
	// "at"), NotFound (no such file, message to quote or template; a message that its author
	// took back is none to quote), WindowClosed for all but a template, of a scheduled
	// answer also where the window ends before its moment.
	Send(ctx context.Context, who Actor, id chat.ConversationID, a Answer, token string) (chat.MessageID, error)
	// Retry sends a failed or expired message again as a new attempt.
	// Conflict when it is in another state or was written on the phone, WindowClosed.
	Retry(ctx context.Context, who Actor, id chat.MessageID) error
	// Settle decides an unknown message: left is true when the person knows that
	// it reached the customer, false when it did not (it becomes failed and may
	// be retried). Conflict when it is not unknown any more.
	Settle(ctx context.Context, who Actor, id chat.MessageID, left bool) error
	// Resolve closes the matter and lets the lock go; Reopen undoes it.
	// LockedByOther; resolving twice is no error. Conflict on reopening one whose
	// customer has a newer one on the channel.
	Resolve(ctx context.Context, who Actor, id chat.ConversationID) error
	Reopen(ctx context.Context, who Actor, id chat.ConversationID) error
	// Draft returns the actor's draft, zero where there is none. SaveDraft keeps
	// it; an empty text forgets it.
	Draft(ctx context.Context, who Actor, id chat.ConversationID) (Draft, error)
	SaveDraft(ctx context.Context, who Actor, id chat.ConversationID, text string) error
}

// ConnectionState is the worst that is known of a channel.
type ConnectionState string

const (
	ConnectionNone    ConnectionState = "none"    // no number connected yet
	ConnectionNoKey   ConnectionState = "no_key"  // a number is known but no access token is given: nothing can leave
	ConnectionOK      ConnectionState = "ok"      // messages come and go
	ConnectionOffline ConnectionState = "offline" // the Graph API cannot be reached; messages wait
	ConnectionRefused ConnectionState = "refused" // Meta refuses the key or the account; messages wait
	ConnectionFull    ConnectionState = "full"    // the disk is full: nothing can be stored or acknowledged
)

// Health is what the rail and the banner show.
type Health struct {
	State   ConnectionState
	Channel chat.Channel // the first channel; zero while there is none
	Sandbox bool
	Waiting int // messages of ours that wait to leave
	Unknown int // messages nobody knows the fate of
	Parked  int // events that could not be processed
	// Code is Meta's error code behind ConnectionRefused, 0 otherwise.
	Code int
	// RulesBroken: the stored rules cannot be read by this version. Those in force
	// before stay in force; after a start nobody is answered automatically.
	RulesBroken bool
}

// ParkedEvent is an event that failed again and again and waits for a person.
type ParkedEvent struct {
	ID    int64
	At    time.Time
	Error string
	Tries int
}

// Connection is what a person sees of the way to Meta.
type Connection interface {
	// Health needs SeeConnection.
	Health(ctx context.Context, who Actor) (Health, error)
	// TryNow makes waiting messages try again at once, clears a refusal, and looks
	// whether a full disk has room again: DiskFull while it has none. Needs Answer.
	TryNow(ctx context.Context, who Actor) error
	// Parked lists events that could not be processed, newest first; Replay gives
	// one another chance. Need EditConnection.
	Parked(ctx context.Context, who Actor) ([]ParkedEvent, error)
	Replay(ctx context.Context, who Actor, id int64) error
}

// EventKind says what changed, not what to draw. Values cross the network.
type EventKind string

const (
	EventConversation EventKind = "conversation" // the row of Conversation changed or is new
	EventMessage      EventKind = "message"      // Message was added to Conversation or changed
	EventNewCustomer  EventKind = "new_customer" // first message ever of a contact
	EventHealth       EventKind = "health"
	EventRules        EventKind = "rules"
	EventStock        EventKind = "stock"    // levels, or the state of the stock file
	EventCustomer     EventKind = "customer" // Customer was added, changed, merged or taken apart
	EventQuickReplies EventKind = "quick_replies"
)

// Event is one change. Seq counts up by one within a subscription's desk; a gap
// means "reload".
type Event struct {
	Seq          uint64
	Kind         EventKind
	Conversation chat.ConversationID
	Message      chat.MessageID
	Customer     chat.ContactID
}

// Code classifies an error for machines.
type Code string

const (
	Internal      Code = "internal" // a defect or the outside world; logged where it was made
	Invalid       Code = "invalid"
	NotFound      Code = "not_found"
	Forbidden     Code = "forbidden"
	LockedByOther Code = "locked_by_other"
	WindowClosed  Code = "window_closed"
	Conflict      Code = "conflict"
	DiskFull      Code = "disk_full"
	Unavailable   Code = "unavailable" // closing, or the desk cannot be reached
)

// Error is what every call returns on failure.
type Error struct {
	Code Code
	// Field and Limit detail Invalid: which input, and the limit it broke.
	Field string
	Limit int
	Err   error // for the log, never for a screen
}

func (e *Error) Error() string {
	s := "desk: " + string(e.Code)
	if e.Field != "" {
		s += " " + e.Field
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error around a formatted cause (%w works).
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Err: fmt.Errorf(format, args...)}
}

// CodeOf returns the code of err: Unavailable for an ended context, Internal
// for what carries no code, "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return Unavailable
	}
	return Internal
}
