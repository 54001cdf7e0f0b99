package host_test

import (
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/sandbox"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

func TestALockKeepsOthersFromAnswering(t *testing.T) {
	s := openShop(t)
	ctx := t.Context()
	id := s.write("zzz")
	if v, err := s.Take(ctx, s.anna, id); err != nil || v.Lock.Holder != int64(s.anna.Agent) || v.Lock.HolderName != "Anna" || v.Unread != 0 {
		t.Fatalf("Take: %+v, %v", v, err)
	}
	s.faults(sandbox.Faults{Refuse: sandbox.Refusal{Often: sandbox.Often{Next: 1}, Code: 131026}})
	failed := s.becomes(s.send(s.anna, id, "yes"), chat.StatusFailed).ID

	v, err := s.Take(ctx, s.pedro, id)
	s.is(err, desk.LockedByOther, "Pedro takes")
	if v.ID != id || v.Lock.Holder != int64(s.anna.Agent) || v.Lock.HolderName != "Anna" {
		t.Errorf("with the refusal came %+v, want the row with its holder", v)
	}
	_, err = s.Send(ctx, s.pedro, id, desk.Answer{Text: "no"}, "")
	s.is(err, desk.LockedByOther, "Pedro sends")
	s.is(s.Retry(ctx, s.pedro, failed), desk.LockedByOther, "Pedro sends again")
	s.is(s.Resolve(ctx, s.pedro, id), desk.LockedByOther, "Pedro resolves")
	s.is(s.LetGo(ctx, s.pedro, id), "", "Pedro lets go what he does not hold")
	if lock := s.row(id).Lock; !lock.HeldBy(int64(s.anna.Agent), s.time()) {
		t.Errorf("the lock is %+v, want Anna's as before", lock)
	}
	if n := len(s.chat(id)); n != 3 { // her message, the greeting and Anna's
		t.Errorf("the chat has %d messages: a refused call left something", n)
	}

	s.is(s.LetGo(ctx, s.anna, id), "", "Anna lets go")
	_, err = s.Take(ctx, s.pedro, id)
	s.is(err, "", "Pedro takes what is free")
}

func TestALockEndsByItselfUnlessItIsRenewed(t *testing.T) {
	renewals := map[string]func(s *shop, id chat.ConversationID) error{
		"taking again": func(s *shop, id chat.ConversationID) error { _, err := s.Take(t.Context(), s.anna, id); return err },
		"sending": func(s *shop, id chat.ConversationID) error {
			_, err := s.Send(t.Context(), s.anna, id, desk.Answer{Text: "yes"}, "")
			return err
		},
	}
	for name, renew := range renewals {
		t.Run("renewed by "+name, func(t *testing.T) {
			s := openShop(t)
			id := s.write("zzz")
			_, err := s.Take(t.Context(), s.anna, id)
			s.is(err, "", "Anna takes")
			s.forward(chat.LockFor - time.Minute)
			s.is(renew(s, id), "", "Anna renews")
			s.forward(2 * time.Minute)
			_, err = s.Take(t.Context(), s.pedro, id)
			s.is(err, desk.LockedByOther, "Pedro takes before the renewed end")
			s.forward(chat.LockFor)
			_, err = s.Take(t.Context(), s.pedro, id)
			s.is(err, "", "Pedro takes after it")
		})
	}
}

func TestSendingTakesAFreeLockAndTheResponsibility(t *testing.T) {
	s := openShop(t)
	id := s.write("zzz")
	s.is(s.SaveDraft(t.Context(), s.pedro, id, "typed"), "", "draft")
	s.is(s.SaveDraft(t.Context(), s.anna, id, "hers"), "", "draft")
	s.becomes(s.send(s.pedro, id, " yes\n"), chat.StatusRead)
	v := s.row(id)
	if !v.Lock.HeldBy(int64(s.pedro.Agent), s.time()) || v.AssignedTo != int64(s.pedro.Agent) || !v.WaitingSince.IsZero() || v.Unread != 0 || v.PersonAt.IsZero() {
		t.Errorf("after Pedro's answer the row is %+v", v)
	}
	if p := v.Preview; p.Text != "yes" || p.Author != chat.AuthorAgent || p.Status != chat.StatusRead {
		t.Errorf("the preview is %+v", p)
	}
	for who, want := range map[*desk.Actor]string{&s.pedro: "", &s.anna: "hers"} {
		if d, err := s.Draft(t.Context(), *who, id); err != nil || d.Text != want {
			t.Errorf("the draft of %s is %q (%v), want %q", who.Name, d.Text, err, want)
		}
	}
	// Somebody else's answer changes the lock, not the responsibility.
	s.forward(chat.LockFor)
	s.send(s.anna, id, "and")
	if v := s.row(id); v.AssignedTo != int64(s.pedro.Agent) || v.Lock.Holder != int64(s.anna.Agent) {
		t.Errorf("after Anna's answer %d is responsible and %d holds the lock", v.AssignedTo, v.Lock.Holder)
	}
	for who, want := range map[*desk.Actor]int{&s.pedro: 1, &s.anna: 1, &s.olga: 0} {
		page, err := s.List(t.Context(), *who, desk.ListQuery{Filter: desk.FilterMine})
		if who == &s.olga {
			s.is(err, desk.Forbidden, "an analyst lists conversations")
			continue
		}
		if err != nil || len(page.Rows) != want {
			t.Errorf("%s has %d of their own (%v), want %d", who.Name, len(page.Rows), err, want)
		}
	}
}

func TestAfterTheWindowOnlyTheCustomerCanBegin(t *testing.T) {
	s := openShop(t)
	id := s.write("zzz")
	s.faults(sandbox.Faults{Refuse: sandbox.Refusal{Often: sandbox.Often{Next: 1}, Code: 131026}})
	failed := s.becomes(s.send(s.anna, id, "yes"), chat.StatusFailed).ID
	s.forward(chat.MetaWindow + time.Second)
	_, err := s.Send(t.Context(), s.anna, id, desk.Answer{Text: "too late"}, "")
	s.is(err, desk.WindowClosed, "sending after 24 hours")
	s.is(s.Retry(t.Context(), s.anna, failed), desk.WindowClosed, "sending again after 24 hours")
	if v := s.row(id); v.Lock.Held(s.time()) {
		t.Errorf("a refused send took the lock: %+v", v.Lock)
	}
	s.write("still there?")
	s.forward(time.Second) // the chat's order is by the second
	s.is(s.Retry(t.Context(), s.anna, failed), "", "sending again after the customer wrote")
	s.becomes(failed, chat.StatusRead)
	// The automatic answers to both of hers, and the one that was sent again.
	list := s.chat(id)
	if last := list[len(list)-1]; last.ID != failed {
		t.Errorf("the last message is %+v, want the one that was sent again", last)
	}
}

func TestAFailedMessageIsSentAgain(t *testing.T) {
	s := openShop(t)
	id := s.write("zzz")
	since := s.row(id).WaitingSince
	s.faults(sandbox.Faults{Refuse: sandbox.Refusal{Often: sandbox.Often{Next: 1}, Code: 131026}})
	m := s.becomes(s.send(s.anna, id, "yes"), chat.StatusFailed)
	if m.ErrorCode != 131026 {
		t.Errorf("the failed message is %+v", m)
	}
	if v := s.row(id); !v.WaitingSince.Equal(since) {
		t.Errorf("waits since %v, want %v: nobody answered", v.WaitingSince, since)
	}
	s.is(s.Retry(t.Context(), s.anna, m.ID), "", "sending again")
	again := s.becomes(m.ID, chat.StatusRead)
	v := s.row(id)
	if again.ErrorCode != 0 || again.At.Before(m.At) || !v.WaitingSince.IsZero() || v.LastAt.Before(again.At) {
		t.Errorf("the message is %+v and the row %+v", again, v)
	}
	s.is(s.Retry(t.Context(), s.anna, m.ID), desk.Conflict, "sending again what was read")
	if n := len(s.Sandbox().Inbox(emma)); n != 2 {
		t.Errorf("Emma has %d messages, want the greeting and the answer", n)
	}
}

func TestAGreetingThatIsSentAgainAnswersNothing(t *testing.T) {
	s := openShop(t)
	s.faults(sandbox.Faults{Refuse: sandbox.Refusal{Often: sandbox.Often{Next: 1}, Code: 131026}})
	id := s.write("zzz")
	since := s.row(id).WaitingSince
	s.until("the greeting is there", func() bool { return len(s.chat(id)) == 2 })
	greeting := s.becomes(s.chat(id)[1].ID, chat.StatusFailed)
	s.is(s.Retry(t.Context(), s.anna, greeting.ID), "", "sending again")
	s.becomes(greeting.ID, chat.StatusRead)
	v := s.row(id)
	if since.IsZero() || !v.WaitingSince.Equal(since) || !v.PersonAt.IsZero() || !v.Lock.HeldBy(int64(s.anna.Agent), s.time()) {
		t.Errorf("the row is %+v, want it to wait since %v, with Anna's lock", v, since)
	}
}

func TestAPersonSettlesWhatNobodyKnows(t *testing.T) {
	for _, tt := range []struct {
		name      string
		left      bool
		want      chat.Status
		delivered int // messages on Emma's phone after all
	}{
		{"it reached the customer", true, chat.StatusSent, 2},
		{"it did not, and is sent again", false, chat.StatusFailed, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := openShop(t)
			id := s.write("zzz")
			since := s.row(id).WaitingSince
			s.until("she is greeted", func() bool { return len(s.Sandbox().Inbox(emma)) == 1 })
			s.faults(sandbox.Faults{Cut: sandbox.Cut{Often: sandbox.Often{Next: 1}, Delivered: tt.left}, NoStatuses: true})
			m := s.send(s.anna, id, "yes")
			s.becomes(m, chat.StatusUnknown)
			if h, err := s.Health(t.Context(), s.pedro); err != nil || h.Unknown != 1 {
				t.Errorf("Health counts %d of unknown fate (%v), want 1", h.Unknown, err)
			}
			s.is(s.Retry(t.Context(), s.anna, m), desk.Conflict, "sending again what may have left")
			s.faults(sandbox.Faults{})
			s.is(s.Settle(t.Context(), s.pedro, m, tt.left), "", "settling")
			s.becomes(m, tt.want)
			s.is(s.Settle(t.Context(), s.anna, m, !tt.left), desk.Conflict, "settling twice")
			if waits := s.row(id).WaitingSince; waits.Equal(since) == tt.left {
				t.Errorf("she waits since %v", waits)
			}
			if !tt.left {
				s.is(s.TryNow(t.Context(), s.anna), "", "trying now")
				s.is(s.Retry(t.Context(), s.anna, m), "", "sending again")
				s.becomes(m, chat.StatusRead)
			}
			if n := len(s.Sandbox().Inbox(emma)); n != tt.delivered {
				t.Errorf("Emma has %d messages, want %d", n, tt.delivered)
			}
		})
	}
}

