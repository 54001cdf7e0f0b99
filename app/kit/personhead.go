package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Figure is a value with what it counts below.
type Figure struct{ Value, Caption string }

// PersonHead is who a panel is about: the face, the name and a line below, and
// figures in columns under them.
type PersonHead struct {
	widget.BaseWidget
	person      Person
	name, about string
	figures     []Figure

	action     fyne.CanvasObject // at the right end; nil: none
	face       *avatar
	title, sub *inkLine
	lines      inkPairs // values with their captions
}

// NewPersonHead makes an empty head. action stands at its right end; nil: nothing does.
func NewPersonHead(action fyne.CanvasObject) *PersonHead {
	h := &PersonHead{action: action, face: newAvatar(), title: newInk(Heading, look.Text), sub: newInk(Small, look.Text2), lines: newInkPairs(SmallBold, Tiny)}
	h.face.wide, h.face.label = headFace, newInk(Heading, look.Text)
	h.ExtendBaseWidget(h)
	return h
}

// Set shows a person. Words that have no room are cut.
func (h *PersonHead) Set(p Person, name, about string, figures ...Figure) {
	h.person, h.name, h.about, h.figures = p, name, about, figures
	h.Refresh()
}

const (
	headFace float32 = 48
	headPad  float32 = 16
	headGap  float32 = 12
)

func (h *PersonHead) figuresHigh() float32 {
	if len(h.figures) == 0 {
		return 0
	}
	return headGap + SmallBold.Line() + Tiny.Line() + 2
}

// CreateRenderer implements fyne.Widget.
func (h *PersonHead) CreateRenderer() fyne.WidgetRenderer {
	objects := append(h.face.objects(), h.title.box, h.sub.box, h.lines.box)
	if h.action != nil {
		objects = append(objects, h.action)
	}
	return draw(h, func() fyne.Size {
		return fyne.NewSize(200, 12+max(headFace, Heading.Line()+Small.Line())+h.figuresHigh())
	}, h.layout, h.paint, objects...)
}

func (h *PersonHead) layout(size fyne.Size) {
	high := max(headFace, Heading.Line()+Small.Line())
	mid := 12 + high/2
	h.face.place(headPad, px(mid-headFace/2))
	right := size.Width - headPad
	if h.action != nil && h.action.Visible() {
		m := h.action.MinSize()
		box(h.action, size.Width-10-m.Width, px(mid-m.Height/2), m.Width, m.Height)
		right = size.Width - 10 - m.Width - 4
	}
	x := headPad + headFace + headGap
	h.title.set(Cut(h.name, max(0, right-x), Heading), look.Text)
	h.title.mid(x, mid-Small.Line()/2)
	h.sub.set(Cut(h.about, max(0, right-x), Small), look.Text2)
	h.sub.mid(x, mid+Heading.Line()/2)
	if len(h.figures) == 0 {
		return
	}
	wide := (size.Width - 2*headPad) / float32(len(h.figures))
	y := 12 + high + headGap
	for i, line := range h.lines.show(len(h.figures)) {
		f, left := h.figures[i], headPad+float32(i)*wide
		line.left.set(Cut(f.Value, wide-4, SmallBold), look.Text)
		line.left.at(left, y)
		line.right.set(Cut(f.Caption, wide-4, Tiny), look.Text2)
		line.right.at(left, y+SmallBold.Line()+1)
	}
}

func (h *PersonHead) paint() {
	h.face.person = h.person
	h.face.paint()
	h.title.set(h.name, look.Text)
	h.sub.set(h.about, look.Text2)
	for i, line := range h.lines.show(len(h.figures)) {
		line.left.set(h.figures[i].Value, look.Text)
		line.right.set(h.figures[i].Caption, look.Text2)
	}
}
