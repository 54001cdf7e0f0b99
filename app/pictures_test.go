package app

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/live"
	"shopbell/core/chat"
)

// board is a clipboard for pictures.
type board struct {
	content []byte
	err     error
}

func (b *board) Copy(_ context.Context, png []byte) error { b.content = png; return b.err }

func (b *board) Paste(context.Context) ([]byte, error) { return b.content, b.err }

func TestPictureOnTheClipboard(t *testing.T) {
	viewing := func(t *testing.T, b *board) *stage {
		s := newStage(t)
		s.Clipboard = b
		s.App.open(true, railInbox)
		var content bytes.Buffer
		if err := png.Encode(&content, image.NewNRGBA(image.Rect(0, 0, 60, 40))); err != nil {
			t.Fatal(err)
		}
		s.desk.Say(1, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindImage, Media: &chat.Media{
			MIME: "image/png", Size: int64(content.Len()), State: chat.MediaHere, File: s.desk.PutFile(content.Bytes()),
		}})
		s.heard(live.Batch{Reload: true})
		s.inbox.Open(1)
		s.window.Canvas().Focus(kittest.Of[*kit.Thread](s.window.Content())[0])
		s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		return s
	}
	copied := func(s *stage) {
		s.window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutCopy{})
	}
	t.Run("is a PNG as large as it is, and pasted it is a file of the next message", func(t *testing.T) {
		b := &board{}
		s := viewing(t, b)
		copied(s)
		if config, err := png.DecodeConfig(bytes.NewReader(b.content)); err != nil || config.Width != 60 || !slices.Equal(s.layer.Toasts(), []string{"Picture copied"}) {
			t.Fatalf("%+v, %v", config, err)
		}
		if s.pressed(kit.Chord{Key: fyne.KeyEscape}); s.layer.Open() {
			t.Fatal("Esc leaves it open")
		}
		s.inbox.Open(1)
		s.window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{Clipboard: test.NewClipboard()})
		if !s.sees("Pasted picture.png") {
			t.Error("it is not in the tray")
		}
	})
	t.Run("that takes no picture says so", func(t *testing.T) {
		s := viewing(t, &board{err: errors.New("no")})
		copied(s)
		if got := s.layer.Toasts(); !slices.Equal(got, []string{"The picture could not be copied. Save it instead."}) {
			t.Errorf("said %q", got)
		}
	})
}
