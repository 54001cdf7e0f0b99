package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// PickerWords are the texts of a picker that stay.
type PickerWords struct {
	Icon                                     look.IconName
	Title, For, Search, Reload, Cancel, Send string
}

// PickerRow is one thing to choose: a template, a chat. Without a Tag, and a Language, it
// has none.
type PickerRow struct {
	Name, Text string
	Tag        string
	Hue        Hue
	Language   string
	Reason     string // why it cannot be sent; empty: it can
}

// PickerView is what stands at the right for the chosen row.
type PickerView struct {
	Name    string
	Preview Message
	File    *FileSlot // for the file of its header; nil: it has none
	Fields  []*Field  // for its variables; the owner keeps them
	Hint    string
	Barred  string // why it cannot be sent now; empty: it can
}

// Picker offers a list at the left and the chosen thing, filled in, at the right.
type Picker struct {
	widget.BaseWidget
	OnChoose func(index int)
	// OnMove is told of a row that Up and Down lead to while the field to search in has the
	// keyboard; nil: they lead nowhere.
	OnMove   func(index int)
	OnSearch func(text string)
	OnSend   func()
	OnCancel func()
	OnReload func()
	// OnPicture is asked for the picture of a preview: Hooks.Picture.
	OnPicture func(source string, width, height float32, show func(image.Image))

	ground       frame
	head         *inkLine
	who          *inkLine
	sign         look.IconName
	icon         iconImage
	lines        [3]*Divider
	close        *IconButton
	search       *SearchField
	reload       *IconButton
	list         *fyne.Container
	rows         []*pickerLine
	current      int // of rows; -1: none
	scroll       *container.Scroll
	message      *paragraph
	name         *inkLine
	page         *canvas.Rectangle // behind the bubble, as the chat is
	bubble       *Bubble
	fields       *Stack
	fieldScroll  *container.Scroll
	hint         *paragraph
	cancel, send *Button
}

// Sizes of a picker (template-picker.png).
const (
	pickerWidth  float32 = 856
	pickerHeight float32 = 552
	pickerList   float32 = 360
	pickerHead   float32 = 48
	pickerFoot   float32 = 56
	pickerRow    float32 = 77
)

// NewPicker makes an empty picker.
func NewPicker(words PickerWords) *Picker {
	p := &Picker{
		ground: newFrame(), head: newInk(Heading, look.Text), who: newInk(Small, look.Text2), icon: newIcon(18),
		lines: [3]*Divider{NewDivider(), NewDivider(), NewDivider()}, search: NewSearchField(words.Search, ""),
		list: plainContainer(), message: newParagraph("", Small, look.Text2, pickerList-32),
		name: newInk(BodyBold, look.Text), page: newRect(), fields: NewStack(8),
		hint: newParagraph("", Tiny, look.Text2, 180),
	}
	p.bubble = NewBubble(Hooks{Picture: func(source string, width, height float32, show func(image.Image)) {
		if p.OnPicture != nil {
			p.OnPicture(source, width, height, show)
		}
	}})
	p.head.text, p.who.text, p.sign = words.Title, words.For, words.Icon
	p.close = NewIconButton(look.IconClose, words.Cancel+"  Esc", func() { call(p.OnCancel) })
	p.reload = NewIconButton(look.IconRetry, words.Reload, func() { call(p.OnReload) })
	p.cancel = NewButton(words.Cancel, Plain, func() { call(p.OnCancel) })
	p.send = NewButton(words.Send, Primary, func() { call(p.OnSend) })
	p.send.SetIcon(look.IconSend, false)
	p.search.OnChanged = func(text string) {
		if p.OnSearch != nil {
			p.OnSearch(text)
		}
	}
	own := p.search.entry.onKey
	p.search.entry.onKey = func(e *fyne.KeyEvent) bool { return p.key(e) || own(e) }
	p.scroll = container.NewVScroll(p.list)
	p.fieldScroll = container.NewVScroll(p.fields)
	p.list.Layout = pickerColumn{p}
	p.ExtendBaseWidget(p)
	return p
}

func call(f func()) {
	if f != nil {
		f()
	}
}

// key goes to the row above or below while the field to search in has the keyboard.
func (p *Picker) key(e *fyne.KeyEvent) bool {
	if e.Name != fyne.KeyUp && e.Name != fyne.KeyDown {
		return false
	}
	to, _ := stepped(e.Name, p.current, 0, 0)
	if to = max(0, to); to < len(p.Rows()) && p.OnMove != nil {
		p.OnMove(to)
		reveal(p.scroll, pickerRow*float32(to), pickerRow)
	}
	return true
}

