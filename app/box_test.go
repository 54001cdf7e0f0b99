package app

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit/kittest"
	"shopbell/core/chat"
)

// overChat opens the box of the paper clip over a chat, in a folder with one file.
func overChat(t *testing.T) (s *stage, open chat.ConversationID, composer fyne.Focusable) {
	t.Helper()
	s = inSandbox(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "invoice.txt"), []byte("30 euros"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.fyne.Preferences().SetString("fyne:fileDialogLastFolder", storage.NewFileURI(dir).String())
	s.Press(fyne.KeyJ, ctrl)
	open, composer = s.OpenChat(), s.window.Canvas().Focused()
	s.Press(fyne.KeyO, ctrl)
	if !s.covered() || open == 0 || composer == nil {
		t.Fatalf("box %v, chat %d, focus %v", s.covered(), open, composer)
	}
	return s, open, composer
}

func TestBox(t *testing.T) {
	t.Run("Esc closes it, and the composer has the keyboard", func(t *testing.T) {
		s, open, composer := overChat(t)
		s.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if s.covered() || s.window.Canvas().Focused() != composer || s.OpenChat() != open {
			t.Errorf("covered %v, focus %T, chat %d", s.covered(), s.window.Canvas().Focused(), s.OpenChat())
		}
	})
	t.Run("no shortcut and no key reaches what lies below", func(t *testing.T) {
		s, open, composer := overChat(t)
		for _, c := range allChords() {
			if c.Key == fyne.KeyEscape {
				continue
			}
			s.Press(c.Key, c.Mod)
			s.window.Canvas().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: c.Key, Modifier: c.Mod})
		}
		if n := len(s.window.Canvas().Overlays().List()); n != 1 || s.at != railInbox || s.OpenChat() != open {
			t.Fatalf("%d lie over the window, at %s, chat %d", n, s.at, s.OpenChat())
		}
		s.closeTop()
		if s.window.Canvas().Focused() != composer {
			t.Errorf("focus %T", s.window.Canvas().Focused())
		}
	})
	t.Run("a chosen file goes to its chat, and what is typed next is its caption", func(t *testing.T) {
		s, open, composer := overChat(t)
		top := s.window.Canvas().Overlays().Top()
		for _, name := range []string{"invoice", "Open"} {
			for _, o := range kittest.Tappable(top, name) {
				test.Tap(o)
			}
		}
		if s.covered() || s.window.Canvas().Focused() != composer || s.OpenChat() != open || !s.sees("invoice.txt") {
			t.Errorf("covered %v, focus %T, chat %d; shows %q", s.covered(), s.window.Canvas().Focused(), s.OpenChat(), kittest.Texts(s.window.Content()))
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
