package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// Tabs is a line of words of which one is current, with a line under it. It is one
// stop for Tab; Left and Right choose.
type Tabs struct {
	places
	onChange func(int)
	texts    []string
	chosen   int

	edge, mark, ring *canvas.Rectangle
	labels           *fyne.Container
	inks             []*inkLine
}

// NewTabs makes an empty line; onChange gets the index that a person chose.
func NewTabs(onChange func(index int)) *Tabs {
	t := &Tabs{onChange: onChange, edge: newRect(), mark: newRect(), ring: newRect(), labels: plainContainer()}
	t.extend(t, t.tabAt, func() int { return t.chosen }, func(i int) {
		if i >= 0 && i < len(t.texts) && i != t.chosen {
			t.SetCurrent(i)
			t.onChange(i)
		}
	})
	return t
}

// SetItems sets the words, without calling back.
func (t *Tabs) SetItems(texts ...string) {
	t.texts = texts
	t.Refresh()
}

// SetCurrent sets which is current, without calling back.
func (t *Tabs) SetCurrent(i int) {
	t.chosen = i
	t.Refresh()
}

const (
	tabsPad float32 = 16
	tabPad  float32 = 2
	tabsGap float32 = 14
)

// edges are where each tab begins, and where one more would.
func (t *Tabs) edges() []float32 {
	xs := []float32{tabsPad}
	for _, text := range t.texts {
		xs = append(xs, xs[len(xs)-1]+ceil(Measure(text, SmallBold))+2*tabPad+tabsGap)
	}
	return xs
}

func (t *Tabs) tabAt(x float32) int {
	xs := t.edges()
	for i := range t.texts {
		if x < xs[i+1]-tabsGap/2 {
			return i
		}
	}
	return -1
}

// CreateRenderer implements fyne.Widget.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer {
	return draw(t, func() fyne.Size {
		xs := t.edges()
		return fyne.NewSize(xs[len(xs)-1], look.Grow(38, 16))
	}, func(size fyne.Size) {
		box(t.edge, 0, size.Height-1, size.Width, 1)
		xs := t.edges()
		for i := range t.texts {
			t.inks[i].mid(xs[i]+tabPad, size.Height/2)
		}
		if t.chosen < len(t.texts) {
			w := xs[t.chosen+1] - tabsGap - xs[t.chosen]
			box(t.mark, xs[t.chosen], size.Height-2, w, 2)
			box(t.ring, xs[t.chosen]-3, 4, w+6, size.Height-8)
		}
	}, func() {
		fill(t.edge, look.Border, 0)
		fill(t.mark, look.Primary, 0)
		show(t.mark, t.chosen < len(t.texts))
		paintRing(t.ring, look.Focus, look.RadiusSmall)
		show(t.ring, t.focused && t.chosen < len(t.texts))
		t.inks = setLines(t.labels, t.inks, t.texts, Small, look.Text2)
		for i, text := range t.texts {
			token := look.Text2
			if i == t.chosen || i == t.hovered {
				token = look.Text
			}
			t.inks[i].setFont(Font{Type: look.Small, Bold: i == t.chosen})
			t.inks[i].set(text, token)
		}
	}, t.edge, t.labels, t.mark, t.ring)
}
