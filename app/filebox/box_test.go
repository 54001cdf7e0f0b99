package filebox

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/live"
	"shopbell/app/locale"
)

var now = time.Date(2025, 11, 24, 14, 5, 0, 0, time.UTC)

// shelf is a folder with some files, and a box over it.
type shelf struct {
	Deps
	dir    string
	window fyne.Window
	view   *kit.FileBox
	closed int
	kept   string

	chosen  []string
	path    string
	paths   []string
	replace bool
	told    int
}

// newShelf makes the folder: "Photos" with one file in it, and files of 1, 2 and 3
// bytes of which the smallest is the newest.
func newShelf(t *testing.T) *shelf {
	t.Helper()
	words, err := locale.New(locale.English, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	test.NewTempApp(t)
	s := &shelf{dir: t.TempDir()}
	s.put(t, "Photos/sea.jpg", 5, 0)
	s.put(t, "list 10.txt", 1, time.Hour)
	s.put(t, "list 2.txt", 2, 2*time.Hour)
	s.put(t, "Ёлка.txt", 3, 3*time.Hour)
	s.put(t, ".hidden", 9, 0)
	s.Deps = Deps{
		Words: words, Scope: live.New(t.Context(), live.NewManual(now).Loop()), Folder: s.dir,
		Float: func(content fyne.CanvasObject, target fyne.Focusable, closed func()) func() {
			s.view = content.(*kit.FileBox)
			s.window = test.NewTempWindow(t, content)
			s.window.Resize(content.MinSize())
			s.window.Canvas().Focus(target)
			return func() { s.closed++; closed() }
		},
		Keep: func(folder string) { s.kept = folder },
	}
	return s
}

// put writes a file that was changed some time ago.
func (s *shelf) put(t *testing.T, name string, size int, ago time.Duration) {
	t.Helper()
	path := filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, make([]byte, size), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, now.Add(-ago), now.Add(-ago)); err != nil {
		t.Fatal(err)
	}
}

func (s *shelf) choose() { Choose(s.Deps, func(paths []string) { s.told++; s.chosen = paths }) }

func (s *shelf) save(name string) {
	Save(s.Deps, name, func(path string, replace bool) { s.told++; s.path, s.replace = path, replace })
}

func (s *shelf) key(names ...fyne.KeyName) {
	for _, name := range names {
		s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	}
}

// names are those of the rows, in order; a picked one is starred.
func (s *shelf) names() []string {
	var all []string
	for _, row := range s.view.Rows() {
		name := row.Name
		if row.Picked {
			name += "*"
		}
		all = append(all, name)
	}
	return all
}

func (s *shelf) shows(t *testing.T, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, s.names()); diff != "" {
		t.Errorf("the rows (-want +got):\n%s", diff)
	}
}

// base names the files that were chosen.
func (s *shelf) base() []string {
	var all []string
	for _, path := range s.chosen {
		all = append(all, filepath.Base(path))
	}
	return all
}

