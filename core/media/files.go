// Package media keeps the files of messages beside the database: photos, videos,
// voice notes, documents and stickers. It tells what a file is by its content,
// makes pictures fit to be sent, fetches what customers send before Meta forgets
// it, and hands Meta what the shop sends.
package media

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"

	"shopbell/core/store"
)

// Folder is a folder of contents, each named by its SHA-256, so that the same
// content is one file however often it came. A file that is there is whole and
// never changes. Safe for use by many goroutines, and by one process.
type Folder struct {
	dir string
	now func() time.Time
}

// partFolder holds what is not whole yet.
const partFolder = "part"

// spooled is what the names of parts begin with that nobody goes on with.
const spooled = "new-"

// OpenFolder opens a folder and makes it where it is missing. Of what a crash
// left there unfinished, what a Fetcher can go on with stays. now is the clock by
// which files grow old: see Sweep.
func OpenFolder(dir string, now func() time.Time) (*Folder, error) {
	parts := filepath.Join(dir, partFolder)
	if err := os.MkdirAll(parts, 0o700); err != nil {
		return nil, fmt.Errorf("media: make the folder of files: %w", Full(err))
	}
	left, err := os.ReadDir(parts)
	if err != nil {
		return nil, fmt.Errorf("media: look for what a crash left: %w", err)
	}
	for _, e := range left {
		if strings.HasPrefix(e.Name(), spooled) {
			if err := os.Remove(filepath.Join(parts, e.Name())); err != nil {
				return nil, fmt.Errorf("media: remove what a crash left: %w", err)
			}
		}
	}
	return &Folder{dir: dir, now: now}, nil
}

// names are the names of contents. Anything else might lead out of the folder.
var names = regexp.MustCompile(`^[0-9a-f]{64}$`)

// path is where the content of that name stands. store.ErrNotFound for what is no name.
func (f *Folder) path(name string) (string, error) {
	if !names.MatchString(name) {
		return "", fmt.Errorf("media: a file is named by the 64 hex digits of its SHA-256: %w", store.ErrNotFound)
	}
	return filepath.Join(f.dir, name[:2], name), nil
}

// Open opens a content for reading; the caller closes it. store.ErrNotFound.
func (f *Folder) Open(name string) (*os.File, error) {
	path, err := f.path(name)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("media: file %s: %w", name, store.ErrNotFound)
	}
	return file, err
}

// Add stores what content gives, up to limit bytes, and returns its name. Where
// there is more, nothing is kept and the error is an *OverError. store.ErrFull
// when the disk is.
func (f *Folder) Add(content io.Reader, limit int64) (name string, err error) {
	part, err := f.spool(content, limit)
	if err != nil {
		return "", err
	}
	defer part.discard()
	return f.keep(part)
}

// OverError says that there was more to read than allowed.
type OverError struct{ Limit int64 }

func (e *OverError) Error() string {
	return fmt.Sprintf("media: the file has more than %d bytes", e.Limit)
}

// part is a content that is not kept yet.
type part struct {
	*os.File
	size int64
}

// discard closes and removes it; after keep there is nothing left to remove.
func (p *part) discard() {
	_ = p.Close()
	_ = os.Remove(p.Name()) // a rest does no harm: OpenFolder removes it
}

// spool writes content into the folder of parts.
func (f *Folder) spool(content io.Reader, limit int64) (_ *part, err error) {
	file, err := os.CreateTemp(filepath.Join(f.dir, partFolder), spooled)
	if err != nil {
		return nil, fmt.Errorf("media: store a file: %w", Full(err))
	}
	p := &part{File: file}
	p.size, err = io.Copy(file, io.LimitReader(content, limit+1))
	if err == nil && p.size > limit {
		err = &OverError{Limit: limit}
	}
	if err != nil {
		p.discard()
		return nil, fmt.Errorf("media: store a file: %w", Full(err))
	}
	return p, nil
}

// keep makes a whole part a content of the folder and closes it. The name is
// there only once its bytes are on the disk.
func (f *Folder) keep(p *part) (name string, err error) {
	if _, err := p.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, p); err != nil {
		return "", err
	}
	name = hex.EncodeToString(sum.Sum(nil))
	path, err := f.path(name)
	if err != nil {
		return "", err
	}
	if err := errors.Join(p.Sync(), p.Close()); err != nil {
		return "", fmt.Errorf("media: store a file: %w", Full(err))
	}
	now := f.now()
	err = os.Chtimes(path, now, now)
	if err == nil {
		return name, nil // it is here already, and young again; discard removes the part
	}
	if !errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("media: store a file: %w", Full(err))
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", fmt.Errorf("media: store a file: %w", Full(err))
	}
	if err := errors.Join(os.Chtimes(p.Name(), now, now), os.Rename(p.Name(), path)); err != nil {
		return "", fmt.Errorf("media: store a file: %w", Full(err))
	}
	return name, syncFolder(filepath.Dir(path))
}

// resume opens the part of that name where there is one, at its end, and makes
// it where there is none.
func (f *Folder) resume(name string) (*part, error) {
	file, err := os.OpenFile(filepath.Join(f.dir, partFolder, name), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("media: go on with a file: %w", Full(err))
	}
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &part{File: file, size: size}, nil
}

// restart empties a part.
func (p *part) restart() error {
	p.size = 0
	_, err := p.Seek(0, io.SeekStart)
	return errors.Join(err, p.Truncate(0))
}

// syncFolder makes a new name in a folder last. Windows does so by itself and
// syncs no folders.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Full lets an error of the file system say store.ErrFull where there is no room.
func Full(err error) error {
	if noRoom(err) {
		return fmt.Errorf("%w: %w", store.ErrFull, err)
	}
	return err
}
