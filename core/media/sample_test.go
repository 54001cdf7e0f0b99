package media_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"
)

// drawn is a picture whose corners have four colours: red, green, blue and white
// from the upper left, clockwise.
func drawn(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{A: 255}
			switch {
			case x < w/2 && y < h/2:
				c.R = 255
			case y < h/2:
				c.G = 255
			case x >= w/2:
				c.B = 255
			default:
				c.R, c.G, c.B = 255, 255, 255
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

func jpegOf(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, drawn(w, h), &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bombed makes a PNG say that it has w x h pixels.
func bombed(picture []byte, w, h uint32) []byte {
	const at = 16 // signature, length and name of IHDR
	out := slices.Clone(picture)
	binary.BigEndian.PutUint32(out[at:], w)
	binary.BigEndian.PutUint32(out[at+4:], h)
	binary.BigEndian.PutUint32(out[at+13:], crc32.ChecksumIEEE(out[at-4:at+13]))
	return out
}

// held puts the EXIF orientation o into a JPEG.
func held(picture []byte, o byte) []byte {
	tiff := []byte("MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00")
	tiff = append(tiff, o, 0, 0, 0, 0, 0, 0)
	exif := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(exif)+2))...)
	return append(append(out, exif...), picture[2:]...)
}

// ogg is a recording of Opus, or of another codec, that lasts so many samples at
// 48,000 a second.
func ogg(codec string, channels byte, samples uint64) []byte {
	page := func(position uint64, content []byte) []byte {
		out := append([]byte("OggS\x00\x00"), binary.LittleEndian.AppendUint64(nil, position)...)
		out = append(out, make([]byte, 12)...) // serial, sequence, checksum
		return append(append(out, 1, byte(len(content))), content...)
	}
	head := append([]byte(codec), 1, channels)
	head = binary.LittleEndian.AppendUint16(head, 312) // samples to skip
	head = append(head, 0x80, 0xbb, 0, 0, 0, 0, 0)     // rate, gain, mapping
	return slices.Concat(page(0, head), page(samples+312, make([]byte, 100)))
}

// boxOf is one box of an MP4.
func boxOf(name string, parts ...[]byte) []byte {
	content := bytes.Join(parts, nil)
	out := binary.BigEndian.AppendUint32(nil, uint32(len(content)+8))
	return append(append(out, name...), content...)
}

// mp4 is a recording of brand "isom" or "3gp4" with a picture or without, that
// lasts so many milliseconds, with so many bytes of content.
func mp4(brand string, film bool, millis uint32, content int) []byte {
	mvhd := make([]byte, 100)
	binary.BigEndian.PutUint32(mvhd[12:], 1000)
	binary.BigEndian.PutUint32(mvhd[16:], millis)
	tkhd := make([]byte, 84)
	binary.BigEndian.PutUint16(tkhd[76:], 640)
	binary.BigEndian.PutUint16(tkhd[80:], 360)
	handler := "soun"
	if film {
		handler = "vide"
	}
	hdlr := append(make([]byte, 8), handler...)
	return bytes.Join([][]byte{
		boxOf("ftyp", []byte(brand+"\x00\x00\x02\x00"+brand)),
		boxOf("moov", boxOf("mvhd", mvhd), boxOf("trak", boxOf("tkhd", tkhd), boxOf("mdia", boxOf("hdlr", hdlr)))),
		boxOf("mdat", make([]byte, content)),
	}, nil)
}

// webp is the beginning of a sticker.
func webp(w, h int, animated bool, size int) []byte {
	flags := byte(0)
	if animated {
		flags = 2
	}
	three := func(n int) []byte { return []byte{byte(n - 1), byte((n - 1) >> 8), byte((n - 1) >> 16)} }
	body := bytes.Join([][]byte{[]byte("WEBPVP8X\x0a\x00\x00\x00"), {flags, 0, 0, 0}, three(w), three(h)}, nil)
	body = append(body, make([]byte, max(0, size-len(body)-8))...)
	return append(append([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uint32(len(body)))...), body...)
}

// program is the beginning of a Windows program.
func program() []byte {
	out := append([]byte("MZ"), make([]byte, 58)...)
	out = binary.LittleEndian.AppendUint32(out, 64)
	return append(out, append([]byte("PE\x00\x00"), make([]byte, 200)...)...)
}

// sized fills up to a size with zeros.
func sized(b []byte, size int) []byte { return append(b, make([]byte, max(0, size-len(b)))...) }

// ole is a container of before 2007 whose directory, with such a stream, stands
// in two blocks far behind its beginning.
func ole(stream string) []byte {
	const block, directory = 512, 20
	out := make([]byte, block*(directory+3))
	copy(out, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	binary.LittleEndian.PutUint16(out[30:], 9)
	binary.LittleEndian.PutUint32(out[48:], directory)
	binary.LittleEndian.PutUint32(out[76:], 0) // the allocation table is block 0
	table := out[block:]
	binary.LittleEndian.PutUint32(table[4*directory:], directory+1)
	binary.LittleEndian.PutUint32(table[4*(directory+1):], 0xfffffffe)
	name := func(at int, s string) {
		for i, r := range s {
			binary.LittleEndian.PutUint16(out[at+2*i:], uint16(r))
		}
		binary.LittleEndian.PutUint16(out[at+64:], uint16(2*len(s)+2))
	}
	name(block*(directory+1), "Root Entry")
	name(block*(directory+2)+128, stream)
	return out
}

// ooxml is a document of Office, with parts of such names and a table of
// contents of so many bytes.
func ooxml(t testing.TB, contents int, names ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i, name := range append([]string{"[Content_Types].xml"}, names...) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil && i == 0 {
			_, err = w.Write(make([]byte, contents))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
