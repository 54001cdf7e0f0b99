package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"shopbell/core/chat"
)

const (
	zipArchive = "application/zip"
	// ooxmlContents is the name of what every document of Office since 2007 has.
	ooxmlContents = "[Content_Types].xml"
	// zipTail is how much of the end of an archive is looked at: a large document
	// has hundreds of parts, and its own name is on each.
	zipTail = 64 << 10
	// zipEntry begins an entry of the directory at the end; its name follows
	// zipName bytes behind that.
	zipEntry = "PK\x01\x02"
	zipName  = 46
)

// ooxmlFolders are the folders by which each of the three is known.
var ooxmlFolders = map[string]string{
	"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"xl/":   "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"ppt/":  "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}

// measureZip finds out whether an archive is a document of Office whose
// beginning did not tell: the first part of a large one is longer than that.
func measureZip(m *chat.Media, content io.ReaderAt, size int64, head []byte) error {
	if !bytes.Contains(head, []byte(ooxmlContents)) {
		return nil
	}
	tail := make([]byte, min(size, zipTail))
	if _, err := content.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("media: read the end of an archive: %w", err)
	}
	for {
		at := bytes.Index(tail, []byte(zipEntry))
		if at < 0 || len(tail) < at+zipName {
			return nil
		}
		tail = tail[at:]
		name := tail[zipName:]
		name = name[:min(len(name), int(binary.LittleEndian.Uint16(tail[28:])))]
		for folder, mime := range ooxmlFolders {
			if strings.HasPrefix(string(name), folder) {
				m.MIME = mime
				return nil
			}
		}
		tail = tail[len(zipEntry):]
	}
}
