package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// VisitData is what a Visit shows.
type VisitData struct {
	Icon        look.IconName
	Tone        Tone // of the icon's disc
	Title, Text string
	Time        string
	Tag         string // a department; empty: none
	Hue         Hue
	State       string // how it stands; empty: not said
	StateTone   Tone
	StateIcon   look.IconName
}

// Visit is one thing of a person's past: a conversation, an order. It can be pressed.
type Visit struct {
	press
	data         VisitData
	ground, line *canvas.Rectangle
	ring         bars
	disc         *canvas.Circle
	glyph        iconImage
	title, text  *inkLine
	time         *inkLine
	tag          *tag
	state        *chip
}

// NewVisit makes an empty one that calls onTap.
func NewVisit(onTap func()) *Visit {
	v := &Visit{
		ground: newRect(), line: newRect(), ring: newBars(), disc: &canvas.Circle{}, glyph: newIcon(16),
		title: newInk(SmallBold, look.Text), text: newInk(Small, look.Text2), time: newInk(Tiny, look.Text2), tag: newTag(), state: newChip(),
	}
	v.extend(v, onTap)
	return v
}

// Set changes what is shown; words that have no room are cut.
func (v *Visit) Set(d VisitData) {
	v.data = d
	v.Refresh()
}

const (
	visitPad    float32 = 16
	visitDisc   float32 = 24
	visitIndent         = visitPad + visitDisc + 8
)

func (v *Visit) tagged() bool { return v.data.Tag != "" || v.data.State != "" }

// CreateRenderer implements fyne.Widget.
func (v *Visit) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{v.ground, v.line, v.disc, v.glyph.Image, v.title.box, v.text.box, v.time.box}
	objects = append(objects, v.tag.objects()...)
	objects = append(objects, v.state.objects()...)
	return draw(v, func() fyne.Size {
		h := 17 + SmallBold.Line() + Small.Line()
		if v.tagged() {
			h += 4 + look.Grow(20, 15)
		}
		return fyne.NewSize(0, ceil(h))
	}, v.layout, v.paint, append(objects, v.ring.objects()...)...)
}

func (v *Visit) layout(size fyne.Size) {
	box(v.ground, 0, 0, size.Width, size.Height)
	box(v.line, 0, size.Height-1, size.Width, 1)
	v.ring.place(0, 0, size.Width, size.Height-1, look.RingWidth)
	box(v.disc, visitPad, 10, visitDisc, visitDisc)
	v.glyph.mid(visitPad+(visitDisc-v.glyph.px)/2, 10+visitDisc/2)
	right := size.Width - visitPad
	mid := 8 + SmallBold.Line()/2
	v.time.rightMid(right, mid)
	v.title.set(Cut(v.data.Title, max(0, right-v.time.width()-10-visitIndent), SmallBold), look.Text)
	v.title.mid(visitIndent, mid)
	v.text.set(Cut(v.data.Text, max(0, right-visitIndent), Small), look.Text2)
	v.text.at(visitIndent, 8+SmallBold.Line())
	y := 8 + SmallBold.Line() + Small.Line() + 4
	high := look.Grow(20, 15)
	x := visitIndent
	if v.data.Tag != "" {
		v.tag.text = Cut(v.data.Tag, max(0, right-x-24), Tiny)
		v.tag.paint()
		v.tag.place(x, px(y+(high-v.tag.size().Height)/2))
		x += v.tag.size().Width + 6
	}
	fits := v.data.State != "" && x+v.state.size().Width <= right
	v.state.setVisible(fits)
	v.state.place(px(x), px(y))
}

func (v *Visit) paint() {
	ground := look.Panel
	if (v.hovered || v.down) && v.onTap != nil {
		ground = look.Hover
	}
	fill(v.ground, ground, 0)
	fill(v.line, look.Border, 0)
	v.ring.paint(look.Focus, v.focused)
	disc, mark := v.data.Tone.colors()
	fillCircle(v.disc, disc)
	v.glyph.set(v.data.Icon, mark)
	v.title.set(v.data.Title, look.Text)
	v.text.set(v.data.Text, look.Text2)
	v.time.set(v.data.Time, look.Text2)
	v.tag.text, v.tag.hue = v.data.Tag, v.data.Hue
	v.tag.paint()
	v.tag.setVisible(v.data.Tag != "")
	v.state.text, v.state.tone, v.state.icon = v.data.State, v.data.StateTone, v.data.StateIcon
	v.state.paint()
	v.state.setVisible(v.data.State != "")
}
