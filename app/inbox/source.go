package inbox

import (
	"image"

	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"

	"shopbell/app/kit"
)

// source is a decoded picture, of which parts are drawn at any zoom: one after the other,
// each perhaps by another goroutine.
type source struct {
	picture image.Image
	smaller []image.Image // each half as large as the one before; the drawing's alone
}

// newSource takes a picture in a form that can be drawn fast.
func newSource(img image.Image) *source {
	switch img.(type) {
	case *image.YCbCr, *image.RGBA, *image.NRGBA, *image.Gray:
	default:
		plain := image.NewRGBA(image.Rectangle{Max: img.Bounds().Size()})
		draw.Draw(plain, plain.Bounds(), img, img.Bounds().Min, draw.Src)
		img = plain
	}
	return &source{picture: img}
}

func (s *source) size() (width, height int) {
	b := s.picture.Bounds()
	return b.Dx(), b.Dy()
}

// draw draws what is in sight. One that is shown much smaller is drawn from a smaller
// one, or it would flicker at fine patterns.
func (s *source) draw(in kit.Sight) image.Image {
	width, height := s.size()
	from := s.level(in.Zoom)
	b := from.Bounds()
	x, y := in.Zoom*float64(width)/float64(b.Dx()), in.Zoom*float64(height)/float64(b.Dy())
	to := image.NewRGBA(image.Rect(0, 0, in.Width, in.Height))
	draw.ApproxBiLinear.Transform(to, f64.Aff3{
		x, 0, -in.X*in.Zoom - x*float64(b.Min.X),
		0, y, -in.Y*in.Zoom - y*float64(b.Min.Y),
	}, from, b, draw.Src, nil)
	return to
}

// level is the smallest picture that is not enlarged at a zoom.
func (s *source) level(zoom float64) image.Image {
	from := s.picture
	for n := 0; zoom <= 0.5; n, zoom = n+1, zoom*2 {
		if n == len(s.smaller) {
			b := from.Bounds()
			if b.Dx() < 2 || b.Dy() < 2 {
				break
			}
			half := image.NewRGBA(image.Rect(0, 0, b.Dx()/2, b.Dy()/2))
			draw.ApproxBiLinear.Scale(half, half.Bounds(), from, b, draw.Src, nil) // at a half it is the mean of four
			s.smaller = append(s.smaller, half)
		}
		from = s.smaller[n]
	}
	return from
}
