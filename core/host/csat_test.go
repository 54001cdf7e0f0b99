package host_test

import (
	"path/filepath"
	"testing"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/host"
	"shopbell/core/sandbox"
)

// openAsking opens a shop that asks its customers how it was.
func openAsking(t *testing.T) *shop {
	s := openShop(t)
	s.is(s.SetRatingText(t.Context(), s.anna, "How was it?"), "", "a question")
	s.is(s.SetRatings(t.Context(), s.anna, true), "", "switching ratings on")
	return s
}

// resolve resolves a conversation that Anna has answered.
func (s *shop) resolve(id chat.ConversationID) {
	s.t.Helper()
	s.becomes(s.send(s.anna, id, "here it is"), chat.StatusRead)
	s.is(s.Resolve(s.t.Context(), s.anna, id), "", "resolving")
}

// questions are those for a rating that Emma got.
func (s *shop) questions() (list []sandbox.Delivered) {
	for _, m := range s.Sandbox().Inbox(emma) {
		if m.List != nil {
			list = append(list, m)
		}
	}
	return list
}

// asked lets time pass until the question has been asked and seen.
func (s *shop) asked(id chat.ConversationID) sandbox.Delivered {
	s.t.Helper()
	s.forward(chat.AskRatingAfter)
	s.lookNow()
	s.until("the customer is asked", func() bool {
		return !s.row(id).Rating.Asked.IsZero() && s.health().Waiting == 0 && len(s.questions()) > 0
	})
	return s.questions()[0]
}

// notAsked lets time pass until the question was dropped.
func (s *shop) notAsked(id chat.ConversationID) {
	s.t.Helper()
	s.forward(chat.AskRatingAfter)
	s.lookNow()
	s.until("nobody is to be asked any more", func() bool {
		next, err := s.NextRating(s.t.Context())
		return err == nil && next.IsZero()
	})
	if v := s.row(id); !v.Rating.Asked.IsZero() {
		s.t.Errorf("the customer was asked at %s", v.Rating.Asked)
	}
}

func TestACustomerIsAskedTwoMinutesAfterAPersonResolvedAndTheirAnswerStandsOnTheConversation(t *testing.T) {
	s := openAsking(t)
	id := s.write("zzz")
	s.resolve(id)
	question := s.asked(id)
	if question.Text != "How was it?" || len(question.List.Sections[0].Rows) != chat.MaxScore {
		t.Fatalf("the question is %+v", question)
	}
	before, got := s.row(id), len(s.Sandbox().Inbox(emma))
	_, err := s.Sandbox().Say(t.Context(), emma, sandbox.ChoiceOf(question.List.Sections[0].Rows[1], question.WAMID))
	s.is(err, "", "choosing")
	s.until("the answer is there", func() bool { return s.row(id).Rating.Score == 4 })
	after := s.row(id)
	if after.State != chat.StateResolved || !after.WaitingSince.IsZero() || after.Unread != 0 || after.Preview != before.Preview || after.LastAt != before.LastAt {
		t.Errorf("the answer made of %+v the row %+v", before, after)
	}
	m := s.message(id, chat.KindRating, chat.AuthorDesk)
	if m.AgentName != s.anna.Name || m.Score() != 4 || m.Answers {
		t.Errorf("the question in the chat is %+v", m)
	}
	if n := len(s.Sandbox().Inbox(emma)) + s.health().Waiting; n != got {
		t.Errorf("the rating was answered: the customer has %d messages, had %d", n, got)
	}
	// Once in a conversation, though it is taken up and resolved again.
	s.write("zzz")
	s.resolve(id)
	if next, err := s.NextRating(t.Context()); err != nil || !next.IsZero() {
		t.Errorf("the customer is asked again at %s (%v)", next, err)
	}
}

