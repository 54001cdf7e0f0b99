package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"shopbell/app/look"
)

// moreSide is the button at a bubble's edge; moreMid is how far under the upper
// edge its middle stands where the bubble is high.
const (
	moreSide float32 = 28
	moreMid  float32 = 18
)

// moreButton opens the menu of the message under the pointer, or of the one that
// has the keyboard. It is for the mouse: the keyboard has keys of its own.
type moreButton struct {
	IconButton
	key string // of the message it stands at
}

func newMoreButton(t *Thread) *moreButton {
	b := new(moreButton)
	b.begin(look.IconMore, "")
	b.extend(b, func() { t.openMenuAt(b.key, b) })
	b.hovering = func(on bool) { t.hover(b.key, on) }
	return b
}

// TypedRune hides that of IconButton: without it the button is no stop for Tab.
func (*moreButton) TypedRune() {}

// hover says that the pointer is over an entry, or has left it.
func (t *Thread) hover(key string, on bool) {
	if !on {
		key = ""
	}
	if key != t.hovered {
		t.hovered = key
		t.column.Refresh()
	}
}

// MouseIn implements desktop.Hoverable.
func (c *column) MouseIn(e *desktop.MouseEvent) { c.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable: all of a message's row counts, so that
// the way to the button leaves it at no pixel.
func (c *column) MouseMoved(e *desktop.MouseEvent) {
	t := c.thread
	first, last := t.between(e.Position.Y, e.Position.Y)
	if first < last {
		t.hover(t.entries[first].Key(), true)
	}
}

// MouseOut implements desktop.Hoverable. What can be pressed inside a message has
// the pointer of its own, and says so.
func (c *column) MouseOut() { c.thread.hover("", false) }

// placeMore puts the button beside the message under the pointer, else the one
// that has the keyboard, on the side of the chat's middle. It reports whether
// there is such a message in sight.
func (c *column) placeMore() bool {
	t := c.thread
	key := t.hovered
	if _, shown := c.shown[key]; !shown && t.focused {
		key = t.marked
	}
	p, shown := c.shown[key]
	if !shown || t.OnMenu == nil {
		return false
	}
	m, ok := p.entry.(Message)
	if !ok {
		return false
	}
	at, size := p.widget.Position(), p.widget.Size()
	x := at.X + size.Width + 4
	if m.Side == Ours {
		x = at.X - moreSide - 4
	}
	c.more.key = key
	c.more.SetTip(t.MoreTip)
	box(c.more, x, px(at.Y+min(moreMid, size.Height/2)-moreSide/2), moreSide, moreSide)
	return true
}

// At is where a menu of an entry opens: its middle, in the window. The entry must
// be in sight; else it is the middle of the thread.
func (t *Thread) At(key string) fyne.Position {
	var o fyne.CanvasObject = t
	if p, ok := t.column.shown[key]; ok {
		o = p.widget
	}
	size := o.Size()
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(size.Width/2, size.Height/2)
}

// openMenuAt asks for the menu of an entry under a button.
func (t *Thread) openMenuAt(key string, under fyne.CanvasObject) {
	if t.OnMenu != nil {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(under)
		t.OnMenu(key, at.AddXY(0, under.Size().Height))
	}
}
