package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// Sizes of a place in a bubble. The map is drawn, and none is fetched: that would
// tell a stranger where the shop's customers are.
const (
	mapWidth  float32 = 250
	mapHeight float32 = 88
	mapText   float32 = 6 // the words stand further in than the map
	pinWide   float32 = 24
)

func (p Place) shape(limit float32, _ bool) contentShape {
	return contentShape{
		width: min(mapWidth, limit), height: mapHeight + 4 + Small.Line() + 1 + Tiny.Line(),
		padX: mediaPad, padText: bubblePadX, padTop: mediaPad, padBottom: mediaPad - 2, gap: 0,
	}
}

func (p Place) figure(h Hooks) figure {
	f := &placeFigure{
		land: &canvas.Image{FillMode: canvas.ImageFillStretch, CornerRadius: look.RadiusMedium},
		pin:  &canvas.Circle{}, dot: &canvas.Circle{},
		title: newInk(SmallBold, look.Text), detail: newInk(Tiny, look.Text2), open: newInk(SmallBold, look.PrimaryText),
		spot: newHotspot(look.RadiusMedium, h, func() { h.act(ActOpen) }),
	}
	return f
}

// placeFigure draws a place: a pin on what looks like a map, and its address.
type placeFigure struct {
	data                Place
	land                *canvas.Image
	pin, dot            *canvas.Circle
	title, detail, open *inkLine
	spot                *hotspot
}

func (f *placeFigure) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.land, f.pin, f.dot, f.title.box, f.detail.box, f.open.box, f.spot}
}

func (f *placeFigure) set(c Content, _ Side) {
	p, ok := c.(Place)
	if !ok {
		return
	}
	f.data = p
	f.land.Resource = look.Map()
	f.land.Refresh()
	fillCircle(f.pin, look.Primary)
	fillCircle(f.dot, look.OnPrimary)
	f.title.set(p.Title, look.Text)
	f.detail.set(p.Detail, look.Text2)
	f.open.set(p.Open, look.PrimaryText)
}

func (f *placeFigure) place(x, y, w, h float32) {
	box(f.land, x, y, w, mapHeight)
	box(f.spot, x, y, w, h)
	midX, midY := x+w/2+3, y+mapHeight/2-4
	box(f.pin, px(midX-pinWide/2), px(midY-pinWide/2), pinWide, pinWide)
	box(f.dot, px(midX-5), px(midY-5), 10, 10)
	right := x + w - mapText
	room := w - 2*mapText - ceil(f.open.width()) - 12
	top := y + mapHeight + 4
	f.title.set(Cut(f.data.Title, room, SmallBold), look.Text)
	f.title.at(x+mapText, top)
	f.detail.set(Cut(f.data.Detail, room, Tiny), look.Text2)
	f.detail.at(x+mapText, top+Small.Line()+1)
	f.open.rightMid(right, top+px((Small.Line()+1+Tiny.Line())/2))
}
