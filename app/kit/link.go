package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// Link is a word that can be pressed, with an icon before it if wanted: the
// choices under the first start, actions in banners. It is cut where it is given
// less room than it asks for.
type Link struct {
	press
	text  string
	font  Font
	token look.Token
	icon  look.IconName
	// iconToken colours the icon; empty: Text2.
	iconToken look.Token
	current   bool
	steady    bool    // keeps its colour under the pointer
	gap       float32 // between icon and words

	ring  *canvas.Rectangle
	label *inkLine
	glyph iconImage
}

// NewOption makes one of several choices in Text2 of 12. The chosen one is bold
// in Text: SetCurrent.
func NewOption(text string, icon look.IconName, onTap func()) *Link {
	l := newLink(text, Small, look.Text2, onTap)
	l.icon = icon
	return l
}

func newLink(text string, f Font, token look.Token, onTap func()) *Link {
	l := new(Link)
	l.begin(text, f, token)
	l.extend(l, onTap)
	return l
}

// begin makes the parts, as that of IconButton does.
func (l *Link) begin(text string, f Font, token look.Token) {
	l.text, l.font, l.token, l.gap = text, f, token, 8
	l.ring, l.label, l.glyph = newRect(), newInk(f, token), newIcon(16)
}

// SetCurrent marks it as the chosen one.
func (l *Link) SetCurrent(on bool) { l.current = on; l.Refresh() }

// SetText changes the words; the owner fits it anew.
func (l *Link) SetText(text string) { l.set(text, l.token) }

// set changes words and colour together.
func (l *Link) set(text string, token look.Token) {
	l.text, l.token = text, token
	l.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (l *Link) CreateRenderer() fyne.WidgetRenderer {
	return draw(l, l.measure, l.layout, l.paint, l.ring, l.label.box, l.glyph.Image)
}

func (l *Link) present() (Font, look.Token) {
	switch {
	case l.current:
		return Font{Type: l.font.Type, Bold: true}, look.Text
	case l.hovered && !l.steady:
		return l.font, look.Text
	}
	return l.font, l.token
}

func (l *Link) indent() float32 {
	if l.icon == "" {
		return 0
	}
	return l.glyph.px + l.gap
}

// linkHigh is the height of every link: large enough to be hit.
func linkHigh() float32 { return look.Grow(28, 16) }

func (l *Link) measure() fyne.Size {
	f, _ := l.present()
	return fyne.NewSize(l.indent()+ceil(Measure(l.text, f)), linkHigh())
}

func (l *Link) layout(size fyne.Size) {
	box(l.ring, -4, 0, size.Width+8, size.Height)
	l.glyph.mid(0, size.Height/2)
	f, token := l.present()
	l.label.set(Cut(l.text, max(0, size.Width-l.indent()), f), token)
	l.label.mid(l.indent(), size.Height/2)
}

func (l *Link) paint() {
	f, token := l.present()
	l.label.setFont(f)
	l.label.set(l.text, token)
	icon := look.Text2
	if l.iconToken != "" {
		icon = l.iconToken
	}
	l.glyph.set(l.icon, icon)
	paintRing(l.ring, look.Focus, look.RadiusMedium)
	show(l.ring, l.focused)
}
