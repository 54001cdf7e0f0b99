package inbox

import (
	"cmp"
	"context"
	"fmt"
	"image"
	_ "image/gif"  // formats of photos
	_ "image/jpeg" // and of what the shop sends
	_ "image/png"
	"io"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // stickers

	"shopbell/core/desk"
)

// Bounds of the pictures in memory and of one that is decoded. A photo from a
// camera has some 12 million pixels; what has far more is no photo, and is not
// worth the memory it asks for.
const (
	picturesKept = 200
	maxPixels    = 50_000_000
	decodesMost  = 2 // at once: a photo takes 4 bytes a pixel until it is scaled
)

// pictures are the files of messages, scaled to their places in the chat. Each is
// decoded off the UI thread, once for a size; the ones not asked for longest are
// forgotten. It belongs to the UI thread.
type pictures struct {
	Deps
	kept    map[pictureKey]*picture
	counter int
	turns   turns
	near    turns // of the one that is looked at: it waits for none of those
}

type pictureKey struct {
	file          string
	width, height int
}

type picture struct {
	image   image.Image // nil: it is coming, or cannot be drawn
	asked   int         // when, as counted by pictures
	waiting []func(image.Image)
}

func newPictures(d Deps) *pictures {
	return &pictures{Deps: d, kept: map[pictureKey]*picture{}, turns: make(turns, decodesMost), near: make(turns, 1)}
}

// show is kit.Hooks.Picture; width and height are in device pixels.
func (p *pictures) show(file string, width, height int, show func(image.Image)) {
	p.counter++
	key := pictureKey{file, width, height}
	pic, known := p.kept[key]
	switch {
	case known && pic.image != nil:
		pic.asked = p.counter
		show(pic.image)
		return
	case known:
		pic.waiting = append(pic.waiting, show)
		return
	}
	pic = &picture{asked: p.counter, waiting: []func(image.Image){show}}
	p.kept[key] = pic
	p.forget()
	var img image.Image
	p.Scope.Do(func(ctx context.Context) (err error) {
		return p.turns.take(ctx, func() (err error) {
			img, err = decode(ctx, p.Desk, p.Who, key)
			return err
		})
	}, func(err error) {
		if err != nil { // it keeps its plain place; the next look tries again
			delete(p.kept, key)
			return
		}
		pic.image = img
		for _, show := range pic.waiting {
			show(img)
		}
		pic.waiting = nil
	})
}

// forget drops the picture that was not asked for longest when there are too many.
func (p *pictures) forget() {
	if len(p.kept) <= picturesKept {
		return
	}
	var oldest pictureKey
	at := p.counter + 1
	for key, pic := range p.kept {
		if pic.image != nil && pic.asked < at {
			oldest, at = key, pic.asked
		}
	}
	delete(p.kept, oldest)
}

// turns let as many work at once as they have room for; the others wait. They may be
// used by any goroutine.
type turns chan struct{}

// take works in its turn. What is given up before that does nothing, and has the error of
// its context.
func (t turns) take(ctx context.Context, work func() error) error {
	select {
	case t <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-t }()
	if err := ctx.Err(); err != nil { // the two came together
		return err
	}
	return work()
}

// wanted reads until its context ends: that stops a decoder, which knows of none.
type wanted struct {
	ctx context.Context
	io.Reader
}

func (w wanted) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.Reader.Read(p)
}

// hugePicture is the error of a picture with more pixels than are decoded.
type hugePicture struct{ width, height int }

func (e *hugePicture) Error() string {
	return fmt.Sprintf("inbox: a picture of %d × %d pixels, and %d in all is the most", e.width, e.height, maxPixels)
}

// readPicture decodes the picture that is in a file. A *hugePicture is the error of one
// that would take too much memory: it is not decoded.
func readPicture(ctx context.Context, files desk.Files, who desk.Actor, file string) (image.Image, error) {
	content, err := files.Open(ctx, who, file)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	config, _, err := image.DecodeConfig(content)
	if err != nil {
		return nil, fmt.Errorf("inbox: picture %s: %w", file, err)
	}
	if config.Width <= 0 || config.Height <= 0 || config.Width > maxPixels/config.Height {
		return nil, &hugePicture{config.Width, config.Height}
	}
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	img, _, err := image.Decode(wanted{ctx, content})
	if err != nil { // a decoder calls a context that ended an unknown format
		return nil, fmt.Errorf("inbox: picture %s: %w", file, cmp.Or(ctx.Err(), err))
	}
	return img, nil
}

// decode reads a file and scales it to cover its place; what hangs over is cut
// off at both sides alike.
func decode(ctx context.Context, files desk.Files, who desk.Actor, key pictureKey) (image.Image, error) {
	src, err := readPicture(ctx, files, who, key.file)
	if err != nil {
		return nil, err
	}
	dst := image.NewNRGBA(image.Rect(0, 0, key.width, key.height))
	draw.ApproxBiLinear.Scale(dst, dst.Bounds(), src, covering(src.Bounds(), key.width, key.height), draw.Src, nil)
	return dst, nil
}

// covering is the middle part of b in the proportions of width and height.
func covering(b image.Rectangle, width, height int) image.Rectangle {
	w, h := b.Dx(), b.Dy()
	if w*height > h*width {
		part := max(1, h*width/height)
		return image.Rect(b.Min.X+(w-part)/2, b.Min.Y, b.Min.X+(w-part)/2+part, b.Max.Y)
	}
	part := max(1, w*height/width)
	return image.Rect(b.Min.X, b.Min.Y+(h-part)/2, b.Max.X, b.Min.Y+(h-part)/2+part)
}
