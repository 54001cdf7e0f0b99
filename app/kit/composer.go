package kit

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Hint is a key of the hints line under the composer and what it does.
type Hint struct{ Text, Keys string }

// ComposerWords are the texts of a composer.
type ComposerWords struct {
	Placeholder string
	Send        string
	SendTip     string
	// Over says how many letters are too many; it gets 1 or more.
	Over func(n int) string
	// NotePlaceholder, NoteSave and NoteTip stand in the place of the first three while
	// a note is written.
	NotePlaceholder, NoteSave, NoteTip string
}

// Composer is where an answer is written: two lines that grow to eight, a
// counter in UTF-16 units (as WhatsApp counts), Send, and the keys below. It
// sends nothing: OnSend does.
type Composer struct {
	widget.BaseWidget
	// OnSend gets the text as typed; it is within the limit, and blank only with a
	// loaded tray. The text stays until SetText.
	OnSend func(text string)
	// OnChanged is called at every change by a person, not by SetText.
	OnChanged func(text string)
	// EnterSends says whether Enter alone sends; Shift with it always begins a line.
	// Nil: it never does.
	EnterSends func() bool
	// OnGrow is called when the height that MinSize asks for has changed: the
	// owner lays out its pane anew.
	OnGrow func()
	// OnSlash is called when a person has typed "/" at the beginning of a line of an
	// answer.
	OnSlash func()
	// OnPaste is called when a person pastes what is no text.
	OnPaste func()

	words    ComposerWords
	limit    int
	hints    []Hint
	note     string
	reason   string
	focused  bool
	quiet    bool   // SetText is at work
	before   string // the text as it was before the last change
	atEnd    bool   // the caret was put behind what SetText set
	lines    int    // as many as the text fills at the present width
	load     Load
	tray     fyne.CanvasObject // over the text; nil: none
	trayView *container.Scroll
	tools    []Tool
	noteKey  *ToolSwitch     // nil: no notes are written here
	edge     *Divider        // before noteKey
	noting   bool            // a note is written
	noteMost int             // how long it may be
	instead  *Button         // in place of Send while it is disabled; nil: none
	offered  bool            // instead is of use now
	parts    *fyne.Container // tray, tools and instead

	frame   *sharpFrame
	entry   *entry
	cover   bars
	wrapped *container.ThemeOverride
	alert   iconImage
	message *inkLine
	counter *inkLine
	send    *Button
	hintBox *fyne.Container
	hintInk []*inkLine
	hintCap []*keyCap
	saved   *inkLine
}

// NewComposer makes an empty composer for texts up to limit UTF-16 units.
func NewComposer(words ComposerWords, limit int) *Composer {
	c := &Composer{
		words: words, limit: limit, lines: composerMinLines,
		frame: newSharpFrame(), cover: newBars(), entry: newEntry(true),
		alert: newIcon(16), message: newInk(Small, look.ErrorText), counter: newInk(Tiny, look.Text3),
		hintBox: plainContainer(), parts: plainContainer(), saved: newInk(Tiny, look.Text3),
	}
	c.entry.SetPlaceHolder(words.Placeholder)
	c.entry.Scroll = fyne.ScrollVerticalOnly
	c.entry.onFocus = func(on bool) { c.focused = on; c.Refresh() }
	c.entry.OnChanged = c.changed
	c.entry.onKey = c.key
	c.entry.onPaste = func() { call(c.OnPaste) }
	c.wrapped = container.NewThemeOverride(c.entry, look.Field())
	c.send = NewButton(words.Send, Primary, c.Send)
	c.send.SetIcon(look.IconSend, true)
	c.send.SetTip(words.SendTip)
	c.ExtendBaseWidget(c)
	return c
}

// key sends for Enter where the person wants that.
func (c *Composer) key(e *fyne.KeyEvent) bool {
	enter := e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter
	if !enter || c.EnterSends == nil || !c.EnterSends() || heldModifiers()&fyne.KeyModifierShift != 0 {
		return false
	}
	c.Send()
	return true
}

// Lines of text that the composer shows before and after growing.
const (
	composerMinLines = 2
	composerMaxLines = 8
)

// Text returns what is typed.
func (c *Composer) Text() string { return c.entry.Text }

