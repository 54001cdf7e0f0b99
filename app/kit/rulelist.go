package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// RuleGroup is a heading with the rows below it.
type RuleGroup struct {
	Icon         look.IconName
	Title, Aside string
	Rows         []RuleRow
}

// RuleRow is a row that can be switched, opened and put elsewhere in its group.
type RuleRow struct {
	Key         int // the same for the same row, not 0
	Name, Text  string
	Count       string
	Warn        string // what is odd about it; its sign has it as tooltip
	On, Current bool
	Unsaved     bool
	Loading     bool // a placeholder; all else is ignored
}

// RuleList shows groups of rows. It is one stop for Tab: Up and Down, Home and End
// move the keyboard's place, Enter opens, Space switches, Alt with Up or Down puts
// the row one place further, as dragging it does.
type RuleList struct {
	widget.BaseWidget
	OnOpen   func(key int)
	OnSwitch func(key int, on bool)
	// OnMove puts a row before another one of its group; 0: behind the last.
	OnMove func(key, before int)

	groups  []RuleGroup
	fixed   string // why nothing can be changed; empty: it can
	current int    // key of the row that is open
	at      int    // key of the keyboard's place; 0: none yet
	ringed  bool
	drop    *canvas.Rectangle // where a dragged row would go
	inner   *ruleColumn
	scroll  *container.Scroll
	clip    *container.ThemeOverride
}

// NewRuleList makes an empty list.
func NewRuleList() *RuleList {
	l := &RuleList{drop: newRect()}
	l.inner = newRuleColumn(l)
	l.scroll = container.NewVScroll(l.inner)
	l.clip = container.NewThemeOverride(l.scroll, look.Bare())
	l.ExtendBaseWidget(l)
	return l
}

// SetGroups replaces what is shown. The keyboard's place stays at its row; another
// current row comes into sight.
func (l *RuleList) SetGroups(groups []RuleGroup) {
	l.groups = groups
	if l.place(l.at) < 0 {
		l.at = 0
	}
	l.inner.fill()
	l.inner.Refresh()
	l.scroll.Refresh()
	i := slices.IndexFunc(l.Rows(), func(r RuleRow) bool { return r.Current })
	if i >= 0 && l.Rows()[i].Key != l.current {
		l.inner.reveal(i)
	}
	l.current = 0
	if i >= 0 {
		l.current = l.Rows()[i].Key
	}
}

// Offset is how far the list is scrolled.
func (l *RuleList) Offset() float32 { return l.scroll.Offset.Y }

// SetOffset scrolls the list to where Offset was, or to its end.
func (l *RuleList) SetOffset(y float32) { l.scroll.ScrollToOffset(fyne.NewPos(0, y)) }

// SetFixed says why nothing can be switched or moved; empty: it can.
func (l *RuleList) SetFixed(reason string) {
	l.fixed = reason
	l.inner.Refresh()
}

// Rows are all rows in their order.
func (l *RuleList) Rows() []RuleRow {
	var rows []RuleRow
	for _, g := range l.groups {
		rows = append(rows, g.Rows...)
	}
	return rows
}

// Focused reports whether the list has the keyboard.
func (l *RuleList) Focused() bool { return l.ringed }

// Target is what takes the focus: canvas.Focus(list.Target()).
func (l *RuleList) Target() fyne.Focusable { return l.inner }

// CreateRenderer implements fyne.Widget.
func (l *RuleList) CreateRenderer() fyne.WidgetRenderer { return drawThemed(l.clip) }

func (l *RuleList) place(key int) int {
	return slices.IndexFunc(l.Rows(), func(r RuleRow) bool { return r.Key == key })
}

// group returns the rows of the group that has a row.
func (l *RuleList) group(key int) (rows []RuleRow, at int) {
	for _, g := range l.groups {
		if at := slices.IndexFunc(g.Rows, func(r RuleRow) bool { return r.Key == key }); at >= 0 {
			return g.Rows, at
		}
	}
	return nil, -1
}

// shift puts a row by places up or down within its group.
func (l *RuleList) shift(key, by int) {
	rows, at := l.group(key)
	to := at + by
	if by > 0 {
		to++ // before the one after the next
	}
	if at < 0 || to < 0 || to > len(rows) || l.fixed != "" || l.OnMove == nil {
		return
	}
	before := 0
	if to < len(rows) {
		before = rows[to].Key
	}
	l.OnMove(key, before)
}

func (l *RuleList) open(key int) {
	l.at = key
	if l.OnOpen != nil && key != 0 {
		l.OnOpen(key)
	}
}

func (l *RuleList) toggle(key int) {
	if i := l.place(key); i >= 0 && l.fixed == "" && l.OnSwitch != nil {
		l.OnSwitch(key, !l.Rows()[i].On)
	}
}

// Heights of the list (design guide, section 4).
func ruleRowHigh() float32   { return look.Grow(44, 34) }
func ruleGroupHigh() float32 { return look.Grow(28, 16) }

const (
	ruleGroupGap float32 = 4
	ruleInset    float32 = 8
)

// ruleColumn is the scrolled content: all rows, and the keyboard.
type ruleColumn struct {
	widget.BaseWidget
	list    *RuleList
	box     *fyne.Container
	heads   []*ruleHead
	rows    []*ruleRow
	dragged *ruleRow
	target  int // key of the row that the dragged one goes before; 0: the end
	high    float32
}

