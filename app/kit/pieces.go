package kit

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"github.com/rivo/uniseg"

	"shopbell/app/look"
)

// Piece is a stretch of a sentence in one weight.
type Piece struct {
	Text string
	Bold bool
}

// cutPieces returns the bytes from one place to another of the whole text.
func cutPieces(pieces []Piece, from, to int) (part []Piece) {
	at := 0
	for _, p := range pieces {
		start, end := max(from, at), min(to, at+len(p.Text))
		if start < end {
			part = append(part, Piece{Text: p.Text[start-at : end-at], Bold: p.Bold})
		}
		at += len(p.Text)
	}
	return part
}

func measurePieces(pieces []Piece, t look.Type) (w float32) {
	for _, p := range pieces {
		w += Measure(p.Text, Font{Type: t, Bold: p.Bold})
	}
	return w
}

// wrapPieces is Wrap of a sentence in several weights; a line break in it counts as
// a space.
func wrapPieces(pieces []Piece, width float32, t look.Type) (lines [][]Piece) {
	var text strings.Builder
	for _, p := range pieces {
		text.WriteString(p.Text)
	}
	whole := text.String()
	wide := func(from, to int) float32 {
		to = from + len(strings.TrimRightFunc(whole[from:to], unicode.IsSpace))
		return measurePieces(cutPieces(pieces, from, to), t)
	}
	line := 0 // where the present one begins
	flush := func(to int) {
		end := line + len(strings.TrimRightFunc(whole[line:to], unicode.IsSpace))
		lines = append(lines, cutPieces(pieces, line, end))
		line = to
	}
	state := -1
	for at, rest := 0, whole; rest != ""; {
		var segment string
		segment, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		end := at + len(segment)
		if at > line && wide(line, end) > width {
			flush(at)
		}
		for wide(line, end) > width { // one word wider than the line
			fits := clusterEnds(whole[line:end])
			n := 1
			for n+1 < len(fits) && wide(line, line+fits[n+1]) <= width {
				n++
			}
			if line+fits[n] == end {
				break
			}
			flush(line + fits[n])
		}
		at = end
	}
	if line < len(whole) {
		flush(len(whole))
	}
	return lines
}

// pieceInks draws lines of pieces inside a widget.
type pieceInks struct {
	box  *fyne.Container
	inks []*inkLine
}

func newPieceInks() *pieceInks { return &pieceInks{box: plainContainer()} }

// place draws lines from their left upper corner on, each as high as a line of t.
func (p *pieceInks) place(lines [][]Piece, t look.Type, token look.Token, x, y float32) {
	n := 0
	for i, line := range lines {
		left := x
		for _, piece := range line {
			if n == len(p.inks) {
				ink := newInk(Font{}, token)
				p.inks, p.box.Objects = append(p.inks, ink), append(p.box.Objects, ink.box)
			}
			ink := p.inks[n]
			show(ink.box, true)
			ink.setFont(Font{Type: t, Bold: piece.Bold})
			ink.set(piece.Text, token)
			ink.at(left, y+float32(i)*t.Line())
			left += ink.width()
			n++
		}
	}
	for _, ink := range p.inks[n:] {
		show(ink.box, false)
	}
}
