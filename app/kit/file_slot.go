package kit

import (
	"fyne.io/fyne/v2"

	"shopbell/app/look"
)

// FileSlot is where one file goes: what is to come, or what is there, and a
// button to choose. Files dropped on the window are its owner's to put here.
type FileSlot struct {
	press
	data   FileSlotData
	ground frame
	icon   iconImage
	name   *inkLine
	info   *inkLine
	button *Button
}

// FileSlotData is what a FileSlot shows.
type FileSlotData struct {
	Icon   look.IconName
	Name   string // of the file, or what kind of file belongs here
	Info   string // its size, what is wrong with it, or how to give it
	Bad    bool   // it cannot be sent: Info says why
	Choose string // the word on the button
}

// NewFileSlot makes an empty place; onChoose is called for its button and for a tap
// anywhere on it.
func NewFileSlot(onChoose func()) *FileSlot {
	p := &FileSlot{ground: newFrame(), icon: newIcon(20), name: newInk(BodyBold, look.Text), info: newInk(Tiny, look.Text2)}
	p.button = NewButton("", Plain, onChoose)
	p.button.SetSmall(true)
	p.extend(p, onChoose)
	return p
}

// TypedRune hides that of press: without it only the button is a stop for Tab.
func (*FileSlot) TypedRune() {}

// Set changes what it shows.
func (p *FileSlot) Set(data FileSlotData) {
	p.data = data
	p.button.SetText(data.Choose)
	p.Refresh()
}

// Data is what it shows.
func (p *FileSlot) Data() FileSlotData { return p.data }

// CreateRenderer implements fyne.Widget.
func (p *FileSlot) CreateRenderer() fyne.WidgetRenderer {
	return draw(p, func() fyne.Size { return fyne.NewSize(160, 18+Body.Line()+Tiny.Line()) }, p.layout, p.paint,
		p.ground.outer, p.ground.inner, p.icon.Image, p.name.box, p.info.box, p.button)
}

func (p *FileSlot) layout(size fyne.Size) {
	p.ground.place(0, 0, size.Width, size.Height)
	p.icon.mid(12, size.Height/2)
	button := p.button.MinSize()
	right := size.Width - button.Width - 10
	box(p.button, right, px((size.Height-button.Height)/2), button.Width, button.Height)
	const left = 42
	room := right - left - 8
	p.name.set(Cut(p.data.Name, room, BodyBold), look.Text)
	p.name.at(left, 9)
	p.info.set(Cut(p.data.Info, room, Tiny), p.info.token)
	p.info.at(left, 9+Body.Line())
}

func (p *FileSlot) paint() {
	ground, edge, ink := look.Fill, look.Control, look.Text2
	switch {
	case p.data.Bad:
		ground, edge, ink = look.ErrorSoft, look.Error, look.ErrorText
	case p.hovered:
		ground = look.Hover
	}
	p.ground.paint(ground, edge, look.RadiusMedium)
	p.icon.set(p.data.Icon, ink)
	p.name.set(p.data.Name, look.Text)
	p.info.set(p.data.Info, ink)
}
