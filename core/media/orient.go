package media

import (
	"bytes"
	"encoding/binary"
	"io"
)

// orient is how a camera was held: the EXIF tag Orientation, 1 to 8.
type orient int

const upright orient = 1

// swaps reports whether width and height change places.
func (o orient) swaps() bool { return o >= 5 }

// source is the point of the stored picture that belongs at (x, y) of the
// upright one, which is w by h.
func (o orient) source(x, y, w, h int) (sx, sy int) {
	switch o {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, w - 1 - x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return h - 1 - y, x
	}
	return x, y
}

const (
	exifMost       = 64 << 10 // a segment of a JPEG is no longer
	tagOrientation = 0x0112
)

// orientation reads how a JPEG wants to be turned; upright where it does not say.
func orientation(content io.ReaderAt, size int64) orient {
	for at := int64(2); at+4 <= size; {
		var mark [4]byte
		if _, err := content.ReadAt(mark[:], at); err != nil || mark[0] != 0xff {
			return upright
		}
		length := int64(binary.BigEndian.Uint16(mark[2:]))
		switch {
		case mark[1] == 0xda || length < 2: // the picture itself begins
			return upright
		case mark[1] == 0xe1: // APP1
			exif := make([]byte, min(length-2, exifMost, size-at-4))
			if _, err := content.ReadAt(exif, at+4); err != nil && err != io.EOF {
				return upright
			}
			if tiff, ok := bytes.CutPrefix(exif, []byte("Exif\x00\x00")); ok {
				return orientationOf(tiff)
			}
		}
		at += 2 + length
	}
	return upright
}

// orientationOf looks the tag up in the first directory of a TIFF.
func orientationOf(tiff []byte) orient {
	if len(tiff) < 8 {
		return upright
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return upright
	}
	entries := uint64(order.Uint16(tiff[at:]))
	for i := range entries {
		e := at + 2 + 12*i
		if e+12 > uint64(len(tiff)) {
			return upright
		}
		if order.Uint16(tiff[e:]) == tagOrientation {
			if o := orient(order.Uint16(tiff[e+8:])); o >= 1 && o <= 8 {
				return o
			}
			return upright
		}
	}
	return upright
}
