package kit

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// Stretch is a part of a text, in runes: from the first to the one behind the last.
type Stretch struct{ From, To int }

// grounds lie under stretches of a text, so that they stand out.
type grounds struct {
	box   *fyne.Container
	rects []*canvas.Rectangle
}

// bounds are where a ground lies.
type bounds struct{ x, y, w, h float32 }

func newGrounds() *grounds { return &grounds{box: plainContainer()} }

func (g *grounds) place(all []bounds) {
	g.rects = reuse(g.box, g.rects, len(all), func(int) *canvas.Rectangle { return newRect() }, func(i int, r *canvas.Rectangle) {
		box(r, all[i].x, all[i].y, all[i].w, all[i].h)
		fill(r, look.AccentSoft, look.RadiusSmall)
	})
}

// underLines are the bounds of stretches of a text that was broken into lines, which
// stand in a font from a point on.
func underLines(text string, marks []Stretch, lines []string, f Font, x, y float32) (all []bounds) {
	begin := 0 // in bytes of text
	for i, line := range lines {
		begin += max(0, strings.Index(text[begin:], line))
		first, letters := utf8.RuneCountInString(text[:begin]), []rune(line)
		for _, s := range marks {
			from, to := max(s.From-first, 0), min(s.To-first, len(letters))
			if from < to {
				left := Measure(string(letters[:from]), f)
				all = append(all, bounds{x + left, y + float32(i)*f.Line(), Measure(string(letters[:to]), f) - left, f.Line()})
			}
		}
		begin += len(line)
	}
	return all
}
