package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// SearchField is the sunken field over the list, with a magnifier and the key
// that leads to it. The caret's own frame is hidden under a cover.
type SearchField struct {
	widget.BaseWidget
	// OnChanged is called at every change of the text, also by SetText.
	OnChanged func(text string)
	// OnSubmit is called for Enter and for Down: the person goes on to the list.
	OnSubmit func()
	// OnKey is asked first of every key; true: it has taken it. nil: nobody is.
	OnKey func(e *fyne.KeyEvent) bool

	placeholder string
	focused     bool

	ground  frame
	ring    *canvas.Rectangle
	cover   bars
	glyph   iconImage
	hint    *inkLine
	keys    *keyCap
	aside   *tag // before the right end
	clear   *mouseButton
	entry   *entry
	clipped *container.ThemeOverride
}

// NewSearchField makes an empty field; keys is the shortcut shown inside it, empty
// for none.
func NewSearchField(placeholder, keys string) *SearchField {
	s := &SearchField{
		placeholder: placeholder,
		ground:      newFrame(), ring: newRect(), cover: newBars(),
		glyph: newIcon(16), hint: newInk(Body, look.Text3), keys: newKeyCapMark(keys), aside: newTag(), entry: newEntry(false),
	}
	s.entry.Scroll = fyne.ScrollHorizontalOnly
	s.clipped = container.NewThemeOverride(s.entry, look.Field())
	s.entry.onFocus = func(on bool) { s.focused = on; s.Refresh() }
	s.entry.OnChanged = func(text string) {
		s.Refresh()
		if s.OnChanged != nil {
			s.OnChanged(text)
		}
	}
	s.entry.onKey = s.key
	s.ExtendBaseWidget(s)
	return s
}

// key leaves for the list on Enter and Down, and empties the field on Esc where
// there is something to empty.
func (s *SearchField) key(e *fyne.KeyEvent) bool {
	if s.OnKey != nil && s.OnKey(e) {
		return true
	}
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown:
		if s.OnSubmit != nil {
			s.OnSubmit()
		}
		return true
	case fyne.KeyEscape:
		if s.entry.Text != "" {
			s.SetText("")
			return true
		}
	}
	return false
}

// SetClear adds a button that empties the field, while there is something in it, and
// gives the keyboard back to it. Tab goes past it: Esc does the same.
func (s *SearchField) SetClear(tip string) {
	s.clear = newMouseButton(look.IconClose, tip, func() {
		s.SetText("")
		fyne.CurrentApp().Driver().CanvasForObject(s).Focus(s.entry)
	})
}

// SetAside shows a few words within the field, at its end; none for "".
func (s *SearchField) SetAside(text string) {
	s.aside.text = text
	s.Refresh()
}

// Text is what stands in the field.
func (s *SearchField) Text() string { return s.entry.Text }

// SetText replaces the text, puts the caret behind it, and calls OnChanged if
// that is a change.
func (s *SearchField) SetText(text string) {
	s.entry.SetText(text)
	s.entry.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
}

// SelectAll marks the whole text: what is typed next replaces it.
func (s *SearchField) SelectAll() { s.entry.TypedShortcut(&fyne.ShortcutSelectAll{}) }

// Target is what takes the focus: canvas.Focus(field.Target()).
func (s *SearchField) Target() fyne.Focusable { return s.entry }

// CreateRenderer implements fyne.Widget.
func (s *SearchField) CreateRenderer() fyne.WidgetRenderer {
	objects := append([]fyne.CanvasObject{s.ground.outer, s.ground.inner, s.clipped}, s.cover.objects()...)
	objects = append(objects, s.ring, s.glyph.Image, s.hint.box)
	objects = append(objects, s.aside.objects()...)
	if s.clear != nil {
		objects = append(objects, s.clear)
	}
	return draw(s, s.measure, s.layout, s.paint, append(objects, s.keys.objects()...)...)
}

func (s *SearchField) measure() fyne.Size { return fyne.NewSize(120, look.Grow(32, 18)) }

const searchIndent = 35

func (s *SearchField) layout(size fyne.Size) {
	s.ground.place(0, 0, size.Width, size.Height)
	box(s.ring, 0, 0, size.Width, size.Height)
	s.glyph.mid(11, size.Height/2)
	end := size.Width - 12
	k := s.keys.size()
	s.keys.place(px(size.Width-11-k.Width), px((size.Height-k.Height)/2))
	if s.keys.label.box.Visible() {
		end = size.Width - 11 - k.Width - 10
	}
	end = s.layoutEnd(end, size)
	s.hint.set(Cut(s.placeholder, end-searchIndent, Body), look.Text3)
	s.hint.mid(searchIndent, size.Height/2)
	pad := look.FieldPadding
	h := Body.Line() + 2*pad
	x, y, w := searchIndent-pad, px((size.Height-h)/2), end-searchIndent+2*pad
	box(s.clipped, x, y, w, h)
	low := h // half of the entry's line lies outside, where the ring does not hide it
	if size.Height-y-h > 1 {
		low++
	}
	s.cover.place(x, y, w+1, low, 4) // at the right, too
}

// layoutEnd puts what stands at the right, and returns where the text ends.
func (s *SearchField) layoutEnd(end float32, size fyne.Size) float32 {
	if s.clear != nil && s.clear.Visible() {
		m := s.clear.MinSize()
		end = size.Width - 4 - m.Width
		box(s.clear, end, px((size.Height-m.Height)/2), m.Width, m.Height)
		end -= 6
	}
	t := s.aside.size()
	fits := s.aside.text != "" && end-t.Width-searchIndent >= look.Grow(160, 80)
	s.aside.setVisible(fits)
	if fits {
		end -= t.Width
		s.aside.place(end, px((size.Height-t.Height)/2))
		end -= 8
	}
	return end
}

func (s *SearchField) paint() {
	ground := look.Sunken
	if s.focused {
		ground = look.Surface
	}
	s.ground.paint(ground, look.Border, look.RadiusMedium)
	paintRing(s.ring, look.Focus, look.RadiusMedium)
	show(s.ring, s.focused)
	// The entry draws a line in Primary around itself while it has the focus.
	s.cover.paint(ground, true)
	s.glyph.set(look.IconSearch, look.Text2)
	s.hint.set(s.hint.text, look.Text3)
	show(s.hint.box, s.entry.Text == "")
	s.keys.paint()
	s.aside.paint()
	if s.clear != nil {
		show(s.clear, s.entry.Text != "")
	}
	s.keys.setVisible(s.keys.keys != "" && !s.focused && s.entry.Text == "")
}
