package connection

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
)

func TestKeys(t *testing.T) {
	t.Run("are checked 400 ms after the last key, once", func(t *testing.T) {
		s := fresh(t)
		put(s.keys.fields["token"], "EAA")
		s.loop.Advance(checkAfter - time.Millisecond)
		put(s.keys.fields["token"], "EAAx")
		s.loop.Advance(checkAfter - time.Millisecond)
		if len(s.checked) != 0 {
			t.Fatal("checked while they were being typed")
		}
		s.loop.Advance(time.Millisecond)
		if len(s.checked) != 1 || s.checked[0].Token != "EAAx" {
			t.Errorf("checked %d times", len(s.checked))
		}
	})
	t.Run("a refused one is said under its field, and nothing can be saved", func(t *testing.T) {
		s := fresh(t)
		s.fillKeys("EAAwrong")
		finding, line := s.keys.fields["token"].Status()
		if finding != kit.FindingBad || line != "WhatsApp does not take it. Copy it again, whole." {
			t.Errorf("finding %d, %q", finding, line)
		}
		s.Continue()
		if len(s.saved) != 0 || s.blocked() != "Fix the marked value first" {
			t.Errorf("saved %d times, blocked by %q", len(s.saved), s.blocked())
		}
	})
	t.Run("corrected ones are accepted, stored, and forgotten by the screen", func(t *testing.T) {
		s := fresh(t)
		s.fillKeys("EAAwrong")
		put(s.keys.fields["token"], goodToken)
		s.loop.Advance(checkAfter)
		if _, line := s.keys.fields["phone_number_id"].Status(); line != "Found: Marola Shoes, +351 912 000 118" {
			t.Errorf("of the number: %q", line)
		}
		s.Continue()
		if len(s.saved) != 1 || s.saved[0].Token.Reveal() != goodToken {
			t.Fatalf("saved %d times", len(s.saved))
		}
		if token, secret := s.keys.fields["token"], s.keys.fields["app_secret"]; token.Text() != "" || secret.Text() != "" || !token.Masked() {
			t.Error("the screen still holds the letters")
		}
		if s.current != stepArrival {
			t.Errorf("at step %d", s.current)
		}
	})
	t.Run("what will not work for long can be saved and is said", func(t *testing.T) {
		s := fresh(t)
		s.fillKeys("EAAbrief")
		if finding, line := s.keys.fields["token"].Status(); finding != kit.FindingWarn || !strings.Contains(line, "tomorrow") || s.blocked() != "" {
			t.Errorf("finding %d, %q, blocked by %q", finding, line, s.blocked())
		}
	})
	t.Run("when Meta cannot be reached it is said, and asked again by a button or at the next key", func(t *testing.T) {
		for _, again := range []func(*stage){
			func(s *stage) { test.Tap(s.keys.again) },
			func(s *stage) { s.fillKeys(goodToken) },
		} {
			s := fresh(t)
			s.fail = &desk.Error{Code: desk.Unavailable}
			s.fillKeys(goodToken)
			if s.keys.trouble.Text() != "Meta cannot be reached. Check the internet connection." || !s.keys.unasked.Visible() || s.blocked() != "Meta could not be asked yet" {
				t.Errorf("said %q, blocked by %q", s.keys.trouble.Text(), s.blocked())
			}
			again(s)
			if s.keys.unasked.Visible() || s.blocked() != "" {
				t.Errorf("still says %q, blocked by %q", s.keys.trouble.Text(), s.blocked())
			}
		}
	})
	t.Run("a phone and words in place of ids are said while Meta is asked, and when it cannot be reached", func(t *testing.T) {
		s := fresh(t)
		spoil := func() {
			put(s.keys.fields["phone_number_id"], "+351 912 345 678")
			put(s.keys.fields["waba_id"], "my shop")
			put(s.keys.fields["token"], goodToken)
			s.loop.Advance(checkAfter)
		}
		told := func(when string) {
			t.Helper()
			for field, label := range map[string]string{"phone_number_id": "Phone number ID", "waba_id": "WhatsApp Business Account ID"} {
				if finding, line := s.keys.fields[field].Status(); finding != kit.FindingBad || !strings.Contains(line, "Copy what stands at “"+label+"”") {
					t.Errorf("%s, %s: finding %d, %q", when, field, finding, line)
				}
			}
		}
		asked := false
		s.meta.during = func() {
			asked = true
			told("while Meta is asked")
			if finding, _ := s.keys.fields["token"].Status(); finding != kit.FindingBusy {
				t.Errorf("the token's finding is %d", finding)
			}
		}
		spoil()
		if !asked {
			t.Fatal("Meta was not asked about the token")
		}
		s.fail = &desk.Error{Code: desk.Unavailable}
		spoil()
		told("without Meta")
		if !s.keys.unasked.Visible() || s.blocked() != "Fix the 2 marked values first" {
			t.Errorf("blocked by %q", s.blocked())
		}
	})
	t.Run("keep the line below them while they are filled, so that no row moves", func(t *testing.T) {
		s := fresh(t)
		before := s.keys.fields["token"].MinSize()
		s.fail = &desk.Error{Code: desk.Unavailable}
		s.fillKeys(goodToken)
		if _, line := s.keys.fields["token"].Status(); line == "" || s.keys.fields["token"].MinSize() != before {
			t.Errorf("says %q at %v, before %v", line, s.keys.fields["token"].MinSize(), before)
		}
	})
	t.Run("stored ones are looked at when the screen opens, and say where they are", func(t *testing.T) {
		s := withKeys(t)
		if len(s.checked) != 1 || s.checked[0].Token != "" {
			t.Fatalf("checked %d times", len(s.checked))
		}
		if finding, _ := s.stepState(stepKeys); finding != kit.FindingGood {
			t.Errorf("the step stands at %d", finding)
		}
	})
	t.Run("are removed only after a second word", func(t *testing.T) {
		s := withKeys(t)
		test.Tap(s.keys.remove)
		if !s.connectedKeys() || !s.keys.sure.Visible() {
			t.Fatal("one tap removed them")
		}
		s.keys.forget()
		if s.connectedKeys() || s.keys.remove.Visible() {
			t.Error("they are still there")
		}
	})
	t.Run("of a desk that was given them cannot be changed here", func(t *testing.T) {
		m := &meta{connected: desk.Connected{PhoneNumberID: "1", HasToken: true, HasAppSecret: true, Store: desk.StoreGiven}}
		s := newStage(t, m, desk.Health{State: desk.ConnectionOK}, owner, locale.English, 1208)
		if s.blocked() != "Given when Shopbell was started, not kept" || len(m.checked) != 0 {
			t.Errorf("blocked by %q, checked %d times", s.blocked(), len(m.checked))
		}
	})
	t.Run("are no business of an operator", func(t *testing.T) {
		s := newStage(t, &meta{}, desk.Health{State: desk.ConnectionNone}, desk.Actor{Agent: 2, Role: staff.Operator}, locale.English, 1208)
		s.Continue()
		if s.blocked() == "" || len(s.saved) != 0 {
			t.Error("an operator may save keys")
		}
	})
}

