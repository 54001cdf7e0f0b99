package app

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// newsEvery is the least time between two pieces of news (design guide, section
// 5): ten customers at once are one bell.
const newsEvery = 10 * time.Second

// watchFocus keeps in mind whether the person looks at another program. Fyne
// tells it from a goroutine of its own.
func (a *App) watchFocus() {
	l := a.fyne.Lifecycle()
	l.SetOnEnteredForeground(func() { a.away.Store(false) })
	l.SetOnExitedForeground(func() { a.away.Store(true) })
}

// due reports whether news may be told now, and counts it as told.
func (a *App) due() bool {
	now := a.scope.Now()
	if !a.prefs.chosen().News || now.Sub(a.told) < newsEvery {
		return false
	}
	a.told = now
	return true
}

// greet shows who wrote for the first time ever, unless the person writes to
// somebody at this moment. Who looks elsewhere hears of it by notifyWaiting.
func (a *App) greet(b live.Batch) {
	for _, e := range b.Events {
		if e.Kind != desk.EventNewCustomer || a.away.Load() || a.typing() || !a.due() {
			continue
		}
		var row chat.Conversation
		shop := a.shop
		a.visit.Do(func(ctx context.Context) (err error) {
			row, err = shop.Desk.Conversation(ctx, shop.Who, e.Conversation)
			return err
		}, func(err error) {
			if err != nil {
				a.Log.Error("Read the row of a new customer", "err", err)
				return
			}
			a.layer.Toast(kit.Toast{
				Icon: look.IconChat, Text: a.words.T("news.customer", locale.Args{"Name": row.Contact.DisplayName()}),
				Undo: kit.Action{Text: a.words.T("news.open"), Do: func() { a.openChat(row.ID) }},
			})
		})
	}
}

// typing reports whether the keyboard is in the answer to a customer.
func (a *App) typing() bool {
	_, text := a.window.Canvas().Focused().(interface{ SelectedText() string })
	return text && a.at == railInbox && a.OpenChat() != 0
}

func (a *App) openChat(id chat.ConversationID) {
	a.showThen(railInbox, func() {
		if a.inbox != nil {
			a.inbox.Open(id)
		}
	})
}

// counted takes how many wait. When they have become more while the person looks
// elsewhere, the system tells them; a name or a text would stand on a locked
// screen.
func (a *App) counted(n desk.Counts) {
	more := a.counts != nil && n.Waiting > a.counts.Waiting
	a.counts = &n
	a.showState()
	if more && a.away.Load() && a.due() {
		a.notify(a.words.N("tray.waiting", n.Waiting))
	}
}

// notify has the system tell something. It works off the UI thread: on Linux the
// call returns when the desktop has answered, or not at all.
func (a *App) notify(text string) {
	news := fyne.NewNotification(a.words.T("window.title"), text)
	a.scope.Do(func(context.Context) error { a.fyne.SendNotification(news); return nil }, func(error) {})
}

// waiting is how many customers wait; 0 while that is not known.
func (a *App) waiting() int {
	if a.counts == nil {
		return 0
	}
	return a.counts.Waiting
}
