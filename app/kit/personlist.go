package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// LabelData is a label with its colour.
type LabelData struct {
	Text string
	Hue  Hue
}

// PersonRow is one customer of a PersonList. Only the first line of a text is drawn,
// cut where it has no room.
type PersonRow struct {
	Key           int64 // the same for the same person, not 0
	Person        Person
	Name, About   string
	Reached       string // phone, or user name
	Labels        []LabelData
	Last          string
	Orders, Spent string

	Ticked, Current bool
	Loading         bool // a placeholder; all else is ignored
}

// PersonColumn is a column that has a head to press.
type PersonColumn uint8

// The columns by which a list can be sorted, and the others.
const (
	PersonName PersonColumn = iota
	PersonReached
	PersonLabels
	PersonLast
	PersonOrders
	PersonSpent
)

// personColumns is how many columns there are.
const personColumns = 6

// PersonList shows people in columns with heads over them. It is one stop for Tab: Up
// and Down, Page, Home and End move the keyboard's place, Enter opens, Space ticks.
type PersonList struct {
	widget.BaseWidget
	OnOpen func(key int64)
	OnTick func(key int64, on bool)
	// OnNearEnd is called when the last rows come into sight, perhaps often.
	OnNearEnd func()

	inner *personLines
	heads *personHeads
	clip  *container.ThemeOverride
}

// NewPersonList makes an empty list. heads are the words over the columns, in the order
// of PersonColumn; onSort gets one that was pressed, onAll whether all are to be ticked.
func NewPersonList(heads [personColumns]string, tickAll string, onSort func(PersonColumn), onAll func(on bool)) *PersonList {
	l := &PersonList{heads: newPersonHeads(heads, tickAll, onSort, onAll)}
	l.inner = newPersonLines(l)
	l.clip = container.NewThemeOverride(l.inner, look.Bare())
	l.ExtendBaseWidget(l)
	return l
}

// SetRows replaces what is shown. The keyboard's place stays at its person.
func (l *PersonList) SetRows(rows []PersonRow) {
	l.inner.set(rows)
	all := len(rows) > 0
	for _, r := range rows {
		all = all && r.Ticked
	}
	l.heads.setTicked(all)
}

// Rows are all rows in their order.
func (l *PersonList) Rows() []PersonRow { return l.inner.rows }

// SetSorted says by which column the rows are sorted; reversed: from the other end.
func (l *PersonList) SetSorted(by PersonColumn, reversed bool) { l.heads.setSorted(by, reversed) }

// Target is what takes the focus: canvas.Focus(list.Target()).
func (l *PersonList) Target() fyne.Focusable { return l.inner }

func personRowHigh() float32  { return look.Grow(48, 33) }
func personHeadHigh() float32 { return look.Grow(32, 15) }

// CreateRenderer implements fyne.Widget.
func (l *PersonList) CreateRenderer() fyne.WidgetRenderer {
	return draw(l, func() fyne.Size { return fyne.NewSize(300, personHeadHigh()+personRowHigh()) }, func(size fyne.Size) {
		box(l.heads, 0, 0, size.Width, personHeadHigh())
		box(l.clip, 0, personHeadHigh(), size.Width, size.Height-personHeadHigh())
	}, l.inner.Refresh, l.heads, l.clip)
}

// Where things stand in a row, at a text size of 100 % (design guide, C).
const (
	personPad    float32 = 16
	personBox    float32 = 16
	personFace   float32 = 32
	personGap    float32 = 12
	personIndent         = personPad + personBox + personPad + personFace + 8
	// personLabelsFrom is the width of the list from which on there is room for labels.
	personLabelsFrom float32 = 800
	// personNameLeast is the least room for names: columns give way to them.
	personNameLeast float32 = 120
)

// personPlaces are where the columns of a list as wide as given stand.
type personPlaces struct {
	left, width [personColumns]float32 // a width of 0: there is no room for it
}

func personPlacesOf(width float32) (p personPlaces) {
	wide := [personColumns]float32{PersonReached: 132, PersonLabels: 168, PersonLast: 92, PersonOrders: 48, PersonSpent: 68}
	right := width - personPad
	for _, c := range []PersonColumn{PersonSpent, PersonOrders, PersonLast, PersonLabels, PersonReached} {
		w := look.Grow(wide[c], wide[c])
		if c == PersonLabels && width < personLabelsFrom || right-w-personGap-personIndent < personNameLeast {
			continue
		}
		right -= w
		p.left[c], p.width[c] = right, w
		right -= personGap
	}
	p.left[PersonName], p.width[PersonName] = personIndent, max(0, right-personIndent)
	return p
}

