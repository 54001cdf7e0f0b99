package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// FinderWords are the texts of a finder that stay.
type FinderWords struct{ Search, Hint string }

// FinderRow is one thing to find: what is typed for it, its name and what it says.
type FinderRow struct{ Mark, Title, Text string }

// Finder is a field to search in over a list, with what the lit row says below. Up
// and Down light a row while one types, Enter takes it.
type Finder struct {
	widget.BaseWidget
	OnSearch func(text string)
	// OnLight is called when another row is lit, OnTake when one is taken.
	OnLight, OnTake func(index int)

	words   FinderWords
	lit     int
	count   int
	ground  frame
	floor   *Ground // under the preview and the foot
	lines   [2]*Divider
	search  *SearchField
	list    *fyne.Container
	rows    []*finderLine
	scroll  *container.Scroll
	message *paragraph
	preview *paragraph
	paper   *container.Scroll // of preview
	hint    *inkLine
	tools   *fyne.Container
	buttons []*Button
}

// Sizes of a finder.
const (
	finderWidth   float32 = 560
	finderHeight  float32 = 452
	finderPad     float32 = 14
	finderPreview float32 = 112
	finderFoot    float32 = 52
)

func finderRow() float32 { return look.Grow(46, 30) }

// NewFinder makes an empty finder with buttons at its foot.
func NewFinder(words FinderWords, buttons ...*Button) *Finder {
	f := &Finder{
		words: words, lit: -1, ground: newFrame(), floor: NewGround(look.Panel), lines: [2]*Divider{NewDivider(), NewDivider()},
		search: NewSearchField(words.Search, ""), list: plainContainer(), message: newParagraph("", Small, look.Text2, finderWidth-2*finderPad),
		preview: newParagraph("", Small, look.Text, finderWidth-2*finderPad), hint: newInk(Tiny, look.Text3), tools: plainContainer(), buttons: buttons,
	}
	for _, b := range buttons {
		f.tools.Objects = append(f.tools.Objects, b)
	}
	f.search.OnChanged = func(text string) {
		if f.OnSearch != nil {
			f.OnSearch(text)
		}
	}
	own := f.search.entry.onKey
	f.search.entry.onKey = func(e *fyne.KeyEvent) bool { return f.key(e) || own(e) }
	f.list.Layout = finderColumn{f}
	f.scroll = container.NewVScroll(f.list)
	f.paper = container.NewVScroll(f.preview)
	f.ExtendBaseWidget(f)
	return f
}

// Target is what takes the focus.
func (f *Finder) Target() fyne.Focusable { return f.search.Target() }

// key moves in the list and takes from it, while the field has the keyboard.
func (f *Finder) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyDown:
		f.light(min(f.lit+1, f.count-1))
	case fyne.KeyUp:
		f.light(max(f.lit-1, min(0, f.count-1)))
	case fyne.KeyReturn, fyne.KeyEnter:
		f.take(f.lit)
	default:
		return false
	}
	return true
}

// light lights a row and shows it.
func (f *Finder) light(i int) {
	if i == f.lit || i < 0 {
		return
	}
	f.lit = i
	for n, row := range f.rows {
		row.setLit(n == i)
	}
	reveal(f.scroll, finderRow()*float32(i), finderRow())
	if f.OnLight != nil {
		f.OnLight(i)
	}
}

// reveal scrolls as little as needed to show a row of a list that was laid out.
func reveal(scroll *container.Scroll, top, high float32) {
	y, room := scroll.Offset.Y, scroll.Size().Height
	switch end := top + high - room; {
	case room <= 0:
	case top < y:
		scroll.ScrollToOffset(fyne.NewPos(0, top))
	case end > y:
		scroll.ScrollToOffset(fyne.NewPos(0, end))
	}
}

func (f *Finder) take(i int) {
	if i >= 0 && i < f.count && f.OnTake != nil {
		f.OnTake(i)
	}
}

// SetRows shows rows with the first one lit; message stands there where there are
// none.
func (f *Finder) SetRows(rows []FinderRow, message string) {
	f.count, f.lit = len(rows), -1
	f.rows = reuse(f.list, f.rows, len(rows), func(i int) *finderLine {
		return newFinderLine(func() { f.light(i) }, func() { f.take(i) })
	}, func(i int, line *finderLine) { line.set(rows[i]) })
	f.message.text = message
	f.list.Refresh()
	f.scroll.ScrollToTop()
	f.Refresh()
	f.light(min(0, len(rows)-1))
}

// Lit is the row that is lit, -1 for none.
func (f *Finder) Lit() int { return f.lit }

// SetPreview shows what the lit row says.
func (f *Finder) SetPreview(text string) {
	f.preview.text = text
	f.preview.Refresh()
	f.paper.ScrollToTop()
	f.Refresh()
}

