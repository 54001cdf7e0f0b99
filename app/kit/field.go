package kit

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// FieldWords are the texts of a field.
type FieldWords struct {
	Label       string
	Placeholder string
	// Help is a link over the box, for the mouse: it leads to where the value stands.
	// Empty: none.
	Help string
	// Show and Hide are the tooltips of a secret's eye.
	Show, Hide string
}

// Field is one value that a person types or pastes: a label, a box of one line,
// and a line that says what was found. White space around the value is taken
// away as it comes: what is copied from a page often has some.
type Field struct {
	widget.BaseWidget
	// OnChanged is called at every change by a person, not by SetText.
	OnChanged func()
	// OnSubmit is called for Enter.
	OnSubmit func()
	// OnFocus is called when the field gets the keyboard.
	OnFocus func()
	// OnClick is called for a click that put the caret somewhere and marked nothing.
	OnClick func()
	// OnHelp is called for the link of FieldWords.Help.
	OnHelp func()

	words   FieldWords
	free    bool // white space belongs to the value
	lines   int  // of text in the box; more than 1: Enter begins a line
	limit   int  // of the value in UTF-16 units; 0: none
	quiet   bool // SetText is at work
	focused bool
	reason  string

	label   *inkLine
	ground  frame
	ring    *canvas.Rectangle
	cover   bars
	marks   []Stretch
	grounds *grounds // under marks
	entry   *entry
	clipped *container.ThemeOverride
	hint    *inkLine // the placeholder, or the value where it cannot be changed
	sign    iconImage
	counter *inkLine
	eye     *mouseButton // nil where nothing is secret
	help    *help        // nil where there is none
	status  *Status
}

// NewField makes an empty field.
func NewField(words FieldWords) *Field {
	f := &Field{
		words: words, lines: 1, label: newInk(Small, look.Text2), ground: newFrame(), ring: newRect(), cover: newBars(), grounds: newGrounds(),
		hint: newInk(Body, look.Text3), sign: newIcon(16), counter: newInk(Tiny, look.Text3), status: NewStatus(FindingNone, ""),
	}
	f.setEntry(newEntry(false), fyne.ScrollHorizontalOnly)
	if words.Help != "" {
		f.help = newHelp(words.Help, func() { f.OnHelp() })
	}
	f.ExtendBaseWidget(f)
	return f
}

// setEntry makes e what the person types in.
func (f *Field) setEntry(e *entry, scroll fyne.ScrollDirection) {
	f.entry = e
	f.entry.Scroll = scroll
	f.clipped = container.NewThemeOverride(f.entry, look.Field())
	f.entry.onFocus = func(on bool) {
		f.focused = on
		f.Refresh()
		if on && f.OnFocus != nil {
			f.OnFocus()
		}
	}
	f.entry.OnChanged = f.changed
	f.entry.onKey = f.key
	f.entry.onClick = func() { call(f.OnClick) }
}

// NewTextField makes a field for words, where white space stays as it is typed.
func NewTextField(words FieldWords) *Field {
	f := NewField(words)
	f.free = true
	return f
}

// NewAreaField makes a field for a text of many lines, as many of them in sight as
// given. It scrolls to the others.
func NewAreaField(words FieldWords, lines int) *Field {
	f := NewTextField(words)
	f.lines = lines
	f.setEntry(newEntry(true), fyne.ScrollVerticalOnly)
	return f
}

// NewSecretField makes a field whose letters are dots until the person shows
// them. Nothing can be copied out of the dots.
func NewSecretField(words FieldWords) *Field {
	f := NewField(words)
	f.entry.Password = true
	f.eye = newMouseButton(look.IconEye, words.Show, func() { f.showLetters(f.entry.Password) })
	return f
}

// mouseButton stands in a field and is for the mouse: Tab goes from one value to the
// next. One shows the letters of a secret, another empties the field.
type mouseButton struct{ IconButton }

func newMouseButton(icon look.IconName, tip string, onTap func()) *mouseButton {
	b := new(mouseButton)
	b.begin(icon, tip)
	b.extend(b, onTap)
	return b
}

// TypedRune hides that of IconButton: without it the button is no fyne.Focusable.
func (*mouseButton) TypedRune() {}

// help is a link beside a label, for the mouse, as the eye is. Where the label
// leaves no room for its words it is an icon that says them.
type help struct {
	Link
	words string
}

