package inbox

import (
	"context"
	"maps"
	"slices"
	"time"

	"shopbell/app/live"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

const (
	chatPageSize = 30
	renewEvery   = 20 * time.Second // typing renews the lock at most this often
	actWithin    = 10 * time.Second // for one act, which goes on when its chat is left
)

// talk is one open chat. It lives in a scope of its own that ends when another
// chat is opened. What a person does in it reaches the desk in the order they
// did it, and is not given up when they go on to another chat.
type talk struct {
	Deps
	id      chat.ConversationID
	scope   *live.Scope
	changed func()
	// retime offers other moments for a scheduled message; the pane that shows the chat
	// sets it.
	retime func(chat.Message)
	*unsent

	conv     chat.Conversation
	messages []chat.Message // oldest first, without a gap
	older    chat.MessageID // cursor for what came before messages; 0: nothing
	newer    chat.MessageID // and for what came after; 0: they go up to the newest
	page     *live.Task[newest]
	touched  map[chat.MessageID]bool // changed since they were loaded
	measures measures
	player   *player
	further  *live.Stretch
	asked    bool      // Take was called: there may be a lock to give back
	tookAt   time.Time // last successful Take or Send
	acted    bool      // typed, sent or resolved: the lock is kept on leaving
	told     sights
	draft    draft
	note     jotting
	carded   map[string]chat.ContactID // who of contact cards is a customer, by cardKey; 0: nobody is
	sought   chat.MessageID            // a message that is being gone to; 0: none
	hit      hit                       // what a search found here; zero: nothing
}

// newest is the end of a chat, and messages before it that changed.
type newest struct {
	desk.ChatPage
	sought  chat.MessageID   // a message that was not loaded; 0: none
	part    desk.ChatStretch // the part of the chat around it
	changed []chat.Message
	gone    []chat.MessageID // taken back before they left
}

// openTalk opens a chat to answer in it: it loads the newest messages and the
// draft, and takes the lock unless the matter is resolved. changed is called
// when there is something to draw. row is what the list knows already; it may
// be zero but for its ID. u is the conversation's: the same one when a chat is
// opened again.
func openTalk(d Deps, row chat.Conversation, u *unsent, changed func()) *talk {
	t := &talk{Deps: d, id: row.ID, scope: d.Scope.Inside(), unsent: u, changed: changed, conv: row, touched: map[chat.MessageID]bool{}, measures: measures{known: map[string]measured{}}}
	u.open = t
	t.further = stretchOf(t)
	t.player = newPlayer(t)
	t.draft = newDraft(t)
	t.note = newJotting(t)
	t.page = live.NewTask(t.scope, func(n newest) bool { return len(n.Messages) == 0 }, t.arrived)
	t.page.Load(t.load())
	t.draft.load()
	if row.State != chat.StateResolved {
		t.take()
	}
	return t
}

// close ends the chat: the draft is saved, and the lock of a chat that was only
// looked at is given back, be it still on its way.
func (t *talk) close() {
	t.draft.flush()
	t.note.flush()
	if t.asked && !t.acted {
		t.act(func(ctx context.Context) error { return t.Desk.LetGo(ctx, t.Who, t.id) }, t.explain)
	}
	if t.unsent.open == t {
		t.unsent.open = nil
	}
	t.scope.Close()
}

// heard takes a batch of events and loads what concerns this chat.
func (t *talk) heard(b live.Batch) {
	concerned := b.Reload
	if b.Reload || b.Has(desk.EventCustomer) {
		t.lookUpCards(true)
	}
	for _, e := range b.Events {
		switch {
		case e.Message != 0 && t.index(e.Message) >= 0: // also of an earlier conversation of the contact
			t.touched[e.Message] = true
			concerned = true
		case e.Conversation == t.id:
			concerned = true
		}
	}
	if concerned {
		t.page.Refresh(t.load())
	}
}

func (t *talk) load() func(ctx context.Context) (newest, error) {
	touched := slices.Collect(maps.Keys(t.touched))
	sought := t.sought
	if t.index(sought) >= 0 {
		sought = 0
	}
	return func(ctx context.Context) (newest, error) {
		page, err := t.Desk.Chat(ctx, t.Who, t.id, 0, chatPageSize)
		if err != nil {
			return newest{}, err
		}
		n := newest{ChatPage: page, sought: sought}
		if sought != 0 {
			if n.part, err = t.around(ctx, sought); err != nil {
				return newest{}, err
			}
		}
		for _, id := range touched {
			if indexOf(page.Messages, id) >= 0 {
				continue
			}
			m, err := t.Desk.Message(ctx, t.Who, id)
			if desk.CodeOf(err) == desk.NotFound { // taken back
				n.gone = append(n.gone, id)
				continue
			}
			if err != nil {
				return newest{}, err
			}
			n.changed = append(n.changed, m)
		}
		return n, nil
	}
}

func (t *talk) arrived(s live.State[newest]) {
	switch {
	case s.Err == nil && s.Phase != live.Loading:
		t.merge(s.Value)
		t.lookUpCards(false)
	case s.Phase == live.Stale && t.sought != 0: // gone to later, it would lead away from what is done by then
		t.sought = 0
		t.explain(s.Err)
	}
	t.changed()
}

// merge takes over what was loaded.
func (t *talk) merge(n newest) {
	t.conv = n.Conversation
	t.joinNewest(n.ChatPage)
	if n.sought != 0 && n.sought == t.sought {
		t.joinPart(n.part, n.sought)
	}
	for _, m := range n.changed {
		if i := t.index(m.ID); i >= 0 {
			t.messages[i] = m
		}
	}
	t.messages = slices.DeleteFunc(t.messages, func(m chat.Message) bool { return slices.Contains(n.gone, m.ID) })
	clear(t.touched)
	if i := t.index(t.with.quoted.ID); i >= 0 && !t.messages[i].RevokedAt.IsZero() {
		t.with.quoted = chat.Message{} // what was taken back is never quoted
	}
}

// take takes or renews the lock. Somebody else holding it is no error here: the
// screen shows who.
func (t *talk) take() {
	t.asked = true
	var row chat.Conversation
	t.line.Do(t.scope, func(ctx context.Context) (err error) {
		row, err = t.Desk.Take(ctx, t.Who, t.id)
		return err
	}, func(err error) {
		switch desk.CodeOf(err) {
		case "":
			t.tookAt = t.now()
			t.conv = row
		case desk.LockedByOther:
			t.conv = row
		default:
			t.explain(err)
		}
		t.changed()
	})
}

// typed takes each change of the composer's text by the person.
func (t *talk) typed(text string) {
	t.acted = true
	t.draft.typed(text)
	t.tellTyping(text)
	if !t.mine(t.conv) || t.now().Sub(t.tookAt) >= renewEvery {
		t.tookAt = t.now() // asked for: not again with the next key
		t.take()
	}
}

// resolve closes the matter; undo of the toast opens it again.
func (t *talk) resolve() {
	t.acted = true
	t.draft.flush()
	held := t.mine(t.conv)
	t.do(func(ctx context.Context) error { return t.Desk.Resolve(ctx, t.Who, t.id) }, func() {
		t.Say(t.Words.T("toast.resolved"), func() { t.undoResolve(held) })
	})
}

// undoResolve opens the matter again, and takes the lock back that was held when
// it was resolved, unless somebody else has it by now. It works after the chat was
// left, too: its toast stays longer.
func (t *talk) undoResolve(held bool) {
	t.do(func(ctx context.Context) error {
		if err := t.Desk.Reopen(ctx, t.Who, t.id); err != nil || !held {
			return err
		}
		_, err := t.Desk.Take(ctx, t.Who, t.id)
		if desk.CodeOf(err) == desk.LockedByOther {
			return nil
		}
		return err
	}, nil)
}

func (t *talk) reopen() {
	t.do(func(ctx context.Context) error { return t.Desk.Reopen(ctx, t.Who, t.id) }, func() {
		t.Done(t.Words.T("toast.reopened"))
		t.take()
	})
}

func (t *talk) retry(id chat.MessageID) {
	t.do(func(ctx context.Context) error { return t.Desk.Retry(ctx, t.Who, id) }, nil)
}

func (t *talk) settle(id chat.MessageID, left bool) {
	t.do(func(ctx context.Context) error { return t.Desk.Settle(ctx, t.Who, id, left) }, nil)
}

// sendAgain settles that an unknown message did not leave, and sends it anew.
func (t *talk) sendAgain(id chat.MessageID) {
	t.do(func(ctx context.Context) error {
		if err := t.Desk.Settle(ctx, t.Who, id, false); err != nil {
			return err
		}
		return t.Desk.Retry(ctx, t.Who, id)
	}, nil)
}

// do acts and then loads the chat again: events say the same a moment later,
// but a person looks at the effect of what they just pressed.
func (t *talk) do(act func(ctx context.Context) error, then func()) {
	t.act(act, func(err error) {
		if err != nil {
			t.explain(err)
		} else if then != nil {
			then()
		}
		t.page.Refresh(t.load())
	})
}

// act calls the desk once what was done before in this conversation is done,
// also when the chat is left meanwhile.
func (t *talk) act(call func(ctx context.Context) error, done func(err error)) {
	t.line.Finish(t.Scope, actWithin, call, done)
}

func (t *talk) index(id chat.MessageID) int { return indexOf(t.messages, id) }

func indexOf(messages []chat.Message, id chat.MessageID) int {
	return slices.IndexFunc(messages, func(m chat.Message) bool { return m.ID == id })
}
