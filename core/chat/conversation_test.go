package chat

import (
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestWindowOf(t *testing.T) {
	w := WindowOf(noon)
	tests := []struct {
		name   string
		window Window
		now    time.Time
		want   bool
	}{
		{"open from the customer's message on", w, noon, true},
		{"open to the last moment of 24 hours", w, noon.Add(MetaWindow - 1), true},
		{"closed after 24 hours", w, noon.Add(MetaWindow), false},
		{"open for a message from the near future (a clock behind Meta's)", w, noon.Add(-time.Minute), true},
		{"never opened for somebody who never wrote", WindowOf(time.Time{}), noon, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.window.Open(tt.now); got != tt.want {
				t.Errorf("Open = %t, want %t", got, tt.want)
			}
		})
	}
	if !w.ShopUntil.Equal(noon.Add(48 * time.Hour)) {
		t.Errorf("the shop's own window ends at %s, want 48 hours after the message", w.ShopUntil)
	}
}

func TestLock(t *testing.T) {
	const anna, pedro = 1, 2
	lock := Lock{Holder: anna, Until: noon}
	tests := []struct {
		name       string
		lock       Lock
		agent      int64
		now        time.Time
		byHer, any bool
	}{
		{"held by its holder", lock, anna, noon.Add(-1), true, true},
		{"held, and not by another", lock, pedro, noon.Add(-1), false, true},
		{"free from its end on", lock, anna, noon, false, false},
		{"free where nobody holds it, whatever its end", Lock{Until: noon}, 0, noon.Add(-1), false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.lock.HeldBy(tt.agent, tt.now); got != tt.byHer {
				t.Errorf("HeldBy = %t, want %t", got, tt.byHer)
			}
			if got := tt.lock.Held(tt.now); got != tt.any {
				t.Errorf("Held = %t, want %t", got, tt.any)
			}
		})
	}
}

func TestOnlyTheCustomersMessagesAreInbound(t *testing.T) {
	for author, want := range map[Author]bool{AuthorCustomer: true, AuthorAgent: false, AuthorRule: false, AuthorDesk: false} {
		if got := (Message{Author: author}).Inbound(); got != want {
			t.Errorf("Inbound of %s = %t, want %t", author, got, want)
		}
	}
}
