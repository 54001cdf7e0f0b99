package rules

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/core/autoreply"
	"shopbell/core/desk"

	"shopbell/core/staff"
)

func TestNewRule(t *testing.T) {
	t.Run("a rule is made by keyboard and answers once it is saved", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.press(p.screen.list.pane, "New")
		p.choose("Keywords")
		p.typing("All about sizes ")
		p.key(fyne.KeyReturn)
		p.typing("size,\u00a0width,") // the words have the keyboard now
		p.into(p.screen.sayField())
		p.typing("Sizes 36 to 42.")
		if !p.sees("Not saved yet") {
			t.Error("nothing says that it is not saved")
		}
		p.screen.Save()
		stored := p.stored().File.Rules
		var made autoreply.Rule
		for _, r := range stored {
			if strings.HasSuffix(r.Name, "about sizes") {
				made = r
			}
		}
		if !made.Enabled || len(made.Keywords) != 2 || made.Keywords[1] != "width" || len(made.Replies) != 1 || made.Replies[0].Text != "Sizes 36 to 42." {
			t.Fatalf("stored is %+v", made)
		}
		if p.screen.Dirty() || p.sees("Not saved yet") {
			t.Error("it is still said not to be saved")
		}
	})
	t.Run("a new rule is not blamed for what nobody could write yet", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.press(p.screen.list.pane, "New")
		p.choose("Keywords")
		for _, r := range p.screen.list.rows.Rows() {
			if r.Warn != "" && r.Current {
				t.Errorf("the list warns: %q", r.Warn)
			}
		}
		if p.sees("is empty") || !p.sees("Write what the customer gets, then save") {
			t.Error(p.texts())
		}
	})
	t.Run("a new rule without a text says so once it shall be saved, and the next one does not", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.press(p.screen.list.pane, "New")
		p.choose("Keywords")
		p.screen.Save()
		if p.stored().Number != 1 || len(p.said) != 1 || p.said[0] != "Reply 1, text: is empty" || !p.sees("Reply 1, text: is empty") {
			t.Errorf("revision %d, said %q", p.stored().Number, p.said)
		}
		p.screen.Undo()
		p.press(p.screen.list.pane, "New")
		p.choose("Keywords")
		if p.sees("is empty") {
			t.Error("the next one is blamed")
		}
	})
	t.Run("a word that was typed and not confirmed is saved, too", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("delivery")
		p.screen.editor.focus()
		p.typing("entrega")
		p.screen.change("", func(r *autoreply.Rule) { r.Name = "Entregas" })
		p.screen.Save()
		if got := p.stored().File.Rules[2].Keywords; len(got) != 3 || got[2] != "entrega" {
			t.Errorf("stored words %q", got)
		}
	})
}

