package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Span is one object of a Run, and how wide it stands there.
type Span struct {
	object fyne.CanvasObject
	width  float32 // at a text size of 100 %; 0: as wide as it asks for
	rest   bool    // takes what is left of its line, and width at least
	grows  bool    // is wider where it asks for more
}

// Own gives an object the width it asks for.
func Own(o fyne.CanvasObject) Span { return Span{object: o} }

// Wide gives an object a width of its own, at a text size of 100 %.
func Wide(o fyne.CanvasObject, width float32) Span { return Span{object: o, width: width} }

// Least gives an object a width, at a text size of 100 %, and more where it asks for
// more: words that must not be cut.
func Least(o fyne.CanvasObject, width float32) Span {
	return Span{object: o, width: width, grows: true}
}

// Rest gives an object what is left of its line, and at least the width given.
func Rest(o fyne.CanvasObject, least float32) Span { return Span{object: o, width: least, rest: true} }

func (s Span) least() float32 {
	wide := px(s.width * look.Scale())
	if s.grows || s.width == 0 && !s.rest {
		return max(wide, ceil(s.object.MinSize().Width))
	}
	return wide
}

// Run is a sentence of objects from left to right that goes on in the next line
// where it has no room, all centred on their line. Hidden ones take no room.
type Run struct {
	widget.BaseWidget
	gap    float32
	spans  []Span
	height float32
}

// NewRun makes a run with gap pixels between the objects.
func NewRun(gap float32, spans ...Span) *Run {
	r := &Run{gap: gap, spans: spans}
	r.ExtendBaseWidget(r)
	return r
}

// Fit implements Fitting.
func (r *Run) Fit(width float32) {
	r.height = 0
	var line []Span
	used := float32(0)
	for _, s := range r.spans {
		if !s.object.Visible() {
			continue
		}
		w := s.least()
		if len(line) > 0 && used+r.gap+w > width {
			r.place(line, width)
			line, used = nil, 0
		}
		if len(line) > 0 {
			used += r.gap
		}
		used += w
		line = append(line, s)
	}
	r.place(line, width)
}

// place puts one line below those that stand.
func (r *Run) place(line []Span, width float32) {
	if len(line) == 0 {
		return
	}
	free, resting := width-r.gap*float32(len(line)-1), float32(0)
	for _, s := range line {
		free -= s.least()
		if s.rest {
			resting++
		}
	}
	if r.height > 0 {
		r.height += r.gap
	}
	widths, heights := make([]float32, len(line)), make([]float32, len(line))
	high := float32(0)
	for i, s := range line {
		widths[i] = min(s.least(), width)
		if s.rest && free > 0 {
			widths[i] += floor(free / resting)
		}
		heights[i] = fitted(s.object, widths[i])
		high = max(high, heights[i])
	}
	x := float32(0)
	for i, s := range line {
		box(s.object, x, r.height+px((high-heights[i])/2), widths[i], heights[i])
		x += widths[i] + r.gap
	}
	r.height += high
}

// CreateRenderer implements fyne.Widget.
func (r *Run) CreateRenderer() fyne.WidgetRenderer {
	objects := make([]fyne.CanvasObject, len(r.spans))
	for i, s := range r.spans {
		objects[i] = s.object
	}
	return draw(r, func() fyne.Size { return fyne.NewSize(0, r.height) }, func(size fyne.Size) { r.Fit(size.Width) }, func() {}, objects...)
}
