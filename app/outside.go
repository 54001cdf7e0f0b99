package app

import (
	"context"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"shopbell/app/filebox"
	"shopbell/app/inbox"
)

// outside is the computer that the window stands on: its files, its programs.
type outside struct{ app *App }

// Show implements inbox.Outside: content becomes a file of the user's own, which
// only they can read, in a folder that goes when the window closes.
func (o outside) Show(name string, open func(context.Context) (io.ReadCloser, error), done func(error)) {
	var path string
	o.app.visit.Do(func(ctx context.Context) error {
		dir, err := o.app.opened.add()
		if err != nil {
			return err
		}
		path = filepath.Join(dir, safeName(name))
		return copyTo(ctx, path, open)
	}, func(err error) {
		if err == nil {
			err = o.app.fyne.OpenURL(fileAddress(path))
		}
		done(err)
	})
}

// folder holds the files that were opened outside. The zero value has none. Safe
// for use by many goroutines.
type folder struct {
	mu   sync.Mutex
	path string
}

// add makes a folder for one file, which only this user can read.
func (f *folder) add() (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.path == "" {
		path, err := os.MkdirTemp("", "shopbell-")
		if err != nil {
			return "", err
		}
		f.path = path
	}
	return os.MkdirTemp(f.path, "")
}

// remove deletes them all.
func (f *folder) remove() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.path == "" {
		return nil
	}
	path := f.path
	f.path = ""
	return os.RemoveAll(path)
}

// fileAddress is a path as an address; on Windows a drive needs a slash before it.
func fileAddress(path string) *url.URL {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return &url.URL{Scheme: "file", Path: path}
}

// Save implements inbox.Outside.
func (o outside) Save(name string, open func(context.Context) (io.ReadCloser, error), done func(error)) {
	filebox.Save(o.app.fileBox(), safeName(name), func(path string, replace bool) {
		if path == "" {
			return
		}
		keep := copyTo
		if replace {
			keep = replaceWith
		}
		o.app.visit.Do(func(ctx context.Context) error { return keep(ctx, path, open) }, done)
	})
}

// Choose implements inbox.Outside.
func (o outside) Choose(done func([]inbox.Offer)) {
	filebox.Choose(o.app.fileBox(), func(paths []string) {
		var offers []inbox.Offer
		for _, path := range paths {
			offers = append(offers, offerOf(path))
		}
		done(offers)
	})
}

// Browse implements inbox.Outside.
func (o outside) Browse(address *url.URL) error { return o.app.fyne.OpenURL(address) }

// offerOf is a file on this computer.
func offerOf(path string) inbox.Offer {
	return inbox.Offer{Name: filepath.Base(path), Open: func() (io.ReadCloser, error) { return os.Open(path) }}
}

// dropped takes files that were dropped on the window, where the person sees the
// chat that they go to.
func (a *App) dropped(_ fyne.Position, files []fyne.URI) {
	if a.inbox == nil || a.at != railInbox {
		a.say(a.words.T("chat.drop_where"), nil)
		return
	}
	offers := make([]inbox.Offer, 0, len(files))
	for _, f := range files {
		offers = append(offers, offerOf(f.Path()))
	}
	a.inbox.Drop(offers)
}

// longestName is how many bytes of a stranger's file name are kept: systems allow 255,
// and the box in which it is chosen has to show it.
const longestName = 180

// safeName keeps of a stranger's file name what is a name: no path, no leading
// dot, nothing that a system forbids or takes for a device, and no letter that turns
// the ending around or is not seen. A long one keeps its ending.
func safeName(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r) || r == utf8.RuneError:
			return -1
		case unicode.IsControl(r) || strings.ContainsRune(`/\:*?"<>|`, r):
			return '_'
		}
		return r
	}, name)
	name = strings.Trim(name, ". ")
	end := filepath.Ext(name)
	if len(end) > longestName/4 {
		end = ""
	}
	stem := strings.TrimSuffix(name, end)
	for len(stem)+len(end) > longestName {
		_, last := utf8.DecodeLastRuneInString(stem)
		stem = stem[:len(stem)-last]
	}
	before, _, _ := strings.Cut(stem, ".")
	switch {
	case stem == "" && end == "":
		return "file"
	case device.MatchString(strings.TrimSpace(before)):
		stem = "_" + stem
	}
	return stem + end
}

// device are the names that Windows takes for a device, whatever their ending.
var device = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$`)

// copyTo writes content into a file that is not there yet. One that could not be
// written whole is taken away again.
func copyTo(ctx context.Context, path string, open func(context.Context) (io.ReadCloser, error)) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := pour(ctx, f, open); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// replaceWith writes content in the place of a file, which stays as it is where
// the content cannot be written whole.
func replaceWith(ctx context.Context, path string, open func(context.Context) (io.ReadCloser, error)) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".shopbell-*")
	if err != nil {
		return err
	}
	if err = pour(ctx, f, open); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// pour copies content into target and closes both; what could not be closed is
// not there whole.
func pour(ctx context.Context, target io.WriteCloser, open func(context.Context) (io.ReadCloser, error)) error {
	content, err := open(ctx)
	if err != nil {
		return errors.Join(err, target.Close())
	}
	defer content.Close()
	_, err = io.Copy(target, content)
	return errors.Join(err, target.Close())
}
