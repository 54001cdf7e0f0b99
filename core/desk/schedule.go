package desk

import (
	"context"
	"time"

	"shopbell/core/chat"
)

// MaxHold is the longest Answer.Hold: what a person has sent is not kept back for
// longer than a look at it takes.
const MaxHold = 10 * time.Second

// MaxSchedule is how far ahead an answer may be put. A template needs no open
// window, so that nothing of Meta's bounds it.
const MaxSchedule = 30 * 24 * time.Hour

// ClosingSoon is how long before the end of Meta's window a customer who waits is
// among FilterClosing.
const ClosingSoon = time.Hour

// Schedule is what a person does with answers that have not left yet: those that
// are held back for a moment (Answer.Hold) and those that are put for later
// (Answer.At). The rows are in the shop's file, so a restart changes nothing.
//
// A scheduled answer has chat.StatusScheduled and keeps no other message of the
// customer's waiting. Where the customer has written since, it does not leave until
// a person says so by SendNow or Reschedule (chat.Message.Asks). One that could not
// leave before Meta's window ended expires: its text is its author's draft again.
type Schedule interface {
	// NextOpening is when the shop opens next by its rules; in the shop's time zone.
	// Needs Answer. NotFound where it does not within two weeks.
	NextOpening(ctx context.Context, who Actor) (time.Time, error)
	// Reschedule puts a scheduled answer to another moment, knowing all that the
	// customer has written. LockedByOther; Invalid ("at": not ahead, or over
	// MaxSchedule); WindowClosed where Meta's window ends before; Conflict where it is
	// not scheduled any more.
	Reschedule(ctx context.Context, who Actor, id chat.MessageID, at time.Time) error
	// SendNow lets an answer go that was held back or scheduled. It renews the lock.
	// LockedByOther, WindowClosed, Conflict.
	SendNow(ctx context.Context, who Actor, id chat.MessageID) error
	// Withdraw takes an answer back that was held back or scheduled: it is gone from
	// the chat, and the customer waits since they did before it. What sending it did
	// besides stays: the chat is assigned to its author where it was nobody's, open,
	// read and locked. Its text, be it a caption, goes into who's draft of the
	// conversation draftOf in the same transaction, on a line of its own before what
	// stands there; that draft is returned. With draftOf 0 it goes nowhere.
	// LockedByOther; NotFound; Conflict where it has left, or is about to.
	Withdraw(ctx context.Context, who Actor, id chat.MessageID, draftOf chat.ConversationID) (Draft, error)
}
