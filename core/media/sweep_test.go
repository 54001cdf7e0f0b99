package media_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shopbell/core/media"
	"shopbell/core/store"
)

func TestSweepRemovesWhatNobodyNeeds(t *testing.T) {
	const day = 24 * time.Hour
	now := opening
	dir := t.TempDir()
	f, err := media.OpenFolder(dir, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	add := func(content string) string {
		name, err := f.Add(strings.NewReader(content), 100)
		if err != nil {
			t.Fatal(err)
		}
		return name
	}
	sent, unsent, again := add("sent"), add("unsent"), add("stored again")
	half := filepath.Join(dir, "part", "message-7")
	if err := os.WriteFile(half, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(half, now, now); err != nil {
		t.Fatal(err)
	}
	known := func(name string) (bool, error) { return name == sent, nil }

	now = now.Add(5 * day)
	add("stored again")
	now = now.Add(3 * day)
	if n, err := f.Sweep(t.Context(), known); n != 0 || err != nil {
		t.Errorf("after 8 days %d files were removed (%v), want none", n, err)
	}
	now = now.Add(time.Second)
	broken := errors.New("broken")
	if n, err := f.Sweep(t.Context(), func(string) (bool, error) { return false, broken }); n != 0 || !errors.Is(err, broken) {
		t.Errorf("where nobody knows, %d files were removed (%v), want none and the error", n, err)
	}
	if n, err := f.Sweep(t.Context(), known); n != 2 || err != nil {
		t.Errorf("%d files were removed (%v), want 2", n, err)
	}
	if _, err := f.Open(unsent); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("what was never sent is there: %v", err)
	}
	content(t, f, sent)
	content(t, f, again)
	if list := filesIn(t, dir); len(list) != 2 {
		t.Errorf("there are %q, want two files", list)
	}
}
