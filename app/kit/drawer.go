package kit

import (
	"fyne.io/fyne/v2"

	"shopbell/app/look"
)

// Drawer shows content at the right end of the window, so wide and as high as that,
// over a dark scrim until it is closed: by Esc, by a tap beside it, by the returned
// function, or with the screen below. target has the focus; closed is called once.
func (l *Layer) Drawer(content fyne.CanvasObject, width float32, target fyne.Focusable, closed func()) (close func()) {
	l.open(content, look.Scrim, func(window fyne.Size) (fyne.Position, fyne.Size) {
		w := min(width, window.Width)
		return fyne.NewPos(window.Width-w, 0), fyne.NewSize(w, window.Height)
	})
	o := l.opened[len(l.opened)-1]
	o.closed = closed
	l.canvas.Focus(target)
	return l.closeOf(o)
}
