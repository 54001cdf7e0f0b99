package desk

import (
	"context"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/chatexport"
	"shopbell/core/learn"
)

// MaxPast is how many messages one call of KeepPast takes: so many are stored without
// keeping a customer's message waiting.
const MaxPast = 500

// MaxPastMark is the length in bytes of the longest mark of a past chat.
const MaxPastMark = 64

// PastReport says what is kept of the chats that a shop brought from its phone.
type PastReport struct {
	Chats, Messages int
	// From and To are the times of the first and the last message, as learn.Message.At;
	// zero where there is none.
	From, To time.Time
}

// PastChats are chats that a shop exported from its phone: what rules can be run over
// before a customer has written here. Nobody is told by name in them. They are no
// conversations: they are never answered, are in no list and count in no figure.
type PastChats interface {
	// PastChats tells what is kept. Needs SeeRules.
	PastChats(ctx context.Context, who Actor) (PastReport, error)
	// KeepPast keeps messages of one chat, whose mark is learn.Chat.Mark, and returns
	// how many were not there yet: the same message again changes nothing. All are
	// kept, or none. Needs EditRules. Invalid with the Field messages for more than
	// MaxPast, text for one over chatexport.MaxEntry bytes, at and place for one without
	// a time or a place, and chat for a mark that is empty or too long.
	KeepPast(ctx context.Context, who Actor, chat string, messages []learn.Message) (added int, err error)
	// ForgetPast erases them all, and returns what there was. Without any it does
	// nothing. Needs EditRules.
	ForgetPast(ctx context.Context, who Actor) (PastReport, error)
	// BenchPast is BenchRules over their questions, whatever their age; what became of
	// them is not known. From and To are the times of the first and the last question,
	// zero where there is none.
	BenchPast(ctx context.Context, who Actor, file *autoreply.File) (RuleBench, error)
}

// CheckPast returns why KeepPast takes no such call, nil where it does.
func CheckPast(chat string, messages []learn.Message) error {
	field, limit := "", 0
	switch {
	case chat == "" || len(chat) > MaxPastMark:
		field, limit = "chat", MaxPastMark
	case len(messages) > MaxPast:
		field, limit = "messages", MaxPast
	}
	for _, m := range messages {
		switch {
		case len(m.Text) > chatexport.MaxEntry:
			field, limit = "text", chatexport.MaxEntry
		case m.Place < 0:
			field = "place"
		case m.At.IsZero():
			field = "at"
		}
	}
	if field == "" {
		return nil
	}
	return &Error{Code: Invalid, Field: field, Limit: limit}
}
