package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"shopbell/app/look"
)

// drawing is the renderer of every widget here: the widget keeps its objects as
// fields and says how big it is, where they stand and what colours they have.
type drawing struct {
	of      interface{ Size() fyne.Size } // the widget
	objects []fyne.CanvasObject
	min     func() fyne.Size
	layout  func(fyne.Size)
	paint   func()        // colours and texts; called before each layout
	palette *look.Palette // the one of the last refresh
}

func (d *drawing) Objects() []fyne.CanvasObject { return d.objects }
func (d *drawing) MinSize() fyne.Size           { return d.min() }
func (d *drawing) Destroy()                     {}

func (d *drawing) Layout(size fyne.Size) { d.layout(size) }

func (d *drawing) Refresh() {
	d.draw()
	// A theme repaints what is in the window. What comes back into it later is
	// refreshed alone: its parts must follow.
	if now := look.Now(); d.palette != now {
		d.palette = now
		for _, o := range d.objects {
			o.Refresh()
		}
	}
}

func (d *drawing) draw() {
	d.paint()
	if size := d.of.Size(); !size.IsZero() {
		d.layout(size)
	}
}

// draw makes the renderer of a widget, drawn once: Fyne drops that of a widget which was
// out of sight for a minute, and lays out no new one that has its size already.
func draw(of interface{ Size() fyne.Size }, min func() fyne.Size, layout func(fyne.Size), paint func(), objects ...fyne.CanvasObject) *drawing {
	d := &drawing{of: of, objects: objects, min: min, layout: layout, paint: paint, palette: look.Now()}
	d.draw()
	return d
}

// drawNothing makes the renderer of a widget that draws nothing.
func drawNothing(of fyne.Widget, min func() fyne.Size) *drawing {
	return draw(of, min, func(fyne.Size) {}, func() {})
}

// drawThemed makes the renderer of a widget that is nothing but what has another
// theme. A refresh is that of the content alone: one of the override empties Fyne's
// caches, and every text and icon of the window is then measured and drawn anew.
func drawThemed(o *container.ThemeOverride) *drawing {
	return draw(o, o.MinSize, func(size fyne.Size) { box(o, 0, 0, size.Width, size.Height) }, o.Content.Refresh, o)
}

func newRect() *canvas.Rectangle { return &canvas.Rectangle{} }

// fill paints a rectangle without an edge.
func fill(r *canvas.Rectangle, t look.Token, radius float32) {
	r.FillColor = look.Now().Of(t)
	r.StrokeWidth, r.StrokeColor = 0, nil
	r.CornerRadius = radius
	r.Refresh()
}

// paintRing paints the keyboard's ring: an edge with nothing inside.
func paintRing(r *canvas.Rectangle, t look.Token, radius float32) {
	r.FillColor = look.Now().Of(look.Clear)
	r.StrokeWidth, r.StrokeColor = look.RingWidth, look.Now().Of(t)
	r.CornerRadius = radius
	r.Refresh()
}

// frame is a box with an edge of one pixel: two fills, one in the other, because
// the stroke of a rectangle is drawn half outside by one of Fyne's painters and
// inside by the other.
type frame struct{ outer, inner *canvas.Rectangle }

func newFrame() frame { return frame{newRect(), newRect()} }

func (f frame) paint(inside, stroke look.Token, radius float32) {
	fill(f.outer, stroke, radius)
	fill(f.inner, inside, radius-look.Hairline)
}

func (f frame) place(x, y, w, h float32) {
	box(f.outer, x, y, w, h)
	box(f.inner, x+look.Hairline, y+look.Hairline, w-2*look.Hairline, h-2*look.Hairline)
}

func (f frame) setVisible(on bool) {
	show(f.outer, on)
	show(f.inner, on)
}

// bars is a square edge of four plain rectangles inside given bounds, exact to
// the pixel, with nothing between them.
type bars [4]*canvas.Rectangle

func newBars() bars { return bars{newRect(), newRect(), newRect(), newRect()} }

func (b bars) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{b[0], b[1], b[2], b[3]}
}

func (b bars) paint(t look.Token, visible bool) {
	for _, r := range b {
		fill(r, t, 0)
		show(r, visible)
	}
}

func (b bars) place(x, y, w, h, width float32) {
	box(b[0], x, y, w, width)
	box(b[1], x, y+h-width, w, width)
	box(b[2], x, y+width, width, h-2*width)
	box(b[3], x+w-width, y+width, width, h-2*width)
}

func fillCircle(c *canvas.Circle, t look.Token) {
	c.FillColor = look.Now().Of(t)
	c.Refresh()
}

// iconImage is an icon inside a widget.
type iconImage struct {
	*canvas.Image
	px float32
}

func newIcon(size float32) iconImage {
	return iconImage{Image: &canvas.Image{FillMode: canvas.ImageFillContain}, px: size}
}

// newTextIcon is newIcon for one that stands in a line of text, and grows with it.
func newTextIcon(size float32) iconImage { return newIcon(look.Grow(size, size)) }

// set shows the icon in a colour, or hides the picture for an empty name.
func (i iconImage) set(name look.IconName, t look.Token) {
	show(i.Image, name != "")
	if name == "" {
		return
	}
	if res := look.Icon(name, t, i.px); res != i.Resource {
		i.Resource = res
		i.Refresh()
	}
}

// mid puts the icon's left edge at x and its middle at y.
func (i iconImage) mid(x, y float32) { box(i.Image, px(x), px(y-i.px/2), i.px, i.px) }

// sharpFrame is a rounded box with an edge whose straight parts are exact: Fyne
// softens the outermost pixels of a rounded rectangle, so plain bars lie over
// them. It is for the few boxes where that is seen: the composer and the
// primary card.
type sharpFrame struct {
	outer, inner *canvas.Rectangle
	bars         [4]*canvas.Rectangle // top, bottom, left, right
	core         [2]*canvas.Rectangle // inner area: tall and wide
}

func newSharpFrame() *sharpFrame {
	f := &sharpFrame{outer: newRect(), inner: newRect()}
	for i := range f.bars {
		f.bars[i] = newRect()
	}
	for i := range f.core {
		f.core[i] = newRect()
	}
	return f
}

func (f *sharpFrame) objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{f.outer, f.inner}
	for _, b := range f.bars {
		objects = append(objects, b)
	}
	return append(objects, f.core[0], f.core[1])
}

func (f *sharpFrame) paint(inside, stroke look.Token, width, radius float32) {
	fill(f.outer, stroke, radius)
	fill(f.inner, inside, radius-width)
	for _, b := range f.bars {
		fill(b, stroke, 0)
	}
	for _, c := range f.core {
		fill(c, inside, 0)
	}
}

func (f *sharpFrame) place(x, y, w, h, width, radius float32) {
	box(f.outer, x, y, w, h)
	box(f.inner, x+width, y+width, w-2*width, h-2*width)
	box(f.bars[0], x+radius, y, w-2*radius, width)
	box(f.bars[1], x+radius, y+h-width, w-2*radius, width)
	box(f.bars[2], x, y+radius, width, h-2*radius)
	box(f.bars[3], x+w-width, y+radius, width, h-2*radius)
	box(f.core[0], x+radius, y+width, w-2*radius, h-2*width)
	box(f.core[1], x+width, y+radius, w-2*width, h-2*radius)
}