func (s *stage) connectedKeys() bool { return s.meta.connected.HasToken }

func TestArrival(t *testing.T) {
	t.Run("a tunnel is opened, checked from outside, and leads to the test message", func(t *testing.T) {
		s := withKeys(t)
		s.Go(stepArrival)
		test.Tap(s.arrival.options[desk.WayTunnel])
		if !s.arrival.tunnel.Visible() || s.arrival.forwarder.Visible() || s.focus != s.arrival.key.Target() {
			t.Fatal("the tunnel's fields are not shown")
		}
		if s.blocked() == "" {
			t.Error("without a key it can be checked")
		}
		put(s.arrival.key, "good")
		put(s.arrival.domain, "marola.ngrok-free.app")
		s.Continue()
		if !s.next.IsBusy() {
			t.Error("does not wait until the tunnel is open")
		}
		s.opens()
		if s.tunnelKey != "good" || s.meta.connected.Arrival.Domain != "marola.ngrok-free.app" || s.arrival.key.Text() != "" {
			t.Errorf("stored %+v, the key's field holds %q", s.meta.connected.Arrival, s.arrival.key.Text())
		}
		if finding, _ := s.stepState(stepArrival); finding != kit.FindingGood || s.current != stepTrial {
			t.Errorf("the step stands at %d, the person at %d", finding, s.current)
		}
	})
	t.Run("a refused tunnel says why and stays the step to do", func(t *testing.T) {
		s := withKeys(t)
		s.Go(stepArrival)
		test.Tap(s.arrival.options[desk.WayTunnel])
		put(s.arrival.key, "bad")
		s.Continue()
		s.opens()
		if got := s.arrival.checks.lines[0].Text(); got != "ngrok does not take the key. Copy it again from ngrok, Your Authtoken." || s.current != stepArrival {
			t.Errorf("says %q at step %d", got, s.current)
		}
	})
	t.Run("a way that only Meta gets through is well, and it is said", func(t *testing.T) {
		s := withKeys(t)
		s.meta.connected.Arrival = desk.Arrival{Way: desk.WayForwarder, URL: "https://shop.example"}
		s.meta.connected.Report = desk.ArrivalReport{State: desk.ArrivalChecked, Public: "https://shop.example/webhook",
			Checks: []desk.Check{{Field: "address", State: desk.CheckWarn, Code: desk.CheckReachedByMeta}}}
		s.Heard(live.Batch{Events: []desk.Event{{Kind: desk.EventHealth}}})
		line, state := s.arrival.checks.lines[0], s.arrival.state
		if line.Finding() != kit.FindingWarn || !strings.HasPrefix(line.Text(), "Meta reaches it, this computer does not.") || state.Text() != "Meta has reached it and sends here" {
			t.Errorf("says %q and %q", state.Text(), line.Text())
		}
	})
	t.Run("an own forwarder is told where to forward to, and a bad address is refused", func(t *testing.T) {
		s := withKeys(t)
		test.Tap(s.arrival.options[desk.WayForwarder])
		if got := s.arrival.forwardTo.Text(); got != "Have it forward to http://127.0.0.1:8420, unchanged." {
			t.Errorf("says %q", got)
		}
		put(s.arrival.url, "http://shop.example")
		s.Continue()
		if finding, _ := s.arrival.url.Status(); finding != kit.FindingBad {
			t.Fatalf("finding %d", finding)
		}
		put(s.arrival.url, "https://shop.example")
		s.Continue()
		s.opens()
		if s.current != stepTrial || s.arrival.posts.Text() != "Meta sends to https://shop.example/webhook" {
			t.Errorf("at step %d, says %q", s.current, s.arrival.posts.Text())
		}
	})
	t.Run("waits for the keys", func(t *testing.T) {
		s := fresh(t)
		test.Tap(s.arrival.options[desk.WayTunnel])
		if got := s.blocked(); got != "Give the keys from Meta first" {
			t.Errorf("blocked by %q", got)
		}
	})
}

