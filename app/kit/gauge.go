package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// GaugeData is what a gauge shows: Value of Most, a zone that is recommended, and
// a tick. The words of zone and tick stand below it.
type GaugeData struct {
	Value, Most int
	From, To    int // the zone
	Tick        int
	// Good: the words of the zone are those of a value inside; Warn: the value stands
	// where it should not. Over Most it is an error by itself.
	Good, Warn     bool
	Zone, TickText string
}

// Gauge is a bar with the length of a text.
type Gauge struct {
	widget.BaseWidget
	data GaugeData

	track, zone, value, tick *canvas.Rectangle
	words, tickWords         *inkLine
}

// NewGauge makes an empty gauge.
func NewGauge() *Gauge {
	g := &Gauge{
		track: newRect(), zone: newRect(), value: newRect(), tick: newRect(),
		words: newInk(Tiny, look.OkText), tickWords: newInk(Tiny, look.WarnText),
	}
	g.ExtendBaseWidget(g)
	return g
}

// Set changes what it shows.
func (g *Gauge) Set(d GaugeData) {
	if d != g.data {
		g.data = d
		g.Refresh()
	}
}

const (
	gaugeHigh float32 = 6
	gaugeTick float32 = 16
	gaugeGap  float32 = 4
)

// CreateRenderer implements fyne.Widget.
func (g *Gauge) CreateRenderer() fyne.WidgetRenderer {
	return draw(func() fyne.Size { return fyne.NewSize(160, gaugeTick+gaugeGap+Tiny.Line()) },
		g.layout, g.paint, g.track, g.zone, g.value, g.tick, g.words.box, g.tickWords.box)
}

func (g *Gauge) layout(size fyne.Size) {
	d := g.data
	at := func(n int) float32 { return px(size.Width * float32(min(n, d.Most)) / float32(max(1, d.Most))) }
	top := (gaugeTick - gaugeHigh) / 2
	box(g.track, 0, top, size.Width, gaugeHigh)
	box(g.zone, at(d.From), top, at(d.To)-at(d.From), gaugeHigh)
	box(g.value, 0, top+1, at(d.Value), gaugeHigh-2)
	box(g.tick, at(d.Tick)-1, 0, 2, gaugeTick)
	mid := gaugeTick + gaugeGap + Tiny.Line()/2
	left := at(d.Tick) + 4
	right := Cut(d.TickText, size.Width-left, Tiny)
	if right != d.TickText { // it stands at the edge instead
		right = Cut(d.TickText, size.Width/2, Tiny)
		left = size.Width - ceil(Measure(right, Tiny))
	}
	g.tickWords.set(right, look.WarnText)
	g.tickWords.mid(left, mid)
	g.words.set(Cut(d.Zone, left-10, Tiny), g.words.token)
	g.words.rightMid(left-10, mid)
}

func (g *Gauge) paint() {
	d := g.data
	value, words := look.Primary, look.Text2
	switch {
	case d.Value > d.Most:
		value, words = look.Error, look.Text2
	case d.Warn:
		value = look.Warn
	case d.Good:
		value, words = look.Ok, look.OkText
	}
	fill(g.track, look.Fill, gaugeHigh/2)
	fill(g.zone, look.OkSoft, 0)
	fill(g.value, value, (gaugeHigh-2)/2)
	fill(g.tick, look.Accent, 0)
	show(g.value, d.Value > 0)
	g.words.set(d.Zone, words)
	g.tickWords.set(d.TickText, look.WarnText)
}
