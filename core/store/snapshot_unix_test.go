//go:build unix

package store_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

func TestASnapshotThatFindsNoRoomLeavesNothing(t *testing.T) {
	if !storetest.Alone(t) {
		return
	}
	d := newDesk(t)
	d.webhook("before")
	path := filepath.Join(t.TempDir(), "copy.db")
	room := storetest.FillDisk(t)
	err := d.db.Snapshot(t.Context(), path)
	room()
	if !errors.Is(err, store.ErrFull) {
		t.Errorf("error = %v, want ErrFull", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something is left: %v", err)
	}
	if err := d.db.Snapshot(t.Context(), path); err != nil {
		t.Errorf("with room again: %v", err)
	}
}
