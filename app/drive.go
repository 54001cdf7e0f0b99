package app

import (
	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/look"
	"shopbell/core/chat"
)

// What follows is for whoever drives the window in a person's place: the tour,
// and notifications that lead to a chat. All of it belongs to the UI thread.

// ScreenID names what the window shows.
type ScreenID string

// The screens.
const (
	ScreenNone    ScreenID = "" // the shop is being opened, or could not be
	ScreenWelcome ScreenID = "welcome"
	ScreenInbox   ScreenID = "inbox"
)

// Screen returns what the window shows.
func (a *App) Screen() ScreenID {
	switch {
	case a.welcome != nil:
		return ScreenWelcome
	case a.inbox != nil:
		return ScreenInbox
	}
	return ScreenNone
}

// Window is the window.
func (a *App) Window() fyne.Window { return a.window }

// Shop is the open shop; nil while there is none.
func (a *App) Shop() *Shop { return a.shop }

// Open opens a chat. Without an inbox it does nothing.
func (a *App) Open(id chat.ConversationID) {
	if a.inbox != nil {
		a.inbox.Open(id)
	}
}

// OpenChat returns the open chat whose messages are shown; 0: none.
func (a *App) OpenChat() chat.ConversationID {
	if a.inbox == nil {
		return 0
	}
	return a.inbox.Place().Open
}

// Press is a key pressed while nothing has the focus. It reports whether the key
// has a meaning here.
func (a *App) Press(key fyne.KeyName, mod fyne.KeyModifier) bool {
	return a.pressed(kit.Chord{Key: key, Mod: mod})
}

// SetTheme changes the theme as the menu does, and keeps the choice.
func (a *App) SetTheme(mode look.Mode) { a.setTheme(mode) }
