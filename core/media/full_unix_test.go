//go:build unix

package media_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"shopbell/core/media"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

func TestAFullDiskHasItsError(t *testing.T) {
	if !storetest.Alone(t) {
		return
	}
	dir := t.TempDir()
	f, err := media.OpenFolder(dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	room := storetest.FillDisk(t)
	if _, err := f.Add(strings.NewReader("hello"), 5); !errors.Is(err, store.ErrFull) {
		t.Errorf("Add on a full disk gives %v, want store.ErrFull", err)
	}
	room()
	if list := filesIn(t, dir); len(list) != 0 {
		t.Errorf("left behind: %q", list)
	}
}
