package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Empty stands in a pane with nothing to show: an icon on a disc, a bold line,
// a hint of up to two lines and at most one action.
type Empty struct {
	widget.BaseWidget
	icon        look.IconName
	title, hint string
	action      *Button

	disc   *canvas.Circle
	glyph  iconImage
	bold   *inkLine
	hints  *fyne.Container
	inks   []*inkLine
	broken []string
}

// NewEmpty makes it; action may be nil, and takes no room while it is hidden.
func NewEmpty(icon look.IconName, title, hint string, action *Button) *Empty {
	e := &Empty{
		icon: icon, title: title, hint: hint, action: action,
		disc: &canvas.Circle{}, glyph: newIcon(24), bold: newInk(BodyBold, look.Text), hints: plainContainer(),
	}
	e.ExtendBaseWidget(e)
	return e
}

// Set changes icon and words.
func (e *Empty) Set(icon look.IconName, title, hint string) {
	e.icon, e.title, e.hint = icon, title, hint
	e.Refresh()
}

const emptyDisc float32 = 48

// emptyWide is where a hint breaks.
func emptyWide() float32 { return look.Grow(150, 150) }

// CreateRenderer implements fyne.Widget.
func (e *Empty) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{e.disc, e.glyph.Image, e.bold.box, e.hints}
	if e.action != nil {
		objects = append(objects, e.action)
	}
	return draw(e, e.measure, e.layout, e.paint, objects...)
}

func (e *Empty) acts() bool { return e.action != nil && e.action.Visible() }

func (e *Empty) measure() fyne.Size {
	h := emptyDisc + 13 + Body.Line() + Small.Line()*float32(len(e.broken))
	w := max(emptyWide(), ceil(Measure(e.title, BodyBold)))
	if e.acts() {
		m := e.action.MinSize()
		h += 12 + m.Height
		w = max(w, m.Width)
	}
	return fyne.NewSize(w, h)
}

func (e *Empty) layout(size fyne.Size) {
	mid := px(size.Width / 2)
	y := floor((size.Height - e.measure().Height) / 2)
	box(e.disc, mid-emptyDisc/2, y, emptyDisc, emptyDisc)
	e.glyph.mid(mid-e.glyph.px/2, y+emptyDisc/2)
	y += emptyDisc + 12
	e.bold.centre(mid, y+Body.Line()/2)
	y += Body.Line() + 1
	for i := range e.broken {
		e.inks[i].centre(mid, y+Small.Line()/2)
		y += Small.Line()
	}
	if e.acts() {
		m := e.action.MinSize()
		box(e.action, px(mid-m.Width/2), y+12, m.Width, m.Height)
	}
}

func (e *Empty) paint() {
	fillCircle(e.disc, look.Fill)
	e.glyph.set(e.icon, look.Text2)
	e.bold.set(e.title, look.Text)
	e.broken = nil
	if e.hint != "" {
		e.broken = Wrap(e.hint, emptyWide(), Small)
	}
	e.inks = setLines(e.hints, e.inks, e.broken, Small, look.Text2)
}

// CardData is what a card of the first start shows.
type CardData struct {
	Icon    look.IconName
	Hue     Hue
	Keys    string // the key that chooses it: "1"
	Title   string
	Text    string
	Time    string // how long it takes
	Button  string
	Primary bool // 2 px edge and a filled button; one card for each screen
}

// Card is one way to begin, 272 wide, and wider with larger text.
type Card struct {
	widget.BaseWidget
	data CardData

	frame  *sharpFrame
	square *canvas.Rectangle
	glyph  iconImage
	keys   *keyCap
	title  *paragraph
	text   *paragraph
	clock  iconImage
	time   *paragraph
	button *Button
}

const (
	cardPad  float32 = 21 // the edge counts
	cardTime float32 = 20 // the clock beside the time
)

// NewCard makes a card; its button calls onTap.
func NewCard(data CardData, onTap func()) *Card {
	importance := Plain
	if data.Primary {
		importance = Primary
	}
	c := &Card{
		data: data, frame: newSharpFrame(), square: newRect(), glyph: newIcon(22), keys: newKeyCapMark(data.Keys),
		title: newParagraph(data.Title, Heading, look.Text, 0), text: newParagraph(data.Text, Body, look.Text2, 0),
		clock: newIcon(16), time: newParagraph(data.Time, Small, look.Text2, 0), button: NewButton(data.Button, importance, onTap),
	}
	c.ExtendBaseWidget(c)
	c.Fit(look.Grow(272, 210))
	return c
}

// Fit implements Fitting.
func (c *Card) Fit(width float32) {
	inner := width - 2*cardPad
	if c.text.width == inner {
		return
	}
	c.title.width, c.text.width, c.time.width = inner, inner, inner-cardTime
	for _, p := range []*paragraph{c.title, c.text, c.time} {
		p.Refresh()
	}
	c.Refresh()
}

// Button is the card's button, for busy states and focus.
func (c *Card) Button() *Button { return c.button }

// CreateRenderer implements fyne.Widget.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	objects := append(c.frame.objects(), c.square, c.glyph.Image, c.title, c.text, c.clock.Image, c.time, c.button)
	return draw(c, c.measure, c.layout, c.paint, append(objects, c.keys.objects()...)...)
}

// cardLines is how many lines of text a card has room for at least, so that
// cards in a row are equally high.
const cardLines = 3

func (c *Card) textHeight() float32 {
	return max(c.text.MinSize().Height, cardLines*Body.Line())
}

func (c *Card) measure() fyne.Size {
	h := cardPad + 40 + 13 + c.title.MinSize().Height + 5 + c.textHeight() + 10 + c.time.MinSize().Height + 14 + c.button.MinSize().Height + cardPad
	return fyne.NewSize(c.text.width+2*cardPad, h)
}

func (c *Card) edgeWidth() (look.Token, float32) {
	if c.data.Primary {
		return look.Primary, look.RingWidth
	}
	return look.Border, look.Hairline
}

func (c *Card) layout(size fyne.Size) {
	_, width := c.edgeWidth()
	c.frame.place(0, 0, size.Width, size.Height, width, look.RadiusLarge)
	box(c.square, cardPad, cardPad, 40, 40)
	c.glyph.mid(cardPad+9, cardPad+20)
	k := c.keys.size()
	c.keys.place(size.Width-cardPad-k.Width, px(cardPad+20-k.Height/2))
	y := cardPad + 40 + 13
	title, took := c.title.MinSize(), c.time.MinSize()
	box(c.title, cardPad, y, title.Width, title.Height)
	y += title.Height + 5
	box(c.text, cardPad, y, size.Width-2*cardPad, c.textHeight())
	y += c.textHeight() + 10
	c.clock.mid(cardPad-1, y+Small.Line()/2)
	box(c.time, cardPad+cardTime, y, took.Width, took.Height)
	y += took.Height + 14
	box(c.button, cardPad, max(y, size.Height-cardPad-c.button.MinSize().Height), size.Width-2*cardPad, c.button.MinSize().Height)
}

func (c *Card) paint() {
	stroke, width := c.edgeWidth()
	c.frame.paint(look.Surface, stroke, width, look.RadiusLarge)
	ground, text := c.data.Hue.soft()
	fill(c.square, ground, look.RadiusMedium)
	c.glyph.set(c.data.Icon, text)
	c.keys.paint()
	c.keys.setVisible(c.data.Keys != "")
	c.clock.set(look.IconClock, look.Text2)
	for _, p := range []*paragraph{c.title, c.text, c.time} {
		p.Refresh()
	}
}
