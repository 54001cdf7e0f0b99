package kit

import (
	"image"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Thread shows the messages of a chat. Short chats stand at the bottom. It makes
// widgets only for what is in sight and measures each entry once for a width, so
// a few hundred entries cost little; page older ones in from OnNearTop.
//
// Whoever reads at the bottom stays there when something is added. Whoever has
// scrolled up keeps the same entry at the same pixel, whatever is put before or
// behind it, and at every change of width.
type Thread struct {
	widget.BaseWidget
	// OnNearTop is called when the first entries come into sight, perhaps often.
	OnNearTop func()
	// OnNearEnd is OnNearTop for the last entries of a part of a chat (SetPart).
	OnNearEnd func()
	// OnEnd is called instead of going to the bottom where that is not the chat's.
	OnEnd func()
	// OnAtEnd is called when the reader comes to the bottom or leaves it.
	OnAtEnd func(atEnd bool)
	// OnMenu gets a secondary tap on a message, and a tap on the button at its edge:
	// its key and where. MoreTip is the tooltip of that button.
	OnMenu  func(key string, at fyne.Position)
	MoreTip string
	// OnAct gets what a person does with what a message carries. ActQuoted comes
	// only where the quoted message is not among the entries.
	OnAct func(key string, act Act)
	// OnSeek gets the place in a voice note, from 0 to 1, that a person goes to.
	OnSeek func(key string, part float32)
	// OnContact gets the place of the contact, in a message of several, whose button was
	// tapped, from 0.
	OnContact func(key string, place int)
	// OnPicture is asked for pictures: Hooks.Picture.
	OnPicture func(source string, width, height float32, show func(image.Image))

	entries []Entry
	heights map[string]measured
	tops    []float32 // of each entry; one more for the end of the last
	room    float32   // width between the paddings for which tops hold
	atEnd   bool
	more    bool   // what follows the entries is not among them
	inside  bool   // the thread itself is scrolling
	marked  string // key of the entry with a ring
	kept    string // key of the entry that Keep has ringed
	hovered string // key of the entry under the pointer
	focused bool
	begun   Act // of a key that is down, and whose letter is to come; ActOpen: none is

	ground  *canvas.Rectangle
	scroll  *container.Scroll
	column  *column
	wrapped *container.ThemeOverride
}

// measured is the height an entry had at a width and text scale.
type measured struct {
	entry  Entry
	room   float32
	scale  float32
	height float32
}

// Paddings of a thread.
const (
	threadPad    float32 = 16
	threadBottom float32 = 12
	threadGap    float32 = 8
)

// NewThread makes an empty thread.
func NewThread() *Thread {
	t := &Thread{heights: map[string]measured{}, atEnd: true, ground: newRect()}
	t.column = newColumn(t)
	t.scroll = container.NewVScroll(t.column)
	t.scroll.OnScrolled = func(fyne.Position) { t.scrolled() }
	t.wrapped = container.NewThemeOverride(t.scroll, look.Bare())
	t.ExtendBaseWidget(t)
	return t
}

// SetEntries replaces all entries; those that are in sight and look the same are
// not drawn anew. Keys must be unique.
func (t *Thread) SetEntries(entries []Entry) { t.SetPart(entries, false) }

// SetPart is SetEntries of a part of a chat. Where more follows it, its bottom is not
// the chat's end: nobody is at the end there, and who reads there stays when something
// is added below.
func (t *Thread) SetPart(entries []Entry, more bool) {
	joins := t.more && !more
	if t.more = more; more {
		t.setAtEnd(false)
	}
	anchor, delta := t.anchor()
	t.entries = entries
	t.reckon()
	t.restore(anchor, delta)
	if joins {
		t.setAtEnd(t.atBottom())
	}
}

// Reset replaces all entries and goes to the bottom: another chat was opened.
func (t *Thread) Reset(entries []Entry) {
	clear(t.heights)
	t.column.forget()
	t.marked, t.hovered, t.more = "", "", false
	t.setAtEnd(true)
	t.SetEntries(entries)
}

// Entries returns what the thread shows. The caller must not change it.
func (t *Thread) Entries() []Entry { return t.entries }

// AtEnd reports whether the reader is at the chat's end.
func (t *Thread) AtEnd() bool { return t.atEnd }

// ScrollToEnd goes to the chat's end: to the bottom, or by OnEnd.
func (t *Thread) ScrollToEnd() {
	if t.more {
		if t.OnEnd != nil {
			t.OnEnd()
		}
		return
	}
	t.setAtEnd(true)
	t.restore("", 0)
}

// Page scrolls by pages of the pane, down for positive ones.
func (t *Thread) Page(pages float32) {
	t.moveTo(t.scroll.Offset.Y + pages*(t.scroll.Size().Height-40))
	t.scrolled()
}

// CreateRenderer implements fyne.Widget.
func (t *Thread) CreateRenderer() fyne.WidgetRenderer {
	return draw(t, func() fyne.Size { return fyne.NewSize(200, 100) }, t.layout,
		func() { fill(t.ground, look.Bg, 0) }, t.ground, t.wrapped)
}

func (t *Thread) layout(size fyne.Size) {
	box(t.ground, 0, 0, size.Width, size.Height)
	anchor, delta := t.anchor()
	box(t.wrapped, 0, 0, size.Width, size.Height)
	if room := size.Width - 2*threadPad; room != t.room || t.column.view != size.Height {
		t.room = room
		t.column.view = size.Height
		t.reckon()
	}
	t.restore(anchor, delta)
}

// reckon puts every entry at its height.
func (t *Thread) reckon() {
	if t.room <= 0 {
		return
	}
	t.tops = append(t.tops[:0], 0)
	y := float32(0)
	for i, e := range t.entries {
		if i > 0 {
			y += threadGap
		}
		t.tops[i] = y
		y += t.height(e)
		t.tops = append(t.tops, y)
	}
	top := max(threadPad, t.column.view-threadBottom-y) // short chats stand at the bottom
	for i := range t.tops {
		t.tops[i] += top
	}
}

func (t *Thread) height(e Entry) float32 {
	key := e.Key()
	m, ok := t.heights[key]
	if ok && m.room == t.room && m.scale == look.Scale() && sameEntry(m.entry, e) {
		return m.height
	}
	h := heightOf(e, t.room)
	t.heights[key] = measured{entry: e, room: t.room, scale: look.Scale(), height: h}
	return h
}

// between returns which entries lie wholly or partly from one height to another:
// from first up to, not with, last.
func (t *Thread) between(from, to float32) (first, last int) {
	n := min(len(t.entries), max(0, len(t.tops)-1))
	first = sort.Search(n, func(i int) bool { return t.tops[i+1] >= from })
	last = sort.Search(n, func(i int) bool { return t.tops[i] > to })
	return first, max(first, last)
}

// anchor returns the first entry in sight and how far the view begins below its
// top, or "" where the reader is at the end.
func (t *Thread) anchor() (string, float32) {
	if t.atEnd || len(t.tops) == 0 {
		return "", 0
	}
	for i, e := range t.entries {
		if t.tops[i+1] > t.scroll.Offset.Y {
			return e.Key(), t.scroll.Offset.Y - t.tops[i]
		}
	}
	return "", 0
}

func (t *Thread) restore(anchor string, delta float32) {
	if len(t.tops) == 0 {
		return
	}
	t.inside = true
	t.column.Refresh()
	t.scroll.Refresh()
	t.inside = false
	to := t.end()
	if !t.atEnd {
		for i, e := range t.entries {
			if e.Key() == anchor {
				to = t.tops[i] + delta
			}
		}
	}
	t.moveTo(to)
}

func (t *Thread) end() float32 { return max(0, t.column.high()-t.scroll.Size().Height) }

// moveTo scrolls to a whole pixel and draws what is in sight there.
func (t *Thread) moveTo(y float32) {
	t.inside = true
	t.scroll.ScrollToOffset(fyne.NewPos(0, px(min(max(0, y), t.end()))))
	t.inside = false
	t.column.Refresh()
}

func (t *Thread) scrolled() {
	if t.inside {
		return
	}
	t.column.Refresh()
	t.setAtEnd(t.atBottom() && !t.more)
	near := t.scroll.Size().Height / 2
	if t.scroll.Offset.Y < near && t.OnNearTop != nil {
		t.OnNearTop()
	}
	if t.more && t.scroll.Offset.Y > t.end()-near && t.OnNearEnd != nil {
		t.OnNearEnd()
	}
}

func (t *Thread) atBottom() bool { return t.scroll.Offset.Y >= t.end()-2 }

func (t *Thread) setAtEnd(on bool) {
	if on != t.atEnd {
		t.atEnd = on
		if t.OnAtEnd != nil {
			t.OnAtEnd(on)
		}
	}
}
