package store

import (
	"path/filepath"
	"strconv"
	"sync"
	"testing"
)

// Every View holds its connection and then wants a statement that was never
// prepared: they must not wait for one another.
func TestViewsAtOnceMayAllNeedNewStatements(t *testing.T) {
	const views = readerConns
	db, err := Open(t.Context(), filepath.Join(t.TempDir(), FileName), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })

	var inside, done sync.WaitGroup
	inside.Add(views)
	for i := range views {
		done.Go(func() {
			err := db.View(t.Context(), func(r *Reader) error {
				inside.Done()
				inside.Wait()
				var got int
				if err := r.row("SELECT "+strconv.Itoa(i), nil, &got); err != nil {
					return err
				}
				if got != i {
					t.Errorf("read %d, want %d", got, i)
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	done.Wait()
}
