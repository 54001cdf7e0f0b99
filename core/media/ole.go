package media

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"unicode/utf16"

	"shopbell/core/chat"
)

// oleStorage is the container of Word, Excel and PowerPoint before 2007, and of
// installers. What is in it is told by its directory ([MS-CFB]), which may stand
// anywhere in the file.
const oleStorage = "application/x-ole-storage"

// oleStreams are the streams by which each of the three is known.
var oleStreams = map[string]string{
	"WordDocument":        "application/msword",
	"Workbook":            "application/vnd.ms-excel",
	"Book":                "application/vnd.ms-excel", // Excel 5 and 95
	"PowerPoint Document": "application/vnd.ms-powerpoint",
}

const (
	oleEntry      = 128 // bytes of a directory entry
	oleMostBlocks = 64  // of the directory are looked at: documents have a few
	oleInHeader   = 109 // parts of the allocation table that the header names
)

// measureOLE finds out which document is in the container. One that is none of
// the three keeps the container's type.
func measureOLE(m *chat.Media, content io.ReaderAt, size int64) error {
	var head [512]byte
	if size < int64(len(head)) {
		return refuse(chat.MediaDamaged, *m, 0)
	}
	o := ole{content: content, size: size}
	if err := o.read(head[:], 0); err != nil {
		return err
	}
	shift := binary.LittleEndian.Uint16(head[30:])
	if shift != 9 && shift != 12 { // all that the format has
		return refuse(chat.MediaDamaged, *m, 0)
	}
	o.block = int64(1) << shift
	o.table = head[76:]
	entries := make([]byte, o.block)
	at := binary.LittleEndian.Uint32(head[48:])
	for range oleMostBlocks {
		if o.where(at)+o.block > size {
			return nil // the end of the chain, or a broken one
		}
		if err := o.read(entries, o.where(at)); err != nil {
			return err
		}
		for e := entries; len(e) >= oleEntry; e = e[oleEntry:] {
			if mime := oleStreams[oleName(e)]; mime != "" {
				m.MIME = mime
				return nil
			}
		}
		var err error
		if at, err = o.next(at); err != nil {
			return err
		}
	}
	return nil
}

// ole is a container that is being read.
type ole struct {
	content io.ReaderAt
	size    int64
	block   int64  // bytes
	table   []byte // where the parts of the allocation table are
}

func (o *ole) read(to []byte, at int64) error {
	if _, err := o.content.ReadAt(to, at); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("media: read a document: %w", err)
	}
	return nil
}

// where is the place of a block in the file.
func (o *ole) where(block uint32) int64 { return (int64(block) + 1) * o.block }

// next is the block after one in its chain; beyond the file where it is the last.
func (o *ole) next(block uint32) (uint32, error) {
	const beyond = 0xffffffff
	each := uint32(o.block / 4)
	part := block / each
	if part >= oleInHeader {
		return beyond, nil // of a file over 7 MB whose directory is at its end
	}
	at := o.where(binary.LittleEndian.Uint32(o.table[4*part:])) + int64(block%each)*4
	if at+4 > o.size {
		return beyond, nil
	}
	var link [4]byte
	err := o.read(link[:], at)
	return binary.LittleEndian.Uint32(link[:]), err
}

// oleName is the name in a directory entry.
func oleName(e []byte) string {
	n := int(binary.LittleEndian.Uint16(e[64:]))/2 - 1 // without the zero at its end
	if n <= 0 || n > 31 {
		return ""
	}
	units := make([]uint16, n)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(e[2*i:])
	}
	return string(utf16.Decode(units))
}
