package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// Person is what an avatar is drawn from.
type Person struct {
	Initials string // one or two letters
	Seed     uint64 // the same for the same person: chooses the colours
}

// Avatar is the round mark of a person.
type Avatar struct {
	*Mark
	avatar *avatar
}

// NewAvatar makes an avatar; diameter is 36 in rows and headers, 48 in panels.
func NewAvatar(diameter float32) *Avatar {
	a := newAvatarMark(diameter)
	return &Avatar{newMark(a), a}
}

// Set changes the person.
func (a *Avatar) Set(p Person) { a.avatar.person = p; a.Refresh() }

type avatar struct {
	person   Person
	diameter float32
	own      bool // one's own has colours of its own
	raised   bool // stands on PrimarySoft, where a ground of that colour would not be seen
	ground   *canvas.Circle
	label    *inkLine
}

func newAvatarMark(diameter float32) *avatar {
	f := BodyBold
	if diameter > 40 {
		f = Heading
	}
	return &avatar{diameter: diameter, ground: &canvas.Circle{}, label: newInk(f, look.Text)}
}

func (a *avatar) objects() []fyne.CanvasObject { return []fyne.CanvasObject{a.ground, a.label.box} }
func (a *avatar) size() fyne.Size              { return fyne.NewSquareSize(a.diameter) }

// avatarHues are the six pairs of the design guide, in its order.
var avatarHues = [...]Hue{HuePrimary, HuePlum, HueInfo, HueAccent, HueOk, HueNone}

func (a *avatar) paint() {
	ground, text := avatarHues[a.person.Seed%uint64(len(avatarHues))].soft()
	if a.raised && ground == look.PrimarySoft {
		ground = look.Surface
	}
	if a.own {
		ground, text = look.Me, look.OnMe
	}
	fillCircle(a.ground, ground)
	a.label.set(a.person.Initials, text)
}

func (a *avatar) place(x, y float32) {
	box(a.ground, x, y, a.diameter, a.diameter)
	a.label.centre(x+a.diameter/2, y+a.diameter/2)
}

func (a *avatar) setVisible(on bool) {
	show(a.ground, on)
	show(a.label.box, on)
}
