package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"shopbell/core/store"
)

const (
	keepDays   = 7 // days of which one snapshot is kept
	keepCopies = 2 // copies from before a migration

	every   = 24 * time.Hour
	patient = 6 * time.Hour // how long a quiet moment is waited for
	look    = 10 * time.Minute
	settled = time.Minute // after the start: who opens the shop wants the disk then

	// reserve is left free on the disk: the shop's own writes come first.
	reserve = 256 << 20
)

var (
	// ErrNoRoom means that the disk has no room for a snapshot and the shop both.
	ErrNoRoom = errors.New("backup: not enough room on the disk for a snapshot")
	// ErrDamaged means that a snapshot did not pass SQLite's check. It is gone, and
	// those before it are kept.
	ErrDamaged = errors.New("backup: the snapshot is damaged")
)

// Snapshot is one copy of the shop's file.
type Snapshot struct {
	Path string
	At   time.Time // whole seconds, UTC
	Size int64     // bytes
}

// Source is the shop's file; *store.DB is one.
type Source interface {
	Path() string
	// Snapshot writes the file as it stands to a path where nothing is.
	Snapshot(ctx context.Context, path string) error
}

// Keeper takes snapshots and lets old ones go. Its fields are set before use and
// not changed after. Safe for use by many goroutines.
type Keeper struct {
	Source Source
	Dir    string // made where it is missing
	Now    func() time.Time
	// Quiet reports whether nothing happens in the shop just now; nil: always.
	Quiet func(context.Context) (bool, error)
	// Free says how much room there is; nil means FreeSpace.
	Free func(dir string) (uint64, error)
	Log  *slog.Logger // nil discards

	taking sync.Mutex
}

const (
	prefix  = "shop-"
	suffix  = ".db"
	stamp   = "20060102-150405"
	partial = ".part"
)

// Take takes a snapshot now, checks it, and lets those go that are too many: of
// each of the last 7 days (UTC) with a snapshot the newest is kept. It waits for
// another Take under way. ErrNoRoom, store.ErrFull, ErrDamaged; after an error all
// snapshots of before are there. An error beside a Snapshot says that it was taken,
// and that an older one could not be removed.
func (k *Keeper) Take(ctx context.Context) (Snapshot, error) {
	k.taking.Lock()
	defer k.taking.Unlock()
	if err := os.MkdirAll(k.Dir, 0o700); err != nil {
		return Snapshot{}, fmt.Errorf("backup: %w", err)
	}
	if err := k.clearPartial(); err != nil {
		return Snapshot{}, err
	}
	if err := k.checkRoom(); err != nil {
		return Snapshot{}, err
	}
	at := k.Now().UTC().Truncate(time.Second)
	path := filepath.Join(k.Dir, prefix+at.Format(stamp)+suffix)
	part := path + partial
	if err := k.Source.Snapshot(ctx, part); err != nil {
		return Snapshot{}, err
	}
	if err := verify(ctx, part); err != nil {
		return Snapshot{}, errors.Join(err, os.Remove(part))
	}
	if err := os.Rename(part, path); err != nil {
		return Snapshot{}, errors.Join(fmt.Errorf("backup: %w", err), os.Remove(part))
	}
	info, err := os.Stat(path)
	if err != nil {
		return Snapshot{}, fmt.Errorf("backup: %w", err)
	}
	return Snapshot{Path: path, At: at, Size: info.Size()}, k.rotate()
}

// verify reads the whole of a snapshot.
func verify(ctx context.Context, path string) error {
	bad, err := store.Damage(ctx, path)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if len(bad) > 0 {
		return fmt.Errorf("%w: %s", ErrDamaged, strings.Join(bad, "; "))
	}
	return nil
}

// checkRoom sees to it that the copy leaves the shop its reserve. A copy is at
// most as large as the file and its log.
func (k *Keeper) checkRoom() error {
	need := uint64(reserve)
	for _, path := range []string{k.Source.Path(), k.Source.Path() + "-wal"} {
		info, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("backup: %w", err)
		}
		need += uint64(info.Size())
	}
	ask := k.Free
	if ask == nil {
		ask = FreeSpace
	}
	left, err := ask(k.Dir)
	if err != nil {
		return err
	}
	if left < need {
		return fmt.Errorf("%w: %d MB are free, %d MB are needed", ErrNoRoom, left>>20, need>>20)
	}
	return nil
}

// clearPartial removes what an interrupted Take left.
func (k *Keeper) clearPartial() error {
	left, err := filepath.Glob(filepath.Join(k.Dir, prefix+"*"+partial+"*"))
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	for _, path := range left {
		if err := os.Remove(path); err != nil {
			return fmt.Errorf("backup: %w", err)
		}
	}
	return nil
}

// List returns the snapshots, newest first; none where there is no folder yet.
// Files of other names are nobody's business.
func (k *Keeper) List() ([]Snapshot, error) {
	entries, err := os.ReadDir(k.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("backup: %w", err)
	}
	var list []Snapshot
	for _, e := range entries {
		at, err := time.Parse(prefix+stamp+suffix, e.Name())
		if err != nil {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, fmt.Errorf("backup: %w", err)
		}
		list = append(list, Snapshot{Path: filepath.Join(k.Dir, e.Name()), At: at, Size: info.Size()})
	}
	slices.SortFunc(list, func(a, b Snapshot) int { return b.At.Compare(a.At) })
	return list, nil
}

// rotate lets go what is too old. The newest snapshot has just been checked.
func (k *Keeper) rotate() error {
	list, err := k.List()
	if err != nil {
		return err
	}
	var gone []string
	days := map[string]bool{}
	for _, s := range list {
		day := s.At.Format(time.DateOnly)
		if days[day] || len(days) == keepDays {
			gone = append(gone, s.Path)
			continue
		}
		days[day] = true
	}
	copies, err := filepath.Glob(k.Source.Path() + ".before-*[0-9]") // their names end in a number: the order of migrations
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	slices.Sort(copies)
	gone = append(gone, copies[:max(len(copies)-keepCopies, 0)]...)
	var errs []error
	for _, path := range gone {
		errs = append(errs, os.Remove(path))
	}
	return errors.Join(errs...)
}

// Run takes a snapshot each day at a quiet moment, the first a minute after the start,
// and at any where there is none for 6 hours, until ctx ends; it returns nil then. What
// fails is logged and tried again 10 minutes later.
func (k *Keeper) Run(ctx context.Context) error {
	log := k.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	next := time.NewTimer(settled)
	defer next.Stop()
	for {
		select {
		case <-next.C:
			next.Reset(look)
		case <-ctx.Done():
			return nil
		}
		due, err := k.due(ctx)
		if err == nil && due {
			_, err = k.Take(ctx)
		}
		if err != nil && ctx.Err() == nil {
			log.Error("No snapshot of the shop's file", "error", err)
		}
	}
}

// due reports whether it is time.
func (k *Keeper) due(ctx context.Context) (bool, error) {
	list, err := k.List()
	if err != nil {
		return false, err
	}
	now := k.Now()
	// One from the future was taken before the clock was set back.
	last := slices.IndexFunc(list, func(s Snapshot) bool { return !s.At.After(now) })
	if last >= 0 {
		switch age := now.Sub(list[last].At); {
		case age < every:
			return false, nil
		case age >= every+patient:
			return true, nil
		}
	}
	if k.Quiet == nil {
		return true, nil
	}
	return k.Quiet(ctx)
}
