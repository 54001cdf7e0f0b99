package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
)

// box is a window of Fyne's own over the screens, in which a file is chosen.
type box struct {
	overlay fyne.CanvasObject
	dialog  *dialog.FileDialog
}

// showBox shows a file dialog. Nothing in it has the focus at first where it has
// no name to type, so that Esc comes to the table of keys.
func (a *App) showBox(d *dialog.FileDialog) {
	d.Show()
	a.box = box{overlay: a.window.Canvas().Overlays().Top(), dialog: d}
}

// covered reports whether something holds the window over the screens: a menu, a
// dialog, a box. Keys must not reach what lies below.
func (a *App) covered() bool { return a.window.Canvas().Overlays().Top() != nil }

// closeTop closes what holds the window, and of several the one on top.
func (a *App) closeTop() {
	switch top := a.window.Canvas().Overlays().Top(); {
	case top == nil:
	case top == a.box.overlay:
		a.box.dialog.Dismiss() // as Cancel does: who asked is told
		a.box = box{}
	case a.layer.Holds(top):
		a.layer.CloseTop()
	default: // a question or a menu of the box
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
