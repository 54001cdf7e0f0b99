package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// BannerKind is what a banner is about; it gives icon and colours.
type BannerKind uint8

// The kinds.
const (
	BannerOffline BannerKind = iota // neutral: typing works, messages wait
	BannerLocked                    // somebody else answers
	BannerClosed                    // the reply window has passed
	BannerRefused                   // the key was refused, the disk is full: a person must act
)

// Banner is the strip under the chat's header. There is one at a time: the app
// chooses the one that matters most.
type Banner struct {
	widget.BaseWidget
	kind    BannerKind
	text    string
	ground  *canvas.Rectangle
	glyph   iconImage
	label   *inkLine
	actions [2]*Link
}

// NewBanner makes an empty banner, 32 high. Hide it while there is nothing
// to say.
func NewBanner() *Banner {
	b := &Banner{ground: newRect(), glyph: newIcon(16), label: newInk(Small, look.Text2)}
	for i := range b.actions {
		b.actions[i] = newLink("", SmallBold, look.PrimaryText, nil)
		b.actions[i].steady = true
	}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes what the banner says. At most two actions are shown, the first at
// the left; words that do not fit are cut, the actions never are.
func (b *Banner) Set(kind BannerKind, text string, actions ...Action) {
	b.kind, b.text = kind, text
	_, word, _ := kind.look()
	if kind == BannerOffline {
		word = look.PrimaryText
	}
	for i, link := range b.actions {
		show(link, i < len(actions))
		if i < len(actions) {
			link.onTap = actions[i].Do
			link.set(actions[i].Text, word)
		}
	}
	b.Refresh()
}

// Text returns what the banner says.
func (b *Banner) Text() string { return b.text }

func (k BannerKind) look() (ground, text look.Token, icon look.IconName) {
	switch k {
	case BannerLocked:
		return look.InfoSoft, look.InfoText, look.IconLock
	case BannerClosed:
		return look.AccentSoft, look.AccentText, look.IconHourglass
	case BannerRefused:
		return look.ErrorSoft, look.ErrorText, look.IconUnplugged
	}
	return look.Fill, look.Text2, look.IconOffline
}

// CreateRenderer implements fyne.Widget.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer {
	return draw(func() fyne.Size { return fyne.NewSize(200, look.Grow(32, 16)) }, b.layout, b.paint,
		b.ground, b.glyph.Image, b.label.box, b.actions[0], b.actions[1])
}

func (b *Banner) layout(size fyne.Size) {
	box(b.ground, 0, 0, size.Width, size.Height)
	b.glyph.mid(11, size.Height/2)
	right := size.Width - 12
	for i := len(b.actions) - 1; i >= 0; i-- {
		a := b.actions[i]
		if !a.Visible() {
			continue
		}
		m := a.MinSize()
		box(a, right-m.Width, px((size.Height-m.Height)/2), m.Width, m.Height)
		right -= m.Width + 18
	}
	b.label.set(Cut(b.text, right-35, Small), b.label.token)
	b.label.mid(35, size.Height/2)
}

func (b *Banner) paint() {
	ground, text, icon := b.kind.look()
	fill(b.ground, ground, look.RadiusMedium)
	b.glyph.set(icon, text)
	b.label.set(b.text, text)
}

// WindowBar is the line under the chat's header that says how long free replies
// may be sent: words with one bold part, and what is left as a short meter.
type WindowBar struct {
	widget.BaseWidget
	before, bold, after string
	share               float32
	late                bool

	ground, line, track, bar *canvas.Rectangle
	glyph                    iconImage
	inks                     [3]*inkLine
}

// NewWindowBar makes an empty bar.
func NewWindowBar() *WindowBar {
	w := &WindowBar{
		ground: newRect(), line: newRect(), track: newRect(), bar: newRect(), glyph: newIcon(16),
		inks: [3]*inkLine{newInk(Small, look.Text2), newInk(SmallBold, look.Text), newInk(Small, look.Text2)},
	}
	w.ExtendBaseWidget(w)
	return w
}

// Set changes the words (each part with its own spaces) and the share of the
// window that is left, 0 to 1. late colours the meter as a warning.
func (w *WindowBar) Set(before, bold, after string, share float32, late bool) {
	w.before, w.bold, w.after = before, bold, after
	w.share, w.late = min(max(share, 0), 1), late
	w.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (w *WindowBar) CreateRenderer() fyne.WidgetRenderer {
	return draw(func() fyne.Size { return fyne.NewSize(200, look.Grow(32, 16)) }, w.layout, w.paint,
		w.ground, w.line, w.track, w.bar, w.glyph.Image, w.inks[0].box, w.inks[1].box, w.inks[2].box)
}

// The meter at the right; it goes first where there is no room for all.
const (
	meterWidth  = 72
	meterHeight = 6
	// meterFrom is the width from which the meter is shown.
	meterFrom = 580
)

func (w *WindowBar) layout(size fyne.Size) {
	box(w.ground, 0, 0, size.Width, size.Height)
	box(w.line, 0, size.Height-1, size.Width, 1)
	mid := size.Height / 2
	w.glyph.mid(15, mid)
	right := size.Width - 16
	metered := size.Width >= meterFrom
	show(w.track, metered)
	show(w.bar, metered)
	if metered {
		box(w.track, right-meterWidth, px(mid-meterHeight/2), meterWidth, meterHeight)
		box(w.bar, right-meterWidth, px(mid-meterHeight/2), max(meterHeight, px(meterWidth*w.share)), meterHeight)
		right -= meterWidth + 12
	}
	x := float32(38)
	for i, part := range []string{w.before, w.bold, w.after} {
		ink := w.inks[i]
		ink.set(Cut(part, max(0, right-x), ink.font), ink.token)
		ink.mid(x, mid)
		x += ink.width()
	}
}

func (w *WindowBar) paint() {
	fill(w.ground, look.Surface, 0)
	fill(w.line, look.Border, 0)
	fill(w.track, look.Fill, 3)
	meter, icon := look.Primary, look.PrimaryText
	if w.late {
		meter, icon = look.Warn, look.WarnText
	}
	fill(w.bar, meter, 3)
	w.glyph.set(look.IconHourglass, icon)
	for i, part := range []string{w.before, w.bold, w.after} {
		w.inks[i].set(part, w.inks[i].token)
	}
}
