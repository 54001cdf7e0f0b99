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

// avatarWide is the diameter of an avatar, but in narrow rows.
const avatarWide float32 = 36

// avatar is the round mark of a person.
type avatar struct {
	person Person
	own    bool // one's own has colours of its own
	wide   float32
	raised bool // stands on PrimarySoft, where a ground of that colour would not be seen
	ground *canvas.Circle
	label  *inkLine
}

func newAvatar() *avatar {
	return &avatar{wide: avatarWide, ground: &canvas.Circle{}, label: newInk(BodyBold, look.Text)}
}

func (a *avatar) objects() []fyne.CanvasObject { return []fyne.CanvasObject{a.ground, a.label.box} }

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
	box(a.ground, x, y, a.wide, a.wide)
	a.label.centre(x+a.wide/2, y+a.wide/2)
}

func (a *avatar) setVisible(on bool) {
	show(a.ground, on)
	show(a.label.box, on)
}
