package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// press is what everything that can be pressed shares: tap, hover, keyboard
// focus, a tooltip and a disabled state with a reason. The ring appears when
// the focus came by keyboard or by the program: a click gives no focus.
type press struct {
	widget.BaseWidget
	self  fyne.Widget // the widget that embeds it, as the canvas knows it
	onTap func()
	// hovering is told when the pointer comes and goes, for who has it otherwise; nil: nobody.
	hovering func(on bool)
	tip      string
	off      bool
	reason   string // why it is off; may be empty
	busy     bool
	hovered  bool
	down     bool
	focused  bool
}

// extend must be called by the constructor of the embedding widget.
func (p *press) extend(self fyne.Widget, onTap func()) {
	p.self, p.onTap = self, onTap
	p.ExtendBaseWidget(self)
}

// SetTip sets the tooltip, shown after half a second under the pointer. Put the
// shortcut into it: "Resolve  Ctrl+E".
func (p *press) SetTip(text string) { p.tip = text }

// SetDisabled disables with a reason that the tooltip shows, or enables again
// with an empty one.
func (p *press) SetDisabled(reason string) {
	p.setOff(reason != "", reason)
}

func (p *press) setOff(off bool, reason string) {
	if p.off != off || p.reason != reason {
		p.off, p.reason = off, reason
		p.Refresh()
	}
}

func (p *press) idle() bool { return p.off || p.busy }

// Tapped implements fyne.Tappable.
func (p *press) Tapped(*fyne.PointEvent) {
	hideTip(p.self)
	if !p.idle() && p.onTap != nil {
		p.onTap()
	}
}

// MouseIn implements desktop.Hoverable.
func (p *press) MouseIn(e *desktop.MouseEvent) {
	p.hovered = true
	p.Refresh()
	p.tellHover(true)
	p.showTip(e.AbsolutePosition.Subtract(e.Position))
}

// MouseMoved implements desktop.Hoverable.
func (p *press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (p *press) MouseOut() {
	p.hovered, p.down = false, false
	p.Refresh()
	p.tellHover(false)
	hideTip(p.self)
}

func (p *press) tellHover(on bool) {
	if p.hovering != nil {
		p.hovering(on)
	}
}

// MouseDown implements desktop.Mouseable.
func (p *press) MouseDown(*desktop.MouseEvent) {
	p.down = true
	p.Refresh()
	hideTip(p.self)
}

// MouseUp implements desktop.Mouseable.
func (p *press) MouseUp(*desktop.MouseEvent) {
	p.down = false
	p.Refresh()
}

// Cursor implements desktop.Cursorable.
func (p *press) Cursor() desktop.Cursor {
	if p.idle() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// FocusGained implements fyne.Focusable.
func (p *press) FocusGained() {
	p.focused = true
	p.Refresh()
}

// FocusLost implements fyne.Focusable.
func (p *press) FocusLost() {
	p.focused = false
	p.Refresh()
	hideTip(p.self)
}

// TypedRune implements fyne.Focusable.
func (p *press) TypedRune(rune) {}

// TypedKey presses on Space and Enter and hands every other key to the hook.
func (p *press) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		spend(e)
		p.Tapped(nil)
	default:
		passKey(e)
	}
}

func (p *press) showTip(at fyne.Position) {
	text := p.tip
	if p.reason != "" {
		text = p.reason
	}
	if text != "" {
		scheduleTip(p.self, text, at, p.Size())
	}
}
