package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Progress is a bar that says how much of something is done.
type Progress struct {
	widget.BaseWidget
	part          float32
	done          bool
	track, filled *canvas.Rectangle
}

// NewProgress makes an empty bar.
func NewProgress() *Progress {
	p := &Progress{track: newRect(), filled: newRect()}
	p.ExtendBaseWidget(p)
	return p
}

// Set says how much is done, from 0 to 1; done is that nothing is left to do.
func (p *Progress) Set(part float32, done bool) {
	part = min(max(part, 0), 1)
	if part != p.part || done != p.done {
		p.part, p.done = part, done
		p.Refresh()
	}
}

// Part is how much is done.
func (p *Progress) Part() float32 { return p.part }

const progressHigh float32 = 8

// CreateRenderer implements fyne.Widget.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	return draw(p, func() fyne.Size { return fyne.NewSize(120, progressHigh) }, p.layout, p.paint, p.track, p.filled)
}

func (p *Progress) layout(size fyne.Size) {
	box(p.track, 0, 0, size.Width, progressHigh)
	box(p.filled, 0, 0, px(size.Width*p.part), progressHigh)
}

func (p *Progress) paint() {
	fill(p.track, look.Fill, progressHigh/2)
	token := look.Primary
	if p.done {
		token = look.Ok
	}
	fill(p.filled, token, progressHigh/2)
	show(p.filled, p.part > 0)
}
