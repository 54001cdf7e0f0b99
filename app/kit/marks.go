package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// A mark is a small thing that stands inside widgets: chip, tag, badge, avatar.
// It is a set of objects which its owner paints and places.
type mark interface {
	objects() []fyne.CanvasObject
}

// Tone is what a chip says with its colour; its words say the same.
type Tone uint8

// The tones.
const (
	ToneNone  Tone = iota
	ToneOk         // waits less than 5 minutes
	ToneWarn       // 5 to 15 minutes, or the last minute of a lock
	ToneLate       // more than 15 minutes
	ToneMine       // a lock of one's own
	ToneOther      // a lock of somebody else
)

func (t Tone) colors() (ground, text look.Token) {
	switch t {
	case ToneOk:
		return look.OkSoft, look.OkText
	case ToneWarn:
		return look.WarnSoft, look.WarnText
	case ToneLate:
		return look.ErrorSoft, look.ErrorText
	case ToneMine:
		return look.PrimarySoft, look.PrimaryText
	case ToneOther:
		return look.InfoSoft, look.InfoText
	}
	return look.Fill, look.Text2
}

// chip is a pill with an icon and bold small words: how long somebody waits,
// who holds the lock.
type chip struct {
	tone   Tone
	hue    Hue // of a label, in place of the tone; HueNone: none
	icon   look.IconName
	text   string
	tall   bool // 24 high, as in headers; those in rows are 20
	ground *canvas.Rectangle
	glyph  iconImage
	label  *inkLine
}

func newChip() *chip {
	return &chip{ground: newRect(), glyph: newTextIcon(12), label: newInk(TinyBold, look.Text)}
}

func (c *chip) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{c.ground, c.glyph.Image, c.label.box}
}

func (c *chip) size() fyne.Size {
	w := float32(16) + px(Measure(c.text, TinyBold))
	if c.icon != "" {
		w += c.glyph.px + 4
	}
	h := look.Grow(20, 15)
	if c.tall {
		h = look.Grow(24, 15)
	}
	return fyne.NewSize(w, h)
}

func (c *chip) paint() {
	ground, text := c.tone.colors()
	if c.hue != HueNone {
		ground, text = c.hue.soft()
	}
	fill(c.ground, ground, c.size().Height/2)
	c.glyph.set(c.icon, text)
	c.label.set(c.text, text)
}

func (c *chip) place(x, y float32) { c.placeWide(x, y, c.size().Width) }

// placeWide is place with a width of its own; the words stand in the middle.
func (c *chip) placeWide(x, y, width float32) {
	s := c.size()
	free := px((width - s.Width) / 2)
	s.Width = width
	box(c.ground, x, y, s.Width, s.Height)
	text := x + 8 + free
	if c.icon != "" {
		c.glyph.mid(text, y+s.Height/2)
		text += c.glyph.px + 4
	}
	c.label.mid(text, y+s.Height/2)
}

func (c *chip) setVisible(on bool) {
	show(c.ground, on)
	show(c.label.box, on)
	show(c.glyph.Image, on && c.icon != "")
}

// badge is the round count of unread messages, 18 high and wider from two digits.
type badge struct {
	count  int
	ground *canvas.Rectangle
	label  *inkLine
}

func newBadge() *badge {
	return &badge{ground: newRect(), label: newInk(TinyBold, look.OnAccent)}
}

// badgeText keeps the badge short: past 99 the number does not matter any more.
func badgeText(n int) string {
	if n > 99 {
		return "99+"
	}
	return strconv.Itoa(n)
}

func (b *badge) objects() []fyne.CanvasObject { return []fyne.CanvasObject{b.ground, b.label.box} }

func (b *badge) size() fyne.Size {
	h := look.Grow(18, 15)
	return fyne.NewSize(max(h, px(Measure(badgeText(b.count), TinyBold))+10), h)
}

func (b *badge) paint() {
	fill(b.ground, look.Accent, b.size().Height/2)
	b.label.set(badgeText(b.count), look.OnAccent)
	show(b.ground, b.count > 0)
	show(b.label.box, b.count > 0)
}

func (b *badge) place(x, y float32) {
	s := b.size()
	box(b.ground, x, y, s.Width, s.Height)
	b.label.centre(x+s.Width/2, y+s.Height/2)
}

func (b *badge) setVisible(on bool) {
	show(b.ground, on && b.count > 0)
	show(b.label.box, on && b.count > 0)
}
