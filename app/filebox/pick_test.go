package filebox

import (
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/kit/kittest"
)

func TestPick(t *testing.T) {
	ask := Ask{Title: "Choose a rules file", Take: "Read"}
	pick := func(s *shelf) { Pick(s.Deps, ask, func(paths []string) { s.told++; s.paths = paths }) }
	t.Run("one file is taken, and the folder is remembered", func(t *testing.T) {
		s := newShelf(t)
		pick(s)
		s.key(fyne.KeyDown, fyne.KeyReturn)
		if !slices.Equal(s.paths, []string{filepath.Join(s.dir, "list 2.txt")}) || s.kept != s.dir || s.told != 1 || s.closed != 1 {
			t.Errorf("picked %q, kept %q, told %d, closed %d", s.paths, s.kept, s.told, s.closed)
		}
	})
	t.Run("a second one takes the place of the first", func(t *testing.T) {
		s := newShelf(t)
		pick(s)
		s.view.OnPick(1, true)
		s.view.OnPick(2, true)
		s.view.OnAll()
		s.shows(t, "Photos", "list 2.txt", "list 10.txt*", "Ёлка.txt")
	})
	t.Run("it is titled by what the files are for, and the button takes nothing on a folder", func(t *testing.T) {
		s := newShelf(t)
		pick(s)
		if !slices.Contains(kittest.Texts(s.view), ask.Title) || len(kittest.Tappable(s.view, ask.Take)) == 0 {
			t.Errorf("shows %q", kittest.Texts(s.view))
		}
		s.view.Done()
		if s.told != 0 {
			t.Errorf("told %d times", s.told)
		}
	})
	t.Run("leaving picks none", func(t *testing.T) {
		s := newShelf(t)
		pick(s)
		s.view.OnCancel()
		if len(s.paths) > 0 || s.told != 1 {
			t.Errorf("picked %q, told %d", s.paths, s.told)
		}
	})
	t.Run("many are taken where many are asked for, under the same word", func(t *testing.T) {
		s := newShelf(t)
		ask := Ask{Title: "Choose chats to read", Take: "Read", Many: true}
		Pick(s.Deps, ask, func(paths []string) { s.paths = paths })
		s.view.OnPick(1, true)
		s.view.OnPick(2, true)
		if len(kittest.Tappable(s.view, ask.Take)) == 0 {
			t.Errorf("shows %q", kittest.Texts(s.view))
		}
		s.view.Done()
		if len(s.paths) != 2 {
			t.Errorf("picked %q", s.paths)
		}
	})
}
