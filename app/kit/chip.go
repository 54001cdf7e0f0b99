package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Chip is a pill with bold small words that says how something is.
type Chip struct {
	widget.BaseWidget
	mark *chip
}

// NewChip makes a chip; an empty icon is none.
func NewChip(tone Tone, icon look.IconName, text string) *Chip {
	c := &Chip{mark: newChip()}
	c.mark.tone, c.mark.icon, c.mark.text = tone, icon, text
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer implements fyne.Widget.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	return draw(c, c.mark.size, func(size fyne.Size) { c.mark.place(0, px((size.Height-c.mark.size().Height)/2)) },
		c.mark.paint, c.mark.objects()...)
}

// WordTag is a word on a ground of its own, 20 high.
type WordTag struct {
	widget.BaseWidget
	text   string
	ground *canvas.Rectangle
	ink    *inkLine
}

// NewWordTag makes a tag.
func NewWordTag(text string) *WordTag {
	t := &WordTag{text: text, ground: newRect(), ink: newInk(Tiny, look.Text)}
	t.ExtendBaseWidget(t)
	return t
}

const wordTagPad float32 = 6

// CreateRenderer implements fyne.Widget.
func (t *WordTag) CreateRenderer() fyne.WidgetRenderer {
	return draw(t, func() fyne.Size { return fyne.NewSize(2*wordTagPad+ceil(Measure(t.text, Tiny)), look.Grow(20, 15)) },
		func(size fyne.Size) {
			box(t.ground, 0, 0, size.Width, size.Height)
			t.ink.set(Cut(t.text, size.Width-2*wordTagPad+0.5, Tiny), look.Text)
			t.ink.mid(wordTagPad, size.Height/2)
		},
		func() {
			fill(t.ground, look.Fill, look.RadiusSmall)
			t.ink.set(t.text, look.Text)
		}, t.ground, t.ink.box)
}

// NewTextButton makes a word in the primary colour that can be pressed, for actions
// in the rows of a card.
func NewTextButton(text string, onTap func()) *Link {
	return newLink(text, SmallBold, look.PrimaryText, onTap)
}
