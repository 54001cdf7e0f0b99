package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// hotspot is a part of a drawing that can be pressed. It draws nothing but the
// keyboard's ring; a secondary tap is the owner's.
type hotspot struct {
	press
	radius float32
	menu   func(at fyne.Position)
	ring   *canvas.Rectangle
}

func newHotspot(radius float32, h Hooks, onTap func()) *hotspot {
	s := &hotspot{radius: radius, menu: h.Menu, ring: newRect()}
	s.hovering = h.Hover
	s.extend(s, onTap)
	return s
}

func (s *hotspot) CreateRenderer() fyne.WidgetRenderer {
	return draw(s, func() fyne.Size { return fyne.Size{} },
		func(size fyne.Size) { box(s.ring, 0, 0, size.Width, size.Height) },
		func() {
			paintRing(s.ring, look.Focus, s.radius)
			show(s.ring, s.focused)
		}, s.ring)
}

// TappedSecondary implements fyne.SecondaryTappable.
func (s *hotspot) TappedSecondary(e *fyne.PointEvent) {
	if s.menu != nil {
		s.menu(e.AbsolutePosition)
	}
}

// iconSpot is an icon of 16 that can be pressed.
type iconSpot struct {
	*hotspot
	glyph iconImage
}

func newIconSpot(h Hooks, onTap func()) iconSpot {
	return iconSpot{newHotspot(look.RadiusMedium, h, onTap), newIcon(16)}
}

func (s iconSpot) objects() []fyne.CanvasObject { return []fyne.CanvasObject{s.glyph.Image, s.hotspot} }

// set shows an icon with its tooltip; without a tooltip it is not there.
func (s iconSpot) set(icon look.IconName, tip string) {
	s.SetTip(tip)
	if tip == "" {
		icon = ""
	}
	s.glyph.set(icon, look.Text2)
	show(s.hotspot, icon != "")
}

// centre puts the middle at x and y.
func (s iconSpot) centre(x, y float32) {
	s.glyph.mid(x-s.glyph.px/2, y)
	box(s.hotspot, px(x-16), px(y-16), 32, 32)
}
