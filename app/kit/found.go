package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// FoundText is a line in which words are marked that were found.
type FoundText struct {
	Text  string
	Found []Stretch // in order
}

// foundLine draws one: the words found in bold on a ground of their own.
type foundLine struct {
	box   *fyne.Container
	font  Font
	token look.Token

	grounds []*canvas.Rectangle
	inks    []*inkLine
	used    int
}

func newFoundLine(f Font, token look.Token) *foundLine {
	return &foundLine{box: plainContainer(), font: f, token: token}
}

// bold is the font of the words found.
func (l *foundLine) bold() Font { return Font{Type: l.font.Type, Bold: true} }

// set shows as much of d as there is room for, from x on, centred on mid, and returns
// where it ends.
func (l *foundLine) set(d FoundText, x, mid, width float32) float32 {
	l.used = 0
	end := x + width
	at, runes := 0, []rune(d.Text)
	for _, f := range d.Found {
		if f.From < at || f.To > len(runes) || f.From >= f.To {
			continue
		}
		x = l.part(string(runes[at:f.From]), false, x, mid, end)
		x = l.part(string(runes[f.From:f.To]), true, x, mid, end)
		at = f.To
	}
	x = l.part(string(runes[at:]), false, x, mid, end)
	for i := range l.inks {
		show(l.inks[i].box, i < l.used)
		if i >= l.used {
			show(l.grounds[i], false)
		}
	}
	return x
}

// part puts one part after what stands; nothing more where there is no room.
func (l *foundLine) part(text string, found bool, x, mid, end float32) float32 {
	if text == "" || x >= end {
		return x
	}
	if l.used == len(l.inks) {
		ground, ink := newRect(), newInk(l.font, l.token)
		l.grounds, l.inks = append(l.grounds, ground), append(l.inks, ink)
		l.box.Add(ground)
		l.box.Add(ink.box)
	}
	ground, ink := l.grounds[l.used], l.inks[l.used]
	l.used++
	font, token := l.font, l.token
	if found {
		font, token = l.bold(), look.AccentText
	}
	whole := Measure(text, font)
	cut := Cut(text, end-x, font)
	ink.setFont(font)
	ink.set(cut, token)
	ink.mid(x, mid)
	show(ground, found && cut != "")
	if found {
		high := font.Line()
		fill(ground, look.AccentSoft, look.RadiusSmall)
		box(ground, px(x)-2, floor(mid-high/2)-1, ceil(ink.width())+4, high+2)
	}
	if cut != text {
		return end
	}
	return x + whole
}
