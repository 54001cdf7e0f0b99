package kit

import (
	"fyne.io/fyne/v2"

	"shopbell/app/look"
)

// inkPairs are pairs of lines of text: a name with its value, a value with its caption.
// Lines that are made are kept and serve again.
type inkPairs struct {
	box         *fyne.Container // give this to the renderer
	pairs       []inkPair
	left, right Font
}

// inkPair is one of them. The owner puts both in their places.
type inkPair struct{ left, right *inkLine }

func newInkPairs(left, right Font) inkPairs {
	return inkPairs{box: plainContainer(), left: left, right: right}
}

// show makes n pairs visible, and no more, and returns them.
func (p *inkPairs) show(n int) []inkPair {
	for len(p.pairs) < n {
		made := inkPair{newInk(p.left, look.Text), newInk(p.right, look.Text)}
		p.pairs = append(p.pairs, made)
		p.box.Objects = append(p.box.Objects, made.left.box, made.right.box)
	}
	for i, pair := range p.pairs {
		show(pair.left.box, i < n)
		show(pair.right.box, i < n)
	}
	return p.pairs[:n]
}
