package kit

import (
	"fyne.io/fyne/v2"

	"shopbell/app/look"
)

// Cover shows content over the whole window until it is closed: by Esc, by the returned
// function, or with the screen below. Toasts and tooltips stand over it. target has the
// focus; closed is called once.
func (l *Layer) Cover(content fyne.CanvasObject, target fyne.Focusable, closed func()) (close func()) {
	l.open(content, look.Clear, func(window fyne.Size) (fyne.Position, fyne.Size) { return fyne.Position{}, window })
	o := l.opened[len(l.opened)-1]
	l.root.Remove(l.floor)
	o.root.Add(l.floor)
	o.above = l.floor
	o.closed = func() {
		o.root.Remove(l.floor)
		l.root.Add(l.floor)
		closed()
	}
	o.root.Refresh()
	l.canvas.Focus(target)
	return l.closeOf(o)
}
