package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// CompareRow is one trait of two people side by side: its name, and what each has.
type CompareRow struct {
	widget.BaseWidget
	name        string
	left, right fyne.CanvasObject
	label       *inkLine
	height      float32
}

// NewCompareRow makes a row; name may be empty.
func NewCompareRow(name string, left, right fyne.CanvasObject) *CompareRow {
	r := &CompareRow{name: name, left: left, right: right, label: newInk(Small, look.Text2)}
	r.ExtendBaseWidget(r)
	return r
}

const compareGap float32 = 12

func compareName() float32 { return look.Grow(112, 112) }

// Fit implements Fitting.
func (r *CompareRow) Fit(width float32) {
	each := floor((width - compareName() - 2*compareGap) / 2)
	x := compareName() + compareGap
	a, b := fitted(r.left, each), fitted(r.right, each)
	r.height = max(a, b, look.Grow(32, 16)) + 8
	box(r.left, x, px((r.height-a)/2), each, a)
	box(r.right, x+each+compareGap, px((r.height-b)/2), each, b)
}

// CreateRenderer implements fyne.Widget.
func (r *CompareRow) CreateRenderer() fyne.WidgetRenderer {
	return draw(r, func() fyne.Size { return fyne.NewSize(0, r.height) }, func(size fyne.Size) {
		r.Fit(size.Width)
		r.label.set(Cut(r.name, compareName(), Small), look.Text2)
		r.label.mid(0, size.Height/2)
	}, func() { r.label.set(r.name, look.Text2) }, r.label.box, r.left, r.right)
}
