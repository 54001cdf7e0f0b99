package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Toast is a short word about what was just done, at the bottom left.
type Toast struct {
	Icon look.IconName // IconCheck as a rule; may be empty
	Text string
	// Undo is offered at the right, where something can be undone. Taking it
	// closes the toast.
	Undo Action
}

// Toast shows t for five seconds above those already shown; the oldest of more than
// three goes at once. The returned function closes it early and may be called
// at any time, more than once.
func (l *Layer) Toast(t Toast) (dismiss func()) {
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
	w.stop = l.after(toastTime, gone)
	return gone
}

// Toasts returns the texts of the toasts that are shown, oldest first.
func (l *Layer) Toasts() []string {
	var texts []string
	for _, t := range l.toasts {
		texts = append(texts, t.data.Text)
	}
	return texts
}

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

func (l *Layer) placeToasts(window fyne.Size) {
	y := window.Height - 16
	for _, t := range slices.Backward(l.toasts) {
		size := t.MinSize()
		width := min(max(size.Width, 190), window.Width-32)
		y -= size.Height
		box(t, 16, px(y), width, size.Height)
		y -= 8
	}
}

type toast struct {
	widget.BaseWidget
	data   Toast
	stop   func()
	ground *canvas.Rectangle
	glyph  iconImage
	label  *inkLine
	undo   *Link
}

func newToast(t Toast) *toast {
	w := &toast{
		data: t, ground: newRect(), glyph: newIcon(16), label: newInk(Body, look.Bg),
		undo: newLink(t.Undo.Text, BodyBold, look.Surface, nil),
	}
	w.undo.steady = true
	w.ExtendBaseWidget(w)
	return w
}

func (t *toast) CreateRenderer() fyne.WidgetRenderer {
	return draw(t.measure, t.layout, t.paint, t.ground, t.glyph.Image, t.label.box, t.undo)
}

func (t *toast) indent() float32 {
	if t.data.Icon == "" {
		return 14
	}
	return 36
}

func (t *toast) measure() fyne.Size {
	w := t.indent() + ceil(Measure(t.data.Text, Body)) + 14
	if t.data.Undo.Do != nil {
		w += 24 + t.undo.MinSize().Width
	}
	return fyne.NewSize(w, look.Grow(40, 18))
}

func (t *toast) layout(size fyne.Size) {
	box(t.ground, 0, 0, size.Width, size.Height)
	t.glyph.mid(13, size.Height/2)
	t.label.mid(t.indent(), size.Height/2)
	u := t.undo.MinSize()
	box(t.undo, px(size.Width-14-u.Width), px((size.Height-u.Height)/2), u.Width, u.Height)
}

func (t *toast) paint() {
	fill(t.ground, look.Text, look.RadiusMedium)
	t.glyph.set(t.data.Icon, look.Surface)
	t.label.set(t.data.Text, look.Surface)
	show(t.undo, t.data.Undo.Do != nil)
}
