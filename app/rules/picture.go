package rules

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // formats of pictures in replies
	_ "image/png"
	"io"

	"golang.org/x/image/draw"

	"shopbell/app/locale"
	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// drawnMost is the longer side of a picture as it is drawn, in pixels: that of the
// widest place, on a screen of twice the usual.
const drawnMost = 480

// maxPixels bounds a picture that is decoded: one of a reply is scaled when it is
// added, so that far more is no such picture.
const maxPixels = 50_000_000

// pictures are the pictures of replies as they are drawn, by their names. One that
// was added here and is not saved yet has come from this computer.
type pictures struct {
	*Screen
	made    map[string]*image.NRGBA
	waiting map[string][]func(*image.NRGBA) // for those that are being read
}

func newPictures(s *Screen) *pictures {
	return &pictures{Screen: s, made: map[string]*image.NRGBA{}, waiting: map[string][]func(*image.NRGBA){}}
}

// show hands over a picture, now or later; nothing of one that is gone or cannot be
// read.
func (p *pictures) show(name string, show func(*image.NRGBA)) {
	if img, known := p.made[name]; known {
		show(img)
		return
	}
	file := p.editing.Stored().Pictures[name].File
	if file == "" {
		return
	}
	p.waiting[name] = append(p.waiting[name], show)
	if len(p.waiting[name]) > 1 {
		return
	}
	var img *image.NRGBA
	p.Scope.Do(func(ctx context.Context) error {
		content, err := p.Desk.Open(ctx, p.Who, file)
		if err != nil {
			return err
		}
		defer content.Close()
		img, err = decoded(content)
		return err
	}, func(err error) {
		waiting := p.waiting[name]
		delete(p.waiting, name)
		if err != nil { // its place stays empty; the next look tries again
			return
		}
		p.made[name] = img
		for _, show := range waiting {
			show(img)
		}
	})
}

// decoded is a picture scaled to drawnMost.
func decoded(content io.ReadSeeker) (*image.NRGBA, error) {
	config, _, err := image.DecodeConfig(content)
	if err != nil {
		return nil, fmt.Errorf("rules: picture: %w", err)
	}
	if config.Width <= 0 || config.Height <= 0 || config.Width > maxPixels/config.Height {
		return nil, fmt.Errorf("rules: picture of %dx%d pixels", config.Width, config.Height)
	}
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	src, _, err := image.Decode(content)
	if err != nil {
		return nil, fmt.Errorf("rules: picture: %w", err)
	}
	width, height := config.Width, config.Height
	if most := max(width, height); most > drawnMost {
		width, height = max(1, width*drawnMost/most), max(1, height*drawnMost/most)
	}
	dst := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.ApproxBiLinear.Scale(dst, dst.Bounds(), src, src.Bounds(), draw.Src, nil)
	return dst, nil
}

// middle is the part of a picture that fills a place of a width and a height: what
// hangs over is cut off at both sides alike.
func middle(img *image.NRGBA, width, height int) image.Image {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if w*height > h*width {
		w = max(1, h*width/height)
	} else {
		h = max(1, w*height/width)
	}
	corner := b.Min.Add(image.Pt((b.Dx()-w)/2, (b.Dy()-h)/2))
	return img.SubImage(image.Rectangle{Min: corner, Max: corner.Add(image.Pt(w, h))})
}

// choosePicture asks for a picture of this computer, and puts it into the reply that
// was shown then.
func (b *sayBlock) choosePicture() {
	key, variant := b.open(), b.editing.Variant()
	b.Choose(Ask{Title: b.Words.T("rules.picture_choose"), Take: b.Words.T("files.add")}, func(files []File) {
		if len(files) == 0 {
			return
		}
		var name string
		var img *image.NRGBA
		b.picture.SetBusy(true)
		b.Scope.Do(func(ctx context.Context) error {
			content, err := read(files[0])
			if err != nil {
				return err
			}
			if name, err = b.Desk.AddPicture(ctx, b.Who, files[0].Name, bytes.NewReader(content)); err != nil {
				return err
			}
			img, err = decoded(bytes.NewReader(content))
			return err
		}, func(err error) {
			b.picture.SetBusy(false)
			if err != nil {
				b.Say(b.pictureFault(err), false)
				return
			}
			b.thumbs.made[name] = img
			b.editing.Change(key, "", func(r *autoreply.Rule) {
				for len(r.Replies) <= variant {
					r.Replies = append(r.Replies, autoreply.Variant{})
				}
				r.Replies[variant].Picture = name
			})
		})
	})
}

// pictureFault says why a picture is not taken.
func (b *sayBlock) pictureFault(err error) string {
	if e, ok := errors.AsType[*desk.FileError](err); ok {
		return b.Words.FileFault(e.Code, e.Size, e.Limit)
	}
	if desk.CodeOf(err) == desk.Invalid {
		return b.Words.T("rules.picture_name", locale.Args{"Most": autoreply.MaxPicture})
	}
	return b.Words.Explain(err).String()
}

// maxRead bounds a file of this computer that is read whole: what is larger is
// refused by the desk whatever it is (Cloud API: a document of 100 MB).
const maxRead = 100 << 20

// read returns the content of a file.
func read(f File) ([]byte, error) {
	content, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer content.Close()
	data, err := io.ReadAll(io.LimitReader(content, maxRead+1))
	if err == nil && len(data) > maxRead {
		return nil, &desk.FileError{Code: chat.MediaTooLarge, Size: maxRead + 1, Limit: maxRead}
	}
	return data, err
}
