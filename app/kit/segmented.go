package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Segmented is a row of choices of which exactly one is chosen: the filters of
// the list. It is one stop for Tab; Left and Right choose.
type Segmented struct {
	widget.BaseWidget
	onChange func(int)
	texts    []string
	current  int
	hovered  int // -1: none
	focused  bool
	loose    bool
	tight    bool // the words are smaller, since they have no room otherwise

	ground, ring *canvas.Rectangle
	knob         frame
	labels       *fyne.Container
	inks         []*inkLine
}

// NewSegmented makes an empty control; onChange gets the index that a person chose.
func NewSegmented(onChange func(index int)) *Segmented {
	s := &Segmented{onChange: onChange, hovered: -1, ground: newRect(), knob: newFrame(), ring: newRect(), labels: plainContainer()}
	s.ExtendBaseWidget(s)
	return s
}

// SetItems sets the words and which of them is chosen, without calling back.
func (s *Segmented) SetItems(texts []string, current int) {
	s.texts, s.current = texts, current
	s.Refresh()
}

// SetCurrent sets which is chosen, without calling back.
func (s *Segmented) SetCurrent(i int) {
	if i != s.current {
		s.current = i
		s.Refresh()
	}
}

// SetLoose asks for more air around the words, where it is as wide as it asks for.
func (s *Segmented) SetLoose(on bool) { s.loose = on; s.Refresh() }

// air is how much wider than its word a choice wants to be.
func (s *Segmented) air() float32 {
	if s.loose {
		return 28
	}
	return 8
}

// CreateRenderer implements fyne.Widget.
func (s *Segmented) CreateRenderer() fyne.WidgetRenderer {
	return draw(s.measure, s.layout, s.paint, s.ground, s.knob.outer, s.knob.inner, s.labels, s.ring)
}

func (s *Segmented) font(i int) Font {
	if s.tight {
		return Font{Type: look.Tiny, Bold: i == s.current}
	}
	return Font{Type: look.Small, Bold: i == s.current}
}

// segmentAir is the least room between two words, where they have no more.
const segmentAir float32 = 8

// fit makes the words smaller where they would touch one another.
func (s *Segmented) fit(width float32) {
	was := s.tight
	s.tight = false
	least := float32(len(s.texts)) * segmentAir
	for i, t := range s.texts {
		least += Measure(t, s.font(i))
	}
	if s.tight = least > width; s.tight != was {
		s.paint()
	}
}

func (s *Segmented) measure() fyne.Size {
	w := float32(4)
	for i, t := range s.texts {
		w += ceil(Measure(t, Font{Type: look.Small, Bold: i == s.current})) + s.air()
	}
	return fyne.NewSize(w, look.Grow(32, 16))
}

// edges returns where each segment begins, and the end of the last one: each has
// its word's width and an equal share of the rest.
func (s *Segmented) edges(width float32) []float32 {
	const inset = 2
	total := float32(0)
	words := make([]float32, len(s.texts))
	for i, t := range s.texts {
		words[i] = Measure(t, s.font(i))
		total += words[i]
	}
	share := max(0, (width-2*inset-total)/float32(max(1, len(words))))
	xs := []float32{inset}
	x := float32(inset)
	for _, w := range words {
		x += w + share
		xs = append(xs, px(x))
	}
	return xs
}

func (s *Segmented) layout(size fyne.Size) {
	s.fit(size.Width)
	box(s.ground, 0, 0, size.Width, size.Height)
	box(s.ring, 0, 0, size.Width, size.Height)
	xs := s.edges(size.Width)
	for i := range s.texts {
		s.inks[i].centre((xs[i]+xs[i+1])/2, size.Height/2)
	}
	if s.current >= 0 && s.current < len(s.texts) {
		s.knob.place(xs[s.current], 2, xs[s.current+1]-xs[s.current], size.Height-4)
	}
}

func (s *Segmented) paint() {
	fill(s.ground, look.Sunken, look.RadiusMedium)
	s.knob.paint(look.Surface, look.Border, 7)
	s.knob.setVisible(s.current >= 0 && s.current < len(s.texts))
	paintRing(s.ring, look.Focus, look.RadiusMedium)
	show(s.ring, s.focused)
	s.inks = setLines(s.labels, s.inks, s.texts, Small, look.Text2)
	for i, t := range s.texts {
		token := look.Text2
		if i == s.current || i == s.hovered {
			token = look.Text
		}
		s.inks[i].setFont(s.font(i))
		s.inks[i].set(t, token)
	}
}

func (s *Segmented) at(x float32) int {
	xs := s.edges(s.Size().Width)
	for i := range s.texts {
		if x < xs[i+1] {
			return i
		}
	}
	return len(s.texts) - 1
}

func (s *Segmented) choose(i int) {
	if i < 0 || i >= len(s.texts) || i == s.current {
		return
	}
	s.current = i
	s.Refresh()
	s.onChange(i)
}

func (s *Segmented) hover(i int) {
	if i != s.hovered {
		s.hovered = i
		s.Refresh()
	}
}

// Tapped implements fyne.Tappable.
func (s *Segmented) Tapped(e *fyne.PointEvent) { s.choose(s.at(e.Position.X)) }

// MouseIn implements desktop.Hoverable.
func (s *Segmented) MouseIn(e *desktop.MouseEvent) { s.hover(s.at(e.Position.X)) }

// MouseMoved implements desktop.Hoverable.
func (s *Segmented) MouseMoved(e *desktop.MouseEvent) { s.hover(s.at(e.Position.X)) }

// MouseOut implements desktop.Hoverable.
func (s *Segmented) MouseOut() { s.hover(-1) }

// Cursor implements desktop.Cursorable.
func (s *Segmented) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained implements fyne.Focusable.
func (s *Segmented) FocusGained() { s.focused = true; s.Refresh() }

// FocusLost implements fyne.Focusable.
func (s *Segmented) FocusLost() { s.focused = false; s.Refresh() }

// TypedRune implements fyne.Focusable.
func (s *Segmented) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (s *Segmented) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		s.choose(s.current - 1)
	case fyne.KeyRight:
		s.choose(s.current + 1)
	default:
		passKey(e)
	}
}
