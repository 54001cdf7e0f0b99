package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// PersonMark is who somebody is in two lines beside their face.
type PersonMark struct {
	widget.BaseWidget
	name, about string
	face        *avatar
	title, sub  *inkLine
}

// NewPersonMark makes a mark; words that have no room are cut.
func NewPersonMark(p Person, name, about string) *PersonMark {
	m := &PersonMark{name: name, about: about, face: newAvatar(), title: newInk(BodyBold, look.Text), sub: newInk(Tiny, look.Text2)}
	m.face.person = p
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer implements fyne.Widget.
func (m *PersonMark) CreateRenderer() fyne.WidgetRenderer {
	return draw(m, func() fyne.Size { return fyne.NewSize(avatarWide+48, max(avatarWide, BodyBold.Line()+Tiny.Line())) }, func(size fyne.Size) {
		m.face.place(0, px((size.Height-avatarWide)/2))
		x, mid := avatarWide+8, size.Height/2
		m.title.set(Cut(m.name, max(0, size.Width-x), BodyBold), look.Text)
		m.sub.set(Cut(m.about, max(0, size.Width-x), Tiny), look.Text2)
		if m.about == "" {
			m.title.mid(x, mid)
			return
		}
		m.title.mid(x, mid-Tiny.Line()/2)
		m.sub.mid(x, mid+BodyBold.Line()/2)
	}, func() {
		m.face.paint()
		m.title.set(m.name, look.Text)
		m.sub.set(m.about, look.Text2)
	}, append(m.face.objects(), m.title.box, m.sub.box)...)
}
