package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// HitRow is one line of a HitTable.
type HitRow struct {
	Icon                look.IconName
	Name                string
	Hits, Share, Solved string
	Part                float32 // of the bar that is filled, 0 to 1
	Weak                bool    // the bar warns
	Note                string  // a chip at the end; empty: none
	NoteTone            Tone
	Tip                 string // whole words, for the tooltip
}

// HitHeads are the titles of a HitTable.
type HitHeads struct{ Name, Hits, Share, Solved string }

// HitTable shows how often each of a shop's rules answers.
type HitTable struct {
	widget.BaseWidget
	heads HitHeads
	onTap func(row int)
	rows  []HitRow

	titles [4]*inkLine
	edge   *Divider
	lines  *fyne.Container
	all    []*hitLine
}

// NewHitTable makes an empty table; onTap gets the index of the row that was
// pressed.
func NewHitTable(heads HitHeads, onTap func(row int)) *HitTable {
	t := &HitTable{heads: heads, onTap: onTap, edge: NewDivider(), lines: plainContainer()}
	for i := range t.titles {
		t.titles[i] = newInk(Tiny, look.Text2)
	}
	t.ExtendBaseWidget(t)
	return t
}

// Set replaces the rows; the owner fits it anew.
func (t *HitTable) Set(rows []HitRow) {
	t.rows = rows
	t.Refresh()
}

// Rows are those shown. The caller must not change them.
func (t *HitTable) Rows() []HitRow { return t.rows }

func hitHead() float32 { return look.Grow(26, 15) }
func hitHigh() float32 { return look.Grow(40, 18) }

// hitColumns are where the columns of a row stand: the right ends of numbers, and
// the bar.
type hitColumns struct {
	name, hits, barFrom, barTo, share, solved float32
	bar                                       bool
}

func hitColumnsIn(width float32) hitColumns {
	s := look.Scale()
	note := floor(86 * s)
	c := hitColumns{name: 30, solved: width - note, bar: true}
	c.share = c.solved - floor(74*s)
	c.barTo = c.share - floor(40*s)
	c.barFrom = c.barTo - 80
	if c.barFrom < 220*s { // the name goes before the bar
		c.bar, c.barFrom = false, c.barTo
	}
	c.hits = c.barFrom - 10
	return c
}

// CreateRenderer implements fyne.Widget.
func (t *HitTable) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{t.edge, t.lines}
	for _, ink := range t.titles {
		objects = append(objects, ink.box)
	}
	return draw(t, func() fyne.Size { return fyne.NewSize(0, hitHead()+hitHigh()*float32(len(t.rows))) }, t.layout, t.paint, objects...)
}

func (t *HitTable) layout(size fyne.Size) {
	c := hitColumnsIn(size.Width)
	mid := hitHead() / 2
	t.titles[0].mid(c.name, mid)
	t.titles[1].rightMid(c.hits, mid)
	t.titles[2].set(Cut(t.heads.Share, c.solved-Measure(t.heads.Solved, Tiny)-8-c.barFrom, Tiny), look.Text2)
	t.titles[2].mid(c.barFrom, mid)
	show(t.titles[2].box, c.bar)
	t.titles[3].rightMid(c.solved, mid)
	box(t.edge, 0, hitHead()-1, size.Width, 1)
	t.lines.Resize(size)
	for i := range t.rows {
		box(t.all[i], 0, hitHead()+hitHigh()*float32(i), size.Width, hitHigh())
	}
}

func (t *HitTable) paint() {
	for i, text := range []string{t.heads.Name, t.heads.Hits, t.heads.Share, t.heads.Solved} {
		t.titles[i].set(text, look.Text2)
	}
	t.all = reuse(t.lines, t.all, len(t.rows),
		func(i int) *hitLine { return newHitLine(func() { t.onTap(i) }) },
		func(i int, line *hitLine) { line.set(t.rows[i]) })
}

// hitLine is one row.
type hitLine struct {
	press
	data HitRow

	ground, ring                 *canvas.Rectangle
	edge                         *Divider
	glyph                        iconImage
	name, hits, share, solvedInk *inkLine
	track, filled                *canvas.Rectangle
	note                         *chip
}

func newHitLine(onTap func()) *hitLine {
	l := &hitLine{
		ground: newRect(), ring: newRect(), edge: NewDivider(), glyph: newIcon(16), name: newInk(Body, look.Text),
		hits: newInk(Small, look.Text), share: newInk(Small, look.Text), solvedInk: newInk(Small, look.Text),
		track: newRect(), filled: newRect(), note: newChip(),
	}
	l.extend(l, onTap)
	return l
}

func (l *hitLine) set(data HitRow) {
	l.data = data
	l.tip = data.Tip
	l.Refresh()
}

const hitBar float32 = 6

// CreateRenderer implements fyne.Widget.
func (l *hitLine) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{
		l.ground, l.edge, l.glyph.Image, l.name.box, l.hits.box, l.track, l.filled, l.share.box, l.solvedInk.box,
	}
	objects = append(objects, l.note.objects()...)
	return draw(l, func() fyne.Size { return fyne.NewSize(0, hitHigh()) }, l.layout, l.paint, append(objects, l.ring)...)
}

func (l *hitLine) layout(size fyne.Size) {
	c, mid := hitColumnsIn(size.Width), size.Height/2
	box(l.ground, -4, 1, size.Width+8, size.Height-2)
	box(l.ring, -4, 1, size.Width+8, size.Height-2)
	box(l.edge, 0, size.Height-1, size.Width, 1)
	l.glyph.mid(0, mid)
	l.hits.rightMid(c.hits, mid)
	l.name.set(Cut(l.data.Name, c.hits-l.hits.width()-12-c.name, Body), l.name.token)
	l.name.mid(c.name, mid)
	top := px(mid - hitBar/2)
	box(l.track, c.barFrom, top, c.barTo-c.barFrom, hitBar)
	box(l.filled, c.barFrom, top, px((c.barTo-c.barFrom)*min(1, l.data.Part)), hitBar)
	show(l.track, c.bar)
	show(l.filled, c.bar && l.data.Part > 0)
	l.share.rightMid(c.share, mid)
	l.solvedInk.rightMid(c.solved, mid)
	note := l.note.size()
	l.note.placeWide(size.Width-note.Width, px(mid-note.Height/2), note.Width)
	l.note.setVisible(l.data.Note != "")
}

func (l *hitLine) paint() {
	d := l.data
	ground, bar := look.Clear, look.Primary
	if l.hovered {
		ground = look.Hover
	}
	if d.Weak {
		bar = look.Warn
	}
	fill(l.ground, ground, look.RadiusMedium)
	paintRing(l.ring, look.Focus, look.RadiusMedium)
	show(l.ring, l.focused)
	l.glyph.set(d.Icon, look.Text2)
	l.name.set(d.Name, look.Text)
	l.hits.set(d.Hits, look.Text)
	l.share.set(d.Share, look.Text)
	l.solvedInk.set(d.Solved, look.Text)
	fill(l.track, look.Fill, hitBar/2)
	fill(l.filled, bar, hitBar/2)
	l.note.tone, l.note.text = d.NoteTone, d.Note
	l.note.paint()
}
