package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// filePlace is one of the places of a FileBox.
type filePlace struct {
	press
	data         FilePlace
	current      bool
	ground, ring *canvas.Rectangle
	glyph        iconImage
	label        *inkLine
}

func newFilePlace(onTap func()) *filePlace {
	p := &filePlace{ground: newRect(), ring: newRect(), glyph: newIcon(18), label: newInk(Body, look.Text)}
	p.extend(p, onTap)
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *filePlace) CreateRenderer() fyne.WidgetRenderer {
	return draw(p, func() fyne.Size { return fyne.NewSize(60, look.Grow(34, 18)) }, p.layout, p.paint,
		p.ground, p.glyph.Image, p.label.box, p.ring)
}

func (p *filePlace) layout(size fyne.Size) {
	box(p.ground, 0, 0, size.Width, size.Height)
	box(p.ring, 0, 0, size.Width, size.Height)
	p.glyph.mid(10, size.Height/2)
	left := 10 + p.glyph.px + 8
	p.label.set(Cut(p.data.Text, size.Width-left-6, p.label.font), p.label.token)
	p.label.mid(left, size.Height/2)
}

func (p *filePlace) paint() {
	ground, token, font := look.Panel, look.Text, Body
	switch {
	case p.current:
		ground, token, font = look.PrimarySoft, look.PrimaryText, BodyBold
	case p.hovered:
		ground = look.Hover
	}
	fill(p.ground, ground, look.RadiusMedium)
	paintRing(p.ring, look.Focus, look.RadiusMedium)
	show(p.ring, p.focused)
	p.glyph.set(p.data.Icon, token)
	p.label.setFont(font)
	p.label.set(p.data.Text, token)
	p.tip = ""
	if Measure(p.data.Text, font) > p.Size().Width-42 {
		p.tip = p.data.Text
	}
}

// fileHead is the head of a column; pressed, it sorts.
type fileHead struct {
	press
	text   string
	atEnd  bool // the words end where the column ends
	sorted bool
	down   bool // largest or newest first
	ring   *canvas.Rectangle
	label  *inkLine
	arrow  iconImage
}

func newFileHead(text string, atEnd bool, onTap func()) *fileHead {
	h := &fileHead{text: text, atEnd: atEnd, ring: newRect(), label: newInk(Tiny, look.Text2), arrow: newIcon(12)}
	h.extend(h, onTap)
	return h
}

// CreateRenderer implements fyne.Widget.
func (h *fileHead) CreateRenderer() fyne.WidgetRenderer {
	return draw(h, func() fyne.Size { return fyne.NewSize(40, look.Grow(28, 16)) }, h.layout, h.paint, h.label.box, h.arrow.Image, h.ring)
}

func (h *fileHead) layout(size fyne.Size) {
	box(h.ring, 0, 2, size.Width, size.Height-4)
	room := size.Width - 8
	if h.sorted {
		room -= h.arrow.px + 2
	}
	h.label.set(Cut(h.text, room, h.label.font), h.label.token)
	x := float32(4)
	if h.atEnd {
		x = 4 + room - ceil(h.label.width())
	}
	h.label.mid(x, size.Height/2)
	h.arrow.mid(x+ceil(h.label.width())+2, size.Height/2)
}

func (h *fileHead) paint() {
	token, font, arrow := look.Text2, Tiny, look.IconName("")
	if h.sorted {
		token, font, arrow = look.Text, TinyBold, look.IconArrowUp
		if h.down {
			arrow = look.IconArrowDown
		}
	}
	if h.hovered {
		token = look.Text
	}
	h.label.setFont(font)
	h.label.set(h.text, token)
	h.arrow.set(arrow, token)
	paintRing(h.ring, look.Focus, look.RadiusSmall)
	show(h.ring, h.focused)
}