// message is the only message of a kind and an author in a chat.
func (s *shop) message(id chat.ConversationID, kind chat.Kind, by chat.Author) (found chat.Message) {
	s.t.Helper()
	for _, m := range s.chat(id) {
		if m.Kind == kind && m.Author == by {
			if found.ID != 0 {
				s.t.Fatalf("there are two of kind %s", kind)
			}
			found = m
		}
	}
	return found
}

func TestWhoPressedSolvedIsAskedAtOnce(t *testing.T) {
	s := openAsking(t)
	id := s.write("zzz")
	solved := chat.Button{ID: autoreply.ButtonID(0, autoreply.Button{Action: autoreply.ActionSolved}), Title: "Solved"}
	_, err := s.Sandbox().Say(t.Context(), emma, sandbox.PressOf(solved, ""))
	s.is(err, "", "pressing")
	s.until("the customer is asked", func() bool { return len(s.questions()) == 1 })
	s.until("it stands in the chat", func() bool { return s.row(id).State == chat.StateResolved && !s.row(id).Rating.Asked.IsZero() })
}

func TestTheQuestionDoesNotOvertakeAnAnswerThatCanStillBeTakenBack(t *testing.T) {
	s := openAsking(t)
	id := s.write("zzz")
	answer, err := s.Send(t.Context(), s.anna, id, desk.Answer{Text: "here it is", Hold: desk.MaxHold}, "")
	s.is(err, "", "answering")
	solved := chat.Button{ID: autoreply.ButtonID(0, autoreply.Button{Action: autoreply.ActionSolved}), Title: "Solved"}
	_, err = s.Sandbox().Say(t.Context(), emma, sandbox.PressOf(solved, ""))
	s.is(err, "", "pressing")
	s.until("the customer is asked", func() bool { return len(s.questions()) == 1 })
	s.becomes(answer, chat.StatusRead)
	inbox := s.Sandbox().Inbox(emma)
	if last, before := inbox[len(inbox)-1], inbox[len(inbox)-2]; last.List == nil || before.Text != "here it is" {
		t.Errorf("the customer got %q, and then %q", before.Text, last.Text)
	}
}

func TestAQuestionThatFailedIsAskedAnotherTimeAndNotSentAgainThen(t *testing.T) {
	s := openAsking(t)
	id := s.write("zzz")
	s.resolve(id)
	s.faults(sandbox.Faults{Refuse: sandbox.Refusal{Often: sandbox.Often{Next: 1}, Code: 131026}})
	s.forward(chat.AskRatingAfter)
	s.lookNow()
	s.until("the question failed", func() bool {
		list := s.chat(id)
		last := list[len(list)-1]
		return last.Kind == chat.KindRating && last.Status == chat.StatusFailed
	})
	failed := s.message(id, chat.KindRating, chat.AuthorDesk).ID
	if v := s.row(id); !v.Rating.Asked.IsZero() {
		t.Fatalf("the customer is said to be asked at %s", v.Rating.Asked)
	}
	s.is(s.Reopen(t.Context(), s.anna, id), "", "reopening")
	s.is(s.Resolve(t.Context(), s.anna, id), "", "resolving again")
	s.asked(id)
	s.is(s.Retry(t.Context(), s.anna, failed), desk.Conflict, "sending the first question again")
	if n := len(s.questions()); n != 1 {
		t.Errorf("the customer was asked %d times", n)
	}
}

