package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// places is what widgets share that draw several places to choose from beside one
// another: each lights up under the pointer, and all are one stop for Tab, in which
// Left and Right choose the one beside.
type places struct {
	widget.BaseWidget
	at      func(x float32) int // the place at x
	current func() int
	choose  func(place int) // also asked for one that there is not
	hovered int             // -1: none
	focused bool
}

// extend must be called by the constructor of the embedding widget.
func (p *places) extend(self fyne.Widget, at func(x float32) int, current func() int, choose func(place int)) {
	p.at, p.current, p.choose, p.hovered = at, current, choose, -1
	p.ExtendBaseWidget(self)
}

func (p *places) hover(place int) {
	if place != p.hovered {
		p.hovered = place
		p.Refresh()
	}
}

// Tapped implements fyne.Tappable.
func (p *places) Tapped(e *fyne.PointEvent) { p.choose(p.at(e.Position.X)) }

// MouseIn implements desktop.Hoverable.
func (p *places) MouseIn(e *desktop.MouseEvent) { p.hover(p.at(e.Position.X)) }

// MouseMoved implements desktop.Hoverable.
func (p *places) MouseMoved(e *desktop.MouseEvent) { p.hover(p.at(e.Position.X)) }

// MouseOut implements desktop.Hoverable.
func (p *places) MouseOut() { p.hover(-1) }

// Cursor implements desktop.Cursorable.
func (p *places) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained implements fyne.Focusable.
func (p *places) FocusGained() { p.focused = true; p.Refresh() }

// FocusLost implements fyne.Focusable.
func (p *places) FocusLost() { p.focused = false; p.Refresh() }

// TypedRune implements fyne.Focusable.
func (p *places) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (p *places) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		p.choose(p.current() - 1)
	case fyne.KeyRight:
		p.choose(p.current() + 1)
	default:
		passKey(e)
	}
}
