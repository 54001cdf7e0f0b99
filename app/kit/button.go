package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// Importance is how loud a button is. There is one Primary for each pane.
type Importance uint8

// The importances.
const (
	Plain Importance = iota // surface with an edge
	Soft
	Primary
)

// Button is a push button with a bold word and, if wanted, an icon on either
// side. It grows with its text and is never cut.
type Button struct {
	press
	importance Importance
	text       string
	icon       look.IconName
	iconAfter  bool
	small      bool
	keys       string  // shown behind the word; empty: none
	minWidth   float32 // what it measured when it became busy, kept while busy

	ring, band *canvas.Rectangle
	ground     frame
	label      *inkLine
	cap        *inkLine
	glyph      iconImage
}

// NewButton makes a button that calls onTap.
func NewButton(text string, importance Importance, onTap func()) *Button {
	b := &Button{
		importance: importance, text: text,
		ring: newRect(), ground: newFrame(), band: newRect(),
		label: newInk(BodyBold, look.Text), cap: newInk(Tiny, look.Text), glyph: newIcon(16),
	}
	b.extend(b, onTap)
	return b
}

// SetKeys shows a shortcut behind the word, where there is no icon.
func (b *Button) SetKeys(keys string) { b.keys = keys; b.Refresh() }

// SetText changes the word on the button.
func (b *Button) SetText(text string) { b.text = text; b.Refresh() }

// SetIcon puts an icon before the word, or behind it; an empty name removes it.
func (b *Button) SetIcon(name look.IconName, after bool) {
	b.icon, b.iconAfter = name, after
	b.Refresh()
}

// SetSmall makes it 28 high with a smaller word, as in bubbles and lists.
func (b *Button) SetSmall(small bool) {
	b.small = small
	b.label.setFont(BodyBold)
	if small {
		b.label.setFont(SmallBold)
	}
	b.Refresh()
}

// SetBusy shows that its work is being done: a loader instead of the icon, no
// taps. The button does not become narrower meanwhile.
func (b *Button) SetBusy(busy bool) {
	if busy == b.busy {
		return
	}
	if busy {
		b.minWidth = b.MinSize().Width
	} else {
		b.minWidth = 0
	}
	b.busy = busy
	b.Refresh()
}

// IsBusy reports whether its work is being done.
func (b *Button) IsBusy() bool { return b.busy }

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	return draw(b, b.measure, b.layout, b.paint, b.ring, b.ground.outer, b.ground.inner, b.band, b.label.box, b.cap.box, b.glyph.Image)
}

func (b *Button) shownIcon() look.IconName {
	if b.busy {
		return look.IconLoader
	}
	return b.icon
}

// padding beside the text and between icon and text, where there is one.
func (b *Button) padding() (side, gap float32) {
	side, gap = 13, 6
	if b.small {
		side = 10
	}
	if b.text == "" {
		gap = 0
	}
	return side, gap
}

func (b *Button) measure() fyne.Size {
	side, gap := b.padding()
	w := ceil(Measure(b.text, b.label.font)) + 2*side
	if b.shownIcon() != "" {
		w += b.glyph.px + gap
	}
	if b.keys != "" {
		w += gap + ceil(Measure(b.keys, Tiny))
	}
	h := look.Grow(32, 18)
	if b.small {
		h = look.Grow(28, 16)
	}
	return fyne.NewSize(max(w, b.minWidth), h)
}

func (b *Button) layout(size fyne.Size) {
	box(b.ring, -4, -4, size.Width+8, size.Height+8)
	b.ground.place(0, 0, size.Width, size.Height)
	box(b.band, look.RadiusMedium, 0, size.Width-2*look.RadiusMedium, size.Height)
	_, gap := b.padding()
	content := b.label.width()
	icon := b.shownIcon() != ""
	if icon {
		content += b.glyph.px + gap
	}
	if b.keys != "" {
		content += gap + b.cap.width()
	}
	x, mid := px((size.Width-content)/2), size.Height/2
	switch {
	case icon && b.iconAfter && !b.busy:
		b.label.mid(x, mid)
		b.glyph.mid(x+b.label.width()+gap, mid)
	case icon:
		b.glyph.mid(x, mid)
		b.label.mid(x+b.glyph.px+gap, mid)
	default:
		b.label.mid(x, mid)
		b.cap.mid(x+b.label.width()+gap, mid+1)
	}
}

