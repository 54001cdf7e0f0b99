package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// Sizes of an order and an ad in a bubble.
const (
	orderWidth float32 = 290
	orderHead  float32 = 24 // to the line under the title
	orderTimes float32 = 68 // from the right edge to the end of a quantity
	adPad      float32 = 9
	adWidth    float32 = 298
	adInset    float32 = 9
)

func orderRow() float32 { return look.Grow(22, 16) }

func (o Order) shape(limit float32, _ bool) contentShape {
	high := orderHead + 5 + orderRow()*float32(len(o.Lines))
	if o.Sum != "" {
		high += 8 + orderRow()
	}
	return plainShape(min(orderWidth, limit), high, 5)
}

func (o Order) figure(Hooks) figure {
	return &orderFigure{
		icon: newIcon(16), title: newInk(BodyBold, look.Text), count: newTag(), top: newRect(), bottom: newRect(),
		box: plainContainer(), sumTitle: newInk(SmallBold, look.Text), sum: newInk(SmallBold, look.Text),
	}
}

// orderFigure draws the articles of an order and their sum.
type orderFigure struct {
	data          Order
	icon          iconImage
	title         *inkLine
	count         *tag
	top, bottom   *canvas.Rectangle
	box           *fyne.Container
	rows          []orderCells
	sumTitle, sum *inkLine
}

type orderCells struct{ name, quantity, price *inkLine }

func (f *orderFigure) objects() []fyne.CanvasObject {
	all := append([]fyne.CanvasObject{f.icon.Image, f.title.box}, f.count.objects()...)
	return append(all, f.top, f.bottom, f.box, f.sumTitle.box, f.sum.box)
}

func (f *orderFigure) set(c Content, _ Side) {
	o, ok := c.(Order)
	if !ok {
		return
	}
	f.data = o
	f.icon.set(look.IconBag, look.Primary)
	f.title.set(o.Title, look.Text)
	f.count.text = o.Count
	f.count.paint()
	fill(f.top, look.Border, 0)
	fill(f.bottom, look.Border, 0)
	show(f.bottom, o.Sum != "")
	for len(f.rows) < len(o.Lines) {
		r := orderCells{newInk(Small, look.Text), newInk(Small, look.Text2), newInk(Small, look.Text)}
		f.rows = append(f.rows, r)
		f.box.Objects = append(f.box.Objects, r.name.box, r.quantity.box, r.price.box)
	}
	for i, r := range f.rows {
		on := i < len(o.Lines)
		for _, cell := range []*inkLine{r.name, r.quantity, r.price} {
			show(cell.box, on)
		}
		if on {
			r.name.set(o.Lines[i].Name, look.Text)
			r.quantity.set(o.Lines[i].Quantity, look.Text2)
			r.price.set(o.Lines[i].Price, look.Text)
		}
	}
	title := o.SumTitle
	if o.Sum == "" {
		title = ""
	}
	f.sumTitle.set(title, look.Text)
	f.sum.set(o.Sum, look.Text)
}

func (f *orderFigure) place(x, y, w, _ float32) {
	right, mid := x+w, y+9
	f.icon.mid(x, mid)
	count := f.count.size()
	f.title.set(Cut(f.data.Title, max(0, w-22-count.Width-8), BodyBold), look.Text)
	f.title.mid(x+22, mid)
	f.count.place(right-count.Width, y)
	box(f.top, x, y+orderHead, w, look.Hairline)
	top := y + orderHead + 5
	for i, line := range f.data.Lines {
		r := f.rows[i]
		mid := top + orderRow()*float32(i) + orderRow()/2
		r.price.rightMid(right, mid)
		times := right - max(orderTimes, ceil(r.price.width())+12)
		r.quantity.rightMid(times, mid)
		r.name.set(Cut(line.Name, max(0, times-ceil(r.quantity.width())-8-x), Small), look.Text)
		r.name.mid(x, mid)
	}
	end := top + orderRow()*float32(len(f.data.Lines))
	box(f.bottom, x, end+4, w, look.Hairline)
	f.sumTitle.mid(x, end+8+orderRow()/2)
	f.sum.rightMid(right, end+8+orderRow()/2)
}

func (a Ad) shape(limit float32, _ bool) contentShape {
	high := 2*adInset + 2*Tiny.Line() + Small.Line()
	if a.Free != "" {
		high += look.Grow(22, 15) - 2
	}
	return contentShape{
		width: min(adWidth, limit), height: high,
		padX: adPad, padText: adPad, padTop: bubblePadY, padBottom: bubblePadY - 1, gap: 6,
	}
}

func (a Ad) figure(h Hooks) figure {
	return &adFigure{
		ground: newFrame(), icon: newIcon(12), label: newInk(Tiny, look.Text2), title: newInk(SmallBold, look.Text),
		detail: newInk(Tiny, look.Text2), free: newRect(), clock: newIcon(12), freeText: newInk(Tiny, look.OkText),
		open: newIconSpot(h, func() { h.act(ActOpen) }),
	}
}

// adFigure draws the ad that a customer came from. Its picture is not shown:
// fetching it would tell a stranger who reads.
type adFigure struct {
	data                 Ad
	ground               frame
	icon, clock          iconImage
	label, title, detail *inkLine
	free                 *canvas.Rectangle
	freeText             *inkLine
	open                 iconSpot
}

func (f *adFigure) objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{
		f.ground.outer, f.ground.inner, f.icon.Image, f.label.box, f.title.box, f.detail.box,
		f.free, f.clock.Image, f.freeText.box,
	}
	return append(all, f.open.objects()...)
}

func (f *adFigure) set(c Content, _ Side) {
	a, ok := c.(Ad)
	if !ok {
		return
	}
	f.data = a
	f.ground.paint(look.Surface, look.Border, look.RadiusMedium)
	f.icon.set(look.IconMegaphone, look.Text2)
	f.label.set(a.Label, look.Text2)
	f.title.set(a.Title, look.Text)
	f.detail.set(a.Detail, look.Text2)
	fill(f.free, look.OkSoft, 0)
	f.free.BottomLeftCornerRadius, f.free.BottomRightCornerRadius = look.RadiusMedium-1, look.RadiusMedium-1
	show(f.free, a.Free != "")
	if a.Free == "" {
		f.clock.set("", look.OkText)
	} else {
		f.clock.set(look.IconClock, look.OkText)
	}
	f.freeText.set(a.Free, look.OkText)
	f.open.set(look.IconOpen, a.OpenTip)
}

func (f *adFigure) place(x, y, w, h float32) {
	f.ground.place(x, y, w, h)
	left, room := x+adInset, w-2*adInset
	if f.data.OpenTip != "" {
		room -= 28
	}
	top := y + adInset - 1
	f.icon.mid(left, top+Tiny.Line()/2)
	f.label.set(Cut(f.data.Label, room-16, Tiny), look.Text2)
	f.label.at(left+16, top)
	f.title.set(Cut(f.data.Title, room, SmallBold), look.Text)
	f.title.at(left, top+Tiny.Line())
	f.detail.set(Cut(f.data.Detail, room, Tiny), look.Text2)
	f.detail.at(left, top+Tiny.Line()+Small.Line()+1)
	f.open.centre(x+w-14, top+Tiny.Line()+Small.Line()/2)
	strip := look.Grow(22, 15)
	box(f.free, x+1, y+h-strip-1, w-2, strip)
	f.clock.mid(left, y+h-1-strip/2)
	f.freeText.set(Cut(f.data.Free, w-2*adInset-16, Tiny), look.OkText)
	f.freeText.mid(left+16, y+h-1-strip/2)
}
