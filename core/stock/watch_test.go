package stock_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shopbell/core/desk"
	"shopbell/core/stock"
)

// watched is a file under a Watcher.
type watched struct {
	*testing.T
	path  string
	found chan stock.Content
}

func watch(t *testing.T, path string) *watched {
	t.Helper()
	w := &watched{T: t, path: path, found: make(chan stock.Content, 100)}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		(&stock.Watcher{Path: path, Calm: 5 * time.Millisecond, LookEvery: 20 * time.Millisecond,
			Found: func(_ context.Context, c stock.Content) error { w.found <- c; return nil }}).Run(ctx)
	}()
	t.Cleanup(func() {
		stop()
		<-ended
	})
	return w
}

func (w *watched) write(path, content string) {
	w.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		w.Fatal(err)
	}
}

// until waits for the file to be found in a state, with content.
func (w *watched) until(state desk.StockFileState, content string) {
	w.Helper()
	for {
		select {
		case c := <-w.found:
			if c.State == state && string(c.Data) == content {
				return
			}
		case <-time.After(30 * time.Second):
			w.Fatalf("it was never found %s with %q", state, content)
		}
	}
}

func TestAFileIsReadWhenItChanges(t *testing.T) {
	t.Run("at first, and after each change", func(t *testing.T) {
		w := &watched{T: t, path: filepath.Join(t.TempDir(), "stock.csv")}
		w.write(w.path, "one")
		w = watch(t, w.path)
		w.until(desk.StockFileGood, "one")
		w.write(w.path, "two, longer")
		w.until(desk.StockFileGood, "two, longer")
	})
	t.Run("when another file takes its place", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "stock.csv")
		w := watch(t, path)
		w.until(desk.StockFileMissing, "")
		w.write(path+".tmp", "one")
		if err := os.Rename(path+".tmp", path); err != nil {
			t.Fatal(err)
		}
		w.until(desk.StockFileGood, "one")
	})
	t.Run("of the same length, within the same moment", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "stock.csv")
		w := &watched{T: t, path: path}
		at := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
		w.write(path, "one")
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
		w = watch(t, path)
		w.until(desk.StockFileGood, "one")
		w.write(path, "two")
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
		w.until(desk.StockFileGood, "two")
	})
	t.Run("when it is taken away and comes back", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "stock.csv")
		(&watched{T: t}).write(path, "one")
		w := watch(t, path)
		w.until(desk.StockFileGood, "one")
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		w.until(desk.StockFileMissing, "")
		w.write(path, "two")
		w.until(desk.StockFileGood, "two")
	})
	t.Run("in a folder that is made later", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "later", "stock.csv")
		w := watch(t, path)
		w.until(desk.StockFileMissing, "")
		if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		w.write(path, "one")
		w.until(desk.StockFileGood, "one")
	})
	t.Run("behind a link", func(t *testing.T) {
		folder := t.TempDir()
		path, target := filepath.Join(folder, "stock.csv"), filepath.Join(t.TempDir(), "elsewhere.csv")
		(&watched{T: t}).write(target, "one")
		if err := os.Symlink(target, path); err != nil {
			t.Fatal(err)
		}
		w := watch(t, path)
		w.until(desk.StockFileGood, "one")
		w.write(target, "two, longer")
		w.until(desk.StockFileGood, "two, longer")
	})
}

func TestAFileThatCannotBeTakenIsGivenAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stock.csv")
	(&watched{T: t}).write(path, "one")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	calls := 0
	w := stock.Watcher{Path: path, Calm: time.Millisecond, LookEvery: time.Millisecond, Found: func(_ context.Context, c stock.Content) error {
		if calls++; calls < 3 {
			return errors.New("the disk is full")
		}
		stop()
		return nil
	}}
	if w.Run(ctx); calls != 3 {
		t.Errorf("it was given %d times, want 3", calls)
	}
}

func TestWhatIsNoFileSaysSo(t *testing.T) {
	folder := t.TempDir()
	for name, c := range map[string]struct {
		path  string
		state desk.StockFileState
		code  desk.StockProblemCode
	}{
		"nothing there":       {filepath.Join(folder, "no.csv"), desk.StockFileMissing, desk.StockNotThere},
		"a folder":            {folder, desk.StockFileUnusable, desk.StockNotAFilePath},
		"no path of a system": {"a\x00b", desk.StockFileUnusable, desk.StockNotAFilePath},
	} {
		t.Run(name, func(t *testing.T) {
			if got := stock.Open(c.path); got.State != c.state || got.Problem.Code != c.code {
				t.Errorf("got %+v", got)
			}
		})
	}
	t.Run("a file over the limit is not read on", func(t *testing.T) {
		path := filepath.Join(folder, "huge.csv")
		(&watched{T: t}).write(path, strings.Repeat("x", stock.MaxFile+100))
		if got := stock.Open(path); got.State != desk.StockFileGood || len(got.Data) != stock.MaxFile+1 {
			t.Errorf("%s, %d bytes", got.State, len(got.Data))
		}
	})
}
