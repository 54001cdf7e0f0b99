package app

import (
	"fyne.io/fyne/v2"

	"shopbell/app/filebox"
)

// fileBox is what the boxes in which files are chosen need of the window.
func (a *App) fileBox() filebox.Deps {
	return filebox.Deps{
		Words: a.words, Scope: a.visit, Folder: a.prefs.String(prefFolder),
		Float: func(content fyne.CanvasObject, target fyne.Focusable, closed func()) func() {
			return a.layer.Box(content, target, closed)
		},
		Keep: func(folder string) { a.prefs.SetString(prefFolder, folder) },
	}
}

// covered reports whether something holds the window over the screens: a menu, a
// dialog, a box. Keys must not reach what lies below.
func (a *App) covered() bool { return a.window.Canvas().Overlays().Top() != nil }

// closeTop closes what holds the window, and of several the one on top.
func (a *App) closeTop() {
	switch top := a.window.Canvas().Overlays().Top(); {
	case top == nil:
	case a.layer.Holds(top):
		a.layer.CloseTop()
	default: // a menu of a text field
		top.Hide()
		a.window.Canvas().Overlays().Remove(top)
	}
}

// uncover closes everything that holds the window, before another place or chat
// is shown below.
func (a *App) uncover() {
	for a.covered() {
		a.closeTop()
	}
}
