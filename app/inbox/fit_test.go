package inbox

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/desk"
)

// TestHeadOfTheListIsNotCut holds that the words over the list stand whole and inside
// their line, in every language and at every size of text.
func TestHeadOfTheListIsNotCut(t *testing.T) {
	for _, l := range locale.Languages() {
		for _, percent := range []int{look.MinPercent, look.DefaultPercent, 125, look.MaxPercent} {
			for _, wide := range []float32{listNarrowWidth, listWidth} {
				app := test.NewTempApp(t)
				if err := look.Apply(app, look.Choice{Percent: percent}); err != nil {
					t.Fatal(err)
				}
				b := newBench(t)
				words, err := locale.New(l, time.UTC)
				if err != nil {
					t.Fatal(err)
				}
				b.Words = words
				s := New(b.Deps)
				s.Go(Place{Filter: desk.FilterAll})
				w := test.NewTempWindow(t, s.list.root)
				w.SetPadded(false)
				w.Resize(fyne.NewSize(look.Grow(wide, 60), 700))
				p := s.list
				for _, line := range []*kit.Line{p.order, p.topHint} {
					if texts := kittest.Texts(line); len(texts) != 1 || texts[0] != line.Text() {
						t.Errorf("%s at %d %%, %v wide: %q is shown as %q", l, percent, wide, line.Text(), texts)
					}
					if over, under := p.lines[0].Position().Y, p.lines[1].Position().Y; line.Position().Y < over || line.Position().Y+line.Size().Height > under {
						t.Errorf("%s at %d %%: %q stands at %v to %v, its line at %v to %v", l, percent, line.Text(), line.Position().Y, line.Position().Y+line.Size().Height, over, under)
					}
				}
			}
		}
	}
	if err := look.Apply(test.NewTempApp(t), look.Choice{}); err != nil {
		t.Fatal(err)
	}
}

func TestWayToTheSearchOverEverything(t *testing.T) {
	for _, l := range locale.Languages() {
		for wide, key := range map[float32]string{listNarrowWidth: "", listWidth: "Ctrl+K"} {
			app := test.NewTempApp(t)
			if err := look.Apply(app, look.Choice{}); err != nil {
				t.Fatal(err)
			}
			b := newBench(t)
			words, err := locale.New(l, time.UTC)
			if err != nil {
				t.Fatal(err)
			}
			b.Words, b.Keys.Search, b.Keys.SearchAll = words, "Ctrl+F", "Ctrl+K"
			s := New(b.Deps)
			w := test.NewTempWindow(t, s.list.root)
			w.SetPadded(false)
			w.Resize(fyne.NewSize(wide, 700))
			test.Tap(s.list.all)
			if b.everything != 1 {
				t.Errorf("%s, %v wide: the button leads nowhere", l, wide)
			}
			if got := strings.Join(kittest.Texts(s.list.all), ""); got != key {
				t.Errorf("%s, %v wide: the button says %q", l, wide, got)
			}
			if got, want := strings.Join(kittest.Texts(s.list.search), " "), words.T("list.search"); !strings.Contains(got, want) {
				t.Errorf("%s, %v wide: the field says %q, want %q", l, wide, got, want)
			}
		}
	}
}

// TestBannersAreNotCut holds the words of the line under the header to the room
// they have beside the list in a window 900 wide, in every language.
func TestBannersAreNotCut(t *testing.T) {
	test.NewTempApp(t)
	const (
		chat  = 900 - 56 - listNarrowWidth
		plain = chat - 35 - 12 // beside the icon
		bar   = chat - 38 - 16
		gap   = 18 // before an action
	)
	for _, l := range locale.Languages() {
		w, err := locale.New(l, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		besides := func(action string) float32 { return plain - gap - kit.Measure(w.T(action), kit.SmallBold) }
		before, bold, after := w.Emphasis("window.open", locale.Args{"When": w.T("time.tomorrow", locale.Args{"Clock": "14:05"})})
		for _, line := range []struct {
			text string
			room float32
		}{
			{w.T("banner.full"), besides("try_again")},
			{w.T("banner.refused"), besides("try_again")},
			{w.T("banner.refused_account"), besides("try_again")},
			{w.T("banner.no_key"), plain},
			{w.T("banner.locked", locale.Args{"Name": "Светлана", "Left": "6:12"}), plain},
			{w.T("banner.closed"), plain},
			{w.T("banner.rules_broken"), 900 - 56 - 35 - 12}, // above list and chat
			{w.N("banner.offline", 22), besides("banner.offline_action")},
			{strings.Join([]string{before, bold, after}, ""), bar - 6}, // the bold part is wider
		} {
			if width := kit.Measure(line.text, kit.Small); width > line.room {
				t.Errorf("%s: %q needs %.0f, has %.0f", l, line.text, width, line.room)
			}
		}
	}
}
