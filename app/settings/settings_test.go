package settings

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

var now = time.Date(2025, 11, 24, 14, 5, 0, 0, time.UTC)

// computer is what the settings change.
type computer struct {
	starts  bool
	copied  []time.Time
	chosen  []Chosen
	shown   []string // folders
	said    []string
	refuses error

	undo   func()         // of what was said last
	copies []string       // on the clipboard, the last one there now
	menu   []kit.MenuItem // that was opened last
	picks  string         // the file that the person picks
}

func (c *computer) IsEnabled() bool { return c.starts }
func (c *computer) Enable() error {
	c.starts = c.refuses == nil
	return c.refuses
}
func (c *computer) Disable() error {
	c.starts = c.refuses != nil
	return c.refuses
}

func (c *computer) Last(context.Context) (time.Time, error) {
	if len(c.copied) == 0 {
		return time.Time{}, c.refuses
	}
	return c.copied[len(c.copied)-1], c.refuses
}

func (c *computer) Make(context.Context) error {
	if c.refuses == nil {
		c.copied = append(c.copied, now)
	}
	return c.refuses
}
func (c *computer) Folder() string { return "/shop/snapshots" }

func open(t *testing.T, c *computer, lang locale.Language, width float32, change func(*Deps)) *Screen {
	t.Helper()
	if err := look.Apply(test.NewTempApp(t), look.Choice{Mode: look.Light}); err != nil {
		t.Fatal(err)
	}
	words, err := locale.New(lang, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	loop := live.NewManual(now)
	scope := live.New(t.Context(), loop.Loop())
	t.Cleanup(scope.Close)
	shop := desktest.New(func() time.Time { return now })
	d := Deps{
		Words: words, Scope: scope, Chosen: Chosen{Language: lang, Percent: 100}, Choose: func(now Chosen) { c.chosen = append(c.chosen, now) },
		Autostart: c, Copies: c, Place: Place{Data: "/shop", Log: "/log", Version: "0.1.0"},
		Shop: shop, Levels: shop, Who: desktest.Anna,
		Reveal: func(folder string) { c.shown = append(c.shown, folder) }, Keys: func() {},
		Say:     func(text string, _ bool) { c.said = append(c.said, text) },
		SayUndo: func(text string, undo func()) { c.said, c.undo = append(c.said, text), undo },
		Copy:    func(text string) { c.copies = append(c.copies, text) },
		Focus:   func(fyne.Focusable) {},
		Menu:    func(_ fyne.Position, items []kit.MenuItem) { c.menu = items },
		Pick:    func(done func(string)) { done(c.picks) },
	}
	if change != nil {
		change(&d)
	}
	s := New(d)
	loop.Advance(0)
	w := test.NewTempWindow(t, s.Content())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, 800))
	return s
}

func (s *Screen) texts() []string { return kittest.Texts(s.page) }

// tap presses what can be pressed and shows a text.
func tap(t *testing.T, s *Screen, text string) {
	t.Helper()
	if all := kittest.Tappable(s.page, text); len(all) > 0 {
		test.Tap(all[len(all)-1])
		return
	}
	t.Fatalf("there is no %q to press", text)
}

func TestGeneral(t *testing.T) {
	t.Run("each choice is told with all the others", func(t *testing.T) {
		c := &computer{}
		s := open(t, c, locale.English, 1208, nil)
		tap(t, s, "Enter sends")
		tap(t, s, "Keep working when the window is closed")
		want := Chosen{Language: locale.English, Percent: 100, EnterSends: true, CloseToTray: true}
		if len(c.chosen) != 2 || c.chosen[1] != want {
			t.Errorf("told %+v", c.chosen)
		}
	})
	t.Run("a language is chosen with the keyboard", func(t *testing.T) {
		c := &computer{}
		s := open(t, c, locale.English, 1208, nil)
		kittest.Of[*kit.Segmented](s.page)[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		if len(c.chosen) != 1 || c.chosen[0].Language != locale.Russian {
			t.Errorf("told %+v", c.chosen)
		}
	})
	t.Run("starting with the computer is asked of the system, and set there", func(t *testing.T) {
		c := &computer{starts: true}
		s := open(t, c, locale.English, 1208, nil)
		tap(t, s, "Start with the computer")
		if c.starts || len(c.said) != 0 {
			t.Errorf("still starts: %v, said %q", c.starts, c.said)
		}
	})
	t.Run("a system that refuses leaves the switch as it was, and it is said", func(t *testing.T) {
		c := &computer{refuses: errors.New("read-only")}
		s := open(t, c, locale.English, 1208, nil)
		tap(t, s, "Start with the computer")
		if len(c.said) != 1 {
			t.Errorf("said %q", c.said)
		}
		c.refuses = nil
		tap(t, s, "Start with the computer")
		if !c.starts {
			t.Error("the next press does not turn it on: the switch had stayed on")
		}
	})
	t.Run("where there is no tray, that is said and nothing can be chosen", func(t *testing.T) {
		c := &computer{}
		s := open(t, c, locale.English, 1208, func(d *Deps) { d.NoTray = true })
		tap(t, s, "Keep working when the window is closed")
		if len(c.chosen) != 0 || !slices.Contains(s.texts(), "This system shows no tray") {
			t.Errorf("told %+v", c.chosen)
		}
	})
}

func TestData(t *testing.T) {
	t.Run("a copy is made and its time is shown", func(t *testing.T) {
		c := &computer{}
		s := open(t, c, locale.English, 1208, func(d *Deps) { d.Part = Data })
		if !slices.Contains(s.texts(), "No copy yet") {
			t.Fatalf("shows %q", s.texts())
		}
		tap(t, s, "Make a copy now")
		if len(c.copied) != 1 || !slices.Contains(s.texts(), "Last copy 14:05") {
			t.Errorf("%d copies; shows %q", len(c.copied), s.texts())
		}
	})
	t.Run("a copy that fails says why", func(t *testing.T) {
		c := &computer{}
		s := open(t, c, locale.English, 1208, func(d *Deps) { d.Part = Data })
		c.refuses = &desk.Error{Code: desk.DiskFull}
		tap(t, s, "Make a copy now")
		if !slices.Contains(s.texts(), "The disk is full. Free some space.") {
			t.Errorf("shows %q", s.texts())
		}
	})
	t.Run("folders are opened", func(t *testing.T) {
		c := &computer{copied: []time.Time{now}}
		s := open(t, c, locale.English, 1208, func(d *Deps) { d.Part = About })
		tap(t, s, "Open")
		s.Go(Data)
		tap(t, s, "Open")
		if !slices.Equal(c.shown, []string{"/log", "/shop/snapshots"}) {
			t.Errorf("opened %q", c.shown)
		}
	})
}

// Every part has room for its words in every language at every width.
func TestNothingIsCut(t *testing.T) {
	for _, lang := range locale.Languages() {
		for _, width := range []float32{1208, 844, 704} {
			for _, p := range parts {
				t.Run(fmt.Sprintf("%s in %s at %v", p.name, lang, width), func(t *testing.T) {
					s := open(t, &computer{}, lang, width, func(d *Deps) { d.Part = p.part })
					s.Fit(width > 800)
					for _, o := range kittest.Shown(s.page) {
						switch o.(type) {
						case *kit.Button, *kit.Segmented:
							if o.Size().Width < o.MinSize().Width {
								t.Errorf("%T needs %v and has %v", o, o.MinSize().Width, o.Size().Width)
							}
						}
					}
				})
			}
		}
	}
}
