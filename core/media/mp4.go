package media

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"shopbell/core/chat"
)

// What is read of an MP4 or 3GPP file (ISO 14496-12): a tree of boxes, each with
// a length and a name of four letters.

// maxBoxes bounds how many boxes are looked at: a file of nothing but empty
// boxes has millions.
const maxBoxes = 4096

// box is one box's content.
type box struct {
	name     string
	from, to int64
}

// boxes walks a tree of boxes.
type boxes struct {
	content io.ReaderAt
	seen    int
}

var errBoxes = errors.New("media: the file is not the tree of boxes it should be")

// each calls do for the boxes between two places.
func (b *boxes) each(from, to int64, do func(box) error) error {
	for from < to {
		if b.seen++; b.seen > maxBoxes {
			return errBoxes
		}
		var head [16]byte
		n := min(to-from, int64(len(head)))
		if n < 8 {
			return nil // what is left over is no box, and players do not mind
		}
		if _, err := b.content.ReadAt(head[:n], from); err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("media: read a recording: %w", err)
		}
		size, start := int64(binary.BigEndian.Uint32(head[:])), int64(8)
		switch {
		case size == 1 && n == 16: // the length follows the name
			size, start = int64(binary.BigEndian.Uint64(head[8:])), 16
		case size == 0: // as far as it goes
			size = to - from
		}
		if size < start || size > to-from {
			return errBoxes
		}
		if err := do(box{string(head[4:8]), from + start, from + size}); err != nil {
			return err
		}
		from += size
	}
	return nil
}

// read returns the first n bytes of a box's content, zeros where it has fewer.
func (b *boxes) read(x box, n int64) ([]byte, error) {
	out := make([]byte, n)
	if _, err := b.content.ReadAt(out[:min(n, x.to-x.from)], x.from); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("media: read a recording: %w", err)
	}
	return out, nil
}

// measureMP4 fills in how long a recording lasts and how large its picture is.
// One without a picture is sound, whatever its container is called.
func measureMP4(m *chat.Media, content io.ReaderAt, size int64) error {
	b := &boxes{content: content}
	film, head := false, false
	err := b.each(0, size, func(top box) error {
		if top.name != "moov" {
			return nil
		}
		return b.each(top.from, top.to, func(x box) (err error) {
			switch x.name {
			case "mvhd":
				head = true
				err = b.duration(m, x)
			case "trak":
				var shows bool
				shows, err = b.track(m, x)
				film = film || shows
			}
			return err
		})
	})
	switch {
	case errors.Is(err, errBoxes), err == nil && !head:
		return refuse(chat.MediaDamaged, *m, 0)
	case err != nil:
		return err
	}
	if !film {
		m.MIME = "audio/mp4"
	}
	return nil
}

// duration reads the movie header.
func (b *boxes) duration(m *chat.Media, x box) error {
	h, err := b.read(x, 32)
	if err != nil {
		return err
	}
	if h[0] == 1 { // 64-bit times
		m.Duration = samples(int64(binary.BigEndian.Uint64(h[24:])), int64(binary.BigEndian.Uint32(h[20:])))
	} else {
		m.Duration = samples(int64(binary.BigEndian.Uint32(h[16:])), int64(binary.BigEndian.Uint32(h[12:])))
	}
	return nil
}

// track reports whether a track shows something, and reads their measures.
func (b *boxes) track(m *chat.Media, trak box) (shows bool, err error) {
	var width, height int
	err = b.each(trak.from, trak.to, func(x box) error {
		switch x.name {
		case "tkhd":
			long := int64(76) // width and height end the box, as 16.16 numbers
			h, err := b.read(x, 96)
			if err != nil {
				return err
			}
			if h[0] == 1 {
				long = 88
			}
			width, height = int(binary.BigEndian.Uint16(h[long:])), int(binary.BigEndian.Uint16(h[long+4:]))
		case "mdia":
			return b.each(x.from, x.to, func(y box) error {
				if y.name != "hdlr" {
					return nil
				}
				h, err := b.read(y, 12)
				shows = err == nil && string(h[8:12]) == "vide"
				return err
			})
		}
		return nil
	})
	if shows {
		m.Width, m.Height = width, height
	}
	return shows, err
}
