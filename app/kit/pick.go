package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// PickData is what a Pick shows.
type PickData struct {
	Title string
	Aside string // at the right of the title; may be empty
	About string // below the title; may be empty
	Quote string // what it stands for, in a box of its own
	Note  string // why it needs a look; empty: it does not
	On    bool
	Light bool // the title is not bold
	// Fixed is why it cannot be changed; empty: it can.
	Fixed string
}

// Pick is one of several things of which any number are chosen: a box to tick, a
// name, and what it stands for. All of it can be pressed.
type Pick struct {
	press
	data  PickData
	width float32

	ring, edge, hole *canvas.Rectangle
	check            iconImage
	name, aside      *inkLine
	about            *paragraph
	ground           *canvas.Rectangle
	lines            *fyne.Container
	inks             []*inkLine
	note             *Status
}

// NewPick makes an empty one. onChange gets what the person chose; it stands so
// already.
func NewPick(onChange func(on bool)) *Pick {
	t := &Pick{
		width: 400, ring: newRect(), edge: newRect(), hole: newRect(), check: newIcon(12), name: newInk(BodyBold, look.Text),
		aside: newInk(Small, look.Text2), about: newParagraph("", Tiny, look.Text2, 0), ground: newRect(), lines: plainContainer(), note: NewStatus(FindingNone, ""),
	}
	t.extend(t, func() {
		t.data.On = !t.data.On
		t.Refresh()
		onChange(t.data.On)
	})
	return t
}

// Set changes what is shown, without calling back; the owner fits it anew.
func (t *Pick) Set(d PickData) {
	t.data = d
	t.note.Set(FindingWarn, d.Note)
	t.about.text = d.About
	show(t.about, d.About != "")
	t.about.Refresh()
	t.setOff(d.Fixed != "", d.Fixed)
	t.Refresh()
}

// On is how it stands.
func (t *Pick) On() bool { return t.data.On }

// Fit implements Fitting.
func (t *Pick) Fit(width float32) {
	t.width = width
	t.note.Fit(width - pickIndent)
	t.about.width = width - pickIndent
	t.about.Refresh()
	t.Refresh()
}

const (
	pickSide   float32 = 16
	pickIndent float32 = 24
	pickPad    float32 = 10 // in the box of the quote, left and right
	pickAir    float32 = 7  // and above and below
	pickGap    float32 = 6  // between title, quote and note
)

func (t *Pick) wrapped() []string {
	if t.data.Quote == "" {
		return nil
	}
	return Wrap(t.data.Quote, t.width-pickIndent-2*pickPad, Small)
}

// quoteHigh is the height of the box of the quote, 0 without one.
func (t *Pick) quoteHigh() float32 {
	n := len(t.wrapped())
	if n == 0 {
		return 0
	}
	return float32(n)*Small.Line() + 2*pickAir
}

func (t *Pick) measure() fyne.Size {
	h := Body.Line() + 4
	if t.about.Visible() {
		h += t.about.measure().Height
	}
	if q := t.quoteHigh(); q > 0 {
		h += pickGap + q
	}
	if t.note.Visible() {
		h += pickGap + t.note.MinSize().Height
	}
	return fyne.NewSize(0, h)
}

// CreateRenderer implements fyne.Widget.
func (t *Pick) CreateRenderer() fyne.WidgetRenderer {
	return draw(t, t.measure, t.layout, t.paint, t.ring, t.edge, t.hole, t.check.Image, t.name.box, t.aside.box, t.about, t.ground, t.lines, t.note)
}

func (t *Pick) layout(size fyne.Size) {
	mid := px((Body.Line() + 4) / 2)
	top := mid - pickSide/2
	box(t.edge, 0, top, pickSide, pickSide)
	box(t.hole, 1, top+1, pickSide-2, pickSide-2)
	box(t.ring, -3, top-3, pickSide+6, pickSide+6)
	t.check.mid((pickSide-t.check.px)/2, mid)
	end := size.Width - ceil(t.aside.width())
	t.aside.mid(end, mid)
	t.name.set(Cut(t.data.Title, max(0, end-8-pickIndent), t.name.font), t.name.token)
	t.name.mid(pickIndent, mid)
	y := Body.Line() + 4
	if t.about.Visible() {
		high := t.about.measure().Height
		box(t.about, pickIndent, y, size.Width-pickIndent, high)
		y += high
	}
	if high := t.quoteHigh(); high > 0 {
		y += pickGap
		box(t.ground, pickIndent, y, size.Width-pickIndent, high)
		for i, ink := range t.inks { // as painted: Fyne lays out before, at another text size
			ink.at(pickIndent+pickPad, y+pickAir+float32(i)*Small.Line())
		}
		y += high
	}
	box(t.note, pickIndent, y+pickGap, size.Width-pickIndent, t.note.MinSize().Height)
}

func (t *Pick) paint() {
	edge, hole, name := look.Control, look.Surface, look.Text
	switch {
	case t.off && t.data.On:
		edge, hole = look.Text3, look.Text3
	case t.off:
		edge, hole = look.Border, look.Fill
	case t.data.On:
		edge, hole = look.Primary, look.Primary
	case t.hovered || t.down:
		hole = look.Hover
	}
	fill(t.edge, edge, look.RadiusSmall)
	fill(t.hole, hole, look.RadiusSmall-1)
	paintRing(t.ring, look.Focus, look.RadiusSmall+3)
	show(t.ring, t.focused)
	t.check.set(look.IconCheck, look.OnPrimary)
	show(t.check.Image, t.data.On)
	t.name.setFont(Font{Type: look.Body, Bold: !t.data.Light})
	t.name.set(t.data.Title, name)
	t.aside.set(t.data.Aside, look.Text2)
	fill(t.ground, look.Fill, look.RadiusSmall)
	show(t.ground, t.data.Quote != "")
	t.inks = setLines(t.lines, t.inks, t.wrapped(), Small, look.Text2)
}
