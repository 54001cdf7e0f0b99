package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// Numbers is a row of numbered places, from 1, of which some are filled and one is
// shown. It is one stop for Tab; Left and Right choose.
type Numbers struct {
	places
	onChoose      func(int)
	most          int
	filled, shown int
	faulty        map[int]bool
	ring          *canvas.Rectangle
	frames        []frame
	inks          []*inkLine
}

// NewNumbers makes a row of most places. onChoose gets the place, from 0; those
// that are filled can be chosen, and the first that is not.
func NewNumbers(most int, onChoose func(place int)) *Numbers {
	n := &Numbers{onChoose: onChoose, most: most, ring: newRect()}
	for range most {
		n.frames = append(n.frames, newFrame())
		n.inks = append(n.inks, newInk(SmallBold, look.Text))
	}
	n.extend(n, n.placeAt, func() int { return n.shown }, n.show)
	return n
}

// Set says how many places are filled, which one is shown, and in which something
// is wrong. Places are counted from 0.
func (n *Numbers) Set(filled, shown int, faulty map[int]bool) {
	n.filled, n.shown, n.faulty = filled, shown, faulty
	n.Refresh()
}

const numberGap float32 = 5

func numberSide() float32 { return look.Grow(28, 16) }

// CreateRenderer implements fyne.Widget.
func (n *Numbers) CreateRenderer() fyne.WidgetRenderer {
	var objects []fyne.CanvasObject
	for i := range n.most {
		objects = append(objects, n.frames[i].outer, n.frames[i].inner, n.inks[i].box)
	}
	return draw(n, func() fyne.Size {
		return fyne.NewSize(float32(n.most)*(numberSide()+numberGap)-numberGap, numberSide())
	}, n.layout, n.paint, append(objects, n.ring)...)
}

func (n *Numbers) layout(size fyne.Size) {
	side := numberSide()
	y := px((size.Height - side) / 2)
	for i := range n.most {
		x := float32(i) * (side + numberGap)
		n.frames[i].place(x, y, side, side)
		n.inks[i].centre(x+side/2, y+side/2)
		if i == n.shown {
			box(n.ring, x, y, side, side)
		}
	}
}

func (n *Numbers) paint() {
	for i := range n.most {
		ground, edge, text, font := look.Surface, look.Border, look.Text, SmallBold
		switch {
		case i == n.shown:
			ground, edge, text = look.PrimarySoft, look.PrimarySoft, look.PrimaryText
		case i >= n.filled:
			ground, text, font = look.Panel, look.Text3, Small
		}
		if i == n.hovered && i <= n.filled && i != n.shown {
			ground = look.Hover
		}
		if n.faulty[i] {
			edge, text = look.Error, look.ErrorText
		}
		n.frames[i].paint(ground, edge, look.RadiusMedium)
		n.inks[i].setFont(font)
		n.inks[i].set(strconv.Itoa(i+1), text)
	}
	paintRing(n.ring, look.Focus, look.RadiusMedium)
	show(n.ring, n.focused)
}

func (n *Numbers) placeAt(x float32) int {
	return max(0, min(n.most-1, int(x/(numberSide()+numberGap))))
}

func (n *Numbers) show(i int) {
	if i >= 0 && i <= n.filled && i < n.most && i != n.shown {
		n.onChoose(i)
	}
}