// Target is what takes the focus first.
func (p *Picker) Target() fyne.Focusable { return p.search.Target() }

// File is the place for the file of the chosen row; nil where it needs none.
func (p *Picker) File() *FileSlot {
	for _, o := range p.fields.items {
		if f, ok := o.(*FileSlot); ok {
			return f
		}
	}
	return nil
}

// Send does what the button does.
func (p *Picker) Send() { p.send.Tapped(nil) }

// Pressed is what Layer.Pressed asks: Ctrl+Enter sends.
func (p *Picker) Pressed(c Chord) bool { return pressedSend(c, p.Send) }

// Tapped implements fyne.Tappable: a tap between its parts does not close it.
func (p *Picker) Tapped(*fyne.PointEvent) {}

// SetRows shows rows with the current one lit, -1 for none; message stands there
// where there are none.
func (p *Picker) SetRows(rows []PickerRow, current int, message string) {
	p.rows = reuse(p.list, p.rows, len(rows), func(i int) *pickerLine {
		return newPickerLine(func() {
			if p.OnChoose != nil {
				p.OnChoose(i)
			}
		})
	}, func(i int, line *pickerLine) { line.set(rows[i], i == current) })
	p.message.text, p.current = message, current
	p.list.Refresh()
	p.Refresh()
}

// Rows are those shown.
func (p *Picker) Rows() []PickerRow {
	var all []PickerRow
	for _, line := range p.rows {
		if line.Visible() {
			all = append(all, line.data)
		}
	}
	return all
}

// Fields are those of the chosen row.
func (p *Picker) Fields() []*Field {
	var all []*Field
	for _, o := range p.fields.items {
		if f, ok := o.(*Field); ok {
			all = append(all, f)
		}
	}
	return all
}

// SetView shows the chosen row.
func (p *Picker) SetView(v PickerView) {
	p.name.text, p.name.x = v.Name, nil
	show(p.bubble, v.Name != "")
	if v.Name != "" {
		p.bubble.Set(v.Preview, pickerWidth-pickerList-32-24+bubbleMargin)
	}
	fields := make([]fyne.CanvasObject, 0, len(v.Fields)+1)
	if v.File != nil {
		fields = append(fields, v.File)
	}
	for _, f := range v.Fields {
		fields = append(fields, f)
	}
	p.fields = NewStack(8, fields...)
	p.fieldScroll.Content = p.fields
	p.fieldScroll.Refresh()
	p.hint.text = v.Hint
	p.send.setOff(v.Name == "" || v.Barred != "", v.Barred)
	p.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (p *Picker) CreateRenderer() fyne.WidgetRenderer {
	return draw(p, func() fyne.Size { return fyne.NewSize(pickerWidth, pickerHeight) }, p.layout, p.paint,
		p.ground.outer, p.ground.inner, p.icon.Image, p.head.box, p.who.box, p.close, p.lines[0], p.lines[1], p.lines[2],
		p.search, p.reload, p.scroll, p.message, p.name.box, p.page, p.bubble, p.fieldScroll, p.hint, p.cancel, p.send)
}

func (p *Picker) paint() {
	p.ground.paint(look.Surface, look.Control, look.RadiusLarge)
	p.icon.set(p.sign, look.Primary)
	p.head.set(p.head.text, look.Text)
	p.who.set(p.who.text, look.Text2)
	p.name.set(p.name.text, look.Text)
	show(p.message, p.message.text != "")
	p.message.Refresh()
	p.hint.Refresh()
	fill(p.page, look.Bg, look.RadiusMedium)
	show(p.page, p.bubble.Visible())
}

func (p *Picker) layout(size fyne.Size) {
	p.ground.place(0, 0, size.Width, size.Height)
	mid := pickerHead / 2
	p.icon.mid(16, mid)
	p.head.mid(42, mid)
	p.who.mid(42+p.head.width()+10, mid+1)
	side := p.close.MinSize()
	box(p.close, size.Width-side.Width-8, px(mid-side.Height/2), side.Width, side.Height)
	box(p.lines[0], 1, pickerHead, size.Width-2, 1)
	box(p.lines[1], pickerList, pickerHead, 1, size.Height-pickerHead-1)
	box(p.search, 14, pickerHead+12, pickerList-28-side.Width-4, p.search.MinSize().Height)
	box(p.reload, pickerList-14-side.Width, pickerHead+12, side.Width, side.Height)
	top := pickerHead + 56
	box(p.scroll, 1, top, pickerList-1, size.Height-top-8)
	box(p.message, 16, top+12, pickerList-32, p.message.MinSize().Height)

	left, width := pickerList+16, size.Width-pickerList-32
	p.name.at(left, pickerHead+16)
	y := pickerHead + 46
	bubble := p.bubble.MinSize()
	high := float32(0)
	if p.bubble.Visible() {
		high = bubble.Height + 24
	}
	box(p.page, left, y, width, high)
	box(p.bubble, left+width-12-bubble.Width, y+12, bubble.Width, bubble.Height)
	y += high + 12
	foot := size.Height - pickerFoot
	box(p.fieldScroll, left, y, width, max(0, foot-y-8))
	p.fields.Fit(width)
	box(p.lines[2], pickerList, foot, size.Width-pickerList-1, 1)
	box(p.hint, left, foot+px((pickerFoot-p.hint.MinSize().Height)/2), 180, p.hint.MinSize().Height)
	send, cancel := p.send.MinSize(), p.cancel.MinSize()
	right := size.Width - 16 - send.Width
	box(p.send, right, foot+12, send.Width, send.Height)
	box(p.cancel, right-8-cancel.Width, foot+12, cancel.Width, cancel.Height)
}

// pickerColumn lays the rows one below the other.
type pickerColumn struct{ picker *Picker }

func (c pickerColumn) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, pickerRow*float32(len(c.picker.Rows())))
}

