package app

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/core/chat"
)

// overChat opens the box of the paper clip over a chat, in a folder with two files.
func overChat(t *testing.T) (s *stage, open chat.ConversationID, composer fyne.Focusable) {
	t.Helper()
	s = inSandbox(t)
	dir := t.TempDir()
	for _, name := range []string{"invoice.txt", "receipt.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("30 euros"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.prefs.SetString(prefFolder, dir)
	s.Press(fyne.KeyJ, ctrl)
	open, composer = s.OpenChat(), s.window.Canvas().Focused()
	s.Press(fyne.KeyO, ctrl)
	if !s.covered() || open == 0 || composer == nil {
		t.Fatalf("box %v, chat %d, focus %v", s.covered(), open, composer)
	}
	return s, open, composer
}

// shortcut is a chord as the driver gives it to who has the focus.
func (s *stage) shortcut(c kit.Chord) {
	custom := &desktop.CustomShortcut{KeyName: c.Key, Modifier: c.Mod}
	if focused, ok := s.window.Canvas().Focused().(fyne.Shortcutable); ok {
		focused.TypedShortcut(custom)
		return
	}
	s.window.Canvas().(fyne.Shortcutable).TypedShortcut(custom)
}

func TestBox(t *testing.T) {
	t.Run("Esc closes it, whatever in it has the focus, and the composer has the keyboard", func(t *testing.T) {
		s, open, composer := overChat(t)
		stops := kittest.Of[fyne.Focusable](s.window.Canvas().Overlays().Top())
		for i := range stops {
			s.window.Canvas().Focus(kittest.Of[fyne.Focusable](s.window.Canvas().Overlays().Top())[i])
			s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
			if s.covered() || s.window.Canvas().Focused() != composer || s.OpenChat() != open {
				t.Fatalf("from stop %d: covered %v, focus %T, chat %d", i, s.covered(), s.window.Canvas().Focused(), s.OpenChat())
			}
			s.Press(fyne.KeyO, ctrl)
		}
		if len(stops) < 6 {
			t.Errorf("only %d stops were tried", len(stops))
		}
	})
	t.Run("no shortcut and no key reaches what lies below", func(t *testing.T) {
		s, open, composer := overChat(t)
		for _, c := range allChords() {
			if c.Key == fyne.KeyEscape {
				continue
			}
			s.Press(c.Key, c.Mod)
			s.shortcut(c)
		}
		if n := len(s.window.Canvas().Overlays().List()); n != 1 || s.at != railInbox || s.OpenChat() != open {
			t.Fatalf("%d lie over the window, at %s, chat %d", n, s.at, s.OpenChat())
		}
		s.closeTop()
		if s.window.Canvas().Focused() != composer {
			t.Errorf("focus %T", s.window.Canvas().Focused())
		}
	})
	t.Run("files chosen by keyboard go to their chat, and what is typed next is their caption", func(t *testing.T) {
		s, open, composer := overChat(t)
		s.window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
		s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if s.covered() || s.window.Canvas().Focused() != composer || s.OpenChat() != open || !s.sees("invoice.txt") || !s.sees("receipt.txt") {
			t.Errorf("covered %v, focus %T, chat %d; shows %q", s.covered(), s.window.Canvas().Focused(), s.OpenChat(), kittest.Texts(s.window.Content()))
		}
	})
	t.Run("a tap beside it keeps what was chosen", func(t *testing.T) {
		s, _, _ := overChat(t)
		test.TapCanvas(s.window.Canvas(), fyne.NewPos(5, 5))
		if !s.covered() {
			t.Error("it closed")
		}
	})
	t.Run("Alt and Up lead a folder up from anywhere in it", func(t *testing.T) {
		s, _, _ := overChat(t)
		from := filepath.Base(s.prefs.String(prefFolder))
		s.window.Canvas().Focus(kittest.Of[*kit.SearchField](s.window.Canvas().Overlays().Top())[0].Target())
		s.shortcut(kit.BoxChords()[0])
		if shown := kittest.Texts(s.window.Canvas().Overlays().Top()); !slices.Contains(shown, from) {
			t.Errorf("shows %q, not %s", shown, from)
		}
	})
	t.Run("goes when a notification leads to a chat", func(t *testing.T) {
		s, open, _ := overChat(t)
		s.Open(open)
		if s.covered() || s.OpenChat() != open {
			t.Errorf("covered %v, chat %d", s.covered(), s.OpenChat())
		}
	})
	t.Run("the list of keys holds them back too", func(t *testing.T) {
		s := inSandbox(t)
		s.Press(fyne.KeyF1, 0)
		s.Press(fyne.KeyJ, ctrl)
		if s.OpenChat() != 0 || !s.layer.Open() {
			t.Errorf("chat %d was opened below, the list is open: %v", s.OpenChat(), s.layer.Open())
		}
		s.Press(fyne.KeyEscape, 0)
		if s.covered() {
			t.Error("Esc does not close it")
		}
	})
}
