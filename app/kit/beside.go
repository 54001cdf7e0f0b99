package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Beside is a page's cards in two columns: a main one that takes the room there is
// and one of a set width at its right, which goes below where the main one would
// become narrower than its least width.
type Beside struct {
	widget.BaseWidget
	gap, least, aside float32
	main, right       []fyne.CanvasObject
	all               *fyne.Container
	height            float32
}

// NewBeside makes empty columns with gap pixels between the cards; widths are at a
// text size of 100 %.
func NewBeside(gap, least, aside float32) *Beside {
	b := &Beside{gap: gap, least: least, aside: aside, all: plainContainer()}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes the cards of both columns; the owner fits it anew.
func (b *Beside) Set(main, right []fyne.CanvasObject) {
	b.main, b.right = main, right
	b.all.Objects = slices.Concat(main, right)
	b.Refresh()
}

// Fit implements Fitting.
func (b *Beside) Fit(width float32) {
	aside := floor(b.aside * look.Scale())
	left := width - aside - b.gap
	if len(b.right) > 0 && left >= b.least*look.Scale() {
		b.height = max(b.column(b.main, 0, 0, left), b.column(b.right, left+b.gap, 0, aside))
		return
	}
	b.height = b.column(b.main, 0, 0, width)
	if len(b.right) > 0 {
		b.height = b.column(b.right, 0, b.height+b.gap, width)
	}
}

// column puts cards below one another and returns where the last ends.
func (b *Beside) column(cards []fyne.CanvasObject, x, y, width float32) float32 {
	for i, o := range cards {
		if i > 0 {
			y += b.gap
		}
		h := fitted(o, width)
		box(o, x, y, width, h)
		y += h
	}
	return y
}

// CreateRenderer implements fyne.Widget.
func (b *Beside) CreateRenderer() fyne.WidgetRenderer {
	return draw(b, func() fyne.Size { return fyne.NewSize(0, b.height) },
		func(size fyne.Size) { b.all.Resize(size); b.Fit(size.Width) }, func() {}, b.all)
}
