package inbox

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/core/chat"
	"shopbell/core/desk/desktest"
)

func TestVariablesOfTemplates(t *testing.T) {
	ready := chat.Template{
		Name: "ready", Language: "en", Category: "UTILITY", Status: chat.TemplateApproved,
		Body: "Order {{2}} for {{1}} is packed.",
	}
	choose := func(t *testing.T, s *stage) *kit.Picker {
		t.Helper()
		s.ChooseTemplate()
		view, ok := s.floating.(*kit.Picker)
		if !ok {
			t.Fatal("no picker")
		}
		view.OnChoose(0)
		return view
	}
	open := func(t *testing.T) (*stage, *kit.Picker) {
		s := newStage(t)
		s.desk.SetTemplates(ready)
		s.loop.Advance(25 * time.Hour)
		s.Open(desktest.Marina)
		return s, choose(t, s)
	}
	typed := func(v *kit.Picker) (texts []string) {
		for _, f := range v.Fields() {
			texts = append(texts, f.Text())
		}
		return texts
	}
	t.Run("they go by their numbers, wherever they stand in the text", func(t *testing.T) {
		f := filling{Template: ready, blanks: blanksOf(ready)}
		f.blanks[0].value, f.blanks[1].value = "4711", "Marina"
		if got := f.ref().Body; !slices.Equal(got, []string{"Marina", "4711"}) {
			t.Errorf("sends %q", got)
		}
	})
	t.Run("what was typed is there again when the box was closed by mistake, until it is sent", func(t *testing.T) {
		s, view := open(t)
		test.Type(view.Fields()[0].Target(), "4711")
		view.OnCancel()
		view = choose(t, s)
		if got := typed(view); !slices.Equal(got, []string{"4711", ""}) {
			t.Fatalf("stand there: %q", got)
		}
		test.Type(view.Fields()[1].Target(), "Marina")
		view.Send()
		if got := s.lastBubble(t).Text; got != "Order 4711 for Marina is packed." {
			t.Errorf("sent %q", got)
		}
		if got := typed(choose(t, s)); !slices.Equal(got, []string{"", ""}) {
			t.Errorf("after it was sent, there stand %q", got)
		}
	})
	t.Run("another chat begins with empty ones", func(t *testing.T) {
		s, view := open(t)
		test.Type(view.Fields()[0].Target(), "4711")
		view.OnCancel()
		s.Open(2)
		if got := typed(choose(t, s)); !slices.Equal(got, []string{"", ""}) {
			t.Errorf("stand there: %q", got)
		}
	})
}
