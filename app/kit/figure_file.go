package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// Sizes of a document in a bubble.
const (
	tileWidth  float32 = 36
	tileHeight float32 = 40
	tileGap    float32 = 8
	spotStep   float32 = 34 // from one icon to the next
	fileLeast  float32 = 234
)

// plainShape is a content with the paddings of a text.
func plainShape(width, height, gap float32) contentShape {
	return contentShape{width: width, height: height, padX: bubblePadX, padText: bubblePadX, padTop: bubblePadY, padBottom: bubblePadY, gap: gap}
}

func (f File) spots() float32 {
	n := float32(0)
	for _, tip := range []string{f.OpenTip, f.SaveTip, f.FetchTip} {
		if tip != "" {
			n++
		}
	}
	return n * spotStep
}

func (f File) shape(limit float32, _ bool) contentShape {
	wide := tileWidth + tileGap + ceil(max(Measure(f.Name, BodyBold), Measure(f.Info, Tiny))) + f.spots()
	least := fileLeast
	if f.spots() > 0 {
		least += 40
	}
	return plainShape(min(limit, max(least, wide)), max(tileHeight, Body.Line()+Tiny.Line()), 4)
}

func (f File) figure(h Hooks) figure {
	return &fileFigure{
		tile: newRect(), kind: newInk(TinyBold, look.Text), name: newInk(BodyBold, look.Text), info: newInk(Tiny, look.Text2),
		open:  newIconSpot(h, func() { h.act(ActOpen) }),
		save:  newIconSpot(h, func() { h.act(ActSave) }),
		fetch: newIconSpot(h, func() { h.act(ActFetch) }),
	}
}

// fileFigure draws a document: a tile with its type, its name, what to do with it.
type fileFigure struct {
	data              File
	tile              *canvas.Rectangle
	kind, name, info  *inkLine
	open, save, fetch iconSpot
}

func (f *fileFigure) objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{f.tile, f.kind.box, f.name.box, f.info.box}
	for _, s := range []iconSpot{f.open, f.save, f.fetch} {
		all = append(all, s.objects()...)
	}
	return all
}

func (f *fileFigure) set(c Content, side Side) {
	file, ok := c.(File)
	if !ok {
		return
	}
	f.data = file
	ground, text := file.Hue.soft()
	if side == Ours {
		ground = look.Surface
	}
	fill(f.tile, ground, look.RadiusSmall)
	f.kind.set(file.Type, text)
	f.name.set(file.Name, look.Text)
	f.info.set(file.Info, look.Text2)
	f.open.set(look.IconOpen, file.OpenTip)
	f.save.set(look.IconSave, file.SaveTip)
	f.fetch.set(look.IconSave, file.FetchTip)
}

func (f *fileFigure) place(x, y, w, h float32) {
	box(f.tile, x, y, tileWidth, tileHeight)
	f.kind.centre(x+tileWidth/2, y+tileHeight/2)
	left, room := x+tileWidth+tileGap, w-tileWidth-tileGap-f.data.spots()
	top := y + px((h-Body.Line()-Tiny.Line())/2)
	f.name.set(Cut(f.data.Name, room, BodyBold), look.Text)
	f.name.at(left, top)
	f.info.set(Cut(f.data.Info, room, Tiny), look.Text2)
	f.info.at(left, top+Body.Line())
	right := x + w - 10
	for _, s := range []iconSpot{f.fetch, f.save, f.open} {
		if s.tip != "" {
			s.centre(right, y+tileHeight/2)
			right -= spotStep
		}
	}
}
