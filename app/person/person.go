// Package person is what is shown of one customer beside a list or a chat: who it is,
// labels, conversations and orders, and what is done with them. Screens put its parts
// together.
//
// Model holds a customer and speaks to the desk; Parts draws with app/kit.
package person

import (
	"cmp"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// Chats draws what belongs to chats as the inbox does.
type Chats interface {
	Person(c chat.Contact) kit.Person
	Hue(department string) kit.Hue
	Kind(k chat.Kind, voice bool) string
	Wait(wait time.Duration) kit.Tone // of how long somebody waits
}

// Deps is what a Model is built from. All fields but Barred are needed.
type Deps struct {
	Desk  desk.Customers
	Who   desk.Actor
	Words *locale.Words
	Scope *live.Scope // of the screen
	Chats Chats
	// Say shows a line for a few seconds; undo is nil where nothing can be undone.
	Say func(text string, undo func())
	// Done is Say of what went well and cannot be undone.
	Done func(text string)
	// Explain shows an error of a person's action.
	Explain func(error)
	Menu    func(at fyne.Position, items []kit.MenuItem)
	// Float shows content over the window until it is closed, by the person or by
	// close; target has the focus meanwhile.
	Float func(content fyne.CanvasObject, target fyne.Focusable) (close func())
	// OpenChat leads to a conversation in the inbox.
	OpenChat func(chat.ConversationID)
	SendKeys string // as they stand on keys
	Barred   string // why nothing can be changed; empty: it can
}

// Person is one customer with the newest of their past.
type Person struct {
	desk.Customer
	Visits    []chat.Conversation
	Before    chat.ConversationID // of the visits' next page; 0: there is none
	Purchases []desk.Order
	Older     desk.OrderID // of the purchases' next page; 0: there is none
}

// Reached is what stands for the phone; a customer may have told none.
func Reached(c chat.Contact) string { return cmp.Or(c.Reach(), "–") }
