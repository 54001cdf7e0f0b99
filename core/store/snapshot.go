package store

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// Snapshot writes the whole file as it stands at one moment to another file at
// path, which must not exist, readable for its owner only, and on the disk when it
// returns. The desk goes on meanwhile; the time grows with the file. ErrFull where
// the disk has no room for it. After an error nothing is left at path.
func (db *DB) Snapshot(ctx context.Context, path string) (err error) {
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("store: snapshot: %s exists", path)
	}
	if err := private(path); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("store: snapshot: %w", db.explain(err)), os.Remove(path))
		}
	}()
	// A connection of its own: the readers' must not be held up for so long, and
	// this one reads nothing but the one snapshot. Its temporary file may be as
	// large as the copy, so it does not stand in memory.
	pool, err := openPool(db.path, 1, "busy_timeout(10000)")
	if err != nil {
		return err
	}
	_, err = pool.ExecContext(ctx, "VACUUM INTO ?", path)
	if err := errors.Join(err, pool.Close()); err != nil {
		return err
	}
	// SQLite does not sync what it vacuums into.
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
