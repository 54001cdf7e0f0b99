package backup

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"shopbell/core/store"
)

// shop is a source that hands out what it is told to.
type shop struct {
	path  string
	write func(path string) error
}

func (s shop) Path() string { return s.path }

func (s shop) Snapshot(_ context.Context, path string) error { return s.write(path) }

// sound returns the bytes of a shop's file with nothing in it.
func sound(t *testing.T) []byte {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), store.FileName), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "sound.db")
	if err := errors.Join(db.Snapshot(t.Context(), path), db.Close()); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// bench is a keeper of a shop whose copies are content.
func bench(t *testing.T, content []byte, now func() time.Time) *Keeper {
	t.Helper()
	dir := t.TempDir()
	return &Keeper{
		Source: shop{filepath.Join(dir, store.FileName), func(path string) error { return os.WriteFile(path, content, 0o600) }},
		Dir:    filepath.Join(dir, "snapshots"), Now: now,
	}
}

func names(t *testing.T, dir string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// morning is a moment of the first day.
var morning = time.Date(2026, 11, 1, 3, 0, 0, 0, time.UTC)

func TestASnapshotIsTheShop(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), store.FileName), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Update(t.Context(), func(tx *store.Tx) error { return tx.SetSetting("colour", "red") }); err != nil {
		t.Fatal(err)
	}
	k := &Keeper{Source: db, Dir: filepath.Join(t.TempDir(), "snapshots"), Now: func() time.Time { return morning }}
	got, err := k.Take(t.Context())
	if err != nil || filepath.Base(got.Path) != "shop-20261101-030000.db" || !got.At.Equal(k.Now()) || got.Size == 0 {
		t.Fatalf("snapshot = %+v, %v", got, err)
	}
	if list := names(t, k.Dir); len(list) != 1 {
		t.Errorf("the folder holds %v", list)
	}
	copied, err := store.Open(t.Context(), got.Path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	if err := copied.View(t.Context(), func(r *store.Reader) error {
		colour, err := r.Setting("colour")
		if colour != "red" {
			t.Errorf("colour = %q", colour)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}

func TestTheLastSevenDaysAreKept(t *testing.T) {
	now := morning
	k := bench(t, sound(t), func() time.Time { return now })
	var want []string
	for day := range 10 {
		for range 2 { // the second by hand: it stands for its day
			if _, err := k.Take(t.Context()); err != nil {
				t.Fatal(err)
			}
			now = now.Add(time.Hour)
		}
		if day >= 3 {
			want = append(want, now.Add(-time.Hour).Format(prefix+stamp+suffix))
		}
		now = now.Add(22 * time.Hour)
	}
	if got := names(t, k.Dir); !slices.Equal(got, want) {
		t.Errorf("kept %v, want %v", got, want)
	}
	list, err := k.List()
	if err != nil || len(list) != keepDays || !list[0].At.After(list[6].At) {
		t.Errorf("list = %+v, %v", list, err)
	}
}

func TestCopiesFromBeforeMigrationsAreLetGo(t *testing.T) {
	k := bench(t, sound(t), func() time.Time { return morning })
	for _, name := range []string{"0002", "0003", "0004", "0004.part"} {
		if err := os.WriteFile(k.Source.Path()+".before-"+name, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := k.Take(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := []string{"shop.db.before-0003", "shop.db.before-0004", "shop.db.before-0004.part", "snapshots"}
	if got := names(t, filepath.Dir(k.Dir)); !slices.Equal(got, want) {
		t.Errorf("left are %v, want %v", got, want)
	}
}

func TestWhatFailsCostsNoOlderSnapshot(t *testing.T) {
	good := sound(t)
	torn := bytes.Clone(good)
	for i := 4096; i < 3*4096; i++ {
		torn[i] ^= 0x5a
	}
	trouble := errors.New("trouble")
	for _, tt := range []struct {
		name string
		set  func(*Keeper)
		want error
	}{
		{"a damaged copy", func(k *Keeper) {
			k.Source = shop{k.Source.Path(), func(path string) error { return os.WriteFile(path, torn, 0o600) }}
		}, ErrDamaged},
		{"a copy that is cut off", func(k *Keeper) {
			k.Source = shop{k.Source.Path(), func(path string) error { return os.WriteFile(path, good[:5000], 0o600) }}
		}, ErrDamaged},
		{"a copy that cannot be made", func(k *Keeper) {
			k.Source = shop{k.Source.Path(), func(string) error { return trouble }}
		}, trouble},
		{"a disk with no room for it", func(k *Keeper) {
			k.Free = func(string) (uint64, error) { return reserve - 1, nil }
		}, ErrNoRoom},
	} {
		t.Run(tt.name, func(t *testing.T) {
			now := morning
			k := bench(t, good, func() time.Time { return now })
			for range keepDays {
				if _, err := k.Take(t.Context()); err != nil {
					t.Fatal(err)
				}
				now = now.Add(24 * time.Hour)
			}
			before := names(t, k.Dir)
			tt.set(k)
			if _, err := k.Take(t.Context()); !errors.Is(err, tt.want) {
				t.Errorf("error = %v, want %v", err, tt.want)
			}
			if after := names(t, k.Dir); !slices.Equal(after, before) {
				t.Errorf("%v became %v", before, after)
			}
		})
	}
	t.Run("what a crash left is cleared away", func(t *testing.T) {
		k := bench(t, good, func() time.Time { return morning })
		if err := os.MkdirAll(k.Dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(k.Dir, "shop-20261031-030000.db.part"), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := k.Take(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := names(t, k.Dir); len(got) != 1 || strings.Contains(got[0], partial) {
			t.Errorf("left are %v", got)
		}
	})
}

func TestRunTakesOneEachDay(t *testing.T) {
	good := sound(t)
	count := func(t *testing.T, quiet func(time.Time) bool, days int) []Snapshot {
		t.Helper()
		var taken []Snapshot
		synctest.Test(t, func(t *testing.T) {
			k := bench(t, good, time.Now)
			k.Quiet = func(context.Context) (bool, error) { return quiet(time.Now()), nil }
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan error)
			go func() { done <- k.Run(ctx) }()
			time.Sleep(time.Duration(days)*24*time.Hour - time.Minute)
			cancel()
			if err := <-done; err != nil {
				t.Error(err)
			}
			var err error
			if taken, err = k.List(); err != nil {
				t.Fatal(err)
			}
		})
		return taken
	}
	t.Run("at the first quiet moment", func(t *testing.T) {
		taken := count(t, func(now time.Time) bool { return now.Hour() == 4 }, 4)
		if len(taken) != 4 {
			t.Fatalf("%d snapshots", len(taken))
		}
		for _, s := range taken {
			if s.At.Hour() != 4 {
				t.Errorf("taken at %v", s.At)
			}
		}
	})
	t.Run("and where there is none, 6 hours later", func(t *testing.T) {
		began := time.Time{}
		taken := count(t, func(now time.Time) bool {
			if began.IsZero() {
				began = now
			}
			return now.Equal(began) // the first moment only
		}, 3)
		if len(taken) != 3 || taken[0].At.Sub(taken[1].At) != every+patient || taken[1].At.Sub(taken[2].At) != every+patient {
			t.Errorf("taken %+v", taken)
		}
	})
	t.Run("and not more often after the clock was set back", func(t *testing.T) {
		k := bench(t, good, func() time.Time { return morning })
		if err := os.MkdirAll(k.Dir, 0o700); err != nil {
			t.Fatal(err)
		}
		for _, at := range []time.Time{morning.Add(-time.Hour), morning.AddDate(4, 0, 0)} {
			if err := os.WriteFile(filepath.Join(k.Dir, at.Format(prefix+stamp+suffix)), good, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if due, err := k.due(t.Context()); err != nil || due {
			t.Errorf("due %t, %v", due, err)
		}
	})
}
