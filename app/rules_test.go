package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/kit/kittest"
	"shopbell/app/locale"
	"shopbell/app/rules"
	"shopbell/core/autoreply"
)

// editing is a stage on which a rule is being written and is not saved.
func editing(t *testing.T) *stage {
	t.Helper()
	s := inSandbox(t)
	s.Press(fyne.Key3, ctrl)
	if s.rules == nil || !s.sees("Find a rule") {
		t.Fatal("the rules are not shown")
	}
	change(s.rules)
	return s
}

// change begins a rule that could be saved.
func change(s *rules.Screen) {
	s.Editing().Add(autoreply.Rule{
		Name: "Zebra", Trigger: autoreply.TriggerKeyword, Keywords: []string{"zebra"}, Replies: []autoreply.Variant{{Text: "In stock."}},
	})
}

// answer presses an answer of the question that holds the window.
func (s *stage) answer(t *testing.T, text string) {
	t.Helper()
	top := s.window.Canvas().Overlays().Top()
	if top == nil {
		t.Fatal("nothing is asked")
	}
	found := kittest.Tappable(top, text)
	if len(found) == 0 {
		t.Fatalf("%q is no answer to %q", text, kittest.Texts(top))
	}
	found[len(found)-1].Tapped(&fyne.PointEvent{})
}

func TestRulesOnTheRail(t *testing.T) {
	t.Run("what is not saved is asked about before another place is shown", func(t *testing.T) {
		s := editing(t)
		s.Press(fyne.Key1, ctrl)
		s.answer(t, "Stay")
		if s.at != railRules || !s.sees("Zebra") {
			t.Fatalf("the window is at %s", s.at)
		}
		s.Press(fyne.Key1, ctrl)
		s.answer(t, "Save")
		state, err := s.desk.Rules(t.Context(), s.shop.Who)
		if s.at != railInbox || err != nil || len(state.File.Rules) == 0 {
			t.Errorf("the window is at %s, stored is %+v, %v", s.at, state.File.Rules, err)
		}
	})
	t.Run("a customer's chat is opened, to answer in it, once it was asked about", func(t *testing.T) {
		s := editing(t)
		s.openChat(1)
		s.answer(t, "Discard")
		s.window.Canvas().Focused().TypedRune('!')
		if s.at != railInbox || s.OpenChat() != 1 || !s.sees("1 / 4096") {
			t.Errorf("the window is at %s, chat %d is open, shows %q", s.at, s.OpenChat(), kittest.Texts(s.window.Content()))
		}
	})
	t.Run("it is asked about before the window closes, and once", func(t *testing.T) {
		s := editing(t)
		s.closing()
		s.closing()
		if n := len(s.window.Canvas().Overlays().List()); n != 1 {
			t.Fatalf("%d questions are asked", n)
		}
		s.answer(t, "Stay")
		if s.scope.Closed() {
			t.Error("the window is closed")
		}
		s.closing()
		s.answer(t, "Discard")
		if !s.scope.Closed() {
			t.Error("the window stays")
		}
	})
	t.Run("another language goes on with what is not saved", func(t *testing.T) {
		s := editing(t)
		s.setLanguage(locale.Russian)
		if s.rules == nil || !s.rules.Dirty() || !s.sees("Не сохранено") {
			t.Error("it is gone")
		}
	})
	t.Run("who comes back finds the rule open that was", func(t *testing.T) {
		s := editing(t)
		s.Press(fyne.KeyS, ctrl)
		s.Press(fyne.Key1, ctrl)
		s.Press(fyne.Key3, ctrl)
		if _, r, ok := s.rules.Editing().Rule(); !ok || r.Name != "Zebra" || s.rules.Dirty() {
			t.Errorf("%q is open", r.Name)
		}
	})
	t.Run("Ctrl+Z takes a change back, and Ctrl+S saves", func(t *testing.T) {
		s := editing(t)
		s.Press(fyne.KeyZ, ctrl)
		if s.rules.Dirty() {
			t.Fatal("the change is still there")
		}
		change(s.rules)
		s.Press(fyne.KeyS, ctrl)
		if s.rules.Dirty() {
			t.Error("it is not saved")
		}
	})
}
