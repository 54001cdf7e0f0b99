package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// GaugeData is what a gauge shows: Value of Most, a zone that is recommended, and
// a tick. Text stands below and says what both are.
type GaugeData struct {
	Value, Most int
	From, To    int // the zone
	Tick        int
	// Good: the value is as recommended; Warn: it stands where it should not. Over Most
	// it is an error by itself.
	Good, Warn bool
	Text       string
}

// Gauge is a bar with the length of a text.
type Gauge struct {
	widget.BaseWidget
	data  GaugeData
	width float32

	bar   zoneBar
	tick  *canvas.Rectangle
	lines *fyne.Container
	inks  []*inkLine
}

// NewGauge makes an empty gauge.
func NewGauge() *Gauge {
	g := &Gauge{width: 300, bar: newZoneBar(gaugeHigh, 1), tick: newRect(), lines: plainContainer()}
	g.ExtendBaseWidget(g)
	return g
}

// Set changes what it shows; the owner fits it anew.
func (g *Gauge) Set(d GaugeData) {
	if d != g.data {
		g.data = d
		g.Refresh()
	}
}

// Fit implements Fitting.
func (g *Gauge) Fit(width float32) {
	g.width = width
	g.Refresh()
}

const (
	gaugeHigh float32 = 6
	gaugeTick float32 = 16
	gaugeGap  float32 = 4
)

func (g *Gauge) wrapped() []string { return Wrap(g.data.Text, g.width, Tiny) }

// CreateRenderer implements fyne.Widget.
func (g *Gauge) CreateRenderer() fyne.WidgetRenderer {
	return draw(g, func() fyne.Size {
		return fyne.NewSize(160, gaugeTick+gaugeGap+float32(len(g.wrapped()))*Tiny.Line())
	}, g.layout, g.paint, append(g.bar.objects(), g.tick, g.lines)...)
}

func (g *Gauge) layout(size fyne.Size) {
	d := g.data
	g.bar.place(size.Width, (gaugeTick-gaugeHigh)/2, d.Value, d.From, d.To, d.Most)
	box(g.tick, zoneAt(size.Width, d.Tick, d.Most)-1, 0, 2, gaugeTick)
	for i, ink := range g.inks {
		ink.at(0, gaugeTick+gaugeGap+float32(i)*Tiny.Line())
	}
}

func (g *Gauge) paint() {
	d := g.data
	value, words := look.Primary, look.Text2
	switch {
	case d.Value > d.Most:
		value = look.Error
	case d.Warn:
		value = look.Warn
	case d.Good:
		value, words = look.Ok, look.OkText
	}
	g.bar.paint(value, d.Value > 0)
	fill(g.tick, look.Accent, 0)
	g.inks = setLines(g.lines, g.inks, g.wrapped(), Tiny, words)
}
