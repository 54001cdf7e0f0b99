package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// WordBox holds words as chips that can be taken out, and a place to type the next
// one. It is one stop for Tab. Enter or a comma adds what is typed; in the empty
// place Left and Right walk along the chips, Backspace and Delete take one out.
type WordBox struct {
	widget.BaseWidget
	// OnAdd gets what was typed or pasted, as it is: one word, or many in lines or with
	// commas between them. It returns what is left in the place.
	OnAdd func(text string) (left string)
	// OnRemove gets the place of a chip.
	OnRemove func(index int)
	// OnTyped is called at every change of what is being typed.
	OnTyped func()
	// OnFocus is called when it gets the keyboard.
	OnFocus func()

	words   []string
	hint    string
	marked  int // the chip that the keyboard is at; -1: none
	focused bool
	quiet   bool // add is at work
	width   float32
	height  float32

	ring    *canvas.Rectangle
	chips   *fyne.Container
	drawn   []*wordChip
	cover   bars
	hintInk *inkLine
	entry   *wordEntry
	clipped *container.ThemeOverride
}

// NewWordBox makes an empty box; hint stands in the place to type.
func NewWordBox(hint string) *WordBox {
	b := &WordBox{
		hint: hint, marked: -1, width: 200, ring: newRect(), chips: plainContainer(), cover: newBars(),
		hintInk: newInk(Body, look.Text3), entry: &wordEntry{},
	}
	e := b.entry
	e.box = b
	e.Wrapping, e.Scroll = fyne.TextWrapOff, fyne.ScrollHorizontalOnly
	e.onFocus = func(on bool) {
		b.focused, b.marked = on, -1
		b.Refresh()
		if on {
			call(b.OnFocus)
		}
	}
	e.onKey = b.key
	e.OnChanged = b.typed
	e.ExtendBaseWidget(e)
	b.clipped = container.NewThemeOverride(e, look.Field())
	b.ExtendBaseWidget(b)
	return b
}

// wordEntry keeps the line breaks of what is pasted: a list is often one word a
// line.
type wordEntry struct {
	entry
	box *WordBox
}

// TypedShortcut implements fyne.Shortcutable.
func (e *wordEntry) TypedShortcut(s fyne.Shortcut) {
	if p, ok := s.(*fyne.ShortcutPaste); ok {
		if text := p.Clipboard.Content(); strings.ContainsAny(text, wordBreaks) {
			e.box.add(e.Text + text)
			return
		}
	}
	e.entry.TypedShortcut(s)
}

// wordBreaks stand between two words.
const wordBreaks = ",;\n\r\t"

// SplitWords returns the words of a text that was typed or pasted: parted by
// commas, semicolons, tabs or line breaks, without the white space around them.
func SplitWords(text string) []string {
	var words []string
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(wordBreaks, r) }) {
		if word := strings.Join(strings.Fields(part), " "); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// SetWords changes the chips; the owner fits it anew.
func (b *WordBox) SetWords(words []string) {
	b.words = words
	b.marked = min(b.marked, len(words)-1)
	for len(b.drawn) < len(words) {
		c := newWordChip(b, len(b.drawn))
		b.drawn = append(b.drawn, c)
		b.chips.Objects = append(b.chips.Objects, c)
	}
	for i, c := range b.drawn {
		show(c, i < len(words))
		if i < len(words) {
			c.set(words[i], i == b.marked)
		}
	}
	b.Refresh()
}

// Words are the chips.
func (b *WordBox) Words() []string { return b.words }

// Text is what is being typed and not added yet.
func (b *WordBox) Text() string { return b.entry.Text }

// SetText replaces what is being typed.
func (b *WordBox) SetText(text string) {
	if text != b.entry.Text {
		b.entry.SetText(text)
	}
}

// Add adds what is being typed, as Enter does.
func (b *WordBox) Add() { b.add(b.entry.Text) }

// Target is what takes the focus: canvas.Focus(box.Target()).
func (b *WordBox) Target() fyne.Focusable { return b.entry }

func (b *WordBox) add(text string) {
	if strings.TrimSpace(text) != "" && b.OnAdd != nil {
		left := b.OnAdd(text)
		b.quiet = true // what OnAdd says of the text is not about what is typed next
		b.entry.SetText(left)
		b.quiet = false
	}
}

func (b *WordBox) typed(text string) {
	if strings.ContainsAny(text, wordBreaks) {
		b.add(text)
		return
	}
	b.marked = -1
	b.Refresh()
	if !b.quiet {
		call(b.OnTyped)
	}
}

func (b *WordBox) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		b.Add()
		return true
	}
	if b.entry.Text != "" || len(b.words) == 0 {
		return false
	}
	switch e.Name {
	case fyne.KeyLeft:
		if b.marked < 0 {
			b.marked = len(b.words)
		}
		b.mark(max(0, b.marked-1))
	case fyne.KeyRight:
		if b.marked++; b.marked >= len(b.words) {
			b.marked = -1
		}
		b.mark(b.marked)
	case fyne.KeyBackspace, fyne.KeyDelete:
		if b.marked < 0 {
			b.mark(len(b.words) - 1)
			return true
		}
		b.remove(b.marked)
	default:
		return false
	}
	return true
}

func (b *WordBox) mark(i int) {
	b.marked = i
	for at, c := range b.drawn[:len(b.words)] {
		c.set(b.words[at], at == i)
	}
}

