package media

import (
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // what DecodeConfig can read
	_ "image/png"
	"io"

	"github.com/gabriel-vasile/mimetype"
	_ "golang.org/x/image/webp"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// headSize is how much of a file tells its type.
const headSize = 3072

// maxPixels bounds a picture that is decoded: with more, a file of some hundred
// kilobytes would take gigabytes of memory. Phones make up to 50 megapixels.
const maxPixels = 64 << 20

// Inspect tells what a file to be sent is, by its content: how it goes, its
// type, its measures. name is what a person calls it and may be empty. The error
// is a *desk.FileError for a file that Meta would not take, or that is not what
// its name says; another where content cannot be read. It reads little of a
// large file.
func Inspect(name string, content io.ReaderAt, size int64) (chat.Kind, chat.Media, error) {
	m, err := look(content, size)
	if err != nil {
		return "", chat.Media{}, err
	}
	return judge(name, m)
}

// judge says how a file goes of which look told what it is.
func judge(name string, m chat.Media) (chat.Kind, chat.Media, error) {
	m.Name = name
	kind, ok := sendable[m.MIME]
	switch limit := limitOf(kind, m); {
	case deceives(name, m):
		return "", chat.Media{}, refuse(chat.MediaDisguised, m, 0)
	case !ok, kind == chat.KindSticker && (m.Width != stickerSide || m.Height != stickerSide):
		return "", chat.Media{}, refuse(chat.MediaWrongType, m, 0)
	case m.Size > limit:
		return "", chat.Media{}, refuse(chat.MediaTooLarge, m, limit)
	}
	return kind, m, nil
}

// deceives reports whether a file's name claims something else than it is.
func deceives(name string, m chat.Media) bool {
	claim := claimOf(name)
	return claim != "" && claim != familyOf(m.MIME)
}

// InspectInbound tells what a customer's file is, of which Meta said that it is
// of a kind and of the type claimed. The error is a *desk.FileError for a file
// that is not to be kept: a program, what is no picture where a picture was
// promised, or what cannot be read.
func InspectInbound(kind chat.Kind, claimed string, content io.ReaderAt, size int64) (chat.Media, error) {
	m, err := look(content, size)
	if err != nil {
		return chat.Media{}, err
	}
	promised := familyOfKind(kind)
	switch {
	case size > MaxInbound:
		return chat.Media{}, refuse(chat.MediaTooLarge, m, MaxInbound)
	case programs[m.MIME] && familyOf(claimed) == "" && promised == "":
		return chat.Media{}, refuse(chat.MediaWrongType, m, 0)
	case programs[m.MIME]:
		return chat.Media{}, refuse(chat.MediaDisguised, m, 0)
	case m.MIME == unknown && promised == recording && familyOf(claimed) == recording:
		m.MIME = canonical(claimed) // a bare stream of sound has no beginning to know it by
	case promised != "" && familyOf(m.MIME) != promised:
		return chat.Media{}, refuse(chat.MediaDisguised, m, 0)
	}
	return m, nil
}

// look reads what can be told about any file. Its own refusals are of files that
// cannot be read, or that Meta takes in no other form.
func look(content io.ReaderAt, size int64) (chat.Media, error) {
	m := chat.Media{Size: size}
	if size == 0 {
		return m, refuse(chat.MediaEmpty, m, 0)
	}
	head := make([]byte, min(size, headSize))
	if _, err := content.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return m, fmt.Errorf("media: read the beginning of a file: %w", err)
	}
	m.MIME = typeOf(head)
	var err error
	switch m.MIME {
	case "image/jpeg", "image/png", "image/webp":
		err = measurePicture(&m, content, size, head)
	case "audio/ogg":
		err = measureOgg(&m, content, size)
	case "video/mp4", "video/3gpp", "audio/mp4":
		err = measureMP4(&m, content, size)
	case zipArchive:
		err = measureZip(&m, content, size, head)
	case oleStorage:
		err = measureOLE(&m, content, size)
	}
	return m, err
}

// typeOf is the type of what begins so.
func typeOf(head []byte) string { return canonical(mimetype.Detect(head).String()) }

func measurePicture(m *chat.Media, content io.ReaderAt, size int64, head []byte) error {
	cfg, _, err := image.DecodeConfig(io.NewSectionReader(content, 0, size))
	if m.MIME == "image/webp" {
		m.Animated = animatedWebP(head)
		if w, h, ok := webPCanvas(head); ok {
			cfg, err = image.Config{Width: w, Height: h}, nil // the library reads no animations
		}
	}
	if err != nil || cfg.Width <= 0 || cfg.Height <= 0 {
		return refuse(chat.MediaDamaged, *m, 0)
	}
	m.Width, m.Height = cfg.Width, cfg.Height
	return nil
}

// webPCanvas reads the measures of an extended WebP (RIFF, WEBP, VP8X).
func webPCanvas(head []byte) (w, h int, ok bool) {
	if len(head) < 30 || string(head[12:16]) != "VP8X" {
		return 0, 0, false
	}
	three := func(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }
	return three(head[24:]) + 1, three(head[27:]) + 1, true
}

func animatedWebP(head []byte) bool {
	return len(head) > 20 && string(head[12:16]) == "VP8X" && head[20]&0x02 != 0
}

// limitOf is how large a file of that kind may be to be sent.
func limitOf(kind chat.Kind, m chat.Media) int64 {
	switch kind {
	case chat.KindImage:
		return MaxImage
	case chat.KindVideo:
		return MaxVideo
	case chat.KindAudio:
		return MaxAudio
	case chat.KindSticker:
		if m.Animated {
			return MaxAnimatedSticker
		}
		return MaxSticker
	}
	return MaxDocument
}

func refuse(code chat.MediaCode, m chat.Media, limit int64) error {
	return &desk.FileError{Code: code, MIME: m.MIME, Size: m.Size, Limit: limit}
}
