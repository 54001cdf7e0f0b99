package desktest

import (
	"strconv"
	"strings"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// last is the newest message of a chat.
func (b *bench) last(id chat.ConversationID) chat.MessageID {
	b.Helper()
	page, err := b.Desk.Chat(b.Context(), b.Anna, id, 0, 1)
	if err != nil || len(page.Messages) != 1 {
		b.Fatalf("the end of chat %d: %+v, %v", id, page, err)
	}
	return page.Messages[0].ID
}

func (b *bench) seeing() {
	ctx := b.Context()
	id, other := b.Write(b.T, 0, "hello"), b.Write(b.T, 1, "hello")
	first := b.last(id)
	_, err := b.Desk.Take(ctx, b.Anna, id)
	b.want(err, "", "Anna takes")
	b.Write(b.T, 0, "and")
	b.Write(b.T, 0, "so on")
	for _, step := range []struct {
		what   string
		upTo   chat.MessageID
		unread int
	}{
		{"what Anna had read", first, 2},
		{"all but the last", b.before(id), 1},
		{"what was read already", first, 1},
		{"all", b.last(id), 0},
	} {
		b.want(b.Desk.Seen(ctx, b.Pedro, id, step.upTo), "", "Pedro sees "+step.what)
		if v := b.row(id); v.Unread != step.unread || !v.Lock.HeldBy(int64(b.Anna.Agent), b.Now()) || v.WaitingSince.IsZero() {
			b.Errorf("after Pedro saw %s the row is %+v, want %d unread and all else as it was", step.what, v, step.unread)
		}
	}
	b.want(b.Desk.Seen(ctx, b.Pedro, id, b.last(other)), desk.NotFound, "seeing another chat's message")
	b.want(b.Desk.Seen(ctx, b.Pedro, id+1000, first), desk.NotFound, "seeing a chat that is not there")
	if v := b.row(other); v.Unread != 1 {
		b.Errorf("the other chat has %d unread, want 1", v.Unread)
	}
}

// before is the message before the newest one of a chat.
func (b *bench) before(id chat.ConversationID) chat.MessageID {
	b.Helper()
	page, err := b.Desk.Chat(b.Context(), b.Anna, id, 0, 2)
	if err != nil || len(page.Messages) != 2 {
		b.Fatalf("the end of chat %d: %+v, %v", id, page, err)
	}
	return page.Messages[0].ID
}

func (b *bench) typing() {
	ctx := b.Context()
	id := b.Write(b.T, 0, "hello")
	b.want(b.Desk.Typing(ctx, b.Pedro, id), "", "Pedro types in a free chat")
	if v := b.row(id); v.Lock.Held(b.Now()) || v.Unread != 1 {
		b.Errorf("typing made the row %+v", v)
	}
	_, err := b.Desk.Take(ctx, b.Anna, id)
	b.want(err, "", "Anna takes")
	b.want(b.Desk.Typing(ctx, b.Anna, id), "", "Anna types")
	b.want(b.Desk.Typing(ctx, b.Pedro, id), desk.LockedByOther, "Pedro types in Anna's chat")
	b.want(b.Desk.Typing(ctx, b.Anna, id+1000), desk.NotFound, "typing in a chat that is not there")
}

func (b *bench) receipts() {
	ctx := b.Context()
	is := func(want bool) {
		b.Helper()
		on, err := b.Desk.Receipts(ctx, b.Pedro)
		b.want(err, "", "asking")
		if on != want {
			b.Errorf("receipts are %t, want %t", on, want)
		}
	}
	is(true)
	for _, on := range []bool{false, true} {
		b.want(b.Desk.SetReceipts(ctx, b.Anna, on), "", "switching")
		is(on)
	}
}

func (b *bench) ownName() {
	ctx := b.Context()
	id := b.Write(b.T, 0, "hello")
	said := func() string {
		b.Helper()
		page, err := b.Desk.Chat(ctx, b.Anna, id, 0, 10)
		b.want(err, "", "reading")
		for _, m := range page.Messages {
			if m.AgentID == int64(b.Anna.Agent) {
				return m.AgentName
			}
		}
		b.Fatal("Anna's answer is not there")
		return ""
	}
	b.send(b.Anna, id, "Yes, we do")
	for _, wrong := range []string{"", "  ", "two\nlines", strings.Repeat("n", desk.MaxAgentName+1)} {
		_, err := b.Desk.SetOwnName(ctx, b.Anna, wrong)
		b.want(err, desk.Invalid, "a name like "+strconv.Quote(wrong))
	}
	if got := said(); got != b.Anna.Name {
		b.Errorf("answered by %q", got)
	}
	name, err := b.Desk.SetOwnName(ctx, b.Anna, " Anna Petrova ")
	b.want(err, "", "a name")
	if got := said(); name != "Anna Petrova" || got != name {
		b.Errorf("the name is %q, and the answer before is by %q", name, got)
	}
	_, err = b.Desk.SetOwnName(ctx, b.Pedro, "Pedro II")
	b.want(err, "", "another person's own name")
	if got := said(); got != name {
		b.Errorf("the answer is by %q now", got)
	}
}
