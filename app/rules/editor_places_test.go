package rules

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/core/autoreply"
)

func TestPlacesToFillIn(t *testing.T) {
	open := func(t *testing.T) *person {
		file := boots()
		file.Rules[2].Enabled = false
		file.Rules[2].Replies = []autoreply.Variant{{Text: "Две дороги: [? 2–5 дней] or [? 9 days]."}, {Text: "It takes [? a week]."}}
		file.Rules[2].OrderText = "Pay by [? card]."
		p := sit(t, file, 1208, nil)
		p.pick("delivery")
		return p
	}
	say := func(p *person) *kit.Field { return p.screen.sayField() }
	// marked is what is typed over next.
	marked := func(p *person) string {
		return p.window.Canvas().Focused().(interface{ SelectedText() string }).SelectedText()
	}
	t.Run("are counted, and one leads to the next", func(t *testing.T) {
		p := open(t)
		if said := strings.ReplaceAll(p.texts(), "\n", " "); !strings.Contains(said, "4 places in “[?\u00a0…]” are left to fill in") {
			t.Errorf("the editor says:\n%s", said)
		}
		var got []string
		for range 4 {
			p.press(p.screen.editor.pane, "Go to the next")
			got = append(got, marked(p))
		}
		if want := "[? 2–5 дней], [? 9 days], [? a week], [? card]"; strings.Join(got, ", ") != want {
			t.Errorf("it went to %q", got)
		}
	})
	t.Run("are led to one after the other in the other texts, too, and then anew", func(t *testing.T) {
		file := boots()
		file.Rules[2].Enabled = false
		file.Rules[2].Replies = []autoreply.Variant{{Text: "In [? 2 days]."}}
		file.Rules[2].Stock = &autoreply.Stock{SKU: "B-1", Below: 10, Text: "Only [? a few] of [? colours]."}
		file.Rules[2].OrderText = "Pay by [? card] within [? a day]."
		p := sit(t, file, 1208, nil)
		p.pick("delivery")
		var got []string
		for range 6 {
			p.press(p.screen.editor.pane, "Go to the next")
			got = append(got, marked(p))
		}
		if want := "[? 2 days], [? a few], [? colours], [? card], [? a day], [? 2 days]"; strings.Join(got, ", ") != want {
			t.Errorf("it went to %q", got)
		}
	})
	t.Run("lead on from where a person went since", func(t *testing.T) {
		p := open(t)
		for range 4 {
			p.press(p.screen.editor.pane, "Go to the next")
		}
		p.screen.editing.ShowVariant(0)
		p.window.Canvas().Focus(say(p).Target())
		say(p).Select(kit.Stretch{From: 12, To: 13})
		p.press(p.screen.editor.pane, "Go to the next")
		if got := marked(p); got != "[? 9 days]" {
			t.Errorf("it went to %q", got)
		}
	})
	t.Run("lead nowhere once the last is filled in", func(t *testing.T) {
		p := open(t)
		button := kittest.Tappable(p.screen.editor.pane, "Go to the next")[0]
		key, _, _ := p.screen.editing.Rule()
		p.screen.editing.Change(key, "", func(r *autoreply.Rule) {
			r.Replies, r.OrderText = []autoreply.Variant{{Text: "In 2 days."}}, ""
		})
		button.Tapped(nil)
		if got := say(p).Text(); got != "In 2 days." {
			t.Errorf("the text is %q", got)
		}
	})
	t.Run("are replaced by what is typed there, and then no more counted", func(t *testing.T) {
		p := open(t)
		p.press(p.screen.editor.pane, "Go to the next")
		p.typing("3 дня")
		if _, r, _ := p.screen.editing.Rule(); r.Replies[0].Text != "Две дороги: 3 дня or [? 9 days]." {
			t.Errorf("the text is %q", r.Replies[0].Text)
		}
		p.press(p.screen.editor.pane, "Go to the next")
		if got := marked(p); got != "[? 9 days]" || !p.sees("3 places") {
			t.Errorf("it went to %q", got)
		}
	})
	t.Run("are marked whole by a click into one, and not by one beside it", func(t *testing.T) {
		p := open(t)
		click := func(at int) {
			target := say(p).Target().(desktop.Mouseable)
			p.window.Canvas().Focus(say(p).Target())
			for p.key(fyne.KeyHome); say(p).Caret() < at; p.key(fyne.KeyRight) {
			}
			target.MouseUp(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary}) // the press has put the caret there
		}
		click(15)
		if got := marked(p); got != "[? 2–5 дней]" {
			t.Errorf("inside it marked %q", got)
		}
		p.key(fyne.KeyRight)
		click(12)
		if got := marked(p); got != "" {
			t.Errorf("before it, it marked %q", got)
		}
	})
	t.Run("are not told of where there are none", func(t *testing.T) {
		p := sit(t, boots(), 1208, nil)
		p.pick("delivery")
		if len(kittest.Tappable(p.screen.editor.pane, "Go to the next")) != 0 {
			t.Error("they are told of")
		}
	})
}
