package media_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"shopbell/core/media"
	"shopbell/core/store"
)

// filesIn lists the regular files under a folder.
func filesIn(t *testing.T, dir string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			list = append(list, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestAContentIsStoredOnceUnderItsSum(t *testing.T) {
	dir := t.TempDir()
	f, err := media.OpenFolder(dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte("hello"))
	want := hex.EncodeToString(sum[:])
	for range 2 {
		if name, err := f.Add(strings.NewReader("hello"), 5); err != nil || name != want {
			t.Fatalf("Add returned %q, %v; want %q", name, err, want)
		}
	}
	if got := string(content(t, f, want)); got != "hello" {
		t.Errorf("the file holds %q", got)
	}
	if list := filesIn(t, dir); len(list) != 1 || list[0] != filepath.Join(dir, want[:2], want) {
		t.Errorf("the folder holds %q, want the one file", list)
	}
}

func TestWhatCannotBeStoredLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	f, err := media.OpenFolder(dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Add(strings.NewReader("hello!"), 5)
	if over, ok := errors.AsType[*media.OverError](err); !ok || over.Limit != 5 {
		t.Errorf("a content over its limit gives %v, want an OverError of 5", err)
	}
	broken := errors.New("broken")
	if _, err := f.Add(iotest.ErrReader(broken), 5); !errors.Is(err, broken) {
		t.Errorf("a content that cannot be read gives %v, want its error", err)
	}
	if list := filesIn(t, dir); len(list) != 0 {
		t.Errorf("left behind: %q", list)
	}
}

func TestOnlyASumOpensAFile(t *testing.T) {
	dir := t.TempDir()
	f, err := media.OpenFolder(filepath.Join(dir, "media"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", "../secret", "../../secret", "secret", strings.Repeat("A", 64), strings.Repeat("a", 63), strings.Repeat("a", 64), "/" + strings.Repeat("a", 63)} {
		if file, err := f.Open(name); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("Open(%q) = %v, %v; want store.ErrNotFound", name, file, err)
		}
	}
}
