package sandbox

import (
	"bytes"
	_ "embed"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math/rand/v2"
	"sync"
)

// File is a file that a customer or a shop sends.
type File struct {
	Name    string // of a document
	MIME    string
	Content []byte // not to be changed after it was sent
}

// The files that cannot be drawn with the standard library: three notes, a box
// that crosses the picture, a yellow face. All were made for this package.
var (
	//go:embed files/voice.ogg
	voiceNote []byte
	//go:embed files/clip.mp4
	clip []byte
	//go:embed files/sticker.webp
	sticker []byte
)

// Photo draws a picture of a parcel, 1024x768; each seed gives another one, and
// the same one each time.
func Photo(seed uint64) File { return File{MIME: "image/jpeg", Content: photos.of(seed)} }

// Voice is a voice note of 3 seconds.
func Voice() File { return File{MIME: "audio/ogg; codecs=opus", Content: voiceNote} }

// Clip is a video of 2 seconds.
func Clip() File { return File{MIME: "video/mp4", Content: clip} }

// Sticker is a sticker of 512x512 that stands still.
func Sticker() File { return File{MIME: "image/webp", Content: sticker} }

// Receipt writes a PDF of one page with the order's number on it.
func Receipt(order int) File {
	return File{Name: fmt.Sprintf("receipt-%d.pdf", order), MIME: "application/pdf", Content: page(fmt.Sprintf("Order %d", order))}
}

// album keeps the photos that were drawn: the customers send few different ones.
type album struct {
	mu    sync.Mutex
	drawn map[uint64][]byte
}

const albumSize = 8

var photos = album{drawn: map[uint64][]byte{}}

func (a *album) of(seed uint64) []byte {
	seed %= albumSize
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.drawn[seed] == nil {
		a.drawn[seed] = parcel(seed)
	}
	return a.drawn[seed]
}

func parcel(seed uint64) []byte {
	rng := rand.New(rand.NewPCG(seed, 7))
	shade := func(base int) color.RGBA {
		return color.RGBA{uint8(base + rng.IntN(50)), uint8(base - 20 + rng.IntN(40)), uint8(base - 60 + rng.IntN(40)), 255}
	}
	img := image.NewRGBA(image.Rect(0, 0, 1024, 768))
	fill := func(x0, y0, x1, y1 int, c color.Color) {
		draw.Draw(img, image.Rect(x0, y0, x1, y1), image.NewUniform(c), image.Point{}, draw.Src)
	}
	wall, table, box, tape := shade(190), shade(120), shade(160), shade(200)
	for y := range 520 { // the light falls off towards the table
		fill(0, y, 1024, y+1, color.RGBA{wall.R - uint8(y/10), wall.G - uint8(y/10), wall.B - uint8(y/10), 255})
	}
	fill(0, 520, 1024, 768, table)
	x, w, h := 180+rng.IntN(200), 380+rng.IntN(120), 240+rng.IntN(120)
	fill(x+24, 600, x+w+24, 640, color.RGBA{70, 55, 45, 255}) // its shadow
	fill(x, 630-h, x+w, 630, box)
	fill(x, 630-h, x+w, 642-h, color.RGBA{box.R - 30, box.G - 30, box.B - 30, 255})
	fill(x+w/2-24, 630-h, x+w/2+24, 630, tape)
	fill(x+40, 560, x+150, 610, color.White)
	var out bytes.Buffer
	// A buffer takes all that is written, and the picture is far from the limits
	// of the format.
	_ = jpeg.Encode(&out, img, &jpeg.Options{Quality: 80})
	return out.Bytes()
}

// page writes the smallest PDF that shows one line of ASCII without brackets.
func page(line string) []byte {
	content := "BT /F1 24 Tf 72 720 Td (" + line + ") Tj ET"
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
	}
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, out.Len())
		fmt.Fprintf(&out, "%d 0 obj%s endobj\n", i+1, o)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return out.Bytes()
}
