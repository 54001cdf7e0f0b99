package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID marks the file as Shopbell's ("Bell").
const applicationID = 0x42656c6c

// migrate brings the file to this program's schema. Each migration commits
// together with its record. The set of applied names is kept, not the highest
// one, so that branches can merge; a name this program does not know means a
// newer file.
func migrate(ctx context.Context, file string, scripts fs.FS, now time.Time) error {
	return onConn(ctx, file, writing, func(conn *sql.Conn) error { return bringUp(ctx, conn, file, scripts, now) })
}

// onConn runs do on a connection of its own to the file.
func onConn(ctx context.Context, file string, pragmas []string, do func(*sql.Conn) error) (err error) {
	pool, err := openPool(file, 1, pragmas...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	conn, err := pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("store: open %s: %w", file, err)
	}
	return errors.Join(do(conn), conn.Close())
}

func bringUp(ctx context.Context, conn *sql.Conn, file string, scripts fs.FS, now time.Time) error {
	applied, err := appliedMigrations(ctx, conn)
	if err != nil {
		return err
	}
	pending, err := pendingMigrations(scripts, applied)
	if err != nil {
		return fmt.Errorf("%w (%s)", err, file)
	}
	if len(pending) == 0 {
		return nil
	}
	if len(applied) > 0 {
		if err := copyBefore(ctx, conn, file, pending[0]); err != nil {
			return err
		}
	}
	for _, name := range pending {
		if err := apply(ctx, conn, scripts, name, now); err != nil {
			return fmt.Errorf("store: migration %s: %w", name, err)
		}
	}
	return nil
}

// refuseForeign looks, without touching the file, whether it may be opened: it
// returns ErrNewer, or what is wrong with it; nil for no file and an empty one.
func refuseForeign(ctx context.Context, file string) error {
	if info, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
		return nil
	}
	return onConn(ctx, file, reading, func(conn *sql.Conn) error { return recognise(ctx, conn, file) })
}

func recognise(ctx context.Context, conn *sql.Conn, file string) error {
	var appID int64
	if err := conn.QueryRowContext(ctx, "PRAGMA application_id").Scan(&appID); err != nil {
		return fmt.Errorf("store: %s is not a database that can be read: %w", file, err)
	}
	if appID != applicationID {
		return fmt.Errorf("store: %s is a database of another program; choose another data folder", file)
	}
	applied, err := appliedMigrations(ctx, conn)
	if err != nil {
		return err
	}
	if _, err := pendingMigrations(migrations, applied); err != nil {
		return fmt.Errorf("%w (%s)", err, file)
	}
	return nil
}

// appliedMigrations returns the names on record; none for a new file.
func appliedMigrations(ctx context.Context, conn *sql.Conn) (applied []string, err error) {
	var tables int
	if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&tables); err != nil {
		return nil, fmt.Errorf("store: read migrations: %w", err)
	}
	if tables == 0 {
		return nil, nil
	}
	rows, err := conn.QueryContext(ctx, "SELECT name FROM migration")
	if err != nil {
		return nil, fmt.Errorf("store: read migrations: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fmt.Errorf("store: read migrations: %w", err)
		}
		applied = append(applied, name)
	}
	return applied, rows.Err()
}

// pendingMigrations returns the names that are not applied, in order.
func pendingMigrations(scripts fs.FS, applied []string) ([]string, error) {
	files, err := fs.Glob(scripts, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	var pending []string
	for _, f := range files {
		name := strings.TrimSuffix(path.Base(f), ".sql")
		known[name] = true
		if !slices.Contains(applied, name) {
			pending = append(pending, name)
		}
	}
	slices.Sort(pending)
	for _, name := range applied {
		if !known[name] {
			return nil, fmt.Errorf("%w: it holds %q, which this program does not know; update Shopbell", ErrNewer, name)
		}
	}
	return pending, nil
}

// copyBefore keeps the file as it was before the first pending migration. A
// copy that is there already is kept: it is of an attempt that did not end.
func copyBefore(ctx context.Context, conn *sql.Conn, file, name string) error {
	number, _, _ := strings.Cut(name, "_")
	to := file + ".before-" + number
	if _, err := os.Stat(to); err == nil {
		return nil
	}
	part := to + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("store: copy before migration: %w", err)
	}
	if err := private(part); err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		return fmt.Errorf("store: copy before migration: %w", err)
	}
	if err := os.Rename(part, to); err != nil {
		return fmt.Errorf("store: copy before migration: %w", err)
	}
	return nil
}

// apply runs one migration and its record in one transaction.
func apply(ctx context.Context, conn *sql.Conn, scripts fs.FS, name string, now time.Time) (err error) {
	script, err := fs.ReadFile(scripts, "migrations/"+name+".sql")
	if err != nil {
		return err
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tx.Rollback())
		}
	}()
	for _, q := range []string{
		fmt.Sprintf("PRAGMA application_id = %d", applicationID),
		"CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT",
		string(script),
	} {
		if _, err := tx.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO migration (name, applied_at) VALUES (?, ?)", name, ms(now)); err != nil {
		return err
	}
	return tx.Commit()
}
