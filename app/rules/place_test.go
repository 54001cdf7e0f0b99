package rules

import (
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/locale"
	"shopbell/core/autoreply"
)

func TestPlace(t *testing.T) {
	leave := func(t *testing.T) (*person, Place) {
		file := boots()
		for range 20 {
			file.Rules = append(file.Rules, autoreply.Rule{Name: "More", Trigger: autoreply.TriggerKeyword, Keywords: []string{"more"}, Replies: []autoreply.Variant{{Text: "Yes."}}})
		}
		p := sit(t, file.Named(), 1208, nil)
		p.pick("returns")
		p.screen.editing.ShowVariant(1)
		p.screen.list.rows.SetOffset(120)
		p.screen.editor.pane.SetOffset(60)
		return p, p.screen.Place()
	}
	back := func(p *person, place Place, editing *Editing) Place {
		p.open(locale.English, 1208, func(d *Deps) { d.Place, d.Editing = &place, editing })
		return p.screen.Place()
	}
	t.Run("is found again, with how far all is scrolled", func(t *testing.T) {
		p, place := leave(t)
		if want := (Place{Rule: "returns", Variant: 1, List: 120, Editor: 60}); place != want {
			t.Fatalf("it is %+v, want %+v", place, want)
		}
		if now := back(p, place, nil); now != place {
			t.Errorf("it was %+v, and is %+v", place, now)
		}
	})
	t.Run("is found again with what is not saved", func(t *testing.T) {
		p, _ := leave(t)
		p.screen.change("", func(r *autoreply.Rule) { r.Name = "Giving back" })
		p.screen.editor.pane.SetOffset(60)
		place := p.screen.Place()
		if now := back(p, place, p.screen.editing); now != place || !p.screen.Dirty() {
			t.Errorf("it was %+v, and is %+v, dirty %t", place, now, p.screen.Dirty())
		}
	})
	t.Run("whose rule is gone is the list", func(t *testing.T) {
		p, place := leave(t)
		place.Rule = "gone"
		if now := back(p, place, nil); now.Rule != "" || now.List != 120 {
			t.Errorf("it is %+v", now)
		}
	})
	t.Run("is left once: what is opened then stays open", func(t *testing.T) {
		p, place := leave(t)
		back(p, place, nil)
		p.pick("delivery")
		p.window.Resize(fyne.NewSize(1300, 700))
		if now := p.screen.Place(); now.Rule != "delivery" {
			t.Errorf("it is %+v", now)
		}
	})
	t.Run("is the first rule of the list for who was nowhere", func(t *testing.T) {
		p, _ := leave(t)
		if now := back(p, Place{}, nil); now.Rule != "welcome" || !p.sees("Say") {
			t.Errorf("it is %+v, and shows:\n%s", now, p.texts())
		}
	})
	t.Run("is the list for who was nowhere, where there is no room for both", func(t *testing.T) {
		p, _ := leave(t)
		p.screen.editing.Open(0)
		p.screen.Fit(false)
		p.screen.Deps.Place = &Place{}
		p.screen.resume()
		if now := p.screen.Place(); now.Rule != "" {
			t.Errorf("it is %+v", now)
		}
	})
	t.Run("in a shop without rules is how to begin", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, func(d *Deps) { d.Place = &Place{} })
		if !p.sees("Start with a pack") {
			t.Errorf("it shows:\n%s", p.texts())
		}
	})
	t.Run("where none is known says how to begin, also when it was shown before the rules came", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		p.screen.editing, p.screen.editor.blocks = nil, nil
		p.screen.show()
		p.screen.begin(NewEditing(p.stored()))
		if !p.sees("Start with a pack") {
			t.Errorf("it shows:\n%s", p.texts())
		}
	})
}
