package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// Sizes of pictures in a bubble. They do not depend on the picture, so that
// nothing moves when it arrives.
const (
	mediaPad     float32 = 7
	mediaWidth   float32 = 206
	photoHeight  float32 = 128
	videoHeight  float32 = 112
	thumbWidth   float32 = 112
	thumbHeight  float32 = 84
	captionGap   float32 = 10
	captionWidth float32 = 230
	captionLeast float32 = 120 // a narrower caption stands under the picture
	stickerSide  float32 = 96
)

func (p Picture) shape(limit float32, captioned bool) contentShape {
	s := contentShape{
		width: min(mediaWidth, limit), height: photoHeight,
		padX: mediaPad, padText: mediaPad, padTop: mediaPad, padBottom: mediaPad - 2, gap: 5,
	}
	switch {
	case captioned && limit >= thumbWidth+captionGap+captionLeast:
		s.width, s.height, s.beside = thumbWidth, thumbHeight, true
	case p.Video:
		s.height = videoHeight
	}
	return s
}

func (p Picture) figure(h Hooks) figure {
	f := &pictureFigure{
		ground: newRect(), empty: newIcon(24), photo: newPhoto(h), dim: newRect(),
		disc: &canvas.Circle{}, ring: newRing(), glyph: newIcon(18), video: newIcon(12),
		pill: newRect(), length: newInk(TinyBold, look.OnRail),
	}
	f.photo.arrived = f.paintEmpty
	f.spot = newHotspot(look.RadiusMedium, h, func() { h.act(f.data.Ready.pressed()) })
	return f
}

// pictureFigure draws a photo, or a video with its disc and length. What is not
// here yet is dim, with a ring.
type pictureFigure struct {
	data   Picture
	ground *canvas.Rectangle
	empty  iconImage
	photo  *photo
	dim    *canvas.Rectangle
	disc   *canvas.Circle
	ring   ring
	glyph  iconImage
	pill   *canvas.Rectangle
	video  iconImage
	length *inkLine
	spot   *hotspot
}

func (f *pictureFigure) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{
		f.ground, f.empty.Image, f.photo.image, f.dim, f.disc, f.ring.track, f.ring.arc, f.glyph.Image,
		f.pill, f.video.Image, f.length.box, f.spot,
	}
}

func (f *pictureFigure) set(c Content, _ Side) {
	p, ok := c.(Picture)
	if !ok {
		return
	}
	f.data = p
	fill(f.ground, look.Fill, look.RadiusMedium)
	f.empty.set(look.IconPicture, look.Text3)
	coming := p.Ready == ReadyWaiting || p.Ready == ReadyFetching
	fill(f.dim, look.Scrim, look.RadiusMedium)
	show(f.dim, coming)

	icon := look.IconName("")
	switch {
	case p.Ready == ReadyWaiting:
		icon = look.IconSave
	case p.Ready == ReadyFetching:
		icon = look.IconArrowDown
	case p.Ready == ReadyHere && p.Video:
		icon = look.IconPlay
	}
	token := look.Primary
	if coming {
		token = look.Text2
	}
	show(f.disc, icon != "")
	fillCircle(f.disc, look.Surface)
	f.glyph.set(icon, token)
	f.ring.set(p.Ready == ReadyFetching, p.Progress)

	fill(f.pill, look.Rail, 10)
	show(f.pill, p.Length != "")
	if p.Length == "" {
		f.video.set("", look.OnRail)
	} else {
		f.video.set(look.IconVideo, look.OnRail)
	}
	f.length.set(p.Length, look.OnRail)
	show(f.spot, p.Ready == ReadyHere || p.Ready == ReadyWaiting)
	if p.Ready == ReadyGone {
		f.photo.source = ""
		show(f.photo.image, false)
	}
}

func (f *pictureFigure) place(x, y, w, h float32) {
	box(f.ground, x, y, w, h)
	box(f.dim, x, y, w, h)
	box(f.spot, x, y, w, h)
	if f.data.Ready != ReadyGone {
		f.photo.show(f.data.Source, x, y, w, h)
	}
	f.paintEmpty()
	midX, midY := x+w/2, y+h/2
	f.empty.mid(midX-f.empty.px/2, midY)
	disc := float32(40)
	if f.data.Ready != ReadyHere {
		disc = 44
	}
	box(f.disc, px(midX-disc/2), px(midY-disc/2), disc, disc)
	f.ring.centre(midX, midY)
	f.glyph.mid(midX-f.glyph.px/2, midY)

	wide := 32 + ceil(f.length.width())
	box(f.pill, x+6, y+h-26, wide, 20)
	f.video.mid(x+14, y+h-16)
	f.length.mid(x+30, y+h-16)
}

