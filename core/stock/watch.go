package stock

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"shopbell/core/desk"
)

const (
	// calm is how long a file must stay as it is before it is read: systems do not
	// tell that the program which writes it has closed it.
	calm = 150 * time.Millisecond
	// lookEvery is how often it is looked at besides: no network drive tells of what
	// another computer writes. Half of what A8 allows, with room to read.
	lookEvery = 500 * time.Millisecond
)

// Watcher reads a file now and whenever it has changed. It watches the folder, not
// the file: programs that save put another file in its place.
type Watcher struct {
	Path string
	// Found is given what stands in the file, one call at a time: at first, and each
	// time it has changed and is calm again, is gone, or cannot be opened any more.
	// One that cannot be opened, or that Found returns an error for, is tried again.
	Found func(context.Context, Content) error
	// Calm and LookEvery replace the usual times where they are not 0.
	Calm, LookEvery time.Duration

	notes func() (*fsnotify.Watcher, error) // nil means fsnotify.NewWatcher
}

// Run watches until ctx ends. Where the system tells of no changes (it gives each
// user so many watches and no more), it looks by itself.
func (w *Watcher) Run(ctx context.Context) {
	open := w.notes
	if open == nil {
		open = fsnotify.NewWatcher
	}
	var events <-chan fsnotify.Event
	var lost <-chan error
	notes, err := open()
	if err == nil {
		defer notes.Close()
		events, lost = notes.Events, notes.Errors
	}
	still, every := w.Calm, w.LookEvery
	if still == 0 {
		still = calm
	}
	if every == 0 {
		every = lookEvery
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	again := time.NewTimer(0)
	defer again.Stop()
	var s settling
	for {
		touched := false
		select {
		case <-ctx.Done():
			return
		case e := <-events:
			if !strings.EqualFold(filepath.Base(e.Name), filepath.Base(w.Path)) || e.Op == fsnotify.Chmod {
				continue
			}
			touched = true
		case _, touched = <-lost: // some notes were
		case <-tick.C:
		case <-again.C:
		}
		if err == nil && len(notes.WatchList()) == 0 {
			// Where the folder is not there, or cannot be watched, looking must do.
			_ = notes.Add(filepath.Dir(w.Path))
		}
		switch s.see(look(w.Path), touched) {
		case wait:
			again.Reset(still)
		case read:
			c := Open(w.Path)
			after := look(w.Path)
			failed := w.Found(ctx, c)
			s.tried(failed == nil && c.State != desk.StockFileLocked, after)
		}
	}
}

// sight is what a look at a file shows.
type sight struct {
	there bool
	size  int64
	mode  os.FileMode
	at    int64 // of the last change
}

func look(path string) sight {
	info, err := os.Stat(path)
	if err != nil {
		return sight{}
	}
	return sight{there: true, size: info.Size(), mode: info.Mode(), at: info.ModTime().UnixNano()}
}

type step int

const (
	rest step = iota // nothing has changed
	wait             // something has: look again soon
	read             // it has, and it is calm
)

// settling decides when a file is read.
type settling struct {
	last  sight
	begun bool
	due   bool // it is to be read once it is calm, or again
}

// see takes a look, and whether the system told of a change since the last one.
func (s *settling) see(now sight, touched bool) step {
	switch {
	case !s.begun, touched, now != s.last:
		s.begun, s.due, s.last = true, true, now
		return wait
	case s.due:
		return read
	}
	return rest
}

// tried takes down what came of reading, and how the file looked right after it:
// where it changed meanwhile, it is read again.
func (s *settling) tried(done bool, after sight) {
	s.due = !done || after != s.last
	s.last = after
}
