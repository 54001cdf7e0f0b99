package media

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// Ready is a file as it will be sent. Its Media has no File yet.
type Ready struct {
	desk.Attachment
	// Picture was made of the content and goes in its place; nil where the content
	// itself goes.
	Picture []byte
}

// MakeReady tells how a file goes, and makes a picture fit to be sent (mission
// C8). name is what a person calls it. The error is as of Inspect.
func MakeReady(name string, content io.ReaderAt, size int64) (r Ready, err error) {
	m, err := look(content, size)
	if err != nil {
		return r, err
	}
	if scalable(m) && !deceives(name, m) {
		if r.Picture, err = fit(m, content); err != nil {
			return r, err
		}
	}
	if r.Picture == nil {
		r.Kind, r.Media, err = judge(name, m)
		r.Media.State = chat.MediaHere
		return r, err
	}
	if r.Kind, r.Media, err = Inspect("", bytes.NewReader(r.Picture), int64(len(r.Picture))); err != nil {
		return r, err
	}
	r.Media.Name, r.Media.State = name, chat.MediaHere
	if kind, m, err := judge(name, m); err == nil && kind == chat.KindImage && plain(m, content) {
		m.State = chat.MediaHere
		r.Original = &m
	}
	return r, nil
}

// Prepare takes a file to send: it is made ready and stored, the original of a
// picture beside it where Meta takes that too. The error is a *desk.FileError for
// a file that cannot be sent, store.ErrFull when the disk is full, and what
// content returns.
func (f *Folder) Prepare(name string, content io.Reader) (a desk.Attachment, err error) {
	ahead := bufio.NewReaderSize(content, headSize)
	head, _ := ahead.Peek(headSize) // an error comes again with the rest
	p, err := f.spool(ahead, MaxDocument)
	if over, ok := errors.AsType[*OverError](err); ok {
		m := chat.Media{MIME: typeOf(head), Size: over.Limit + 1}
		return a, refuse(chat.MediaTooLarge, m, limitOf(sendable[m.MIME], m))
	}
	if err != nil {
		return a, err
	}
	defer p.discard()
	r, err := MakeReady(name, p, p.size)
	if err != nil {
		return a, err
	}
	a = r.Attachment
	if r.Picture == nil {
		a.Media.File, err = f.keep(p)
		return a, err
	}
	if a.Media.File, err = f.Add(bytes.NewReader(r.Picture), MaxImage); err == nil && a.Original != nil {
		a.Original.File, err = f.keep(p)
	}
	return a, err
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
