package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Widths of a page's columns (design guide, section 4), and the width of the
// page from which the right one has room beside the cards.
const (
	pageList     float32 = 256
	pageAside    float32 = 288
	pageWideFrom float32 = 1108 // a window of 1180 with the rail
	pagePad      float32 = 20
)

// Page is a screen of cards: a list at the left, a header over the cards, and a
// column at the right that goes under the cards where the page is not wide.
type Page struct {
	widget.BaseWidget
	title, words string // of the header
	listName     string
	listTitle    *inkLine
	listWords    *inkLine
	list         *Stack
	actions      []fyne.CanvasObject
	cards        *Stack
	aside        []*Panel

	slim                                   bool // no list: there is room for the cards only
	clear                                  float32
	listGround, headGround, ground, asides *Ground
	listEdge, headEdge, asideEdge          *Divider
	name, about                            *inkLine
	scroll, asideScroll                    *container.Scroll
	clip, asideClip                        *container.ThemeOverride
	column, asideColumn                    *fyne.Container
	lines                                  []*Divider // between the parts of the right column
	wide                                   bool
}

// PageData is what a page is made of. Aside may be empty.
type PageData struct {
	ListTitle, ListWords string
	List                 []fyne.CanvasObject
	Actions              []fyne.CanvasObject // of the header, as wide as they need to be
	Cards                []fyne.CanvasObject
	Aside                []*Panel
}

// NewPage makes a page.
func NewPage(d PageData) *Page {
	p := &Page{
		listName: d.ListTitle, listTitle: newInk(Heading, look.Text), listWords: newInk(Small, look.Text2),
		list: NewStack(0, d.List...), actions: d.Actions, cards: NewStack(10, d.Cards...), aside: d.Aside,
		listGround: NewGround(look.Panel), headGround: NewGround(look.Surface), ground: NewGround(look.Bg), asides: NewGround(look.Panel),
		listEdge: NewDivider(), headEdge: NewDivider(), asideEdge: NewDivider(),
		name: newInk(Heading, look.Text), about: newInk(Small, look.Text2),
		column: plainContainer(), asideColumn: plainContainer(),
	}
	p.listTitle.set(d.ListTitle, look.Text)
	p.listWords.set(d.ListWords, look.Text2)
	for range d.Aside {
		p.lines = append(p.lines, NewDivider())
	}
	p.scroll, p.asideScroll = container.NewVScroll(p.column), container.NewVScroll(p.asideColumn)
	p.clip = container.NewThemeOverride(p.scroll, look.Bare())
	p.asideClip = container.NewThemeOverride(p.asideScroll, look.Bare())
	p.ExtendBaseWidget(p)
	return p
}

// SetHeader changes the title over the cards and the small words beside it.
func (p *Page) SetHeader(title, words string) {
	p.title, p.words = title, words
	p.Refresh()
}

// SetSlim takes the list away, or gives it back.
func (p *Page) SetSlim(slim bool) {
	if slim != p.slim {
		p.slim = slim
		p.Refresh()
	}
}

// CornerWidth is how wide the pane at the lower left is.
func (p *Page) CornerWidth() float32 {
	if p.slim {
		return p.Size().Width
	}
	return look.Grow(pageList, 150)
}

// SetClear keeps room of a height free at the lower left, for toasts. The parts of
// the list stand above it already.
func (p *Page) SetClear(high float32) {
	if high != p.clear {
		p.clear = high
		p.Refresh()
	}
}

// Reveal scrolls o, which is somewhere in the cards, into sight.
func (p *Page) Reveal(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	y := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(p.column).Y
	top, view := p.scroll.Offset.Y, p.scroll.Size().Height
	switch bottom := y + o.Size().Height + pagePad; {
	case y-pagePad < top:
		p.scroll.ScrollToOffset(fyne.NewPos(0, max(0, y-pagePad)))
	case bottom > top+view:
		p.scroll.ScrollToOffset(fyne.NewPos(0, bottom-view))
	}
}

// CreateRenderer implements fyne.Widget.
func (p *Page) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{
		p.ground, p.listGround, p.listEdge, p.listTitle.box, p.listWords.box, p.list,
		p.headGround, p.headEdge, p.name.box, p.about.box,
	}
	objects = append(objects, p.actions...)
	objects = append(objects, p.clip, p.asides, p.asideEdge, p.asideClip)
	return draw(p, func() fyne.Size { return fyne.NewSize(480, 300) }, p.layout, p.paint, objects...)
}

