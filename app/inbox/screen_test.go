package inbox

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/live"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

// stage is an inbox in a window of Fyne's test driver.
type stage struct {
	*bench
	*Screen
	window fyne.Window
}

func newStage(t *testing.T) *stage {
	t.Helper()
	test.NewTempApp(t)
	b := newBench(t)
	s := &stage{bench: b, Screen: New(b.Deps), window: test.NewTempWindow(t, nil)}
	s.window.SetPadded(false)
	s.window.SetContent(s.Content())
	s.window.Resize(fyne.NewSize(1208, 800))
	s.heard()
	return s
}

// heard is a batch as it comes from the desk when anything may have changed.
func (s *stage) heard() { s.Heard(live.Batch{Reload: true}) }

func (s *stage) health(h desk.Health) {
	s.desk.SetHealth(h)
	s.SetHealth(h)
}

// bubbles are the texts of the messages that are shown, oldest first.
func (s *stage) bubbles() []kit.Message {
	var all []kit.Message
	for _, e := range s.chat.thread.Entries() {
		if m, ok := e.(kit.Message); ok {
			all = append(all, m)
		}
	}
	return all
}

func (s *stage) lastBubble(t *testing.T) kit.Message {
	t.Helper()
	all := s.bubbles()
	if len(all) == 0 {
		t.Fatal("no message is shown")
	}
	return all[len(all)-1]
}

// typed types into whatever has the focus.
func (s *stage) typed(t *testing.T, text string) {
	t.Helper()
	if s.focused == nil {
		t.Fatal("nothing has the focus")
	}
	s.window.Canvas().Focus(s.focused)
	for _, r := range text {
		s.focused.TypedRune(r)
	}
}

