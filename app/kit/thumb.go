package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Thumb is a small square picture. Without one it is a plain place with an icon.
type Thumb struct {
	widget.BaseWidget
	side   float32
	ground *canvas.Rectangle
	glyph  iconImage
	image  *canvas.Image
}

// NewThumb makes an empty place.
func NewThumb(side float32) *Thumb {
	t := &Thumb{side: side, ground: newRect(), glyph: newIcon(20), image: &canvas.Image{FillMode: canvas.ImageFillStretch, CornerRadius: look.RadiusMedium}}
	t.ExtendBaseWidget(t)
	return t
}

// Set shows a picture, or none for nil.
func (t *Thumb) Set(img image.Image) {
	if img != t.image.Image {
		t.image.Image = img
		t.image.Refresh()
		t.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (t *Thumb) CreateRenderer() fyne.WidgetRenderer {
	return draw(t, func() fyne.Size { return fyne.NewSquareSize(t.side) },
		func(size fyne.Size) {
			box(t.ground, 0, 0, size.Width, size.Height)
			box(t.image, 0, 0, size.Width, size.Height)
			t.glyph.mid((size.Width-t.glyph.px)/2, size.Height/2)
		},
		func() {
			fill(t.ground, look.Fill, look.RadiusMedium)
			t.glyph.set(look.IconPicture, look.Text3)
			show(t.image, t.image.Image != nil)
			show(t.glyph.Image, t.image.Image == nil)
		}, t.ground, t.glyph.Image, t.image)
}
