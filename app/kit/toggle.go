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

// Toggle is a switch alone: what it switches stands beside it.
type Toggle struct {
	press
	on   bool
	ring *canvas.Rectangle
	mark *toggleMark
}

// NewToggle makes a switch that is off. tip is what it switches. onChange gets what
// the person chose; the switch stands so already.
func NewToggle(tip string, onChange func(on bool)) *Toggle {
	t := &Toggle{ring: newRect(), mark: newToggleMark()}
	t.tip = tip
	t.extend(t, func() {
		t.SetOn(!t.on)
		onChange(t.on)
	})
	return t
}

// SetOn sets it without calling back.
func (t *Toggle) SetOn(on bool) {
	if on != t.on {
		t.on = on
		t.Refresh()
	}
}

// On is how it stands.
func (t *Toggle) On() bool { return t.on }

// CreateRenderer implements fyne.Widget.
func (t *Toggle) CreateRenderer() fyne.WidgetRenderer {
	return draw(func() fyne.Size { return fyne.NewSize(switchWide, look.Grow(28, 16)) },
		func(size fyne.Size) {
			t.mark.mid(0, size.Height/2)
			box(t.ring, -3, px(size.Height/2-switchHigh/2)-3, switchWide+6, switchHigh+6)
		},
		func() {
			t.mark.paint(t.on, t.off)
			paintRing(t.ring, look.Focus, switchHigh/2+3)
			show(t.ring, t.focused)
		}, append(t.mark.objects(), t.ring)...)
}
