package media

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/draw"

	"shopbell/core/chat"
)

// The largest picture that is sent unless the original is asked for (mission C8).
const (
	MaxWidth  = 800
	MaxHeight = 600
)

// quality of the JPEGs that are made: half the size of the best, and nobody sees
// a difference on a phone.
const quality = 85

// fit makes a picture that can be sent: at most MaxWidth x MaxHeight, upright,
// in a form that Meta takes. It returns nil where the picture is so already. m is
// what look found. The error is a *desk.FileError for a picture that cannot be
// read, or that is too large to be unfolded in memory.
func fit(m chat.Media, content io.ReaderAt) ([]byte, error) {
	if int64(m.Width)*int64(m.Height) > maxPixels {
		if m.Size > MaxImage {
			return nil, refuse(chat.MediaTooLarge, m, MaxImage)
		}
		return nil, refuse(chat.MediaDamaged, m, 0) // no true picture is that small in bytes
	}
	turn := upright
	if m.MIME == "image/jpeg" {
		turn = orientation(content, m.Size)
	}
	if m.Width <= MaxWidth && m.Height <= MaxHeight && turn == upright && m.Size <= MaxImage && plain(m, content) {
		return nil, nil
	}
	src, _, err := image.Decode(io.NewSectionReader(content, 0, m.Size))
	if err != nil {
		return nil, refuse(chat.MediaDamaged, m, 0)
	}
	return encode(turned(scaled(src, turn), turn))
}

// plain reports whether Meta takes a picture's form: JPEG, and PNG of 8 bits a
// channel in colour (Cloud API, section 4).
func plain(m chat.Media, content io.ReaderAt) bool {
	switch m.MIME {
	case "image/jpeg":
		return true
	case "image/png":
		var head [26]byte // signature, length and name of IHDR, measures, depth, colours
		if _, err := content.ReadAt(head[:], 0); err != nil {
			return false
		}
		depth, colours := head[24], head[25]
		return depth == 8 && (colours == 2 || colours == 6)
	}
	return false
}

// scaled returns src no larger than what fits once it is turned. Nothing is made
// larger.
func scaled(src image.Image, turn orient) image.Image {
	maxW, maxH := MaxWidth, MaxHeight
	if turn.swaps() {
		maxW, maxH = maxH, maxW
	}
	b := src.Bounds()
	w, h := b.Dx(), b.Dy()
	if w > maxW || h > maxH {
		if w*maxH > h*maxW {
			w, h = maxW, max(1, (h*maxW+w/2)/w)
		} else {
			w, h = max(1, (w*maxH+h/2)/h), maxH
		}
	}
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.CatmullRom.Scale(out, out.Bounds(), src, b, draw.Src, nil)
	return out
}

// encode writes a PNG where something can be seen through, else a JPEG.
func encode(img image.Image) ([]byte, error) {
	var out bytes.Buffer
	var err error
	if o, ok := img.(interface{ Opaque() bool }); ok && !o.Opaque() {
		err = png.Encode(&out, img)
	} else {
		err = jpeg.Encode(&out, img, &jpeg.Options{Quality: quality})
	}
	if err != nil {
		return nil, fmt.Errorf("media: scale a picture: %w", err)
	}
	return out.Bytes(), nil
}

// turned sets a picture upright.
func turned(src image.Image, turn orient) image.Image {
	if turn == upright {
		return src
	}
	b := src.Bounds()
	w, h := b.Dx(), b.Dy()
	if turn.swaps() {
		w, h = h, w
	}
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			sx, sy := turn.source(x, y, w, h)
			out.SetNRGBA(x, y, color.NRGBAModel.Convert(src.At(b.Min.X+sx, b.Min.Y+sy)).(color.NRGBA))
		}
	}
	return out
}
