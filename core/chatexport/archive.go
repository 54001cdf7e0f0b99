package chatexport

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"
)

// Limits of what is opened, ours: a chat of ten years is some tens of megabytes.
const (
	MaxText    = 256 << 20 // bytes of one chat, unpacked
	MaxFiles   = 50_000    // in one zip
	maxPacking = 200       // times smaller than its text a chat can be packed
)

// A FileError says why a file is not read. Open returns it as a *FileError.
type FileError struct {
	Code    FileCode
	Limit   int64  // that it breaks, 0 where there is none
	Problem string // for developers, in English
}

func (e *FileError) Error() string { return "chatexport: " + e.Problem }

// FileCode is what is wrong with a file; app/locale turns it into a sentence.
type FileCode string

// What can be wrong with a file.
const (
	FileLocked   FileCode = "locked"   // a backup of the phone, which only WhatsApp can open, or a zip with a password
	FileNoChat   FileCode = "no_chat"  // no exported chat
	FileBroken   FileCode = "broken"   // a damaged zip
	FileLarge    FileCode = "large"    // over MaxText, or more than MaxFiles
	FileEncoding FileCode = "encoding" // saved anew as UTF-16
)

// A Chat is one exported chat within a file, not read yet.
type Chat struct {
	Name string // of the file with its text
	Size int64  // of the text in bytes, as far as the file says
	open func() (io.ReadCloser, error)
	// Files are the names of what was exported with it.
	Files map[string]bool
}

// Text opens the chat's text from its beginning; it can be opened again. Reading it
// gives a *FileError where it is longer than MaxText.
func (c Chat) Text() (io.ReadCloser, error) { return c.open() }

// backups are the names of the copies that WhatsApp makes for itself.
var backups = regexp.MustCompile(`(?i)\.(crypt\d*|enc|mcrypt\d*|db)$`)

// Open finds the chats in a file: that of a text file, or those in a zip. The file
// must stay open as long as they are read. The error is a *FileError, or the
// reader's.
func Open(name string, file io.ReaderAt, size int64) ([]Chat, error) {
	if backups.MatchString(name) {
		return nil, &FileError{FileLocked, 0, "it is a backup, encrypted by WhatsApp: export the chat in WhatsApp instead"}
	}
	head := make([]byte, 4)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("PK")):
		return openZip(file, size)
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return nil, &FileError{FileEncoding, 0, "it is UTF-16: use the file as WhatsApp exported it, or save it as UTF-8"}
	case size > MaxText:
		return nil, &FileError{FileLarge, MaxText, fmt.Sprintf("it has %d bytes, %d can be read", size, int64(MaxText))}
	}
	return []Chat{{Name: name, Size: size, open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.NewSectionReader(file, 0, size)), nil
	}}}, nil
}

func openZip(file io.ReaderAt, size int64) ([]Chat, error) {
	z, err := zip.NewReader(file, size)
	if err != nil {
		return nil, &FileError{FileBroken, 0, "the zip cannot be read: " + err.Error()}
	}
	if len(z.File) > MaxFiles {
		return nil, &FileError{FileLarge, MaxFiles, fmt.Sprintf("the zip has %d files, %d can be read", len(z.File), MaxFiles)}
	}
	var chats []Chat
	others := make(map[string]bool)
	for _, f := range z.File {
		name := path.Base(f.Name)
		switch {
		case f.FileInfo().IsDir(), strings.HasPrefix(f.Name, "__MACOSX/"):
		case !strings.EqualFold(path.Ext(name), ".txt"):
			others[name] = true
		case f.Flags&1 != 0:
			return nil, &FileError{FileLocked, 0, "the zip has a password: export the chat without one"}
		case f.UncompressedSize64 > MaxText || f.UncompressedSize64 > 1<<20 && f.UncompressedSize64/maxPacking > f.CompressedSize64:
			return nil, &FileError{FileLarge, MaxText, fmt.Sprintf("%s has %d bytes unpacked, packed in %d", name, f.UncompressedSize64, f.CompressedSize64)}
		default:
			chats = append(chats, Chat{
				Name: name, Size: int64(f.UncompressedSize64), Files: others,
				open: func() (io.ReadCloser, error) { return openPacked(f) },
			})
		}
	}
	if len(chats) == 0 {
		return nil, &FileError{FileNoChat, 0, "the zip has no text file in it"}
	}
	return chats, nil
}

// openPacked opens a file of a zip, whatever size its entry claims to have.
func openPacked(f *zip.File) (io.ReadCloser, error) {
	r, err := f.Open()
	if err != nil {
		return nil, &FileError{FileBroken, 0, "the zip cannot be read: " + err.Error()}
	}
	return &bounded{ReadCloser: r, left: MaxText}, nil
}

// bounded ends with an error where a zip holds more than it says.
type bounded struct {
	io.ReadCloser
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, &FileError{FileLarge, MaxText, "the chat is longer than its zip says"}
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = &FileError{FileBroken, 0, "the zip cannot be read: " + err.Error()}
	}
	return n, err
}