func TestList(t *testing.T) {
	t.Run("rows say who waits how long, where, and who answers", func(t *testing.T) {
		s := newStage(t)
		rows := s.list.list.Rows()
		if len(rows) != 9 {
			t.Fatalf("%d rows", len(rows))
		}
		first, second := rows[0], rows[1]
		if first.Name != "João Ferreira" || first.WaitText != "18 min" || first.Wait != kit.ToneLate || first.Unread != 3 || first.Department != "Sales" {
			t.Errorf("first row: %+v", first)
		}
		if second.LockedBy != "Pedro" || rows[6].LockedBy != "You" {
			t.Errorf("locks: %q and %q", second.LockedBy, rows[6].LockedBy)
		}
	})
	t.Run("waiting chips go on with time", func(t *testing.T) {
		s := newStage(t)
		s.loop.Advance(2 * time.Minute)
		s.Tick(s.loop.Now())
		if row := s.list.list.Rows()[5]; row.WaitText != "4 min" || row.Wait != kit.ToneOk {
			t.Errorf("%s waits %s", row.Name, row.WaitText)
		}
		s.loop.Advance(time.Minute)
		s.Tick(s.loop.Now())
		if row := s.list.list.Rows()[5]; row.WaitText != "5 min" || row.Wait != kit.ToneWarn {
			t.Errorf("%s waits %s", row.Name, row.WaitText)
		}
	})
	t.Run("arrow keys take nothing and Enter opens", func(t *testing.T) {
		s := newStage(t)
		list := s.list.list.Target()
		s.window.Canvas().Focus(list)
		list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		if s.desk.Calls("Take") != 0 || s.opened() != 0 {
			t.Fatal("moving opened a chat")
		}
		list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if s.opened() != 3 {
			t.Errorf("conversation %d is open, want 3", s.opened())
		}
	})
	t.Run("a filter with nobody in it says so", func(t *testing.T) {
		s := newStage(t)
		s.ChooseFilter(desk.FilterResolved)
		if len(s.list.list.Rows()) != 0 || !s.list.empty.Visible() {
			t.Errorf("%d rows", len(s.list.list.Rows()))
		}
		s.ChooseFilter(desk.FilterAll)
		if len(s.list.list.Rows()) != 9 || s.list.empty.Visible() {
			t.Errorf("%d rows after going back", len(s.list.list.Rows()))
		}
	})
	t.Run("a list that cannot be loaded can be tried again", func(t *testing.T) {
		b := newBench(t)
		test.NewTempApp(t)
		b.desk.FailNext("List", &desk.Error{Code: desk.Unavailable})
		s := New(b.Deps)
		s.Heard(live.Batch{Reload: true})
		if !s.list.empty.Visible() || !s.list.again.Visible() {
			t.Fatal("no way to try again")
		}
		test.Tap(s.list.again)
		if len(s.list.list.Rows()) != 9 || s.list.empty.Visible() {
			t.Errorf("%d rows after trying again", len(s.list.list.Rows()))
		}
	})
	t.Run("a list that could not be refreshed stays and says so", func(t *testing.T) {
		s := newStage(t)
		s.desk.FailNext("List", &desk.Error{Code: desk.Unavailable})
		s.heard()
		if got := s.list.order.Text(); got != "May be out of date" || len(s.list.list.Rows()) != 9 {
			t.Errorf("%d rows under %q", len(s.list.list.Rows()), got)
		}
		s.heard()
		if got := s.list.order.Text(); got != "Longest wait first" {
			t.Errorf("after a refresh that worked: %q", got)
		}
	})
	t.Run("a search for more words than anybody is called finds nobody", func(t *testing.T) {
		s := newStage(t)
		s.FocusSearch()
		s.desk.FailNext("List", &desk.Error{Code: desk.Invalid, Field: "search"})
		s.typed(t, strings.Repeat("a ", desk.MaxSearchWords+1))
		s.loop.Advance(searchAfter)
		if texts := kittest.Texts(s.list.empty); !slices.Contains(texts, "Nothing found") || slices.Contains(texts, "Try again") {
			t.Errorf("shows %q", texts)
		}
	})
	t.Run("typing in the search field narrows the list", func(t *testing.T) {
		s := newStage(t)
		s.FocusSearch()
		s.typed(t, "beat")
		s.loop.Advance(searchAfter)
		if rows := s.list.list.Rows(); len(rows) != 1 || rows[0].Name != "Beatriz Nunes" {
			t.Errorf("%d rows", len(rows))
		}
	})
}