func newHelp(words string, onTap func()) *help {
	h := &help{words: words}
	h.begin(words, Small, look.Text2)
	h.icon = look.IconOpen
	h.extend(h, onTap)
	return h
}

// fit shows the words where they have room.
func (h *help) fit(room float32) {
	text, tip := h.words, ""
	if h.indent()+ceil(Measure(h.words, h.font)) > room {
		text, tip = "", h.words
	}
	if text != h.text {
		h.SetTip(tip)
		h.SetText(text)
	}
}

// TypedRune hides that of Link: without it the help is no fyne.Focusable.
func (*help) TypedRune() {}

func (f *Field) changed(text string) {
	if trimmed := strings.TrimFunc(text, blank); trimmed != text && !f.free {
		f.entry.SetText(trimmed) // comes here again
		return
	}
	f.Refresh()
	if !f.quiet && f.OnChanged != nil {
		f.OnChanged()
	}
}

// blank reports what no key, id or address begins or ends with: white space, and
// the signs without a width that pages put between words.
func blank(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

func (f *Field) key(e *fyne.KeyEvent) bool {
	if f.lines > 1 || e.Name != fyne.KeyReturn && e.Name != fyne.KeyEnter {
		return false
	}
	if f.OnSubmit != nil {
		f.OnSubmit()
	}
	return true
}

// Text returns the value.
func (f *Field) Text() string { return f.entry.Text }

// SetText replaces the value and does not call OnChanged.
func (f *Field) SetText(text string) {
	f.quiet = true
	f.entry.SetText(text)
	f.quiet = false
	f.Refresh()
}

// Insert types text at the caret, as a person would.
func (f *Field) Insert(text string) {
	for _, r := range text {
		f.entry.Entry.TypedRune(r)
	}
}

// SelectAll marks the whole value: what is typed next replaces it.
func (f *Field) SelectAll() { f.entry.Entry.TypedShortcut(&fyne.ShortcutSelectAll{}) }

// SetPlaceholder changes what an empty field shows.
func (f *Field) SetPlaceholder(text string) {
	f.words.Placeholder = text
	f.Refresh()
}

// Set says what was found of the value; the owner fits the field anew.
func (f *Field) Set(finding Finding, text string) {
	f.status.Set(finding, text)
	f.Refresh()
}

// Status returns what Set said last.
func (f *Field) Status() (Finding, string) { return f.status.Finding(), f.status.Text() }

// SetDisabled stops typing and says why below, or allows it with an empty
// reason. What was typed stays.
func (f *Field) SetDisabled(reason string) {
	if f.reason != "" && f.status.Text() == f.reason {
		f.status.Set(FindingNone, "")
	}
	f.reason = reason
	if reason == "" {
		f.entry.Enable()
	} else {
		f.entry.Disable()
		f.status.Set(FindingNone, reason)
	}
	f.Refresh()
}

// HideLetters turns a secret that is shown back into dots.
func (f *Field) HideLetters() { f.showLetters(false) }

// Masked reports whether the letters are dots.
func (f *Field) Masked() bool { return f.entry.Password }

func (f *Field) showLetters(on bool) {
	if f.eye == nil || f.entry.Password == !on {
		return
	}
	f.entry.Password = !on
	f.entry.Refresh()
	icon, tip := look.IconEye, f.words.Show
	if on {
		icon, tip = look.IconEyeOff, f.words.Hide
	}
	f.eye.SetTip(tip)
	f.eye.SetIcon(icon)
}

// Target is what takes the focus: canvas.Focus(field.Target()).
func (f *Field) Target() fyne.Focusable { return f.entry }

// Fit implements Fitting.
func (f *Field) Fit(width float32) {
	f.status.Fit(width)
}

// CreateRenderer implements fyne.Widget.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	objects := append([]fyne.CanvasObject{f.label.box, f.ground.outer, f.ground.inner, f.grounds.box, f.clipped}, f.cover.objects()...)
	objects = append(objects, f.ring, f.hint.box, f.counter.box, f.sign.Image, f.status)
	if f.eye != nil {
		objects = append(objects, f.eye)
	}
	if f.help != nil {
		objects = append(objects, f.help)
	}
	return draw(f, f.measure, f.layout, f.paint, objects...)
}

