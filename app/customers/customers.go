// Package customers is the screen of the people behind the chats: a list of them with
// filters, one customer beside it, and what makes one customer of two.
//
// The model holds what is shown and speaks to the desk; the others draw it with app/kit.
package customers

import (
	"context"
	"io"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/person"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
)

// Desk is what the screen asks of a desk.
type Desk interface {
	desk.Customers
	desk.ContactFiles
}

// Deps is what the screen is built from. All fields but Number are needed.
type Deps struct {
	Desk  Desk
	Who   desk.Actor
	Words *locale.Words
	Scope *live.Scope // of the screen
	Chats person.Chats
	// Say shows a line for a few seconds; undo is nil where nothing can be undone.
	Say func(text string, undo func())
	// Done is Say of what went well and cannot be undone.
	Done  func(text string)
	Focus func(fyne.Focusable)
	Menu  func(at fyne.Position, items []kit.MenuItem)
	// Float shows content over the window until it is closed, by the person or by
	// close; target has the focus meanwhile.
	Float func(content fyne.CanvasObject, target fyne.Focusable) (close func())
	// Hold is Float, and calls closed once, when the content is gone.
	Hold func(content fyne.CanvasObject, target fyne.Focusable, closed func()) (close func())
	// ChooseFile asks for a file of this computer; take is on the button. done is not
	// called when the person thinks better of it.
	ChooseFile func(title, take string, done func(name string, open func() (io.ReadCloser, error)))
	// SaveFile asks where to keep content, and keeps it there. done is not called when
	// the person thinks better of it.
	SaveFile func(name string, open func(context.Context) (io.ReadCloser, error), done func(error))
	// Number is the shop's own phone number, which tells the country of numbers that are
	// written without one; empty: not known.
	Number string
	// OpenChat leads to a conversation in the inbox.
	OpenChat func(chat.ConversationID)
	// SearchKeys and SendKeys are shortcuts as they stand on keys.
	SearchKeys, SendKeys string
}

// explain shows an error of a person's action. A call that ended because the screen
// closed is nobody's news.
func (d Deps) explain(err error) {
	if err != nil && !d.Scope.Closed() {
		d.Say(d.Words.Explain(err).String(), nil)
	}
}

func (d Deps) mayEdit() bool  { return d.Who.Role.May(staff.Answer) }
func (d Deps) mayMerge() bool { return d.Who.Role.May(staff.MergeCustomers) }

func (d Deps) mayExport() bool { return d.Who.Role.May(staff.ExportCustomers) }

// barred is why nothing can be changed; empty: it can.
func (d Deps) barred() string {
	if d.mayEdit() {
		return ""
	}
	return d.Words.T("customers.may_not")
}

// counted is a sentence with a number that may be large.
func (d Deps) counted(key string, n int) string {
	return d.Words.N(key, n, locale.Args{"Count": d.Words.Count(n)})
}
