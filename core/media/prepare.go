package media

import (
	"bytes"
	"errors"
	"io"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// Prepare takes a file to send: it is stored, and a picture is made fit to be
// sent (mission C8), the original beside it where Meta takes that too. name is
// what a person calls the file. The error is a *desk.FileError for a file that
// cannot be sent, store.ErrFull when the disk is full, and what content returns.
func (f *Folder) Prepare(name string, content io.Reader) (a desk.Attachment, err error) {
	p, err := f.spool(content, MaxDocument)
	if over, ok := errors.AsType[*OverError](err); ok {
		return a, &desk.FileError{Code: chat.MediaTooLarge, Size: over.Limit + 1, Limit: over.Limit}
	}
	if err != nil {
		return a, err
	}
	defer p.discard()
	m, err := look(p, p.size)
	if err != nil {
		return a, err
	}
	if scalable(m) && !deceives(name, m) {
		picture, err := fit(m, p)
		if err != nil {
			return a, err
		}
		if picture != nil {
			return f.preparePicture(name, p, m, picture)
		}
	}
	if a.Kind, a.Media, err = judge(name, m); err != nil {
		return a, err
	}
	a.Media.File, err = f.keep(p)
	a.Media.State = chat.MediaHere
	return a, err
}

// preparePicture stores a picture that was made of p, and p where it could be
// sent too.
func (f *Folder) preparePicture(name string, p *part, original chat.Media, picture []byte) (a desk.Attachment, err error) {
	if a.Kind, a.Media, err = Inspect("", bytes.NewReader(picture), int64(len(picture))); err != nil {
		return a, err
	}
	a.Media.Name, a.Media.State = name, chat.MediaHere
	if a.Media.File, err = f.Add(bytes.NewReader(picture), MaxImage); err != nil {
		return a, err
	}
	if kind, m, err := judge(name, original); err == nil && kind == chat.KindImage && plain(original, p) {
		if m.File, err = f.keep(p); err != nil {
			return a, err
		}
		m.State = chat.MediaHere
		a.Original = &m
	}
	return a, nil
}

// scalable reports whether a file is a picture that can be made fit: a WebP that
// is no sticker is sent as a photo.
func scalable(m chat.Media) bool {
	switch m.MIME {
	case "image/jpeg", "image/png":
		return true
	case "image/webp":
		return !m.Animated && (m.Width != stickerSide || m.Height != stickerSide || m.Size > MaxSticker)
	}
	return false
}
