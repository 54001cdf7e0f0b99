package store_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"shopbell/core/chat"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// spread runs b.N times work on n goroutines and reports how many a second.
func spread(b *testing.B, n int, work func() error) {
	b.Helper()
	var left atomic.Int64
	left.Store(int64(b.N))
	var wg sync.WaitGroup
	b.ResetTimer()
	for range n {
		wg.Go(func() {
			for left.Add(-1) >= 0 {
				if err := work(); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "units/s")
}

// BenchmarkUpdate stores small units from one caller and from many: group commit
// lets those share one sync of the disk.
func BenchmarkUpdate(b *testing.B) {
	for _, callers := range []int{1, 16, 256} {
		b.Run(fmt.Sprintf("callers=%d", callers), func(b *testing.B) {
			db := storetest.Open(b, store.Options{})
			body := make([]byte, 700) // of a usual webhook
			spread(b, callers, func() error {
				_, err := db.AddWebhook(b.Context(), body)
				return err
			})
		})
	}
}

// BenchmarkView reads the first page of an inbox of 10,000 while somebody writes.
func BenchmarkView(b *testing.B) {
	db := storetest.Open(b, store.Options{})
	storetest.Update(b, db, func(tx *store.Tx) error { return manyWait(tx, 10_000) })
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			default:
			}
			if _, err := db.AddWebhook(b.Context(), make([]byte, 700)); err != nil {
				b.Error(err)
				return
			}
		}
	}()
	spread(b, 16, func() error {
		return db.View(b.Context(), func(r *store.Reader) error {
			page, _, err := r.List(store.ListQuery{Limit: 50})
			if err == nil && len(page) != 50 {
				err = fmt.Errorf("a page of %d rows", len(page))
			}
			return err
		})
	})
	close(stop)
	<-stopped
}

// manyWait makes n conversations whose customers wait.
func manyWait(tx *store.Tx, n int) error {
	channel, err := tx.KnowChannel(chat.Channel{PhoneNumberID: "1"})
	if err != nil {
		return err
	}
	for i := range n {
		c, _, err := tx.KnowContact(store.Person{Phone: fmt.Sprintf("35191%07d", i), Name: "Emma"})
		if err != nil {
			return err
		}
		v, err := tx.TakeUp(channel.ID, c)
		if err != nil {
			return err
		}
		v.WaitingSince = tx.Now()
		if err := tx.SaveConversation(v); err != nil {
			return err
		}
	}
	return nil
}
