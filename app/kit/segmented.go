package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// Segmented is a row of choices of which exactly one is chosen: the filters of
// the list. It is one stop for Tab; Left and Right choose.
type Segmented struct {
	places
	onChange func(int)
	texts    []string
	chosen   int
	loose    bool
	tight    bool // the words are smaller, since they have no room otherwise

	ground, ring *canvas.Rectangle
	knob         frame
	labels       *fyne.Container
	inks         []*inkLine
}

// NewSegmented makes an empty control; onChange gets the index that a person chose.
func NewSegmented(onChange func(index int)) *Segmented {
	s := &Segmented{onChange: onChange, ground: newRect(), knob: newFrame(), ring: newRect(), labels: plainContainer()}
	s.extend(s, s.segmentAt, func() int { return s.chosen }, s.change)
	return s
}

// SetItems sets the words and which of them is chosen, without calling back.
func (s *Segmented) SetItems(texts []string, current int) {
	s.texts, s.chosen = texts, current
	s.Refresh()
}

// SetCurrent sets which is chosen, without calling back.
func (s *Segmented) SetCurrent(i int) {
	if i != s.chosen {
		s.chosen = i
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
	return draw(s, s.measure, s.layout, s.paint, s.ground, s.knob.outer, s.knob.inner, s.labels, s.ring)
}

func (s *Segmented) font(i int) Font {
	if s.tight {
		return Font{Type: look.Tiny, Bold: i == s.chosen}
	}
	return Font{Type: look.Small, Bold: i == s.chosen}
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
		w += ceil(Measure(t, Font{Type: look.Small, Bold: i == s.chosen})) + s.air()
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
	if s.chosen >= 0 && s.chosen < len(s.texts) {
		s.knob.place(xs[s.chosen], 2, xs[s.chosen+1]-xs[s.chosen], size.Height-4)
	}
}

func (s *Segmented) paint() {
	fill(s.ground, look.Sunken, look.RadiusMedium)
	s.knob.paint(look.Surface, look.Border, 7)
	s.knob.setVisible(s.chosen >= 0 && s.chosen < len(s.texts))
	paintRing(s.ring, look.Focus, look.RadiusMedium)
	show(s.ring, s.focused)
	s.inks = setLines(s.labels, s.inks, s.texts, Small, look.Text2)
	for i, t := range s.texts {
		token := look.Text2
		if i == s.chosen || i == s.hovered {
			token = look.Text
		}
		s.inks[i].setFont(s.font(i))
		s.inks[i].set(t, token)
	}
}

func (s *Segmented) segmentAt(x float32) int {
	xs := s.edges(s.Size().Width)
	for i := range s.texts {
		if x < xs[i+1] {
			return i
		}
	}
	return len(s.texts) - 1
}

func (s *Segmented) change(i int) {
	if i < 0 || i >= len(s.texts) || i == s.chosen {
		return
	}
	s.chosen = i
	s.Refresh()
	s.onChange(i)
}
