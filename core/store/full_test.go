package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// A database that may not grow answers as one on a full disk (SQLITE_FULL).
func TestAFileThatCannotGrowIsFullAndRecovers(t *testing.T) {
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), FileName), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	limit := func(pages int) {
		t.Helper()
		if err := db.Update(t.Context(), func(tx *Tx) error {
			var now int
			return tx.row(fmt.Sprintf("PRAGMA max_page_count = %d", pages), nil, &now)
		}); err != nil {
			t.Fatal(err)
		}
	}
	limit(1) // SQLite takes the present size for a lower limit
	big := strings.Repeat("x", 100_000)
	var wg sync.WaitGroup
	var mu sync.Mutex
	stored := map[string]bool{}
	for i := range 40 {
		key, value := fmt.Sprintf("k%d", i), "small"
		if i%2 == 1 {
			value = big
		}
		wg.Go(func() {
			err := db.Update(t.Context(), func(tx *Tx) error { return tx.SetSetting(key, value) })
			if err != nil && !errors.Is(err, ErrFull) || err == nil && value == big {
				t.Errorf("%s: got %v", key, err)
			}
			mu.Lock()
			defer mu.Unlock()
			stored[key] = err == nil
		})
	}
	wg.Wait()
	check := func() {
		t.Helper()
		if err := db.View(t.Context(), func(r *Reader) error {
			for key, want := range stored {
				if got, err := r.Setting(key); err != nil || (got != "") != want {
					t.Errorf("%s was acknowledged: %t, and is stored: %t (%v)", key, want, got != "", err)
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	check()
	limit(1 << 30)
	for key := range stored {
		if err := db.Update(t.Context(), func(tx *Tx) error { return tx.SetSetting(key, big) }); err != nil {
			t.Errorf("with room again, %s: %v", key, err)
		}
		stored[key] = true
	}
	check()
}
