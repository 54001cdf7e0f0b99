package app

import (
	"context"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

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
	d := dialog.NewFileSave(func(target fyne.URIWriteCloser, err error) {
		if err != nil || target == nil {
			if err != nil {
				done(err)
			}
			return
		}
		o.app.visit.Do(func(ctx context.Context) error { return pour(ctx, target, open) }, done)
	}, o.app.window)
	d.SetFileName(safeName(name))
	o.app.showBox(d)
}

// Choose implements inbox.Outside.
func (o outside) Choose(done func([]inbox.Offer)) {
	o.app.showBox(dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if file == nil {
			o.app.try(err)
			done(nil)
			return
		}
		uri := file.URI()
		if err := file.Close(); err != nil {
			o.app.try(err)
			done(nil)
			return
		}
		done([]inbox.Offer{offerOf(uri)})
	}, o.app.window))
}

// Browse implements inbox.Outside.
func (o outside) Browse(address *url.URL) error { return o.app.fyne.OpenURL(address) }

// offerOf is a file on this computer.
func offerOf(uri fyne.URI) inbox.Offer {
	return inbox.Offer{Name: uri.Name(), Open: func() (io.ReadCloser, error) { return os.Open(uri.Path()) }}
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
		offers = append(offers, offerOf(f))
	}
	a.inbox.Drop(offers)
}

// safeName keeps of a stranger's file name what is a name: no path, no leading
// dot, nothing that a system forbids.
func safeName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
	name = strings.Trim(name, ". ")
	if name == "" {
		return "file"
	}
	return name
}

func copyTo(ctx context.Context, path string, open func(context.Context) (io.ReadCloser, error)) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return pour(ctx, f, open)
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
