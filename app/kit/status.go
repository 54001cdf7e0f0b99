package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Finding is how good something is that was looked at.
type Finding uint8

// The findings. Each has a sign of its own, so that colour says nothing alone.
const (
	FindingNone Finding = iota // a hint, nothing was looked at
	FindingGood
	FindingWarn
	FindingBad
	FindingBusy // being looked at
)

// sign is a finding's icon and the colour of its words.
func (f Finding) sign() (look.IconName, look.Token) {
	switch f {
	case FindingGood:
		return look.IconDone, look.OkText
	case FindingWarn:
		return look.IconAlert, look.WarnText
	case FindingBad:
		return look.IconAlert, look.ErrorText
	case FindingBusy:
		return look.IconLoader, look.Text2
	}
	return look.IconInfo, look.Text2
}

// Status is a line of small words with the sign of a finding: under a field,
// in a card. It breaks at its width; without words it is hidden.
type Status struct {
	widget.BaseWidget
	finding Finding
	text    string
	width   float32
	glyph   iconImage
	lines   *fyne.Container
	inks    []*inkLine
}

const statusIndent float32 = 20

// NewStatus makes a line.
func NewStatus(f Finding, text string) *Status {
	s := &Status{width: 1e4, glyph: newIcon(14), lines: plainContainer()}
	s.ExtendBaseWidget(s)
	s.Set(f, text)
	return s
}

// Set changes finding and words; the owner fits it anew.
func (s *Status) Set(f Finding, text string) {
	s.finding, s.text = f, text
	show(s, text != "")
	s.Refresh()
}

// Text returns the words.
func (s *Status) Text() string { return s.text }

// Finding returns what they say of it.
func (s *Status) Finding() Finding { return s.finding }

// Fit implements Fitting.
func (s *Status) Fit(width float32) {
	s.width = width
	s.Refresh()
}

func (s *Status) wrapped() []string { return Wrap(s.text, s.width-statusIndent, Tiny) }

// CreateRenderer implements fyne.Widget.
func (s *Status) CreateRenderer() fyne.WidgetRenderer {
	return draw(s, func() fyne.Size { return fyne.NewSize(0, Tiny.Line()*float32(len(s.wrapped()))) }, s.layout, s.paint, s.glyph.Image, s.lines)
}

func (s *Status) layout(fyne.Size) {
	s.glyph.mid(0, Tiny.Line()/2)
	for i, ink := range s.inks {
		ink.at(statusIndent, float32(i)*Tiny.Line())
	}
}

func (s *Status) paint() {
	icon, token := s.finding.sign()
	s.glyph.set(icon, token)
	s.inks = setLines(s.lines, s.inks, s.wrapped(), Tiny, token)
}
