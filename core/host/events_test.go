package host

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"shopbell/core/desk"
	"shopbell/core/store"
)

func TestASlowReaderIsCutOffAndTheOthersAreNot(t *testing.T) {
	h := &Host{}
	slow, quick := h.Subscribe(t.Context()), h.Subscribe(t.Context())
	for n := range uint64(feedBuffer + 1) {
		h.feed.publish(desk.Event{Kind: desk.EventHealth})
		if e := <-quick; e.Seq != n+1 {
			t.Fatalf("event %d has number %d", n+1, e.Seq)
		}
	}
	n := 0
	for range slow { // ends because it is closed
		n++
	}
	if n != feedBuffer {
		t.Errorf("the slow one got %d events before the end, want %d", n, feedBuffer)
	}
	h.feed.publish(desk.Event{Kind: desk.EventRules})
	if e, open := <-quick; !open || e.Kind != desk.EventRules {
		t.Errorf("the quick one got %+v", e)
	}
}

func TestASubscriptionEndsWithItsContext(t *testing.T) {
	h := &Host{}
	ctx, cancel := context.WithCancel(t.Context())
	events := h.Subscribe(ctx)
	h.feed.publish(desk.Event{Kind: desk.EventHealth})
	cancel()
	n := 0
	for range events {
		n++
	}
	if n != 1 {
		t.Errorf("got %d events before the end, want 1", n)
	}
	if _, open := <-h.Subscribe(ctx); open {
		t.Error("a subscription under an ended context is open")
	}
	h.feed.publish(desk.Event{Kind: desk.EventHealth}) // to nobody
}

func TestASubscriptionEndsWithTheDesk(t *testing.T) {
	h := &Host{}
	events := h.Subscribe(t.Context())
	h.feed.close()
	if e, open := <-events; open {
		t.Errorf("got %+v", e)
	}
}

func TestACommitIsToldOnceForEachThingThatChanged(t *testing.T) {
	h := &Host{}
	events := h.Subscribe(t.Context())
	h.changed([]store.Change{
		{Kind: store.WebhookStored},
		{Kind: store.MessageChanged, Conversation: 1, Message: 2},
		{Kind: store.ConversationChanged, Conversation: 1},
		{Kind: store.MessageChanged, Conversation: 1, Message: 2},
		{Kind: store.ConversationChanged, Conversation: 1},
		{Kind: store.ContactAdded, Conversation: 1},
		{Kind: store.OutboxAdded, Conversation: 1, Message: 3},
		{Kind: store.RulesChanged},
		{Kind: store.WebhookParked},
		{Kind: store.WebhookReplayed},
	})
	h.changed([]store.Change{{Kind: store.WebhookReplayed}})
	h.feed.close()
	want := []desk.Event{
		{Seq: 1, Kind: desk.EventMessage, Conversation: 1, Message: 2},
		{Seq: 2, Kind: desk.EventConversation, Conversation: 1},
		{Seq: 3, Kind: desk.EventNewCustomer, Conversation: 1},
		{Seq: 4, Kind: desk.EventRules},
		{Seq: 5, Kind: desk.EventHealth},
		{Seq: 6, Kind: desk.EventHealth},
	}
	i := 0
	for e := range events {
		if i >= len(want) || e != want[i] {
			t.Errorf("event %d is %+v, want %+v", i, e, want)
		}
		i++
	}
	if i != len(want) {
		t.Errorf("%d events, want %d", i, len(want))
	}
}

func TestCloseTellsWhatALoopCouldNotFinish(t *testing.T) {
	lost := errors.New("2 results could not be stored")
	h := &Host{log: slog.New(slog.DiscardHandler)}
	h.base, h.stop = context.WithCancel(t.Context())
	h.run("outbox", func(ctx context.Context) error { <-ctx.Done(); return lost })
	h.run("rules", func(ctx context.Context) error { <-ctx.Done(); return nil })
	if err := h.Close(); !errors.Is(err, lost) || !strings.Contains(err.Error(), "outbox") {
		t.Errorf("Close gives %v, want what was lost", err)
	}
}
