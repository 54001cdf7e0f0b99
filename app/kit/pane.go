package kit

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// PaneData is what a pane is made of.
type PaneData struct {
	Ground look.Token
	Head   Fitting // in the bar at the top
	// HeadGround is the bar's own ground; empty: Ground.
	HeadGround look.Token
	// Fixed stands below the bar and does not scroll; nil: nothing.
	Fixed Fitting
	// Body scrolls and has Pad around it. Filled takes its place where there is one:
	// it gets the whole room and scrolls by itself.
	Body   Fitting
	Pad    float32
	Filled fyne.CanvasObject
	Foot   Fitting // nil: none
	Edge   bool    // a line at its right
}

// Pane is a part of a screen from top to bottom: a bar, what scrolls, a foot.
type Pane struct {
	widget.BaseWidget
	data                         PaneData
	ground, headGround           *Ground
	headEdge, sideEdge, footEdge *Divider
	head, foot                   float32 // their heights, as they are laid out
	clear                        float32 // is kept free above the foot
	column                       *fyne.Container
	scroll                       *container.Scroll
	clip                         *container.ThemeOverride
}

// NewPane makes a pane.
func NewPane(d PaneData) *Pane {
	p := &Pane{
		data: d, ground: NewGround(d.Ground), headGround: NewGround(cmp.Or(d.HeadGround, d.Ground)),
		headEdge: NewDivider(), sideEdge: NewDivider(), footEdge: NewDivider(), column: plainContainer(),
	}
	p.scroll = container.NewVScroll(p.column)
	p.clip = container.NewThemeOverride(p.scroll, look.Bare())
	p.ExtendBaseWidget(p)
	return p
}

// HeadHeight is how high the bar at the top is.
func (p *Pane) HeadHeight() float32 { return p.head }

// FootHeight is how high the foot is; 0 without one.
func (p *Pane) FootHeight() float32 { return p.foot }

// SetClear keeps room of a height free above the foot, for toasts.
func (p *Pane) SetClear(high float32) {
	if high != p.clear {
		p.clear = high
		p.Refresh()
	}
}

// SetBody puts other things where it scrolls, from their beginning.
func (p *Pane) SetBody(body Fitting) {
	p.data.Body = body
	p.scroll.Offset = fyne.Position{}
	p.Refresh()
}

// Offset is how far the body is scrolled.
func (p *Pane) Offset() float32 { return p.scroll.Offset.Y }

// SetOffset scrolls the body to where Offset was, or to its end.
func (p *Pane) SetOffset(y float32) { p.scroll.ScrollToOffset(fyne.NewPos(0, y)) }

// Reveal scrolls as little as needed to show an object of the body whole.
func (p *Pane) Reveal(o fyne.CanvasObject) {
	d := fyne.CurrentApp().Driver()
	y := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(p.column).Y
	top, view := p.scroll.Offset.Y, p.scroll.Size().Height
	switch bottom := y + o.Size().Height + p.data.Pad; {
	case y-p.data.Pad < top:
		p.scroll.ScrollToOffset(fyne.NewPos(0, max(0, y-p.data.Pad)))
	case bottom > top+view:
		p.scroll.ScrollToOffset(fyne.NewPos(0, bottom-view))
	}
}

const paneAside float32 = 20 // beside the bar and the foot

// CreateRenderer implements fyne.Widget.
func (p *Pane) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{p.ground, p.headGround, p.headEdge, p.data.Head}
	if p.data.Fixed != nil {
		objects = append(objects, p.data.Fixed)
	}
	if p.data.Filled != nil {
		objects = append(objects, p.data.Filled)
	}
	objects = append(objects, p.clip)
	if p.data.Foot != nil {
		objects = append(objects, p.footEdge, p.data.Foot)
	}
	return draw(p, func() fyne.Size { return fyne.NewSize(240, 200) }, p.layout, p.paint, append(objects, p.sideEdge)...)
}

func (p *Pane) layout(size fyne.Size) {
	box(p.ground, 0, 0, size.Width, size.Height)
	inner := size.Width - 2*paneAside
	headHigh := fitted(p.data.Head, inner)
	y := max(look.Grow(56, 22), headHigh+16)
	box(p.headGround, 0, 0, size.Width, y)
	box(p.data.Head, paneAside, px((y-headHigh)/2), inner, headHigh)
	box(p.headEdge, 0, y-1, size.Width, 1)
	p.head = y
	if f := p.data.Fixed; f != nil {
		if h := fitted(f, inner); h > 0 {
			box(f, paneAside, y+12, inner, h)
			y += h + 20
		}
	}
	p.foot = 0
	if f := p.data.Foot; f != nil && f.Visible() {
		h := fitted(f, inner)
		p.foot = max(look.Grow(36, 16), h+16)
		box(p.footEdge, 0, size.Height-p.foot, size.Width, 1)
		box(f, paneAside, size.Height-p.foot+px((p.foot-h)/2), inner, h)
	}
	bottom := size.Height - p.foot - p.clear
	if p.data.Filled != nil {
		box(p.data.Filled, 0, y, size.Width-1, max(0, bottom-y))
	}
	box(p.clip, 0, y, size.Width, max(0, bottom-y))
	p.fill(size.Width)
	box(p.sideEdge, size.Width-1, 0, 1, size.Height)
	show(p.sideEdge, p.data.Edge)
	show(p.clip, p.data.Body != nil)
}

// fill puts the body into what scrolls.
func (p *Pane) fill(width float32) {
	if p.data.Body == nil {
		return
	}
	p.column.Objects = []fyne.CanvasObject{p.data.Body}
	h := fitted(p.data.Body, width-2*p.data.Pad)
	box(p.data.Body, p.data.Pad, p.data.Pad-8, width-2*p.data.Pad, h)
	settle(p.scroll, p.column, fyne.NewSize(width, h+2*p.data.Pad-8))
}

func (p *Pane) paint() {
	for _, o := range []fyne.CanvasObject{p.ground, p.headGround, p.headEdge, p.sideEdge, p.footEdge} {
		o.Refresh()
	}
}
