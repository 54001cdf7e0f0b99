package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// Sizes of a document and a voice note in a bubble.
const (
	tileWidth    float32 = 36
	tileHeight   float32 = 40
	tileGap      float32 = 8
	spotStep     float32 = 34 // from one icon to the next
	fileLeast    float32 = 234
	voiceDisc    float32 = 32
	barWidth     float32 = 3
	barStep      float32 = 5
	barHigh      float32 = 22
	barLow       float32 = 3
	voiceBars            = 34 // the most that are drawn
	voiceLeast   float32 = 130
	lengthGap    float32 = 8
	voiceLengths float32 = 66 // room for the length
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

func (v Voice) shape(limit float32, _ bool) contentShape {
	wide := voiceDisc + tileGap + barStep*float32(min(len(v.Peaks), voiceBars)) + lengthGap + voiceLengths
	return plainShape(min(limit, max(wide, voiceLeast)), voiceDisc, 3)
}

func (v Voice) figure(h Hooks) figure {
	f := &voiceFigure{disc: &canvas.Circle{}, glyph: newIcon(14), length: newInk(TinyBold, look.Text2), bars: plainContainer()}
	f.spot = newHotspot(voiceDisc/2, h, func() {
		if f.data.Ready == ReadyWaiting {
			h.act(ActFetch)
		} else {
			h.act(ActOpen)
		}
	})
	return f
}

// voiceFigure draws a voice note: a disc that opens it, how loud it is, and how
// long.
type voiceFigure struct {
	data   Voice
	disc   *canvas.Circle
	glyph  iconImage
	bars   *fyne.Container
	length *inkLine
	spot   *hotspot
}

func (f *voiceFigure) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.disc, f.glyph.Image, f.bars, f.length.box, f.spot}
}

func (f *voiceFigure) set(c Content, side Side) {
	v, ok := c.(Voice)
	if !ok {
		return
	}
	f.data = v
	ground, glyph := look.Primary, look.OnPrimary
	if side == Ours {
		ground, glyph = look.Surface, look.Primary
	}
	icon := look.IconPlay
	switch v.Ready {
	case ReadyWaiting:
		icon = look.IconSave
	case ReadyFetching:
		icon = look.IconArrowDown
	case ReadyGone:
		icon, ground, glyph = look.IconAlert, look.Fill, look.Text2
	}
	fillCircle(f.disc, ground)
	f.glyph.set(icon, glyph)
	f.length.set(v.Length, look.Text2)
	f.spot.SetTip(v.Tip)
	show(f.spot, v.Ready == ReadyHere || v.Ready == ReadyWaiting)
	for len(f.bars.Objects) < min(len(v.Peaks), voiceBars) {
		f.bars.Objects = append(f.bars.Objects, newRect())
	}
	for i, o := range f.bars.Objects {
		show(o, i < len(v.Peaks))
		if r, ok := o.(*canvas.Rectangle); ok {
			fill(r, look.Control, barWidth/2)
		}
	}
}

func (f *voiceFigure) place(x, y, w, h float32) {
	box(f.disc, x, y, voiceDisc, voiceDisc)
	box(f.spot, x, y, voiceDisc, voiceDisc)
	f.glyph.mid(x+(voiceDisc-f.glyph.px)/2, y+h/2)
	left := x + voiceDisc + tileGap
	end := x + w - lengthGap - f.length.width()
	for i, o := range f.bars.Objects {
		if i >= len(f.data.Peaks) {
			break
		}
		high := max(barLow, px(barHigh*float32(f.data.Peaks[i])/255))
		box(o, left, px(y+(h-high)/2), barWidth, high)
		show(o, left+barWidth <= end)
		left += barStep
	}
	f.length.mid(min(left-2+lengthGap, end+lengthGap), y+h/2+1)
}
