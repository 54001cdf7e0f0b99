package rules

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/core/autoreply"
)

// buttons are the titles under the reply that is shown.
func (p *person) buttons() string {
	_, r, _ := p.screen.editing.Rule()
	var titles []string
	for _, b := range p.screen.editor.variant(r).Buttons {
		titles = append(titles, b.Title)
	}
	return strings.Join(titles, ", ")
}

func TestButtons(t *testing.T) {
	block := func(p *person) *buttonsBlock {
		for _, b := range p.screen.editor.blocks {
			if buttons, ok := b.(*buttonsBlock); ok {
				return buttons
			}
		}
		return nil
	}
	t.Run("a button that is pulled over two others goes on, and does not swing back", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("returns")
		grip := block(p).rows[0].grip
		for range 2 {
			grip.Dragged(&fyne.DragEvent{Dragged: fyne.Delta{DY: buttonHigh + 1}})
		}
		grip.DragEnd()
		if got := p.buttons(); got != "Вернуть деньги, Позвать человека, Другой размер" {
			t.Error(got)
		}
	})
	t.Run("the keyboard goes with the button that it moves", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("returns")
		p.window.Canvas().Focus(block(p).rows[0].grip)
		p.key(fyne.KeyDown)
		p.key(fyne.KeyDown)
		if got := p.buttons(); got != "Вернуть деньги, Позвать человека, Другой размер" {
			t.Error(got)
		}
	})
	t.Run("a button whose rule is off says what the customer gets, in the editor and in the list, and can be saved", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("welcome")
		if block(p).rows[0].led.Visible() {
			t.Fatal("it warns of a rule that is on")
		}
		p.screen.editing.Change(p.screen.editing.KeyOf("delivery"), "", func(r *autoreply.Rule) { r.Enabled = false })
		const want = "“Delivery time” is switched off: whoever presses this gets no answer and waits for a person"
		if got := block(p).rows[0].lost.Text(); got != want {
			t.Errorf("by the button it says %q", got)
		}
		if got := p.screen.list.rows.Rows()[0].Warn; got != "Button “Delivery”: "+want {
			t.Errorf("in the list it says %q", got)
		}
		p.screen.Save()
		if p.stored().File.Rules[2].Enabled {
			t.Errorf("it is not saved: %q", p.said)
		}
		p.press(p.screen.editor.pane, "Show the rule")
		if _, r, _ := p.screen.editing.Rule(); r.ID != "delivery" {
			t.Errorf("%q is open", r.ID)
		}
	})
	t.Run("a button whose rule is gone says so", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("welcome")
		p.screen.editing.Remove(p.screen.editing.KeyOf("delivery"))
		row := block(p).rows[0]
		if !strings.Contains(row.lost.Text(), "is gone") || row.show.Visible() {
			t.Errorf("it says %q", row.lost.Text())
		}
		if warn := p.screen.list.rows.Rows()[0].Warn; warn == "" {
			t.Error("the list says nothing")
		}
	})
	t.Run("of a rule that is off itself the list says nothing: nobody sees its buttons", func(t *testing.T) {
		file := boots()
		file.Rules[0].Enabled, file.Rules[2].Enabled = false, false
		p := sit(t, file, 1208, nil)
		if warn := p.screen.list.rows.Rows()[0].Warn; warn != "" {
			t.Errorf("it says %q", warn)
		}
	})
	t.Run("another action needs another thing, and the title stays", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("returns")
		p.press(p.screen.editor.pane, "Check stock")
		p.choose("Reply")
		p.press(p.screen.editor.pane, "Choose a rule")
		p.choose("Warranty")
		_, r, _ := p.screen.editing.Rule()
		if got := r.Replies[0].Buttons[0]; got != (autoreply.Button{Title: "Другой размер", Action: autoreply.ActionRule, Rule: "warranty"}) {
			t.Errorf("the button is %+v", got)
		}
	})
}

func TestVariants(t *testing.T) {
	t.Run("the place behind the last variant begins one when it is written in", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("delivery")
		p.screen.editing.ShowVariant(1)
		if !p.sees("Type here to add another variant") {
			t.Error("nothing says what the place is for")
		}
		p.into(p.screen.sayField())
		p.typing("Soon.")
		if _, r, _ := p.screen.editing.Rule(); len(r.Replies) != 2 || r.Replies[1].Text != "Soon." {
			t.Errorf("replies %+v", r.Replies)
		}
	})
	t.Run("variants change places and are taken out", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("returns")
		for _, b := range p.screen.editor.blocks {
			if say, ok := b.(*sayBlock); ok {
				p.menu = say.variantMenu()
			}
		}
		p.choose("Move later")
		if _, r, _ := p.screen.editing.Rule(); r.Replies[0].Text != "Yes, within 14 days." || p.screen.editing.Variant() != 1 {
			t.Errorf("replies %+v, shown is %d", r.Replies, p.screen.editing.Variant())
		}
	})
	t.Run("a place to fill in is put where the caret is", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("delivery")
		p.into(p.screen.sayField())
		p.typing("Hello ")
		p.press(p.screen.editor.pane, "Insert")
		p.choose("The customer’s first name")
		if _, r, _ := p.screen.editing.Rule(); r.Replies[0].Text != "Hello {name}" {
			t.Errorf("the text is %q", r.Replies[0].Text)
		}
	})
}

func TestHistory(t *testing.T) {
	t.Run("an earlier state is edited, and in force once it is saved", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("warranty")
		p.screen.editing.Remove(p.screen.open())
		p.screen.Save()
		p.pick("returns")
		p.screen.editor.history()
		if len(p.menu) != 2 {
			t.Fatalf("states %+v", p.menu)
		}
		p.menu[1].Do()
		if len(p.rows()) != 6 || len(p.stored().File.Rules) != 5 {
			t.Fatalf("rows %q, stored %d", p.rows(), len(p.stored().File.Rules))
		}
		p.screen.Save()
		if len(p.stored().File.Rules) != 6 {
			t.Error("it is not in force")
		}
	})
}

func TestLengthOfAReply(t *testing.T) {
	for id, want := range map[string]string{
		"returns": "Good: 150–200. The phone’s notification shows the first 150, so what matters comes first.",
		"welcome": "Good: 80–120. The phone’s notification shows the first 150.",
	} {
		t.Run("says of "+id+" what is good, and what of it is seen first", func(t *testing.T) {
			p := sit(t, boots(), 1208, nil)
			p.pick(id)
			if said := strings.ReplaceAll(p.texts(), "\n", " "); !strings.Contains(said, want) {
				t.Errorf("the editor says:\n%s", said)
			}
		})
	}
}
