package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Line is one line of text, cut with "…" where it does not fit.
type Line struct {
	widget.BaseWidget
	text  string
	token look.Token
	ink   *inkLine
}

// NewLine makes a line of text.
func NewLine(text string, f Font, token look.Token) *Line {
	l := &Line{text: text, token: token, ink: newInk(f, token)}
	l.ExtendBaseWidget(l)
	return l
}

// Set changes the text; nothing is drawn anew when it is the same.
func (l *Line) Set(text string) {
	if text != l.text {
		l.text = text
		l.Refresh()
	}
}

// Token is the colour.
func (l *Line) Token() look.Token { return l.token }

// SetToken changes the colour.
func (l *Line) SetToken(token look.Token) {
	if token != l.token {
		l.token = token
		l.Refresh()
	}
}

// Text returns the whole text, cut or not.
func (l *Line) Text() string { return l.text }

// CreateRenderer implements fyne.Widget.
func (l *Line) CreateRenderer() fyne.WidgetRenderer {
	return draw(l, func() fyne.Size { return fyne.NewSize(ceil(Measure(l.text, l.ink.font)), l.ink.font.Line()) },
		func(size fyne.Size) {
			// Half a pixel of grace: a box of the measured width must not cut.
			l.ink.set(Cut(l.text, size.Width+0.5, l.ink.font), l.token)
			l.ink.mid(0, size.Height/2)
		},
		func() { l.ink.set(l.text, l.token) }, l.ink.box)
}

// paragraph is text broken into lines at a fixed width.
type paragraph struct {
	widget.BaseWidget
	text  string
	font  Font
	token look.Token
	width float32
	lines *fyne.Container
	inks  []*inkLine
}

func newParagraph(text string, f Font, token look.Token, width float32) *paragraph {
	p := &paragraph{text: text, font: f, token: token, width: width, lines: plainContainer()}
	p.ExtendBaseWidget(p)
	return p
}

func (p *paragraph) CreateRenderer() fyne.WidgetRenderer {
	return draw(p, p.measure, p.layout, p.paint, p.lines)
}

func (p *paragraph) wrapped() []string { return Wrap(p.text, p.width, p.font) }

func (p *paragraph) measure() fyne.Size {
	return fyne.NewSize(p.width, p.font.Line()*float32(len(p.wrapped())))
}

func (p *paragraph) layout(fyne.Size) {
	for i, l := range p.inks {
		l.at(0, float32(i)*p.font.Line())
	}
}

func (p *paragraph) paint() { p.inks = setLines(p.lines, p.inks, p.wrapped(), p.font, p.token) }

// setLines shows lines with the inks of a container, making more when needed and
// hiding those that are left over. It returns the inks in use first.
func setLines(c *fyne.Container, inks []*inkLine, lines []string, f Font, token look.Token) []*inkLine {
	for len(inks) < len(lines) {
		ink := newInk(f, token)
		inks = append(inks, ink)
		c.Objects = append(c.Objects, ink.box)
	}
	for i, ink := range inks {
		show(ink.box, i < len(lines))
		if i < len(lines) {
			ink.setFont(f)
			ink.set(lines[i], token)
		}
	}
	return inks
}

// Divider is a line one pixel thick, as wide or as high as it is laid out.
type Divider struct {
	widget.BaseWidget
	rect *canvas.Rectangle
}

// NewDivider makes a divider.
func NewDivider() *Divider {
	d := &Divider{rect: newRect()}
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer implements fyne.Widget.
func (d *Divider) CreateRenderer() fyne.WidgetRenderer {
	return draw(d, func() fyne.Size { return fyne.NewSquareSize(look.Hairline) },
		func(size fyne.Size) { box(d.rect, 0, 0, size.Width, size.Height) },
		func() { fill(d.rect, look.Border, 0) }, d.rect)
}

// Ground is a plain area of one colour behind other things. It takes no events.
type Ground struct {
	widget.BaseWidget
	token look.Token
	rect  *canvas.Rectangle
}

// NewGround makes a ground.
func NewGround(t look.Token) *Ground {
	g := &Ground{token: t, rect: newRect()}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer implements fyne.Widget.
func (g *Ground) CreateRenderer() fyne.WidgetRenderer {
	return draw(g, func() fyne.Size { return fyne.Size{} },
		func(size fyne.Size) { box(g.rect, 0, 0, size.Width, size.Height) },
		func() { fill(g.rect, g.token, 0) }, g.rect)
}
