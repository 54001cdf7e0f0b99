package connection

import (
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/core/desk"
)

// again builds the screen anew with what was typed on s, as a change of language
// does.
func again(t *testing.T, s *stage) *stage {
	t.Helper()
	d := s.Deps
	d.Typed = s.Typed()
	s.Close()
	next := &stage{meta: s.meta, loop: s.loop}
	next.Screen = New(d, s.health)
	return next
}

func TestSandboxAsAWay(t *testing.T) {
	sandbox := func(s *stage) { s.arrival.sandbox.Tapped(nil) }
	t.Run("opens at once while nothing is typed", func(t *testing.T) {
		s := withKeys(t)
		sandbox(s)
		if diff := cmp.Diff([]string{"sandbox"}, s.to); diff != "" || len(s.answers) != 0 {
			t.Error(diff)
		}
	})
	t.Run("asks while something is typed, and opens with the first answer", func(t *testing.T) {
		for name, typing := range map[string]func(*stage){
			"a key":       func(s *stage) { put(s.keys.fields["token"], "EAA") },
			"a way":       func(s *stage) { test.Tap(s.arrival.options[desk.WayTunnel]) },
			"a phone":     func(s *stage) { put(s.trial.phone, "+351 912") },
			"an own way":  func(s *stage) { test.Tap(s.arrival.options[desk.WayForwarder]) },
			"the account": func(s *stage) { put(s.keys.fields["waba_id"], "98") },
		} {
			s := fresh(t)
			typing(s)
			sandbox(s)
			if len(s.to) != 0 || len(s.answers) != 2 || s.answers[1].Do != nil {
				t.Fatalf("after %s: led to %q, asks %+v", name, s.to, s.answers)
			}
			s.answers[0].Do()
			if diff := cmp.Diff([]string{"sandbox"}, s.to); diff != "" {
				t.Errorf("after %s: %s", name, diff)
			}
		}
	})
}

func TestTyped(t *testing.T) {
	t.Run("keys go on to a new screen, masked, and are checked there", func(t *testing.T) {
		s := fresh(t)
		s.fillKeys(goodToken)
		n := len(s.checked)
		s = again(t, s)
		if f := s.keys.fields["token"]; f.Text() != goodToken || !f.Masked() {
			t.Fatalf("the token has %d letters, masked %v", len(f.Text()), f.Masked())
		}
		s.loop.Advance(checkAfter)
		if len(s.checked) != n+1 || s.blocked() != "" {
			t.Errorf("checked %d times, blocked by %q", len(s.checked)-n, s.blocked())
		}
	})
	t.Run("stored keys leave nothing behind", func(t *testing.T) {
		s := fresh(t)
		s.fillKeys(goodToken)
		s.Continue()
		if typed := s.Typed(); typed.keys != nil {
			t.Error("the letters are still held")
		}
	})
	t.Run("a way that is being filled in stays chosen", func(t *testing.T) {
		s := withKeys(t)
		test.Tap(s.arrival.options[desk.WayTunnel])
		put(s.arrival.key, "ngrok key")
		put(s.arrival.domain, "marola.ngrok-free.app")
		s = again(t, s)
		if s.arrival.key.Text() != "ngrok key" || s.arrival.domain.Text() != "marola.ngrok-free.app" || !s.arrival.tunnel.Visible() || s.current != stepArrival {
			t.Errorf("domain %q, tunnel shown %v, step %d", s.arrival.domain.Text(), s.arrival.tunnel.Visible(), s.current)
		}
	})
	t.Run("a test message is followed further", func(t *testing.T) {
		s := withKeys(t)
		s.Go(stepTrial)
		put(s.trial.phone, "+351 912 000 777")
		s.Continue()
		s = again(t, s)
		if s.trial.phone.Text() != "+351 912 000 777" || s.trial.status.Text() != "On its way" {
			t.Errorf("phone %q, says %q", s.trial.phone.Text(), s.trial.status.Text())
		}
	})
}

// A person types on while Meta is asked.
func TestLateAnswers(t *testing.T) {
	t.Run("an answer to what was typed before accepts nothing", func(t *testing.T) {
		s := fresh(t)
		s.fillKeys(goodToken)
		s.meta.during = func() { put(s.keys.fields["token"], "EAAother") }
		s.keys.look()
		if finding, _ := s.keys.fields["token"].Status(); s.blocked() == "" || finding == kit.FindingGood {
			t.Errorf("blocked by %q, finding %d", s.blocked(), finding)
		}
	})
	t.Run("a key that was typed while others were stored is kept", func(t *testing.T) {
		s := fresh(t)
		s.fillKeys(goodToken)
		s.meta.during = func() { put(s.keys.fields["token"], "EAAother") }
		s.Continue()
		if got := s.keys.fields["token"].Text(); got != "EAAother" || s.keys.fields["app_secret"].Text() != "" {
			t.Errorf("the token's field holds %q", got)
		}
		if s.keys.usable || s.current != stepKeys {
			t.Errorf("usable %v at step %d", s.keys.usable, s.current)
		}
	})
	t.Run("a way of which the desk cannot tell is waited for no longer", func(t *testing.T) {
		s := withKeys(t)
		test.Tap(s.arrival.options[desk.WayTunnel])
		put(s.arrival.key, "good")
		s.Continue()
		s.fail = &desk.Error{Code: desk.Unavailable}
		s.Heard(live.Batch{Reload: true})
		if s.next.IsBusy() || len(s.said) != 1 {
			t.Errorf("still busy: %v, said %q", s.next.IsBusy(), s.said)
		}
	})
	t.Run("a refused tunnel key is said under the key", func(t *testing.T) {
		s := withKeys(t)
		test.Tap(s.arrival.options[desk.WayTunnel])
		put(s.arrival.key, "good")
		s.fail = &desk.Error{Code: desk.Invalid, Field: "tunnel_key"}
		s.Continue()
		if finding, _ := s.arrival.key.Status(); finding != kit.FindingBad {
			t.Errorf("finding %d", finding)
		}
		if finding, _ := s.arrival.domain.Status(); finding == kit.FindingBad {
			t.Error("the domain is blamed")
		}
	})
}
