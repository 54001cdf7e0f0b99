package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

const (
	listWidth float32 = 254
	listPad   float32 = 10
)

func listRowHeight() float32 { return look.Grow(28, 16) }

func (o Listing) shape(limit float32, _ bool) contentShape {
	n := float32(len(o.Rows))
	s := plainShape(min(listWidth, limit), n*listRowHeight()+max(0, n-1)*look.Hairline, 4)
	s.under = true
	return s
}

func (o Listing) figure(Hooks) figure { return &listFigure{box: plainContainer()} }

// listFigure draws the rows of a list as the customer sees them.
type listFigure struct {
	data Listing
	box  *fyne.Container
	rows []*listRow
}

type listRow struct {
	ground        *canvas.Rectangle
	check         iconImage
	title, detail *inkLine
}

func (f *listFigure) objects() []fyne.CanvasObject { return []fyne.CanvasObject{f.box} }

func (f *listFigure) set(c Content, _ Side) {
	o, ok := c.(Listing)
	if !ok {
		return
	}
	f.data = o
	for len(f.rows) < len(o.Rows) {
		r := &listRow{newRect(), newIcon(14), newInk(Small, look.Text), newInk(Small, look.Text2)}
		f.rows = append(f.rows, r)
		f.box.Objects = append(f.box.Objects, r.ground, r.check.Image, r.title.box, r.detail.box)
	}
	for i, r := range f.rows {
		on := i < len(o.Rows)
		show(r.ground, on)
		show(r.title.box, on)
		show(r.detail.box, on)
		if !on {
			r.check.set("", look.OnPrimary)
			continue
		}
		r.paint(o.Rows[i], i == 0, i == len(o.Rows)-1)
	}
}

func (r *listRow) paint(o ListingRow, first, last bool) {
	ground, title, detail, check := look.Surface, look.Text, look.Text2, look.IconName("")
	r.title.setFont(Small)
	if o.Chosen {
		ground, title, detail, check = look.Primary, look.OnPrimary, look.OnPrimary, look.IconCheck
		r.title.setFont(SmallBold)
	}
	fill(r.ground, ground, 0)
	top, bottom := float32(0), float32(0)
	if first {
		top = look.RadiusMedium
	}
	if last {
		bottom = look.RadiusMedium
	}
	r.ground.TopLeftCornerRadius, r.ground.TopRightCornerRadius = top, top
	r.ground.BottomLeftCornerRadius, r.ground.BottomRightCornerRadius = bottom, bottom
	r.check.set(check, look.OnPrimary)
	r.title.set(o.Title, title)
	r.detail.set(o.Detail, detail)
}

func (f *listFigure) place(x, y, w, _ float32) {
	high := listRowHeight()
	for i, o := range f.data.Rows {
		r := f.rows[i]
		top := y + float32(i)*(high+look.Hairline)
		box(r.ground, x, top, w, high)
		left := x + listPad
		r.check.mid(left-1, top+high/2)
		if o.Chosen {
			left += 20
		}
		right := x + w - listPad
		// The title goes before: its description is cut first.
		r.title.set(Cut(o.Title, right-left, r.title.font), r.title.token)
		r.title.mid(left, top+high/2)
		r.detail.set(Cut(o.Detail, max(0, right-left-ceil(r.title.width())-12), Small), r.detail.token)
		r.detail.rightMid(right, top+high/2)
	}
}
