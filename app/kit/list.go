package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// ChatList shows rows, as many as there are, and makes widgets only for those
// that are seen. It is one stop for Tab: Up and Down, Home and End move the
// keyboard's place, Enter opens. Moving opens nothing. A click opens the person
// it was pressed on, wherever they have gone in the list by its release.
type ChatList struct {
	widget.BaseWidget
	// OnOpen is called when a row is clicked, or Enter is typed on it.
	OnOpen func(index int)
	// OnNearEnd is called when the last rows come into sight, perhaps often: load
	// the next page there.
	OnNearEnd func()

	count   int
	row     func(index int) RowData
	inner   *keyList
	wrapped *container.ThemeOverride
}

// NewChatList makes an empty list.
func NewChatList() *ChatList {
	l := &ChatList{}
	l.inner = newKeyList(l)
	l.wrapped = container.NewThemeOverride(l.inner, look.Bare())
	l.ExtendBaseWidget(l)
	return l
}

// ShowRows replaces all rows. Of them only those in sight are asked for, at once, and
// again whenever they are drawn, so that a list of any length costs the same. The
// scroll position stays, and so does the keyboard's place, by index.
func (l *ChatList) ShowRows(count int, row func(index int) RowData) {
	l.count, l.row = count, row
	if l.inner.at >= count {
		l.inner.at = count - 1
	}
	l.inner.Refresh()
}

// SetRows is ShowRows for a few rows. The caller must not change them.
func (l *ChatList) SetRows(rows []RowData) {
	l.ShowRows(len(rows), func(i int) RowData { return rows[i] })
}

// Renew draws the rows in sight that are not what they were any more.
func (l *ChatList) Renew() {
	for w, i := range l.inner.shown {
		if i < l.count {
			w.Set(l.row(i))
		}
	}
}

// Rows returns what the list shows, all of it.
func (l *ChatList) Rows() []RowData {
	rows := make([]RowData, l.count)
	for i := range rows {
		rows[i] = l.row(i)
	}
	return rows
}

// ScrollTo brings a row into sight and makes it the keyboard's place.
func (l *ChatList) ScrollTo(index int) {
	if index < 0 || index >= l.count {
		return
	}
	l.inner.move(index)
}

// Target is what takes the focus: canvas.Focus(list.Target()).
func (l *ChatList) Target() fyne.Focusable { return l.inner }

// CreateRenderer implements fyne.Widget.
func (l *ChatList) CreateRenderer() fyne.WidgetRenderer { return drawThemed(l.wrapped) }

// keyList is Fyne's list with the keys of the design.
type keyList struct {
	widget.List
	owner  *ChatList
	at     int // the keyboard's place; -1: none yet
	ringed bool
	shown  map[*Row]int

	pressed   *Person // whom the mouse was pressed on last; nil: nobody
	pressedAt fyne.Position
}

func newKeyList(owner *ChatList) *keyList {
	k := &keyList{owner: owner, at: -1, shown: map[*Row]int{}}
	k.HideSeparators = true
	k.Length = func() int { return owner.count }
	k.CreateItem = func() fyne.CanvasObject {
		row := NewRow()
		row.list = k
		return row
	}
	k.UpdateItem = k.update
	k.ExtendBaseWidget(k)
	return k
}

func (k *keyList) update(i widget.ListItemID, o fyne.CanvasObject) {
	row, ok := o.(*Row)
	if !ok || i >= k.owner.count {
		return
	}
	if was, seen := k.shown[row]; !seen || was != i {
		row.hovered = false
		k.shown[row] = i
	}
	row.ringed = k.ringed && i == k.at
	row.data = k.owner.row(i)
	row.Refresh()
	if i >= k.owner.count-5 && k.owner.OnNearEnd != nil {
		k.owner.OnNearEnd()
	}
}

// pressedOn notes whom a row shows when it is pressed. The list's own tap knows
// only a place in the list, where another customer may stand by the release, and
// a tap is lost where the row's widget is another by then.
func (k *keyList) pressedOn(person Person, e *desktop.MouseEvent) {
	k.pressed, k.pressedAt = &person, e.AbsolutePosition
}

// MouseDown implements desktop.Mouseable, for what is below the last row.
func (k *keyList) MouseDown(*desktop.MouseEvent) { k.pressed = nil }

// MouseUp implements desktop.Mouseable, for the rows, too. A mouse that was taken
// half a row away does not click.
func (k *keyList) MouseUp(e *desktop.MouseEvent) {
	person := k.pressed
	k.pressed = nil
	way := e.AbsolutePosition.Subtract(k.pressedAt)
	if person == nil || e.Button != desktop.MouseButtonPrimary || max(way.Y, -way.Y) > RowHeight()/2 {
		return
	}
	at := k.find(*person)
	if at < 0 {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(k); c != nil {
		c.Focus(k)
	}
	k.at = at
	k.ring(false)
	k.open(at)
}

// find returns where a person is in the list; -1: nowhere. Most are still in sight.
func (k *keyList) find(person Person) int {
	is := func(i int) bool {
		row := k.owner.row(i)
		return !row.Loading && row.Person == person
	}
	for _, i := range k.shown {
		if i < k.owner.count && is(i) {
			return i
		}
	}
	for i := range k.owner.count {
		if is(i) {
			return i
		}
	}
	return -1
}

func (k *keyList) open(i int) {
	if i >= 0 && i < k.owner.count && !k.owner.row(i).Loading && k.owner.OnOpen != nil {
		k.owner.OnOpen(i)
	}
}

func (k *keyList) ring(on bool) {
	k.ringed = on
	for row, i := range k.shown {
		row.setRing(on && i == k.at)
	}
}

func (k *keyList) move(to int) {
	if n := k.owner.count; n > 0 {
		k.at = min(max(to, 0), n-1)
		k.ScrollTo(k.at)
		k.ring(k.ringed)
	}
}

// FocusGained implements fyne.Focusable. The list gets its focus by keyboard, or
// from the app after a search.
func (k *keyList) FocusGained() {
	if k.at < 0 && k.owner.count > 0 {
		k.at = 0
	}
	k.ring(true)
}

// FocusLost implements fyne.Focusable.
func (k *keyList) FocusLost() { k.ring(false) }

// TypedRune implements fyne.Focusable.
func (k *keyList) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (k *keyList) TypedKey(e *fyne.KeyEvent) {
	page := max(1, int(k.Size().Height/RowHeight())-1)
	if to, ok := stepped(e.Name, k.at, page, k.owner.count-1); ok {
		k.ringed = true
		k.move(to)
		return
	}
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		spend(e)
		k.open(k.at)
	default:
		passKey(e)
	}
}
