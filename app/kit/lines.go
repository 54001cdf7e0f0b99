package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// PillLine shows a Pill: a centred line on Fill.
type PillLine struct {
	widget.BaseWidget
	data   Pill
	lines  []string
	ground *canvas.Rectangle
	glyph  iconImage
	box    *fyne.Container
	inks   []*inkLine
	time   *inkLine
}

// NewPillLine makes an empty line.
func NewPillLine() *PillLine {
	p := &PillLine{ground: newRect(), glyph: newIcon(pillIcon), box: plainContainer(), time: newInk(Tiny, look.Text3)}
	p.ExtendBaseWidget(p)
	return p
}

// Set shows data in a pane with room pixels between its paddings. Text that is
// wider breaks into lines.
func (p *PillLine) Set(data Pill, room float32) {
	p.data = data
	p.lines = pillLines(data, room)
	p.Refresh()
}

const (
	pillPad  float32 = 12
	pillIcon float32 = 12
)

func pillIndent(p Pill) float32 {
	if p.Icon == "" {
		return 0
	}
	return pillIcon + 5
}

func pillTimeRoom(p Pill) float32 {
	if p.Time == "" {
		return 0
	}
	return 5 + ceil(Measure(p.Time, Tiny))
}

func pillLines(p Pill, room float32) []string {
	return Wrap(p.Text, room-2*pillPad-pillIndent(p)-pillTimeRoom(p), Tiny)
}

func pillHeight(p Pill, room float32) float32 {
	return look.Grow(24, 15) + Tiny.Line()*float32(len(pillLines(p, room))-1)
}

// CreateRenderer implements fyne.Widget.
func (p *PillLine) CreateRenderer() fyne.WidgetRenderer {
	return draw(p, p.measure, p.layout, p.paint, p.ground, p.glyph.Image, p.box, p.time.box)
}

func (p *PillLine) measure() fyne.Size {
	w := float32(0)
	for _, line := range p.lines {
		w = max(w, Measure(line, Tiny))
	}
	h := look.Grow(24, 15) + Tiny.Line()*float32(max(0, len(p.lines)-1))
	return fyne.NewSize(2*pillPad+pillIndent(p.data)+ceil(w)+pillTimeRoom(p.data), h)
}

func (p *PillLine) layout(fyne.Size) {
	size := p.measure()
	box(p.ground, 0, 0, size.Width, size.Height)
	first := px(look.Grow(24, 15) / 2)
	p.glyph.mid(pillPad, first)
	x, y := pillPad+pillIndent(p.data), first
	for i := range p.lines {
		y = first + float32(i)*Tiny.Line()
		p.inks[i].mid(x, y)
	}
	p.time.rightMid(size.Width-pillPad, y)
}

func (p *PillLine) paint() {
	fill(p.ground, look.Fill, look.RadiusLarge)
	p.glyph.set(p.data.Icon, look.Text2)
	p.inks = setLines(p.box, p.inks, p.lines, Tiny, look.Text2)
	p.time.set(p.data.Time, look.Text3)
}

// DayLine shows a Day: small centred words without a ground.
type DayLine struct {
	widget.BaseWidget
	label *inkLine
}

// NewDayLine makes an empty line.
func NewDayLine() *DayLine {
	d := &DayLine{label: newInk(Tiny, look.Text2)}
	d.ExtendBaseWidget(d)
	return d
}

// Set changes the words.
func (d *DayLine) Set(text string) {
	d.label.text, d.label.x = text, nil
	d.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (d *DayLine) CreateRenderer() fyne.WidgetRenderer {
	return draw(d, func() fyne.Size { return fyne.NewSize(ceil(Measure(d.label.text, Tiny)), Tiny.Line()) },
		func(size fyne.Size) { d.label.centre(size.Width/2, size.Height/2) },
		func() { d.label.set(d.label.text, look.Text2) }, d.label.box)
}

// NoteBox shows a Note over the whole width.
type NoteBox struct {
	widget.BaseWidget
	data   Note
	room   float32
	lines  []string
	ground *canvas.Rectangle
	glyph  iconImage
	title  *inkLine
	by     *inkLine
	box    *fyne.Container
	inks   []*inkLine
}

// NewNoteBox makes an empty note.
func NewNoteBox() *NoteBox {
	n := &NoteBox{
		ground: newRect(), glyph: newIcon(12), title: newInk(TinyBold, look.AccentText),
		by: newInk(Tiny, look.AccentText), box: plainContainer(),
	}
	n.ExtendBaseWidget(n)
	return n
}

// Set shows data room pixels wide.
func (n *NoteBox) Set(data Note, room float32) {
	n.data, n.room = data, room
	n.lines = noteLines(data, room)
	n.Refresh()
}

func noteLines(n Note, room float32) []string { return Wrap(n.Text, room-26, Body) }

func noteHeight(n Note, room float32) float32 {
	return 17 + Tiny.Line() + Body.Line()*float32(len(noteLines(n, room)))
}

// CreateRenderer implements fyne.Widget.
func (n *NoteBox) CreateRenderer() fyne.WidgetRenderer {
	return draw(n, n.measure, n.layout, n.paint, n.ground, n.glyph.Image, n.title.box, n.by.box, n.box)
}

func (n *NoteBox) measure() fyne.Size {
	return fyne.NewSize(n.room, noteHeight(n.data, n.room))
}

func (n *NoteBox) layout(fyne.Size) {
	size := n.measure()
	box(n.ground, 0, 0, size.Width, size.Height)
	mid := 9 + px(Tiny.Line()/2)
	n.glyph.mid(12, mid)
	n.title.mid(28, mid)
	n.by.rightMid(size.Width-13, mid)
	for i := range n.lines {
		n.inks[i].at(12, 9+Tiny.Line()+1+float32(i)*Body.Line())
	}
}

func (n *NoteBox) paint() {
	fill(n.ground, look.AccentSoft, look.RadiusLarge)
	n.glyph.set(look.IconNote, look.AccentText)
	n.title.set(n.data.Title, look.AccentText)
	n.by.set(n.data.By, look.AccentText)
	n.inks = setLines(n.box, n.inks, n.lines, Body, look.Text)
}
