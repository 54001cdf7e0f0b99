package inbox

import (
	"context"
	"slices"
	"unicode/utf8"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/find"
)

// hit is a message that a person goes to, and the words by which it was found.
type hit struct {
	message chat.MessageID
	words   find.Query
}

// OpenAt is Open at a message of the chat, wherever in it, which is ringed for a second.
// Until the chat is left, what was looked for is marked in it; nothing is with no text.
func (s *Screen) OpenAt(id chat.ConversationID, message chat.MessageID, text string) {
	s.Open(id)
	if message == 0 || s.talk == nil {
		return
	}
	s.talk.hit = hit{message, find.Parse(text)}
	s.talk.goTo(message)
}

// found are the words in a message that were looked for.
func (t *talk) found(m chat.Message) (all []kit.Stretch) {
	if m.ID == t.hit.message {
		for _, s := range t.hit.words.Spans(m.Text) {
			all = append(all, kit.Stretch{From: utf8.RuneCountInString(m.Text[:s.From]), To: utf8.RuneCountInString(m.Text[:s.To])})
		}
	}
	return all
}

// findQuoted goes to the message that m answers.
func (t *talk) findQuoted(m chat.Message) {
	if m.Quote == nil || m.Quote.Message == 0 {
		t.Say(t.Words.T("chat.quote_gone"), nil)
		return
	}
	t.goTo(m.Quote.Message)
}

// goTo shows a message of the chat; where it is not loaded, the part of the chat around
// it takes the place of what is. Where that cannot be read, the chat stays as it is.
func (t *talk) goTo(id chat.MessageID) {
	t.sought = id
	if t.index(id) >= 0 {
		t.changed()
		return
	}
	t.page.Load(t.load())
}

// around loads the part of the chat in which a message stands.
func (t *talk) around(ctx context.Context, id chat.MessageID) (desk.ChatStretch, error) {
	part, err := t.Desk.Around(ctx, t.Who, t.id, id, chatPageSize)
	if desk.CodeOf(err) == desk.NotFound { // taken back, or not stored here
		return desk.ChatStretch{}, nil
	}
	return part, err
}

// joinNewest puts the newest page behind what is loaded. Where the two do not meet,
// what is loaded is a part of the chat further back, and stays; or more was written
// meanwhile than fits a page: it is dropped then, rather than shown with a gap.
func (t *talk) joinNewest(page desk.ChatPage) {
	meet := -1
	if len(page.Messages) > 0 {
		meet = t.index(page.Messages[0].ID)
	}
	switch {
	case meet >= 0:
		t.messages, t.newer = append(slices.Clone(t.messages[:meet]), page.Messages...), 0
	case t.newer == 0:
		t.messages, t.older = page.Messages, page.Older
	}
}

// joinPart shows the part of the chat with the message that was looked for: before what
// is loaded where they meet, else in its place.
func (t *talk) joinPart(part desk.ChatStretch, sought chat.MessageID) {
	if indexOf(part.Messages, sought) < 0 {
		t.sought = 0
		t.Say(t.Words.T("chat.quote_gone"), nil)
		return
	}
	if len(t.messages) > 0 {
		if meet := indexOf(part.Messages, t.messages[0].ID); meet >= 0 {
			t.messages, t.older = append(slices.Clone(part.Messages[:meet]), t.messages...), part.Older
			return
		}
	}
	t.messages, t.older, t.newer = part.Messages, part.Older, part.Newer
}

// stretchOf lets what is loaded of a chat grow by further pages.
func stretchOf(t *talk) *live.Stretch {
	return &live.Stretch{
		Scope: t.scope, Desk: t.Desk, Who: t.Who, Limit: chatPageSize, Failed: t.explain, Join: t.joinFurther,
		Loaded: func() desk.ChatStretch {
			return desk.ChatStretch{ChatPage: desk.ChatPage{Conversation: chat.Conversation{ID: t.id}, Messages: t.messages, Older: t.older}, Newer: t.newer}
		},
	}
}

// joinFurther takes over what is loaded with a further page.
func (t *talk) joinFurther(all desk.ChatStretch) {
	atEnd := t.newer != 0 && all.Newer == 0
	t.messages, t.older, t.newer = all.Messages, all.Older, all.Newer
	t.lookUpCards(false)
	t.changed()
	if atEnd { // what was written meanwhile had no place before
		t.page.Refresh(t.load())
	}
}

// loadOlder puts an earlier page before what is loaded. It may be called at any time.
func (t *talk) loadOlder() { t.further.Older() }

// loadNewer puts a later page behind a part of the chat. It may be called at any time.
func (t *talk) loadNewer() { t.further.Newer() }

// mostLoaded is how many messages stay loaded while somebody scrolls, a page aside: what
// is drawn for each event must not grow with the length of a chat.
const mostLoaded = 10 * chatPageSize

// readBack is loadOlder for who scrolls up: the newest of too many messages are let go.
func (t *talk) readBack() {
	if len(t.messages) > mostLoaded && t.older != 0 && !t.further.Busy() {
		t.messages = slices.Clone(t.messages[:mostLoaded])
		t.newer = t.messages[mostLoaded-1].ID
	}
	t.loadOlder()
}

// readOn is loadNewer for who scrolls down: the oldest of too many messages are let go.
func (t *talk) readOn() {
	if gone := len(t.messages) - mostLoaded; gone > 0 && t.newer != 0 && !t.further.Busy() {
		t.messages = slices.Clone(t.messages[gone:])
		t.older = t.messages[0].ID
	}
	t.loadNewer()
}

// toNewest shows the end of the chat instead of a part of it.
func (t *talk) toNewest() {
	t.sought = 0
	if t.newer == 0 {
		return
	}
	t.newer, t.messages, t.older = 0, nil, 0
	t.joinNewest(t.page.State().Value.ChatPage)
	t.changed()
	t.page.Refresh(t.load())
}
