package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/core/chat"
	contract "shopbell/core/desk"

	"shopbell/core/store"
)

// later is an answer of agent 1 that is held back; scheduled ones ask.
func (d *desk) later(c chat.Contact, in time.Duration, scheduled bool) (id chat.MessageID) {
	d.t.Helper()
	d.update(func(tx *store.Tx) error {
		v, err := tx.TakeUp(d.channel.ID, c)
		if err != nil {
			return err
		}
		m := agentSays("later")
		m.Conversation, m.Contact, m.Kind, m.Answers, m.At = v.ID, c.ID, chat.KindText, true, tx.Now()
		var l letter
		out := d.outgoing(tx, m, &l)
		out.HeldUntil, out.Scheduled, out.SendBefore = tx.Now().Add(in), scheduled, tx.Now().Add(24*time.Hour)
		if err := tx.AddOutgoing(out); err != nil {
			return err
		}
		id = out.ID
		if scheduled {
			return nil
		}
		v.WaitingSince, v.LastAt = time.Time{}, m.At
		return tx.SaveConversation(v)
	})
	return id
}

// release lets go what is due, as the host does, and returns it.
func (d *desk) release() (due []chat.MessageID) {
	d.t.Helper()
	d.update(func(tx *store.Tx) (err error) {
		if due, err = tx.Due(); err != nil {
			return err
		}
		for _, id := range due {
			if _, _, err := tx.Release(id); err != nil {
				return err
			}
		}
		return nil
	})
	return due
}

func (d *desk) ready() (ids []chat.MessageID) {
	d.t.Helper()
	rows, err := d.db.OutboxReady(d.Context(), 0, 1000)
	d.done(err)
	for _, r := range rows {
		ids = append(ids, r.Message)
	}
	return ids
}

func TestWhatIsScheduledHoldsUpNothing(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	d.write(c, 0)
	scheduled := d.later(c, time.Hour, true)
	now := d.answer(c, agentSays("now")).message
	if got := d.ready(); !slices.Equal(got, []chat.MessageID{now}) {
		t.Fatalf("ready are %v, want only %d", got, now)
	}
	d.now = d.now.Add(time.Hour)
	d.release()
	if got := d.ready(); !slices.Equal(got, []chat.MessageID{now, scheduled}) {
		t.Errorf("after an hour %v are ready, want %d last", got, scheduled)
	}
	if m := d.message(scheduled); m.Status != chat.StatusQueued || !m.Answers || m.At.After(d.now) {
		t.Errorf("what was scheduled is %+v", m)
	}
}

func TestWhatIsHeldBackLeavesBeforeWhatAPersonSendsAfterIt(t *testing.T) {
	let := func(d *desk, id chat.MessageID) {
		d.update(func(tx *store.Tx) error { _, _, err := tx.Release(id); return err })
	}
	for what, send := range map[string]func(d *desk, c chat.Contact, lost letter) chat.MessageID{
		"an answer that is not held back": func(d *desk, c chat.Contact, _ letter) chat.MessageID {
			return d.answer(c, agentSays("now")).message
		},
		"one that failed and is sent again": func(d *desk, _ chat.Contact, lost letter) chat.MessageID {
			return d.again(lost).message
		},
		"a later one that is let go": func(d *desk, c chat.Contact, _ letter) chat.MessageID {
			id := d.later(c, time.Minute, false)
			let(d, id)
			return id
		},
		"a later one whose moment comes before": func(d *desk, c chat.Contact, _ letter) chat.MessageID {
			id := d.later(c, time.Second, false)
			d.now = d.now.Add(5 * time.Second)
			d.release()
			return id
		},
		"a scheduled one that is let go": func(d *desk, c chat.Contact, _ letter) chat.MessageID {
			id := d.later(c, time.Hour, true)
			let(d, id)
			return id
		},
	} {
		t.Run(what, func(t *testing.T) {
			d := newDesk(t)
			c, other := d.customer(), d.customer()
			d.write(c, 0)
			d.write(other, 0)
			lost := d.answer(c, agentSays("lost"))
			d.claim(lost)
			d.done(d.db.OutboxFailed(t.Context(), lost.row, 1, "no"))
			scheduled := d.later(c, time.Hour, true)
			first, second := d.later(c, time.Minute, false), d.later(c, time.Minute, false)
			elsewhere := d.later(other, time.Minute, false)
			last := send(d, c, lost)
			if got := d.ready(); !slices.Equal(got, []chat.MessageID{first, second, last}) {
				t.Errorf("ready are %v, want %d, %d and %d", got, first, second, last)
			}
			d.now = d.now.Add(2 * time.Hour)
			if due := d.release(); !slices.Equal(due, []chat.MessageID{elsewhere, scheduled}) {
				t.Errorf("due is %v, want %d and %d", due, elsewhere, scheduled)
			}
		})
	}
}

