package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Ask is a question over the window, with a button for each answer.
type Ask struct {
	widget.BaseWidget
	width   float32
	ground  frame
	content *Stack
	first   *Button
}

const (
	askWide float32 = 460
	askPad  float32 = 20
)

// NewAsk makes a question. The first answer is the one that is meant: its button is
// filled and has the keyboard.
func NewAsk(title, text string, answers ...Action) *Ask {
	a := &Ask{width: look.Grow(askWide, 200), ground: newFrame()}
	var spans []Span
	for i, answer := range answers {
		importance := Plain
		if i == 0 {
			importance = Primary
		}
		b := NewButton(answer.Text, importance, answer.Do)
		if i == 0 {
			a.first = b
		}
		spans = append(spans, Own(b))
	}
	a.content = NewStack(12, NewParagraph(title, Heading, look.Text), NewParagraph(text, Body, look.Text2), NewRun(8, spans...))
	a.ExtendBaseWidget(a)
	return a
}

// Target is what takes the focus.
func (a *Ask) Target() fyne.Focusable { return a.first }

// Tapped implements fyne.Tappable: a tap between its parts does not close it.
func (a *Ask) Tapped(*fyne.PointEvent) {}

// CreateRenderer implements fyne.Widget.
func (a *Ask) CreateRenderer() fyne.WidgetRenderer {
	return draw(a, func() fyne.Size {
		return fyne.NewSize(a.width, fitted(a.content, a.width-2*askPad)+2*askPad)
	}, func(size fyne.Size) {
		a.ground.place(0, 0, size.Width, size.Height)
		h := fitted(a.content, size.Width-2*askPad)
		box(a.content, askPad, askPad, size.Width-2*askPad, h)
	}, func() { a.ground.paint(look.Surface, look.Border, look.RadiusLarge) }, a.ground.outer, a.ground.inner, a.content)
}