func TestNobodyIsAskedWhere(t *testing.T) {
	for name, change := range map[string]func(*shop, chat.ConversationID) error{
		"resolving was taken back": func(s *shop, id chat.ConversationID) error { return s.Reopen(s.t.Context(), s.anna, id) },
		"it was switched off": func(s *shop, _ chat.ConversationID) error {
			return s.SetRatings(s.t.Context(), s.anna, false)
		},
		"they asked for silence": func(s *shop, id chat.ConversationID) error {
			return s.SetOptedOut(s.t.Context(), s.anna, s.row(id).Contact.ID, true)
		},
		"they were blocked": func(s *shop, id chat.ConversationID) error {
			return s.SetBlocked(s.t.Context(), s.anna, s.row(id).Contact.ID, true)
		},
		"they wrote again": func(s *shop, _ chat.ConversationID) error { s.write("zzz and another thing"); return nil },
		"the desk was off too long": func(s *shop, _ chat.ConversationID) error {
			s.forward(chat.AskRatingAfter + chat.AskRatingWithin)
			return nil
		},
		"the window ended": func(s *shop, _ chat.ConversationID) error { s.forward(chat.MetaWindow); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			s := openAsking(t)
			id := s.write("zzz")
			s.resolve(id)
			s.is(change(s, id), "", "changing")
			s.notAsked(id)
		})
	}
}

func TestWhoseConversationIsResolvedAgainAfterAnUndoIsAskedOnce(t *testing.T) {
	s := openAsking(t)
	id := s.write("zzz")
	s.resolve(id)
	s.forward(time.Minute)
	s.is(s.Reopen(t.Context(), s.anna, id), "", "reopening")
	s.is(s.Resolve(t.Context(), s.anna, id), "", "resolving again")
	if next, err := s.NextRating(t.Context()); err != nil || next.Before(s.time().Add(chat.AskRatingAfter-time.Minute/2)) {
		t.Errorf("asked at %s (%v), want two minutes after it was resolved for good", next, err)
	}
	s.asked(id)
	if n := len(s.questions()); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

func TestWhoseConversationIsResolvedAgainPastTheWindowIsNotAsked(t *testing.T) {
	s := openAsking(t)
	id := s.write("zzz")
	s.becomes(s.send(s.anna, id, "here it is"), chat.StatusRead)
	s.forward(chat.WindowOf(s.row(id).LastInbound).MetaUntil.Sub(s.time()) - chat.AskRatingAfter - time.Minute)
	s.is(s.Resolve(t.Context(), s.anna, id), "", "resolving")
	if next, err := s.NextRating(t.Context()); err != nil || next.IsZero() {
		t.Fatalf("nothing is planned (%v)", err)
	}
	s.is(s.Reopen(t.Context(), s.anna, id), "", "reopening")
	s.forward(time.Minute + time.Second)
	s.is(s.Resolve(t.Context(), s.anna, id), "", "resolving again")
	if next, err := s.NextRating(t.Context()); err != nil || !next.IsZero() {
		t.Errorf("asked at %s (%v) as the first resolving planned it", next, err)
	}
}

func TestAQuestionIsAskedOnceThoughTheDeskWasClosedWhenItWasTime(t *testing.T) {
	s := openAsking(t)
	id := s.write("zzz")
	s.resolve(id)
	reopen := func(later time.Duration) {
		t.Helper()
		s.is(s.Close(), "", "closing")
		s.forward(later) // nobody is there to ask meanwhile
		var err error
		if s.Host, err = host.Open(t.Context(), host.Options{DataDir: filepath.Dir(s.dir), Sandbox: true, NetworkDelay: -1, Now: s.time}); err != nil {
			t.Fatal(err)
		}
		if err := s.Sandbox().Meet(emma); err != nil {
			t.Fatal(err)
		}
	}
	reopen(2 * chat.AskRatingAfter)
	// Meta's reports date the question (store.followQuestion), the last one is "read".
	s.until("the customer is asked and has seen it", func() bool {
		return len(s.questions()) == 1 && s.message(id, chat.KindRating, chat.AuthorDesk).Status == chat.StatusRead
	})
	asked := s.row(id).Rating.Asked
	reopen(2 * chat.AskRatingAfter) // the simulated phone is new, and has no messages
	s.lookNow()
	s.becomes(s.send(s.anna, id, "one more thing"), chat.StatusRead)
	if n := len(s.questions()); n != 0 || s.row(id).Rating.Asked != asked {
		t.Errorf("after another restart asked %d times more", n)
	}
}
