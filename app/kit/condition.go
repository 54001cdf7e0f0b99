package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// Condition is a small tag that says one circumstance, "First message: no", and can
// be pressed to change it.
type Condition struct {
	press
	text         string
	ground, ring *canvas.Rectangle
	label        *inkLine
}

// NewCondition makes a tag that calls onTap; tip says what a press changes.
func NewCondition(tip string, onTap func()) *Condition {
	c := &Condition{ground: newRect(), ring: newRect(), label: newInk(Tiny, look.Text2)}
	c.tip = tip
	c.extend(c, onTap)
	return c
}

// Set changes the words; the owner lays out anew.
func (c *Condition) Set(text string) {
	c.text = text
	c.Refresh()
}

// Text is what it says.
func (c *Condition) Text() string { return c.text }

// The tag is lower than what can be hit by a finger or a pointer, which is conditionHit.
const (
	conditionHigh float32 = 18
	conditionHit  float32 = 28
)

// CreateRenderer implements fyne.Widget.
func (c *Condition) CreateRenderer() fyne.WidgetRenderer {
	return draw(c, func() fyne.Size { return fyne.NewSize(12+ceil(Measure(c.text, Tiny)), look.Grow(conditionHit, 15)) },
		c.layout, c.paint, c.ground, c.ring, c.label.box)
}

func (c *Condition) layout(size fyne.Size) {
	high := look.Grow(conditionHigh, 15)
	top := px((size.Height - high) / 2)
	box(c.ground, 0, top, size.Width, high)
	box(c.ring, -2, top-2, size.Width+4, high+4)
	c.label.set(Cut(c.text, size.Width-12+0.5, Tiny), c.label.token)
	c.label.mid(6, top+high/2)
}

func (c *Condition) paint() {
	ground, text := look.Fill, look.Text2
	if c.hovered || c.down {
		ground, text = look.Border, look.Text
	}
	fill(c.ground, ground, look.RadiusSmall)
	paintRing(c.ring, look.Focus, look.RadiusSmall+2)
	show(c.ring, c.focused)
	c.label.set(c.text, text)
}
