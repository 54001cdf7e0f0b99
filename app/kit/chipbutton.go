package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// ChipButton is a rounded choice: a filter, which is filled while it filters, or a label in
// its colour. Its icon stands behind the words.
type ChipButton struct {
	press
	text string
	icon look.IconName
	hue  Hue // of a label; HueNone: it is a filter
	on   bool

	ring   *canvas.Rectangle
	ground frame
	label  *inkLine
	glyph  iconImage
}

// NewFilterChip makes a filter that does not filter.
func NewFilterChip(text string, onTap func()) *ChipButton {
	p := &ChipButton{text: text, icon: look.IconExpand, ring: newRect(), ground: newFrame(), label: newInk(Small, look.Text), glyph: newIcon(12)}
	p.extend(p, onTap)
	return p
}

// NewLabelChip makes a label that is taken away by a press; tip says so. Without
// onTap it cannot be pressed.
func NewLabelChip(l LabelData, tip string, onTap func()) *ChipButton {
	p := NewFilterChip(l.Text, onTap)
	p.hue, p.icon = l.Hue, look.IconClose
	p.label.setFont(TinyBold)
	p.tip = tip
	if onTap == nil {
		p.icon, p.off = "", true
	}
	return p
}

// Set says what it filters, and whether it does.
func (p *ChipButton) Set(text string, on bool) {
	p.text, p.on = text, on
	p.icon = look.IconExpand
	if on {
		p.icon = look.IconClose
	}
	p.label.setFont(Font{Type: look.Small, Bold: on})
	p.Refresh()
}

// Below is the window's place under it, where a menu belongs.
func (p *ChipButton) Below() fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(p).AddXY(0, p.Size().Height+4)
}

func (p *ChipButton) isLabel() bool { return p.label.font.Type == look.Tiny }

// chipMost is the width that words have at most.
func chipMost() float32 { return look.Grow(200, 200) }

func (p *ChipButton) words() string { return Cut(p.text, chipMost(), p.label.font) }

// CreateRenderer implements fyne.Widget.
func (p *ChipButton) CreateRenderer() fyne.WidgetRenderer {
	return draw(p, func() fyne.Size {
		pad, high := float32(12), look.Grow(28, 16)
		if p.isLabel() {
			pad, high = 8, look.Grow(22, 15)
		}
		w := 2*pad + ceil(Measure(p.words(), p.label.font))
		if p.icon != "" {
			w += 4 + p.glyph.px
		}
		return fyne.NewSize(w, high)
	}, func(size fyne.Size) {
		pad := float32(12)
		if p.isLabel() {
			pad = 8
		}
		box(p.ring, -2, -2, size.Width+4, size.Height+4)
		p.ground.place(0, 0, size.Width, size.Height)
		p.label.mid(pad, size.Height/2)
		p.glyph.mid(size.Width-pad-p.glyph.px, size.Height/2)
	}, p.paint, p.ring, p.ground.outer, p.ground.inner, p.label.box, p.glyph.Image)
}

func (p *ChipButton) paint() {
	ground, edge, text := look.Surface, look.Border, look.Text
	switch {
	case p.isLabel():
		ground, text = p.hue.soft()
		edge = ground
		if p.hovered && !p.off {
			edge = text
		}
	case p.on:
		ground, edge, text = look.PrimarySoft, look.Primary, look.PrimaryText
	case p.hovered || p.down:
		ground = look.Hover
	}
	radius := look.Grow(28, 16) / 2
	if p.isLabel() {
		radius = look.Grow(22, 15) / 2
	}
	p.ground.paint(ground, edge, radius)
	paintRing(p.ring, look.Focus, radius+2)
	show(p.ring, p.focused)
	p.label.set(p.words(), text)
	p.glyph.set(p.icon, text)
}
