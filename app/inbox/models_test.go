package inbox

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

// bench is a desk with sample conversations, a hand-driven clock, and what the
// person was told.
type bench struct {
	Deps
	desk       *desktest.Fake
	loop       *live.Manual
	customer   chat.ContactID // who was led to
	everything int            // times the search over everything was asked for
	said       []string
	undo       func()
	n          desk.Counts
	unsent     unsents

	focused fyne.Focusable
	menu    []kit.MenuItem
	copied  string

	outside   outside
	clipboard clipboard
	speaker   speaker
	away      bool              // the person looks elsewhere
	floating  fyne.CanvasObject // nil: nothing floats
	escape    func()            // is Esc while something covers the window
	memory    memory
}

// memory is a Memory that lives as long as a test.
type memory map[string]string

func (m memory) String(key string) string   { return m[key] }
func (m memory) SetString(key, text string) { m[key] = text }

func newBench(t *testing.T) *bench {
	t.Helper()
	words, err := locale.New(locale.English, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	loop := live.NewManual(desktest.SampleNow)
	b := &bench{desk: desktest.Sample(loop.Now), loop: loop, unsent: unsents{}, memory: memory{}}
	b.Deps = Deps{
		Desk: b.desk, Who: desktest.Anna, Words: words, Scope: live.New(t.Context(), loop.Loop()),
		Say: func(text string, undo func()) {
			b.said = append(b.said, text)
			b.undo = undo
		},
		Done: func(text string) { b.said = append(b.said, text) },
		Linger: func(text func(time.Duration) string, life time.Duration, undo func()) {
			b.said = append(b.said, text(life))
			b.undo = undo
		},
		SearchAll:    func() { b.everything++ },
		OpenCustomer: func(id chat.ContactID) { b.customer = id },
		Counted:      func(n desk.Counts) { b.n = n },
		Focus:        func(f fyne.Focusable) { b.focused = f },
		Focused:      func() fyne.Focusable { return b.focused },
		Menu:         func(_ fyne.Position, items []kit.MenuItem) { b.menu = items },
		Copy:         func(text string) { b.copied = text },
		InView:       func() bool { return !b.away },
		Outside:      &b.outside,
		Speaker:      &b.speaker,
		Memory:       b.memory,
		Floats:       func(content fyne.CanvasObject) bool { return b.floating == content },
		Float: func(content fyne.CanvasObject, _ fyne.Focusable) func() {
			b.floating = content
			return func() { b.floating = nil }
		},
		Drawer: func(content fyne.CanvasObject, width float32, target fyne.Focusable, closed func()) func() {
			b.floating, b.focused = content, target
			content.Resize(fyne.NewSize(width, 800))
			return func() { b.floating = nil; closed() }
		},
		Cover: func(content fyne.CanvasObject, target fyne.Focusable, closed func()) func() {
			b.floating, b.focused = content, target
			b.escape = func() { b.floating = nil; closed() }
			return b.escape
		},
		Clipboard: &b.clipboard,
	}
	t.Cleanup(b.Scope.Close)
	return b
}

func (b *bench) open(id chat.ConversationID) *talk {
	row, _ := b.desk.Conversation(context.Background(), b.Who, id)
	return openTalk(b.Deps, row, b.unsent.of(id), func() {})
}

func names(rows []chat.Conversation) []string {
	var all []string
	for _, c := range rows {
		all = append(all, c.Contact.Name)
	}
	return all
}

func TestPeople(t *testing.T) {
	load := func(t *testing.T) (*bench, *people) {
		b := newBench(t)
		p := newPeople(b.Deps, func() {})
		p.refresh()
		return b, p
	}
	t.Run("the longest wait stands first and those who do not wait follow", func(t *testing.T) {
		_, p := load(t)
		want := []string{"João Ferreira", "Beatriz Nunes", "Олег Савин", "Tiago Moreira", "Inês Carvalho", "Светлана Ким", "Марина Волкова", "Rui Tavares", "Наталья Б."}
		if got := names(p.rows()); !slices.Equal(got, want) {
			t.Errorf("got %v", got)
		}
	})
	t.Run("the frame hears how many wait", func(t *testing.T) {
		b, _ := load(t)
		if b.n.Waiting != 7 || b.n.All != 9 {
			t.Errorf("got %+v", b.n)
		}
	})
	t.Run("a search looks once typing pauses", func(t *testing.T) {
		b, p := load(t)
		p.typeSearch("ма")
		b.loop.Advance(searchAfter - time.Millisecond)
		p.typeSearch("мар")
		b.loop.Advance(searchAfter - time.Millisecond)
		if len(p.rows()) != 9 {
			t.Fatal("it looked while the person was typing")
		}
		b.loop.Advance(time.Millisecond)
		if got := names(p.rows()); !slices.Equal(got, []string{"Марина Волкова"}) {
			t.Errorf("got %v", got)
		}
	})
	t.Run("a search finds a part of a phone number", func(t *testing.T) {
		_, p := load(t)
		p.typeSearch("555 014")
		p.searchNow()
		if got := names(p.rows()); !slices.Equal(got, []string{"Марина Волкова"}) {
			t.Errorf("got %v", got)
		}
	})
	t.Run("a search that finds nothing is an empty list and no failure", func(t *testing.T) {
		_, p := load(t)
		p.typeSearch("zebra")
		p.searchNow()
		if phase := p.pages.State().Phase; phase != live.Empty {
			t.Errorf("the list is %s", phase)
		}
	})
	t.Run("pages are added at the end and a refresh loads as many again", func(t *testing.T) {
		b, p := load(t)
		for i := range 120 {
			b.desk.Add(chat.Conversation{Contact: chat.Contact{Name: "Extra", Phone: "35190000" + string(rune('0'+i/100)) + string(rune('0'+i/10%10)) + string(rune('0'+i%10))}})
		}
		p.refresh()
		p.loadMore()
		if len(p.rows()) != 100 {
			t.Fatalf("%d rows after the second page, want 100", len(p.rows()))
		}
		p.refresh()
		if len(p.rows()) != 100 {
			t.Errorf("%d rows after a refresh, want 100", len(p.rows()))
		}
		p.loadMore()
		p.loadMore()
		if len(p.rows()) != 129 {
			t.Errorf("%d rows at the end, want 129", len(p.rows()))
		}
	})
	t.Run("a failed refresh keeps the rows and says they are stale", func(t *testing.T) {
		b, p := load(t)
		b.desk.FailNext("List", &desk.Error{Code: desk.Unavailable})
		p.refresh()
		if s := p.pages.State(); s.Phase != live.Stale || len(p.rows()) != 9 {
			t.Errorf("%s with %d rows", s.Phase, len(p.rows()))
		}
	})
	t.Run("the longest wait to answer is not one that somebody else answers", func(t *testing.T) {
		b, p := load(t)
		b.desk.Edit(1, func(c *chat.Conversation) {
			c.Lock = chat.Lock{Holder: 2, HolderName: "Pedro", Until: desktest.SampleNow.Add(time.Minute)}
		})
		var found chat.ConversationID
		p.longestWait(func(id chat.ConversationID) { found = id })
		if found != 3 {
			t.Errorf("found conversation %d, want 3: Pedro holds 1 and 2", found)
		}
	})
}

func TestTalkLock(t *testing.T) {
	t.Run("opening takes the lock and marks as read", func(t *testing.T) {
		b := newBench(t)
		talk := b.open(1)
		if !b.mine(talk.conv) || talk.conv.Unread != 0 {
			t.Errorf("lock %+v, %d unread", talk.conv.Lock, talk.conv.Unread)
		}
	})
	t.Run("opening what somebody else answers shows who, without an error", func(t *testing.T) {
		b := newBench(t)
		talk := b.open(2)
		if !b.heldByOther(talk.conv) || talk.conv.Lock.HolderName != "Pedro" || len(b.said) != 0 {
			t.Errorf("lock %+v, said %v", talk.conv.Lock, b.said)
		}
	})
	t.Run("typing renews it at most each 20 seconds", func(t *testing.T) {
		b := newBench(t)
		talk := b.open(1)
		before := b.desk.Calls("Take")
		for i := range 30 {
			talk.typed(strings.Repeat("a", i+1))
			b.loop.Advance(time.Second)
		}
		if got := b.desk.Calls("Take") - before; got != 1 {
			t.Errorf("renewed %d times in 30 seconds, want once", got)
		}
	})
	t.Run("leaving a chat that was only looked at gives it back", func(t *testing.T) {
		b := newBench(t)
		b.open(1).close()
		if c, _ := b.desk.Conversation(t.Context(), b.Who, 1); c.Lock.Holder != 0 {
			t.Errorf("still locked: %+v", c.Lock)
		}
	})
	t.Run("leaving a chat in which something was typed keeps it", func(t *testing.T) {
		b := newBench(t)
		talk := b.open(1)
		talk.typed("Olá")
		talk.close()
		if c, _ := b.desk.Conversation(t.Context(), b.Who, 1); !b.mine(c) {
			t.Errorf("let go: %+v", c.Lock)
		}
	})
	t.Run("opening a resolved chat takes nothing", func(t *testing.T) {
		b := newBench(t)
		b.desk.Edit(1, func(c *chat.Conversation) { c.State = chat.StateResolved })
		if talk := b.open(1); talk.conv.Lock.Holder != 0 {
			t.Errorf("locked: %+v", talk.conv.Lock)
		}
	})
}

func TestTalkSend(t *testing.T) {
	last := func(t *testing.T, talk *talk) chat.Message {
		t.Helper()
		if len(talk.messages) == 0 {
			t.Fatal("no messages")
		}
		return talk.messages[len(talk.messages)-1]
	}
	t.Run("the text leaves the composer for the chat and the draft is forgotten", func(t *testing.T) {
		b := newBench(t)
		talk := b.open(1)
		talk.typed("Sim, temos.\n")
		talk.send()
		if m := last(t, talk); m.Text != "Sim, temos." || m.Status != chat.StatusQueued {
			t.Errorf("last message %q is %s", m.Text, m.Status)
		}
		b.loop.Advance(time.Minute)
		if d, _ := b.desk.Draft(t.Context(), b.Who, 1); talk.draft.text != "" || d.Text != "" {
			t.Errorf("composer %q, kept draft %q", talk.draft.text, d.Text)
		}
	})
	t.Run("a lost answer and a second try are one message", func(t *testing.T) {
		b := newBench(t)
		lossy := &losesFirstAnswer{Fake: b.desk}
		b.Deps.Desk = lossy
		talk := b.open(1)
		talk.typed("Sim")
		talk.send()
		if talk.draft.text != "Sim" || len(b.said) != 1 {
			t.Fatalf("after the lost answer: composer %q, said %v", talk.draft.text, b.said)
		}
		talk.send()
		sent := 0
		for _, m := range talk.messages {
			if m.Text == "Sim" {
				sent++
			}
		}
		if sent != 1 || talk.draft.text != "" {
			t.Errorf("%d messages, composer %q", sent, talk.draft.text)
		}
	})
	t.Run("sending takes a lock that ran out", func(t *testing.T) {
		b := newBench(t)
		b.setHold(0)
		talk := b.open(1)
		talk.typed("Sim")
		b.loop.Advance(chat.LockFor + time.Second)
		talk.send()
		if m := last(t, talk); m.Text != "Sim" || len(b.said) != 0 {
			t.Errorf("last message %q, said %v", m.Text, b.said)
		}
	})
	t.Run("a chat that somebody else took meanwhile is left to them", func(t *testing.T) {
		b := newBench(t)
		talk := b.open(1)
		talk.typed("Sim")
		b.desk.Edit(1, func(c *chat.Conversation) {
			c.Lock = chat.Lock{Holder: 2, HolderName: "Pedro", Until: b.now().Add(time.Minute)}
		})
		takes := b.desk.Calls("Take")
		talk.send()
		if b.desk.Calls("Take") != takes || b.desk.Calls("Send") != 1 || talk.draft.text != "Sim" || len(b.said) != 1 {
			t.Errorf("took %d times, sent %d times, composer %q, said %v",
				b.desk.Calls("Take")-takes, b.desk.Calls("Send"), talk.draft.text, b.said)
		}
	})
	t.Run("a refused text stays and the reason is said", func(t *testing.T) {
		b := newBench(t)
		talk := b.open(1)
		talk.typed(strings.Repeat("a", chat.MaxText+1))
		talk.send()
		if len(talk.draft.text) != chat.MaxText+1 || !slices.Equal(b.said, []string{"Too long. At most 4096 characters."}) {
			t.Errorf("composer has %d letters, said %v", len(talk.draft.text), b.said)
		}
	})
	t.Run("blanks alone are not sent", func(t *testing.T) {
		b := newBench(t)
		talk := b.open(1)
		talk.typed(" \n ")
		talk.send()
		if b.desk.Calls("Send") != 0 {
			t.Error("the desk was asked to send")
		}
	})
}

// losesFirstAnswer sends, but the first answer never comes back.
type losesFirstAnswer struct {
	*desktest.Fake
	lost bool
}

func (l *losesFirstAnswer) Send(ctx context.Context, who desk.Actor, id chat.ConversationID, a desk.Answer, token string) (chat.MessageID, error) {
	sent, err := l.Fake.Send(ctx, who, id, a, token)
	if !l.lost {
		l.lost = true
		return 0, &desk.Error{Code: desk.Unavailable}
	}
	return sent, err
}

func TestDraft(t *testing.T) {
	t.Run("is saved 400 ms after the last key", func(t *testing.T) {
		b := newBench(t)
		talk := b.open(1)
		talk.typed("Bom")
		b.loop.Advance(saveAfter - time.Millisecond)
		if talk.draft.saved || b.desk.Calls("SaveDraft") != 0 {
			t.Fatal("saved too early")
		}
		b.loop.Advance(time.Millisecond)
		if d, _ := b.desk.Draft(t.Context(), b.Who, 1); d.Text != "Bom" || !talk.draft.saved {
			t.Errorf("kept %q, saved is %v", d.Text, talk.draft.saved)
		}
	})
	t.Run("is saved when the chat is left and stands there again", func(t *testing.T) {
		b := newBench(t)
		talk := b.open(1)
		talk.typed("Bom dia")
		talk.close()
		if again := b.open(1); again.draft.text != "Bom dia" || !again.draft.saved {
			t.Errorf("composer %q", again.draft.text)
		}
	})
	t.Run("of one chat is not that of another", func(t *testing.T) {
		b := newBench(t)
		talk := b.open(1)
		talk.typed("Bom dia")
		talk.close()
		if other := b.open(3); other.draft.text != "" {
			t.Errorf("composer %q", other.draft.text)
		}
	})
}

func TestTalkFollowsTheDesk(t *testing.T) {
	t.Run("a new message of the customer appears", func(t *testing.T) {
		b := newBench(t)
		talk := b.open(1)
		id := b.desk.CustomerWrites(1, "Alô?")
		talk.heard(live.Batch{Events: []desk.Event{{Kind: desk.EventMessage, Conversation: 1, Message: id}}})
		if talk.index(id) != len(talk.messages)-1 {
			t.Errorf("message %d stands at %d of %d", id, talk.index(id), len(talk.messages))
		}
	})
	t.Run("what happens in other chats loads nothing", func(t *testing.T) {
		b := newBench(t)
		talk := b.open(1)
		before := b.desk.Calls("Chat")
		talk.heard(live.Batch{Events: []desk.Event{{Kind: desk.EventMessage, Conversation: 3, Message: 99}}})
		if b.desk.Calls("Chat") != before {
			t.Error("the chat was loaded")
		}
	})
	t.Run("older pages come before and a status far back is still seen", func(t *testing.T) {
		b := newBench(t)
		first := b.desk.Say(1, chat.Message{Author: chat.AuthorAgent, Kind: chat.KindText, Text: "first", Status: chat.StatusSent})
		for range chatPageSize + 10 {
			b.desk.CustomerWrites(1, "more")
		}
		talk := b.open(1)
		if len(talk.messages) != chatPageSize {
			t.Fatalf("%d messages at first, want %d", len(talk.messages), chatPageSize)
		}
		talk.loadOlder()
		talk.loadOlder()
		if talk.older != 0 || talk.index(first) != 1 {
			t.Fatalf("older is %d, the first answer stands at %d", talk.older, talk.index(first))
		}
		b.desk.SetStatus(first, chat.StatusRead, 0)
		talk.heard(live.Batch{Events: []desk.Event{{Kind: desk.EventMessage, Conversation: 1, Message: first}}})
		if got := talk.messages[talk.index(first)].Status; got != chat.StatusRead {
			t.Errorf("its status is %s", got)
		}
	})
	t.Run("more than a page of new messages leaves no gap", func(t *testing.T) {
		b := newBench(t)
		talk := b.open(1)
		for range 2 * chatPageSize {
			b.desk.CustomerWrites(1, "more")
		}
		talk.heard(live.Batch{Reload: true})
		for i := 1; i < len(talk.messages); i++ {
			if talk.messages[i].ID != talk.messages[i-1].ID+1 {
				t.Fatalf("message %d follows %d", talk.messages[i].ID, talk.messages[i-1].ID)
			}
		}
		if len(talk.messages) != chatPageSize || talk.older == 0 {
			t.Errorf("%d messages, older is %d", len(talk.messages), talk.older)
		}
	})
	t.Run("resolving can be undone after the chat was left", func(t *testing.T) {
		b := newBench(t)
		talk := b.open(1)
		talk.resolve()
		if talk.conv.State != chat.StateResolved || b.undo == nil {
			t.Fatalf("state %s, said %v", talk.conv.State, b.said)
		}
		talk.close()
		b.undo()
		if c, _ := b.desk.Conversation(t.Context(), b.Who, 1); c.State != chat.StateOpen {
			t.Errorf("state %s", c.State)
		}
	})
	t.Run("a failed message is tried again and an unknown one is settled", func(t *testing.T) {
		b := newBench(t)
		talk := b.open(desktest.Marina)
		id := talk.messages[0].ID
		b.desk.SetStatus(id, chat.StatusFailed, 131026)
		talk.retry(id)
		last := func() chat.Message { return talk.messages[len(talk.messages)-1] }
		if got := last(); got.ID != id || got.Status != chat.StatusQueued {
			t.Errorf("after trying again the last message is %d, %s; want %d, as if written now", got.ID, got.Status, id)
		}
		b.desk.SetStatus(id, chat.StatusUnknown, 0)
		talk.settle(id, true)
		if got := last().Status; got != chat.StatusSent {
			t.Errorf("after settling: %s", got)
		}
	})
}