// SetText replaces the text, puts the caret at its end and does not call OnChanged.
func (c *Composer) SetText(text string) {
	c.quiet = true
	c.entry.SetText(text)
	c.quiet, c.before = false, text
	c.atEnd = false
	c.measureText()
	c.Refresh()
	c.caretToEnd()
}

// caretToEnd puts the caret behind the text. Fyne counts the rows as they are
// broken on the screen, so it waits for the first layout.
func (c *Composer) caretToEnd() {
	if !c.atEnd && !c.entry.Size().IsZero() {
		c.atEnd = true
		c.entry.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	}
}

// SetHints sets the keys shown below.
func (c *Composer) SetHints(hints []Hint) { c.hints = hints; c.Refresh() }

// SetNote sets the words at the lower right: "Draft saved".
func (c *Composer) SetNote(text string) {
	if text != c.note {
		c.note = text
		c.Refresh()
	}
}

// SetDisabled stops typing and sending and shows why, or allows both again with
// an empty reason. What was typed stays.
func (c *Composer) SetDisabled(reason string) {
	if reason == c.reason {
		return
	}
	c.reason = reason
	if reason == "" {
		c.entry.Enable()
	} else {
		c.entry.Disable()
	}
	c.Refresh()
}

// Target is what takes the focus: canvas.Focus(composer.Target()).
func (c *Composer) Target() fyne.Focusable { return c.entry }

// Send does what the button does: it calls OnSend if the text may be sent.
func (c *Composer) Send() {
	if c.sendable() && c.OnSend != nil {
		c.OnSend(c.entry.Text)
	}
}

// units is how WhatsApp counts the length of a text.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

func (c *Composer) over() int { return units(c.entry.Text) - c.most() }

func (c *Composer) sendable() bool {
	typed := strings.TrimSpace(c.entry.Text) != ""
	if c.noting {
		return c.reason == "" && c.over() <= 0 && typed
	}
	return c.reason == "" && c.over() <= 0 && c.load != LoadComing && (c.load == LoadReady || typed)
}

func (c *Composer) changed(text string) {
	c.measureText()
	c.Refresh()
	if c.quiet {
		return
	}
	slash := !c.noting && beganWithSlash(c.before, text)
	c.before = text
	if c.OnChanged != nil {
		c.OnChanged(text)
	}
	if slash && c.OnSlash != nil {
		c.OnSlash()
	}
}

// measureText counts the lines; another number of lines changes the height that
// the composer asks for, so its parent must lay out anew.
func (c *Composer) measureText() {
	width := c.Size().Width - 2*threadPad - 2*bubblePadX
	if width <= 0 {
		return
	}
	n := min(max(len(Wrap(c.entry.Text, width, Body)), composerMinLines), composerMaxLines)
	if n != c.lines {
		c.lines = n
		if c.OnGrow != nil {
			c.OnGrow()
		}
	}
}

// CreateRenderer implements fyne.Widget.
func (c *Composer) CreateRenderer() fyne.WidgetRenderer {
	objects := c.frame.objects()
	objects = append(objects, c.wrapped)
	objects = append(objects, c.cover.objects()...)
	objects = append(objects, c.alert.Image, c.message.box, c.counter.box, c.send, c.hintBox, c.saved.box, c.parts)
	return draw(c, c.measure, c.layout, c.paint, objects...)
}

// Where things stand: the frame, then the hints.
const (
	composerTextTop  float32 = 11 // from the frame's upper edge to the first line
	composerFoot     float32 = 43 // from the last line to the frame's lower edge
	composerHintGap  float32 = 4
	composerHintHigh float32 = 16
)

func (c *Composer) frameHeight() float32 {
	return c.trayHeight() + composerTextTop + float32(c.lines)*Body.Line() + look.Grow(composerFoot, 18)
}

func (c *Composer) measure() fyne.Size {
	return fyne.NewSize(200, c.frameHeight()+composerHintGap+look.Grow(composerHintHigh, 15)+threadBottom)
}