func TestRows(t *testing.T) {
	t.Run("folders come first, numbers count, and hidden files are not shown", func(t *testing.T) {
		s := newShelf(t)
		s.choose()
		s.shows(t, "Photos", "list 2.txt", "list 10.txt", "Ёлка.txt")
	})
	t.Run("a column sorts, begins with the largest or newest, and turns around", func(t *testing.T) {
		s := newShelf(t)
		s.choose()
		for _, tt := range []struct {
			by   kit.FileColumn
			want []string
		}{
			{kit.FileSize, []string{"Photos", "Ёлка.txt", "list 2.txt", "list 10.txt"}},
			{kit.FileSize, []string{"Photos", "list 10.txt", "list 2.txt", "Ёлка.txt"}},
			{kit.FileChanged, []string{"Photos", "list 10.txt", "list 2.txt", "Ёлка.txt"}},
			{kit.FileName, []string{"Photos", "list 2.txt", "list 10.txt", "Ёлка.txt"}},
			{kit.FileName, []string{"Photos", "Ёлка.txt", "list 10.txt", "list 2.txt"}},
		} {
			s.view.OnSort(tt.by)
			s.shows(t, tt.want...)
		}
	})
	t.Run("letters typed on the list find names, and Backspace takes them back before it goes up", func(t *testing.T) {
		s := newShelf(t)
		s.choose()
		test.Type(s.window.Canvas().Focused(), "ёл")
		s.shows(t, "Ёлка.txt")
		s.key(fyne.KeyBackspace, fyne.KeyBackspace)
		s.shows(t, "Photos", "list 2.txt", "list 10.txt", "Ёлка.txt")
		s.key(fyne.KeyBackspace)
		if !slices.Contains(s.names(), filepath.Base(s.dir)) {
			t.Errorf("shows %q", s.names())
		}
	})
	t.Run("what is found nowhere is said, with the way back", func(t *testing.T) {
		s := newShelf(t)
		s.choose()
		test.Type(s.window.Canvas().Focused(), "zzz")
		if got := s.view.Message(); !strings.Contains(got, "Backspace") {
			t.Errorf("says %q", got)
		}
	})
	t.Run("a folder that cannot be read says what to do, and the places still lead away", func(t *testing.T) {
		s := newShelf(t)
		s.Folder = filepath.Join(s.dir, "list 2.txt") // a file where a folder was
		s.choose()
		if got := s.view.Message(); !strings.Contains(got, "choose another one") || len(s.names()) != 0 {
			t.Fatalf("says %q, shows %q", got, s.names())
		}
		s.view.OnUp()
		if s.view.Message() != "" || len(s.names()) != 4 {
			t.Errorf("one up it says %q, shows %q", s.view.Message(), s.names())
		}
	})
	t.Run("a folder that is gone gives the nearest one above it", func(t *testing.T) {
		s := newShelf(t)
		s.Folder = filepath.Join(s.dir, "gone", "long ago")
		s.choose()
		s.shows(t, "Photos", "list 2.txt", "list 10.txt", "Ёлка.txt")
	})
}