func TestResolvingAndReopening(t *testing.T) {
	s := openShop(t)
	ctx := t.Context()
	id := s.write("zzz")
	_, err := s.Take(ctx, s.anna, id)
	s.is(err, "", "taking")
	s.is(s.Resolve(ctx, s.anna, id), "", "resolving")
	s.is(s.Resolve(ctx, s.anna, id), "", "resolving twice")
	s.is(s.Resolve(ctx, s.pedro, id), "", "resolving what is resolved")
	if v := s.row(id); v.State != chat.StateResolved || v.Lock.Held(s.time()) || v.ResolvedAt.IsZero() || v.Unread != 0 {
		t.Errorf("the resolved row is %+v", v)
	}
	s.is(s.Reopen(ctx, s.pedro, id), "", "reopening")
	s.is(s.Reopen(ctx, s.pedro, id), "", "reopening twice")
	var lines []string
	for _, m := range s.chat(id) {
		if m.Kind == chat.KindSystem {
			lines = append(lines, m.Text+" by "+m.Data["agent"])
		}
	}
	if len(lines) != 2 || lines[0] != "resolved by Anna" || lines[1] != "reopened by Pedro" {
		t.Errorf("the lines are %q, want one of each", lines)
	}
	s.is(s.Resolve(ctx, s.anna, id), "", "resolving again")
	s.send(s.anna, id, "one more thing")
	if v := s.row(id); v.State != chat.StateOpen || !v.ResolvedAt.IsZero() {
		t.Errorf("an answer left the row %s", v.State)
	}
}

