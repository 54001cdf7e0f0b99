package desk

import (
	"context"
	"time"

	"shopbell/core/chat"
)

// MaxNote is the longest note, in UTF-16 units (mission T7).
const MaxNote = 300

// NoteUndo is how long who wrote a note may take it back.
const NoteUndo = 30 * time.Second

// Notes are words among the team inside a conversation. The customer never gets
// one. Writing one needs neither the lock nor an open window, and changes nothing
// of the row: who waits, what is unread, the preview and the windows stay.
type Notes interface {
	// AddNote puts a note at the end of the chat and forgets the draft of it. Token
	// as in Inbox.Send. Needs Answer. Invalid ("text": blank, or over MaxNote),
	// NotFound.
	AddNote(ctx context.Context, who Actor, id chat.ConversationID, text, token string) (chat.MessageID, error)
	// RemoveNote takes a note back: it is gone from the chat, and in the same
	// transaction its text goes into the NoteDraft of its conversation, on a line of its
	// own before what stands there; that draft is returned. Conflict for a note of
	// somebody else's and one older than NoteUndo; NotFound, also of what is no note.
	RemoveNote(ctx context.Context, who Actor, id chat.MessageID) (Draft, error)
	// NoteDraft returns what the actor has typed as a note and not kept, zero where
	// there is none. SaveNoteDraft keeps it; an empty text forgets it. NotFound.
	NoteDraft(ctx context.Context, who Actor, id chat.ConversationID) (Draft, error)
	SaveNoteDraft(ctx context.Context, who Actor, id chat.ConversationID, text string) error
}
