// Package storetest opens real shop files for tests.
package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"shopbell/core/store"
)

// Open opens a new shop file in a folder of the test's and closes it at its end.
func Open(t testing.TB, o store.Options) *store.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), store.FileName)
	Seed(t, path)
	db, err := store.Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// Seed puts the file of a new shop at path, where there is none, and makes the
// folders above it. store.Open takes it for one that it has made itself, without
// the migrations, which under the race detector take most of a short test.
func Seed(t testing.TB, path string) {
	t.Helper()
	file, err := migrated()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Write(file)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}

// migrated is the content of a new shop's file, made by store.Open once for a test
// program. It has no key yet: each shop has its own.
var migrated = sync.OnceValues(func() (file []byte, err error) {
	dir, err := os.MkdirTemp("", "storetest")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, store.FileName)
	db, err := store.Open(context.Background(), path, store.Options{})
	if err != nil {
		return nil, err
	}
	err = db.Update(context.Background(), func(tx *store.Tx) error { return tx.SetSetting("shop.key", "") })
	if err := errors.Join(err, db.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// Update runs one unit, or fails the test.
func Update(t testing.TB, db *store.DB, fn func(*store.Tx) error) {
	t.Helper()
	if err := db.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// View runs one read, or fails the test.
func View(t testing.TB, db *store.DB, fn func(*store.Reader) error) {
	t.Helper()
	if err := db.View(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// Exec runs a statement on the file at path from outside, as another program would.
func Exec(t testing.TB, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

// Count returns how many rows there are "FROM from" (a table, with a WHERE or
// without) in the file at path, seen from outside.
func Count(t testing.TB, path, from string) (n int) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRowContext(t.Context(), "SELECT count(*) FROM "+from).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// Poison makes every row of a table whose column has this value fail to be
// stored, with an error that says "poisoned", until cure is called.
func Poison(t testing.TB, path, table, column, value string) (cure func()) {
	t.Helper()
	name := fmt.Sprintf("poison_%s_%s", table, column)
	Exec(t, path, fmt.Sprintf(`CREATE TRIGGER %s BEFORE INSERT ON %s WHEN CAST(new.%s AS TEXT) = '%s' BEGIN SELECT RAISE(ABORT, 'poisoned'); END`,
		name, table, column, value))
	return func() {
		t.Helper()
		Exec(t, path, "DROP TRIGGER "+name)
	}
}