func TestLimits(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*autoreply.Rule)
		says   string
	}{
		{"257 characters", func(r *autoreply.Rule) { r.Replies[0].Text = strings.Repeat("x", 257) }, "1 character too long: 256 are allowed"},
		{"a name that makes a text too long", func(r *autoreply.Rule) { r.Replies[0].Text = strings.Repeat("x", 240) + "{name}" }, "4 characters too long once names and numbers are filled in: 256 are allowed"},
		{"a button of 21 characters", func(r *autoreply.Rule) { r.Replies[0].Buttons[0].Title = strings.Repeat("b", 21) }, "1 character too long: 20 are allowed"},
		{"a low-stock text that is too long", func(r *autoreply.Rule) { r.Stock.Text = strings.Repeat("x", 258) }, "2 characters too long: 256 are allowed"},
	} {
		t.Run(c.name+" cannot be saved, stays as it is, and is explained", func(t *testing.T) {
			p := sit(t, boots(), 1208, nil)
			p.pick("returns")
			p.screen.change("", c.change)
			before := p.screen.editing.File()
			p.screen.Save()
			if p.stored().Number != 1 || !same(before, p.screen.editing.File()) {
				t.Error("it was saved, or changed")
			}
			if !strings.Contains(strings.ReplaceAll(p.texts(), "\n", " "), c.says) {
				t.Errorf("it does not say %q but %q", c.says, p.texts())
			}
			if len(p.said) != 1 {
				t.Errorf("Save says %q", p.said)
			}
		})
	}
	t.Run("a fourth button cannot be added, and the reason stands there", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("returns")
		p.press(p.screen.editor.pane, "Add a button")
		if _, r, _ := p.screen.editing.Rule(); len(r.Replies[0].Buttons) != 3 {
			t.Errorf("there are %d buttons", len(r.Replies[0].Buttons))
		}
		if !p.sees("WhatsApp allows 3 buttons. Take one out to add another.") {
			t.Error("nothing says why")
		}
	})
	t.Run("a link stands alone", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("delivery")
		p.press(p.screen.editor.pane, "Add a button")
		p.press(p.screen.editor.pane, "Hand over")
		p.choose("Open a link")
		p.press(p.screen.editor.pane, "Add a button")
		if _, r, _ := p.screen.editing.Rule(); len(r.Replies[0].Buttons) != 1 {
			t.Errorf("buttons %+v", r.Replies[0].Buttons)
		}
		p.pick("returns")
		p.press(p.screen.editor.pane, "Hand over")
		for _, item := range p.menu {
			if item.Text == "Open a link" && (item.Do != nil || item.Reason == "") {
				t.Errorf("a link can stand beside others: %+v", item)
			}
		}
	})
	t.Run("the 51st word, a word twice and one without a letter are not taken", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("returns")
		p.screen.editor.focus()
		p.typing("refund,")
		if !p.sees("Already here: refund") {
			t.Error("nothing is said of the one that is there")
		}
		p.typing("!!,")
		if !p.sees("No letter and no digit") {
			t.Error("nothing is said of the one without a letter")
		}
		var many []string
		for i := range 40 {
			many = append(many, "word"+strings.Repeat("x", i+1))
		}
		p.typing(strings.Join(many, ";") + ";")
		if _, r, _ := p.screen.editing.Rule(); len(r.Keywords) != autoreply.MaxKeywords {
			t.Errorf("there are %d words", len(r.Keywords))
		}
		if !p.sees("A rule has at most 50 words") {
			t.Error("nothing is said of the limit")
		}
	})
}

// sayField is the field of the reply that is shown.
func (s *Screen) sayField() *kit.Field {
	for _, b := range s.editor.blocks {
		if say, ok := b.(*sayBlock); ok {
			return say.text
		}
	}
	return nil
}

func TestSwitch(t *testing.T) {
	t.Run("a switch is in force at once, and what is not saved stays so", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("returns")
		p.screen.change("", func(r *autoreply.Rule) { r.Name = "Money back" })
		p.screen.switched(p.screen.editing.KeyOf("warranty"), true)
		stored := p.stored().File.Rules
		if !stored[3].Enabled || stored[1].Name != "Returns" || !p.screen.Dirty() {
			t.Errorf("the switch is %v, the name %q, dirty %v", stored[3].Enabled, stored[1].Name, p.screen.Dirty())
		}
		if len(p.said) != 1 || p.said[0] != "“Warranty” is on" {
			t.Errorf("it says %q", p.said)
		}
	})
}

