package host

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"shopbell/core/store"
)

// standing looks at the file of a data folder, whether or not a desk has it open.
// Errors: fs.ErrNotExist for a folder without a shop, store.ErrNewer, or one that
// says what to do about a file of an older Shopbell.
func standing(ctx context.Context, dataDir string) (store.Inspection, error) {
	found, err := store.Inspect(ctx, filepath.Join(dataDir, store.FileName))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return found, fmt.Errorf("host: there is no shop in %s: %w", dataDir, fs.ErrNotExist)
	case err == nil && len(found.Pending) > 0:
		return found, fmt.Errorf("host: the file in %s is of an older Shopbell: open the shop once, which brings it up to date", dataDir)
	}
	return found, err
}

// change opens the file of a data folder, whether or not a desk has it open, and
// closes it once do has returned. It makes the file where there is none, and brings
// an older one up to date; ErrInUse where that is needed and another program has the
// folder.
func change(ctx context.Context, dataDir string, do func(*store.DB) error) (err error) {
	path := filepath.Join(dataDir, store.FileName)
	release, err := holdToMigrate(ctx, dataDir, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	db, err := store.Open(ctx, path, store.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return do(db)
}

// holdToMigrate takes the folder where opening the file would make it or change
// its schema: neither may happen under a desk that runs. ErrInUse.
func holdToMigrate(ctx context.Context, dataDir, path string) (release func() error, err error) {
	found, err := store.Inspect(ctx, path)
	if err == nil && len(found.Pending) == 0 {
		return func() error { return nil }, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	lock, err := lockFolder(dataDir)
	if errors.Is(err, ErrInUse) {
		return nil, fmt.Errorf("%w, and its file must be made or brought up to date first: close that one and try again", err)
	}
	if err != nil {
		return nil, err
	}
	return lock.Unlock, nil
}

// poll looks every so often whether there is something to do, as what another program
// changed in the file, until ctx ends. A trouble that stays is logged once, not at
// every look.
func (h *Host) poll(ctx context.Context, every time.Duration, trouble string, look func(context.Context) error) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	told := ""
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
		err := look(ctx)
		switch {
		case err == nil:
			told = ""
		case ctx.Err() == nil && err.Error() != told:
			told = err.Error()
			h.log.Error(trouble, "error", err)
		}
	}
}
