package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Emoji is one to choose, with its name.
type Emoji struct{ Char, Name string }

// EmojiPicker is a field to search in over tabs and a grid of emoji; the name of the
// lit one stands below. The arrows light another while one types, Enter takes it.
type EmojiPicker struct {
	widget.BaseWidget
	OnSearch func(text string)
	OnTab    func(index int)
	OnTake   func(Emoji)

	all     []Emoji
	lit     int // -1: none
	tab     int
	ground  frame
	search  *SearchField
	tabs    *fyne.Container
	signs   []*emojiCell
	grid    *fyne.Container
	cells   []*emojiCell
	scroll  *container.Scroll
	message *paragraph
	line    *Divider
	name    *inkLine
}

// Measures of the picker: as many columns as fit its width.
const (
	emojiColumns         = 10
	emojiPad     float32 = 12
	emojiRows    float32 = 6
)

func emojiSide() float32 { return look.Grow(36, 30) }

// Emoji are set in the largest type; the font draws them at any.
var emojiFont = Font{Type: look.Title}

// NewEmojiPicker makes an empty picker with the words of its search field. signs are
// on the tabs, which have tips.
func NewEmojiPicker(search string, signs, tips []string) *EmojiPicker {
	p := &EmojiPicker{
		lit: -1, ground: newFrame(), search: NewSearchField(search, ""), tabs: plainContainer(), grid: plainContainer(),
		message: newParagraph("", Small, look.Text2, 300), line: NewDivider(), name: newInk(Small, look.Text2),
	}
	p.search.OnChanged = func(text string) {
		if p.OnSearch != nil {
			p.OnSearch(text)
		}
	}
	own := p.search.entry.onKey
	p.search.entry.onKey = func(e *fyne.KeyEvent) bool { return p.key(e) || own(e) }
	p.signs = reuse(p.tabs, nil, len(signs), func(i int) *emojiCell {
		return newEmojiCell(func() {
			if p.OnTab != nil {
				p.OnTab(i)
			}
		}, nil)
	}, func(i int, c *emojiCell) {
		c.tip = tips[i]
		c.set(signs[i])
	})
	p.grid.Layout = emojiGrid{p}
	p.scroll = container.NewVScroll(p.grid)
	p.ExtendBaseWidget(p)
	return p
}

// Target is what takes the focus.
func (p *EmojiPicker) Target() fyne.Focusable { return p.search.Target() }

// key moves in the grid and takes from it, while the field has the keyboard. Left and
// Right stay the field's own while there is something in it.
func (p *EmojiPicker) key(e *fyne.KeyEvent) bool {
	empty := p.search.entry.Text == ""
	switch {
	case e.Name == fyne.KeyDown:
		p.light(p.lit + emojiColumns)
	case e.Name == fyne.KeyUp:
		p.light(p.lit - emojiColumns)
	case e.Name == fyne.KeyRight && empty:
		p.light(p.lit + 1)
	case e.Name == fyne.KeyLeft && empty:
		p.light(p.lit - 1)
	case e.Name == fyne.KeyReturn, e.Name == fyne.KeyEnter:
		p.take(p.lit)
	default:
		return false
	}
	return true
}

func (p *EmojiPicker) light(i int) {
	if i < 0 || i >= len(p.all) || i == p.lit {
		return
	}
	p.lit = i
	for n, c := range p.cells {
		c.setLit(n == i)
	}
	reveal(p.scroll, emojiSide()*float32(i/emojiColumns), emojiSide())
	p.Refresh()
}

func (p *EmojiPicker) take(i int) {
	if i >= 0 && i < len(p.all) && p.OnTake != nil {
		p.OnTake(p.all[i])
	}
}

// Set shows emoji under a tab, -1 for none, with the first one lit; message stands
// there where there are none.
func (p *EmojiPicker) Set(all []Emoji, tab int, message string) {
	p.all, p.lit, p.tab, p.message.text = all, -1, tab, message
	p.cells = reuse(p.grid, p.cells, len(all), func(i int) *emojiCell {
		return newEmojiCell(func() { p.take(i) }, func() { p.light(i) })
	}, func(i int, c *emojiCell) { c.set(all[i].Char) })
	for i, s := range p.signs {
		s.setLit(i == tab)
	}
	p.grid.Refresh()
	p.scroll.ScrollToTop()
	p.light(0)
	p.Refresh()
}