func TestWhatPeopleDoIsAudited(t *testing.T) {
	s := openShop(t)
	id := s.write("zzz")
	for range 3 { // one take, twice renewed
		_, err := s.Take(t.Context(), s.anna, id)
		s.is(err, "", "taking")
	}
	s.send(s.anna, id, "yes")
	_, err := s.Take(t.Context(), s.olga, id)
	s.is(err, desk.Forbidden, "an analyst takes")
	s.is(s.Resolve(t.Context(), s.anna, id), "", "resolving")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), s.file(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	storetest.View(t, db, func(r *store.Reader) error {
		trail, err := r.AuditTrail(100)
		want := []struct {
			action  string
			agent   desk.Actor
			allowed bool
		}{
			{"conversation.resolve", s.anna, true}, {"conversation.take", s.olga, false},
			{"conversation.send", s.anna, true}, {"conversation.take", s.anna, true},
		}
		if len(trail) < len(want) {
			t.Fatalf("the trail is %+v", trail)
		}
		for i, w := range want {
			if e := trail[i]; e.Action != w.action || e.Agent != w.agent.Agent || e.Allowed != w.allowed || e.Subject != "conversation:1" {
				t.Errorf("entry %d is %+v, want %+v", i, e, w)
			}
		}
		return err
	})
}

