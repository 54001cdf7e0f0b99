package inbox

import (
	"context"
	"strings"
	"time"

	"shopbell/core/chat"
)

// typingEvery is how often the desk is told that the person types: the customer
// sees it for 25 s (Cloud API, section 3).
const typingEvery = 20 * time.Second

// sights is what the desk was told of a person in one chat.
type sights struct {
	seen    chat.MessageID // the newest message that was loaded when the end was in view
	typedAt time.Time      // zero: nobody types, as far as the customer knows
}

// look tells the desk what the person has in view: the end of the open chat, in a
// window that they look at.
func (p *chatPane) look() {
	if p.talk != nil && p.thread.AtEnd() && p.InView() {
		p.talk.see()
	}
}

// see tells the desk that the chat is in view down to its end, once for each
// message. That it was not told is no news to the person: the badge says it.
func (t *talk) see() {
	newest := newestID(t.messages)
	if t.conv.Unread == 0 || t.newer != 0 || newest <= t.told.seen {
		return
	}
	t.told.seen = newest
	upTo := t.messages[len(t.messages)-1].ID
	t.scope.Do(func(ctx context.Context) error { return t.Desk.Seen(ctx, t.Who, t.id, upTo) }, func(error) {})
}

// tellTyping tells the desk that the person types, now and then. It is no more than
// a courtesy: nothing follows where it fails.
func (t *talk) tellTyping(text string) {
	now := t.now()
	if strings.TrimSpace(text) == "" || now.Sub(t.told.typedAt) < typingEvery {
		return
	}
	t.told.typedAt = now
	t.scope.Do(func(ctx context.Context) error { return t.Desk.Typing(ctx, t.Who, t.id) }, func(error) {})
}