func TestChat(t *testing.T) {
	t.Run("opening shows the messages and gives the composer the focus", func(t *testing.T) {
		s := newStage(t)
		s.Open(desktest.Marina)
		if len(s.bubbles()) != 6 || s.focused != s.chat.composer.Target() {
			t.Errorf("%d messages, focus on %T", len(s.bubbles()), s.focused)
		}
	})
	t.Run("the row of the open chat shows the lock at once", func(t *testing.T) {
		s := newStage(t)
		s.Open(1)
		if row := s.list.list.Rows()[0]; row.LockedBy != "You" || row.Unread != 0 || !row.Selected {
			t.Errorf("row: %+v", row)
		}
	})
	t.Run("a customer writes and the bubble appears", func(t *testing.T) {
		s := newStage(t)
		s.Open(1)
		s.desk.CustomerWrites(1, "Alô?")
		s.heard()
		if got := s.lastBubble(t); got.Text != "Alô?" || got.Side != kit.Theirs {
			t.Errorf("last bubble: %+v", got)
		}
	})
	t.Run("an answer is typed, sent and ticked", func(t *testing.T) {
		s := newStage(t)
		s.Open(1)
		s.typed(t, "Sim, temos")
		s.Send()
		if got := s.lastBubble(t); got.Text != "Sim, temos" || got.Tick != kit.TickWaiting || s.chat.composer.Text() != "" {
			t.Fatalf("last bubble %+v, composer %q", got, s.chat.composer.Text())
		}
		id := newestID(s.talk.messages)
		for status, tick := range map[chat.Status]kit.Tick{chat.StatusSent: kit.TickSent, chat.StatusDelivered: kit.TickDelivered, chat.StatusRead: kit.TickRead} {
			s.desk.SetStatus(id, status, 0)
			s.heard()
			if got := s.lastBubble(t).Tick; got != tick {
				t.Errorf("%s is shown as tick %d, want %d", status, got, tick)
			}
		}
	})
	t.Run("each chat keeps its own draft", func(t *testing.T) {
		s := newStage(t)
		s.Open(1)
		s.typed(t, "Bom")
		s.Open(3)
		if got := s.chat.composer.Text(); got != "" {
			t.Errorf("the other chat begins with %q", got)
		}
		s.Open(1)
		if got := s.chat.composer.Text(); got != "Bom" {
			t.Errorf("the first chat has %q", got)
		}
	})
	t.Run("a chat that cannot be loaded can be tried again", func(t *testing.T) {
		s := newStage(t)
		s.desk.FailNext("Chat", &desk.Error{Code: desk.Unavailable})
		s.Open(1)
		if !s.chat.empty.Visible() || s.chat.composer.Visible() {
			t.Fatal("the failure is not shown")
		}
		test.Tap(s.chat.again)
		if s.chat.empty.Visible() || len(s.bubbles()) != 1 {
			t.Errorf("%d messages after trying again", len(s.bubbles()))
		}
	})
	t.Run("new messages are counted while reading further up", func(t *testing.T) {
		s := newStage(t)
		for i := range 40 {
			s.desk.CustomerWrites(1, fmt.Sprint("line ", i))
		}
		s.Open(1)
		s.Page(-2)
		s.desk.CustomerWrites(1, "Alô?")
		s.desk.CustomerWrites(1, "Está aí?")
		s.heard()
		if !s.chat.toEnd.Visible() || s.chat.thread.AtEnd() {
			t.Fatal("nothing says that messages came")
		}
		test.Tap(s.chat.toEnd)
		if s.chat.toEnd.Visible() || !s.chat.thread.AtEnd() {
			t.Error("going to the end did not settle it")
		}
	})
	t.Run("scrolling up loads older pages", func(t *testing.T) {
		s := newStage(t)
		for i := range 3 * chatPageSize {
			s.desk.CustomerWrites(1, fmt.Sprint("line ", i))
		}
		s.Open(1)
		for range 60 {
			s.Page(-1)
		}
		if len(s.talk.messages) != 3*chatPageSize+1 {
			t.Errorf("%d messages loaded, want all %d", len(s.talk.messages), 3*chatPageSize+1)
		}
	})
	t.Run("a message's text can be copied", func(t *testing.T) {
		s := newStage(t)
		s.Open(1)
		s.chat.menu(s.lastBubble(t).ID, fyne.NewPos(0, 0))
		s.pick(t, "Copy")
		if !strings.HasPrefix(s.copied, "Bom dia") {
			t.Errorf("copied %q", s.copied)
		}
	})
	t.Run("Ctrl+J says so when nobody waits", func(t *testing.T) {
		s := newStage(t)
		for id := range chat.ConversationID(9) {
			s.desk.Edit(id+1, func(c *chat.Conversation) { c.WaitingSince = time.Time{} })
		}
		s.AnswerLongest()
		if !slices.Equal(s.said, []string{"Nobody waits"}) || s.opened() != 0 {
			t.Errorf("said %v, open is %d", s.said, s.opened())
		}
	})
}