func (p *Page) layout(size fyne.Size) {
	left, right := look.Grow(pageList, 150), size.Width
	if p.slim {
		left = 0
	}
	p.wide = len(p.aside) > 0 && size.Width >= look.Grow(pageWideFrom, 240)
	if p.wide {
		right -= pageAside
	}
	box(p.ground, 0, 0, size.Width, size.Height)
	p.layoutList(left, size.Height)
	head := p.layoutHead(left, right)
	bottom := size.Height
	if p.slim {
		bottom -= p.clear
	}
	box(p.clip, left, head, right-left, bottom-head)
	box(p.asides, right, 0, size.Width-right, size.Height)
	box(p.asideEdge, right, 0, 1, size.Height)
	box(p.asideClip, right+1, 0, max(0, size.Width-right-1), size.Height)
	for _, o := range []fyne.CanvasObject{p.asides, p.asideEdge, p.asideClip} {
		show(o, p.wide)
	}
	p.fill(right - left)
}

func (p *Page) layoutList(width, height float32) {
	for _, o := range []fyne.CanvasObject{p.listGround, p.listEdge, p.listTitle.box, p.listWords.box, p.list} {
		show(o, width > 0)
	}
	box(p.listGround, 0, 0, width, height)
	box(p.listEdge, width-1, 0, 1, height)
	y := float32(16)
	font := Heading
	if Measure(p.listName, Heading) > width-28 {
		font = BodyBold
	}
	p.listTitle.setFont(font)
	p.listTitle.set(Cut(p.listName, max(0, width-28), font), look.Text)
	p.listTitle.at(20, y)
	y += Heading.Line() + 2
	if p.listWords.text != "" {
		p.listWords.at(20, y)
		y += Small.Line()
	}
	y += 16
	p.list.Fit(max(0, width-1))
	box(p.list, 0, y, width-1, p.list.MinSize().Height)
}

// layoutHead returns the header's height.
func (p *Page) layoutHead(left, right float32) float32 {
	head := look.Grow(56, 22)
	box(p.headGround, left, 0, right-left, head)
	box(p.headEdge, left, head-1, right-left, 1)
	mid := px(head / 2)
	end := placeRight(p.actions, right-pagePad, mid, 8)
	x := left + pagePad
	font := Heading
	if Measure(p.title, font) > end-x {
		font = BodyBold
	}
	p.name.setFont(font)
	p.name.set(Cut(p.title, end-x, font), look.Text)
	p.name.mid(x, mid)
	x += ceil(p.name.width()) + 8
	p.about.set(firstParts(p.words, max(0, end-x), Small), look.Text2)
	p.about.mid(x, mid+1)
	return head
}

// firstParts are as many whole parts of a text, with a dot between them, as have
// room.
func firstParts(text string, room float32, f Font) string {
	for text != "" && Measure(text, f) > room {
		text = text[:max(0, strings.LastIndex(text, " · "))]
	}
	return text
}

// fill puts the cards into their column, and the right column's parts beside
// them or below.
func (p *Page) fill(width float32) {
	inner := width - 2*pagePad
	p.column.Objects = []fyne.CanvasObject{p.cards}
	p.cards.Fit(inner)
	y := pagePad - 8
	box(p.cards, pagePad, y, inner, p.cards.MinSize().Height)
	y += p.cards.MinSize().Height
	p.asideColumn.Objects = nil
	asideY := float32(0)
	for i, part := range p.aside {
		part.SetPlain(p.wide)
		if !part.Visible() {
			continue
		}
		if p.wide {
			h := fitted(part, pageAside-1)
			box(part, 0, asideY, pageAside-1, h)
			asideY += h
			box(p.lines[i], 0, asideY, pageAside-1, 1)
			asideY++
			p.asideColumn.Objects = append(p.asideColumn.Objects, part, p.lines[i])
			continue
		}
		y += 10
		h := fitted(part, inner)
		box(part, pagePad, y, inner, h)
		y += h
		p.column.Objects = append(p.column.Objects, part)
	}
	settle(p.scroll, p.column, fyne.NewSize(width, y+pagePad))
	settle(p.asideScroll, p.asideColumn, fyne.NewSize(pageAside-1, asideY))
}

// settle gives a scroll's content its size.
func settle(s *container.Scroll, content *fyne.Container, size fyne.Size) {
	content.Layout = heightOnly(size.Height)
	content.Resize(size)
	s.Refresh()
}

// heightOnly is the layout of a content that its owner has placed: it only says
// how high it is.
type heightOnly float32

func (h heightOnly) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, float32(h)) }
func (h heightOnly) Layout([]fyne.CanvasObject, fyne.Size) {}

func (p *Page) paint() {
	p.listTitle.set(p.listTitle.text, look.Text)
	p.listWords.set(p.listWords.text, look.Text2)
	p.name.set(p.title, look.Text)
	p.about.set(p.words, look.Text2)
	for _, g := range []*Ground{p.listGround, p.headGround, p.ground, p.asides} {
		g.Refresh()
	}
	for _, d := range []*Divider{p.listEdge, p.headEdge, p.asideEdge} {
		d.Refresh()
	}
}