func TestTrial(t *testing.T) {
	t.Run("waits for the keys", func(t *testing.T) {
		s := fresh(t)
		if _, why := s.trial.phone.Status(); why != "Give the keys from Meta first" {
			t.Errorf("says %q", why)
		}
	})
	t.Run("is followed until it arrives", func(t *testing.T) {
		s := withKeys(t)
		s.Go(stepTrial)
		put(s.trial.phone, "+351 912 000 777")
		s.Continue()
		if !slices.Equal(s.tested, []string{"+351 912 000 777"}) {
			t.Fatalf("sent to %q", s.tested)
		}
		var seen []string
		for _, status := range []chat.Status{chat.StatusQueued, chat.StatusSent, chat.StatusDelivered} {
			s.message.Status = status
			s.Heard(live.Batch{Events: []desk.Event{{Kind: desk.EventMessage, Message: 7}}})
			seen = append(seen, s.trial.status.Text())
		}
		if want := []string{"On its way", "WhatsApp took it", "It arrived"}; !slices.Equal(seen, want) {
			t.Errorf("said %q, want %q", seen, want)
		}
		if finding, _ := s.stepState(stepTrial); finding != kit.FindingGood {
			t.Errorf("the step stands at %d", finding)
		}
	})
	for _, tt := range []struct {
		name string
		code desk.Code
		want string
	}{
		{"a phone that is none is said under the field", desk.Invalid, "This is no phone number."},
		{"a phone that has not written is asked to", desk.WindowClosed, "Write to your shop’s number from this phone first"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := withKeys(t)
			s.Go(stepTrial)
			put(s.trial.phone, "12")
			s.fail = &desk.Error{Code: tt.code}
			s.Continue()
			if finding, line := s.trial.phone.Status(); finding != kit.FindingBad || !strings.HasPrefix(line, tt.want) {
				t.Errorf("finding %d, %q", finding, line)
			}
		})
	}
}

func TestSandbox(t *testing.T) {
	s := newStage(t, &meta{}, desk.Health{State: desk.ConnectionOK, Sandbox: true}, owner, locale.English, 1208)
	s.Continue()
	s.Heard(live.Batch{Reload: true})
	if len(s.saved)+len(s.checked) != 0 {
		t.Error("asked the sandbox's desk about keys")
	}
	test.Tap(s.next)
	if !slices.Equal(s.to, []string{"own shop"}) {
		t.Errorf("led to %q", s.to)
	}
}

// All that the screen shows has its room in every language at every width.
func TestNothingOverlaps(t *testing.T) {
	for _, lang := range locale.Languages() {
		for _, width := range []float32{1208, 1000, 844, 704} {
			t.Run(fmt.Sprintf("in %s at %v", lang, width), func(t *testing.T) {
				s := newStage(t, &meta{}, desk.Health{State: desk.ConnectionNone}, owner, lang, width)
				s.Fit(width > 800)
				s.fillKeys("EAAwrong")
				test.Tap(s.arrival.options[desk.WayTunnel])
				keys, arrival := s.keys.panel, s.arrival.panel
				if bottom := keys.Position().Y + keys.Size().Height; arrival.Position().Y < bottom {
					t.Errorf("the second card begins at %v, the first ends at %v", arrival.Position().Y, bottom)
				}
				for _, b := range []*kit.Button{s.next, s.back, s.arrival.test, s.trial.submit} {
					if b.Size().Width < b.MinSize().Width {
						t.Errorf("a button of %v has %v", b.MinSize().Width, b.Size().Width)
					}
				}
			})
		}
	}
}
