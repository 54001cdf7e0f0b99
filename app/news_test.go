package app

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/live"
	"shopbell/core/chat"
	"shopbell/core/desk"

	"shopbell/app/kit/kittest"
)

// comes lets a person write to the shop for the first time.
func (s *stage) comes(name string) chat.ConversationID {
	now := s.loop.Now()
	id := s.desk.Add(chat.Conversation{Contact: chat.Contact{Name: name}, WaitingSince: now, LastAt: now})
	s.heard(live.Batch{Events: []desk.Event{{Kind: desk.EventNewCustomer, Conversation: id}, {Kind: desk.EventConversation, Conversation: id}}})
	return id
}

func TestNews(t *testing.T) {
	const marta, olga = "New customer: Marta", "New customer: Olga"
	t.Run("a new customer is told, and one tap opens the chat", func(t *testing.T) {
		s := inSandbox(t)
		s.Show(railSettings)
		id := s.comes("Marta")
		for _, open := range kittest.Tappable(s.window.Content(), "Open")[:1] {
			test.Tap(open)
		}
		if got := s.OpenChat(); got != id {
			t.Errorf("chat %d is open, want %d", got, id)
		}
	})
	t.Run("at most once in ten seconds", func(t *testing.T) {
		s := inSandbox(t)
		s.comes("Marta")
		s.loop.Advance(newsEvery - 1)
		s.comes("Olga")
		if got := s.layer.Toasts(); slices.Contains(got, olga) {
			t.Errorf("too early: %q", got)
		}
		s.loop.Advance(1)
		s.comes("Olga")
		if got := s.layer.Toasts(); !slices.Contains(got, olga) {
			t.Errorf("shows %q", got)
		}
	})
	t.Run("not while an answer is typed, and not where it is switched off", func(t *testing.T) {
		s := inSandbox(t)
		s.Press(fyne.KeyJ, ctrl)
		s.comes("Marta")
		s.Show(railSettings)
		c := s.prefs.chosen()
		c.News = false
		s.choose(c)
		s.comes("Olga")
		if got := s.layer.Toasts(); slices.Contains(got, marta) || slices.Contains(got, olga) {
			t.Errorf("shows %q", got)
		}
	})
	t.Run("who looks elsewhere is notified of how many wait, without a name", func(t *testing.T) {
		s := inSandbox(t)
		s.away.Store(true)
		test.AssertNotificationSent(t, fyne.NewNotification("Shopbell", "8 customers wait"), func() { s.comes("Marta") })
		test.AssertNotificationSent(t, nil, func() { s.comes("Olga") })
	})
	t.Run("fewer who wait are no news", func(t *testing.T) {
		s := inSandbox(t)
		s.away.Store(true)
		test.AssertNotificationSent(t, nil, func() { s.counted(desk.Counts{Waiting: 1}) })
	})
}
