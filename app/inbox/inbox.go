// Package inbox is the screen where people are answered: the list of
// conversations on the left, one chat on the right.
//
// It is cut in two. Models (people, talk) hold what is shown and speak to the
// desk; views draw it with app/kit. A model knows no widget.
package inbox

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

// Keys are the shortcuts that the inbox names.
type Keys struct {
	Search, SearchAll, Longest, Send, Resolve, Back, Attach, Template, Note, NoteHead, Copy, Save, Panel, Paid string
}

// Desk is what the inbox needs of the shop.
type Desk interface {
	desk.Inbox
	desk.Notes
	desk.QuickReplies
	desk.Schedule
	desk.Files
	desk.Customers
	desk.Search
	desk.ContactFiles
	TryNow(ctx context.Context, who desk.Actor) error
}

// Memory keeps short texts of this computer's from one start to the next. A key
// that is not known has an empty text. It belongs to the UI thread.
type Memory interface {
	String(key string) string
	SetString(key, text string)
}

// Clipboard is the pictures on this computer's clipboard. Its functions are called on the
// UI thread and return at once.
type Clipboard interface {
	// Copy puts a picture there. It calls done when that is so, or with why it could not be.
	Copy(picture image.Image, done func(error))
	// Paste takes the picture that is there: a PNG or a JPEG. It calls done with it; with
	// nothing where there is none, or with why it could not be taken.
	Paste(done func(picture []byte, err error))
}

// Deps is what the inbox is built from. All fields are needed, Clipboard aside.
type Deps struct {
	Desk Desk
	// Outside is the computer that the window stands on.
	Outside Outside
	// Clipboard takes pictures; nil: this computer's does not.
	Clipboard Clipboard
	Speaker   Speaker
	Who       desk.Actor
	Words     *locale.Words
	Scope     *live.Scope // of the screen; the inbox stops when it closes
	// Say shows a line for a few seconds; undo is nil where nothing can be undone.
	Say func(text string, undo func())
	// Done is Say of what went well and cannot be undone.
	Done func(text string)
	// Linger is Say of a line that can be undone for as long as life, and tells what is
	// left of that.
	Linger func(text func(left time.Duration) string, life time.Duration, undo func())
	// Focus gives the keyboard to a widget, Focused is who has it.
	Focus   func(fyne.Focusable)
	Focused func() fyne.Focusable
	// Menu opens a menu at a place of the window; Copy puts text on the clipboard.
	Menu func(at fyne.Position, items []kit.MenuItem)
	// Float shows content over the window until it is closed, by the person or by
	// close; target has the focus meanwhile.
	Float func(content fyne.CanvasObject, target fyne.Focusable) (close func())
	// Cover is Float of content that takes the whole window; closed is called once.
	Cover func(content fyne.CanvasObject, target fyne.Focusable, closed func()) (close func())
	// Drawer shows content over the right end of the window, so wide, until it is closed:
	// by the person or by close. target has the focus meanwhile; closed is called once.
	Drawer func(content fyne.CanvasObject, width float32, target fyne.Focusable, closed func()) (close func())
	// Floats reports whether content is still open over the window.
	Floats func(content fyne.CanvasObject) bool
	Copy   func(text string)
	// Keys are the shortcuts as they stand on keys, for hints and tooltips.
	Keys Keys
	// Memory keeps what was used last, on this computer.
	Memory Memory
	// EnterSends says whether Enter alone sends, asked at each; nil: never.
	EnterSends func() bool
	// InView reports whether the person looks at the inbox: it is shown, in a window
	// that is not behind another program's.
	InView func() bool
	// OpenCustomer leads to a customer.
	OpenCustomer func(chat.ContactID)
	// SearchAll goes to the search over everything that was said.
	SearchAll func()
	// Counted tells the frame how many wait, for the badge and the title.
	Counted func(desk.Counts)
}

func (d Deps) now() time.Time { return d.Scope.Now() }

// explain shows an error of a person's action. A call that ended because the
// screen closed is nobody's news.
func (d Deps) explain(err error) {
	if err != nil && !d.Scope.Closed() {
		d.Say(d.Words.Explain(err).String(), nil)
	}
}

// mine reports whether the actor holds the lock of c now.
func (d Deps) mine(c chat.Conversation) bool { return c.Lock.HeldBy(int64(d.Who.Agent), d.now()) }

// heldByOther reports whether somebody else holds the lock of c now.
func (d Deps) heldByOther(c chat.Conversation) bool { return c.Lock.Held(d.now()) && !d.mine(c) }
