package app

import (
	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// What follows is for whoever drives the window in a person's place: the tour,
// and notifications that lead to a chat. All of it belongs to the UI thread.

// Welcoming reports whether the first start is shown.
func (a *App) Welcoming() bool { return a.welcome != nil }

// Working reports whether the inbox is shown. While a shop is being opened, or
// could not be, neither it nor the first start is.
func (a *App) Working() bool { return a.inbox != nil }

// Window is the window.
func (a *App) Window() fyne.Window { return a.window }

// Desk is the open desk and who sits at it; nil while there is none.
func (a *App) Desk() (desk.Service, desk.Actor) {
	if a.shop == nil {
		return nil, desk.Actor{}
	}
	return a.shop.Desk, a.shop.Who
}

// Open opens a chat. Without an inbox it does nothing.
func (a *App) Open(id chat.ConversationID) {
	if a.inbox != nil {
		a.uncover()
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
