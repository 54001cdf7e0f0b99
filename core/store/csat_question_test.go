package store_test

import (
	"errors"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/store"
)

// question is what a customer was asked last, on its way.
func (d *desk) question(c chat.Contact) letter {
	d.t.Helper()
	list := d.chat(c)
	id := list[len(list)-1].ID
	return letter{message: id, row: d.rowOf(id).ID}
}

// asked resolves what a customer has just written, and asks them how it was.
func (d *desk) asked(c chat.Contact) (chat.ConversationID, letter) {
	d.t.Helper()
	d.write(c, 0)
	v := d.resolveFor(c, 0)
	d.ask()
	return v.ID, d.question(c)
}

// rateAt stores a score that a customer gave at a moment.
func (d *desk) rateAt(c chat.Contact, score int, at time.Time) {
	d.t.Helper()
	d.update(func(tx *store.Tx) error {
		a, err := tx.AskedRating(d.channel.ID, c, "")
		if err != nil {
			return err
		}
		return tx.Rate(a, score, at)
	})
}

func TestWhatBecomesOfAQuestion(t *testing.T) {
	lose := map[string]func(*desk, letter){
		"failed": func(d *desk, q letter) {
			d.done(d.db.OutboxFailed(d.Context(), q.row, 131026, "not delivered"))
		},
		"expired": func(d *desk, _ letter) {
			if n, err := d.db.OutboxExpire(d.Context(), d.now.Add(time.Hour)); n != 1 || err != nil {
				d.Fatalf("%d rows expired: %v", n, err)
			}
		},
		"was refused after Meta took it": func(d *desk, q letter) {
			d.done(d.db.OutboxSent(d.Context(), q.row, store.Acceptance{WAMID: "wamid.q", At: d.now}))
			d.report("wamid.q", "", chat.StatusFailed)
		},
	}
	for how, lost := range lose {
		start := func(t *testing.T) (*desk, chat.Contact, chat.ConversationID, letter) {
			d := newDesk(t)
			d.asks()
			c := d.customer()
			v, q := d.asked(c)
			lost(d, q)
			return d, c, v, q
		}
		t.Run("one that "+how+" was not asked, and another may be", func(t *testing.T) {
			d, c, v, _ := start(t)
			if got := d.row(v).Rating; !got.Asked.IsZero() {
				t.Fatalf("it is said to be asked at %s", got.Asked)
			}
			d.view(func(r *store.Reader) error {
				if a, err := r.AskedRating(d.channel.ID, c, ""); !errors.Is(err, store.ErrNotFound) {
					t.Errorf("a digit would answer %+v (%v)", a, err)
				}
				return nil
			})
			d.resolveFor(c, 0)
			if plans := d.ask(); len(plans) != 1 || d.row(v).Rating.Asked.IsZero() {
				t.Errorf("plans are %+v", plans)
			}
		})
		t.Run("one that "+how+" is asked when it is sent once more", func(t *testing.T) {
			d, c, v, q := start(t)
			d.now = d.now.Add(2 * time.Hour)
			d.again(q)
			if got := d.row(v).Rating.Asked; !got.Equal(d.now) {
				t.Errorf("asked at %s, sent again at %s", got, d.now)
			}
			d.rate(c, 4)
			if got := d.message(q.message).Score(); got != 4 {
				t.Errorf("the question has the score %d", got)
			}
		})
	}
	t.Run("one that arrived after it was given up was asked after all", func(t *testing.T) {
		d := newDesk(t)
		d.asks()
		c := d.customer()
		v, q := d.asked(c)
		lose["was refused after Meta took it"](d, q)
		d.report("wamid.q", "", chat.StatusDelivered)
		if d.row(v).Rating.Asked.IsZero() {
			t.Error("it is not said to be asked")
		}
	})
	t.Run("an answer stays though its question is said to have failed", func(t *testing.T) {
		d := newDesk(t)
		d.asks()
		c := d.customer()
		v, q := d.asked(c)
		d.done(d.db.OutboxSent(d.Context(), q.row, store.Acceptance{WAMID: "wamid.q", At: d.now}))
		d.rate(c, 5)
		d.report("wamid.q", "", chat.StatusFailed)
		if got := d.row(v).Rating; got.Score != 5 || got.Asked.IsZero() {
			t.Errorf("the rating is %+v", got)
		}
	})
	t.Run("it was asked when Meta says that it left", func(t *testing.T) {
		for _, off := range []time.Duration{-2 * time.Minute, 2 * time.Minute} {
			d := newDesk(t)
			d.asks()
			c := d.customer()
			v, q := d.asked(c)
			d.done(d.db.OutboxSent(d.Context(), q.row, store.Acceptance{WAMID: "wamid.q", At: d.now}))
			left := d.now.Add(off)
			for _, s := range []chat.Status{chat.StatusDelivered, chat.StatusSent, chat.StatusRead} {
				d.update(func(tx *store.Tx) error {
					return tx.ApplyStatus(store.StatusReport{WAMID: "wamid.q", Status: s, At: left.Add(map[chat.Status]time.Duration{
						chat.StatusDelivered: time.Second, chat.StatusRead: time.Minute,
					}[s])})
				})
			}
			if got := d.row(v).Rating.Asked; !got.Equal(left) {
				t.Errorf("this computer's clock off by %s: asked at %s, left at %s", -off, got, left)
			}
		}
	})
}

