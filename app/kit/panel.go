package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Panel is a card of a page: a bold title with small words beside it, actions at
// the right, and a content below.
type Panel struct {
	widget.BaseWidget
	title, aside string
	actions      []fyne.CanvasObject
	content      fyne.CanvasObject
	current      bool
	plain        bool // without a frame, for a column of its own ground
	height       float32

	frame *sharpFrame
	name  *inkLine
	words *inkLine
}

// NewPanel makes a card. Actions are as wide as they need to be. One with neither
// title nor actions is its content alone.
func NewPanel(title, aside string, content fyne.CanvasObject, actions ...fyne.CanvasObject) *Panel {
	p := &Panel{
		title: title, aside: aside, content: content, actions: actions,
		frame: newSharpFrame(), name: newInk(BodyBold, look.Text), words: newInk(Small, look.Text2),
	}
	p.ExtendBaseWidget(p)
	return p
}

// SetCurrent marks the card that the person is at.
func (p *Panel) SetCurrent(on bool) {
	if on != p.current {
		p.current = on
		p.Refresh()
	}
}

// SetPlain takes the frame away; the content stays where it is.
func (p *Panel) SetPlain(on bool) {
	if on != p.plain {
		p.plain = on
		p.Refresh()
	}
}

const (
	panelPad float32 = 16
	panelGap float32 = 8 // between title and content
)

func (p *Panel) titleHeight() float32 {
	if p.title == "" && len(p.actions) == 0 {
		return 0
	}
	h := Body.Line() + 4
	for _, a := range p.actions {
		if a.Visible() {
			h = max(h, a.MinSize().Height)
		}
	}
	return h
}

// Fit implements Fitting.
func (p *Panel) Fit(width float32) {
	top := panelPad - 4
	if head := p.titleHeight(); head > 0 {
		top = panelPad - 2 + head + panelGap
	}
	inner := width - 2*panelPad
	h := fitted(p.content, inner)
	box(p.content, panelPad, top, inner, h)
	p.height = top + h + min(top, panelPad)
}

// CreateRenderer implements fyne.Widget.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	objects := append(p.frame.objects(), p.name.box, p.words.box, p.content)
	return draw(p, func() fyne.Size { return fyne.NewSize(0, p.height) }, p.layout, p.paint, append(objects, p.actions...)...)
}

func (p *Panel) edge() (look.Token, float32) {
	if p.current {
		return look.Primary, look.RingWidth
	}
	return look.Border, look.Hairline
}

func (p *Panel) layout(size fyne.Size) {
	_, width := p.edge()
	p.frame.place(0, 0, size.Width, size.Height, width, look.RadiusLarge)
	mid := panelPad - 2 + px(p.titleHeight()/2)
	end := placeRight(p.actions, size.Width-panelPad, mid, 16)
	p.name.set(Cut(p.title, end-panelPad, BodyBold), look.Text)
	p.name.mid(panelPad, mid)
	x := panelPad + ceil(p.name.width()) + 8
	p.words.set(Cut(p.aside, max(0, end-x), Small), look.Text2)
	p.words.mid(x, mid)
	p.Fit(size.Width)
}

func (p *Panel) paint() {
	stroke, width := p.edge()
	p.frame.paint(look.Surface, stroke, width, look.RadiusLarge)
	for _, o := range p.frame.objects() {
		show(o, !p.plain)
	}
	p.name.set(p.title, look.Text)
	p.words.set(p.aside, look.Text2)
}

// Facts is a list of names with their values, one pair in each line.
type Facts struct {
	widget.BaseWidget
	facts []Fact
	lines inkPairs
}

// Fact is one line of Facts. The value is cut where it has no room.
type Fact struct {
	Name, Value string
	Finding     Finding // colours the value; FindingNone: plain
}

// NewFacts makes an empty list.
func NewFacts() *Facts {
	f := &Facts{lines: newInkPairs(Small, SmallBold)}
	f.ExtendBaseWidget(f)
	return f
}

// Set changes the facts; the owner fits it anew.
func (f *Facts) Set(facts ...Fact) {
	f.facts = facts
	f.Refresh()
}

// All returns the facts that are shown.
func (f *Facts) All() []Fact { return f.facts }

func factHeight() float32 { return Small.Line() + 8 }

// CreateRenderer implements fyne.Widget.
func (f *Facts) CreateRenderer() fyne.WidgetRenderer {
	return draw(f, func() fyne.Size { return fyne.NewSize(0, factHeight()*float32(len(f.facts))) }, f.layout, f.paint, f.lines.box)
}

func (f *Facts) layout(size fyne.Size) {
	for i, line := range f.lines.show(len(f.facts)) {
		fact, mid := f.facts[i], px((float32(i)+0.5)*factHeight())
		line.left.mid(0, mid)
		room := size.Width - ceil(line.left.width()) - 12
		line.right.set(Cut(fact.Value, max(0, room), SmallBold), fact.token())
		line.right.rightMid(size.Width, mid)
	}
}

func (f Fact) token() look.Token {
	if f.Finding == FindingNone {
		return look.Text
	}
	_, token := f.Finding.sign()
	return token
}

func (f *Facts) paint() {
	for i, line := range f.lines.show(len(f.facts)) {
		line.left.set(f.facts[i].Name, look.Text2)
		line.right.set(f.facts[i].Value, f.facts[i].token())
	}
}
