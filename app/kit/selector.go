package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// Selector shows what is chosen of several things; pressing it opens them.
type Selector struct {
	press
	onOpen func(at fyne.Position)
	icon   look.IconName
	hue    Hue
	text   string

	ring   *canvas.Rectangle
	ground frame
	glyph  iconImage
	dot    *canvas.Circle
	label  *inkLine
	arrow  iconImage
}

// NewSelector makes an empty selector. onOpen gets its lower left corner in the
// window, where a menu belongs.
func NewSelector(onOpen func(at fyne.Position)) *Selector {
	s := &Selector{
		onOpen: onOpen, ring: newRect(), ground: newFrame(), glyph: newIcon(16), dot: &canvas.Circle{},
		label: newInk(Body, look.Text), arrow: newIcon(14),
	}
	s.extend(s, func() {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(s)
		s.onOpen(at.AddXY(0, s.Size().Height+4))
	})
	return s
}

// Set shows what is chosen: an icon or the dot of a hue before it, where it has
// one. Words that have no room are cut.
func (s *Selector) Set(icon look.IconName, hue Hue, text string) {
	if icon != s.icon || hue != s.hue || text != s.text {
		s.icon, s.hue, s.text = icon, hue, text
		s.Refresh()
	}
}

// Text is what is chosen.
func (s *Selector) Text() string { return s.text }

const selectorPad float32 = 11

func (s *Selector) indent() float32 {
	switch {
	case s.icon != "":
		return s.glyph.px + 6
	case s.hue != HueNone:
		return 16
	}
	return 0
}

// CreateRenderer implements fyne.Widget.
func (s *Selector) CreateRenderer() fyne.WidgetRenderer {
	return draw(s, func() fyne.Size {
		return fyne.NewSize(2*selectorPad+s.indent()+ceil(Measure(s.text, Body))+10+s.arrow.px, look.Grow(30, 18))
	}, s.layout, s.paint, s.ring, s.ground.outer, s.ground.inner, s.glyph.Image, s.dot, s.label.box, s.arrow.Image)
}

func (s *Selector) layout(size fyne.Size) {
	mid := size.Height / 2
	box(s.ring, 0, 0, size.Width, size.Height)
	s.ground.place(0, 0, size.Width, size.Height)
	s.glyph.mid(selectorPad, mid)
	box(s.dot, selectorPad, px(mid-4), 8, 8)
	end := size.Width - selectorPad - s.arrow.px
	s.arrow.mid(end, mid)
	x := selectorPad + s.indent()
	s.label.set(Cut(s.text, end-6-x, Body), s.label.token)
	s.label.mid(x, mid)
}

func (s *Selector) paint() {
	ground, edge, text := look.Sunken, look.Border, look.Text
	switch {
	case s.off:
		ground, text = look.Fill, look.Text3
	case s.hovered || s.down:
		ground = look.Hover
	}
	s.ground.paint(ground, edge, look.RadiusMedium)
	paintRing(s.ring, look.Focus, look.RadiusMedium)
	show(s.ring, s.focused)
	s.glyph.set(s.icon, look.Text2)
	fillCircle(s.dot, s.hue.solid())
	show(s.dot, s.icon == "" && s.hue != HueNone)
	s.label.set(s.text, text)
	s.arrow.set(look.IconExpand, look.Text2)
}
