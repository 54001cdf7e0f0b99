package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// RadioBox is one of two values of which one stays.
type RadioBox struct {
	press
	text   string
	chosen bool

	frame      *sharpFrame
	ring       *canvas.Rectangle
	edge, disc *canvas.Circle
	spot       *canvas.Circle
	label      *inkLine
}

// NewRadioBox makes a box that calls onTap, also where it is chosen already.
func NewRadioBox(onTap func()) *RadioBox {
	r := &RadioBox{
		frame: newSharpFrame(), ring: newRect(), edge: &canvas.Circle{}, disc: &canvas.Circle{}, spot: &canvas.Circle{}, label: newInk(Small, look.Text),
	}
	r.extend(r, onTap)
	return r
}

// Set changes value and choice. A value that has no room is cut, and whole in the
// tooltip.
func (r *RadioBox) Set(text string, chosen bool) {
	r.text, r.chosen = text, chosen
	r.SetTip(text)
	r.label.setFont(Font{Type: look.Small, Bold: chosen})
	r.Refresh()
}

// Chosen reports whether it is chosen.
func (r *RadioBox) Chosen() bool { return r.chosen }

// CreateRenderer implements fyne.Widget.
func (r *RadioBox) CreateRenderer() fyne.WidgetRenderer {
	return draw(r, func() fyne.Size { return fyne.NewSize(80, look.Grow(32, 16)) }, r.layout, r.paint,
		append(r.frame.objects(), r.edge, r.disc, r.spot, r.label.box, r.ring)...)
}

func (r *RadioBox) layout(size fyne.Size) {
	width := look.Hairline
	if r.chosen {
		width = look.RingWidth
	}
	r.frame.place(0, 0, size.Width, size.Height, width, look.RadiusMedium)
	box(r.ring, -3, -3, size.Width+6, size.Height+6)
	top := px((size.Height - wayDisc) / 2)
	box(r.edge, 10, top, wayDisc, wayDisc)
	box(r.disc, 11, top+1, wayDisc-2, wayDisc-2)
	box(r.spot, 15, top+5, wayDisc-10, wayDisc-10)
	r.label.set(Cut(r.text, max(0, size.Width-34-8), r.label.font), r.label.token)
	r.label.mid(34, size.Height/2)
}

func (r *RadioBox) paint() {
	inside, stroke, width := look.Surface, look.Border, look.Hairline
	if r.chosen {
		inside, stroke, width = look.PrimarySoft, look.Primary, look.RingWidth
	}
	r.frame.paint(inside, stroke, width, look.RadiusMedium)
	edge, disc := look.Control, look.Surface
	if r.chosen {
		edge, disc = look.Primary, look.Primary
	}
	fillCircle(r.edge, edge)
	fillCircle(r.disc, disc)
	fillCircle(r.spot, look.Surface)
	show(r.spot, r.chosen)
	paintRing(r.ring, look.Focus, look.RadiusMedium+3)
	show(r.ring, r.focused)
	r.label.set(r.text, look.Text)
}
