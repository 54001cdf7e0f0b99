// Package store is the shop's file: one SQLite database, its schema, and all
// SQL of the program.
//
// There is one writer. Update hands it a unit of work; it commits many units in
// one transaction (group commit), each inside a savepoint of its own, so that
// one that fails rolls back alone. When Update returns nil the unit is on the
// disk (WAL, synchronous=FULL). Reads go to a pool of their own and never wait
// for the writer.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// FileName is the name of the shop's file inside its data folder.
const FileName = "shop.db"

var (
	// ErrClosed is returned by every call after Close.
	ErrClosed = errors.New("store: closed")
	// ErrFull means that the disk is full or refuses to write. Nothing of the
	// unit was kept; the same unit may succeed when there is room.
	ErrFull = errors.New("store: the disk is full or cannot be written")
	// ErrNotFound is returned where one row was asked for and there is none.
	ErrNotFound = errors.New("store: not found")
	// ErrNewer is returned by Open for a file of a newer Shopbell.
	ErrNewer = errors.New("store: the file was written by a newer Shopbell")
)

// Options of a DB. The zero value is good.
type Options struct {
	// Now is read once for each group of units; nil means time.Now.
	Now func() time.Time
	// Changed is told what a commit changed, once, after it, on the writer's
	// goroutine: it must not block and must not call Update.
	Changed func([]Change)
	// Claim, where set, is asked before a commit that adds rows to the outbox,
	// with these rows by id, which of them leave at once. It spares them a
	// transaction of their own for OutboxClaim. On the writer's goroutine: it must
	// not block and must not call Update.
	Claim func([]OutboxRow) Claim
}

// readerConns is the size of the reader pool: enough that a long read does not
// hold the short ones up. More of them read no faster: on two cores the same
// number of pages a second from 1 to 8 (BenchmarkView).
const readerConns = 4

// DB is an open shop file. Safe for use by many goroutines.
type DB struct {
	path    string
	now     func() time.Time
	changed func([]Change)
	claim   func([]OutboxRow) Claim

	readers *readers
	writer  *writer
	shop    string // random key of this file, part of every callback data
}

// Open opens the shop's file at path and makes it where there is none, applies
// what migrations are pending (after a copy beside the file, named
// shop.db.before-NNNN), and starts the writer.
//
// It returns ErrNewer, untouched, for a file that a newer Shopbell has migrated.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Changed == nil {
		o.Changed = func([]Change) {}
	}
	if o.Claim == nil {
		o.Claim = func([]OutboxRow) Claim { return Claim{} }
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("store: data folder: %w", err)
	}
	if err := refuseForeign(ctx, path); err != nil {
		return nil, err
	}
	if err := private(path); err != nil {
		return nil, err
	}
	if err := migrate(ctx, path, migrations, o.Now()); err != nil {
		return nil, err
	}
	db := &DB{path: path, now: o.Now, changed: o.Changed, claim: o.Claim}
	var err error
	if db.readers, err = openReaders(ctx, path, readerConns); err != nil {
		return nil, err
	}
	if db.writer, err = startWriter(ctx, db); err != nil {
		return nil, errors.Join(err, db.readers.close())
	}
	if db.shop, err = db.ensureShopKey(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// private makes the file readable for its owner only, before anything stands in
// it; the log and its index beside it take its mode over.
func private(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("store: open %s: %w", path, err)
	}
	return errors.Join(f.Chmod(0o600), f.Close())
}

// The pragmas of connections that write, and of those that only read. A reader
// alters nothing, not even the journal mode. busy_timeout comes first: setting
// the mode can itself have to wait.
var (
	writing = []string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "temp_store(MEMORY)"}
	reading = []string{"busy_timeout(10000)", "query_only(1)", "temp_store(MEMORY)"}
)

func openPool(path string, conns int, pragmas ...string) (*sql.DB, error) {
	q := url.Values{"_txlock": {"immediate"}}
	for _, p := range pragmas {
		q.Add("_pragma", p)
	}
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}
	pool, err := sql.Open("sqlite", u.String())
	if err != nil {
		return nil, fmt.Errorf("store: open %s: %w", path, err)
	}
	pool.SetMaxOpenConns(conns)
	pool.SetMaxIdleConns(conns)
	return pool, nil
}

// Path returns the path of the shop's file.
func (db *DB) Path() string { return db.path }

// Close lets units under way end, refuses further ones with ErrClosed, and
// closes the file. It may be called more than once.
func (db *DB) Close() error {
	return errors.Join(db.writer.stop(), db.readers.close())
}

// Update runs fn as one unit of the writer's next transaction and returns when
// that is on the disk, or with the error that kept it off: fn's own, ErrFull,
// ErrClosed, or ctx's when it ended before fn was started. After fn was started
// Update waits for the outcome whatever ctx says, so nil always means stored and
// an error always means not stored.
//
// fn must only use its Tx and must not call Update. A panic in fn is returned as
// an error and rolls its unit back.
func (db *DB) Update(ctx context.Context, fn func(*Tx) error) error {
	return db.writer.do(ctx, fn)
}

// explain gives the errors of the driver the names of this package.
func (db *DB) explain(err error) error {
	if err == nil {
		return nil
	}
	if isFull(err) && !errors.Is(err, ErrFull) {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
}

// isFull reports whether the file system refused to write.
func isFull(err error) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return false
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN:
		return true
	}
	return false
}
