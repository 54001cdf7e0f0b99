package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Flow holds objects as wide as they ask to be in lines, as words of a text.
type Flow struct {
	widget.BaseWidget
	gap    float32
	items  *fyne.Container
	height float32
}

// NewFlow makes a flow with gap pixels between the items.
func NewFlow(gap float32, items ...fyne.CanvasObject) *Flow {
	f := &Flow{gap: gap, items: plainContainer(items...)}
	f.ExtendBaseWidget(f)
	return f
}

// Fit implements Fitting.
func (f *Flow) Fit(width float32) {
	var line []fyne.CanvasObject
	x, high := float32(0), float32(0)
	f.height = 0
	end := func() { // centres the items of a line
		for _, o := range line {
			o.Move(fyne.NewPos(o.Position().X, f.height+px((high-o.Size().Height)/2)))
		}
	}
	for _, o := range f.items.Objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if x > 0 && x+m.Width > width {
			end()
			f.height += high + f.gap
			line, x, high = nil, 0, 0
		}
		box(o, x, 0, min(m.Width, width), m.Height)
		line = append(line, o)
		x += m.Width + f.gap
		high = max(high, m.Height)
	}
	end()
	f.height += high
}

// CreateRenderer implements fyne.Widget.
func (f *Flow) CreateRenderer() fyne.WidgetRenderer {
	return draw(f, func() fyne.Size { return fyne.NewSize(0, f.height) }, func(size fyne.Size) {
		f.items.Resize(size)
		f.Fit(size.Width)
	}, func() {}, f.items)
}