func TestTheLastQuestionIsTheOneThatWasAskedLast(t *testing.T) {
	d := newDesk(t)
	d.asks()
	c := d.customer()
	older, q := d.asked(c)
	d.done(d.db.OutboxFailed(d.Context(), q.row, 131026, "not delivered"))
	d.now = d.now.Add(chat.TakeUpAgain + time.Hour)
	if newer, _ := d.asked(c); newer == older {
		t.Fatal("there is one conversation only")
	}
	d.now = d.now.Add(time.Minute)
	d.again(q)
	d.view(func(r *store.Reader) error {
		a, err := r.AskedRating(d.channel.ID, c, "")
		if a.Conversation != older || err != nil {
			t.Errorf("a digit answers the question of conversation %d (%v), want that of %d, which was sent again", a.Conversation, err, older)
		}
		return nil
	})
}

func TestAnswersOutOfOrder(t *testing.T) {
	d := newDesk(t)
	d.asks()
	c := d.customer()
	v, q := d.asked(c)
	first := d.now
	d.rateAt(c, 5, first.Add(20*time.Second))
	told := 0
	d.told = func(list []store.Change) { told += len(list) }
	d.rateAt(c, 1, first)
	if got := d.row(v).Rating; got.Score != 5 || !got.At.Equal(first.Add(20*time.Second)) || d.message(q.message).Score() != 5 || told != 0 {
		t.Errorf("an older answer that came late made the rating %+v, the question's score %d and %d changes", got, d.message(q.message).Score(), told)
	}
	d.rateAt(c, 3, first.Add(20*time.Second)) // Meta's time has whole seconds
	if got := d.row(v).Rating; got.Score != 3 || d.message(q.message).Score() != 3 {
		t.Errorf("a later answer of the same second made the rating %+v", got)
	}
}

func TestPlansDoNotOutliveWhatTheyWaitFor(t *testing.T) {
	next := func(d *desk) (at time.Time) {
		d.view(func(r *store.Reader) (err error) { at, err = r.NextRating(); return err })
		return at
	}
	for name, open := range map[string]func(*desk, chat.Contact, chat.ConversationID){
		"reopened": func(d *desk, _ chat.Contact, v chat.ConversationID) {
			d.update(func(tx *store.Tx) error { return tx.Reopen(v) })
		},
		"taken up by the customer": func(d *desk, c chat.Contact, _ chat.ConversationID) { d.write(c, 0) },
		"resolved once more, past the window": func(d *desk, c chat.Contact, _ chat.ConversationID) {
			d.now = d.now.Add(chat.MetaWindow)
			d.resolveFor(c, time.Minute)
		},
	} {
		t.Run("of a conversation that is "+name+" nothing is planned any more", func(t *testing.T) {
			d := newDesk(t)
			d.asks()
			c := d.customer()
			d.write(c, 0)
			v := d.resolveFor(c, time.Minute)
			if next(d).IsZero() {
				t.Fatal("nothing was planned")
			}
			open(d, c, v.ID)
			if at := next(d); !at.IsZero() {
				t.Errorf("it is planned for %s", at)
			}
		})
	}
}