func newRuleColumn(l *RuleList) *ruleColumn {
	c := &ruleColumn{list: l, box: plainContainer()}
	c.ExtendBaseWidget(c)
	return c
}

// fill gives every group and row its widget; those that are there serve again.
func (c *ruleColumn) fill() {
	heads, rows := 0, 0
	objects := []fyne.CanvasObject{}
	for _, g := range c.list.groups {
		if heads == len(c.heads) {
			c.heads = append(c.heads, newRuleHead())
		}
		c.heads[heads].set(g)
		objects = append(objects, c.heads[heads])
		heads++
		for _, r := range g.Rows {
			if rows == len(c.rows) {
				c.rows = append(c.rows, newRuleRow(c))
			}
			c.rows[rows].set(r)
			objects = append(objects, c.rows[rows])
			rows++
		}
	}
	objects = append(objects, c.list.drop)
	c.box.Objects = objects
	c.arrange(c.Size().Width)
}

func (c *ruleColumn) arrange(width float32) {
	y := float32(0)
	heads, rows := 0, 0
	for _, g := range c.list.groups {
		if heads > 0 {
			y += ruleGroupGap
		}
		box(c.heads[heads], 0, y, width, ruleGroupHigh())
		heads++
		y += ruleGroupHigh()
		for range g.Rows {
			box(c.rows[rows], ruleInset, y, max(0, width-2*ruleInset), ruleRowHigh())
			rows++
			y += ruleRowHigh()
		}
	}
	c.high = y + ruleInset
}

// CreateRenderer implements fyne.Widget.
func (c *ruleColumn) CreateRenderer() fyne.WidgetRenderer {
	return draw(c, func() fyne.Size { return fyne.NewSize(0, c.high) },
		func(size fyne.Size) { c.arrange(size.Width) },
		func() {
			fill(c.list.drop, look.Primary, 1)
			show(c.list.drop, c.dragged != nil)
			for _, r := range c.rows {
				r.Refresh()
			}
		}, c.box)
}

// drag shows where a row would go, which is pulled to a height of the column.
func (c *ruleColumn) drag(row *ruleRow, y float32) {
	if c.list.fixed != "" {
		return
	}
	rows, _ := c.list.group(row.data.Key)
	c.target = 0
	line := float32(0)
	for _, w := range c.rows {
		if !slices.ContainsFunc(rows, func(r RuleRow) bool { return r.Key == w.data.Key }) {
			continue
		}
		top := w.Position().Y
		line = top + ruleRowHigh()
		if y < top+ruleRowHigh()/2 {
			c.target, line = w.data.Key, top
			break
		}
	}
	c.dragged = row
	box(c.list.drop, ruleInset, line-1, c.Size().Width-2*ruleInset, 2)
	show(c.list.drop, true)
}

func (c *ruleColumn) dropped() {
	if c.dragged == nil {
		return
	}
	key := c.dragged.data.Key
	rows, at := c.list.group(key)
	c.dragged = nil
	show(c.list.drop, false)
	stays := c.target == key || at+1 < len(rows) && rows[at+1].Key == c.target || at+1 == len(rows) && c.target == 0
	if !stays && c.list.OnMove != nil {
		c.list.OnMove(key, c.target)
	}
}

func (c *ruleColumn) ring(on bool) {
	c.list.ringed = on
	c.Refresh()
}

func (c *ruleColumn) move(to int) {
	rows := c.list.Rows()
	if len(rows) == 0 {
		return
	}
	to = max(0, min(to, len(rows)-1))
	c.list.at = rows[to].Key
	c.reveal(to)
	c.ring(true)
}

// reveal scrolls as little as needed to show a row whole.
func (c *ruleColumn) reveal(row int) {
	top, view := c.rows[row].Position().Y, c.list.scroll.Size().Height
	offset := c.list.scroll.Offset.Y
	if top < offset {
		offset = max(0, top-ruleGroupHigh())
	} else if top+ruleRowHigh() > offset+view {
		offset = top + ruleRowHigh() - view
	}
	c.list.scroll.ScrollToOffset(fyne.NewPos(0, offset))
}

// FocusGained implements fyne.Focusable.
func (c *ruleColumn) FocusGained() {
	if c.list.place(c.list.at) < 0 {
		for _, r := range c.list.Rows() {
			if c.list.at == 0 || r.Current {
				c.list.at = r.Key
			}
		}
	}
	c.ring(true)
}

// FocusLost implements fyne.Focusable.
func (c *ruleColumn) FocusLost() { c.ring(false) }

// TypedRune implements fyne.Focusable.
func (c *ruleColumn) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (c *ruleColumn) TypedKey(e *fyne.KeyEvent) {
	at := c.list.place(c.list.at)
	switch e.Name {
	case fyne.KeyDown:
		c.move(at + 1)
	case fyne.KeyUp:
		c.move(at - 1)
	case fyne.KeyHome:
		c.move(0)
	case fyne.KeyEnd:
		c.move(len(c.list.Rows()) - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		c.list.open(c.list.at)
	case fyne.KeySpace:
		c.list.toggle(c.list.at)
	default:
		passKey(e)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (c *ruleColumn) TypedShortcut(s fyne.Shortcut) {
	if k, ok := s.(*desktop.CustomShortcut); ok && k.Modifier == fyne.KeyModifierAlt {
		switch k.KeyName {
		case fyne.KeyUp:
			c.list.shift(c.list.at, -1)
			return
		case fyne.KeyDown:
			c.list.shift(c.list.at, 1)
			return
		}
	}
	passShortcut(s)
}
