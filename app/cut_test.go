package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/app/settings"
	"shopbell/core/autoreply"
)

// said is what a widget says that a person presses, in words of the catalogue; ok is
// false for one that says anything else.
func said(o fyne.CanvasObject) (texts []string, ok bool) {
	switch o.(type) {
	case *kit.Button, *kit.Selector, *kit.Switch, *kit.OptionCard, *kit.Section, *kit.Card:
		return kittest.Texts(o), true
	}
	return nil, false
}

// allButtons is a rule with each kind of button that may stand beside others.
func allButtons() autoreply.File {
	r := autoreply.Rule{ID: "boots", Name: "Boots", Enabled: true, Trigger: autoreply.TriggerKeyword, Keywords: []string{"boots"}, Replies: []autoreply.Variant{{Text: "In stock."}}}
	for _, action := range []autoreply.Action{autoreply.ActionOrder, autoreply.ActionHandOver, autoreply.ActionStock} {
		r.Replies[0].Buttons = append(r.Replies[0].Buttons, autoreply.Button{Title: "One", Action: action})
	}
	return autoreply.File{Version: autoreply.Version, Rules: []autoreply.Rule{r}}
}

// TestNoButtonIsCut looks at every screen in every language, as large as it can be.
func TestNoButtonIsCut(t *testing.T) {
	screens := []struct {
		name string
		show func(*stage)
	}{
		{"first start", func(s *stage) { s.open(false, railInbox) }},
		{"connection", func(s *stage) { s.open(false, railConnection) }},
		{"inbox", func(s *stage) { s.open(true, railInbox) }},
		{"chat", func(s *stage) { s.open(true, railInbox); s.Open(1) }},
		{"customer", func(s *stage) {
			s.open(true, railCustomers)
			s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		}},
		{"rule", func(s *stage) {
			s.desk.PutRules(allButtons())
			s.open(true, railRules)
			s.rules.Editing().Open(s.rules.Editing().KeyOf("boots"))
		}},
		{"the list of rules", func(s *stage) { s.desk.PutRules(allButtons()); s.open(true, railRules); s.Press(fyne.KeyLeft, alt) }},
		{"general settings", func(s *stage) { s.open(true, railSettings) }},
		{"stock", func(s *stage) { s.open(true, railSettings); s.App.settings.Go(settings.Stock) }},
		{"data", func(s *stage) { s.open(true, railSettings); s.App.settings.Go(settings.Data) }},
		{"about", func(s *stage) { s.open(true, railSettings); s.App.settings.Go(settings.About) }},
	}
	for _, language := range locale.Languages() {
		for _, window := range []struct {
			percent int
			size    fyne.Size
		}{{100, fyne.NewSize(1280, 800)}, {look.MaxPercent, fyne.NewSize(1280, 800)}, {look.MaxPercent, fyne.NewSize(900, 700)}} {
			t.Run(fmt.Sprintf("in %s at %d %%, %v wide", language, window.percent, window.size.Width), func(t *testing.T) {
				buttons := 0
				for _, screen := range screens {
					s := newStage(t)
					c := s.prefs.chosen()
					c.Language, c.Percent = language, window.percent
					s.prefs.keep(c)
					var err error
					if s.words, err = s.prefs.words(); err != nil {
						t.Fatal(err)
					}
					if err := look.Apply(s.fyne, s.choice()); err != nil {
						t.Fatal(err)
					}
					s.window.Resize(window.size)
					screen.show(s)
					for _, o := range kittest.Shown(s.window.Content()) {
						texts, ok := said(o)
						if !ok {
							continue
						}
						buttons++
						if i := slices.IndexFunc(texts, func(text string) bool { return strings.HasSuffix(text, "…") }); i >= 0 {
							t.Errorf("%s: %T is cut: %q", screen.name, o, texts[i])
						}
						if b, ok := o.(*kit.Button); ok && b.Size().Width < b.MinSize().Width {
							t.Errorf("%s: %q needs %v and has %v", screen.name, texts, b.MinSize().Width, b.Size().Width)
						}
					}
				}
				if buttons < 5*len(screens) {
					t.Errorf("only %d buttons are shown", buttons)
				}
				if err := look.Apply(fyne.CurrentApp(), look.Choice{}); err != nil {
					t.Fatal(err)
				}
			})
		}
	}
}
