package store_test

import (
	"errors"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/store"
)

func TestALetterOnItsWay(t *testing.T) {
	tests := []struct {
		name string
		way  func(d *desk, l letter)
		want chat.Status
		// ready and unknown are the rows left; waits says whether the customer does.
		ready, unknown int
		waits          bool
	}{
		{"queued until it is claimed", func(*desk, letter) {}, chat.StatusQueued, 1, 0, false},
		{"queued while it is being sent", func(d *desk, l letter) { d.claim(l) }, chat.StatusQueued, 1, 0, false},
		{"accepted", func(d *desk, l letter) {
			d.claim(l)
			d.done(d.db.OutboxSent(d.Context(), l.row, store.Acceptance{WAMID: "wamid.1", At: d.now}))
		}, chat.StatusSent, 0, 0, false},
		{"refused for good", func(d *desk, l letter) {
			d.claim(l)
			d.done(d.db.OutboxFailed(d.Context(), l.row, 131026, "not on WhatsApp"))
		}, chat.StatusFailed, 0, 0, true},
		{"put back", func(d *desk, l letter) {
			d.claim(l)
			d.done(d.db.OutboxBack(d.Context(), l.row, d.now.Add(time.Second), 131056, "too fast"))
		}, chat.StatusQueued, 1, 0, false},
		{"of unknown fate", func(d *desk, l letter) {
			d.claim(l)
			d.done(d.db.OutboxUnknown(d.Context(), l.row, "no answer"))
		}, chat.StatusUnknown, 0, 1, false},
		{"unknown, and a person knows that it left", func(d *desk, l letter) {
			d.claim(l)
			d.done(d.db.OutboxUnknown(d.Context(), l.row, "no answer"))
			d.update(func(tx *store.Tx) error { return tx.SettleUnknown(l.message, true) })
		}, chat.StatusSent, 0, 0, false},
		{"unknown, and a person knows that it did not leave", func(d *desk, l letter) {
			d.claim(l)
			d.done(d.db.OutboxUnknown(d.Context(), l.row, "no answer"))
			d.update(func(tx *store.Tx) error { return tx.SettleUnknown(l.message, false) })
		}, chat.StatusFailed, 0, 0, true},
		{"unknown, and then delivered", func(d *desk, l letter) {
			d.claim(l)
			d.done(d.db.OutboxUnknown(d.Context(), l.row, "no answer"))
			d.report("wamid.1", l.callback, chat.StatusDelivered)
		}, chat.StatusDelivered, 0, 0, false},
		{"being sent when the program ended", func(d *desk, l letter) {
			d.claim(l)
			n, err := d.db.OutboxRecover(d.Context())
			d.done(err)
			if n != 1 {
				d.t.Errorf("recovered %d rows, want 1", n)
			}
		}, chat.StatusUnknown, 0, 1, false},
		{"waiting when the program ended", func(d *desk, _ letter) {
			n, err := d.db.OutboxRecover(d.Context())
			d.done(err)
			if n != 0 {
				d.t.Errorf("recovered %d rows, want none", n)
			}
		}, chat.StatusQueued, 1, 0, false},
		{"too late", func(d *desk, _ letter) { expire(d, 1) }, chat.StatusExpired, 0, 0, true},
		{"too late while it is being sent", func(d *desk, l letter) { d.claim(l); expire(d, 0) }, chat.StatusQueued, 1, 0, false},
		{"refused, and reported as delivered all the same", func(d *desk, l letter) {
			d.claim(l)
			d.done(d.db.OutboxFailed(d.Context(), l.row, 1, "a lie"))
			d.report("wamid.1", l.callback, chat.StatusDelivered)
		}, chat.StatusDelivered, 0, 0, false},
		{"settled as lost, and reported as sent all the same", func(d *desk, l letter) {
			d.claim(l)
			d.done(d.db.OutboxUnknown(d.Context(), l.row, "no answer"))
			d.update(func(tx *store.Tx) error { return tx.SettleUnknown(l.message, false) })
			d.report("wamid.1", l.callback, chat.StatusSent)
		}, chat.StatusSent, 0, 0, false},
		{"failed after it was accepted", func(d *desk, l letter) {
			d.claim(l)
			d.done(d.db.OutboxSent(d.Context(), l.row, store.Acceptance{WAMID: "wamid.1", At: d.now}))
			d.report("wamid.1", l.callback, chat.StatusFailed)
		}, chat.StatusFailed, 0, 0, true},
		{"failed, and then delivered all the same", func(d *desk, l letter) {
			d.report("wamid.1", l.callback, chat.StatusFailed)
			d.report("wamid.1", l.callback, chat.StatusDelivered)
		}, chat.StatusDelivered, 0, 0, false},
		{"reported before our own answer was stored", func(d *desk, l letter) {
			d.claim(l)
			d.report("wamid.1", l.callback, chat.StatusRead)
			d.done(d.db.OutboxSent(d.Context(), l.row, store.Acceptance{WAMID: "wamid.1", At: d.now}))
		}, chat.StatusRead, 0, 0, false},
		{"reported without callback data before our own answer was stored", func(d *desk, l letter) {
			d.claim(l)
			d.report("wamid.1", "", chat.StatusRead)
			d.report("wamid.1", "", chat.StatusDelivered)
			d.done(d.db.OutboxSent(d.Context(), l.row, store.Acceptance{WAMID: "wamid.1", At: d.now}))
		}, chat.StatusRead, 0, 0, false},
		{"reported without callback data, and then with it", func(d *desk, l letter) {
			d.claim(l)
			d.report("wamid.1", "", chat.StatusRead)
			d.report("wamid.1", l.callback, chat.StatusDelivered)
		}, chat.StatusRead, 0, 0, false},
		{"reported with the callback data of another shop", func(d *desk, l letter) {
			d.claim(l)
			d.report("wamid.1", "x"+l.callback, chat.StatusRead)
		}, chat.StatusQueued, 1, 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			c := d.customer()
			asked := d.write(c, 0)
			l := d.answer(c, agentSays("yes"))
			tt.way(d, l)
			m, v := d.message(l.message), d.conversation(asked.Conversation)
			if m.Status != tt.want || v.Preview.Status != tt.want {
				t.Errorf("status %q and in the list %q, want %q", m.Status, v.Preview.Status, tt.want)
			}
			if ready, unknown := d.outbox(); ready != tt.ready || unknown != tt.unknown {
				t.Errorf("%d rows wait and %d are unknown, want %d and %d", ready, unknown, tt.ready, tt.unknown)
			}
			var since time.Time
			if tt.waits {
				since = asked.At
			}
			if !v.WaitingSince.Equal(since) {
				t.Errorf("waits since %v, want %v", v.WaitingSince, since)
			}
		})
	}
}

