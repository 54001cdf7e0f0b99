package app

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/live"
)

func TestSearch(t *testing.T) {
	searching := func(t *testing.T, from string) *stage {
		t.Helper()
		s := inSandbox(t)
		s.Show(from)
		s.Press(fyne.KeyK, ctrl)
		test.Type(s.window.Canvas().Focused(), "возвра")
		s.loop.Advance(live.LoadingAfter)
		return s
	}
	t.Run("Ctrl+K searches from anywhere, and Esc leads back", func(t *testing.T) {
		for _, from := range []string{railInbox, railRules, railSettings} {
			s := searching(t, from)
			if !s.sees("Messages") {
				t.Fatalf("from %s: nothing is found", from)
			}
			for range 2 {
				s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
			}
			if s.at != from || s.search != nil {
				t.Errorf("Esc leads from %s to %s", from, s.at)
			}
		}
	})
	t.Run("Enter opens the chat in the inbox", func(t *testing.T) {
		s := searching(t, railInbox)
		s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if s.at != railInbox || s.OpenChat() == 0 {
			t.Errorf("at %s the chat %d is open", s.at, s.OpenChat())
		}
	})
	t.Run("the words are there when the search is opened again, and in another language", func(t *testing.T) {
		s := searching(t, railInbox)
		s.Show(railRules)
		s.Press(fyne.KeyK, ctrl)
		if s.search.Text() != "возвра" {
			t.Errorf("the words are %q", s.search.Text())
		}
		s.rebuild()
		if s.search == nil || s.search.Text() != "возвра" || !s.sees("Messages") {
			t.Error("they are gone after the widgets were made anew")
		}
	})
	t.Run("other words are typed over the last ones", func(t *testing.T) {
		s := searching(t, railInbox)
		s.Show(railRules)
		s.Press(fyne.KeyK, ctrl)
		test.Type(s.window.Canvas().Focused(), "доставка")
		if s.search.Text() != "доставка" {
			t.Errorf("the words are %q", s.search.Text())
		}
	})
	t.Run("the inbox's keys do nothing meanwhile", func(t *testing.T) {
		s := searching(t, railInbox)
		s.Press(fyne.KeyJ, ctrl)
		if s.OpenChat() != 0 {
			t.Error("a chat was opened behind the search")
		}
	})
}
