package host

import (
	"context"
	"sync"

	"shopbell/core/desk"
	"shopbell/core/store"
)

// feedBuffer is how many events a subscriber may be behind before it is cut off
// and has to load everything anew. A reader that slow would otherwise hold the
// writer up, or fill the memory.
const feedBuffer = 1024

// feed hands events to subscribers. It never waits for one.
type feed struct {
	mu     sync.Mutex
	seq    uint64
	subs   map[chan desk.Event]struct{}
	closed bool
}

// Subscribe implements desk.Service.
func (h *Host) Subscribe(ctx context.Context) <-chan desk.Event {
	c := make(chan desk.Event, feedBuffer)
	h.feed.mu.Lock()
	defer h.feed.mu.Unlock()
	if h.feed.closed || ctx.Err() != nil {
		close(c)
		return c
	}
	if h.feed.subs == nil {
		h.feed.subs = map[chan desk.Event]struct{}{}
	}
	h.feed.subs[c] = struct{}{}
	context.AfterFunc(ctx, func() {
		h.feed.mu.Lock()
		defer h.feed.mu.Unlock()
		h.feed.cut(c)
	})
	return c
}

// cut ends a subscription; one that has ended already stays so.
func (f *feed) cut(c chan desk.Event) {
	if _, there := f.subs[c]; there {
		delete(f.subs, c)
		close(c)
	}
}

func (f *feed) publish(events ...desk.Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, e := range events {
		f.seq++
		e.Seq = f.seq
		for c := range f.subs {
			select {
			case c <- e:
			default:
				f.cut(c)
			}
		}
	}
}

func (f *feed) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
	for c := range f.subs {
		f.cut(c)
	}
}

// changed turns what a commit changed into wake-ups and events. It runs on the
// writer's goroutine.
func (h *Host) changed(changes []store.Change) {
	var intake, outbox, rescan, files bool
	seen := map[desk.Event]bool{}
	var events []desk.Event
	for _, c := range changes {
		var e desk.Event
		switch c.Kind {
		case store.WebhookStored:
			intake = true
			continue
		case store.WebhookReplayed:
			rescan = true
			e = desk.Event{Kind: desk.EventHealth} // one is parked less
		case store.OutboxAdded:
			outbox = true
			continue
		case store.MediaAdded:
			files = true
			continue
		case store.OutboxHeld, store.RatingPlanned:
			h.wakeHeld()
			continue
		case store.ConversationChanged:
			e = desk.Event{Kind: desk.EventConversation, Conversation: c.Conversation}
		case store.MessageChanged:
			e = desk.Event{Kind: desk.EventMessage, Conversation: c.Conversation, Message: c.Message}
		case store.ContactAdded:
			e = desk.Event{Kind: desk.EventNewCustomer, Conversation: c.Conversation}
		case store.RulesChanged:
			e = desk.Event{Kind: desk.EventRules}
		case store.ContactChanged:
			e = desk.Event{Kind: desk.EventCustomer, Customer: c.Contact}
		case store.QuickRepliesChanged:
			e = desk.Event{Kind: desk.EventQuickReplies}
		case store.StockChanged:
			continue // told once it is in force: loadStock
		case store.WebhookParked:
			e = desk.Event{Kind: desk.EventHealth}
		}
		if !seen[e] {
			seen[e] = true
			events = append(events, e)
		}
	}
	switch {
	case rescan && h.pool != nil:
		h.pool.Rescan()
	case intake && h.pool != nil:
		h.pool.Wake()
	}
	if l := h.line.Load(); outbox && l != nil {
		l.sender.Wake()
	}
	if files && h.fetcher != nil {
		h.fetcher.Wake()
	}
	h.noteRoom(nil)
	h.feed.publish(events...)
}

// claim asks the sender which of the rows that a commit adds leave with it.
func (h *Host) claim(rows []store.OutboxRow) store.Claim {
	l := h.line.Load()
	if l == nil {
		return store.Claim{}
	}
	return l.sender.Claim(rows)
}
