//go:build unix

package store_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

func TestAFullDiskStoresNothingAndSaysSo(t *testing.T) {
	if !storetest.Alone(t) {
		return
	}
	d := newDesk(t)
	d.webhook("before")
	room := storetest.FillDisk(t)

	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			body := fmt.Appendf(nil, "lost %d %s", i, strings.Repeat("x", 1000*i))
			if _, err := d.db.AddWebhook(t.Context(), body); !errors.Is(err, store.ErrFull) {
				t.Errorf("body %d: got %v, want ErrFull", i, err)
			}
		})
	}
	wg.Wait()
	if got := d.open(); len(got) != 1 {
		t.Errorf("%d webhooks are stored, want the one from before: reading goes on, and nothing refused is there", len(got))
	}

	room()
	d.webhook("after")
	if got := d.open(); len(got) != 2 || got[1] != "after" {
		t.Errorf("with room again %d webhooks are stored, want both", len(got))
	}
	if bad, err := d.db.Check(t.Context()); err != nil || len(bad) > 0 {
		t.Errorf("the file is damaged: %v, %v", bad, err)
	}
	d.done(d.db.Close())
	db, err := store.Open(t.Context(), d.path, store.Options{})
	d.done(err)
	defer db.Close()
	list, err := db.OpenWebhooks(t.Context(), 0, 10)
	if err != nil || len(list) != 2 {
		t.Errorf("after a new start %d webhooks are stored (%v), want both", len(list), err)
	}
}

func TestAFullDiskTurnsAwayAUnitThatFailsForAReasonOfItsOwnWithThatReason(t *testing.T) {
	if !storetest.Alone(t) {
		return
	}
	d := newDesk(t)
	room := storetest.FillDisk(t)
	own := errors.New("its own")
	err := d.db.Update(t.Context(), func(*store.Tx) error { return own })
	room()
	if !errors.Is(err, own) || errors.Is(err, store.ErrFull) {
		t.Errorf("got %v, want the unit's own error", err)
	}
}
