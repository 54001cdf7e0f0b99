package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Way is the steps of something from left to right, with the one that the person is
// at. Where there is no room for all words, those of the others go.
type Way struct {
	widget.BaseWidget
	titles []string
	at     int

	marks []*stepMark
	words []*inkLine
	lines []*canvas.Rectangle
}

// NewWay makes a way at its first step.
func NewWay(titles ...string) *Way {
	w := &Way{titles: titles}
	for i := range titles {
		w.marks = append(w.marks, newStepMark())
		w.words = append(w.words, newInk(Small, look.Text2))
		if i > 0 {
			w.lines = append(w.lines, newRect())
		}
	}
	w.ExtendBaseWidget(w)
	return w
}

// Set says which step the person is at, from 0; those before are done.
func (w *Way) Set(at int) {
	if at != w.at {
		w.at = at
		w.Refresh()
	}
}

// At is the step the person is at.
func (w *Way) At() int { return w.at }

const (
	wayGap  float32 = 8  // between a disc and its words
	wayLine float32 = 12 // the least line between two steps
)

func (w *Way) font(i int) Font {
	if i == w.at {
		return SmallBold
	}
	return Small
}

// least is the room without the words, or with them.
func (w *Way) least(words bool) float32 {
	wide := float32(len(w.titles))*stepDisc + float32(len(w.lines))*(wayLine+2*wayGap)
	for i, title := range w.titles {
		if words || i == w.at {
			wide += wayGap + ceil(Measure(title, w.font(i)))
		}
	}
	return wide
}

// CreateRenderer implements fyne.Widget.
func (w *Way) CreateRenderer() fyne.WidgetRenderer {
	var objects []fyne.CanvasObject
	for i := range w.titles {
		objects = append(objects, w.marks[i].objects()...)
		objects = append(objects, w.words[i].box)
	}
	for _, l := range w.lines {
		objects = append(objects, l)
	}
	return draw(w, func() fyne.Size { return fyne.NewSize(w.least(false), max(stepDisc, Small.Line())) }, w.layout, w.paint, objects...)
}

func (w *Way) layout(size fyne.Size) {
	all := size.Width >= w.least(true)
	line := wayLine
	if len(w.lines) > 0 {
		line += max(0, px((size.Width-w.least(all))/float32(len(w.lines))))
	}
	mid := size.Height / 2
	x := float32(0)
	for i, title := range w.titles {
		if i > 0 {
			box(w.lines[i-1], x+wayGap, px(mid), line, look.Hairline)
			x += line + 2*wayGap
		}
		w.marks[i].place(x, mid)
		x += stepDisc
		show(w.words[i].box, all || i == w.at)
		if all || i == w.at {
			w.words[i].mid(x+wayGap, mid)
			x += wayGap + ceil(Measure(title, w.font(i)))
		}
	}
}

func (w *Way) paint() {
	for i, title := range w.titles {
		d := StepData{Number: i + 1, Current: i == w.at}
		if i < w.at {
			d.Finding = FindingGood
		}
		w.marks[i].paint(d)
		token := look.Text2
		if d.Current {
			token = look.Text
		}
		w.words[i].setFont(w.font(i))
		w.words[i].set(title, token)
	}
	for _, l := range w.lines {
		fill(l, look.Border, 0)
	}
}
