package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// column is the scrolled content of a thread: as high as all entries, with
// widgets for those in sight. Widgets that went out of sight serve again.
type column struct {
	widget.BaseWidget
	thread *Thread
	view   float32 // height of the pane
	shown  map[string]*place
	spare  map[entryKind][]*place
	ring   *canvas.Rectangle // around the marked entry
	more   *moreButton       // at the entry under the pointer
}

// place is a widget with what it shows at present.
type place struct {
	kind   entryKind
	widget fyne.Widget
	entry  Entry
	room   float32
	scale  float32
	dark   bool
}

type entryKind uint8

const (
	kindMessage entryKind = iota
	kindNote
	kindPill
	kindDay
)

func kindOf(e Entry) entryKind {
	switch e.(type) {
	case Note:
		return kindNote
	case Pill:
		return kindPill
	case Day:
		return kindDay
	}
	return kindMessage
}

func newColumn(t *Thread) *column {
	c := &column{thread: t, shown: map[string]*place{}, spare: map[entryKind][]*place{}, ring: newRect(), more: newMoreButton(t)}
	c.ExtendBaseWidget(c)
	return c
}

// forget takes every widget out of use.
func (c *column) forget() {
	for key, p := range c.shown {
		c.spare[p.kind] = append(c.spare[p.kind], p)
		delete(c.shown, key)
	}
}

func (c *column) high() float32 {
	tops := c.thread.tops
	if len(tops) == 0 {
		return 0
	}
	return tops[len(tops)-1] + threadBottom
}

// CreateRenderer implements fyne.Widget.
func (c *column) CreateRenderer() fyne.WidgetRenderer { return &columnRenderer{column: c} }

type columnRenderer struct {
	column  *column
	objects []fyne.CanvasObject
}

func (r *columnRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *columnRenderer) MinSize() fyne.Size           { return fyne.NewSize(0, r.column.high()) }
func (r *columnRenderer) Layout(fyne.Size)             {}
func (r *columnRenderer) Destroy()                     {}

// Refresh gives every entry in sight a widget, and no other: Fyne's painter makes the
// pictures of all texts there are, also of those that the pane cuts off.
func (r *columnRenderer) Refresh() {
	c := r.column
	t := c.thread
	first, last := t.between(t.scroll.Offset.Y, t.scroll.Offset.Y+c.view)
	seen := make(map[string]int, last-first)
	for i := first; i < last; i++ {
		seen[t.entries[i].Key()] = i
	}
	for key, p := range c.shown {
		if i, ok := seen[key]; !ok || kindOf(t.entries[i]) != p.kind {
			c.spare[p.kind] = append(c.spare[p.kind], p)
			delete(c.shown, key)
		}
	}
	r.objects = r.objects[:0]
	for i := first; i < last; i++ {
		e := t.entries[i]
		p := c.placeFor(e)
		c.fill(p, e)
		size := p.widget.MinSize()
		box(p.widget, c.left(e, size.Width), t.tops[i], size.Width, size.Height)
		r.objects = append(r.objects, p.widget)
	}
	if c.paintMark() {
		r.objects = append(r.objects, c.ring)
	}
	if c.placeMore() {
		r.objects = append(r.objects, c.more)
	}
}

func (c *column) left(e Entry, width float32) float32 {
	switch e := e.(type) {
	case Message:
		if e.Side == Ours {
			return threadPad + c.thread.room - width
		}
		return threadPad
	case Note:
		return threadPad
	}
	return threadPad + px((c.thread.room-width)/2)
}

func (c *column) placeFor(e Entry) *place {
	key, kind := e.Key(), kindOf(e)
	if p, ok := c.shown[key]; ok {
		return p
	}
	var p *place
	if free := c.spare[kind]; len(free) > 0 {
		p = free[len(free)-1]
		c.spare[kind] = free[:len(free)-1]
	} else {
		p = c.newPlace(kind)
	}
	c.shown[key] = p
	return p
}

func (c *column) newPlace(kind entryKind) *place {
	p := &place{kind: kind}
	switch kind {
	case kindNote:
		p.widget = NewNoteBox()
	case kindPill:
		p.widget = NewPillLine()
	case kindDay:
		p.widget = NewDayLine()
	default:
		p.widget = NewBubble(c.hooks(p))
	}
	return p
}

// hooks are those of a bubble that shows one message after another.
func (c *column) hooks(p *place) Hooks {
	t := c.thread
	return Hooks{
		Menu: func(at fyne.Position) {
			if t.OnMenu != nil && p.entry != nil {
				t.OnMenu(p.entry.Key(), at)
			}
		},
		Act: func(a Act) {
			if t.OnAct != nil && p.entry != nil {
				t.OnAct(p.entry.Key(), a)
			}
		},
		Hover: func(on bool) {
			if p.entry != nil {
				t.hover(p.entry.Key(), on)
			}
		},
		Seek: func(part float32) {
			if t.OnSeek != nil && p.entry != nil {
				t.OnSeek(p.entry.Key(), part)
			}
		},
		Contact: func(at int) {
			if t.OnContact != nil && p.entry != nil {
				t.OnContact(p.entry.Key(), at)
			}
		},
		Quoted: func() {
			if m, ok := p.entry.(Message); ok {
				t.goToQuoted(m)
			}
		},
		Picture: func(source string, width, height float32, show func(image.Image)) {
			if t.OnPicture != nil {
				t.OnPicture(source, width, height, show)
			}
		},
	}
}

// fill shows e in p's widget, touching it only where something changed.
func (c *column) fill(p *place, e Entry) {
	room, scale, dark := c.thread.room, look.Scale(), look.Now().Dark()
	if p.entry != nil && p.room == room && p.scale == scale && p.dark == dark && sameEntry(p.entry, e) {
		p.entry = e
		if b, ok := p.widget.(*Bubble); ok {
			b.rewire(e)
		}
		return
	}
	p.entry, p.room, p.scale, p.dark = e, room, scale, dark
	setEntry(p.widget, e, room)
}

// setEntry shows e in a widget made for its kind.
func setEntry(w fyne.Widget, e Entry, room float32) {
	switch e := e.(type) {
	case Message:
		if b, ok := w.(*Bubble); ok {
			b.Set(e, room)
		}
	case Note:
		if n, ok := w.(*NoteBox); ok {
			n.Set(e, room)
		}
	case Pill:
		if p, ok := w.(*PillLine); ok {
			p.Set(e, room)
		}
	case Day:
		if d, ok := w.(*DayLine); ok {
			d.Set(e.Text)
		}
	}
}

// heightOf reckons the height of an entry without a widget.
func heightOf(e Entry, room float32) float32 {
	switch e := e.(type) {
	case Message:
		return shapeOf(e, room).height
	case Note:
		return noteHeight(e, room)
	case Pill:
		return pillHeight(e, room)
	}
	return Tiny.Line()
}