// personLines is the list without its heads.
type personLines struct {
	widget.List
	owner  *PersonList
	rows   []PersonRow
	at     int64 // key of the keyboard's place; 0: none
	ringed bool
	shown  map[*personLine]int
}

func newPersonLines(owner *PersonList) *personLines {
	l := &personLines{owner: owner, shown: map[*personLine]int{}}
	l.HideSeparators = true
	l.Length = func() int { return len(l.rows) }
	l.CreateItem = func() fyne.CanvasObject { return newPersonLine(l) }
	l.UpdateItem = l.update
	l.ExtendBaseWidget(l)
	return l
}

func (l *personLines) set(rows []PersonRow) {
	l.rows = rows
	l.begin()
	l.Refresh()
}

func (l *personLines) update(i widget.ListItemID, o fyne.CanvasObject) {
	line, ok := o.(*personLine)
	if !ok || i >= len(l.rows) {
		return
	}
	if was, seen := l.shown[line]; !seen || was != i {
		line.hovered = false
		l.shown[line] = i
	}
	line.data = l.rows[i]
	line.ringed = l.ringed && line.data.Key == l.at
	line.Refresh()
	if i >= len(l.rows)-5 {
		call(l.owner.OnNearEnd)
	}
}

// place is where a person stands; -1: nowhere.
func (l *personLines) place(key int64) int {
	for i, r := range l.rows {
		if r.Key == key && !r.Loading {
			return i
		}
	}
	return -1
}

func (l *personLines) ring(on bool) {
	l.ringed = on
	l.Refresh()
}

func (l *personLines) move(to int) {
	if len(l.rows) == 0 {
		return
	}
	to = min(max(to, 0), len(l.rows)-1)
	l.at = l.rows[to].Key
	l.ScrollTo(to)
	l.ring(true)
}

func (l *personLines) open(key int64) {
	if l.place(key) >= 0 && l.owner.OnOpen != nil {
		l.owner.OnOpen(key)
	}
}

func (l *personLines) tick(key int64) {
	if i := l.place(key); i >= 0 && l.owner.OnTick != nil {
		l.owner.OnTick(key, !l.rows[i].Ticked)
	}
}

// pressed is a click on a row, in its box or beside it.
func (l *personLines) pressed(key int64, inBox bool) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l)
	}
	l.at = key
	l.ring(false)
	if inBox {
		l.tick(key)
		return
	}
	l.open(key)
}

// FocusGained implements fyne.Focusable.
func (l *personLines) FocusGained() {
	l.ringed = true
	l.begin()
	l.Refresh()
}

// begin puts the keyboard on the first person, where it is on nobody who is listed.
func (l *personLines) begin() {
	if l.ringed && l.place(l.at) < 0 && len(l.rows) > 0 {
		l.at = l.rows[0].Key
	}
}

// FocusLost implements fyne.Focusable.
func (l *personLines) FocusLost() { l.ring(false) }

// TypedRune implements fyne.Focusable.
func (l *personLines) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (l *personLines) TypedKey(e *fyne.KeyEvent) {
	page := max(1, int(l.Size().Height/personRowHigh())-1)
	if to, ok := stepped(e.Name, l.place(l.at), page, len(l.rows)-1); ok {
		l.move(to)
		return
	}
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		spend(e)
		l.open(l.at)
	case fyne.KeySpace:
		spend(e)
		l.tick(l.at)
	default:
		passKey(e)
	}
}

// tickBox is the small box that stands for a choice.
type tickBox struct {
	edge, hole *canvas.Rectangle
	check      iconImage
}

func newTickBox() tickBox { return tickBox{newRect(), newRect(), newIcon(12)} }

func (b tickBox) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{b.edge, b.hole, b.check.Image}
}

func (b tickBox) place(x, mid float32) {
	top := px(mid - personBox/2)
	box(b.edge, x, top, personBox, personBox)
	box(b.hole, x+1, top+1, personBox-2, personBox-2)
	b.check.mid(x+(personBox-b.check.px)/2, mid)
}

func (b tickBox) paint(on bool) {
	edge, hole := look.Control, look.Surface
	if on {
		edge, hole = look.Primary, look.Primary
	}
	fill(b.edge, edge, look.RadiusSmall)
	fill(b.hole, hole, look.RadiusSmall-1)
	b.check.set(look.IconCheck, look.OnPrimary)
	show(b.check.Image, on)
}

func (b tickBox) setVisible(on, ticked bool) {
	show(b.edge, on)
	show(b.hole, on)
	show(b.check.Image, on && ticked)
}