func TestBannerAndComposer(t *testing.T) {
	type look struct {
		banner string // beginning of its words; empty: none
		reason bool   // the composer is shut
	}
	tests := map[string]struct {
		chat   chat.ConversationID
		health desk.Health
		after  time.Duration
		want   look
	}{
		"all is well":                                      {chat: 1, health: desk.Health{State: desk.ConnectionOK}},
		"somebody else answers":                            {chat: 2, health: desk.Health{State: desk.ConnectionOK}, want: look{"Pedro is answering · 4:00 left", true}},
		"24 h have passed":                                 {chat: 1, health: desk.Health{State: desk.ConnectionOK}, after: 25 * time.Hour, want: look{"24 h passed", true}},
		"offline leaves writing alone":                     {chat: 1, health: desk.Health{State: desk.ConnectionOffline, Waiting: 2}, want: look{"No internet. You can keep writing: 2 messages wait here.", false}},
		"a refused key":                                    {chat: 1, health: desk.Health{State: desk.ConnectionRefused, Code: 190}, want: look{"WhatsApp refused the key", false}},
		"a stopped account":                                {chat: 1, health: desk.Health{State: desk.ConnectionRefused, Code: 131031}, want: look{"WhatsApp stopped this account", false}},
		"a shop without a key":                             {chat: 1, health: desk.Health{State: desk.ConnectionNoKey}, want: look{"Shopbell has no WhatsApp key on this computer", false}},
		"a full disk":                                      {chat: 1, health: desk.Health{State: desk.ConnectionFull}, want: look{"The disk is full", true}},
		"a full disk matters more than who answers":        {chat: 2, health: desk.Health{State: desk.ConnectionFull}, want: look{"The disk is full", true}},
		"who answers matters more than being offline":      {chat: 2, health: desk.Health{State: desk.ConnectionOffline}, want: look{"Pedro is answering", true}},
		"a closed window matters more than being offline":  {chat: 1, health: desk.Health{State: desk.ConnectionOffline}, after: 25 * time.Hour, want: look{"24 h passed", true}},
		"a refused key matters more than a closed window ": {chat: 1, health: desk.Health{State: desk.ConnectionRefused}, after: 25 * time.Hour, want: look{"WhatsApp refused", true}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			s.loop.Advance(test.after)
			s.Open(test.chat)
			s.health(test.health)
			n, shown := s.talk.notice(test.health, s.loop.Now(), s.tryNow)
			reason, _ := s.talk.barred(test.health, s.loop.Now())
			if shown != (test.want.banner != "") || !strings.HasPrefix(n.text, test.want.banner) || (reason != "") != test.want.reason {
				t.Errorf("banner %q, reason %q", n.text, reason)
			}
			if s.chat.banner.Visible() != shown || s.chat.bar.Visible() == shown {
				t.Error("banner and window bar are not one at a time")
			}
		})
	}
	t.Run("a banner that comes with time alone has its place", func(t *testing.T) {
		s := newStage(t)
		s.Open(1)
		s.loop.Advance(25 * time.Hour)
		s.Tick(s.loop.Now())
		if b := s.chat.banner; !b.Visible() || b.Size().Width != s.chat.root.Size().Width || s.chat.thread.Position().Y < b.Position().Y+b.MinSize().Height {
			t.Errorf("the banner is %v at %v, the chat begins at %v", b.Size(), b.Position(), s.chat.thread.Position())
		}
	})
	t.Run("the lock counts down and the chat opens by itself when it is let go", func(t *testing.T) {
		s := newStage(t)
		s.Open(2)
		s.loop.Advance(time.Minute)
		s.Tick(s.loop.Now())
		if got := s.chat.banner.Text(); !strings.Contains(got, "3:00 left") {
			t.Errorf("after a minute: %q", got)
		}
		s.loop.Advance(3 * time.Minute)
		s.Tick(s.loop.Now())
		if s.chat.banner.Visible() {
			t.Errorf("after the lock ran out: %q", s.chat.banner.Text())
		}
	})
	t.Run("broken rules are told above all that is open, and hide nothing", func(t *testing.T) {
		s := newStage(t)
		s.health(desk.Health{State: desk.ConnectionOK, RulesBroken: true})
		if !s.banner.Visible() || s.list.root.Position().Y < s.banner.Size().Height {
			t.Errorf("without a chat: %q, the list stands at %v", s.banner.Text(), s.list.root.Position())
		}
		s.Open(2)
		if !s.banner.Visible() || !strings.HasPrefix(s.chat.banner.Text(), "Pedro is answering") || !s.chat.banner.Visible() {
			t.Errorf("with one: %q and %q", s.banner.Text(), s.chat.banner.Text())
		}
		s.health(desk.Health{State: desk.ConnectionOK})
		if s.banner.Visible() || s.list.root.Position().Y != 0 {
			t.Error("it stays when the rules are whole again")
		}
	})
	t.Run("trying now asks the desk", func(t *testing.T) {
		s := newStage(t)
		s.Open(1)
		s.health(desk.Health{State: desk.ConnectionOffline})
		n, _ := s.talk.notice(s.chat.health, s.loop.Now(), s.tryNow)
		n.actions[0].Do()
		if s.desk.Calls("TryNow") != 1 {
			t.Error("the desk was not asked")
		}
	})
}