// expire lets a letter's time run out and ends what is late.
func expire(d *desk, want int) {
	d.t.Helper()
	d.now = d.now.Add(time.Hour)
	n, err := d.db.OutboxExpire(d.Context(), d.now)
	d.done(err)
	if n != want {
		d.t.Errorf("%d rows expired, want %d", n, want)
	}
}

func TestRowsThatAreNotThereAreNoError(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	d.write(c, 0)
	l := d.answer(c, agentSays("yes"))
	const none = 4711
	ids, err := d.db.OutboxClaim(t.Context(), []int64{none, l.row, l.row})
	if err != nil || len(ids) != 1 || ids[0] != l.row {
		t.Errorf("claimed %v (%v), want the one that is ready, once", ids, err)
	}
	for name, err := range map[string]error{
		"sent":    d.db.OutboxSent(t.Context(), none, store.Acceptance{WAMID: "wamid.1", At: d.now}),
		"back":    d.db.OutboxBack(t.Context(), none, d.now, 1, ""),
		"unknown": d.db.OutboxUnknown(t.Context(), none, ""),
		"failed":  d.db.OutboxFailed(t.Context(), none, 1, ""),
	} {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	err = d.db.Update(t.Context(), func(tx *store.Tx) error { return tx.SettleUnknown(l.message, true) })
	if !errors.Is(err, store.ErrNotFound) {
		t.Errorf("settling what is not unknown: got %v, want ErrNotFound", err)
	}
	if m := d.message(l.message); m.Status != chat.StatusQueued {
		t.Errorf("the letter is %q, want queued as before", m.Status)
	}
}

func TestARowThatWasPutBackWaitsAndShowsItsError(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	l := d.answer(c, agentSays("yes"))
	d.claim(l)
	later := d.now.Add(30 * time.Second)
	d.done(d.db.OutboxBack(t.Context(), l.row, later, 131056, "too fast"))
	row := d.rowOf(l.message)
	if !row.NotBefore.Equal(later) {
		t.Errorf("the row is %+v, want not before %s", row, later)
	}
	if m := d.message(l.message); m.ErrorCode != 131056 || m.ErrorText != "too fast" {
		t.Errorf("the message says %d %q", m.ErrorCode, m.ErrorText)
	}
	d.claim(l)
	d.done(d.db.OutboxSent(t.Context(), l.row, store.Acceptance{WAMID: "wamid.1", At: d.now}))
	if m := d.message(l.message); m.ErrorCode != 0 || m.ErrorText != "" || m.WAMID != "wamid.1" || !m.Accepted.Equal(d.now) {
		t.Errorf("after it was accepted the message is %+v", m)
	}
}

func TestOutboxReadyPagesByID(t *testing.T) {
	d := newDesk(t)
	var want []letter
	for range 5 {
		want = append(want, d.answer(d.customer(), agentSays("yes")))
	}
	d.claim(want[1])
	rows, err := d.db.OutboxReady(t.Context(), want[0].row, 2)
	d.done(err)
	if len(rows) != 2 || rows[0].ID != want[2].row || rows[1].ID != want[3].row {
		t.Fatalf("got %+v, want rows %d and %d", rows, want[2].row, want[3].row)
	}
	if r := rows[0]; r.Automatic || r.PhoneNumberID != d.channel.PhoneNumberID || r.Channel != d.channel.ID || string(r.Payload) != "{}" ||
		r.NewCustomer.IsZero() || r.SendBefore.Sub(r.NotBefore) != time.Minute || r.Message != want[2].message {
		t.Errorf("the row is %+v", r)
	}
}

func TestAnExpiredAnswerIsADraftAgain(t *testing.T) {
	draft := func(d *desk, v chat.ConversationID) (text string) {
		d.view(func(r *store.Reader) (err error) { text, _, err = r.Draft(1, v); return err })
		return text
	}
	t.Run("a person's, before what they have typed since", func(t *testing.T) {
		d := newDesk(t)
		c := d.customer()
		v := d.write(c, 0).Conversation
		d.answer(c, agentSays("first"))
		d.answer(c, agentSays("second"))
		d.update(func(tx *store.Tx) error { return tx.SaveDraft(1, v, "third") })
		expire(d, 2)
		if got, want := draft(d, v), "first\nsecond\nthird"; got != want {
			t.Errorf("the draft is %q, want %q", got, want)
		}
	})
	t.Run("an automatic one leaves a line instead", func(t *testing.T) {
		d := newDesk(t)
		c := d.customer()
		asked := d.write(c, 0)
		d.answer(c, chat.Message{Author: chat.AuthorRule, RuleID: "r1", RuleName: "Prices", Text: "3 euros"})
		expire(d, 1)
		if got := draft(d, asked.Conversation); got != "" {
			t.Errorf("the draft is %q, want none", got)
		}
		var list []chat.Message
		d.view(func(r *store.Reader) (err error) { list, err = r.Messages(c.ID, d.channel.ID, 0, 10); return err })
		last := list[len(list)-1]
		if last.Kind != chat.KindSystem || last.Text != string(chat.SysAutoExpired) || last.Data["rule"] != "Prices" {
			t.Errorf("the last line is %+v", last)
		}
		if v := d.conversation(asked.Conversation); v.Preview.Text != "3 euros" || !v.WaitingSince.Equal(asked.At) {
			t.Errorf("the row shows %q, waits since %v", v.Preview.Text, v.WaitingSince)
		}
	})
}

func TestASecondAttempt(t *testing.T) {
	failed := func(t *testing.T) (d *desk, first letter) {
		d = newDesk(t)
		c := d.customer()
		d.write(c, 0)
		first = d.answer(c, agentSays("yes"))
		d.claim(first)
		d.done(d.db.OutboxSent(t.Context(), first.row, store.Acceptance{WAMID: "wamid.1", At: d.now}))
		d.report("wamid.1", first.callback, chat.StatusFailed)
		return d, first
	}

	t.Run("is a new row with callback data of its own, and stands in the chat now", func(t *testing.T) {
		d, first := failed(t)
		second := d.again(first)
		if second.row == first.row || second.callback == first.callback {
			t.Errorf("the first attempt was %+v, the second is %+v", first, second)
		}
		m := d.message(first.message)
		if m.Status != chat.StatusQueued || m.WAMID != "" || m.ErrorCode != 0 || !m.Accepted.IsZero() || m.At.Before(d.now.Add(-time.Second)) {
			t.Errorf("the message is %+v, want it as new", m)
		}
	})

	t.Run("stands after what the customer wrote though this computer's clock is behind", func(t *testing.T) {
		d, first := failed(t)
		v := d.conversation(d.message(first.message).Conversation)
		asked := d.write(v.Contact, -time.Hour)
		d.again(first)
		if m := d.message(first.message); !m.At.Equal(asked.At) {
			t.Errorf("it stands at %s, the question at %s", m.At, asked.At)
		}
		if p := d.conversation(v.ID).Preview; p.Author != chat.AuthorAgent {
			t.Errorf("the row shows %+v", p)
		}
	})

	t.Run("is not touched by reports about the first", func(t *testing.T) {
		d, first := failed(t)
		second := d.again(first)
		for _, callback := range []string{first.callback, ""} {
			d.report("wamid.1", callback, chat.StatusFailed)
			d.report("wamid.1", callback, chat.StatusDelivered)
		}
		if m := d.message(first.message); m.Status != chat.StatusQueued {
			t.Errorf("the message is %q, want queued", m.Status)
		}
		d.claim(second)
		d.done(d.db.OutboxSent(t.Context(), second.row, store.Acceptance{WAMID: "wamid.2", At: d.now}))
		d.report("wamid.2", second.callback, chat.StatusRead)
		if m := d.message(first.message); m.Status != chat.StatusRead || m.WAMID != "wamid.2" {
			t.Errorf("the message is %q by the name %q, want read and wamid.2", m.Status, m.WAMID)
		}
	})

	t.Run("counts as the answer to what was asked before it", func(t *testing.T) {
		d, first := failed(t)
		c := d.conversation(d.message(first.message).Conversation).Contact
		asked := d.write(c, 0)
		d.again(first)
		// Another answer fails: the one that was sent again still stands.
		other := d.answer(c, agentSays("and"))
		d.claim(other)
		d.done(d.db.OutboxFailed(t.Context(), other.row, 1, ""))
		if v := d.conversation(asked.Conversation); !v.WaitingSince.IsZero() {
			t.Errorf("waits since %v, want nobody to wait", v.WaitingSince)
		}
	})

	for _, s := range []chat.Status{chat.StatusQueued, chat.StatusSent, chat.StatusUnknown} {
		t.Run("is not made of a message that is "+string(s), func(t *testing.T) {
			d := newDesk(t)
			c := d.customer()
			l := d.answer(c, agentSays("yes"))
			if s != chat.StatusQueued {
				d.claim(l)
			}
			switch s {
			case chat.StatusSent:
				d.done(d.db.OutboxSent(t.Context(), l.row, store.Acceptance{WAMID: "wamid.1", At: d.now}))
			case chat.StatusUnknown:
				d.done(d.db.OutboxUnknown(t.Context(), l.row, ""))
			}
			err := d.db.Update(t.Context(), func(tx *store.Tx) error {
				m, err := tx.Message(l.message)
				if err != nil {
					return err
				}
				return tx.AddAttempt(d.outgoing(tx, m, &letter{}))
			})
			if m := d.message(l.message); !errors.Is(err, store.ErrNotFound) || m.Status != s {
				t.Errorf("got %v and the message is %q, want ErrNotFound and %q", err, m.Status, s)
			}
		})
	}
}

func TestTwoMessagesThatMetaGivesOneIDAreBothAccepted(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	var letters []letter
	for range 2 {
		l := d.answer(c, agentSays("yes"))
		d.claim(l)
		d.done(d.db.OutboxSent(t.Context(), l.row, store.Acceptance{WAMID: "wamid.same", At: d.now}))
		letters = append(letters, l)
	}
	for i, want := range []string{"wamid.same", ""} {
		if m := d.message(letters[i].message); m.Status != chat.StatusSent || m.WAMID != want {
			t.Errorf("message %d is %q by the name %q, want sent and %q", i, m.Status, m.WAMID, want)
		}
	}
}

func TestAnAcceptanceTeachesHowMetaSpellsTheNumber(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	l := d.answer(c, agentSays("yes"))
	d.claim(l)
	d.done(d.db.OutboxSent(t.Context(), l.row, store.Acceptance{WAMID: "wamid.1", WaID: "351999999999", UserID: "PT.7", At: d.now}))
	d.update(func(tx *store.Tx) error {
		for _, p := range []store.Person{{Phone: "351999999999"}, {UserID: "PT.7"}} {
			got, isNew, err := tx.KnowContact(p)
			if err != nil {
				return err
			}
			if got.ID != c.ID || isNew {
				t.Errorf("%+v is contact %d (new: %t), want %d", p, got.ID, isNew, c.ID)
			}
		}
		return nil
	})
}

func TestOutboxRecent(t *testing.T) {
	d := newDesk(t)
	sent := func(l letter) {
		d.claim(l)
		d.done(d.db.OutboxSent(t.Context(), l.row, store.Acceptance{WAMID: l.callback, At: d.now}))
	}
	retried := d.answer(d.customer(), agentSays("fails first"))
	d.claim(retried)
	d.done(d.db.OutboxFailed(t.Context(), retried.row, 1, ""))
	sent(d.answer(d.customer(), agentSays("long ago")))
	d.now = d.now.Add(time.Hour)
	since := d.now
	want := map[chat.ContactID]bool{}
	for _, way := range []func(letter){
		sent,
		func(l letter) { d.claim(l); d.done(d.db.OutboxUnknown(t.Context(), l.row, "")) },
	} {
		c := d.customer()
		way(d.answer(c, agentSays("just now")))
		want[c.ID] = true
	}
	d.answer(d.customer(), agentSays("not yet"))
	lost := d.answer(d.customer(), agentSays("never"))
	d.claim(lost)
	d.done(d.db.OutboxFailed(t.Context(), lost.row, 1, ""))
	// However many messages have come since a message was written: it counts
	// when it left.
	d.skipMessageIDs(150_000)
	again := d.again(retried)
	sent(again)
	want[d.message(again.message).Contact] = true

	past, err := d.db.OutboxRecent(t.Context(), since)
	d.done(err)
	for i, p := range past {
		if !want[p.Contact] || p.Channel != d.channel.ID || p.At.Before(since) || i > 0 && p.At.Before(past[i-1].At) {
			t.Errorf("entry %d of %+v is wrong: want contacts %v since %s, oldest first", i, past, want, since)
		}
		delete(want, p.Contact)
	}
	if len(want) > 0 {
		t.Errorf("contacts %v are missing in %+v", want, past)
	}
}
