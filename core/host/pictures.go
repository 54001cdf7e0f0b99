package host

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/media"
	"shopbell/core/staff"
	"shopbell/core/store"
)

// PicturesFolder is where, inside the data folder, the pictures of replies are,
// by the names that rules have for them.
const PicturesFolder = "pictures"

// pictures is what the rules of a desk name: what is sent, by name. It only grows,
// so that rules that are about to be replaced still find theirs.
type pictures map[string]chat.Media

// takePictures makes the pictures of a rules file ready to be sent. One that
// cannot be is left out and logged: replies that need it are left out too.
func (h *Host) takePictures(f autoreply.File) {
	all := pictures{}
	for name, m := range *h.pictures.Load() {
		all[name] = m
	}
	for _, use := range f.Pictures() {
		m, err := h.takePicture(use.Name)
		if err != nil {
			h.log.Error("A picture of the rules cannot be sent", "rule", use.Rule, "field", use.Field, "picture", use.Name, "error", err)
			delete(all, use.Name)
			continue
		}
		all[use.Name] = m
	}
	h.pictures.Store(&all)
}

// takePicture brings one of the shop's pictures into the folder of files, scaled.
func (h *Host) takePicture(name string) (chat.Media, error) {
	file, err := os.Open(filepath.Join(h.o.DataDir, PicturesFolder, name))
	if err != nil {
		return chat.Media{}, err
	}
	defer file.Close()
	a, err := h.folder.Prepare(name, file)
	if err != nil {
		return chat.Media{}, err
	}
	return a.Media, mustBePicture(a)
}

func mustBePicture(a desk.Attachment) error {
	if a.Kind != chat.KindImage {
		return &desk.FileError{Code: chat.MediaWrongType, MIME: a.Media.MIME, Size: a.Media.Size}
	}
	return nil
}

// isPicture reports whether a file is one that replies send.
func (h *Host) isPicture(file string) bool {
	for _, m := range *h.pictures.Load() {
		if m.File == file {
			return true
		}
	}
	return false
}

// missingPicture returns the fault of the first picture that f names and the shop
// with that data folder does not have, nil where it has all.
func missingPicture(dataDir string, f autoreply.File) error {
	for _, use := range f.Pictures() {
		_, err := os.Stat(filepath.Join(dataDir, PicturesFolder, use.Name))
		if errors.Is(err, fs.ErrNotExist) {
			return use.Missing("is not among the shop's pictures: add it, or take it out of the reply")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// importPictures copies the pictures that f names from beside it into a data
// folder, over older ones of the same names. One that stands in neither place, or
// is no picture that can be sent, is an *autoreply.FileError, and then none is
// copied. beside may be nil.
func importPictures(dataDir string, f autoreply.File, beside fs.FS) error {
	found := map[string][]byte{}
	for _, use := range f.Pictures() {
		if _, seen := found[use.Name]; seen {
			continue
		}
		content, err := readBeside(beside, use.Name)
		if errors.Is(err, fs.ErrNotExist) {
			if _, err := os.Stat(filepath.Join(dataDir, PicturesFolder, use.Name)); err != nil {
				return use.Missing("is neither beside the rules file nor among the shop's pictures: put it there, or take it out of the reply")
			}
			continue
		}
		if err != nil {
			return use.Missing("cannot be read: " + err.Error())
		}
		ready, err := media.MakeReady(use.Name, bytes.NewReader(content), int64(len(content)))
		if err == nil {
			err = mustBePicture(ready.Attachment)
		}
		if err != nil {
			return use.Missing("is no picture that WhatsApp takes (JPEG or PNG): " + err.Error())
		}
		found[use.Name] = content
	}
	for name, content := range found {
		if err := savePicture(dataDir, name, content); err != nil {
			return err
		}
	}
	return nil
}

// maxPicture is the largest picture that is read, in bytes: phones make some of
// 20 MB, and all are scaled.
const maxPicture = 32 << 20

func readBeside(beside fs.FS, name string) ([]byte, error) {
	if beside == nil {
		return nil, fs.ErrNotExist
	}
	file, err := beside.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return readPicture(file)
}

func readPicture(r io.Reader) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(r, maxPicture+1))
	if err == nil && len(content) > maxPicture {
		err = &desk.FileError{Code: chat.MediaTooLarge, Size: int64(len(content)), Limit: maxPicture}
	}
	return content, err
}

// savePicture puts a picture among the shop's, whole or not at all.
func savePicture(dataDir, name string, content []byte) (err error) {
	dir := filepath.Join(dataDir, PicturesFolder)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("host: make the folder of pictures: %w", media.Full(err))
	}
	part, err := os.CreateTemp(dir, ".new-")
	if err != nil {
		return fmt.Errorf("host: store a picture: %w", media.Full(err))
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("host: store a picture: %w", media.Full(err)), os.Remove(part.Name()))
		}
	}()
	_, err = part.Write(content)
	if err := errors.Join(err, part.Sync(), part.Close()); err != nil {
		return err
	}
	return os.Rename(part.Name(), filepath.Join(dir, name))
}

// AddPicture implements desk.Rules.
func (h *Host) AddPicture(ctx context.Context, who desk.Actor, name string, content io.Reader) (string, error) {
	if err := h.allow(ctx, who, staff.EditRules, "rules.picture", "rules"); err != nil {
		return "", err
	}
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if err := autoreply.CheckPictureName(name); err != nil {
		return "", invalid("name", err)
	}
	data, err := readPicture(content)
	if err != nil {
		return "", fault(err)
	}
	ready, err := media.MakeReady(name, bytes.NewReader(data), int64(len(data)))
	if err == nil {
		err = mustBePicture(ready.Attachment)
	}
	if err != nil {
		return "", fault(err)
	}
	if ready.Picture != nil {
		data = ready.Picture
	}
	h.saving.Lock()
	defer h.saving.Unlock()
	if name, err = freeName(filepath.Join(h.o.DataDir, PicturesFolder), name, data); err != nil {
		return "", fault(err)
	}
	if err := savePicture(h.o.DataDir, name, data); err != nil {
		return "", fault(err)
	}
	return name, fault(h.db.Update(ctx, func(tx *store.Tx) error { return tx.Audit(done(who, "rules.picture", "rules")) }))
}

// freeName returns name, or one like it with a number before its ending where
// another picture has it.
func freeName(dir, name string, content []byte) (string, error) {
	stem, ending := []rune(strings.TrimSuffix(name, path.Ext(name))), path.Ext(name)
	for n := 2; ; n++ {
		there, err := os.ReadFile(filepath.Join(dir, name))
		if errors.Is(err, fs.ErrNotExist) || err == nil && bytes.Equal(there, content) {
			return name, nil
		}
		if err != nil {
			return "", err
		}
		number := fmt.Sprintf("-%d%s", n, ending)
		for len(stem) > 1 && chat.Units(string(stem)+number) > autoreply.MaxPicture {
			stem = stem[:len(stem)-1]
		}
		name = string(stem) + number
	}
}
