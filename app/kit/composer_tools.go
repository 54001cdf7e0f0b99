package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// Tool is what stands at the foot of a composer: a button or a switch. One with a
// word shows it where there is room.
type Tool interface {
	fyne.Widget
	// brief shows the tool without its word, or with it.
	brief(on bool)
}

// ToolButton is a button of a composer with a word behind its mark.
type ToolButton struct {
	press
	icon    look.IconName // or, where it is empty, sign
	sign    string
	word    string
	noWord  bool
	inNotes bool

	ring, ground *canvas.Rectangle
	glyph        iconImage
	mark, label  *inkLine
}

// NewToolButton makes a tool with an icon, and with a word where that is not empty.
func NewToolButton(icon look.IconName, word, tip string, onTap func()) *ToolButton {
	b := &ToolButton{
		icon: icon, word: word, ring: newRect(), ground: newRect(), glyph: newIcon(18),
		mark: newInk(Heading, look.Text2), label: newInk(Body, look.Text2),
	}
	b.tip = tip
	b.extend(b, onTap)
	return b
}

// NewSignTool makes a tool whose mark is a sign that can be typed.
func NewSignTool(sign, word, tip string, onTap func()) *ToolButton {
	b := NewToolButton("", word, tip, onTap)
	b.sign = sign
	return b
}

// ForNotes has the tool stand under a note, too.
func (b *ToolButton) ForNotes() *ToolButton { b.inNotes = true; return b }

func (b *ToolButton) brief(on bool) {
	if on != b.noWord {
		b.noWord = on
		b.Refresh()
	}
}

func (b *ToolButton) worded() bool { return b.word != "" && !b.noWord }

// CreateRenderer implements fyne.Widget.
func (b *ToolButton) CreateRenderer() fyne.WidgetRenderer {
	return draw(b, b.measure, b.layout, b.paint, b.ring, b.ground, b.glyph.Image, b.mark.box, b.label.box)
}

// Where the parts of a tool stand.
const (
	toolPad float32 = 7
	toolGap float32 = 6
)

func (b *ToolButton) measure() fyne.Size {
	w := 18 + 2*toolPad
	if b.worded() {
		w += toolGap + ceil(Measure(b.word, Body))
	}
	return fyne.NewSize(max(w, look.Grow(32, 18)), look.Grow(32, 18))
}

func (b *ToolButton) layout(size fyne.Size) {
	box(b.ring, 0, 0, size.Width, size.Height)
	box(b.ground, 0, 0, size.Width, size.Height)
	x := toolPad
	if !b.worded() {
		x = (size.Width - 18) / 2
	}
	b.glyph.mid(x, size.Height/2)
	b.mark.centre(x+9, size.Height/2)
	b.label.mid(x+18+toolGap, size.Height/2)
}

func (b *ToolButton) paint() {
	ground := look.Clear
	if (b.hovered || b.down) && !b.idle() {
		ground = look.Hover
	}
	fill(b.ground, ground, look.RadiusMedium)
	paintRing(b.ring, look.Focus, look.RadiusMedium)
	show(b.ring, b.focused)
	b.glyph.set(b.icon, look.Text2)
	b.mark.set(b.sign, look.Text2)
	b.label.set(b.word, look.Text2)
	show(b.label.box, b.worded())
}

// ToolSwitch is a tool that is on or off: an icon, a word and a switch.
type ToolSwitch struct {
	flip
	icon   look.IconName
	word   string
	noWord bool
	glyph  iconImage
	label  *inkLine
}

// NewToolSwitch makes one that is off. onChange gets what the person chose; it stands
// so already.
func NewToolSwitch(icon look.IconName, word, tip string, onChange func(on bool)) *ToolSwitch {
	s := &ToolSwitch{icon: icon, word: word, glyph: newIcon(18), label: newInk(Body, look.Text2)}
	s.tip = tip
	s.extend(s, onChange)
	return s
}

func (s *ToolSwitch) brief(on bool) {
	if on != s.noWord {
		s.noWord = on
		s.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (s *ToolSwitch) CreateRenderer() fyne.WidgetRenderer {
	return draw(s, s.measure, s.layout, s.paint, append(s.objects(), s.glyph.Image, s.label.box)...)
}

func (s *ToolSwitch) head() float32 {
	if s.noWord {
		return toolPad + 18 + toolGap
	}
	font, _ := s.face()
	return toolPad + 18 + toolGap + ceil(Measure(s.word, font)) + 8
}

// face is how the word is written: it says by itself, too, that the switch is on.
func (s *ToolSwitch) face() (Font, look.Token) {
	if s.on {
		return BodyBold, look.AccentText
	}
	return Body, look.Text2
}

func (s *ToolSwitch) measure() fyne.Size {
	return fyne.NewSize(s.head()+switchWide+4, look.Grow(32, 18))
}

func (s *ToolSwitch) layout(size fyne.Size) {
	s.glyph.mid(toolPad, size.Height/2)
	s.label.mid(toolPad+18+toolGap, size.Height/2)
	s.mid(s.head(), size.Height/2)
}

func (s *ToolSwitch) paint() {
	s.flip.paint()
	font, token := s.face()
	s.glyph.set(s.icon, token)
	s.label.setFont(font)
	s.label.set(s.word, token)
	show(s.label.box, !s.noWord)
}