func TestTheReplyWindowIsOfThePersonNotOfTheConversation(t *testing.T) {
	s := openShop(t)
	older := s.write("zzz")
	s.faults(sandbox.Faults{Refuse: sandbox.Refusal{Often: sandbox.Often{Next: 1}, Code: 131026}})
	failed := s.becomes(s.send(s.anna, older, "yes"), chat.StatusFailed).ID
	s.is(s.Resolve(t.Context(), s.anna, older), "", "resolving")
	s.forward(13 * time.Hour)
	newer := s.write("and another thing")
	if newer == older {
		t.Fatal("the second matter is in the same conversation")
	}
	s.forward(12 * time.Hour) // 25 hours after the first, 12 after the second
	if a, b := s.row(older).LastInbound, s.row(newer).LastInbound; !a.Equal(b) || a.IsZero() {
		t.Errorf("the older shows the window of %s, the newer of %s", a, b)
	}
	s.is(s.Retry(t.Context(), s.anna, failed), "", "sending again in the older")
	s.becomes(failed, chat.StatusRead)
	s.becomes(s.send(s.anna, older, "about the first"), chat.StatusRead)
	if v := s.row(older); v.State != chat.StateResolved || v.AssignedTo != int64(s.anna.Agent) {
		t.Errorf("the older is %+v: the customer has two rows", v)
	}
	s.is(s.Reopen(t.Context(), s.anna, older), desk.Conflict, "reopening the older")
	s.is(s.Resolve(t.Context(), s.anna, newer), "", "resolving the newer")
	s.is(s.Reopen(t.Context(), s.anna, older), desk.Conflict, "reopening the older once both are resolved")
	s.is(s.Reopen(t.Context(), s.anna, newer), "", "reopening the newer")
	s.forward(12*time.Hour + time.Minute)
	_, err := s.Send(t.Context(), s.anna, older, desk.Answer{Text: "too late"}, "")
	s.is(err, desk.WindowClosed, "sending a day after the customer's last message")
}

func TestWhatWasWrittenOnThePhoneIsNotSentAgain(t *testing.T) {
	s := openShop(t)
	id := s.write("zzz")
	v := s.row(id)
	db, err := store.Open(t.Context(), s.file(), store.Options{Now: s.time})
	s.is(err, "", "opening the file beside the desk")
	defer db.Close()
	m := store.NewMessage{Channel: v.Channel, Message: chat.Message{
		Conversation: id, Contact: v.Contact.ID, Author: chat.AuthorAgent, Kind: chat.KindText, Text: "from the phone",
		WAMID: "wamid.phone", Status: chat.StatusFailed, At: s.time(),
	}}
	storetest.Update(t, db, func(tx *store.Tx) error { return tx.AddMessage(&m) })
	s.is(s.Retry(t.Context(), s.anna, m.ID), desk.Conflict, "sending again")
	if m, err := s.Message(t.Context(), s.anna, m.ID); err != nil || m.Status != chat.StatusFailed {
		t.Errorf("it became %s, %v", m.Status, err)
	}
}
