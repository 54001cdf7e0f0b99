package outbox

import (
	"context"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/store"
)

// BenchmarkSchedule is what one message costs the sender's loop, with the default
// limits kept and 10,000 recipients in the mirror.
func BenchmarkSchedule(b *testing.B) {
	const recipients = 10_000
	now := epoch
	l := DefaultLimits()
	l.NumberPerSecond, l.NumberBurst = 0, 0
	s := newSchedule(l)
	id := int64(0)
	add := func(n int) {
		for range n {
			id++
			s.add(store.OutboxRow{ID: id, Channel: 1, Contact: chat.ContactID(id % recipients), SendBefore: now.Add(time.Hour)})
		}
	}
	add(recipients)
	b.ReportAllocs()
	for left := b.N; left > 0; {
		now = now.Add(time.Second)
		s.ripen(now)
		picked := s.pick(now, 64)
		for _, e := range picked {
			s.depart(e, now)
			s.answered(e, verdict{fate: fateSent, sign: signGood}, now, 0.5)
			s.done(e)
		}
		add(len(picked))
		left -= len(picked)
	}
}

// BenchmarkSender is the whole sender without disk and network.
func BenchmarkSender(b *testing.B) {
	m := newMemory(time.Now)
	for i := range b.N {
		m.put(1, chat.ContactID(i%1000), time.Time{}, time.Hour)
	}
	left := make(chan struct{}, 1000)
	s, err := New(Options{Ledger: m, Now: time.Now, Courier: courierFunc(func(context.Context, int64) error {
		left <- struct{}{}
		return nil
	})})
	if err != nil {
		b.Fatal(err)
	}
	ctx, end := context.WithCancel(b.Context())
	done := make(chan error, 1)
	b.ResetTimer()
	go func() { done <- s.Run(ctx) }()
	for range b.N {
		<-left
	}
	b.StopTimer()
	end()
	if err := <-done; err != nil {
		b.Fatal(err)
	}
}
