package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// SheetWords are the texts of a sheet that stay.
type SheetWords struct {
	Icon                     look.IconName
	Title, For, Cancel, Send string
	SendKeys                 string        // behind Send in its tooltip
	SendIcon                 look.IconName // empty: that of sending
}

// Sheet is a small form over the chat: a head, fields, and a foot with what it
// promises, Cancel and one button. Its content scrolls where it has no room.
type Sheet struct {
	widget.BaseWidget
	OnSend   func()
	OnCancel func()

	size         fyne.Size
	ground       frame
	floor        *Ground // under the foot
	icon         iconImage
	head, who    *inkLine
	words        SheetWords
	lines        [2]*Divider
	close        *IconButton
	content      Fitting
	scroll       *container.Scroll
	hint         *paragraph
	cancel, send *Button
	other        *Button // left of cancel; nil: none
}

// Sizes of a sheet (design guide B: dialog).
const (
	sheetHead float32 = 48
	sheetFoot float32 = 56
	sheetPad  float32 = 16
)

// NewSheet makes a sheet of a size over content.
func NewSheet(words SheetWords, size fyne.Size, content Fitting) *Sheet {
	s := &Sheet{
		words: words, size: size, content: content, ground: newFrame(), floor: NewGround(look.Panel), icon: newIcon(18),
		head: newInk(Heading, look.Text), who: newInk(Small, look.Text2), lines: [2]*Divider{NewDivider(), NewDivider()},
		hint: newParagraph("", Tiny, look.Text2, 0),
	}
	s.close = NewIconButton(look.IconClose, words.Cancel+"  Esc", func() { call(s.OnCancel) })
	s.cancel = NewButton(words.Cancel, Plain, func() { call(s.OnCancel) })
	s.send = NewButton(words.Send, Primary, func() { call(s.OnSend) })
	if words.SendIcon == "" {
		words.SendIcon = look.IconSend
	}
	s.send.SetIcon(words.SendIcon, true)
	s.send.SetTip(words.Send + "  " + words.SendKeys)
	s.scroll = container.NewVScroll(container.New(sheetColumn{content}, content))
	s.ExtendBaseWidget(s)
	return s
}

// Set says what the foot promises, or why nothing can be sent: barred is empty
// where it can. It lays out anew: fields may have grown.
func (s *Sheet) Set(hint, barred string) {
	s.hint.text = hint
	if barred != "" {
		s.hint.text = barred
	}
	s.send.setOff(barred != "", barred)
	s.Refresh()
}

// Barred is why nothing can be sent; empty where it can.
func (s *Sheet) Barred() string { return s.send.reason }

// SetOther puts one more button before Cancel. It is called before the sheet is shown.
func (s *Sheet) SetOther(b *Button) { s.other = b }

// Target is where the keyboard begins in a sheet without fields.
func (s *Sheet) Target() fyne.Focusable { return s.cancel }

// Send does what the button does.
func (s *Sheet) Send() { s.send.Tapped(nil) }

// Pressed is what Layer.Pressed asks: Ctrl+Enter sends.
func (s *Sheet) Pressed(c Chord) bool { return pressedSend(c, s.Send) }

// pressedSend sends for Ctrl+Enter and reports whether the chord was that.
func pressedSend(c Chord, send func()) bool {
	if c.Mod != fyne.KeyModifierShortcutDefault || c.Key != fyne.KeyReturn && c.Key != fyne.KeyEnter {
		return false
	}
	send()
	return true
}

// SetContent puts other fields into the sheet.
func (s *Sheet) SetContent(content Fitting) {
	s.content = content
	s.scroll.Content = container.New(sheetColumn{content}, content)
	s.Refresh()
}

// Reveal scrolls as little as needed to show an object of the content whole: the
// keyboard came to it.
func (s *Sheet) Reveal(o fyne.CanvasObject) {
	d := fyne.CurrentApp().Driver()
	top := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(s.scroll.Content).Y
	to := s.scroll.Offset.Y
	if end := top + o.Size().Height + sheetAir - s.scroll.Size().Height; end > to {
		to = end
	}
	if top-sheetAir < to {
		to = max(0, top-sheetAir)
	}
	s.scroll.ScrollToOffset(fyne.NewPos(0, to))
}

// ScrollToEnd shows the end of the content: what was added last.
func (s *Sheet) ScrollToEnd() { s.scroll.ScrollToBottom() }

// Tapped implements fyne.Tappable: a tap between its parts does not close it.
func (s *Sheet) Tapped(*fyne.PointEvent) {}

// CreateRenderer implements fyne.Widget.
func (s *Sheet) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{
		s.ground.outer, s.ground.inner, s.floor, s.icon.Image, s.head.box, s.who.box, s.close, s.lines[0], s.lines[1],
		s.scroll, s.hint,
	}
	if s.other != nil {
		objects = append(objects, s.other)
	}
	return draw(s, func() fyne.Size { return s.size }, s.layout, s.paint, append(objects, s.cancel, s.send)...)
}

func (s *Sheet) paint() {
	s.ground.paint(look.Surface, look.Control, look.RadiusLarge)
	s.icon.set(s.words.Icon, look.Primary)
	s.head.set(s.words.Title, look.Text)
	s.who.set(s.words.For, look.Text2)
}

func (s *Sheet) layout(size fyne.Size) {
	s.ground.place(0, 0, size.Width, size.Height)
	mid := sheetHead / 2
	s.icon.mid(sheetPad, mid)
	s.head.mid(42, mid)
	left := 42 + s.head.width() + 10
	side := s.close.MinSize()
	end := size.Width - side.Width - 8
	s.who.set(Cut(s.words.For, max(0, end-left-8), Small), look.Text2)
	s.who.mid(left, mid+1)
	box(s.close, end, px(mid-side.Height/2), side.Width, side.Height)
	box(s.lines[0], 1, sheetHead, size.Width-2, 1)

	foot := size.Height - sheetFoot
	s.content.Fit(size.Width - 2*sheetPad)
	box(s.scroll, 1, sheetHead+1, size.Width-2, foot-sheetHead-1)
	s.scroll.Refresh()

	box(s.floor, 1, foot, size.Width-2, sheetFoot-look.RadiusLarge)
	box(s.lines[1], 1, foot, size.Width-2, 1)
	send, cancel := s.send.MinSize(), s.cancel.MinSize()
	right := size.Width - sheetPad - send.Width
	box(s.send, right, foot+px((sheetFoot-send.Height)/2), send.Width, send.Height)
	right -= 8 + cancel.Width
	box(s.cancel, right, foot+px((sheetFoot-cancel.Height)/2), cancel.Width, cancel.Height)
	if s.other != nil {
		other := s.other.MinSize()
		right -= 8 + other.Width
		box(s.other, right, foot+px((sheetFoot-other.Height)/2), other.Width, other.Height)
	}
	s.hint.width = right - sheetPad - 12
	s.hint.Refresh()
	high := s.hint.MinSize().Height
	box(s.hint, sheetPad, foot+px((sheetFoot-high)/2), s.hint.width, high)
}

// sheetColumn keeps a content away from the edges of its sheet, and so from the
// bar at the right.
type sheetColumn struct{ content Fitting }

const sheetAir float32 = 12 // over and under the content

func (c sheetColumn) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, c.content.MinSize().Height+2*sheetAir)
}

func (c sheetColumn) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	width := size.Width - 2*(sheetPad-1)
	box(c.content, sheetPad-1, sheetAir, width, fitted(c.content, width))
}
