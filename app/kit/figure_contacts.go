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
	wide, high := contactLeast, float32(0)
	for _, p := range c.People {
		wide = max(wide, avatarWide+tileGap+ceil(max(Measure(p.Name, BodyBold), Measure(p.Detail, Small))))
		high += p.height() + contactGap
	}
	return plainShape(min(limit, wide), max(0, high-contactGap), 4)
}

func contactHeight() float32 { return max(avatarWide, Body.Line()+Small.Line()) }

// height is that of one contact with its button.
func (c Contact) height() float32 {
	if c.Do == "" {
		return contactHeight()
	}
	return contactHeight() + contactGap + look.Grow(28, 16)
}

func (c Contacts) figure(h Hooks) figure { return &contactsFigure{hooks: h, box: plainContainer()} }

// contactsFigure draws people, one under the other.
type contactsFigure struct {
	hooks Hooks
	data  Contacts
	box   *fyne.Container
	rows  []*contactRow
}

type contactRow struct {
	avatar       *avatar
	name, detail *inkLine
	button       *actionButton
}

func (f *contactsFigure) objects() []fyne.CanvasObject { return []fyne.CanvasObject{f.box} }

func (f *contactsFigure) set(c Content, side Side) {
	contacts, ok := c.(Contacts)
	if !ok {
		return
	}
	f.data = contacts
	for len(f.rows) < len(contacts.People) {
		r := &contactRow{newAvatar(), newInk(BodyBold, look.Text), newInk(Small, look.Text2), newActionButton()}
		place := len(f.rows)
		r.button.hovering = f.hooks.Hover
		r.button.onTap = func() {
			if f.hooks.Contact != nil {
				f.hooks.Contact(place)
			}
		}
		f.rows = append(f.rows, r)
		f.box.Objects = append(f.box.Objects, r.avatar.objects()...)
		f.box.Objects = append(f.box.Objects, r.name.box, r.detail.box, r.button)
	}
	for i, r := range f.rows {
		on := i < len(contacts.People)
		r.avatar.setVisible(on)
		show(r.name.box, on)
		show(r.detail.box, on)
		show(r.button, on && contacts.People[i].Do != "")
		if on {
			r.avatar.person = contacts.People[i].Person
			r.avatar.paint()
			r.name.set(contacts.People[i].Name, look.Text)
			r.detail.set(contacts.People[i].Detail, look.Text2)
			r.button.soft = side != Ours
			r.button.set(contacts.People[i].Do)
		}
	}
}

func (f *contactsFigure) place(x, y, w, _ float32) {
	room := w - avatarWide - tileGap
	top := y
	for i, p := range f.data.People {
		r := f.rows[i]
		r.avatar.place(x, top+px((contactHeight()-avatarWide)/2))
		text := top + px((contactHeight()-Body.Line()-Small.Line())/2)
		r.name.set(Cut(p.Name, room, BodyBold), look.Text)
		r.name.at(x+avatarWide+tileGap, text)
		r.detail.set(Cut(p.Detail, room, Small), look.Text2)
		r.detail.at(x+avatarWide+tileGap, text+Body.Line())
		box(r.button, x, top+contactHeight()+contactGap, min(w, r.button.MinSize().Width+16), look.Grow(28, 16))
		top += p.height() + contactGap
	}
}
