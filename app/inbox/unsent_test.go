package inbox

import (
	"context"
	"io"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

func TestWhatIsNotSent(t *testing.T) {
	started := func(t *testing.T) *stage {
		s := newStage(t)
		s.Open(1)
		s.outside.offers = []Offer{offer("a.pdf", pdf)}
		s.Attach()
		s.talk.quote(s.talk.messages[0])
		s.typed(t, "here you are")
		return s
	}
	holds := func(t *testing.T, s *stage, files int, text string, quoted bool) {
		t.Helper()
		if got := len(s.chat.tray.Files()); got != files || s.chat.composer.Text() != text || (s.talk.with.quoted.ID != 0) != quoted {
			t.Errorf("the composer holds %d files, %q and the quote %d", got, s.chat.composer.Text(), s.talk.with.quoted.ID)
		}
	}
	t.Run("waits in its chat, and in no other, while the person is elsewhere", func(t *testing.T) {
		s := started(t)
		s.Open(3)
		holds(t, s, 0, "", false)
		s.Open(1)
		holds(t, s, 1, "here you are", true)
		s.Send()
		holds(t, s, 0, "", false)
		if b := s.lastBubble(t); b.Text != "here you are" || b.Quote.Key == "" {
			t.Errorf("sent %+v", b)
		}
	})
	t.Run("is there when the screen is built anew", func(t *testing.T) {
		s := started(t)
		place := s.Place()
		s.Screen.Close()
		s.bench.Deps.Scope = live.New(t.Context(), s.loop.Loop())
		t.Cleanup(s.bench.Deps.Scope.Close)
		s.Screen = New(s.bench.Deps)
		s.Go(place)
		holds(t, s, 1, "here you are", true)
	})
	t.Run("says in the new language why a file is not taken", func(t *testing.T) {
		s := newStage(t)
		s.Open(1)
		s.outside.offers = []Offer{offer("empty.pdf", nil)}
		s.Attach()
		place := s.Place()
		s.Screen.Close()
		words, err := locale.New(locale.Russian, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		s.bench.Deps.Words, s.bench.Deps.Scope = words, live.New(t.Context(), s.loop.Loop())
		t.Cleanup(s.bench.Deps.Scope.Close)
		s.Screen = New(s.bench.Deps)
		s.Go(place)
		if files := s.chat.tray.Files(); len(files) != 1 || files[0].Info != words.FileFault(chat.MediaEmpty, 0, 0) {
			t.Errorf("the tray holds %+v", files)
		}
	})
	t.Run("does not quote what its author takes back meanwhile", func(t *testing.T) {
		s := started(t)
		taken := s.talk.with.quoted
		taken.RevokedAt = s.loop.Now()
		s.talk.merge(newest{ChatPage: desk.ChatPage{Conversation: s.talk.conv, Messages: s.talk.messages}, changed: []chat.Message{taken}})
		s.talk.changed()
		holds(t, s, 1, "here you are", false)
	})
	t.Run("leaves once where a file after its text was stored but the answer was lost", func(t *testing.T) {
		s := newStage(t)
		s.outside.offers = []Offer{offer("a.pdf", pdf), offer("b.png", photoOf(t, 20, 20))}
		lossy := &losesAnswerTo{Desk: s.desk, lose: 2}
		s.Screen.Close()
		s.bench.Deps.Desk, s.bench.Deps.Scope = lossy, live.New(t.Context(), s.loop.Loop())
		t.Cleanup(s.bench.Deps.Scope.Close)
		s.Screen = New(s.bench.Deps)
		s.Open(1)
		before := len(s.bubbles())
		s.Attach()
		s.typed(t, "caption")
		s.Send()
		holds(t, s, 1, "", false)
		s.Send()
		if got := len(s.bubbles()) - before; got != 2 {
			t.Errorf("%d messages were sent", got)
		}
	})
	t.Run("cannot be sent again from a chat that is left and opened while it leaves", func(t *testing.T) {
		onLateDesk(t, func(t *testing.T, b *bench, l *late, ui func(func())) {
			l.sends = time.Second
			var again *talk
			ui(func() { first := b.open(1); first.attach([]Offer{offer("a.pdf", pdf)}) })
			synctest.Wait()
			ui(func() { first := b.open(1); first.send(); first.close(); again = b.open(1); again.send() })
			time.Sleep(2 * time.Second)
			ui(func() { again.send() })
			time.Sleep(2 * time.Second)
			if got := b.desk.Calls("Send"); got != 1 {
				t.Errorf("sent %d times", got)
			}
		})
	})
	t.Run("is kept by the desk until its words have left, too", func(t *testing.T) {
		b := newBench(t)
		b.Deps.Desk = &losesAnswerTo{Desk: b.desk, lose: 1}
		x := b.open(1)
		x.attach([]Offer{offer("a.mp3", []byte("ID3\x04\x00\x00\x00\x00\x00\x00"))})
		x.draft.typed("here you are")
		x.draft.flush()
		x.send()
		if d, err := b.desk.Draft(t.Context(), b.Who, 1); err != nil || d.Text != "here you are" || b.desk.Calls("Send") != 1 {
			t.Errorf("after %d calls of Send kept is %q, %v", b.desk.Calls("Send"), d.Text, err)
		}
		x.send()
		if d, err := b.desk.Draft(t.Context(), b.Who, 1); err != nil || d.Text != "" || b.desk.Calls("Send") != 3 {
			t.Errorf("after %d calls of Send kept is %q, %v", b.desk.Calls("Send"), d.Text, err)
		}
	})
	t.Run("is prepared to the end when the chat is left", func(t *testing.T) {
		onLateDesk(t, func(t *testing.T, b *bench, _ *late, ui func(func())) {
			var read sync.WaitGroup
			read.Add(1)
			slow := Offer{Name: "a.pdf", Open: func() (io.ReadCloser, error) {
				read.Wait()
				return offer("a.pdf", pdf).Open()
			}}
			ui(func() { first := b.open(1); first.attach([]Offer{slow}); first.close() })
			read.Done()
			synctest.Wait()
			ui(func() {
				if all := b.unsent.of(1).with.files; len(all) != 1 || !all[0].ready {
					t.Errorf("the tray holds %+v", all)
				}
			})
		})
	})
}

// losesAnswerTo sends, but one of the answers never comes back.
type losesAnswerTo struct {
	Desk
	lose, sent int
}

func (l *losesAnswerTo) Send(ctx context.Context, who desk.Actor, id chat.ConversationID, a desk.Answer, token string) (chat.MessageID, error) {
	sent, err := l.Desk.Send(ctx, who, id, a, token)
	if l.sent++; l.sent == l.lose {
		return 0, &desk.Error{Code: desk.Unavailable}
	}
	return sent, err
}
