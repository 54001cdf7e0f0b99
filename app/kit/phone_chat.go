package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Measures of a bubble on a phone.
const (
	phoneBubble  float32 = 208 // its most
	phoneTextPad float32 = 9
	phoneTextTop float32 = 5
	phoneGap     float32 = 6
	phoneThumb   float32 = 104 // the height of a picture
)

// phoneChat is the column of messages of a phone.
type phoneChat struct {
	widget.BaseWidget
	hooks   Hooks
	bubbles []*phoneBubbleView
	count   int
	column  *fyne.Container
}

func newPhoneChat(h Hooks) *phoneChat {
	c := &phoneChat{hooks: h, column: plainContainer()}
	c.ExtendBaseWidget(c)
	return c
}

func (c *phoneChat) set(messages []PhoneMessage) {
	c.count = len(messages)
	for len(c.bubbles) < c.count {
		b := newPhoneBubble(c.hooks)
		c.bubbles = append(c.bubbles, b)
		c.column.Objects = append(c.column.Objects, b)
	}
	for i, b := range c.bubbles {
		show(b, i < c.count)
		if i < c.count {
			b.set(messages[i])
		}
	}
}

func (c *phoneChat) CreateRenderer() fyne.WidgetRenderer {
	return draw(c, c.measure, c.layout, func() {
		for _, b := range c.bubbles[:c.count] {
			b.Refresh()
		}
	}, c.column)
}

func (c *phoneChat) measure() fyne.Size {
	h := phonePad
	for _, b := range c.bubbles[:c.count] {
		h += b.MinSize().Height + phoneGap
	}
	return fyne.NewSize(0, h)
}

func (c *phoneChat) layout(size fyne.Size) {
	y := phonePad
	for _, b := range c.bubbles[:c.count] {
		m := b.MinSize()
		x := phonePad
		if !b.data.Shop {
			x = size.Width - phonePad - m.Width
		}
		box(b, x, y, m.Width, m.Height)
		y += m.Height + phoneGap
	}
}

// phoneBubbleView draws one message of a phone.
type phoneBubbleView struct {
	widget.BaseWidget
	data    PhoneMessage
	ground  *canvas.Rectangle
	thumb   *canvas.Rectangle
	sign    iconImage
	photo   *photo
	marks   *grounds
	text    *fyne.Container
	inks    []*inkLine
	time    *inkLine
	row     *fyne.Container
	buttons []*phoneButtonView
}

func newPhoneBubble(h Hooks) *phoneBubbleView {
	b := &phoneBubbleView{
		ground: newRect(), thumb: newRect(), sign: newIcon(24), photo: newPhoto(h),
		marks: newGrounds(), text: plainContainer(), time: newInk(Tiny, look.Text3), row: plainContainer(),
	}
	b.photo.arrived = b.Refresh
	b.ExtendBaseWidget(b)
	return b
}

func (b *phoneBubbleView) set(data PhoneMessage) {
	b.data = data
	for len(b.buttons) < len(data.Buttons) {
		v := newPhoneButton()
		b.buttons = append(b.buttons, v)
		b.row.Objects = append(b.row.Objects, v)
	}
	for i, v := range b.buttons {
		show(v, i < len(data.Buttons))
		if i < len(data.Buttons) {
			v.set(data.Buttons[i])
		}
	}
}

func (b *phoneBubbleView) CreateRenderer() fyne.WidgetRenderer {
	return draw(b, func() fyne.Size {
		s := b.shape()
		return fyne.NewSize(s.width, s.height)
	}, b.layout, b.paint, b.ground, b.thumb, b.sign.Image, b.photo.image, b.marks.box, b.text, b.time.box, b.row)
}

// phoneShape is where the parts of a bubble stand.
type phoneShape struct {
	lines         []string
	inline        bool // the time stands behind the last line
	textTop       float32
	rowTop        float32 // of the first button
	width, height float32
}

func (b *phoneBubbleView) shape() phoneShape {
	m := b.data
	s := phoneShape{textTop: phoneTextTop}
	if m.Text != "" {
		s.lines = Wrap(m.Text, phoneBubble-2*phoneTextPad, Small)
	}
	if m.Picture {
		s.textTop += phoneThumb
	}
	last := float32(0)
	for i, line := range s.lines {
		w := ceil(Measure(line, Small))
		s.width = max(s.width, w)
		if i == len(s.lines)-1 {
			last = w
		}
	}
	timeWide := ceil(Measure(m.Time, Tiny))
	end := last + 5 + timeWide
	s.inline = len(m.Buttons) == 0 && len(s.lines) > 0 && end <= phoneBubble-2*phoneTextPad
	if s.inline {
		s.width = max(s.width, end)
	}
	s.width = max(s.width, timeWide) + 2*phoneTextPad
	if m.Picture || len(m.Buttons) > 0 {
		s.width = phoneBubble
	}
	s.height = s.textTop + float32(len(s.lines))*Small.Line()
	if !s.inline {
		s.height += Tiny.Line()
	}
	s.height += phoneTextTop
	s.rowTop = s.height
	s.height += float32(len(m.Buttons)) * phoneButtonHeight()
	return s
}

