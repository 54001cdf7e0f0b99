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

// BenchmarkMessages reads a page of 60 from a chat: of plain texts, which asks for
// nothing but the messages, and of every kind with edits and reactions.
func BenchmarkMessages(b *testing.B) {
	kinds := contents()
	pages := map[string]func(i int) []chat.Message{
		"texts": func(int) []chat.Message { return []chat.Message{{Kind: chat.KindText, Text: "hello"}} },
		"kinds": func(i int) (list []chat.Message) {
			for _, m := range kinds {
				list = append(list, m)
			}
			return append(list, chat.Message{Kind: chat.KindReaction, Text: "👍", ReplyTo: fmt.Sprintf("wamid.in%d", i)})
		},
	}
	for name, page := range pages {
		b.Run(name, func(b *testing.B) {
			d := newDesk(b)
			c := d.customer()
			for i := 0; d.wamids < 200; i++ {
				for _, m := range page(i) {
					d.receive(c, store.NewMessage{Message: m})
				}
			}
			for b.Loop() {
				d.view(func(r *store.Reader) error {
					list, err := r.Messages(c.ID, d.channel.ID, 0, 60)
					if len(list) != 60 {
						b.Fatalf("a page of %d", len(list))
					}
					return err
				})
			}
		})
	}
}

// BenchmarkAddMessage stores plain texts in one unit, without the disk's share.
func BenchmarkAddMessage(b *testing.B) {
	d := newDesk(b)
	c := d.customer()
	m := d.write(c, 0)
	n := 0
	d.update(func(tx *store.Tx) error {
		for b.Loop() {
			n++
			if err := tx.AddMessage(&store.NewMessage{Channel: d.channel.ID, NotEdited: true, Message: chat.Message{
				Conversation: m.Conversation, Contact: c.ID, Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "hello",
				WAMID: fmt.Sprintf("wamid.%d", n),
			}}); err != nil {
				return err
			}
		}
		return nil
	})
}
