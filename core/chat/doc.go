// Package chat holds the words of the desk: channels, contacts, conversations,
// messages and their statuses, the reply windows and the lock.
//
// It decides and never acts: no I/O, no goroutine, time is always an argument.
// Every time.Time in it is a moment (compare with Before/After/Equal, never ==).
package chat

// The desk's own ids. They are row ids of the shop's file: positive, never
// reused, meaningless outside it. Zero means "none".
type (
	ChannelID      int64
	ContactID      int64
	ConversationID int64
	MessageID      int64
)