func (b *phoneBubbleView) layout(fyne.Size) {
	s := b.shape()
	box(b.ground, 0, 0, s.width, s.height)
	if b.data.Picture {
		const inset = 3
		x, y, w, h := float32(inset), float32(inset), s.width-2*inset, phoneThumb-inset
		box(b.thumb, x, y, w, h)
		b.sign.mid(x+(w-b.sign.px)/2, y+h/2)
		b.photo.show(b.data.Source, x, y, w, h)
	}
	for i, ink := range b.inks { // as painted: Fyne lays out before, at another text size
		ink.at(phoneTextPad, s.textTop+float32(i)*Small.Line())
	}
	b.marks.place(underLines(b.data.Text, b.data.Marks, s.lines, Small, phoneTextPad, s.textTop))
	y := s.rowTop - phoneTextTop - Tiny.Line()/2
	if s.inline {
		y = s.textTop + (float32(len(s.lines))-0.5)*Small.Line() + 1
	}
	b.time.rightMid(s.width-phoneTextPad, y)
	for i := range b.data.Buttons {
		box(b.buttons[i], 0, s.rowTop+float32(i)*phoneButtonHeight(), s.width, phoneButtonHeight())
	}
}

func (b *phoneBubbleView) paint() {
	ground := look.PrimarySoft
	if b.data.Shop {
		ground = look.Surface
	}
	fill(b.ground, ground, look.RadiusLarge)
	if b.data.Shop {
		b.ground.BottomRightCornerRadius = 0
	} else {
		b.ground.BottomRightCornerRadius = look.RadiusSmall
	}
	fill(b.thumb, look.Fill, look.RadiusMedium)
	show(b.thumb, b.data.Picture)
	if !b.data.Picture || b.data.Source == "" {
		b.photo.source = ""
		show(b.photo.image, false)
	}
	sign := look.IconName("")
	if b.data.Picture && !b.photo.image.Visible() {
		sign = look.IconPicture
	}
	b.sign.set(sign, look.Text3)
	b.inks = setLines(b.text, b.inks, b.shape().lines, Small, look.Text)
	b.time.set(b.data.Time, look.Text3)
	for i, v := range b.buttons {
		if i < len(b.data.Buttons) {
			v.Refresh()
		}
	}
}

// phoneButtonView is a button under a message of a phone: a line over it, an arrow
// and its title.
type phoneButtonView struct {
	press
	data        PhoneButton
	line, light *canvas.Rectangle
	ring        *canvas.Rectangle
	glyph       iconImage
	label       *inkLine
}

func newPhoneButton() *phoneButtonView {
	v := &phoneButtonView{line: newRect(), light: newRect(), ring: newRect(), glyph: newIcon(12), label: newInk(SmallBold, look.PrimaryText)}
	v.extend(v, func() { call(v.data.Do) })
	return v
}

func phoneButtonHeight() float32 { return look.Grow(29, 16) }

func (v *phoneButtonView) set(data PhoneButton) {
	v.data = data
	v.tip = data.Tip
	v.off = data.Do == nil
}

func (v *phoneButtonView) CreateRenderer() fyne.WidgetRenderer {
	return draw(v, func() fyne.Size { return fyne.NewSize(0, phoneButtonHeight()) }, v.layout, v.paint,
		v.line, v.light, v.glyph.Image, v.label.box, v.ring)
}

func (v *phoneButtonView) layout(size fyne.Size) {
	box(v.line, 0, 0, size.Width, look.Hairline)
	box(v.light, 2, 3, size.Width-4, size.Height-5)
	box(v.ring, 2, 3, size.Width-4, size.Height-5)
	const gap = 8
	room := size.Width - 2*phoneTextPad - v.glyph.px - gap
	v.label.set(Cut(v.data.Title, room, SmallBold), look.PrimaryText)
	x := px((size.Width - v.label.width() - v.glyph.px - gap) / 2)
	mid := px(size.Height/2) + 1
	v.glyph.mid(x, mid)
	v.label.mid(x+v.glyph.px+gap, mid)
}

func (v *phoneButtonView) paint() {
	fill(v.line, look.Border, 0)
	fill(v.light, look.Hover, look.RadiusMedium)
	show(v.light, (v.hovered || v.down) && !v.idle())
	paintRing(v.ring, look.Focus, look.RadiusMedium)
	show(v.ring, v.focused)
	v.glyph.set(v.data.Icon, look.PrimaryText)
	v.label.set(v.label.text, look.PrimaryText)
}
