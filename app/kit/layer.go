package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"shopbell/app/look"
)

// Waits of the layer, from the design guide.
const (
	tipDelay  = 500 * time.Millisecond
	toastTime = 5 * time.Second
)

// After calls f on the UI goroutine once d has passed, unless stop was called
// before. stop may be called more than once. app/live has one; tests bring a
// clock of their own.
type After func(d time.Duration, f func()) (stop func())

// Layer lies over the whole content of a window and shows what floats. Tooltips
// and toasts let clicks through beside them. A menu or a dialog holds
// pointer and keyboard until it closes: they stand in the canvas's overlays,
// which keep a focus of their own and give it back afterwards. There is one
// layer for each window.
type Layer struct {
	after   After
	canvas  fyne.Canvas
	floor   *fyne.Container // no layout: everything stands where the layer puts it
	root    *fyne.Container
	tip     *tooltip
	stopTip func()
	toasts  []*toast
	corner  func() Corner // where toasts stand; nil: at the lower left of the window
	onToast func(high float32)
	opened  []*overlay // the last one is on top
}

// NewLayer returns a layer over content. Show Root in the window, then call
// Attach with its canvas.
func NewLayer(content fyne.CanvasObject, after After) *Layer {
	l := &Layer{after: after, tip: newTooltip()}
	l.floor = container.New(floating{l})
	l.root = container.NewStack(content, l.floor)
	return l
}

// Root is what the window shows.
func (l *Layer) Root() fyne.CanvasObject { return l.root }

// SetContent replaces what lies under the layer and closes everything that
// floats but the toasts.
func (l *Layer) SetContent(content fyne.CanvasObject) {
	l.hideTip()
	for len(l.opened) > 0 {
		l.CloseTop()
	}
	l.root.Objects[0] = content
	l.root.Refresh()
}

var layers = map[fyne.Canvas]*Layer{}

// Attach makes the layer the one that widgets on c find for their tooltips.
func (l *Layer) Attach(c fyne.Canvas) {
	l.canvas = c
	layers[c] = l
}

// Focus gives the keyboard to a widget in the window. Fyne looks for it among the parts
// of widgets that have been drawn, and forgets those that were out of sight for a
// minute: what is shown again has none before the next frame, and would get nothing. To
// ask where the last object of all stands makes them for all that is visible.
func (l *Layer) Focus(target fyne.Focusable) {
	fyne.CurrentApp().Driver().AbsolutePositionForObject(l.floor)
	l.canvas.Focus(target)
}

// Detach undoes Attach, for a window that closes.
func (l *Layer) Detach() { delete(layers, l.canvas) }

func layerOf(o fyne.CanvasObject) *Layer {
	return layers[fyne.CurrentApp().Driver().CanvasForObject(o)]
}

// floating lays the layer's parts out anew when the window changes its size.
type floating struct{ layer *Layer }

func (f floating) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (f floating) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	f.layer.placeToasts(size)
}

func (l *Layer) add(o fyne.CanvasObject)    { l.floor.Add(o) }
func (l *Layer) remove(o fyne.CanvasObject) { l.floor.Remove(o) }

// scheduleTip shows text at a widget that stands at the absolute position at,
// after tipDelay. A widget outside a layered window has no tooltips.
func scheduleTip(owner fyne.CanvasObject, text string, at fyne.Position, size fyne.Size) {
	l := layerOf(owner)
	if l == nil {
		return
	}
	l.hideTip()
	l.stopTip = l.after(tipDelay, func() {
		l.stopTip = nil
		l.showTip(text, at, size)
	})
}

func hideTip(owner fyne.CanvasObject) {
	if l := layerOf(owner); l != nil {
		l.hideTip()
	}
}

func (l *Layer) hideTip() {
	if l.stopTip != nil {
		l.stopTip()
		l.stopTip = nil
	}
	l.remove(l.tip.box)
}

// showTip puts the tooltip under its widget, above it where there is no room
// below, and inside the window at the sides.
func (l *Layer) showTip(text string, at fyne.Position, owner fyne.Size) {
	size := l.tip.set(text, l.floor.Size().Width-16)
	window := l.floor.Size()
	x := px(at.X + owner.Width/2 - size.Width/2)
	x = max(8, min(x, window.Width-size.Width-8))
	y := px(at.Y + owner.Height + 6)
	if y+size.Height > window.Height-4 {
		y = px(at.Y - size.Height - 6)
	}
	box(l.tip.box, x, y, size.Width, size.Height)
	l.remove(l.tip.box)
	l.add(l.tip.box)
}

// tooltip is small text on inverted colours; it lets the pointer through.
type tooltip struct {
	box    *fyne.Container
	ground *canvas.Rectangle
	label  *inkLine
}

func newTooltip() *tooltip {
	t := &tooltip{ground: newRect(), label: newInk(Small, look.Bg)}
	t.box = plainContainer(t.ground, t.label.box)
	return t
}

func (t *tooltip) set(text string, room float32) fyne.Size {
	t.label.set(Cut(text, room-20, Small), look.Surface)
	fill(t.ground, look.Text, look.RadiusMedium)
	size := fyne.NewSize(ceil(t.label.width())+20, look.Grow(28, 16))
	box(t.ground, 0, 0, size.Width, size.Height)
	t.label.mid(10, size.Height/2)
	return size
}