// paintEmpty shows a sign in the middle where there is neither a picture nor
// something to press.
func (f *pictureFigure) paintEmpty() {
	show(f.empty.Image, !f.disc.Visible() && !f.photo.image.Visible())
}

// photo is a picture that is asked for when its place is known.
type photo struct {
	hooks   Hooks
	image   *canvas.Image
	source  string
	size    fyne.Size
	arrived func() // may be nil
}

func newPhoto(h Hooks) *photo {
	p := &photo{hooks: h, image: &canvas.Image{FillMode: canvas.ImageFillStretch, CornerRadius: look.RadiusMedium}}
	p.image.Hide()
	return p
}

// show asks for the picture of source once, and forgets an answer that comes
// when the place has gone on to another picture.
func (p *photo) show(source string, x, y, w, h float32) {
	box(p.image, x, y, w, h)
	size := fyne.NewSize(w, h)
	if source == p.source && size == p.size {
		return
	}
	p.source, p.size = source, size
	p.image.Image = nil
	show(p.image, false)
	if source == "" || p.hooks.Picture == nil {
		return
	}
	p.hooks.Picture(source, w, h, func(img image.Image) {
		if p.source != source || p.size != size {
			return
		}
		p.image.Image = img
		show(p.image, true)
		p.image.Refresh()
		call(p.arrived)
	})
}

// ring shows how much of a file is here.
type ring struct{ track, arc *canvas.Arc }

func newRing() ring {
	return ring{&canvas.Arc{EndAngle: 360, CutoutRatio: 0.84}, &canvas.Arc{CutoutRatio: 0.84}}
}

func (r ring) set(visible bool, progress float32) {
	show(r.track, visible)
	show(r.arc, visible)
	r.track.FillColor, r.arc.FillColor = look.Now().Of(look.Fill), look.Now().Of(look.Primary)
	r.arc.EndAngle = 360 * min(max(progress, 0), 1)
	r.track.Refresh()
	r.arc.Refresh()
}

func (r ring) centre(x, y float32) {
	box(r.track, px(x-19), px(y-19), 38, 38)
	box(r.arc, px(x-19), px(y-19), 38, 38)
}

func (s Sticker) shape(limit float32, _ bool) contentShape {
	side := min(stickerSide, limit)
	return contentShape{width: side, height: side, gap: 1, bare: true}
}

func (s Sticker) figure(h Hooks) figure {
	f := &stickerFigure{ground: newRect(), empty: newIcon(24), photo: newPhoto(h)}
	f.spot = newHotspot(look.RadiusLarge, h, func() { h.act(f.data.Ready.pressed()) })
	return f
}

// stickerFigure draws a sticker; until it is here, a plain place.
type stickerFigure struct {
	data   Sticker
	ground *canvas.Rectangle
	empty  iconImage
	photo  *photo
	spot   *hotspot
}

func (f *stickerFigure) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.ground, f.empty.Image, f.photo.image, f.spot}
}

func (f *stickerFigure) set(c Content, _ Side) {
	s, ok := c.(Sticker)
	if !ok {
		return
	}
	f.data = s
	fill(f.ground, look.Fill, look.RadiusLarge)
	f.empty.set(look.IconPicture, look.Text3)
	show(f.ground, s.Ready != ReadyHere)
	show(f.empty.Image, s.Ready != ReadyHere)
	show(f.spot, s.Ready == ReadyHere || s.Ready == ReadyWaiting)
}

func (f *stickerFigure) place(x, y, w, h float32) {
	box(f.ground, x, y, w, h)
	box(f.spot, x, y, w, h)
	f.empty.mid(x+(w-f.empty.px)/2, y+h/2)
	source := f.data.Source
	if f.data.Ready != ReadyHere {
		source = ""
	}
	f.photo.show(source, x, y, w, h)
}