func (c pickerColumn) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	for i, line := range c.picker.rows {
		box(line, 0, pickerRow*float32(i), size.Width, pickerRow)
	}
}

// pickerLine is one row of a picker.
type pickerLine struct {
	press
	data          PickerRow
	lit           bool
	ground        *Ground
	strip         *Ground
	name          *inkLine
	text          *inkLine
	tag, language *tag
	lock          iconImage
	reasonInk     *inkLine
	divider       *Divider
}

func newPickerLine(onTap func()) *pickerLine {
	l := &pickerLine{
		ground: NewGround(look.Surface), strip: NewGround(look.Primary), name: newInk(BodyBold, look.Text), text: newInk(Small, look.Text2),
		tag: newTag(), language: newTag(), lock: newIcon(12), reasonInk: newInk(Tiny, look.AccentText), divider: NewDivider(),
	}
	l.tag.tinted = true
	l.extend(l, onTap)
	return l
}

func (l *pickerLine) set(data PickerRow, lit bool) {
	l.data, l.lit = data, lit
	l.Refresh()
}

func (l *pickerLine) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{l.ground, l.strip, l.name.box, l.text.box}
	objects = append(objects, l.tag.objects()...)
	objects = append(objects, l.language.objects()...)
	objects = append(objects, l.lock.Image, l.reasonInk.box, l.divider)
	return draw(l, func() fyne.Size { return fyne.NewSize(120, pickerRow) }, l.layout, l.paint, objects...)
}

func (l *pickerLine) paint() {
	l.ground.token = look.Surface
	switch {
	case l.lit:
		l.ground.token = look.PrimarySoft
	case l.hovered || l.focused:
		l.ground.token = look.Hover
	}
	l.ground.Refresh()
	show(l.strip, l.lit)
	name := look.Text
	if l.data.Reason != "" {
		name = look.Text3
	}
	l.name.set(l.data.Name, name)
	l.text.set(l.data.Text, look.Text2)
	l.tag.text, l.tag.hue = l.data.Tag, l.data.Hue
	l.language.text = l.data.Language
	l.tag.paint()
	l.language.paint()
	l.tag.setVisible(l.data.Tag != "")
	l.language.setVisible(l.data.Language != "")
	lock := look.IconName("")
	if l.data.Reason != "" {
		lock = look.IconLock
	}
	l.lock.set(lock, look.AccentText)
	l.reasonInk.set(l.data.Reason, look.AccentText)
}

func (l *pickerLine) layout(size fyne.Size) {
	box(l.ground, 0, 0, size.Width, size.Height)
	box(l.strip, 0, 0, 3, size.Height)
	box(l.divider, 0, size.Height-1, size.Width, 1)
	l.name.set(Cut(l.data.Name, size.Width-28, BodyBold), l.name.token)
	l.name.at(14, 10)
	l.text.set(Cut(l.data.Text, size.Width-28, Small), look.Text2)
	l.text.at(14, 30)
	l.tag.place(14, 50)
	l.language.place(14+l.tag.size().Width+6, 50)
	room := size.Width - 14 - (14 + l.tag.size().Width + 6 + l.language.size().Width + 22)
	l.reasonInk.set(Cut(l.data.Reason, room, Tiny), look.AccentText)
	l.reasonInk.rightMid(size.Width-14, 59)
	l.lock.mid(size.Width-14-l.reasonInk.width()-16, 59)
}
