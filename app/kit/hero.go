package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Hero is the picture of the first start: the bell on its rod.
type Hero struct {
	widget.BaseWidget
	rod, hook *canvas.Rectangle
	bell      *canvas.Image
	waves     [2]iconImage
}

// Measures of the hero.
const (
	heroWidth  float32 = 220
	heroHeight float32 = 114
)

// NewHero makes the picture.
func NewHero() *Hero {
	h := &Hero{rod: newRect(), hook: newRect(), bell: &canvas.Image{FillMode: canvas.ImageFillContain}}
	for i := range h.waves {
		h.waves[i] = newIcon(48)
	}
	h.ExtendBaseWidget(h)
	return h
}

// CreateRenderer implements fyne.Widget.
func (h *Hero) CreateRenderer() fyne.WidgetRenderer {
	return draw(h, func() fyne.Size { return fyne.NewSize(heroWidth, heroHeight) }, h.layout, h.paint,
		h.rod, h.hook, h.bell, h.waves[0].Image, h.waves[1].Image)
}

func (h *Hero) layout(size fyne.Size) {
	x := px((size.Width - heroWidth) / 2)
	box(h.rod, x, 0, heroWidth, 8)
	box(h.hook, x+108, 8, 4, 14)
	box(h.bell, x+65, 19, 90, 100)
	h.waves[0].mid(x+8, 61)
	h.waves[1].mid(x+heroWidth-8-48, 61)
}

func (h *Hero) paint() {
	fill(h.rod, look.Primary, 4)
	fill(h.hook, look.Primary, 2)
	if res := look.Bell(look.Primary, look.Bg, look.Accent); res != h.bell.Resource {
		h.bell.Resource = res
		h.bell.Refresh()
	}
	h.waves[0].set(look.IconWavesLeft, look.Accent)
	h.waves[1].set(look.IconWavesRight, look.Accent)
}