func (b *Button) paint() {
	ground, text, stroke := b.colors()
	paintRing(b.ring, look.Focus, 12)
	show(b.ring, b.focused)
	bordered := stroke != look.Clear
	if !bordered {
		stroke = ground
	}
	b.ground.paint(ground, stroke, look.RadiusMedium)
	fill(b.band, ground, 0)
	show(b.band, !bordered)
	b.label.set(b.text, text)
	b.cap.set(b.keys, text)
	show(b.cap.box, b.keys != "" && b.shownIcon() == "")
	b.glyph.set(b.shownIcon(), text)
}

// colors returns ground, text and edge for the present state.
func (b *Button) colors() (ground, text, stroke look.Token) {
	active := (b.hovered || b.down) && !b.idle()
	switch {
	case b.off:
		return look.Fill, look.Text3, look.Clear
	case b.importance == Primary && active:
		return look.PrimaryHover, look.OnPrimary, look.Clear
	case b.importance == Primary:
		return look.Primary, look.OnPrimary, look.Clear
	case b.importance == Soft && active:
		return look.Hover, look.PrimaryText, look.Clear
	case b.importance == Soft:
		return look.PrimarySoft, look.PrimaryText, look.Clear
	case active:
		return look.Hover, look.Text, look.Border
	}
	return look.Surface, look.Text, look.Border
}

// IconButton is a square button of 32 with an icon alone. Its tooltip is
// required: it is the only word the button has.
type IconButton struct {
	press
	icon look.IconName
	soft bool

	ring, ground *canvas.Rectangle
	glyph        iconImage
}

// NewIconButton makes a button without ground that calls onTap; tip is its
// tooltip.
func NewIconButton(icon look.IconName, tip string, onTap func()) *IconButton {
	b := new(IconButton)
	b.begin(icon, tip)
	b.extend(b, onTap)
	return b
}

// begin makes the parts. A widget that embeds one calls it before extend, and never
// copies one that is made: Fyne would go on drawing the original.
func (b *IconButton) begin(icon look.IconName, tip string) {
	b.icon, b.tip = icon, tip
	b.ring, b.ground, b.glyph = newRect(), newRect(), newIcon(18)
}

// SetIcon changes the icon.
func (b *IconButton) SetIcon(icon look.IconName) { b.icon = icon; b.Refresh() }

// SetSoft gives it a ground, which it has under the pointer only as made.
func (b *IconButton) SetSoft(on bool) { b.soft = on; b.Refresh() }

// CreateRenderer implements fyne.Widget.
func (b *IconButton) CreateRenderer() fyne.WidgetRenderer {
	return draw(b, func() fyne.Size { return fyne.NewSquareSize(look.Grow(32, 18)) },
		b.layout, b.paint, b.ring, b.ground, b.glyph.Image)
}

func (b *IconButton) layout(size fyne.Size) {
	box(b.ring, 0, 0, size.Width, size.Height)
	box(b.ground, 0, 0, size.Width, size.Height)
	b.glyph.mid((size.Width-b.glyph.px)/2, size.Height/2)
}

func (b *IconButton) paint() {
	ground, icon := look.Clear, look.Text2
	active := (b.hovered || b.down) && !b.idle()
	switch {
	case b.off:
		icon = look.Text3
	case active:
		ground = look.Hover
	case b.soft:
		ground, icon = look.PrimarySoft, look.PrimaryText
	}
	fill(b.ground, ground, look.RadiusMedium)
	paintRing(b.ring, look.Focus, look.RadiusMedium)
	show(b.ring, b.focused)
	b.glyph.set(b.icon, icon)
}
