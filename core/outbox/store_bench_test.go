package outbox_test

import (
	"context"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/outbox"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// instant accepts everything.
type instant struct {
	n    atomic.Int64
	left chan struct{}
}

func (c *instant) Send(context.Context, string, []byte) (cloudapi.Accepted, error) {
	c.left <- struct{}{}
	return cloudapi.Accepted{WAMID: "wamid." + strconv.FormatInt(c.n.Add(1), 10)}, nil
}

// BenchmarkSenderOnDisk sends what is in a real shop file: the claims and the
// results of b.N messages to as many customers, each synced to the disk.
func BenchmarkSenderOnDisk(b *testing.B) {
	db := storetest.Open(b, store.Options{})
	var channel chat.Channel
	for done := 0; done < b.N; {
		storetest.Update(b, db, func(tx *store.Tx) (err error) {
			if channel, err = tx.KnowChannel(chat.Channel{PhoneNumberID: "1"}); err != nil {
				return err
			}
			for n := min(b.N-done, 1000); n > 0; n, done = n-1, done+1 {
				if _, err := addOutgoing(tx, channel.ID, phone(done), time.Hour); err != nil {
					return err
				}
			}
			return nil
		})
	}
	courier := &instant{left: make(chan struct{}, 1000)}
	s, err := outbox.New(outbox.Options{Ledger: db, Courier: courier, Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	ctx, end := context.WithCancel(context.Background())
	done := make(chan error, 1)
	b.ResetTimer()
	go func() { done <- s.Run(ctx) }()
	for range b.N {
		<-courier.left
	}
	end()
	if err := <-done; err != nil {
		b.Fatal(err)
	}
}
