package kit

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Toast is a short word about what was just done, at the bottom left of the
// content.
type Toast struct {
	Icon look.IconName // IconCheck as a rule; may be empty
	Text string        // breaks into lines where it is long
	// Undo is offered at the right, where something can be undone. Taking it
	// closes the toast.
	Undo Action
	// Life is how long it stands; 0: five seconds.
	Life time.Duration
	// Count, where set, renews Text each second with what is left of Life.
	Count func(left time.Duration) string
	// UndoKeys stand beside Undo where Layer.Undo takes it, too: "Ctrl+Z".
	UndoKeys string
}

// Toast shows t for five seconds above those already shown; the oldest of more than
// three goes at once. The returned function closes it early and may be called
// at any time, more than once.
func (l *Layer) Toast(t Toast) (dismiss func()) {
	if t.Life == 0 {
		t.Life = toastTime
	}
	if t.Count != nil {
		t.Text = t.Count(t.Life)
	}
	w := newToast(t)
	gone := func() { l.dropToast(w) }
	w.undo.onTap = func() {
		gone()
		t.Undo.Do()
	}
	if len(l.toasts) == 3 {
		l.dropToast(l.toasts[0])
	}
	l.toasts = append(l.toasts, w)
	l.add(w)
	l.placeToasts(l.floor.Size())
	w.stop = l.after(t.Life, gone)
	l.count(w, t.Life)
	return gone
}

// count renews what a toast says of the time that is left.
func (l *Layer) count(w *toast, left time.Duration) {
	if w.data.Count == nil || left <= time.Second {
		return
	}
	l.after(time.Second, func() {
		if !slices.Contains(l.toasts, w) {
			return
		}
		w.data.Text = w.data.Count(left - time.Second)
		w.Refresh()
		l.placeToasts(l.floor.Size())
		l.count(w, left-time.Second)
	})
}

// Toasts returns the texts of the toasts that are shown, oldest first.
func (l *Layer) Toasts() []string {
	var texts []string
	for _, t := range l.toasts {
		texts = append(texts, t.data.Text)
	}
	return texts
}

// Undo undoes by keyboard what the newest toast with UndoKeys offers to undo, and
// reports whether there was one.
func (l *Layer) Undo() bool {
	for _, t := range slices.Backward(l.toasts) {
		if t.data.UndoKeys != "" {
			t.undo.onTap()
			return true
		}
	}
	return false
}

// typed takes the keys off the toasts: a text is being written, and they undo
// that now.
func (l *Layer) typed() {
	for _, t := range l.toasts {
		if t.data.UndoKeys != "" {
			t.data.UndoKeys = ""
			t.Refresh()
			l.placeToasts(l.floor.Size())
		}
	}
}

// Corner is where toasts stand: at the lower left of a pane.
type Corner struct {
	Left   float32 // of the pane, in the window
	Bottom float32 // what stands below them, as a foot with buttons
	Width  float32 // of the pane
}

// StandToasts has toasts stand where corner says, and clear told how much room they
// need there: whoever keeps it free has nothing covered by them; 0: there are none.
// Both are asked whenever toasts come or go, the window changes its size, or
// PlaceToasts is called, clear after corner. They may ask for nothing of the layer.
func (l *Layer) StandToasts(corner func() Corner, clear func(high float32)) {
	l.corner, l.onToast = corner, clear
}

// PlaceToasts asks anew where toasts stand. The app calls it when a pane may have
// changed its size.
func (l *Layer) PlaceToasts() { l.placeToasts(l.floor.Size()) }

func (l *Layer) dropToast(w *toast) {
	i := slices.Index(l.toasts, w)
	if i < 0 {
		return
	}
	l.toasts = slices.Delete(l.toasts, i, i+1)
	if w.stop != nil {
		w.stop()
	}
	l.remove(w)
	l.placeToasts(l.floor.Size())
}

// How toasts stand: no wider than reads well, and narrow where they say little.
const (
	toastMargin  float32 = 16
	toastGap     float32 = 8
	toastNarrow  float32 = 190
	toastWidest  float32 = 480
	toastPad     float32 = 14
	toastIndent  float32 = 36 // with an icon
	toastUndoGap float32 = 24
	toastKeysGap float32 = 8
	toastWords   float32 = 110 // that words have beside the keys, at least
)

