package host_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/host"
	"shopbell/core/sandbox"
)

// lookNow has the shop look at what is held back, after its clock was put forward.
func (s *shop) lookNow() {
	s.t.Helper()
	s.is(s.TryNow(s.t.Context(), s.anna), "", "trying now")
}

func (s *shop) schedule(id chat.ConversationID, a desk.Answer, in time.Duration) chat.MessageID {
	s.t.Helper()
	a.At = s.time().Add(in)
	m, err := s.Send(s.t.Context(), s.anna, id, a, "")
	s.is(err, "", "scheduling")
	return m
}

func TestAScheduledAnswerThatNobodyAllowedToLeaveExpiresAndIsADraftAgain(t *testing.T) {
	s := openShop(t)
	id := s.write("zzz")
	m := s.schedule(id, desk.Answer{Text: "good morning"}, time.Hour)
	s.write("never mind")
	s.forward(chat.MetaWindow + time.Minute)
	s.lookNow()
	expired := s.becomes(m, chat.StatusExpired)
	if expired.At.After(s.time()) || !expired.Answers {
		t.Errorf("the expired message stands at %s, an answer: %t", expired.At, expired.Answers)
	}
	if d, err := s.Draft(t.Context(), s.anna, id); err != nil || strings.TrimSpace(d.Text) != "good morning" {
		t.Errorf("the draft is %q (%v)", d.Text, err)
	}
	if v := s.row(id); v.WaitingSince.IsZero() {
		t.Error("the customer waits no more, though nothing left")
	}
}

func TestWhatIsHeldBackOutlivesARestartAndLeavesOnce(t *testing.T) {
	s := openShop(t)
	id := s.write("zzz")
	scheduled := s.schedule(id, desk.Answer{Text: "later"}, time.Hour)
	held, err := s.Send(t.Context(), s.anna, id, desk.Answer{Text: "now", Hold: desk.MaxHold}, "")
	s.is(err, "", "sending")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	o := host.Options{DataDir: filepath.Dir(s.dir), Sandbox: true, NetworkDelay: -1, Now: s.time}
	if s.Host, err = host.Open(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	if err := s.Sandbox().Meet(emma); err != nil {
		t.Fatal(err)
	}
	s.forward(2 * time.Hour)
	s.lookNow()
	s.becomes(held, chat.StatusRead)
	s.becomes(scheduled, chat.StatusRead)
	if got := s.Sandbox().Inbox(emma); len(got) != 2 {
		t.Errorf("after the restart the customer got %+v, want both answers once", got)
	}
}

func TestATemplateIsScheduledBeyondTheWindow(t *testing.T) {
	s := openShop(t)
	id := s.write("zzz")
	_, err := s.Templates(t.Context(), s.anna, id, true)
	s.is(err, "", "templates")
	ready := desk.TemplateRef{Name: "order_ready", Language: "ru", Body: []string{"Emma", "#1052", "12"}}
	m := s.schedule(id, desk.Answer{Template: &ready}, 2*chat.MetaWindow)
	s.forward(2*chat.MetaWindow + time.Minute)
	s.lookNow()
	s.becomes(m, chat.StatusRead)
}

func TestAScheduledAnswerThatFailsLetsTheCustomerWaitSinceTheFirstQuestion(t *testing.T) {
	s := openShop(t)
	id := s.write("zzz")
	since := s.row(id).WaitingSince
	m := s.schedule(id, desk.Answer{Text: "good morning"}, time.Hour)
	s.forward(time.Minute)
	s.write("are you there?")
	s.is(s.SendNow(t.Context(), s.anna, m), "", "sending now")
	if v := s.row(id); !v.WaitingSince.IsZero() || v.PersonAt.IsZero() {
		t.Errorf("after the answer left the row is %+v", v)
	}
	s.becomes(m, chat.StatusRead)
	// Another answer that fails does not make the second question unanswered.
	s.faults(sandbox.Faults{Refuse: sandbox.Refusal{Often: sandbox.Often{Next: 1}, Code: 131026}})
	s.becomes(s.send(s.anna, id, "and"), chat.StatusFailed)
	if v := s.row(id); !v.WaitingSince.IsZero() {
		t.Errorf("the customer waits since %s (first asked %s), though both questions were answered", v.WaitingSince, since)
	}
}

func TestAnswersReachTheCustomerInTheOrderInWhichTheyWereSent(t *testing.T) {
	s := openShop(t)
	id := s.write("zzz")
	_, err := s.Send(t.Context(), s.anna, id, desk.Answer{Text: "first", Hold: desk.MaxHold}, "")
	s.is(err, "", "sending")
	later := s.schedule(id, desk.Answer{Text: "third"}, time.Hour)
	s.becomes(s.send(s.anna, id, "second"), chat.StatusRead)
	s.is(s.SendNow(t.Context(), s.anna, later), "", "sending now")
	s.becomes(later, chat.StatusRead)
	want := []string{"first", "second", "third"}
	var got []string
	for _, m := range s.Sandbox().Inbox(emma) {
		if slices.Contains(want, m.Text) { // not what a rule says at night
			got = append(got, m.Text)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the customer got %q, want %q", got, want)
	}
}

func TestTheShopOpensByItsRules(t *testing.T) {
	s := openShop(t)
	next, err := s.NextOpening(t.Context(), s.anna)
	s.is(err, "", "asking")
	if d := next.Sub(s.time()); d <= 0 || d > 14*24*time.Hour {
		t.Errorf("it opens at %s, which is %s away", next, d)
	}
	_, err = s.NextOpening(t.Context(), s.olga)
	s.is(err, desk.Forbidden, "an analyst asks")
}

func TestWhatIsHeldBackWaitsForNobody(t *testing.T) {
	s := openShop(t)
	id := s.write("zzz")
	s.schedule(id, desk.Answer{Text: "later"}, time.Hour)
	if w := s.health().Waiting; w != 0 {
		t.Errorf("%d messages wait to leave, want none: it is not time", w)
	}
}
