package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// tray is Shopbell's icon among those of the system, with its menu: how many
// wait, Open, Quit.
type tray struct {
	app   *App
	place desktop.App
	menu  *fyne.Menu
}

// newTray shows the icon; nil where the program's driver has none.
func newTray(a *App) *tray {
	place, ok := a.fyne.(desktop.App)
	if !ok {
		return nil
	}
	t := &tray{app: a, place: place}
	t.show(0)
	return t
}

// show writes the menu for a number of waiting customers. The system draws the
// whole menu anew, so nothing is done where nothing has changed.
func (t *tray) show(waiting int) {
	w := t.app.words
	line := w.T("tray.nobody")
	if waiting > 0 {
		line = w.N("tray.waiting", waiting)
	}
	if t.menu != nil && t.menu.Items[0].Label == line && t.menu.Items[2].Label == w.T("tray.open") {
		return
	}
	count := fyne.NewMenuItem(line, t.app.raise)
	quit := fyne.NewMenuItem(w.T("tray.quit"), t.app.window.Close)
	quit.IsQuit = true
	t.menu = fyne.NewMenu(w.T("window.title"), count, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(w.T("tray.open"), t.app.raise), quit)
	t.place.SetSystemTrayMenu(t.menu)
}

// raise brings the window to the front, wherever it is.
func (a *App) raise() {
	a.window.Show()
	a.window.RequestFocus()
}

// closing is the window's close button: it hides the window where the person
// wants Shopbell to go on in the tray, and says so the first time.
func (a *App) closing() {
	if a.tray == nil || !a.prefs.Bool(prefCloseToTray) {
		a.guarded(a.window.Close)
		return
	}
	a.window.Hide()
	if !a.prefs.Bool(prefTrayTold) {
		a.prefs.SetBool(prefTrayTold, true)
		a.notify(a.words.T("tray.stays"))
	}
}
