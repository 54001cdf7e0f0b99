package stock

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

func TestAFileIsReadOnceItIsCalm(t *testing.T) {
	small, big := sight{there: true, size: 1}, sight{there: true, size: 2}
	type look struct {
		now     sight
		touched bool
		want    step
	}
	for name, looks := range map[string][]look{
		"at first":                               {{small, false, wait}, {small, false, read}, {small, false, rest}},
		"one that is not there":                  {{sight{}, false, wait}, {sight{}, false, read}, {sight{}, false, rest}},
		"one that grows":                         {{small, false, wait}, {big, false, wait}, {big, false, read}, {big, false, rest}},
		"one that is touched and looks the same": {{small, false, wait}, {small, true, wait}, {small, false, read}, {small, true, wait}, {small, false, read}},
		"one that is gone for a moment":          {{small, false, wait}, {small, false, read}, {sight{}, true, wait}, {big, true, wait}, {big, false, read}},
	} {
		t.Run(name, func(t *testing.T) {
			var s settling
			for i, l := range looks {
				got := s.see(l.now, l.touched)
				if got != l.want {
					t.Fatalf("look %d: step %d, want %d", i, got, l.want)
				}
				if got == read {
					s.tried(true, l.now)
				}
			}
		})
	}
	t.Run("again when it changed while it was read", func(t *testing.T) {
		var s settling
		s.see(small, false)
		s.see(small, false)
		s.tried(true, big)
		if got := s.see(big, false); got != read {
			t.Errorf("step %d, want to read", got)
		}
	})
	t.Run("again and again while it cannot be taken", func(t *testing.T) {
		var s settling
		s.see(small, false)
		for range 3 {
			if got := s.see(small, false); got != read {
				t.Fatalf("step %d, want to read", got)
			}
			s.tried(false, small)
		}
		s.see(small, false)
		s.tried(true, small)
		if got := s.see(small, false); got != rest {
			t.Errorf("step %d, want rest", got)
		}
	})
}

func TestAFileIsWatchedWhereTheSystemTellsOfNoChanges(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stock.csv")
	write := func(content string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("A;1")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	found := make(chan string, 100)
	w := Watcher{Path: path, Calm: 5 * time.Millisecond, LookEvery: 20 * time.Millisecond,
		Found: func(_ context.Context, c Content) error { found <- string(c.Data); return nil },
		notes: func() (*fsnotify.Watcher, error) { return nil, errors.New("too many watches") },
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.Run(ctx)
	}()
	for _, content := range []string{"A;1", "A;20"} {
		write(content)
		for got := ""; got != content; {
			select {
			case got = <-found:
			case <-time.After(30 * time.Second):
				t.Fatalf("%q was never found", content)
			}
		}
	}
	stop()
	<-ended
}
