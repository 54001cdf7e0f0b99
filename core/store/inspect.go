package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
)

// Inspection is what Inspect found in a shop's file.
type Inspection struct {
	Pending []string // migrations that the next Open will apply, after a copy
	// The following stand only where Pending is empty.
	Rules   Rulebook
	Waiting int // messages of ours that wait to leave
	Unknown int // messages nobody knows the fate of
	Parked  int // items that could not be processed
}

// Inspect looks at the shop's file at path and changes nothing in it, so that it
// may be called while a desk has it open. It reads little of the file, however
// large that is. Errors: fs.ErrNotExist for no file, ErrNewer, or why it cannot
// be read.
func Inspect(ctx context.Context, path string) (found Inspection, err error) {
	db, err := openToRead(ctx, path)
	if err != nil {
		return Inspection{}, err
	}
	defer func() { err = errors.Join(err, db.readers.close()) }()
	err = db.View(ctx, func(r *Reader) error {
		var applied []string
		if err := r.rows("SELECT name FROM migration", nil, func(rows *sql.Rows) error {
			var name string
			err := rows.Scan(&name)
			applied = append(applied, name)
			return err
		}); err != nil {
			return fmt.Errorf("store: read migrations: %w", err)
		}
		found.Pending, err = pendingMigrations(migrations, applied)
		return err
	})
	if err != nil {
		return Inspection{}, err
	}
	if len(found.Pending) > 0 {
		return found, nil
	}
	err = db.View(ctx, func(r *Reader) error {
		if found.Rules, err = r.Rulebook(); err != nil {
			return err
		}
		if found.Waiting, found.Unknown, err = r.OutboxCounts(); err != nil {
			return err
		}
		found.Parked, err = r.ParkedCount()
		return err
	})
	return found, err
}

// Damage reads the whole file at path, while a desk may have it open, and
// returns what SQLite's quick check complains of: nothing for a sound one. The
// time it takes grows with the file; ctx ends it. Errors as of Inspect, ErrNewer
// excepted; a file that is torn badly enough is an error too.
func Damage(ctx context.Context, path string) (bad []string, err error) {
	db, err := openToRead(ctx, path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.readers.close()) }()
	if bad, err = db.Check(ctx); err != nil {
		return nil, fmt.Errorf("store: check %s: %w", path, err)
	}
	return bad, nil
}

// openToRead gives a DB without a writer: View is all that it can.
func openToRead(ctx context.Context, path string) (db *DB, err error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	if err := refuseForeign(ctx, path); err != nil {
		return nil, err
	}
	db = &DB{path: path}
	if db.readers, err = openReaders(ctx, path, 1); err != nil {
		return nil, err
	}
	return db, nil
}
