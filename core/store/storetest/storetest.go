// Package storetest opens real shop files for tests.
package storetest

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"shopbell/core/store"
)

// Open opens a new shop file in a folder of the test's and closes it at its end.
func Open(t testing.TB, o store.Options) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), store.FileName), o)
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