func (b *WordBox) remove(i int) {
	if b.OnRemove != nil && i < len(b.words) {
		b.OnRemove(i)
	}
}

// Fit implements Fitting.
func (b *WordBox) Fit(width float32) {
	b.width = width
	b.place(width)
}

const (
	wordGap    float32 = 4
	wordTyping float32 = 110 // the least room to type in
)

func wordHigh() float32 { return look.Grow(24, 16) }

// place puts the chips in lines, and the place to type behind the last one.
func (b *WordBox) place(width float32) {
	x, y := float32(0), float32(0)
	for _, c := range b.drawn[:len(b.words)] {
		w := min(c.MinSize().Width, width)
		if x > 0 && x+w > width {
			x, y = 0, y+wordHigh()+wordGap
		}
		box(c, x, y, w, wordHigh())
		x += w + wordGap
	}
	if x > 0 && x+look.Grow(wordTyping, 90) > width {
		x, y = 0, y+wordHigh()+wordGap
	}
	w := width - x
	box(b.ring, x, y, w, wordHigh())
	pad := look.FieldPadding
	h := Body.Line() + 2*pad
	left, top := x+8-pad, y+px((wordHigh()-h)/2)
	box(b.clipped, left, top, w-16+2*pad, h)
	b.cover.place(left-1, top-1, w-16+2*pad+3, h+2, 5) // half of the line lies outside
	b.hintInk.set(Cut(b.hint, w-16, Body), look.Text3)
	b.hintInk.mid(x+8, y+wordHigh()/2)
	b.height = y + wordHigh()
}

// CreateRenderer implements fyne.Widget.
func (b *WordBox) CreateRenderer() fyne.WidgetRenderer {
	objects := append([]fyne.CanvasObject{b.chips, b.clipped}, b.cover.objects()...)
	return draw(b, func() fyne.Size { return fyne.NewSize(wordTyping, b.height) },
		func(size fyne.Size) { b.place(size.Width) },
		func() {
			b.cover.paint(look.Surface, true)
			paintRing(b.ring, look.Focus, look.RadiusSmall)
			show(b.ring, b.focused && b.marked < 0)
			show(b.hintInk.box, b.entry.Text == "")
			b.hintInk.set(b.hintInk.text, look.Text3)
		}, append(objects, b.ring, b.hintInk.box)...)
}

// wordChip is one word with the cross that takes it out.
type wordChip struct {
	widget.BaseWidget
	box    *WordBox
	index  int
	text   string
	marked bool
	over   bool // the pointer is on the cross
	ground *canvas.Rectangle
	ring   *canvas.Rectangle
	label  *inkLine
	cross  iconImage
}

func newWordChip(b *WordBox, index int) *wordChip {
	c := &wordChip{box: b, index: index, ground: newRect(), ring: newRect(), label: newInk(Small, look.Text), cross: newTextIcon(12)}
	c.ExtendBaseWidget(c)
	return c
}

func (c *wordChip) set(text string, marked bool) {
	if text != c.text || marked != c.marked {
		c.text, c.marked = text, marked
		c.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (c *wordChip) CreateRenderer() fyne.WidgetRenderer {
	return draw(c, func() fyne.Size { return fyne.NewSize(ceil(Measure(c.text, Small))+22+c.cross.px, wordHigh()) },
		func(size fyne.Size) {
			box(c.ground, 0, 0, size.Width, size.Height)
			box(c.ring, 0, 0, size.Width, size.Height)
			c.label.set(Cut(c.text, size.Width-20-c.cross.px, Small), look.Text)
			c.label.mid(8, size.Height/2)
			c.cross.mid(size.Width-8-c.cross.px, size.Height/2)
		},
		func() {
			fill(c.ground, look.Fill, look.RadiusSmall)
			paintRing(c.ring, look.Focus, look.RadiusSmall)
			show(c.ring, c.marked)
			c.label.set(c.text, look.Text)
			token := look.Text2
			if c.over {
				token = look.ErrorText
			}
			c.cross.set(look.IconClose, token)
		}, c.ground, c.label.box, c.cross.Image, c.ring)
}

func (c *wordChip) onCross(x float32) bool { return x >= c.Size().Width-14-c.cross.px }

// Tapped implements fyne.Tappable: the cross takes the word out, the word is marked.
func (c *wordChip) Tapped(e *fyne.PointEvent) {
	if c.onCross(e.Position.X) {
		c.box.remove(c.index)
		return
	}
	if canvas := fyne.CurrentApp().Driver().CanvasForObject(c); canvas != nil {
		canvas.Focus(c.box.entry)
	}
	if c.box.entry.Text == "" {
		c.box.mark(c.index)
	}
}

// MouseIn implements desktop.Hoverable.
func (c *wordChip) MouseIn(e *desktop.MouseEvent) { c.hover(c.onCross(e.Position.X)) }

// MouseMoved implements desktop.Hoverable.
func (c *wordChip) MouseMoved(e *desktop.MouseEvent) { c.hover(c.onCross(e.Position.X)) }

// MouseOut implements desktop.Hoverable.
func (c *wordChip) MouseOut() { c.hover(false) }

func (c *wordChip) hover(on bool) {
	if on != c.over {
		c.over = on
		c.Refresh()
	}
}

// Cursor implements desktop.Cursorable.
func (c *wordChip) Cursor() desktop.Cursor {
	if c.over {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}
