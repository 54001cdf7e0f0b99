package store

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestInspect(t *testing.T) {
	open := func(t *testing.T) (*DB, string) {
		t.Helper()
		path := filepath.Join(t.TempDir(), FileName)
		db, err := Open(t.Context(), path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		return db, path
	}

	t.Run("a file that is not there is said to be missing, and is not made", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), FileName)
		if _, err := Inspect(t.Context(), path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("got %v, want fs.ErrNotExist", err)
		}
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the file was made: %v", err)
		}
	})

	t.Run("an open shop is described", func(t *testing.T) {
		db, path := open(t)
		id, err := db.AddWebhook(t.Context(), []byte("x"))
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Update(t.Context(), func(tx *Tx) error {
			if _, err := tx.SetRulebook([]byte(`{"version":1}`), 0); err != nil {
				return err
			}
			return tx.Park(id, 0, 3, "odd")
		}); err != nil {
			t.Fatal(err)
		}
		got, err := Inspect(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Pending) > 0 || got.Parked != 1 || got.Unknown != 0 || got.Rules.Revision != 1 {
			t.Errorf("got %+v", got)
		}
		if damage, err := Damage(t.Context(), path); err != nil || len(damage) > 0 {
			t.Errorf("a sound file has the damage %q, %v", damage, err)
		}
	})

	t.Run("a newer file is refused", func(t *testing.T) {
		db, path := open(t)
		if err := db.Update(t.Context(), func(tx *Tx) error {
			_, err := tx.exec("INSERT INTO migration (name, applied_at) VALUES ('9999_future', 0)")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := Inspect(t.Context(), path); !errors.Is(err, ErrNewer) {
			t.Errorf("got %v, want ErrNewer", err)
		}
	})

	t.Run("a file that is no database is an error", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), FileName)
		if err := os.WriteFile(path, bytes.Repeat([]byte("not a database "), 500), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := Inspect(t.Context(), path); err == nil {
			t.Errorf("got %+v and no error", got)
		}
	})

	t.Run("torn pages are named", func(t *testing.T) {
		db, path := open(t)
		for range 200 {
			if _, err := db.AddWebhook(t.Context(), bytes.Repeat([]byte("x"), 2000)); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		file, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		size, err := file.Seek(0, 2)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.WriteAt(bytes.Repeat([]byte{0xff}, 32<<10), size-64<<10); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		if damage, err := Damage(t.Context(), path); err == nil && len(damage) == 0 {
			t.Error("the damage was not seen")
		}
	})
}
