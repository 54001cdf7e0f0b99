package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// inkLine draws one line of text inside a widget: a canvas.Text for each run.
// The objects are reused, so a changed string makes nothing new as a rule.
type inkLine struct {
	box   *fyne.Container // give this to the renderer
	font  Font
	text  string
	token look.Token
	runs  []run
	x     []float32 // where each run begins; one more for the end
	scale float32
}

func newInk(f Font, token look.Token) *inkLine {
	return &inkLine{box: plainContainer(), font: f, token: token}
}

// set changes text and colour and repaints what changed.
func (l *inkLine) set(text string, token look.Token) {
	if text != l.text || l.scale != look.Scale() || l.x == nil {
		l.text, l.scale = text, look.Scale()
		l.shape()
	}
	l.token = token
	l.paint()
}

func (l *inkLine) setFont(f Font) {
	if f != l.font {
		l.font, l.x = f, nil
	}
}

// shape measures the runs and gives each its canvas.Text.
func (l *inkLine) shape() {
	l.runs = runsOf(l.text)
	l.x = append(l.x[:0], 0)
	for len(l.box.Objects) < len(l.runs) {
		l.box.Objects = append(l.box.Objects, canvas.NewText("", nil))
	}
	for i, o := range l.box.Objects {
		show(o, i < len(l.runs))
	}
	end := float32(0)
	for i, r := range l.runs {
		t := l.part(i)
		t.Text, t.TextSize, t.TextStyle, t.FontSource = r.text, l.font.Type.Size(), l.font.style(), r.source()
		// A box higher than the text would centre it, a fraction of a pixel lower.
		size := t.MinSize()
		y := float32(0)
		if t.FontSource != nil { // its ascent is a pixel less, and it is not lifted
			y = 1 + l.font.lift()
		}
		box(t, px(end), y, size.Width, size.Height)
		end += size.Width
		l.x = append(l.x, end)
	}
	l.box.Resize(fyne.NewSize(end, l.font.Line()))
}

func (l *inkLine) paint() {
	c := look.Now().Of(l.token)
	for i := range l.runs {
		t := l.part(i)
		t.Color = c
		t.Refresh()
	}
}

func (l *inkLine) part(i int) *canvas.Text {
	t, _ := l.box.Objects[i].(*canvas.Text)
	return t
}

func (l *inkLine) width() float32 {
	if len(l.x) == 0 {
		return 0
	}
	return l.x[len(l.x)-1]
}

// at puts the line's left upper corner on a whole pixel.
func (l *inkLine) at(x, y float32) { l.box.Move(fyne.NewPos(px(x), px(y)-l.font.lift())) }

// mid puts the line's left edge at x and centres its height on y.
func (l *inkLine) mid(x, y float32) { l.at(x, floor(y-l.font.Line()/2+0.49)) }

// rightMid ends the line at x.
func (l *inkLine) rightMid(x, y float32) { l.mid(x-floor(l.width()), y) }

// centre centres the line on x and y.
func (l *inkLine) centre(x, y float32) { l.mid(floor(x-l.width()/2+0.35), y) }

// plainContainer holds objects that stand where they are put.
func plainContainer(objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Objects: objects}
}