func (c *Composer) layout(size fyne.Size) {
	c.measureText()
	x, w, h := threadPad, size.Width-2*threadPad, c.frameHeight()
	c.frame.place(x, 0, w, h, look.RingWidth, look.RadiusLarge)

	pad := look.FieldPadding
	entryWide := w - 2*bubblePadX + 2*pad
	entryHigh := float32(c.lines)*Body.Line() + 2*pad
	top := c.layoutTray(x, w) + composerTextTop
	// A field begins its text a pixel further left and lower than a browser.
	box(c.wrapped, x+bubblePadX-pad+1, top-pad-1, entryWide, entryHigh)
	c.cover.place(x+bubblePadX-pad, top-pad-2, entryWide+2, entryHigh+2, 5)
	c.caretToEnd()

	send := c.send
	if c.showsInstead() {
		send = c.instead
	}
	high := send.MinSize()
	mid := h - 8 - high.Height/2
	right := x + w - 10 - high.Width
	box(send, right, px(mid-high.Height/2), high.Width, high.Height)
	c.counter.rightMid(right-12, mid+1)
	right -= 24 + c.counter.width()
	left := c.layoutTools(x+6, mid, right-x-6)
	c.alert.mid(left, mid)
	c.message.set(Cut(c.message.text, max(0, right-left-22), Small), c.message.token)
	c.message.mid(left+22, mid)
	c.layoutHints(size.Width, h+composerHintGap+look.Grow(composerHintHigh, 15)/2)
}

// layoutHints puts the hints in a row and leaves out from the right what has no
// room beside the note.
func (c *Composer) layoutHints(width, mid float32) {
	c.saved.rightMid(width-threadPad-4, mid+1)
	right := width - threadPad - 4 - c.saved.width() - 12
	x := threadPad + 4
	for i := range c.hints {
		ink, keys := c.hintInk[i], c.hintCap[i]
		end := x + ink.width() + 5 + keys.size().Width
		show(ink.box, end <= right)
		keys.setVisible(end <= right)
		ink.mid(x, mid+1)
		keys.place(px(x+ink.width()+5), px(mid-keys.size().Height/2))
		x = px(end + 10)
	}
}

func (c *Composer) paint() {
	ground, stroke := look.Surface, look.Border
	over := c.over()
	switch {
	case c.noting && over <= 0:
		ground, stroke = look.AccentSoft, look.Accent
	case c.reason != "":
		ground = look.Panel
	case over > 0:
		stroke = look.Error
	case c.focused:
		stroke = look.Focus
	}
	c.frame.paint(ground, stroke, look.RingWidth, look.RadiusLarge)
	c.cover.paint(ground, true)
	c.paintFoot(over)
	c.paintHints()
	c.saved.set(c.note, look.Text3)
}

func (c *Composer) paintFoot(over int) {
	icon, text, token := look.IconName(""), "", look.Text2
	switch {
	case c.reason != "":
		icon, text = look.IconLock, c.reason
	case over > 0:
		icon, text, token = look.IconAlert, c.words.Over(over), look.ErrorText
	}
	c.alert.set(icon, token)
	c.message.set(text, token)
	count := strconv.Itoa(units(c.entry.Text)) + " / " + strconv.Itoa(c.most())
	if over > 0 {
		c.counter.setFont(TinyBold)
		c.counter.set(count, look.ErrorText)
	} else {
		c.counter.setFont(Tiny)
		c.counter.set(count, c.counterToken())
	}
	show(c.counter.box, c.reason == "")
	c.paintTools()
	c.send.setOff(!c.sendable(), text)
}

func (c *Composer) paintHints() {
	for len(c.hintInk) < len(c.hints) {
		ink, keys := newInk(Tiny, look.Text3), newKeyCapMark("")
		c.hintInk, c.hintCap = append(c.hintInk, ink), append(c.hintCap, keys)
		c.hintBox.Objects = append(c.hintBox.Objects, ink.box)
		c.hintBox.Objects = append(c.hintBox.Objects, keys.objects()...)
	}
	for i, ink := range c.hintInk {
		show(ink.box, i < len(c.hints))
		c.hintCap[i].setVisible(i < len(c.hints))
		if i < len(c.hints) {
			ink.set(c.hints[i].Text, look.Text3)
			c.hintCap[i].keys = c.hints[i].Keys
			c.hintCap[i].paint()
		}
	}
}