func TestWhatARuleAnswersAndAReactionLeaveOthersHeldBack(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	asked := d.write(c, 0)
	held := d.later(c, time.Minute, false)
	rule := d.answer(c, chat.Message{Author: chat.AuthorRule, RuleID: "hours", Text: "at nine"}).message
	reaction := d.answerWithReaction(c, asked, "👍").message
	if got := d.ready(); !slices.Equal(got, []chat.MessageID{rule, reaction}) {
		t.Errorf("ready are %v, want %d and %d: message %d is held back", got, rule, reaction, held)
	}
}

func TestWhatIsNotHeldBackAnyMoreIsNotTakenBack(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	d.write(c, 0)
	id := d.later(c, time.Second, false)
	d.now = d.now.Add(time.Minute)
	d.release()
	for what, change := range map[string]func(*store.Tx) error{
		"taken back": func(tx *store.Tx) error { return tx.Withdraw(d.message(id)) },
		"put later":  func(tx *store.Tx) error { return tx.Reschedule(d.message(id), tx.Now(), tx.Now()) },
		"let go":     func(tx *store.Tx) error { _, _, err := tx.Release(id); return err },
	} {
		if err := d.db.Update(t.Context(), change); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestAnAnswerThatIsTakenBackLeavesTheRowAsItWas(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	v := d.write(c, time.Minute).Conversation
	d.update(func(tx *store.Tx) error { // as core/intake keeps what was written on the shop's phone
		row, err := tx.Conversation(v)
		if err != nil {
			return err
		}
		m := store.NewMessage{Channel: d.channel.ID, Message: chat.Message{
			Conversation: v, Contact: c.ID, Author: chat.AuthorAgent, Kind: chat.KindText, Text: "from the phone", WAMID: "wamid.echo",
			Status: chat.StatusSent, At: tx.Now().Truncate(time.Second), Answers: true,
		}}
		if err := tx.AddMessage(&m); err != nil {
			return err
		}
		row.WaitingSince, row.LastAt, row.PersonAt = time.Time{}, m.At, m.At
		return tx.SaveConversation(row)
	})
	d.now = d.now.Add(time.Minute)
	d.receive(c, store.NewMessage{Message: chat.Message{Kind: chat.KindReaction, Text: "👍", ReplyTo: "wamid.echo", At: d.now}})
	before, listed := d.conversation(v), d.lastOf(c)
	d.now = d.now.Add(time.Minute)
	id := d.later(c, time.Minute, false)
	d.update(func(tx *store.Tx) error { return tx.Withdraw(d.message(id)) })
	after := d.conversation(v)
	if !after.PersonAt.Equal(before.PersonAt) {
		t.Errorf("a person answered last at %s, want %s: from the phone", after.PersonAt, before.PersonAt)
	}
	if !after.LastAt.Equal(before.LastAt) {
		t.Errorf("the row stands at %s, want %s", after.LastAt, before.LastAt)
	}
	if at := d.lastOf(c); !at.Equal(listed) {
		t.Errorf("among the customers they stand at %s, want %s", at, listed)
	}
}

// lastOf is when the list of customers says that somebody was last spoken with.
func (d *desk) lastOf(c chat.Contact) (at time.Time) {
	d.t.Helper()
	d.view(func(r *store.Reader) error {
		of, err := r.Customer(c.ID, d.now, d.now)
		at = of.LastAt
		return err
	})
	return at
}

func TestWhoIsBlockedDoesNotWaitWhenAnAnswerIsLost(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	v := d.write(c, 0).Conversation
	id := d.later(c, time.Minute, false)
	d.update(func(tx *store.Tx) error { return tx.SetBlocked(c.ID, true, 1) })
	d.update(func(tx *store.Tx) error { return tx.Withdraw(d.message(id)) })
	if row := d.conversation(v); !row.WaitingSince.IsZero() {
		t.Errorf("who is blocked waits since %s", row.WaitingSince)
	}
}

func TestWhatWasWrittenWhileBlockedWaitsForNoAnswerAfterwards(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	v := d.write(c, 0).Conversation
	block := func(blocked bool) { d.update(func(tx *store.Tx) error { return tx.SetBlocked(c.ID, blocked, 1) }) }
	block(true)
	d.update(func(tx *store.Tx) error { // as core/intake keeps what nobody is told of
		return tx.AddMessage(&store.NewMessage{Channel: d.channel.ID, Message: chat.Message{
			Conversation: v, Contact: c.ID, Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "spam", At: tx.Now(),
		}})
	})
	block(false)
	first := d.later(c, time.Minute, false)
	d.update(func(tx *store.Tx) error { return tx.Withdraw(d.message(first)) })
	if row := d.conversation(v); !row.WaitingSince.IsZero() {
		t.Errorf("unblocked, they wait since %s for an answer to what they had written before", row.WaitingSince)
	}
	asked := d.write(c, 0)
	block(false) // once more: they are not blocked
	second := d.later(c, time.Minute, false)
	d.update(func(tx *store.Tx) error { return tx.Withdraw(d.message(second)) })
	if row := d.conversation(v); !row.WaitingSince.Equal(asked.At) {
		t.Errorf("they wait since %s, want %s: since they wrote again", row.WaitingSince, asked.At)
	}
}

func TestWhatIsScheduledAsksOnlyWhereTheCustomerWroteInItsOwnChat(t *testing.T) {
	d := newDesk(t)
	c, other := d.customer(), d.customer()
	d.write(c, 0)
	d.write(other, 0)
	id := d.later(c, time.Hour, true)
	asks := func() bool {
		list := d.chat(c)
		return list[slices.IndexFunc(list, func(m chat.Message) bool { return m.ID == id })].Asks
	}
	d.update(func(tx *store.Tx) error {
		_, err := tx.Merge(contract.MergeChoice{Stays: c.ID, Goes: other.ID}, 1)
		return err
	})
	merged := other
	merged.ID = c.ID
	d.write(merged, 0)
	if asks() {
		t.Error("it asks though they wrote with their other number only")
	}
	d.write(c, 0)
	if !asks() {
		t.Error("it does not ask though they wrote")
	}
}

func TestTheNextMomentIsThatOfReleaseOrOfTheEnd(t *testing.T) {
	d := newDesk(t)
	next := func() (at time.Time) {
		d.update(func(tx *store.Tx) (err error) { at, err = tx.NextHeld(); return err })
		return at
	}
	if at := next(); !at.IsZero() {
		t.Errorf("of nothing held back %s is next", at)
	}
	c := d.customer()
	d.write(c, 0)
	d.later(c, time.Hour, true)
	written := d.now
	if at := next(); !at.Equal(written.Add(time.Hour)) {
		t.Errorf("%s is next, want the moment itself", at)
	}
	d.write(c, 0)
	d.now = d.now.Add(2 * time.Hour)
	if due := d.release(); len(due) != 0 {
		t.Errorf("%v is let go though the customer wrote", due)
	}
	if at := next(); !at.Equal(written.Add(24 * time.Hour)) {
		t.Errorf("%s is next, want the end of the window", at)
	}
}

// Whatever people and customers do, nothing leaves before its moment, nor after the
// customer wrote, and the row shows the newest message that stands in the chat.
func TestHeldBackAnswersInAnyOrder(t *testing.T) {
	d := newDesk(t)
	rapid.Check(t, func(rt *rapid.T) {
		d.t = rt
		defer func() { d.t = t }()
		c := d.customer()
		v := d.write(c, 0).Conversation
		until := map[chat.MessageID]time.Time{}
		asks := map[chat.MessageID]bool{}
		scheduled := map[chat.MessageID]bool{}
		rt.Repeat(map[string]func(*rapid.T){
			"write": func(*rapid.T) {
				d.write(c, 0)
				for id := range scheduled {
					asks[id] = true
				}
			},
			"hold": func(rt *rapid.T) {
				in := time.Duration(rapid.IntRange(1, 100).Draw(rt, "seconds")) * time.Second
				later := rapid.Bool().Draw(rt, "scheduled")
				id := d.later(c, in, later)
				until[id] = d.now.Add(in)
				if later {
					scheduled[id] = true
				}
			},
			"withdraw": func(*rapid.T) {
				for id := range until {
					d.update(func(tx *store.Tx) error {
						m, err := tx.Message(id)
						if err != nil {
							return err
						}
						return tx.Withdraw(m)
					})
					delete(until, id)
					delete(scheduled, id)
					return
				}
			},
			"wait": func(rt *rapid.T) {
				d.now = d.now.Add(time.Duration(rapid.IntRange(1, 60).Draw(rt, "seconds")) * time.Second)
				for _, id := range d.release() {
					if until[id].After(d.now) || asks[id] {
						rt.Fatalf("message %d left at %s: its moment is %s, it asks: %t", id, d.now, until[id], asks[id])
					}
					for before := range until { // takes those before it along
						if !scheduled[before] && (scheduled[id] || before < id) {
							delete(until, before)
						}
					}
					delete(until, id)
					delete(scheduled, id)
				}
				for id, at := range until {
					if !at.After(d.now) && !asks[id] {
						rt.Fatalf("message %d did not leave at %s, its moment was %s", id, d.now, at)
					}
				}
			},
			"": func(rt *rapid.T) {
				list := d.chat(c)
				for id := range scheduled {
					i := slices.IndexFunc(list, func(m chat.Message) bool { return m.ID == id })
					if i < 0 || list[i].Status != chat.StatusScheduled || list[i].Asks != asks[id] || !list[i].GoesAt.Equal(until[id]) {
						rt.Fatalf("message %d is not shown as scheduled for %s, asking: %t", id, until[id], asks[id])
					}
				}
				stands := slices.DeleteFunc(list, func(m chat.Message) bool { return m.Status == chat.StatusScheduled })
				last := stands[len(stands)-1]
				row := d.conversation(v)
				if row.Preview.Text != last.Text || row.Preview.Author != last.Author {
					rt.Fatalf("the row shows %+v, the last message is %+v", row.Preview, last)
				}
				if last.Inbound() && row.WaitingSince.IsZero() {
					rt.Fatalf("the customer waits since %s, the last message is %+v", row.WaitingSince, last)
				}
			},
		})
	})
}

func TestWhoseWindowClosesSoonIsFoundByItsIndex(t *testing.T) {
	plan, err := newDesk(t).db.PlanOfClosing(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(plan, "conversation_closing (last_inbound>? AND last_inbound<?)") {
		t.Errorf("the plan does not read the index alone:\n%s", plan)
	}
}

func TestWhatIsDueIsFoundByTheIndexOfWhatIsHeldBack(t *testing.T) {
	plan, err := newDesk(t).db.PlanOfDue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(plan, "SEARCH o USING INDEX outbox_held (not_before<?)") {
		t.Errorf("what is ready is looked at, too:\n%s", plan)
	}
}

func TestARowSaysWhenTheFirstScheduledAnswerLeaves(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	d.write(c, 0)
	goes := func() (at time.Time) {
		t.Helper()
		d.view(func(r *store.Reader) error {
			v, err := r.LatestConversation(d.channel.ID, c)
			at = v.GoesAt
			return err
		})
		return at
	}
	d.later(c, time.Minute, false)
	if at := goes(); !at.IsZero() {
		t.Errorf("an answer that is held back for a moment leaves at %s", at)
	}
	d.later(c, 2*time.Hour, true)
	d.later(c, time.Hour, true)
	if at, want := goes(), d.now.Add(time.Hour); !at.Equal(want) {
		t.Errorf("the row says %s, want %s", at, want)
	}
	d.now = d.now.Add(3 * time.Hour)
	d.release()
	if at := goes(); !at.IsZero() {
		t.Errorf("once all have left the row says %s", at)
	}
}
