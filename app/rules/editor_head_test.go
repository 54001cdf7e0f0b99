package rules

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
)

func TestTheBarOverARule(t *testing.T) {
	// inner widths of windows of 760 to 1280, without the rail
	widths := []float32{704, 844, 944, 1107, 1108, 1208}
	for _, c := range []struct {
		lang    locale.Language
		percent int
	}{{locale.English, 100}, {locale.Portuguese, 100}, {locale.Russian, 150}} {
		t.Run("is one line at every width, also while the name is typed and changes are not saved, in "+string(c.lang), func(t *testing.T) {
			p := sit(t, boots(), 1208, nil)
			if err := look.Apply(fyne.CurrentApp(), look.Choice{Mode: look.Light, Percent: c.percent}); err != nil {
				t.Fatal(err)
			}
			p.open(c.lang, 1208, nil)
			p.pick("returns")
			p.screen.change("", func(r *autoreply.Rule) { r.Name = "Returns and refunds, and what else comes back" })
			for _, renaming := range []bool{false, true} {
				if renaming {
					p.screen.editor.rename()
				}
				for _, wide := range widths {
					p.screen.Fit(wide >= 844)
					p.window.Resize(fyne.NewSize(wide, 700))
					e := p.screen.editor
					if e.tabs.Visible() != (wide < previewFrom) {
						t.Errorf("%v wide: the tabs are shown: %t", wide, e.tabs.Visible())
					}
					if got, most := e.pane.HeadHeight(), look.Grow(56, 22); got > most {
						t.Errorf("%d %%, %v wide, renaming %t: it is %v high, one line has %v", c.percent, wide, renaming, got, most)
					}
					if end := e.more.Position().X + e.more.Size().Width; end > e.pane.Size().Width-2*headAside+0.5 {
						t.Errorf("%d %%, %v wide, renaming %t: it ends at %v of %v", c.percent, wide, renaming, end, e.pane.Size().Width)
					}
				}
			}
		})
	}
	t.Run("has Undo in its menu, which takes the last change back", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("returns")
		p.menu = p.screen.editor.menu()
		if undo := p.menu[0]; undo.Do != nil || undo.Reason == "" {
			t.Fatalf("without a change it is %+v", undo)
		}
		p.screen.change("", func(r *autoreply.Rule) { r.Name = "Other" })
		p.menu = p.screen.editor.menu()
		p.choose("Undo")
		if p.screen.Dirty() {
			t.Error("the change is still there")
		}
	})
	t.Run("says On in another colour than Off", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("returns")
		on := p.screen.editor.onWord.Token()
		p.pick("warranty")
		if off := p.screen.editor.onWord.Token(); on != look.OkText || off == on || !strings.Contains(p.screen.editor.onWord.Text(), "Off") {
			t.Errorf("On is %s, Off is %s", on, off)
		}
	})
}

func TestEnter(t *testing.T) {
	t.Run("in Try it tries, and adds a keyword in their field", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("delivery")
		p.screen.TryIt()
		p.typing("delivery?")
		p.key(fyne.KeyReturn)
		p.loop.Advance(0)
		if !p.sees("Delivery time answers") {
			t.Error("nothing is tried")
		}
		p.screen.editor.focus()
		p.typing("courier")
		p.key(fyne.KeyReturn)
		if _, r, _ := p.screen.editing.Rule(); r.Keywords[len(r.Keywords)-1] != "courier" {
			t.Errorf("the keywords are %q", r.Keywords)
		}
	})
}
