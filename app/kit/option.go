package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// OptionCard is one of several ways of which one is chosen: a round mark, a bold
// name, an icon, and what it means in a few lines.
type OptionCard struct {
	press
	title, about string
	icon         look.IconName
	chosen       bool
	width        float32

	frame      *sharpFrame
	ring       *canvas.Rectangle
	edge, disc *canvas.Circle
	spot       *canvas.Circle
	name       *inkLine
	glyph      iconImage
	lines      *fyne.Container
	inks       []*inkLine
}

// NewOptionCard makes a card that calls onTap, also where it is chosen already.
func NewOptionCard(icon look.IconName, title, about string, onTap func()) *OptionCard {
	c := &OptionCard{
		title: title, about: about, icon: icon, width: 200,
		frame: newSharpFrame(), ring: newRect(), edge: &canvas.Circle{}, disc: &canvas.Circle{}, spot: &canvas.Circle{},
		name: newInk(BodyBold, look.Text), glyph: newIcon(16), lines: plainContainer(),
	}
	c.extend(c, onTap)
	return c
}

// SetChosen marks it as the one that is chosen.
func (c *OptionCard) SetChosen(on bool) {
	if on != c.chosen {
		c.chosen = on
		c.Refresh()
	}
}

// Fit implements Fitting.
func (c *OptionCard) Fit(width float32) {
	c.width = width
	c.Refresh()
}

const (
	wayPad  float32 = 12
	wayDisc float32 = 16
)

func (c *OptionCard) wrapped() []string { return Wrap(c.about, c.width-2*wayPad, Small) }

// CreateRenderer implements fyne.Widget.
func (c *OptionCard) CreateRenderer() fyne.WidgetRenderer {
	objects := append(c.frame.objects(), c.edge, c.disc, c.spot, c.name.box, c.glyph.Image, c.lines, c.ring)
	return draw(c, func() fyne.Size {
		return fyne.NewSize(0, 2*wayPad+Body.Line()+3+Small.Line()*float32(len(c.wrapped())))
	}, c.layout, c.paint, objects...)
}

func (c *OptionCard) edgeWidth() float32 {
	if c.chosen {
		return look.RingWidth
	}
	return look.Hairline
}

func (c *OptionCard) layout(size fyne.Size) {
	c.frame.place(0, 0, size.Width, size.Height, c.edgeWidth(), look.RadiusMedium)
	box(c.ring, -3, -3, size.Width+6, size.Height+6)
	mid := wayPad + px(Body.Line()/2)
	top := mid - wayDisc/2
	box(c.edge, wayPad, top, wayDisc, wayDisc)
	box(c.disc, wayPad+1, top+1, wayDisc-2, wayDisc-2)
	box(c.spot, wayPad+5, top+5, wayDisc-10, wayDisc-10)
	const x = wayPad + wayDisc + 8
	end := size.Width - wayPad - c.glyph.px
	c.glyph.mid(end, mid)
	c.name.set(Cut(c.title, end-8-x, BodyBold), c.name.token)
	c.name.mid(x, mid)
	for i, ink := range c.inks { // as painted: Fyne lays out before, at another text size
		ink.at(wayPad, wayPad+Body.Line()+3+float32(i)*Small.Line())
	}
}

func (c *OptionCard) paint() {
	ground, edge := look.Surface, look.Border
	switch {
	case c.chosen:
		ground, edge = look.PrimarySoft, look.Primary
	case (c.hovered || c.down) && !c.idle():
		ground = look.Hover
	}
	name, small := look.Text, look.Text2
	if c.chosen {
		small = look.Text
	}
	if c.off {
		name, small = look.Text3, look.Text3
	}
	c.frame.paint(ground, edge, c.edgeWidth(), look.RadiusMedium)
	paintRing(c.ring, look.Focus, look.RadiusMedium+3)
	show(c.ring, c.focused)
	disc, spot := look.Surface, look.Surface
	mark := look.Control
	if c.chosen {
		mark, disc, spot = look.Primary, look.Primary, look.OnPrimary
	}
	fillCircle(c.edge, mark)
	fillCircle(c.disc, disc)
	fillCircle(c.spot, spot)
	c.name.set(c.title, name)
	c.glyph.set(c.icon, small)
	c.inks = setLines(c.lines, c.inks, c.wrapped(), Small, small)
}

// Switch is a setting that is on or off: its name, what it means, and the switch
// at the right. The whole line can be pressed.
type Switch struct {
	flip
	title, about string
	width        float32

	heads, lines *fyne.Container
	names, inks  []*inkLine
}

// NewSwitch makes a switch that is off. onChange gets what the person chose;
// the switch stands so already.
func NewSwitch(title, about string, onChange func(on bool)) *Switch {
	s := &Switch{title: title, about: about, width: 400, heads: plainContainer(), lines: plainContainer()}
	s.extend(s, onChange)
	return s
}

// SetAbout changes what stands below the name; the owner fits it anew.
func (s *Switch) SetAbout(text string) {
	s.about = text
	s.Refresh()
}

// Fit implements Fitting.
func (s *Switch) Fit(width float32) {
	s.width = width
	s.Refresh()
}

const (
	switchWide  float32 = 32
	switchHigh  float32 = 18
	switchKnob  float32 = 14
	switchRoom          = switchWide + 16
	switchAbove float32 = 6
)

func (s *Switch) titled() []string { return Wrap(s.title, s.width-switchRoom, Body) }

func (s *Switch) titleHeight() float32 { return Body.Line() * float32(len(s.titled())) }

func (s *Switch) wrapped() []string {
	if s.about == "" {
		return nil
	}
	return Wrap(s.about, s.width-switchRoom, Tiny)
}

// CreateRenderer implements fyne.Widget.
func (s *Switch) CreateRenderer() fyne.WidgetRenderer {
	return draw(s, func() fyne.Size {
		return fyne.NewSize(0, 2*switchAbove+s.titleHeight()+Tiny.Line()*float32(len(s.wrapped())))
	}, s.layout, s.paint, append(s.objects(), s.heads, s.lines)...)
}

func (s *Switch) layout(size fyne.Size) {
	s.mid(size.Width-switchWide, size.Height/2)
	for i, name := range s.names { // as painted, as in OptionCard
		name.at(0, switchAbove+float32(i)*Body.Line())
	}
	for i, ink := range s.inks {
		ink.at(0, switchAbove+s.titleHeight()+float32(i)*Tiny.Line())
	}
}

func (s *Switch) paint() {
	s.flip.paint()
	name := look.Text
	if s.off {
		name = look.Text3
	}
	s.names = setLines(s.heads, s.names, s.titled(), Body, name)
	s.inks = setLines(s.lines, s.inks, s.wrapped(), Tiny, look.Text2)
}
