package inbox

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"shopbell/app/live"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

// late is a desk whose calls take as long as the test wants. A call whose
// context ends is carried out all the same, as one is whose answer comes too
// late to be heard.
type late struct {
	*desktest.Fake
	takes, saves, sends time.Duration
}

func (l *late) wait(ctx context.Context, d time.Duration) context.Context {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
	return context.WithoutCancel(ctx)
}

func (l *late) Take(ctx context.Context, who desk.Actor, id chat.ConversationID) (chat.Conversation, error) {
	return l.Fake.Take(l.wait(ctx, l.takes), who, id)
}

func (l *late) SaveDraft(ctx context.Context, who desk.Actor, id chat.ConversationID, text string) error {
	return l.Fake.SaveDraft(l.wait(ctx, l.saves), who, id, text)
}

func (l *late) Send(ctx context.Context, who desk.Actor, id chat.ConversationID, a desk.Answer, token string) (chat.MessageID, error) {
	return l.Fake.Send(l.wait(ctx, l.sends), who, id, a, token)
}

// onLateDesk runs a test in a bubble of time on a desk that takes its time. ui
// runs something on the UI thread.
func onLateDesk(t *testing.T, test func(t *testing.T, b *bench, l *late, ui func(func()))) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		l := &late{Fake: b.desk}
		l.Now = time.Now
		b.desk.Edit(1, func(c *chat.Conversation) { c.LastInbound = time.Now() })
		var thread sync.Mutex
		ui := func(fn func()) {
			thread.Lock()
			defer thread.Unlock()
			fn()
		}
		loop := live.Fyne(time.Now)
		loop.Post = ui
		b.Deps.Desk, b.Scope = l, live.New(t.Context(), loop)
		test(t, b, l, ui)
		ui(b.Scope.Close)
		b.Scope.Wait()
	})
}

func TestOneAfterAnother(t *testing.T) {
	kept := func(t *testing.T, b *bench) string {
		t.Helper()
		d, err := b.desk.Draft(t.Context(), b.Who, 1)
		if err != nil {
			t.Fatal(err)
		}
		return d.Text
	}
	t.Run("a glance locks nobody out, though the lock comes after it", func(t *testing.T) {
		onLateDesk(t, func(t *testing.T, b *bench, l *late, ui func(func())) {
			l.takes = time.Second
			var talk *talk
			ui(func() { talk = b.open(1) })
			time.Sleep(100 * time.Millisecond)
			ui(talk.close)
			b.Scope.Wait()
			if c, _ := b.desk.Conversation(t.Context(), b.Who, 1); c.Lock.Holder != 0 {
				t.Errorf("locked until %s", c.Lock.Until)
			}
		})
	})
	t.Run("a draft on its way does not come back after its text was sent", func(t *testing.T) {
		onLateDesk(t, func(t *testing.T, b *bench, l *late, ui func(func())) {
			l.saves = time.Second
			var talk *talk
			ui(func() { talk = b.open(1); talk.typed("Sim") })
			time.Sleep(saveAfter + time.Millisecond)
			ui(talk.send)
			b.Scope.Wait()
			if got := kept(t, b); got != "" {
				t.Errorf("the draft is %q", got)
			}
		})
	})
	t.Run("a draft on its way is kept when the chat is left", func(t *testing.T) {
		onLateDesk(t, func(t *testing.T, b *bench, l *late, ui func(func())) {
			l.saves = time.Second
			var talk *talk
			ui(func() { talk = b.open(1); talk.typed("Sim") })
			time.Sleep(saveAfter + time.Millisecond)
			ui(talk.close)
			time.Sleep(100 * time.Millisecond)
			if got := kept(t, b); got != "" {
				t.Fatalf("the draft %q was given up half-way", got)
			}
			b.Scope.Wait()
			if got := kept(t, b); got != "Sim" {
				t.Errorf("the draft is %q", got)
			}
		})
	})
	for _, tt := range []struct {
		name, typed, want string
		refuse            error
	}{
		{"what was typed while an answer left is all that is kept", "Sim e mais", "e mais", nil},
		{"nothing is kept of an answer that left after the chat", "", "", nil},
		{"an answer that was refused after the chat was left is kept", "", "Sim", &desk.Error{Code: desk.DiskFull}},
		{"what was typed to an answer that was refused is kept with it", "Sim e mais", "Sim e mais", &desk.Error{Code: desk.DiskFull}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			onLateDesk(t, func(t *testing.T, b *bench, l *late, ui func(func())) {
				l.sends = time.Second
				if tt.refuse != nil {
					l.FailNext("Send", tt.refuse)
				}
				var talk *talk
				ui(func() { talk = b.open(1); talk.typed("Sim"); talk.send() })
				time.Sleep(100 * time.Millisecond)
				if tt.typed != "" {
					ui(func() { talk.typed(tt.typed) })
				}
				ui(talk.close)
				ui(b.Scope.Close) // the whole screen: nobody hears how it ended
				b.Scope.Wait()
				if got := kept(t, b); got != tt.want {
					t.Errorf("the draft is %q, want %q", got, tt.want)
				}
				if sent := l.Calls("Send"); sent != 1 {
					t.Errorf("sent %d times", sent)
				}
			})
		})
	}
}
