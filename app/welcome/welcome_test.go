package welcome

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/app/locale"
)

func newScreen(t *testing.T, lang locale.Language) (s *Screen, chosen *[]string) {
	t.Helper()
	test.NewTempApp(t)
	words, err := locale.New(lang, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	chosen = new([]string)
	choose := func(name string) func() { return func() { *chosen = append(*chosen, name) } }
	s = New(Deps{
		Words:     words,
		Languages: []Choice{{Text: "English", Current: true, Do: choose("en")}, {Text: "Русский", Do: choose("ru")}},
		Theme:     Choice{Text: words.T("theme.system"), Do: choose("theme")},
		Sandbox:   choose("sandbox"), Connect: choose("connect"), SearchKeys: "Ctrl+K",
	})
	w := test.NewTempWindow(t, s.Content())
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1208, 800))
	return s, chosen
}

func TestChoices(t *testing.T) {
	s, chosen := newScreen(t, locale.English)
	for _, o := range s.foot {
		if link, ok := o.(*kit.Link); ok {
			test.Tap(link)
		}
	}
	test.Tap(s.card.Button())
	test.Tap(s.connect.Button())
	if want := []string{"en", "ru", "theme", "sandbox", "connect"}; !slices.Equal(*chosen, want) {
		t.Errorf("chosen %v, want %v", *chosen, want)
	}
}

func TestOpeningTheSandbox(t *testing.T) {
	t.Run("is asked for once however often it is pressed", func(t *testing.T) {
		s, chosen := newScreen(t, locale.English)
		s.OpenSandbox()
		s.OpenSandbox()
		test.Tap(s.card.Button())
		if len(*chosen) != 1 {
			t.Errorf("asked for %d times", len(*chosen))
		}
	})
	t.Run("can be tried again after a failure, which is said", func(t *testing.T) {
		s, chosen := newScreen(t, locale.English)
		s.OpenSandbox()
		s.Failed("The disk is full.")
		if !s.failure.Visible() || s.failure.Text() != "The sandbox could not be opened. The disk is full." {
			t.Errorf("said %q", s.failure.Text())
		}
		s.OpenSandbox()
		if len(*chosen) != 2 || s.failure.Visible() {
			t.Errorf("asked for %d times, the failure still shows: %v", len(*chosen), s.failure.Visible())
		}
	})
}

func TestNothingOverlaps(t *testing.T) {
	for _, lang := range locale.Languages() {
		for name, window := range map[string]struct {
			size fyne.Size
			wide bool
		}{
			"1280x800": {fyne.NewSize(1208, 800), true},
			"760x560":  {fyne.NewSize(704, 560), false},
		} {
			t.Run("in "+string(lang)+" at "+name, func(t *testing.T) {
				s, _ := newScreen(t, lang)
				s.Fit(window.wide)
				s.Content().Resize(window.size)
				s.Content().Refresh()
				column := []fyne.CanvasObject{s.hero, s.title, s.question, s.card, s.foot[0]}
				for i, o := range column[1:] {
					above := column[i]
					if bottom := above.Position().Y + above.Size().Height; o.Position().Y < bottom {
						t.Errorf("%T at %v begins before %T ends at %v", o, o.Position().Y, above, bottom)
					}
				}
				if s.connect.Position().X < s.card.Position().X+s.card.Size().Width {
					t.Errorf("the second card begins at %v in the first", s.connect.Position().X)
				}
				for _, o := range append(append(column, s.connect), s.foot...) {
					if o.Position().X < 0 || o.Position().X+o.Size().Width > window.size.Width {
						t.Errorf("%T at %v, %v wide, does not fit", o, o.Position(), o.Size().Width)
					}
				}
			})
		}
	}
}
