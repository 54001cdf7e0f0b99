package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"shopbell/app/look"
)

// Grip is the handle by which a row is put elsewhere: dragged with the mouse, or
// with Up and Down while it has the keyboard.
type Grip struct {
	press
	// OnDrop is called when the row is let go; with the keyboard after each move.
	OnDrop func()
	onMove func(by int)
	step   float32 // height of a row
	pulled float32 // since the row last moved

	ring  *canvas.Rectangle
	glyph iconImage
}

// NewGrip makes a handle; tip is its tooltip. onMove gets -1 or 1 each time the row
// is to go one place up or down; step is how high a row is.
func NewGrip(tip string, step float32, onMove func(by int)) *Grip {
	g := &Grip{onMove: onMove, step: step, ring: newRect(), glyph: newIcon(14)}
	g.tip = tip
	g.extend(g, nil)
	return g
}

// Focused reports whether it has the keyboard.
func (g *Grip) Focused() bool { return g.focused }

// CreateRenderer implements fyne.Widget.
func (g *Grip) CreateRenderer() fyne.WidgetRenderer {
	return draw(g, func() fyne.Size { return fyne.NewSize(18, look.Grow(28, 16)) },
		func(size fyne.Size) {
			box(g.ring, 0, 0, size.Width, size.Height)
			g.glyph.mid((size.Width-g.glyph.px)/2, size.Height/2)
		},
		func() {
			paintRing(g.ring, look.Focus, look.RadiusSmall)
			show(g.ring, g.focused)
			g.glyph.set(look.IconGrip, look.Text2)
		}, g.ring, g.glyph.Image)
}

// Dragged implements fyne.Draggable.
func (g *Grip) Dragged(e *fyne.DragEvent) {
	if g.off {
		return
	}
	g.pulled += e.Dragged.DY
	for ; g.pulled > g.step; g.pulled -= g.step {
		g.onMove(1)
	}
	for ; g.pulled < -g.step; g.pulled += g.step {
		g.onMove(-1)
	}
}

// DragEnd implements fyne.Draggable.
func (g *Grip) DragEnd() {
	g.pulled = 0
	call(g.OnDrop)
}

// Cursor implements desktop.Cursorable.
func (g *Grip) Cursor() desktop.Cursor { return desktop.VResizeCursor }

// TypedKey implements fyne.Focusable.
func (g *Grip) TypedKey(e *fyne.KeyEvent) {
	switch {
	case g.off:
		passKey(e)
	case e.Name == fyne.KeyUp:
		g.onMove(-1)
		call(g.OnDrop)
	case e.Name == fyne.KeyDown:
		g.onMove(1)
		call(g.OnDrop)
	default:
		passKey(e)
	}
}
