package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit/kittest"
	"shopbell/app/locale"
)

func TestRefusal(t *testing.T) {
	fileInTheWay := func(t *testing.T) error {
		path := filepath.Join(t.TempDir(), "a file")
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		return os.MkdirAll(path, 0o700)
	}(t)
	for _, tt := range []struct {
		name string
		lang locale.Language
		why  FolderError
		want string
	}{
		{"a folder that is not the person's", locale.English, FolderError{"/shop", fs.ErrPermission}, "/shop may not be written"},
		{"a disk that only reads", locale.English, FolderError{"/shop", syscall.EROFS}, "/shop may not be written"},
		{"a full disk", locale.English, FolderError{"/shop", syscall.ENOSPC}, "no room"},
		{"a file in the way", locale.English, FolderError{"/shop", fileInTheWay}, "is a file"},
		{"no place at all", locale.English, FolderError{"", errors.New("$HOME is not defined")}, "names no folder"},
		{"anything else", locale.English, FolderError{"/shop", errors.New("input/output error")}, "/shop cannot be used"},
		{"in Russian", locale.Russian, FolderError{"/shop", fs.ErrPermission}, "В папку /shop нельзя писать"},
		{"in Portuguese", locale.Portuguese, FolderError{"/shop", fs.ErrPermission}, "/shop"},
	} {
		t.Run(tt.name+" is named in the person's language, with what to do", func(t *testing.T) {
			fa := test.NewTempApp(t)
			fa.Preferences().SetString(prefLanguage, string(tt.lang))
			w, err := newRefusal(fa, false, &tt.why)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(w.Close)
			shown := strings.Join(kittest.Texts(w.Content()), " ")
			if !strings.Contains(shown, tt.want) || !strings.Contains(shown, "--data") {
				t.Errorf("shows %q, not %q", shown, tt.want)
			}
			if tt.lang != locale.English && strings.Contains(shown, "folder") {
				t.Errorf("%s shows English: %q", tt.lang, shown)
			}
		})
	}
	t.Run("a window that begins narrow does not stay high for it", func(t *testing.T) {
		w, err := newRefusal(test.NewTempApp(t), false, &FolderError{"/shop", fs.ErrPermission})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(w.Close)
		want := w.Canvas().Size()
		w.Content().Resize(w.Content().MinSize())
		if got := w.Content().MinSize(); got.Width != want.Width || got.Height > want.Height {
			t.Errorf("it asks for %v, and is %v", got, want)
		}
	})
	t.Run("Esc closes it", func(t *testing.T) {
		w, err := newRefusal(test.NewTempApp(t), false, &FolderError{"/shop", fs.ErrPermission})
		if err != nil {
			t.Fatal(err)
		}
		closed := false
		w.SetOnClosed(func() { closed = true })
		w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if !closed {
			t.Error("it stays")
		}
	})
}
