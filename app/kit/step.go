package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// StepData is one step of a way, in the list beside a page.
type StepData struct {
	Number  int
	Title   string
	Text    string
	Finding Finding // FindingGood: done; FindingWarn, FindingBad: something is to be done
	Current bool
}

// Step is a step in a list, 56 high. It leads to its place on the page.
type Step struct {
	press
	data StepData

	ground, strip, ring *canvas.Rectangle
	mark                *stepMark
	title, text         *inkLine
}

// NewStep makes a step that calls onTap.
func NewStep(onTap func()) *Step {
	s := &Step{
		ground: newRect(), strip: newRect(), ring: newRect(), mark: newStepMark(),
		title: newInk(Body, look.Text), text: newInk(Tiny, look.Text2),
	}
	s.extend(s, onTap)
	return s
}

// Set changes what it shows.
func (s *Step) Set(data StepData) {
	if data != s.data {
		s.data = data
		s.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (s *Step) CreateRenderer() fyne.WidgetRenderer {
	objects := append([]fyne.CanvasObject{s.ground, s.strip}, s.mark.objects()...)
	return draw(s, func() fyne.Size { return fyne.NewSize(120, look.Grow(56, 33)) }, s.layout, s.paint,
		append(objects, s.title.box, s.text.box, s.ring)...)
}

func (s *Step) layout(size fyne.Size) {
	box(s.ground, 0, 0, size.Width, size.Height)
	box(s.strip, 0, 0, 3, size.Height)
	box(s.ring, 2, 2, size.Width-4, size.Height-4)
	mid := px(size.Height / 2)
	s.mark.place(20, mid)
	const x = 56
	room := size.Width - x - 12
	font, token := s.titleInk()
	if Measure(s.data.Title, font) > room {
		font = smaller[font]
	}
	s.title.setFont(font)
	s.title.set(Cut(s.data.Title, room, font), token)
	s.text.set(Cut(s.data.Text, room, Tiny), s.text.token)
	s.title.mid(x, mid-px(Tiny.Line()/2)-1)
	s.text.mid(x, mid+px(Body.Line()/2))
	s.tip = ""
	if s.title.text != s.data.Title || s.text.text != s.data.Text {
		s.tip = s.data.Title + ": " + s.data.Text
	}
}

// smaller is what a title is written in that has no room.
var smaller = map[Font]Font{Body: Small, BodyBold: SmallBold}

func (s *Step) titleInk() (Font, look.Token) {
	if s.data.Current {
		return BodyBold, look.PrimaryText
	}
	return Body, look.Text
}

func (s *Step) paint() {
	ground := look.Panel
	switch {
	case s.data.Current:
		ground = look.PrimarySoft
	case s.hovered || s.down:
		ground = look.Hover
	}
	fill(s.ground, ground, 0)
	fill(s.strip, look.Primary, 0)
	show(s.strip, s.data.Current)
	paintRing(s.ring, look.Focus, look.RadiusSmall)
	show(s.ring, s.focused)
	s.mark.paint(s.data)
	font, token := s.titleInk()
	s.title.setFont(font)
	s.title.set(s.data.Title, token)
	small := look.Text2
	switch s.data.Finding {
	case FindingWarn:
		small = look.WarnText
	case FindingBad:
		small = look.ErrorText
	}
	if s.data.Current && small == look.Text2 {
		small = look.Text
	}
	s.text.set(s.data.Text, small)
}

// Section is a part of a list of settings, 44 high: an icon, what it is, and
// what is in it.
type Section struct {
	press
	icon        look.IconName
	name, about string
	current     bool

	ground, ring *canvas.Rectangle
	glyph        iconImage
	title, text  *inkLine
}

// NewSection makes a part that calls onTap.
func NewSection(icon look.IconName, title, about string, onTap func()) *Section {
	s := &Section{
		icon: icon, name: title, about: about, ground: newRect(), ring: newRect(), glyph: newIcon(18),
		title: newInk(Body, look.Text), text: newInk(Tiny, look.Text2),
	}
	s.extend(s, onTap)
	return s
}

// SetCurrent marks the part that is shown.
func (s *Section) SetCurrent(on bool) {
	if on != s.current {
		s.current = on
		s.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (s *Section) CreateRenderer() fyne.WidgetRenderer {
	return draw(s, func() fyne.Size { return fyne.NewSize(120, look.Grow(44, 33)) }, s.layout, s.paint,
		s.ground, s.glyph.Image, s.title.box, s.text.box, s.ring)
}

func (s *Section) layout(size fyne.Size) {
	const inset, x = 8, 48
	box(s.ground, inset, 0, size.Width-2*inset, size.Height)
	box(s.ring, inset, 0, size.Width-2*inset, size.Height)
	mid := px(size.Height / 2)
	s.glyph.mid(20, mid)
	room := size.Width - x - inset - 8
	s.title.set(Cut(s.name, room, s.title.font), s.title.token)
	s.text.set(Cut(s.about, room, Tiny), s.text.token)
	s.title.mid(x, mid-px(Tiny.Line()/2)-1)
	s.text.mid(x, mid+px(Body.Line()/2))
}

func (s *Section) paint() {
	ground, title, small, font := look.Panel, look.Text, look.Text2, Body
	switch {
	case s.current:
		ground, title, small, font = look.PrimarySoft, look.PrimaryText, look.Text, BodyBold
	case s.hovered || s.down:
		ground = look.Hover
	}
	fill(s.ground, ground, look.RadiusMedium)
	paintRing(s.ring, look.Focus, look.RadiusMedium)
	show(s.ring, s.focused)
	icon := look.Text2
	if s.current {
		icon = look.PrimaryText
	}
	s.glyph.set(s.icon, icon)
	s.title.setFont(font)
	s.title.set(s.name, title)
	s.text.set(s.about, small)
}
