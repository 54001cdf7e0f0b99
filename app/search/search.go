// Package search is the screen on which everything is found that was ever said:
// messages, notes, files, orders and people. What is found is shown in its place in
// the chat, which takes no lock.
//
// The model (model.go) holds what is asked and what was found and knows no widget; the
// views draw it with app/kit.
package search

import (
	"context"
	"image"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// Desk is what the screen asks of a desk.
type Desk interface {
	desk.Search
	Chat(ctx context.Context, who desk.Actor, id chat.ConversationID, before chat.MessageID, limit int) (desk.ChatPage, error)
}

// Memory keeps short texts of this computer's from one start to the next. A key that
// is not known has an empty text. It belongs to the UI thread.
type Memory interface {
	String(key string) string
	SetString(key, text string)
}

// Deps is what the screen is built from. All fields are needed.
type Deps struct {
	Desk   Desk
	Who    desk.Actor
	Words  *locale.Words
	Scope  *live.Scope // of the screen; it stops when this closes
	Memory Memory
	// Chats shows chats and people as the inbox does.
	Chats Chats
	// Say shows a line for a few seconds; undo is nil where nothing can be undone.
	Say   func(text string, undo func())
	Focus func(fyne.Focusable)
	// Open goes to a chat in the inbox, at a message; 0: at its end.
	Open func(chat.ConversationID, chat.MessageID)
	// Back goes to where the person came from.
	Back func()
}

// Chats draws what belongs to the inbox.
type Chats interface {
	// Entries are the messages of a page for somebody who only looks.
	Entries(page desk.ChatPage, now time.Time) []kit.Entry
	Picture(file string, width, height float32, show func(image.Image))
	Person(chat.Contact) kit.Person
	Hue(department string) kit.Hue
	Kind(k chat.Kind, voice bool) string
}
