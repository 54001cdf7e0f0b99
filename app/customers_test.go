package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/kit/kittest"
)

func TestCustomersOnTheRail(t *testing.T) {
	t.Run("a customer is opened by the keyboard, and their chat from there", func(t *testing.T) {
		s := inSandbox(t)
		s.Press(fyne.Key2, ctrl)
		if s.at != railCustomers || s.customers == nil {
			t.Fatalf("the window is at %s", s.at)
		}
		s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		found := kittest.Tappable(s.customers.Content(), "Open chat")
		if len(found) == 0 {
			t.Fatalf("no customer is shown: %q", kittest.Texts(s.customers.Content()))
		}
		found[0].Tapped(&fyne.PointEvent{})
		if s.at != railInbox || s.OpenChat() == 0 {
			t.Errorf("the window is at %s, open is chat %d", s.at, s.OpenChat())
		}
	})
	t.Run("the screen ends with another place", func(t *testing.T) {
		s := inSandbox(t)
		s.Press(fyne.Key2, ctrl)
		s.Press(fyne.Key1, ctrl)
		if s.customers != nil || s.at != railInbox {
			t.Errorf("the window is at %s", s.at)
		}
	})
}
