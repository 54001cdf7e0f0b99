package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Verdict is one line of Verdicts.
type Verdict struct {
	Icon look.IconName // empty: a dash
	// Name stands before what is said of it, which ends at the right, or goes below
	// where there is no room for both. Without a name it stands alone, at the left.
	Name string
	Said []Piece
}

// Verdicts is a list of small lines that say what became of things.
type Verdicts struct {
	widget.BaseWidget
	lines  []Verdict
	shapes []verdictShape // of the lines at the width
	width  float32
	rows   []*verdictRow
	all    *fyne.Container
}

// NewVerdicts makes an empty list.
func NewVerdicts() *Verdicts {
	v := &Verdicts{width: 300, all: plainContainer()}
	v.ExtendBaseWidget(v)
	return v
}

// Set changes the lines; the owner fits it anew.
func (v *Verdicts) Set(lines []Verdict) {
	v.lines = lines
	v.reshape()
	show(v, len(lines) > 0)
	v.Refresh()
}

// reshape breaks the lines anew. There may be one for each of 200 rules, and they are
// asked for their places more often than they change.
func (v *Verdicts) reshape() {
	v.shapes = v.shapes[:0]
	for _, d := range v.lines {
		v.shapes = append(v.shapes, v.shape(d))
	}
}

// Lines returns what is shown.
func (v *Verdicts) Lines() []Verdict { return v.lines }

// Fit implements Fitting.
func (v *Verdicts) Fit(width float32) {
	if width != v.width {
		v.width = width
		v.reshape()
		v.Refresh()
	}
}

const (
	verdictGap  float32 = 3 // between lines
	verdictRoom float32 = 12
)

// verdictIndent is where the words begin, behind the sign.
func verdictIndent() float32 { return look.Grow(22, 14) }

// verdictRow draws one line.
type verdictRow struct {
	dash  *canvas.Rectangle
	glyph iconImage
	name  *pieceInks
	said  *pieceInks
}

// verdictShape is a line that was broken.
type verdictShape struct {
	name, said [][]Piece
	beside     bool // both on one line
	height     float32
}

func (v *Verdicts) shape(d Verdict) (s verdictShape) {
	room := v.width - verdictIndent()
	name := []Piece{{Text: d.Name}}
	nameWide, saidWide := measurePieces(name, look.Small), measurePieces(d.Said, look.Small)
	if d.Name != "" {
		s.name = wrapPieces(name, room, look.Small)
	}
	s.said = wrapPieces(d.Said, room, look.Small)
	s.beside = nameWide+verdictRoom+saidWide <= room
	rows := len(s.name) + len(s.said)
	if s.beside {
		rows = 1
	}
	s.height = float32(rows)*Small.Line() + verdictGap
	return s
}

// CreateRenderer implements fyne.Widget.
func (v *Verdicts) CreateRenderer() fyne.WidgetRenderer {
	return draw(v, func() fyne.Size {
		h := float32(0)
		for _, s := range v.shapes {
			h += s.height
		}
		return fyne.NewSize(0, h)
	}, v.layout, v.paint, v.all)
}

func (v *Verdicts) layout(fyne.Size) {
	y := float32(0)
	for i, d := range v.lines {
		s, r := v.shapes[i], v.rows[i]
		mid := y + px(Small.Line()/2)
		box(r.dash, 3, mid-1, 10, 2)
		r.glyph.mid(1, mid)
		r.name.place(s.name, look.Small, look.Text2, verdictIndent(), y)
		left, top := verdictIndent(), y+float32(len(s.name))*Small.Line()
		if s.beside {
			top = y
			if d.Name != "" {
				left = v.width - measurePieces(d.Said, look.Small)
			}
		}
		r.said.place(s.said, look.Small, look.Text2, left, top)
		y += s.height
	}
}

func (v *Verdicts) paint() {
	for len(v.rows) < len(v.lines) {
		r := &verdictRow{dash: newRect(), glyph: newTextIcon(14), name: newPieceInks(), said: newPieceInks()}
		v.rows = append(v.rows, r)
		v.all.Objects = append(v.all.Objects, r.dash, r.glyph.Image, r.name.box, r.said.box)
	}
	for i, r := range v.rows {
		on := i < len(v.lines)
		icon := look.IconName("")
		if on {
			icon = v.lines[i].Icon
		}
		fill(r.dash, look.Text3, 1)
		show(r.dash, on && icon == "")
		r.glyph.set(icon, look.Text2)
		show(r.name.box, on)
		show(r.said.box, on)
	}
}
