package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// choiceButton shows a reply button as the customer sees it. It cannot be
// pressed here: only the customer presses it.
type choiceButton struct {
	widget.BaseWidget
	data   Choice
	ground *canvas.Rectangle
	check  iconImage
	label  *inkLine
}

func newChoiceButton() *choiceButton {
	c := &choiceButton{ground: newRect(), check: newIcon(12), label: newInk(SmallBold, look.PrimaryText)}
	c.ExtendBaseWidget(c)
	return c
}

// choiceWidth is the least width a button needs, its check included, so that
// pressing moves nothing.
func choiceWidth(c Choice) float32 {
	w := ceil(Measure(c.Title, SmallBold)) + 8
	if c.Icon != "" {
		w += iconIndent
	}
	return w
}

func (c *choiceButton) set(data Choice) {
	c.data = data
	c.Refresh()
}

func (c *choiceButton) CreateRenderer() fyne.WidgetRenderer {
	return draw(c, func() fyne.Size { return fyne.NewSize(choiceWidth(c.data), look.Grow(28, 16)) },
		c.layout, c.paint, c.ground, c.check.Image, c.label.box)
}

func (c *choiceButton) layout(size fyne.Size) {
	box(c.ground, 0, 0, size.Width, size.Height)
	c.label.set(Cut(c.data.Title, size.Width-8, SmallBold), c.label.token)
	marked := (c.data.Pressed || c.data.Icon != "") && c.label.width()+iconIndent <= size.Width-4
	show(c.check.Image, marked)
	if !marked {
		c.label.centre(size.Width/2, size.Height/2)
		return
	}
	x := px((size.Width - c.label.width() - iconIndent) / 2)
	c.check.mid(x, size.Height/2)
	c.label.mid(x+iconIndent, size.Height/2)
}

func (c *choiceButton) paint() {
	ground, text, check := look.Surface, look.PrimaryText, c.data.Icon
	if c.data.Pressed {
		ground, text, check = look.Primary, look.OnPrimary, look.IconCheck
	}
	fill(c.ground, ground, look.RadiusMedium)
	c.check.set(check, text)
	c.label.set(c.data.Title, text)
}
