package app

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"time"

	"shopbell/app/inbox"
)

// pasteWithin is how long another program may take to hand over what it has copied.
const pasteWithin = 20 * time.Second

// Clipboard is what the window needs of a clipboard for pictures. Its methods may take as
// long as another program does.
type Clipboard interface {
	// Copy puts a PNG there. Other programs get it until ctx ends, or longer.
	Copy(ctx context.Context, png []byte) error
	// Paste returns the picture that is there, a PNG or a JPEG; nil where there is none.
	Paste(ctx context.Context) ([]byte, error)
}

// pictures are those on the clipboard, for the screens; nil where it takes none.
func (a *App) pictures() inbox.Clipboard {
	if a.Clipboard == nil {
		return nil
	}
	return pictures{a}
}

// pictures implements inbox.Clipboard.
type pictures struct{ app *App }

// Copy implements inbox.Clipboard. What was copied stays there until the window closes.
func (p pictures) Copy(picture image.Image, done func(error)) {
	p.app.scope.Do(func(ctx context.Context) error {
		var content bytes.Buffer
		quick := png.Encoder{CompressionLevel: png.BestSpeed}
		if err := quick.Encode(&content, picture); err != nil {
			return err
		}
		return p.app.Clipboard.Copy(ctx, content.Bytes())
	}, p.told("Copy a picture", done))
}

// Paste implements inbox.Clipboard.
func (p pictures) Paste(done func([]byte, error)) {
	var content []byte
	p.app.visit.Do(func(ctx context.Context) (err error) {
		ctx, cancel := context.WithTimeout(ctx, pasteWithin)
		defer cancel()
		content, err = p.app.Clipboard.Paste(ctx)
		return err
	}, p.told("Paste a picture", func(err error) { done(content, err) }))
}

// told logs why a picture could not be moved: the person is only told that.
func (p pictures) told(what string, done func(error)) func(error) {
	return func(err error) {
		if err != nil {
			p.app.Log.Warn(what, "err", err)
		}
		done(err)
	}
}
