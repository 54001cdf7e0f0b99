package store_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"shopbell/core/store"
)

func TestSnapshot(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), store.FileName), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	set := func(value string) {
		t.Helper()
		if err := db.Update(t.Context(), func(tx *store.Tx) error { return tx.SetSetting("colour", value) }); err != nil {
			t.Fatal(err)
		}
	}
	set("red")
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := db.Snapshot(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	set("blue")
	t.Run("is the file as it stood", func(t *testing.T) {
		copied, err := store.Open(t.Context(), path, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer copied.Close()
		var colour string
		if err := copied.View(t.Context(), func(r *store.Reader) error {
			colour, err = r.Setting("colour")
			return err
		}); err != nil || colour != "red" {
			t.Errorf("colour = %q, %v", colour, err)
		}
	})
	t.Run("is readable for its owner only", func(t *testing.T) {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v, %v", info.Mode(), err)
		}
	})
	t.Run("overwrites nothing", func(t *testing.T) {
		if err := db.Snapshot(t.Context(), path); err == nil {
			t.Error("it did")
		}
	})
	t.Run("leaves nothing where it was not finished", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		path := filepath.Join(t.TempDir(), "copy.db")
		if err := db.Snapshot(ctx, path); !errors.Is(err, context.Canceled) {
			t.Errorf("error = %v", err)
		}
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("something is left: %v", err)
		}
	})
}
