package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// A mark is a small thing that stands inside other widgets or alone: chip, tag,
// badge, key cap, avatar. Inside it is a set of objects placed by its owner;
// alone it is wrapped by Mark.
type mark interface {
	objects() []fyne.CanvasObject
	paint()
	size() fyne.Size
	place(x, y float32)
}

// Mark is a mark as a widget of its own.
type Mark struct {
	widget.BaseWidget
	inner mark
}

func newMark(m mark) *Mark {
	w := &Mark{inner: m}
	w.ExtendBaseWidget(w)
	return w
}

// CreateRenderer implements fyne.Widget.
func (m *Mark) CreateRenderer() fyne.WidgetRenderer {
	return draw(m.inner.size, func(fyne.Size) { m.inner.place(0, 0) }, m.inner.paint, m.inner.objects()...)
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
	ToneQuiet
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

// Chip is a pill with an icon and bold small words: how long somebody waits,
// who holds the lock.
type Chip struct {
	*Mark
	chip *chip
}

// NewChip makes a chip 24 high, as in headers; those in rows are 20.
func NewChip() *Chip {
	c := newChipMark()
	c.tall = true
	return &Chip{newMark(c), c}
}

// Set changes what the chip says.
func (c *Chip) Set(tone Tone, icon look.IconName, text string) {
	c.chip.tone, c.chip.icon, c.chip.text = tone, icon, text
	c.Refresh()
}

type chip struct {
	tone   Tone
	icon   look.IconName
	text   string
	tall   bool
	ground *canvas.Rectangle
	glyph  iconImage
	label  *inkLine
}

func newChipMark() *chip {
	return &chip{ground: newRect(), glyph: newIcon(12), label: newInk(TinyBold, look.Text)}
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
	fill(c.ground, ground, c.size().Height/2)
	c.glyph.set(c.icon, text)
	c.label.set(c.text, text)
}

func (c *chip) place(x, y float32) {
	s := c.size()
	box(c.ground, x, y, s.Width, s.Height)
	text := x + 8
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

// Tag is a department's name with its dot, 18 high; with HueNone it has no dot.
type Tag struct {
	*Mark
	tag *tag
}

// NewTag makes an empty tag on Fill.
func NewTag() *Tag {
	t := newTagMark()
	return &Tag{newMark(t), t}
}

// Set changes name and colour of the dot.
func (t *Tag) Set(text string, hue Hue) {
	t.tag.text, t.tag.hue = text, hue
	t.Refresh()
}

// SetTinted colours the whole tag instead of a dot, as in the chat's header.
func (t *Tag) SetTinted(on bool) { t.tag.tinted = on; t.Refresh() }

type tag struct {
	text   string
	hue    Hue
	tinted bool
	raised bool // on a selected row: surface instead of fill
	ground *canvas.Rectangle
	dot    *canvas.Circle
	label  *inkLine
}

func newTagMark() *tag {
	return &tag{ground: newRect(), dot: &canvas.Circle{}, label: newInk(Tiny, look.Text2)}
}

func (t *tag) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{t.ground, t.dot, t.label.box}
}

func (t *tag) hasDot() bool { return t.hue != HueNone && !t.tinted }

func (t *tag) size() fyne.Size {
	w := float32(12) + px(Measure(t.text, Tiny))
	if t.hasDot() {
		w += 10
	}
	return fyne.NewSize(w, look.Grow(18, 15))
}

func (t *tag) paint() {
	ground, text := look.Fill, look.Text2
	if t.raised {
		ground = look.Surface
	}
	if t.tinted {
		ground, text = t.hue.soft()
	}
	fill(t.ground, ground, look.RadiusSmall)
	fillCircle(t.dot, t.hue.solid())
	show(t.dot, t.hasDot())
	t.label.set(t.text, text)
}

func (t *tag) place(x, y float32) {
	s := t.size()
	box(t.ground, x, y, s.Width, s.Height)
	text := x + 6
	if t.hasDot() {
		box(t.dot, text, px(y+s.Height/2-3), 6, 6)
		text += 10
	}
	t.label.mid(text, y+s.Height/2)
}

func (t *tag) setVisible(on bool) {
	show(t.ground, on)
	show(t.dot, on && t.hasDot())
	show(t.label.box, on)
}

// solid is the hue for dots and other graphics.
func (h Hue) solid() look.Token {
	return [...]look.Token{look.Text3, look.Info, look.Plum, look.Primary, look.Ok, look.Warn, look.Error, look.Accent}[h]
}

// soft is the hue as a ground with text on it.
func (h Hue) soft() (ground, text look.Token) {
	switch h {
	case HueInfo:
		return look.InfoSoft, look.InfoText
	case HuePlum:
		return look.PlumSoft, look.PlumText
	case HuePrimary:
		return look.PrimarySoft, look.PrimaryText
	case HueOk:
		return look.OkSoft, look.OkText
	case HueWarn:
		return look.WarnSoft, look.WarnText
	case HueError:
		return look.ErrorSoft, look.ErrorText
	case HueAccent:
		return look.AccentSoft, look.AccentText
	}
	return look.Fill, look.Text2
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

// KeyCap shows a shortcut as a small key: "Ctrl+K".
type KeyCap struct {
	*Mark
	cap *keyCap
}

// NewKeyCap makes a key cap.
func NewKeyCap(keys string) *KeyCap {
	c := newKeyCapMark(keys)
	return &KeyCap{newMark(c), c}
}

type keyCap struct {
	keys   string
	ground frame
	label  *inkLine
}

func newKeyCapMark(keys string) *keyCap {
	return &keyCap{keys: keys, ground: newFrame(), label: newInk(Tiny, look.Text2)}
}

func (k *keyCap) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{k.ground.outer, k.ground.inner, k.label.box}
}

func (k *keyCap) size() fyne.Size {
	return fyne.NewSize(max(18, px(Measure(k.keys, Tiny))+10), look.Grow(16, 15))
}

func (k *keyCap) paint() {
	k.ground.paint(look.Panel, look.Border, look.RadiusSmall)
	k.label.set(k.keys, look.Text2)
}

func (k *keyCap) place(x, y float32) {
	s := k.size()
	k.ground.place(x, y, s.Width, s.Height)
	k.label.centre(x+s.Width/2, y+s.Height/2)
}

func (k *keyCap) setVisible(on bool) {
	k.ground.setVisible(on)
	show(k.label.box, on)
}

// Person is what an avatar is drawn from.
type Person struct {
	Initials string // one or two letters
	Seed     uint64 // the same for the same person: chooses the colours
}

// Avatar is the round mark of a person.
type Avatar struct {
	*Mark
	avatar *avatar
}

// NewAvatar makes an avatar; diameter is 36 in rows and headers, 48 in panels.
func NewAvatar(diameter float32) *Avatar {
	a := newAvatarMark(diameter)
	return &Avatar{newMark(a), a}
}

// Set changes the person.
func (a *Avatar) Set(p Person) { a.avatar.person = p; a.Refresh() }

type avatar struct {
	person   Person
	diameter float32
	own      bool // one's own has colours of its own
	ground   *canvas.Circle
	label    *inkLine
}

func newAvatarMark(diameter float32) *avatar {
	f := BodyBold
	if diameter > 40 {
		f = Heading
	}
	return &avatar{diameter: diameter, ground: &canvas.Circle{}, label: newInk(f, look.Text)}
}

func (a *avatar) objects() []fyne.CanvasObject { return []fyne.CanvasObject{a.ground, a.label.box} }
func (a *avatar) size() fyne.Size              { return fyne.NewSquareSize(a.diameter) }

// avatarHues are the six pairs of the design guide, in its order.
var avatarHues = [...]Hue{HuePrimary, HuePlum, HueInfo, HueAccent, HueOk, HueNone}

func (a *avatar) paint() {
	ground, text := avatarHues[a.person.Seed%uint64(len(avatarHues))].soft()
	if a.own {
		ground, text = look.Me, look.OnMe
	}
	fillCircle(a.ground, ground)
	a.label.set(a.person.Initials, text)
}

func (a *avatar) place(x, y float32) {
	box(a.ground, x, y, a.diameter, a.diameter)
	a.label.centre(x+a.diameter/2, y+a.diameter/2)
}

func (a *avatar) setVisible(on bool) {
	show(a.ground, on)
	show(a.label.box, on)
}
