package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// WordMeter is a bar that counts words against a zone that is usual, with the
// numbers of the zone below.
type WordMeter struct {
	widget.BaseWidget
	value, from, to, most int

	bar   zoneBar
	ends  [2]*inkLine
	marks [2]*inkLine
}

// NewWordMeter makes a meter of 0 to most with a zone; last are the words at its
// end. low and high are those of the zone.
func NewWordMeter(from, to, most int, low, high, last string) *WordMeter {
	m := &WordMeter{from: from, to: to, most: most, bar: newZoneBar(wordMeterHigh, 2)}
	for i, text := range []string{"0", last} {
		m.ends[i] = newInk(Tiny, look.Text2)
		m.ends[i].set(text, look.Text2)
	}
	for i, text := range []string{low, high} {
		m.marks[i] = newInk(TinyBold, look.OkText)
		m.marks[i].set(text, look.OkText)
	}
	m.ExtendBaseWidget(m)
	return m
}

// Set says how many words there are; more than fit fill the bar.
func (m *WordMeter) Set(value int) {
	if value != m.value {
		m.value = value
		m.Refresh()
	}
}

const wordMeterHigh float32 = 8

// CreateRenderer implements fyne.Widget.
func (m *WordMeter) CreateRenderer() fyne.WidgetRenderer {
	return draw(m, func() fyne.Size { return fyne.NewSize(160, wordMeterHigh+4+Tiny.Line()) }, m.layout, m.paint,
		append(m.bar.objects(), m.ends[0].box, m.ends[1].box, m.marks[0].box, m.marks[1].box)...)
}

func (m *WordMeter) layout(size fyne.Size) {
	m.bar.place(size.Width, 0, m.value, m.from, m.to, m.most)
	mid := wordMeterHigh + 4 + Tiny.Line()/2
	m.ends[0].mid(0, mid)
	m.ends[1].rightMid(size.Width, mid)
	m.marks[0].centre(zoneAt(size.Width, m.from, m.most), mid)
	m.marks[1].centre(zoneAt(size.Width, m.to, m.most), mid)
}

func (m *WordMeter) paint() {
	m.bar.paint(look.Ok, m.value > 0)
	for i := range m.ends {
		m.ends[i].set(m.ends[i].text, look.Text2)
		m.marks[i].set(m.marks[i].text, look.OkText)
	}
}
