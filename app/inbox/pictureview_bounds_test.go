package inbox

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// farBack is a stage on which the newest picture of chat 1 is looked at, with so many
// pages of words between it and the one before.
func farBack(t *testing.T, pages int) (s *stage, v *kit.Viewer, first chat.MessageID) {
	s = newStage(t)
	first = s.desk.Say(1, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindImage, Media: s.photo(photoOf(t, 30, 30))})
	for range pages * chatPageSize {
		s.desk.CustomerWrites(1, "and so on")
	}
	v = s.looking(t, s.say(chat.Message{Kind: chat.KindImage, Media: s.photo(photoOf(t, 50, 50))}))
	return s, v, first
}

func TestPictureViewBounds(t *testing.T) {
	left := &fyne.KeyEvent{Name: fyne.KeyLeft}
	t.Run("a press looks through so many pages, the next one goes on from there", func(t *testing.T) {
		s, v, first := farBack(t, pagesAtOnce+2)
		before := s.desk.Calls("Chat")
		v.TypedKey(left)
		if n := s.desk.Calls("Chat") - before; n != pagesAtOnce || len(s.said) != 1 || s.said[0] != "No other picture so far. Press again to look on." {
			t.Fatalf("it read %d pages, said %q", n, s.said)
		}
		if v.TypedKey(left); s.chat.viewing.at != first || len(s.said) != 1 {
			t.Errorf("it went to %d, said %q", s.chat.viewing.at, s.said)
		}
	})
	t.Run("a page that cannot be read ends the search, until the next press", func(t *testing.T) {
		s, v, first := farBack(t, 3)
		s.desk.FailNext("Chat", &desk.Error{Code: desk.Unavailable})
		v.TypedKey(left)
		older := s.talk.older
		s.desk.CustomerWrites(1, "one more")
		if s.heard(); s.talk.older != older || len(s.said) != 1 {
			t.Fatalf("an event made it look on; said %q", s.said)
		}
		if v.TypedKey(left); s.chat.viewing.at != first || len(s.said) != 1 {
			t.Errorf("it went to %d, said %q", s.chat.viewing.at, s.said)
		}
	})
}

// slow is a desk on which something happens while a file opens.
type slow struct {
	Desk
	opening func()
	opened  []string
}

func (s *slow) Open(ctx context.Context, who desk.Actor, file string) (io.ReadSeekCloser, error) {
	s.opened = append(s.opened, file)
	content, err := s.Desk.Open(ctx, who, file)
	s.opening()
	return content, err
}

func TestPictureViewWork(t *testing.T) {
	t.Run("while one picture is opened, of those that a held arrow leads over only the last waits", func(t *testing.T) {
		test.NewTempApp(t)
		synctest.Test(t, func(t *testing.T) {
			b := newBench(t)
			gate := make(chan struct{})
			files := &slow{Desk: b.desk, opening: func() { <-gate }}
			b.Deps.Desk = files
			scope := live.New(t.Context(), live.Loop{
				Spawn: func(work func()) { go work() }, Post: func(func()) {}, Now: b.loop.Now,
				After: func(time.Duration, func()) func() { return func() {} },
			})
			v := &pictureView{
				talk: &talk{Deps: b.Deps}, near: newPictures(b.Deps).near, view: kit.NewViewer(kit.ViewerWords{Zoom: strconv.Itoa}),
				source:  live.NewTask(scope, nil, func(live.State[*source]) {}),
				drawing: live.NewTask(scope, nil, func(live.State[*drawing]) {}),
			}
			var names []string
			for size := range 4 {
				names = append(names, b.desk.PutFile(photoOf(t, 10+size, 10)))
				v.load(names[size])
				synctest.Wait()
			}
			if !slices.Equal(files.opened, names[:1]) {
				t.Errorf("at once it opens %d", len(files.opened))
			}
			close(gate)
			synctest.Wait()
			if !slices.Equal(files.opened, []string{names[0], names[3]}) {
				t.Errorf("it opened %q of %q", files.opened, names)
			}
		})
	})
	t.Run("a picture that is not wanted any more is not decoded to its end", func(t *testing.T) {
		b := newBench(t)
		ctx, cancel := context.WithCancel(t.Context())
		file := b.desk.PutFile(photoOf(t, 300, 300))
		files := &slow{Desk: b.desk, opening: cancel}
		if _, err := readPicture(ctx, files, b.Who, file); !errors.Is(err, context.Canceled) {
			t.Errorf("it is decoded: %v", err)
		}
	})
	t.Run("once Esc has closed it, nothing of the picture is kept", func(t *testing.T) {
		s := newStage(t)
		s.looking(t, s.say(chat.Message{Kind: chat.KindImage, Media: s.photo(photoOf(t, 500, 500))}))
		v := s.chat.viewing
		if v.source.State().Value == nil {
			t.Fatal("there is none")
		}
		s.escape()
		if s.chat.viewing != nil || v.source.State().Value != nil || v.drawing.State().Value != nil {
			t.Errorf("it keeps %+v and %+v", v.source.State(), v.drawing.State())
		}
	})
}