func TestChoose(t *testing.T) {
	t.Run("Enter goes into a folder and takes a file there; the folder is remembered", func(t *testing.T) {
		s := newShelf(t)
		s.choose()
		s.key(fyne.KeyReturn, fyne.KeyReturn)
		if want := filepath.Join(s.dir, "Photos", "sea.jpg"); !slices.Equal(s.chosen, []string{want}) || s.kept != filepath.Dir(want) || s.closed != 1 || s.told != 1 {
			t.Errorf("chosen %q, kept %q, closed %d, told %d", s.chosen, s.kept, s.closed, s.told)
		}
	})
	t.Run("one up stands on the folder one came from", func(t *testing.T) {
		s := newShelf(t)
		s.choose()
		s.key(fyne.KeyReturn, fyne.KeyBackspace, fyne.KeyReturn)
		s.shows(t, "sea.jpg")
	})
	t.Run("letters lead to the name that begins with them, past others that have them", func(t *testing.T) {
		s := newShelf(t)
		s.put(t, "Playlists/a.txt", 1, 0)
		s.choose()
		for _, r := range "list" {
			s.window.Canvas().Focused().TypedRune(r)
		}
		s.shows(t, "Playlists", "list 2.txt", "list 10.txt")
		s.key(fyne.KeyReturn)
		if diff := cmp.Diff([]string{"list 2.txt"}, s.base()); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("Space picks several, and Enter takes them all", func(t *testing.T) {
		s := newShelf(t)
		s.choose()
		s.key(fyne.KeyDown, fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeySpace)
		s.shows(t, "Photos", "list 2.txt*", "list 10.txt", "Ёлка.txt*")
		s.key(fyne.KeyReturn)
		if diff := cmp.Diff([]string{"list 2.txt", "Ёлка.txt"}, s.base()); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a click picks one, with Ctrl one more or less, and a folder is none", func(t *testing.T) {
		s := newShelf(t)
		s.choose()
		s.view.OnPick(1, false)
		s.view.OnPick(2, false)
		s.view.OnPick(3, true)
		s.view.OnPick(0, true)
		s.shows(t, "Photos", "list 2.txt", "list 10.txt*", "Ёлка.txt*")
		s.view.OnPick(2, true)
		s.shows(t, "Photos", "list 2.txt", "list 10.txt", "Ёлка.txt*")
	})
	t.Run("Ctrl+A picks all files that are shown", func(t *testing.T) {
		s := newShelf(t)
		s.choose()
		s.window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
		s.shows(t, "Photos", "list 2.txt*", "list 10.txt*", "Ёлка.txt*")
		if shown := kittest.Texts(s.view); !slices.Contains(shown, "Attach 3 files") || !slices.Contains(shown, "6 B") {
			t.Errorf("shows %q", shown)
		}
	})
	t.Run("a folder alone cannot be taken", func(t *testing.T) {
		s := newShelf(t)
		s.choose()
		s.view.Done()
		if s.told != 0 || !slices.Contains(kittest.Texts(s.view), "Choose a file") {
			t.Errorf("told %d, shows %q", s.told, kittest.Texts(s.view))
		}
	})
	t.Run("thinking better of it chooses nothing", func(t *testing.T) {
		s := newShelf(t)
		s.choose()
		s.view.OnPick(1, false)
		s.view.OnCancel()
		if s.told != 1 || s.chosen != nil {
			t.Errorf("told %d, chosen %q", s.told, s.chosen)
		}
	})
}

func TestThinkingBetterOfIt(t *testing.T) {
	for name, open := range map[string]func(*shelf){
		"choosing": (*shelf).choose,
		"saving":   func(s *shelf) { s.save("order.pdf") },
	} {
		t.Run(name+" keeps no folder", func(t *testing.T) {
			s := newShelf(t)
			open(s)
			s.view.OnOpen(0) // Photos, where the keyboard stands at a file
			s.view.OnCancel()
			if s.kept != "" || s.chosen != nil || s.path != "" || s.told != 1 {
				t.Errorf("kept %q, chosen %q, path %q, told %d", s.kept, s.chosen, s.path, s.told)
			}
		})
	}
}

func TestSave(t *testing.T) {
	t.Run("Enter in the name keeps it here", func(t *testing.T) {
		s := newShelf(t)
		s.save("order.pdf")
		s.key(fyne.KeyReturn)
		if s.path != filepath.Join(s.dir, "order.pdf") || s.replace || s.told != 1 || s.kept != s.dir {
			t.Errorf("path %q, replace %v, told %d, kept %q", s.path, s.replace, s.told, s.kept)
		}
	})
	t.Run("what is there already is replaced only after a question", func(t *testing.T) {
		s := newShelf(t)
		s.save("LIST 2.txt") // some systems take capitals for small letters
		s.key(fyne.KeyReturn)
		if s.told != 0 || !strings.Contains(s.view.Message(), "LIST 2.txt") || !slices.Contains(kittest.Texts(s.view), "Replace") {
			t.Fatalf("told %d, says %q", s.told, s.view.Message())
		}
		s.key(fyne.KeyReturn)
		if s.path != filepath.Join(s.dir, "LIST 2.txt") || !s.replace {
			t.Errorf("path %q, replace %v", s.path, s.replace)
		}
	})
	t.Run("another name takes the question back", func(t *testing.T) {
		s := newShelf(t)
		s.save("list 2.txt")
		s.key(fyne.KeyReturn)
		test.Type(s.window.Canvas().Focused(), "new ")
		s.key(fyne.KeyReturn)
		if s.told != 1 || s.replace {
			t.Errorf("told %d, path %q, replace %v", s.told, s.path, s.replace)
		}
	})
	t.Run("a file in the list gives its name, and asks", func(t *testing.T) {
		s := newShelf(t)
		s.save("order.pdf")
		s.view.OnOpen(1)
		if s.told != 0 || !strings.Contains(s.view.Message(), "list 2.txt") {
			t.Errorf("told %d, says %q", s.told, s.view.Message())
		}
	})
	for name, wrong := range map[string]string{
		"no name": " .. ", "a path": "a/b.pdf", "a sign that Windows forbids": "a?.pdf", "a folder's name": "Photos",
	} {
		t.Run(name+" is refused with a reason", func(t *testing.T) {
			s := newShelf(t)
			s.save(wrong)
			s.view.Done()
			if s.told != 0 {
				t.Errorf("saved as %q", s.path)
			}
		})
	}
	t.Run("thinking better of it saves nothing", func(t *testing.T) {
		s := newShelf(t)
		s.save("order.pdf")
		s.view.OnCancel()
		if s.told != 1 || s.path != "" {
			t.Errorf("told %d, path %q", s.told, s.path)
		}
	})
}

func TestPlaces(t *testing.T) {
	dir := t.TempDir()
	got := there([]place{{folder: dir, key: "files.home"}, {folder: filepath.Join(dir, "gone")}, {folder: dir, key: "files.pictures"}, {folder: "/"}})
	if len(got) != 2 || got[0].key != "files.home" || got[1].folder != "/" {
		t.Errorf("places %+v", got)
	}
}
