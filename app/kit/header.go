package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// HeaderData is what the chat's header says about the customer.
type HeaderData struct {
	Person        Person
	Name          string
	Phone         string
	Department    string
	DepartmentHue Hue
	Lock          Tone // ToneMine, ToneWarn in its last minute, ToneOther; ToneNone: free
	LockText      string
}

// Header is the bar over a chat, 56 high: who it is at the left, the lock and
// what may be done at the right. Actions never are cut; names are.
type Header struct {
	widget.BaseWidget
	data    HeaderData
	back    fyne.CanvasObject
	actions []fyne.CanvasObject

	ground, line *canvas.Rectangle
	face         *avatar
	name, phone  *inkLine
	department   *tag
	lock         *chip
}

// NewHeader makes an empty header. back stands before the avatar while it is
// visible, actions at the right in their order; back may be nil.
func NewHeader(back fyne.CanvasObject, actions ...fyne.CanvasObject) *Header {
	h := &Header{
		back: back, actions: actions, ground: newRect(), line: newRect(), face: newAvatar(),
		name: newInk(BodyBold, look.Text), phone: newInk(Small, look.Text2),
		department: newTag(), lock: newChip(),
	}
	h.department.tinted, h.lock.tall = true, true
	h.ExtendBaseWidget(h)
	return h
}

// Set changes what it says.
func (h *Header) Set(data HeaderData) {
	if data != h.data {
		h.data = data
		h.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (h *Header) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{h.ground, h.line, h.name.box, h.phone.box}
	for _, m := range []mark{h.face, h.department, h.lock} {
		objects = append(objects, m.objects()...)
	}
	if h.back != nil {
		objects = append(objects, h.back)
	}
	return draw(h, func() fyne.Size { return fyne.NewSize(200, look.Grow(56, 34)) }, h.layout, h.paint, append(objects, h.actions...)...)
}

func (h *Header) layout(size fyne.Size) {
	box(h.ground, 0, 0, size.Width, size.Height)
	box(h.line, 0, size.Height-1, size.Width, 1)
	mid := px(size.Height / 2)
	right := placeRight(h.actions, size.Width-12, mid, 8)
	if h.data.Lock != ToneNone {
		s := h.lock.size()
		right -= s.Width
		h.lock.place(right, px(mid-s.Height/2))
		right -= 8
	}
	x := float32(16)
	if h.back != nil && h.back.Visible() {
		m := h.back.MinSize()
		box(h.back, 8, px(mid-m.Height/2), m.Width, m.Height)
		x = 8 + m.Width + 4
	}
	h.face.place(x, px(mid-18))
	x += 36 + 8
	h.layoutWho(x, right, mid)
}

// layoutWho puts name and phone; the department's tag goes where it has no room.
func (h *Header) layoutWho(x, right, mid float32) {
	h.name.set(Cut(h.data.Name, max(0, right-x), BodyBold), look.Text)
	h.name.mid(x, mid-px(Small.Line()/2)-1)
	second := mid + px(Body.Line()/2)
	h.phone.set(Cut(h.data.Phone, max(0, right-x), Small), look.Text2)
	h.phone.mid(x, second)
	tagX := x
	if h.phone.text != "" {
		tagX = px(x + h.phone.width() + 7)
	}
	s := h.department.size()
	h.department.place(tagX, px(second-s.Height/2))
	h.department.setVisible(h.data.Department != "" && tagX+s.Width <= right)
}

func (h *Header) paint() {
	fill(h.ground, look.Surface, 0)
	fill(h.line, look.Border, 0)
	h.face.person = h.data.Person
	h.face.paint()
	h.name.set(h.data.Name, look.Text)
	h.phone.set(h.data.Phone, look.Text2)
	h.department.text, h.department.hue = h.data.Department, h.data.DepartmentHue
	h.department.paint()
	h.lock.tone, h.lock.icon, h.lock.text = h.data.Lock, look.IconLock, h.data.LockText
	h.lock.paint()
	h.lock.setVisible(h.data.Lock != ToneNone)
}