func (l *Layer) placeToasts(window fyne.Size) {
	corner := Corner{Width: window.Width}
	if l.corner != nil {
		corner = l.corner()
	}
	room := min(toastWidest, corner.Width-2*toastMargin)
	foot := window.Height - corner.Bottom
	y := foot - toastMargin
	for _, t := range slices.Backward(l.toasts) {
		t.fit(room)
		size := t.MinSize()
		y -= size.Height
		box(t, corner.Left+toastMargin, px(y), min(max(size.Width, toastNarrow), max(room, size.Width)), size.Height)
		y -= toastGap
	}
	switch {
	case l.onToast == nil:
	case len(l.toasts) == 0:
		l.onToast(0)
	default:
		l.onToast(foot - y)
	}
}

type toast struct {
	widget.BaseWidget
	data   Toast
	stop   func()
	room   float32 // the widest it may be
	ground *canvas.Rectangle
	glyph  iconImage
	box    *fyne.Container
	inks   []*inkLine
	undo   *Link
	keys   *inkLine
}

func newToast(t Toast) *toast {
	w := &toast{
		data: t, room: toastWidest, ground: newRect(), glyph: newIcon(16), box: plainContainer(),
		undo: newLink(t.Undo.Text, BodyBold, look.Surface, nil), keys: newInk(Tiny, look.Surface),
	}
	w.undo.steady = true
	w.ExtendBaseWidget(w)
	return w
}

// fit breaks the text for a toast no wider than room.
func (t *toast) fit(room float32) {
	if room != t.room {
		t.room = room
		t.Refresh()
	}
}

func (t *toast) CreateRenderer() fyne.WidgetRenderer {
	return draw(t, t.measure, t.layout, t.paint, t.ground, t.glyph.Image, t.box, t.undo, t.keys.box)
}

func (t *toast) indent() float32 {
	if t.data.Icon == "" {
		return toastPad
	}
	return toastIndent
}

// end is the room of what stands behind the text.
func (t *toast) end() float32 {
	if t.data.Undo.Do == nil {
		return toastPad
	}
	w := toastUndoGap + t.undo.MinSize().Width + toastPad
	if t.keyed() {
		w += t.keysWidth()
	}
	return w
}

func (t *toast) keysWidth() float32 { return toastKeysGap + ceil(Measure(t.data.UndoKeys, Tiny)) }

// keyed reports whether there is room for the keys: the words come first.
func (t *toast) keyed() bool {
	if t.data.UndoKeys == "" {
		return false
	}
	words := t.indent() + min(ceil(Measure(t.data.Text, Body)), look.Grow(toastWords, toastWords))
	return words+toastUndoGap+t.undo.MinSize().Width+t.keysWidth()+toastPad <= t.room
}

func (t *toast) lines() []string { return Wrap(t.data.Text, t.room-t.indent()-t.end(), Body) }

func (t *toast) measure() fyne.Size {
	lines, widest := t.lines(), float32(0)
	for _, line := range lines {
		widest = max(widest, ceil(Measure(line, Body)))
	}
	return fyne.NewSize(t.indent()+widest+t.end(), look.Grow(40, 18)+Body.Line()*float32(len(lines)-1))
}

func (t *toast) layout(size fyne.Size) {
	box(t.ground, 0, 0, size.Width, size.Height)
	mid := size.Height / 2
	t.glyph.mid(13, mid)
	n := min(len(t.lines()), len(t.inks)) // at another text size Fyne lays out before it paints
	for i := range n {
		t.inks[i].mid(t.indent(), mid+(float32(i)-float32(n-1)/2)*Body.Line())
	}
	right := size.Width - toastPad
	if t.keyed() {
		t.keys.rightMid(right, mid+1)
		right -= t.keys.width() + toastKeysGap
	}
	u := t.undo.MinSize()
	box(t.undo, px(right-u.Width), px((size.Height-u.Height)/2), u.Width, u.Height)
}

func (t *toast) paint() {
	fill(t.ground, look.Text, look.RadiusMedium)
	t.glyph.set(t.data.Icon, look.Surface)
	t.inks = setLines(t.box, t.inks, t.lines(), Body, look.Surface)
	show(t.undo, t.data.Undo.Do != nil)
	t.keys.set(t.data.UndoKeys, look.Surface)
	show(t.keys.box, t.keyed())
}
