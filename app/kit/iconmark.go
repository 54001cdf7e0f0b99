package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// IconMark is an icon that stands before words and does nothing.
type IconMark struct {
	widget.BaseWidget
	icon  look.IconName
	glyph iconImage
}

// NewIconMark makes an icon of 16 with room for the words behind it.
func NewIconMark(icon look.IconName) *IconMark {
	m := &IconMark{icon: icon, glyph: newIcon(16)}
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer implements fyne.Widget.
func (m *IconMark) CreateRenderer() fyne.WidgetRenderer {
	return draw(m, func() fyne.Size { return fyne.NewSize(m.glyph.px+8, m.glyph.px) },
		func(size fyne.Size) { m.glyph.mid(0, size.Height/2) },
		func() { m.glyph.set(m.icon, look.Text2) }, m.glyph.Image)
}

// Space is room where nothing stands.
type Space struct {
	widget.BaseWidget
	high float32
}

// NewSpace makes room of a height.
func NewSpace(high float32) *Space {
	s := &Space{high: high}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer implements fyne.Widget.
func (s *Space) CreateRenderer() fyne.WidgetRenderer {
	return drawNothing(s, func() fyne.Size { return fyne.NewSize(0, s.high) })
}
