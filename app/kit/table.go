package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// TableColumn is one column of a Table.
type TableColumn struct {
	Title string
	// Wide is its width at a text size of 100 %; 0: it takes its Share of what the
	// others leave.
	Wide  float32
	Share float32
	Right bool // its words end at the right, as numbers do
	Bold  bool // its title stands out
}

// TableRow is one row: the words of each column, from the left.
type TableRow struct {
	Key   string // tells it from the others, also when rows come and go
	Cells []string
}

// Table shows rows of words under titles. It makes a widget for each row, so it is
// for a page of them. Words that have no room are cut, and whole in the tooltip.
type Table struct {
	widget.BaseWidget
	columns []TableColumn
	rows    []TableRow
	heads   *fyne.Container
	titles  []*inkLine
	edge    *Divider
	lines   *fyne.Container
	all     []*tableLine
	onTap   func(row int) // nil: rows are only read
	below   float32       // room under the row that is edited
	open    int           // the row that is edited; -1: none
	ringed  int           // the row with the keyboard's ring; -1: none
}

// NewTable makes a table without rows.
func NewTable(columns ...TableColumn) *Table {
	t := &Table{}
	t.init(columns)
	t.ExtendBaseWidget(t)
	return t
}

func (t *Table) init(columns []TableColumn) {
	t.columns, t.open, t.ringed = columns, -1, -1
	t.heads, t.edge, t.lines = plainContainer(), NewDivider(), plainContainer()
}

// Set replaces columns and rows; the owner fits it anew.
func (t *Table) Set(columns []TableColumn, rows []TableRow) {
	t.columns, t.rows = columns, rows
	t.Refresh()
}

// Rows are those shown. The caller must not change them.
func (t *Table) Rows() []TableRow { return t.rows }

const tablePad float32 = 8 // beside the words of a cell

func tableHead() float32 { return look.Grow(28, 15) }
func tableRow() float32  { return look.Grow(36, 18) }

// tableCell is where a column begins, and how wide it is.
type tableCell struct{ x, wide float32 }

// cells shares a width among the columns.
func (t *Table) cells(width float32) []tableCell {
	left, shares := width, float32(0)
	for _, c := range t.columns {
		left -= look.Grow(c.Wide, c.Wide)
		if c.Wide == 0 {
			shares += c.Share
		}
	}
	all, x := make([]tableCell, len(t.columns)), float32(0)
	for i, c := range t.columns {
		wide := look.Grow(c.Wide, c.Wide)
		if c.Wide == 0 {
			wide = floor(max(0, left) * c.Share / shares)
		}
		all[i] = tableCell{x, wide}
		x += wide
	}
	return all
}

// top is where a row begins.
func (t *Table) top(row int) float32 {
	y := tableHead() + tableRow()*float32(row)
	if t.open >= 0 && row > t.open {
		y += t.below
	}
	return y
}

func (t *Table) high() float32 { return t.top(len(t.rows)) }

// CreateRenderer implements fyne.Widget.
func (t *Table) CreateRenderer() fyne.WidgetRenderer {
	return draw(t, func() fyne.Size { return fyne.NewSize(0, t.high()) }, t.layout, t.paint, t.heads, t.edge, t.lines)
}

func (t *Table) layout(size fyne.Size) {
	mid := tableHead() / 2
	for i, c := range t.cells(size.Width) {
		t.titles[i].set(Cut(t.columns[i].Title, c.wide-2*tablePad, t.titles[i].font), t.titles[i].token)
		placeCell(t.titles[i], t.columns[i], c, mid)
	}
	box(t.edge, 0, tableHead()-1, size.Width, 1)
	t.lines.Resize(size)
	for i := range t.rows {
		high := tableRow()
		if i == t.open {
			high += t.below
		}
		box(t.all[i], 0, t.top(i), size.Width, high)
	}
}

func placeCell(ink *inkLine, c TableColumn, at tableCell, mid float32) {
	if c.Right {
		ink.rightMid(at.x+at.wide-tablePad, mid)
		return
	}
	ink.mid(at.x+tablePad, mid)
}

