package app

import (
	"shopbell/app/inbox"
	"shopbell/app/search"
	"shopbell/core/chat"
)

// openSearch shows the search over everything, with the words looked for last, which
// are replaced by what is typed; shown already, it gets the keyboard. It reports whether there is an inbox to search.
func (a *App) openSearch() bool {
	if a.inbox == nil {
		return false
	}
	if a.at != searching {
		a.before = a.at
	}
	return a.showThen(searching, func() { a.search.Begin() })
}

func (a *App) newSearch() *search.Screen {
	a.side = a.visit.Inside()
	return search.New(search.Deps{
		Desk: a.shop.Desk, Who: a.shop.Who, Words: a.words, Scope: a.side,
		Memory: memory{kept: a.prefs, sandbox: a.health.Sandbox},
		Chats:  inbox.NewViewer(a.inboxDeps(a.side)),
		Say:    a.say, Focus: a.focus,
		Open: func(id chat.ConversationID, message chat.MessageID) {
			text := a.search.Text() // the search is left when the inbox is shown
			a.showThen(railInbox, func() { a.inbox.OpenAt(id, message, text) })
		},
		Back: func() { a.Show(a.before) },
	})
}

// onSearch is onInbox for the search.
func onSearch(command func(*search.Screen)) func(*App, int) bool {
	return func(a *App, _ int) bool {
		if a.search == nil {
			return false
		}
		command(a.search)
		return true
	}
}
