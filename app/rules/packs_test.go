package rules

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/locale"
	"shopbell/core/autoreply"
)

// offered are the rules of the pack on the screen.
func (p *person) offered() []*kit.Pick { return kittest.Of[*kit.Pick](p.asked) }

func TestStarterPacks(t *testing.T) {
	t.Run("a shop without rules is offered them, in the language of the screen", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		p.open(locale.Russian, 1208, nil)
		p.press(p.screen.Content(), "Показать наборы")
		if got := kittest.Texts(p.asked); len(p.offered()) != 7 || !strings.Contains(strings.Join(got, "\n"), "Нерабочее время") {
			t.Fatalf("offered is %q", got)
		}
	})
	t.Run("what is chosen is added switched off, and nothing is in force before it is saved", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		p.screen.openPacks()
		for i, k := range p.offered() {
			if i != 0 && i != 2 { // all but the greeting and the returns
				k.Tapped(nil)
			}
		}
		p.press(p.asked, "Add")
		_, all := p.screen.editing.Rules()
		var got []string
		for _, r := range all {
			got = append(got, r.ID)
			if r.Enabled {
				t.Errorf("%s is on", r.ID)
			}
		}
		if want := "greeting returns stock"; strings.Join(got, " ") != want { // a button of the greeting leads to stock
			t.Errorf("added are %v, want %s", got, want)
		}
		if p.stored().Number != 0 || p.asked != nil {
			t.Error("it is in force, or still asked")
		}
		if f := p.screen.editing.File(); f.Language != "en" {
			t.Errorf("the shop's language is %q", f.Language)
		}
		p.screen.Save()
		p.loop.Advance(0)
		if n := len(p.stored().File.Rules); n != 3 {
			t.Errorf("%d rules are saved: %q", n, p.said)
		}
	})
	t.Run("what another rule's button leads to stays with it", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		p.screen.openPacks()
		stock := p.offered()[5]
		stock.Tapped(nil)
		if !stock.On() {
			t.Error("the button of the others leads nowhere")
		}
	})
	t.Run("no rule of the shop's is touched, and the whole is one thing to take back", func(t *testing.T) {
		own := boots()
		own.Rules[3].ID = "stock"
		p := sit(t, own, 1208, nil)
		before := p.screen.editing.File()
		p.screen.openPacks()
		for _, i := range []int{0, 2, 6} { // the shop has these already, and takes them all the same
			p.offered()[i].Tapped(nil)
		}
		p.press(p.asked, "Add")
		after := p.screen.editing.File()
		if len(after.Rules) != len(before.Rules)+7 {
			t.Fatalf("%d rules", len(after.Rules))
		}
		ids := map[string]autoreply.Rule{}
		for _, r := range after.Rules {
			ids[r.ID] = r
		}
		for _, r := range before.Rules {
			if !same(r, ids[r.ID]) {
				t.Errorf("%s is changed", r.ID)
			}
		}
		if got := ids["greeting"].Replies[0].Buttons[1].Rule; got != "stock-2" {
			t.Errorf("the greeting leads to %q", got)
		}
		p.undo()
		if !same(p.screen.editing.File(), before) {
			t.Error("it cannot be taken back")
		}
	})
	t.Run("the menu of what can be made new leads to them", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.press(p.screen.list.pane, "New")
		p.choose("Start with a pack")
		if len(p.offered()) != 7 {
			t.Errorf("offered are %d", len(p.offered()))
		}
	})
	t.Run("what the shop has already is not ticked, and says so", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.screen.openPacks()
		for i, k := range p.offered() {
			if has := i == 0 || i == 2 || i == 6; k.On() == has { // the greeting and the off hours have other names
				t.Errorf("row %d is ticked: %v", i, k.On())
			}
		}
		said := strings.NewReplacer("\n", "", " ", "").Replace(strings.Join(kittest.Texts(p.asked), ""))
		if strings.Count(said, "already") != 3 || !strings.Contains(said, "Youhave“Returns”already") {
			t.Errorf("it says %q", said)
		}
		for range 4 { // to the last language
			kittest.Of[*kit.Segmented](p.asked)[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		}
		if k := p.offered()[2]; !k.On() {
			t.Error("a rule in a language that the shop has none in is not ticked")
		}
		if k := p.offered()[0]; k.On() {
			t.Error("a second greeting is ticked")
		}
	})
	t.Run("a rule that the shop has is not brought for a button: that leads to the shop's", func(t *testing.T) {
		own := boots()
		own.Rules[2].Keywords = []string{"in stock", "available", "sold out", "stock", "availability", "back in stock"}
		own.Rules[2].Kind = "stock"
		p := sit(t, own, 1208, nil)
		p.screen.openPacks()
		if stock := p.offered()[5]; stock.On() {
			t.Fatal("it is ticked")
		}
		p.press(p.asked, "Add")
		for _, r := range p.screen.editing.File().Rules {
			if r.ID == "price" && r.Replies[0].Buttons[1].Rule != "delivery" {
				t.Errorf("the button leads to %q", r.Replies[0].Buttons[1].Rule)
			}
		}
	})
	t.Run("a button that leads to a rule of the shop's which is off says so", func(t *testing.T) {
		own := boots()
		own.Rules[3].Keywords, own.Rules[3].Kind = []string{"in stock", "available"}, "stock"
		p := sit(t, own, 1208, nil)
		p.screen.openPacks()
		said := strings.ReplaceAll(strings.Join(kittest.Texts(p.asked), " "), "\n", " ")
		if !strings.Contains(said, "Button “Check stock”: “Warranty” is switched off") {
			t.Errorf("it says %q", said)
		}
		p.offered()[5].Tapped(nil) // the pack's own rule comes along instead
		if said := strings.Join(kittest.Texts(p.asked), " "); strings.Contains(said, "is switched off") {
			t.Errorf("it says %q", said)
		}
	})
	t.Run("what the shop has already is added where the person ticks it", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.screen.openPacks()
		p.offered()[0].Tapped(nil)
		p.press(p.asked, "Add")
		if key := p.screen.editing.KeyOf("greeting"); key == 0 {
			t.Errorf("the rules are %q", p.rows())
		}
	})
	t.Run("a rule with a place to fill in says so, and is not switched on", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		p.screen.openPacks()
		p.press(p.asked, "Add")
		p.screen.editing.Change(p.screen.editing.KeyOf("delivery"), "", func(r *autoreply.Rule) { r.Enabled = true })
		p.screen.Save()
		p.loop.Advance(0)
		if said := strings.Join(p.said, "\n"); p.stored().Number != 0 || !strings.Contains(said, "still to be filled in") {
			t.Errorf("saved is %d, said is %q", p.stored().Number, said)
		}
	})
	t.Run("who may not edit is offered none", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, as("operator"))
		p.screen.openPacks()
		if p.asked != nil {
			t.Error("they are offered")
		}
	})
}
