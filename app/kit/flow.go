package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Fitting is an object whose height follows from its width, which Fyne's MinSize
// does not know: the owner calls Fit with the width it is going to have, and
// MinSize then gives the height. Fit may be called again at any time, also with
// the same width, after what is shown has changed.
type Fitting interface {
	fyne.CanvasObject
	Fit(width float32)
}

// fitted returns the height of o at a width.
func fitted(o fyne.CanvasObject, width float32) float32 {
	if f, ok := o.(Fitting); ok {
		f.Fit(width)
	}
	return o.MinSize().Height
}

// Stack holds objects one below the other, each as wide as itself. Hidden ones
// take no room.
type Stack struct {
	widget.BaseWidget
	gap    float32
	items  []fyne.CanvasObject
	height float32
}

// NewStack makes a stack with gap pixels between the items.
func NewStack(gap float32, items ...fyne.CanvasObject) *Stack {
	s := &Stack{gap: gap, items: items}
	s.ExtendBaseWidget(s)
	return s
}

// Fit implements Fitting.
func (s *Stack) Fit(width float32) {
	s.height = 0
	for _, o := range s.items {
		if !o.Visible() {
			continue
		}
		if s.height > 0 {
			s.height += s.gap
		}
		h := fitted(o, width)
		box(o, 0, s.height, width, h)
		s.height += h
	}
}

// CreateRenderer implements fyne.Widget.
func (s *Stack) CreateRenderer() fyne.WidgetRenderer {
	return draw(s, func() fyne.Size { return fyne.NewSize(0, s.height) }, func(size fyne.Size) { s.Fit(size.Width) }, func() {}, s.items...)
}

// Columns holds objects side by side with equal widths, or one below the other
// where one would become narrower than its least width.
type Columns struct {
	widget.BaseWidget
	gap, least float32
	items      []fyne.CanvasObject
	height     float32
}

// NewColumns makes columns with gap pixels between them, each at least least wide
// at a text size of 100 %.
func NewColumns(gap, least float32, items ...fyne.CanvasObject) *Columns {
	c := &Columns{gap: gap, least: least, items: items}
	c.ExtendBaseWidget(c)
	return c
}

// Fit implements Fitting.
func (c *Columns) Fit(width float32) {
	c.height = 0
	shown := slices.DeleteFunc(slices.Clone(c.items), func(o fyne.CanvasObject) bool { return !o.Visible() })
	n := float32(len(shown))
	each := floor((width - c.gap*(n-1)) / max(1, n))
	if each < c.least*look.Scale() {
		for i, o := range shown {
			if i > 0 {
				c.height += c.gap
			}
			h := fitted(o, width)
			box(o, 0, c.height, width, h)
			c.height += h
		}
		return
	}
	for _, o := range shown {
		c.height = max(c.height, fitted(o, each))
	}
	for i, o := range shown {
		box(o, float32(i)*(each+c.gap), 0, each, c.height)
	}
}

// CreateRenderer implements fyne.Widget.
func (c *Columns) CreateRenderer() fyne.WidgetRenderer {
	return draw(c, func() fyne.Size { return fyne.NewSize(0, c.height) }, func(size fyne.Size) { c.Fit(size.Width) }, func() {}, c.items...)
}

// Bar is one line: an object that takes the room there is, and others at the
// right as wide as they need to be, all centred on the line. Where what is left
// for the first is less than it asks for, the others go below it.
type Bar struct {
	widget.BaseWidget
	first  fyne.CanvasObject
	others []fyne.CanvasObject
	height float32
}

const barGap float32 = 12

// barLeast is the room under which words are not broken any more: what stands
// beside them goes below.
func barLeast() float32 { return look.Grow(100, 100) }

// NewBar makes a bar.
func NewBar(first fyne.CanvasObject, others ...fyne.CanvasObject) *Bar {
	b := &Bar{first: first, others: others}
	b.ExtendBaseWidget(b)
	return b
}

// Fit implements Fitting.
func (b *Bar) Fit(width float32) {
	var right, high float32
	for _, o := range b.others {
		if o.Visible() {
			size := o.MinSize()
			right += size.Width + barGap
			high = max(high, size.Height)
		}
	}
	room := width - right
	if room < max(b.first.MinSize().Width, barLeast()) {
		top := fitted(b.first, width)
		box(b.first, 0, 0, width, top)
		if right > 0 {
			top += barGap
		}
		b.placeOthers(max(0, right-barGap), top, high)
		b.height = top + high
		return
	}
	own := fitted(b.first, room)
	b.height = max(own, high)
	box(b.first, 0, px((b.height-own)/2), room, own)
	b.placeOthers(width, 0, b.height)
}

// placeOthers ends the objects at the right at x.
func (b *Bar) placeOthers(x, y, high float32) {
	for _, o := range slices.Backward(b.others) {
		if o.Visible() {
			size := o.MinSize()
			x -= size.Width
			box(o, x, y+px((high-size.Height)/2), size.Width, size.Height)
			x -= barGap
		}
	}
}

// CreateRenderer implements fyne.Widget.
func (b *Bar) CreateRenderer() fyne.WidgetRenderer {
	return draw(b, func() fyne.Size { return fyne.NewSize(0, b.height) }, func(size fyne.Size) { b.Fit(size.Width) }, func() {},
		append([]fyne.CanvasObject{b.first}, b.others...)...)
}

// Paragraph is text broken into lines at its width. An empty one is hidden.
type Paragraph struct{ paragraph }

// NewParagraph makes a paragraph.
func NewParagraph(text string, f Font, token look.Token) *Paragraph {
	p := &Paragraph{paragraph{font: f, token: token, width: 1e4, lines: plainContainer()}}
	p.ExtendBaseWidget(p)
	p.Set(text)
	return p
}

// Set changes the text; the owner fits it anew.
func (p *Paragraph) Set(text string) {
	p.text = text
	show(p, text != "")
	p.Refresh()
}

// Text returns the text.
func (p *Paragraph) Text() string { return p.text }

// Fit implements Fitting.
func (p *Paragraph) Fit(width float32) {
	p.width = width
	p.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	return draw(p, func() fyne.Size { return fyne.NewSize(0, p.measure().Height) }, p.layout, p.paint, p.lines)
}
