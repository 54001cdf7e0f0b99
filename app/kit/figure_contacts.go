package kit

import (
	"fyne.io/fyne/v2"

	"shopbell/app/look"
)

const (
	contactLeast float32 = 274 // inside the bubble, as wide as a document
	contactGap   float32 = 8
)

func (c Contacts) shape(limit float32, _ bool) contentShape {
	wide := contactLeast
	for _, p := range c.People {
		wide = max(wide, avatarWide+tileGap+ceil(max(Measure(p.Name, BodyBold), Measure(p.Detail, Small))))
	}
	n := float32(len(c.People))
	return plainShape(min(limit, wide), n*contactHeight()+max(0, n-1)*contactGap, 4)
}

func contactHeight() float32 { return max(avatarWide, Body.Line()+Small.Line()) }

func (c Contacts) figure(Hooks) figure { return &contactsFigure{box: plainContainer()} }

// contactsFigure draws people, one under the other.
type contactsFigure struct {
	data Contacts
	box  *fyne.Container
	rows []*contactRow
}

type contactRow struct {
	avatar       *avatar
	name, detail *inkLine
}

func (f *contactsFigure) objects() []fyne.CanvasObject { return []fyne.CanvasObject{f.box} }

func (f *contactsFigure) set(c Content, _ Side) {
	contacts, ok := c.(Contacts)
	if !ok {
		return
	}
	f.data = contacts
	for len(f.rows) < len(contacts.People) {
		r := &contactRow{newAvatar(), newInk(BodyBold, look.Text), newInk(Small, look.Text2)}
		f.rows = append(f.rows, r)
		f.box.Objects = append(f.box.Objects, r.avatar.objects()...)
		f.box.Objects = append(f.box.Objects, r.name.box, r.detail.box)
	}
	for i, r := range f.rows {
		on := i < len(contacts.People)
		r.avatar.setVisible(on)
		show(r.name.box, on)
		show(r.detail.box, on)
		if on {
			r.avatar.person = contacts.People[i].Person
			r.avatar.paint()
			r.name.set(contacts.People[i].Name, look.Text)
			r.detail.set(contacts.People[i].Detail, look.Text2)
		}
	}
}

func (f *contactsFigure) place(x, y, w, _ float32) {
	room := w - avatarWide - tileGap
	for i, p := range f.data.People {
		r := f.rows[i]
		top := y + float32(i)*(contactHeight()+contactGap)
		r.avatar.place(x, top+px((contactHeight()-avatarWide)/2))
		text := top + px((contactHeight()-Body.Line()-Small.Line())/2)
		r.name.set(Cut(p.Name, room, BodyBold), look.Text)
		r.name.at(x+avatarWide+tileGap, text)
		r.detail.set(Cut(p.Detail, room, Small), look.Text2)
		r.detail.at(x+avatarWide+tileGap, text+Body.Line())
	}
}
