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
	BannerSame                      // two look like one person
)

// Banner is the strip under the chat's header. There is one at a time: the app
// chooses the one that matters most.
type Banner struct {
	widget.BaseWidget
	kind    BannerKind
	text    string
	width   float32 // that Fit was given; 0: not yet
	ground  *canvas.Rectangle
	glyph   iconImage
	box     *fyne.Container
	inks    []*inkLine
	actions [2]*Link
}

// NewBanner makes an empty banner, 32 high where its words are one line. Hide it
// while there is nothing to say.
func NewBanner() *Banner {
	b := &Banner{ground: newRect(), glyph: newIcon(16), box: plainContainer()}
	for i := range b.actions {
		b.actions[i] = newLink("", SmallBold, look.PrimaryText, nil)
		b.actions[i].steady = true
	}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes what the banner says; the owner fits it anew. At most two actions are
// shown, the first at the left; words that have no room before them take a second
// line.
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
	case BannerSame:
		return look.AccentSoft, look.AccentText, look.IconPeople
	case BannerRefused:
		return look.ErrorSoft, look.ErrorText, look.IconUnplugged
	}
	return look.Fill, look.Text2, look.IconOffline
}

// Fit implements Fitting.
func (b *Banner) Fit(width float32) {
	if b.width != width {
		b.width = width
		b.Refresh()
	}
}

// Where the words of a banner begin, what is left free at its end, and the room
// before each action.
const (
	bannerIndent float32 = 35
	bannerPad    float32 = 12
	bannerGap    float32 = 18
)

// lines are the words for the width of Fit.
func (b *Banner) lines() []string {
	if b.width == 0 {
		return []string{b.text}
	}
	room := b.width - bannerIndent - bannerPad
	for _, a := range b.actions {
		if a.Visible() {
			room -= a.MinSize().Width + bannerGap
		}
	}
	return Wrap(b.text, room, Small)
}

// CreateRenderer implements fyne.Widget.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer {
	return draw(b, b.measure, b.layout, b.paint, b.ground, b.glyph.Image, b.box, b.actions[0], b.actions[1])
}

func (b *Banner) measure() fyne.Size {
	return fyne.NewSize(200, look.Grow(32, 16)+Small.Line()*float32(len(b.lines())-1))
}

func (b *Banner) layout(size fyne.Size) {
	box(b.ground, 0, 0, size.Width, size.Height)
	mid := size.Height / 2
	b.glyph.mid(11, mid)
	placeRight(b.actions[:], size.Width-bannerPad, mid, bannerGap)
	n := min(len(b.lines()), len(b.inks)) // Fyne lays out at another text size before it paints
	for i := range n {
		b.inks[i].mid(bannerIndent, mid+(float32(i)-float32(n-1)/2)*Small.Line())
	}
}

func (b *Banner) paint() {
	ground, text, icon := b.kind.look()
	fill(b.ground, ground, look.RadiusMedium)
	b.glyph.set(icon, text)
	b.inks = setLines(b.box, b.inks, b.lines(), Small, text)
}

// WindowBar is the line under the chat's header that says how long free replies
// may be sent: words with one bold part, and what is left as a short meter. Where
// there is no room for all, the meter goes first, and then the words behind the
// bold part: whole, since half a price says another one.
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
	return draw(w, func() fyne.Size { return fyne.NewSize(200, look.Grow(32, 16)) }, w.layout, w.paint,
		w.ground, w.line, w.track, w.bar, w.glyph.Image, w.inks[0].box, w.inks[1].box, w.inks[2].box)
}

const (
	meterWidth  float32 = 72
	meterHeight float32 = 6
	meterGap    float32 = 12 // before the meter
	barIndent   float32 = 38 // of the words
	barPad      float32 = 16
)

// parts are the words that have room before right.
func (w *WindowBar) parts(right float32) []string {
	all := []string{w.before, w.bold, w.after}
	if w.end(all) > right {
		all[2] = ""
	}
	return all
}

// end is where words end.
func (w *WindowBar) end(parts []string) float32 {
	x := barIndent
	for i, part := range parts {
		x += ceil(Measure(part, w.inks[i].font))
	}
	return x
}

func (w *WindowBar) layout(size fyne.Size) {
	box(w.ground, 0, 0, size.Width, size.Height)
	box(w.line, 0, size.Height-1, size.Width, 1)
	mid := size.Height / 2
	w.glyph.mid(15, mid)
	right := size.Width - barPad
	parts := w.parts(right)
	metered := w.end(parts) <= right-meterWidth-meterGap
	show(w.track, metered)
	show(w.bar, metered)
	if metered {
		box(w.track, right-meterWidth, px(mid-meterHeight/2), meterWidth, meterHeight)
		box(w.bar, right-meterWidth, px(mid-meterHeight/2), max(meterHeight, px(meterWidth*w.share)), meterHeight)
	}
	x := barIndent
	for i, part := range parts {
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