// Shown are the emoji to choose from.
func (p *EmojiPicker) Shown() []Emoji { return p.all }

// Tapped implements fyne.Tappable: a tap between its parts does not close it.
func (p *EmojiPicker) Tapped(*fyne.PointEvent) {}

// CreateRenderer implements fyne.Widget.
func (p *EmojiPicker) CreateRenderer() fyne.WidgetRenderer {
	return draw(p, p.measure, p.layout, p.paint, p.ground.outer, p.ground.inner, p.search, p.tabs, p.scroll, p.message, p.line, p.name.box)
}

func (p *EmojiPicker) measure() fyne.Size {
	side := emojiSide()
	high := 12 + p.search.MinSize().Height + 6 + side + 4 + emojiRows*side + look.Grow(34, 16)
	return fyne.NewSize(2*emojiPad+emojiColumns*side+6, high)
}

func (p *EmojiPicker) layout(size fyne.Size) {
	side := emojiSide()
	p.ground.place(0, 0, size.Width, size.Height)
	high := p.search.MinSize().Height
	box(p.search, emojiPad, 12, size.Width-2*emojiPad, high)
	y := 12 + high + 6
	box(p.tabs, emojiPad, y, size.Width-2*emojiPad, side)
	for i, s := range p.signs {
		box(s, float32(i)*side, 0, side, side)
	}
	y += side + 4
	foot := size.Height - look.Grow(34, 16)
	box(p.scroll, emojiPad, y, size.Width-emojiPad-2, foot-y)
	p.message.width = size.Width - 2*emojiPad
	box(p.message, emojiPad, y+10, p.message.width, p.message.MinSize().Height)
	box(p.line, 1, foot, size.Width-2, 1)
	p.name.set(Cut(p.name.text, size.Width-2*emojiPad, Small), look.Text2)
	p.name.mid(emojiPad, foot+(size.Height-foot)/2)
}

func (p *EmojiPicker) paint() {
	p.ground.paint(look.Surface, look.Control, look.RadiusLarge)
	show(p.message, p.message.text != "")
	p.message.Refresh()
	name := ""
	if p.lit >= 0 && p.lit < len(p.all) {
		name = p.all[p.lit].Name
	}
	p.name.set(name, look.Text2)
}

// emojiGrid lays the cells in rows.
type emojiGrid struct{ picker *EmojiPicker }

func (g emojiGrid) MinSize([]fyne.CanvasObject) fyne.Size {
	rows := (len(g.picker.all) + emojiColumns - 1) / emojiColumns
	return fyne.NewSize(0, emojiSide()*float32(rows))
}

func (g emojiGrid) Layout([]fyne.CanvasObject, fyne.Size) {
	side := emojiSide()
	for i, c := range g.picker.cells {
		box(c, float32(i%emojiColumns)*side, float32(i/emojiColumns)*side, side, side)
	}
}

// emojiCell is one emoji that can be pressed.
type emojiCell struct {
	litPress
	char   string
	ground *canvas.Rectangle
	ink    *inkLine
}

// newEmojiCell makes an empty one. onLight, where set, is told that the pointer is
// over it.
func newEmojiCell(onTap, onLight func()) *emojiCell {
	c := &emojiCell{ground: newRect(), ink: newInk(emojiFont, look.Text)}
	if onLight != nil {
		c.onLight(onLight)
	}
	c.extend(c, onTap)
	return c
}

func (c *emojiCell) set(char string) {
	c.char, c.lit = char, false
	c.Refresh()
}

func (c *emojiCell) CreateRenderer() fyne.WidgetRenderer {
	return draw(c, func() fyne.Size { return fyne.NewSquareSize(emojiSide()) }, func(size fyne.Size) {
		box(c.ground, 1, 1, size.Width-2, size.Height-2)
		c.ink.centre(size.Width/2, size.Height/2)
	}, func() {
		ground := look.Clear
		switch {
		case c.lit:
			ground = look.PrimarySoft
		case c.hovered, c.focused:
			ground = look.Hover
		}
		fill(c.ground, ground, look.RadiusMedium)
		c.ink.set(c.char, look.Text)
	}, c.ground, c.ink.box)
}