func TestTroubles(t *testing.T) {
	tests := map[string]struct {
		status  chat.Status
		code    int
		reason  string
		actions []string
	}{
		"refused by Meta says why and can be tried again": {chat.StatusFailed, 131000, "WhatsApp was busy", []string{"Try again"}},
		"what is refused every time is not tried again":   {chat.StatusFailed, 131026, "The customer cannot be reached on WhatsApp", nil},
		"too late can be tried again":                     {chat.StatusExpired, 0, "Not sent in time", []string{"Try again"}},
		"unknown asks the person":                         {chat.StatusUnknown, 0, "The line broke while sending. Did it arrive?", []string{"It arrived", "Send again"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			s.Open(desktest.Marina)
			id := s.talk.messages[5].ID
			s.desk.SetStatus(id, test.status, test.code)
			s.heard()
			b := s.bubbles()[4]
			var actions []string
			for _, a := range b.Actions {
				actions = append(actions, a.Text)
			}
			if !strings.HasPrefix(b.Reason, test.reason) || !slices.Equal(actions, test.actions) {
				t.Fatalf("reason %q, actions %v", b.Reason, actions)
			}
			for i := range b.Actions {
				s.desk.SetStatus(id, test.status, test.code)
				b.Actions[i].Do()
				if after := s.bubbles()[4]; after.Trouble != kit.TroubleNone {
					t.Errorf("after %q it is still in trouble: %q", actions[i], after.Reason)
				}
			}
		})
	}
	t.Run("what failed on the shop's phone is not tried again here", func(t *testing.T) {
		s := newStage(t)
		s.desk.Say(1, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "Olá"})
		s.desk.Say(1, chat.Message{Author: chat.AuthorAgent, Kind: chat.KindText, Text: "Sim", Status: chat.StatusFailed})
		s.Open(1)
		if b := s.lastBubble(t); len(b.Actions) != 0 || b.Trouble != kit.TroubleFailed {
			t.Errorf("bubble: %+v", b)
		}
	})
	t.Run("nothing can be tried again once 24 h have passed", func(t *testing.T) {
		s := newStage(t)
		s.loop.Advance(25 * time.Hour)
		s.Open(desktest.Marina)
		s.desk.SetStatus(s.talk.messages[5].ID, chat.StatusFailed, 131047)
		s.heard()
		if b := s.bubbles()[4]; len(b.Actions) != 0 || b.Trouble != kit.TroubleFailed {
			t.Errorf("bubble: %+v", b)
		}
	})
}

func TestOnePane(t *testing.T) {
	s := newStage(t)
	s.Fit(OnePane)
	s.window.Resize(fyne.NewSize(760, 560))
	if !s.list.root.Visible() || s.chat.root.Visible() {
		t.Fatal("it does not begin with the list")
	}
	s.Open(1)
	if s.list.root.Visible() || !s.chat.root.Visible() || !s.chat.header.back.Visible() {
		t.Fatal("opening does not lead to the chat with a way back")
	}
	test.Tap(s.chat.header.back)
	if !s.list.root.Visible() || s.chat.root.Visible() {
		t.Error("Back does not lead to the list")
	}
}
