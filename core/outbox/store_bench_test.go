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
type instant struct{ n atomic.Int64 }

func (c *instant) Send(context.Context, string, []byte) (cloudapi.Accepted, error) {
	return cloudapi.Accepted{WAMID: "wamid." + strconv.FormatInt(c.n.Add(1), 10)}, nil
}

// BenchmarkSenderOnDisk sends what is in a real shop file, to as many customers:
// the claims and the results are synced to the disk.
func BenchmarkSenderOnDisk(b *testing.B) {
	for _, bench := range []struct {
		name    string
		courier func(b *testing.B) outbox.Courier
	}{
		{"without network", func(*testing.B) outbox.Courier { return &instant{} }},
		{"over HTTP", func(b *testing.B) outbox.Courier {
			c, err := cloudapi.NewClient(cloudapi.ClientOptions{BaseURL: newGraph(b).url, Token: "token"})
			if err != nil {
				b.Fatal(err)
			}
			return c
		}},
	} {
		b.Run(bench.name, func(b *testing.B) { sendAll(b, bench.courier(b)) })
	}
}

func sendAll(b *testing.B, courier outbox.Courier) {
	db := storetest.Open(b, store.Options{})
	for done := 0; done < b.N; {
		storetest.Update(b, db, func(tx *store.Tx) error {
			channel, err := tx.KnowChannel(chat.Channel{PhoneNumberID: "1"})
			if err != nil {
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
	left := make(chan struct{}, 1000)
	s, err := outbox.New(outbox.Options{Ledger: db, Courier: told{courier, left}, Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	ctx, end := context.WithCancel(context.Background())
	done := make(chan error, 1)
	b.ResetTimer()
	go func() { done <- s.Run(ctx) }()
	for range b.N {
		<-left
	}
	end()
	if err := <-done; err != nil {
		b.Fatal(err)
	}
}

// told tells of every call that ended well.
type told struct {
	outbox.Courier
	left chan<- struct{}
}

func (c told) Send(ctx context.Context, number string, body []byte) (cloudapi.Accepted, error) {
	a, err := c.Courier.Send(ctx, number, body)
	if err == nil {
		c.left <- struct{}{}
	}
	return a, err
}
