package rules

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
)

func TestPreview(t *testing.T) {
	open := func(t *testing.T) *trying { return try(t, locale.English, look.Light) }
	onPhone := func(x *trying) string {
		return strings.Join(kittest.Texts(kittest.Of[*kit.Phone](x.preview.pane)[0]), " ")
	}
	t.Run("the phone shows the reply that is edited, filled in, while it is typed", func(t *testing.T) {
		x := open(t)
		if got := onPhone(x); !strings.Contains(got, "Here is Marola Shoes, Maria: 14 days.") || !strings.Contains(got, "возврат") {
			t.Errorf("it shows %q", got)
		}
		x.editing.Change(x.editing.KeyOf("returns"), "text", func(r *autoreply.Rule) { r.Replies[0].Text = "Fifteen days." })
		if got := onPhone(x); !strings.Contains(got, "Fifteen days.") {
			t.Errorf("it shows %q", got)
		}
		x.editing.ShowVariant(1)
		if got := onPhone(x); !strings.Contains(got, "Second wording.") || strings.Contains(got, "Other size") {
			t.Errorf("it shows %q", got)
		}
	})
	t.Run("over the phone stands whose reply it shows", func(t *testing.T) {
		x := open(t)
		x.editing.ShowVariant(1)
		if got := x.preview.shows.Text(); got != "What “Returns” says, variant 2" {
			t.Errorf("it says %q", got)
		}
	})
	t.Run("the shop's own level is shown, and a change of it is followed", func(t *testing.T) {
		x := open(t)
		x.editing.Open(x.editing.KeyOf("boots"))
		x.stocks("BT-39", 31)
		if got := onPhone(x); !strings.Contains(got, "Plenty: 31.") {
			t.Errorf("it shows %q", got)
		}
		x.tap("Stock: as it is")
		if !slices.Contains(kittest.Texts(x.preview.pane), "as it is: 31") {
			t.Errorf("the field does not say it: %q", kittest.Texts(x.preview.pane))
		}
	})
	t.Run("a level is a sample until one is known", func(t *testing.T) {
		x := open(t)
		x.editing.Open(x.editing.KeyOf("boots"))
		if got := onPhone(x); !strings.Contains(got, "Plenty: 7.") {
			t.Errorf("it shows %q", got)
		}
		x.tap("Stock: as it is")
		x.typed(x.preview.trial.tags.level, "12")
		if got := onPhone(x); !strings.Contains(got, "Plenty: 12.") {
			t.Errorf("it shows %q", got)
		}
	})
	t.Run("the customer's message is the one that was tried, where the rule answers it", func(t *testing.T) {
		x := open(t)
		x.ask("возврат: малы")
		if got := onPhone(x); !strings.Contains(got, "возврат: малы") {
			t.Errorf("it shows %q", got)
		}
		x.editing.Open(x.editing.KeyOf("sizes"))
		x.clock.Advance(time.Second)
		if got := onPhone(x); strings.Contains(got, "малы") {
			t.Errorf("of a rule that does not answer it shows %q", got)
		}
	})
	t.Run("the lock screen shows the notification instead of the chat", func(t *testing.T) {
		x := open(t)
		tabs := kittest.Of[*kit.Segmented](x.preview.pane)[0]
		tabs.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		if got := onPhone(x); !strings.Contains(got, "now") || strings.Contains(got, "Other size") {
			t.Errorf("it shows %q", got)
		}
	})
	t.Run("a link cannot be pressed", func(t *testing.T) {
		x := open(t)
		x.editing.Open(x.editing.KeyOf("guide"))
		x.tap("Open it")
		if len(x.answers()) > 0 {
			t.Errorf("it tries %q", x.answers())
		}
	})
	t.Run("a reply that is not written yet shows the customer alone", func(t *testing.T) {
		x := open(t)
		x.editing.ShowVariant(4)
		if got := onPhone(x); strings.Contains(got, "14 days") || !strings.Contains(got, "возврат") {
			t.Errorf("it shows %q", got)
		}
	})
	t.Run("the card does not say again what the phone shows", func(t *testing.T) {
		x := open(t)
		x.ask("возврат")
		card := kittest.Of[*kit.Outcome](x.preview.pane)[0]
		if d := card.Data(); d.Text != "" {
			t.Errorf("it says %q", d.Text)
		}
		x.editing.ShowVariant(1)
		x.clock.Advance(time.Second)
		if d := card.Data(); d.Text != "Here is Marola Shoes, Maria: 14 days." || len(d.Buttons) != 3 {
			t.Errorf("it says %q with %q", d.Text, d.Buttons)
		}
	})
	t.Run("Ctrl+T gives the message the keyboard", func(t *testing.T) {
		x := open(t)
		x.TryIt()
		if x.focus != x.preview.trial.message.Target() {
			t.Error("it did not")
		}
	})
}
