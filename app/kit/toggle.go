package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// toggleMark is the switch itself, inside widgets: a track with a knob.
type toggleMark struct {
	track, hole *canvas.Rectangle
	knob        *canvas.Circle
	on          bool
}

func newToggleMark() *toggleMark {
	return &toggleMark{track: newRect(), hole: newRect(), knob: &canvas.Circle{}}
}

func (m *toggleMark) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{m.track, m.hole, m.knob}
}

// paint shows how it stands; off: it cannot be changed.
func (m *toggleMark) paint(on, off bool) {
	m.on = on
	track, hole, knob := look.Control, look.Surface, look.Control
	if on {
		track, hole, knob = look.Primary, look.Primary, look.OnPrimary
	}
	if off {
		track, hole, knob = look.Border, look.Fill, look.Text3
	}
	fill(m.track, track, switchHigh/2)
	fill(m.hole, hole, switchHigh/2-1)
	fillCircle(m.knob, knob)
}

// mid puts the left edge at x and the middle at y.
func (m *toggleMark) mid(x, y float32) {
	x, y = px(x), px(y-switchHigh/2)
	box(m.track, x, y, switchWide, switchHigh)
	box(m.hole, x+1, y+1, switchWide-2, switchHigh-2)
	at := x + 2
	if m.on {
		at = x + switchWide - switchKnob - 2
	}
	box(m.knob, at, y+2, switchKnob, switchKnob)
}

// flip is what can be pressed to be on or off.
type flip struct {
	press
	on   bool
	ring *canvas.Rectangle
	mark *toggleMark
}

// extend must be called by the constructor of the embedding widget. onChange gets
// what the person chose; the switch stands so already.
func (f *flip) extend(self fyne.Widget, onChange func(on bool)) {
	f.ring, f.mark = newRect(), newToggleMark()
	f.press.extend(self, func() {
		f.SetOn(!f.on)
		onChange(f.on)
	})
}

// SetOn sets it without calling back.
func (f *flip) SetOn(on bool) {
	if on != f.on {
		f.on = on
		f.Refresh()
	}
}

// On is how it stands.
func (f *flip) On() bool { return f.on }

func (f *flip) objects() []fyne.CanvasObject { return append(f.mark.objects(), f.ring) }

// mid puts the left edge of the switch at x and its middle at y.
func (f *flip) mid(x, y float32) {
	f.mark.mid(x, y)
	box(f.ring, px(x)-3, px(y-switchHigh/2)-3, switchWide+6, switchHigh+6)
}

func (f *flip) paint() {
	f.mark.paint(f.on, f.off)
	paintRing(f.ring, look.Focus, switchHigh/2+3)
	show(f.ring, f.focused)
}

// Toggle is a switch alone: what it switches stands beside it.
type Toggle struct{ flip }

// NewToggle makes a switch that is off. tip is what it switches. onChange gets what
// the person chose; the switch stands so already.
func NewToggle(tip string, onChange func(on bool)) *Toggle {
	t := new(Toggle)
	t.tip = tip
	t.extend(t, onChange)
	return t
}

// CreateRenderer implements fyne.Widget.
func (t *Toggle) CreateRenderer() fyne.WidgetRenderer {
	return draw(t, func() fyne.Size { return fyne.NewSize(switchWide, look.Grow(28, 16)) },
		func(size fyne.Size) { t.mid(0, size.Height/2) }, t.paint, t.objects()...)
}