func TestConflict(t *testing.T) {
	meanwhile := func(p *person) {
		theirs := boots()
		theirs.Rules[1].Name = "Theirs"
		p.desk.PutRules(theirs)
		p.screen.Heard(live.Batch{Events: []desk.Event{{Kind: desk.EventRules}}})
	}
	t.Run("rules of somebody else are shown at once where nothing is changed here", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		meanwhile(p)
		if !p.sees("Theirs") || p.sees("Load theirs") {
			t.Error(p.texts())
		}
	})
	t.Run("with changes here the person chooses, and nothing is saved before", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("returns")
		p.screen.change("", func(r *autoreply.Rule) { r.Name = "Mine" })
		meanwhile(p)
		p.screen.Save()
		if p.stored().File.Rules[1].Name != "Theirs" {
			t.Fatal("theirs is overwritten")
		}
		p.press(p.screen.editor.pane, "Keep mine as copies")
		if names := strings.Join(ruleNames(p.screen), " "); names != "Welcome Theirs Delivery time Warranty Lunch hour Mine (copy) Closed now" {
			t.Error(names)
		}
		p.screen.Save()
		if p.stored().Number != 3 || p.screen.Dirty() {
			t.Error("the copies cannot be saved")
		}
	})
	t.Run("a save that meets another one asks as well", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("returns")
		p.screen.change("", func(r *autoreply.Rule) { r.Name = "Mine" })
		p.desk.PutRules(boots()) // nothing was heard of it
		p.screen.Save()
		if p.stored().Number != 2 || !p.sees("Load theirs") {
			t.Fatalf("revision %d, shown %q", p.stored().Number, p.texts())
		}
		p.press(p.screen.editor.pane, "Load theirs")
		if p.screen.Dirty() {
			t.Error("mine is still there")
		}
	})
}

func ruleNames(s *Screen) (list []string) {
	_, all := s.editing.Rules()
	for _, r := range all {
		list = append(list, r.Name)
	}
	return list
}

func TestLeave(t *testing.T) {
	dirty := func(t *testing.T) *person {
		p := sit(t, boots(), 1208, nil)
		p.pick("returns")
		p.screen.change("", func(r *autoreply.Rule) { r.Name = "Mine" })
		return p
	}
	t.Run("without changes nothing is asked", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		left := false
		p.screen.Leave(func() { left = true })
		if !left || p.asked != nil {
			t.Error("it asks")
		}
	})
	for _, c := range []struct {
		answer string
		left   bool
		stored string
	}{{"Save", true, "Mine"}, {"Discard", true, "Returns"}, {"Stay", false, "Returns"}} {
		t.Run(c.answer+" does what it says", func(t *testing.T) {
			p := dirty(t)
			left := false
			p.screen.Leave(func() { left = true })
			p.press(p.asked, c.answer)
			if left != c.left || p.stored().File.Rules[1].Name != c.stored || p.asked != nil {
				t.Errorf("left %v, stored %q", left, p.stored().File.Rules[1].Name)
			}
			if !c.left && !p.screen.Dirty() {
				t.Error("the changes are gone")
			}
		})
	}
	t.Run("with a fault Save stays, and says why", func(t *testing.T) {
		p := dirty(t)
		p.screen.change("", func(r *autoreply.Rule) { r.Replies[0].Text = "" })
		left := false
		p.screen.Leave(func() { left = true })
		p.press(p.asked, "Save")
		if left || len(p.said) != 1 || !strings.Contains(p.said[0], "Reply 1, text: is empty") {
			t.Errorf("left %v, said %q", left, p.said)
		}
	})
	t.Run("the widgets made anew go on with what is not saved", func(t *testing.T) {
		p := dirty(t)
		editing := p.screen.Editing()
		p.open(locale.Russian, 1208, func(d *Deps) { d.Editing = editing })
		if !p.screen.Dirty() || !p.sees("Mine") || !p.sees("Не сохранено") {
			t.Error(p.texts())
		}
	})
}

func TestReadingOnly(t *testing.T) {
	t.Run("an operator sees all of a rule, and why nothing can be changed", func(t *testing.T) {
		p := sit(t, boots(), 1208, as(staff.Operator))
		p.pick("returns")
		for _, text := range []string{"возврат, вернуть", "Yes, within 14 days.", "[Вернуть деньги] Reply Delivery time", "Only editors and administrators change rules"} {
			if !strings.Contains(strings.ReplaceAll(p.texts(), "\n", " "), text) {
				t.Errorf("%q is not shown in %q", text, p.texts())
			}
		}
		p.screen.switched(p.screen.editing.KeyOf("warranty"), true)
		p.screen.change("", func(r *autoreply.Rule) { r.Name = "x" })
		p.screen.Save()
		if p.screen.Dirty() || p.screen.Undo() {
			t.Error("something can be changed")
		}
	})
}
