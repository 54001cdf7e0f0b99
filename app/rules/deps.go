package rules

import (
	"context"
	"io"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// Desk is what the screen asks of a desk.
type Desk interface {
	desk.Rules
	desk.PastChats
	desk.Stock
	desk.Files
}

// Deps is what the screen is built from. All fields but Shop,
// Editing and Place are needed.
type Deps struct {
	Desk  Desk
	Who   desk.Actor
	Words *locale.Words
	Scope *live.Scope // of the screen; it stops when this closes
	Shop  string      // its name as customers see it; empty: not known
	// Editing goes on with what was edited on the screen before this one, which is
	// gone; nil begins with what is in force.
	Editing *Editing
	// Place is where the person was the last time; nil: at the beginning.
	Place *Place
	Keys  Keys

	// Say shows a line for a few seconds: of what was done, or of what failed.
	Say func(text string, done bool)
	// SayUndo is Say of something done that can be taken back.
	SayUndo func(text string, undo func())
	Focus   func(fyne.Focusable)
	// Chat goes to a chat in the inbox.
	Chat func(chat.ConversationID)
	// Menu opens a menu whose corner is at a point of the window.
	Menu func(at fyne.Position, items []kit.MenuItem)
	// Float holds the window with a box until close is called, or the person presses
	// Esc; closed is called once, afterwards.
	Float func(content fyne.CanvasObject, target fyne.Focusable, closed func()) (close func())
	// Choose asks for files of this computer. done is called once, with none when the
	// person thinks better of it.
	Choose func(ask Ask, done func([]File))
	// SaveFile asks where to keep content, and keeps it there. done is not called when the
	// person thinks better of it.
	SaveFile func(name string, open func(context.Context) (io.ReadCloser, error), done func(error))
}

// Ask is how files are asked for.
type Ask struct {
	Title string
	Take  string // on the button
	Many  bool   // more than one may be chosen
}

// File is a file on this computer that a person chose.
type File struct {
	Name string
	Open func() (io.ReadCloser, error)
}

// Keys are the shortcuts as they are written beside what they do.
type Keys struct {
	Search, Save, Undo, Try, Send, Back string
}