const (
	fieldPad      float32 = 11
	fieldLabelGap float32 = 4
	fieldHintGap  float32 = 5
)

func (f *Field) labelHeight() float32 {
	if f.words.Label == "" {
		return 0
	}
	return Small.Line() + fieldLabelGap
}

func fieldHeight() float32 { return look.Grow(32, 18) }

// boxHeight is that of the box alone.
func (f *Field) boxHeight() float32 {
	h := fieldHeight() + float32(f.lines-1)*Body.Line()
	if f.inside() {
		h += Tiny.Line()
	}
	return h
}

func (f *Field) measure() fyne.Size {
	h := f.labelHeight() + f.boxHeight()
	if f.status.Visible() {
		h += fieldHintGap + f.status.MinSize().Height
	}
	return fyne.NewSize(150, h)
}

func (f *Field) layout(size fyne.Size) {
	room := size.Width
	if f.help != nil {
		f.help.fit(size.Width - 8 - ceil(Measure(f.words.Label, Small)))
		w := f.help.MinSize().Width
		room -= w + 8
		box(f.help, size.Width-w, -fieldLabelGap, w, Small.Line()+2*fieldLabelGap)
	}
	f.label.set(Cut(f.words.Label, room, Small), look.Text2)
	f.label.at(0, 0)
	y, high := f.labelHeight(), f.boxHeight()
	first := y + fieldHeight()/2 // the middle of the first line
	f.ground.place(0, y, size.Width, high)
	box(f.ring, 0, y, size.Width, high)
	end := size.Width - fieldPad
	if f.eye != nil && f.eye.Visible() {
		eye := f.eye.MinSize()
		end = size.Width - eye.Width - 2
		box(f.eye, end, y+px((high-eye.Height)/2), eye.Width, eye.Height)
	}
	if f.sign.Visible() {
		end -= f.sign.px
		f.sign.mid(end, first)
		end -= 8
	}
	end = f.layoutCounter(size.Width, end, first)
	f.hint.set(Cut(f.hinted(), end-fieldPad, Body), look.Text3)
	f.hint.mid(fieldPad, first)
	pad := look.FieldPadding
	h := Body.Line()*float32(f.lines) + 2*pad
	free := high
	if f.inside() {
		free -= Tiny.Line()
	}
	x, top, w := fieldPad-pad, y+px((free-h)/2), end-fieldPad+2*pad
	box(f.clipped, x, top, w, h)
	f.grounds.place(f.underMarks(x, top))
	if f.inside() {
		h++ // and below
	}
	f.cover.place(x, top, w+1, h, 4) // at the right half of the line lies outside
	box(f.status, 0, y+high+fieldHintGap, size.Width, f.status.MinSize().Height)
}

// hinted is what stands in the box where nothing is being typed.
func (f *Field) hinted() string {
	switch {
	case f.entry.Text == "":
		return f.words.Placeholder
	case f.entry.Password:
		return strings.Repeat("•", len([]rune(f.entry.Text)))
	}
	return f.entry.Text
}

func (f *Field) paint() {
	ground, edge := look.Surface, look.Control
	sign, token := look.IconName(""), look.Text
	switch f.status.Finding() {
	case FindingGood:
		edge, sign, token = look.Ok, look.IconCheck, look.OkText
	case FindingWarn:
		edge, sign, token = look.Warn, look.IconAlert, look.WarnText
	case FindingBad:
		edge, sign, token = look.Error, look.IconAlert, look.ErrorText
	}
	if f.Over() > 0 {
		edge, sign, token = look.Error, look.IconAlert, look.ErrorText
	}
	if f.reason != "" {
		ground, edge, sign = look.Fill, look.Fill, ""
	}
	f.paintCounter()
	f.ground.paint(ground, edge, look.RadiusMedium)
	paintRing(f.ring, look.Focus, look.RadiusMedium)
	show(f.ring, f.focused)
	// The entry draws a line in Primary around itself while it has the focus.
	f.cover.paint(ground, f.reason == "")
	f.hint.set(f.hint.text, look.Text3)
	show(f.hint.box, f.entry.Text == "" || f.reason != "")
	show(f.clipped, f.reason == "")
	show(f.label.box, f.words.Label != "")
	f.sign.set(sign, token)
	if f.eye != nil {
		show(f.eye, f.entry.Text != "" && f.reason == "")
	}
}
