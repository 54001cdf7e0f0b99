package inbox

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/core/desk/desktest"
)

// pasted presses Ctrl+V in the composer while the toolkit's clipboard has a text.
func (s *stage) pasted(text string) {
	board := test.NewClipboard()
	board.SetContent(text)
	s.window.Canvas().Focus(s.chat.composer.Target())
	s.chat.composer.Target().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{Clipboard: board})
}

func TestPaste(t *testing.T) {
	open := func(t *testing.T) *stage {
		s := newStage(t)
		s.Open(1)
		return s
	}
	t.Run("a picture becomes a file of the next message", func(t *testing.T) {
		s := open(t)
		s.clipboard.content = photoOf(t, 1000, 900)
		s.pasted("")
		files := s.chat.tray.Files()
		if len(files) != 1 || files[0].Name != "Pasted picture.png" || files[0].Bad || !strings.HasPrefix(files[0].Choice, "Send the original") {
			t.Fatalf("the tray holds %+v", files)
		}
		if s.Send(); !strings.HasPrefix(s.lastBubble(t).Foot, "Photo") {
			t.Errorf("sent %+v", s.lastBubble(t))
		}
	})
	t.Run("a JPEG is called one", func(t *testing.T) {
		s := open(t)
		if got := s.bench.pasted([]byte{0xFF, 0xD8, 0xFF}).Name; got != "Pasted picture.jpg" {
			t.Errorf("it is called %q", got)
		}
	})
	t.Run("a text stays a text, whatever else is on the clipboard", func(t *testing.T) {
		s := open(t)
		s.clipboard.content = photoOf(t, 10, 10)
		s.pasted("rua da Prata")
		if s.chat.composer.Text() != "rua da Prata" || len(s.chat.tray.Files()) != 0 {
			t.Errorf("typed %q, %d files", s.chat.composer.Text(), len(s.chat.tray.Files()))
		}
	})
	t.Run("what is no picture says so in the tray, with its limit", func(t *testing.T) {
		s := open(t)
		s.clipboard.content = []byte("\x89PNG and nothing")
		s.pasted("")
		if files := s.chat.tray.Files(); len(files) != 1 || !files[0].Bad {
			t.Errorf("the tray holds %+v", files)
		}
	})
	t.Run("it says why there is nothing to see", func(t *testing.T) {
		s := open(t)
		s.pasted("")
		s.clipboard.err = errors.New("no answer")
		s.pasted("")
		s.chat.Clipboard = nil
		s.pasted("")
		s.ToggleNote()
		s.pasted("")
		want := []string{
			"There is neither text nor a picture to paste.", "The picture could not be pasted. Save it and drop the file here.",
			"Shopbell cannot take pictures from the clipboard of this computer. Drop the file here instead.", "A note holds text only.",
		}
		if !slices.Equal(s.said, want) || len(s.chat.tray.Files()) != 0 {
			t.Errorf("said %q", s.said)
		}
	})
	t.Run("nothing is pasted into a chat that somebody else answers", func(t *testing.T) {
		s := newStage(t)
		s.Open(2)
		s.clipboard.content = photoOf(t, 10, 10)
		s.chat.paste()
		if len(s.said) != 1 || len(s.talk.with.files) != 0 {
			t.Errorf("said %q, %d files", s.said, len(s.talk.with.files))
		}
	})
	t.Run("a picture that comes when another chat is open goes where it was pasted", func(t *testing.T) {
		s := open(t)
		slow := &slowBoard{}
		s.chat.Clipboard = slow
		s.pasted("")
		s.Open(desktest.Marina)
		slow.done(photoOf(t, 10, 10), nil)
		if len(s.chat.tray.Files()) != 0 || len(s.Screen.unsent.of(1).with.files) != 1 {
			t.Errorf("%d files here, %d there", len(s.chat.tray.Files()), len(s.Screen.unsent.of(1).with.files))
		}
	})
}

// slowBoard answers when the test says so.
type slowBoard struct {
	clipboard
	done func([]byte, error)
}

func (b *slowBoard) Paste(done func([]byte, error)) { b.done = done }
