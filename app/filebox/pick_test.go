package filebox

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/kit/kittest"
)

func TestPick(t *testing.T) {
	pick := func(s *shelf) { Pick(s.Deps, func(path string) { s.told++; s.path = path }) }
	t.Run("one file is taken, and the folder is remembered", func(t *testing.T) {
		s := newShelf(t)
		pick(s)
		s.key(fyne.KeyDown, fyne.KeyReturn)
		if s.path != filepath.Join(s.dir, "list 2.txt") || s.kept != s.dir || s.told != 1 || s.closed != 1 {
			t.Errorf("picked %q, kept %q, told %d, closed %d", s.path, s.kept, s.told, s.closed)
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
	t.Run("the button says that it is chosen, and takes nothing on a folder", func(t *testing.T) {
		s := newShelf(t)
		pick(s)
		if len(kittest.Tappable(s.view, "Choose")) == 0 {
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
		if s.path != "" || s.told != 1 {
			t.Errorf("picked %q, told %d", s.path, s.told)
		}
	})
}