// Tapped implements fyne.Tappable: a tap between its parts does not close it.
func (f *Finder) Tapped(*fyne.PointEvent) {}

// CreateRenderer implements fyne.Widget.
func (f *Finder) CreateRenderer() fyne.WidgetRenderer {
	return draw(f, func() fyne.Size { return fyne.NewSize(finderWidth, finderHeight) }, f.layout, f.paint,
		f.ground.outer, f.ground.inner, f.floor, f.search, f.scroll, f.message, f.lines[0], f.paper, f.lines[1], f.hint.box, f.tools)
}

func (f *Finder) paint() {
	f.ground.paint(look.Surface, look.Control, look.RadiusLarge)
	f.hint.set(f.words.Hint, look.Text3)
	show(f.message, f.message.text != "")
	f.message.Refresh()
}

func (f *Finder) layout(size fyne.Size) {
	f.ground.place(0, 0, size.Width, size.Height)
	high := f.search.MinSize().Height
	box(f.search, finderPad, 12, size.Width-2*finderPad, high)
	top := 12 + high + 10
	foot := size.Height - finderFoot
	paper := foot - finderPreview
	box(f.scroll, 1, top, size.Width-2, paper-top)
	box(f.message, finderPad, top+12, size.Width-2*finderPad, f.message.MinSize().Height)
	box(f.lines[0], 1, paper, size.Width-2, 1)
	box(f.floor, 1, paper+1, size.Width-2, size.Height-paper-1-look.RadiusLarge)
	box(f.paper, finderPad, paper+10, size.Width-2*finderPad, finderPreview-16)
	f.paper.Refresh()
	box(f.lines[1], 1, foot, size.Width-2, 1)
	mid := foot + finderFoot/2
	right := placeRight(f.buttons, size.Width-finderPad, mid, 8)
	f.hint.set(Cut(f.words.Hint, max(0, right-finderPad-8), Tiny), look.Text3)
	f.hint.mid(finderPad, mid)
}

// finderColumn lays the rows one below the other.
type finderColumn struct{ finder *Finder }

func (c finderColumn) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, finderRow()*float32(c.finder.count))
}

func (c finderColumn) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	for i, line := range c.finder.rows {
		box(line, 0, finderRow()*float32(i), size.Width, finderRow())
	}
}

// litPress can be pressed, and is lit by the arrow keys or the pointer.
type litPress struct {
	press
	lit bool
}

// onLight tells who keeps the place that the pointer is over it.
func (p *litPress) onLight(tell func()) {
	p.hovering = func(on bool) {
		if on {
			tell()
		}
	}
}

func (p *litPress) setLit(on bool) {
	if on != p.lit {
		p.lit = on
		p.Refresh()
	}
}

// finderLine is one row of a finder.
type finderLine struct {
	litPress
	data              FinderRow
	ground            *Ground
	mark, title, text *inkLine
}

// newFinderLine makes an empty one. onLight is told that the pointer is over it.
func newFinderLine(onLight, onTap func()) *finderLine {
	l := &finderLine{ground: NewGround(look.Surface), mark: newInk(BodyBold, look.PrimaryText), title: newInk(Body, look.Text), text: newInk(Small, look.Text2)}
	l.onLight(onLight)
	l.extend(l, onTap)
	return l
}

func (l *finderLine) set(data FinderRow) {
	l.data, l.lit = data, false
	l.Refresh()
}

func (l *finderLine) CreateRenderer() fyne.WidgetRenderer {
	return draw(l, func() fyne.Size { return fyne.NewSize(120, finderRow()) }, l.layout, l.paint, l.ground, l.mark.box, l.title.box, l.text.box)
}

func (l *finderLine) paint() {
	l.ground.token = look.Surface
	if l.lit || l.focused {
		l.ground.token = look.PrimarySoft
	}
	l.ground.Refresh()
	l.mark.set(l.data.Mark, look.PrimaryText)
	l.title.set(l.data.Title, look.Text)
	l.text.set(l.data.Text, look.Text2)
}

func (l *finderLine) layout(size fyne.Size) {
	box(l.ground, 0, 0, size.Width, size.Height)
	room := size.Width - 2*finderPad
	l.mark.set(Cut(l.data.Mark, room/2, BodyBold), look.PrimaryText)
	l.mark.at(finderPad, 4)
	left := finderPad + l.mark.width() + 10
	l.title.set(Cut(l.data.Title, max(0, size.Width-finderPad-left), Body), look.Text)
	l.title.at(left, 4)
	l.text.set(Cut(l.data.Text, room, Small), look.Text2)
	l.text.at(finderPad, 6+Body.Line())
}