func (t *Table) paint() {
	for len(t.titles) < len(t.columns) {
		ink := newInk(Tiny, look.Text2)
		t.titles = append(t.titles, ink)
		t.heads.Objects = append(t.heads.Objects, ink.box)
	}
	for i, ink := range t.titles {
		show(ink.box, i < len(t.columns))
		if i >= len(t.columns) {
			continue
		}
		font, token := Tiny, look.Text2
		if t.columns[i].Bold {
			font, token = TinyBold, look.Text
		}
		ink.setFont(font)
		ink.set(t.columns[i].Title, token)
	}
	t.all = reuse(t.lines, t.all, len(t.rows),
		func(i int) *tableLine { return newTableLine(t, i) },
		func(_ int, line *tableLine) {
			line.off = t.onTap == nil
			line.Refresh()
		})
}

// tableLine draws one row.
type tableLine struct {
	press
	table *Table
	row   int

	ground *canvas.Rectangle
	ring   bars
	edge   *Divider
	cells  *fyne.Container
	inks   []*inkLine
	pencil iconImage
}

func newTableLine(t *Table, row int) *tableLine {
	l := &tableLine{table: t, row: row, ground: newRect(), ring: newBars(), edge: NewDivider(), cells: plainContainer(), pencil: newIcon(14)}
	l.extend(l, func() { t.onTap(row) })
	return l
}

// TypedRune hides that of press: the table is the stop for Tab, not each row.
func (*tableLine) TypedRune() {}

// CreateRenderer implements fyne.Widget.
func (l *tableLine) CreateRenderer() fyne.WidgetRenderer {
	objects := append([]fyne.CanvasObject{l.ground, l.edge, l.cells, l.pencil.Image}, l.ring.objects()...)
	return draw(l, func() fyne.Size { return fyne.NewSize(0, tableRow()) }, l.layout, l.paint, objects...)
}

// shows is the row that is drawn; a line that is left over draws none.
func (l *tableLine) shows() []string {
	if l.row >= len(l.table.rows) {
		return nil
	}
	return l.table.rows[l.row].Cells
}

func (l *tableLine) layout(size fyne.Size) {
	box(l.ground, 0, 0, size.Width, size.Height)
	box(l.edge, 0, size.Height-1, size.Width, 1)
	l.ring.place(0, 0, size.Width, tableRow(), look.RingWidth)
	mid := tableRow() / 2
	words, cut := l.shows(), false
	for i, c := range l.table.cells(size.Width) {
		if i >= len(words) {
			break
		}
		text := Cut(words[i], c.wide-2*tablePad, Body)
		cut = cut || text != words[i]
		l.inks[i].set(text, l.inks[i].token)
		placeCell(l.inks[i], l.table.columns[i], c, mid)
		if l.table.columns[i].Right {
			l.pencil.mid(c.x+tablePad, mid)
		}
	}
	l.tip = ""
	if cut {
		l.tip = strings.Join(words, " · ")
	}
}

func (l *tableLine) paint() {
	t := l.table
	edited, ground, pencil := t.open == l.row, look.Surface, look.IconName("")
	switch {
	case edited:
		ground = look.PrimarySoft
	case (l.hovered || l.down) && !l.idle():
		ground, pencil = look.Hover, look.IconPencil
	}
	if t.ringed == l.row && !l.idle() && !edited {
		pencil = look.IconPencil
	}
	fill(l.ground, ground, 0)
	l.pencil.set(pencil, look.Text2)
	l.ring.paint(look.Focus, t.ringed == l.row)
	l.edge.Refresh()
	words := l.shows()
	for len(l.inks) < len(words) {
		ink := newInk(Body, look.Text)
		l.inks = append(l.inks, ink)
		l.cells.Objects = append(l.cells.Objects, ink.box)
	}
	for i, ink := range l.inks {
		on := i < len(words) && i < len(t.columns)
		// The field and the button stand in the place of the number and what follows it.
		if on && edited {
			on = !t.columns[i].Right && (i == 0 || !t.columns[i-1].Right)
		}
		show(ink.box, on)
		if i < len(words) {
			ink.set(words[i], look.Text)
		}
	}
}
