package store_test

import (
	"testing"
	"time"

	"shopbell/core/chat"
	contract "shopbell/core/desk"
	"shopbell/core/store"
)

// asks switches the question for a rating on.
func (d *desk) asks() {
	d.t.Helper()
	d.update(func(tx *store.Tx) error { return tx.SetRatings(true) })
}

// resolveFor resolves a customer's conversation, and plans the question.
func (d *desk) resolveFor(c chat.Contact, in time.Duration) (v chat.Conversation) {
	d.t.Helper()
	d.update(func(tx *store.Tx) (err error) {
		if v, err = tx.LatestConversation(d.channel.ID, c); err != nil {
			return err
		}
		v.State, v.ResolvedAt, v.WaitingSince = chat.StateResolved, tx.Now(), time.Time{}
		if err := tx.SaveConversation(v); err != nil {
			return err
		}
		return tx.PlanRating(v, tx.Now().Add(in), 1)
	})
	return v
}

// ask asks whom it is time to ask, as the host does.
func (d *desk) ask() (plans []store.RatingPlan) {
	d.t.Helper()
	d.update(func(tx *store.Tx) (err error) {
		if plans, err = tx.TakeDueRatings(); err != nil {
			return err
		}
		for _, p := range plans {
			v, err := tx.Conversation(p.Conversation)
			if err != nil {
				return err
			}
			var l letter
			m := chat.Message{Conversation: v.ID, Contact: v.Contact.ID, Author: chat.AuthorDesk, Kind: chat.KindRating, Text: "Happiness?", List: chat.RatingList(), At: tx.Now()}
			if err := tx.AskRating(d.outgoing(tx, m, &l)); err != nil {
				return err
			}
		}
		return nil
	})
	return plans
}

func (d *desk) rate(c chat.Contact, score int) {
	d.t.Helper()
	d.update(func(tx *store.Tx) error {
		a, err := tx.AskedRating(d.channel.ID, c, "")
		if err != nil {
			return err
		}
		return tx.Rate(a, score, tx.Now())
	})
}

func (d *desk) row(id chat.ConversationID) (v chat.Conversation) {
	d.t.Helper()
	d.view(func(r *store.Reader) (err error) { v, err = r.Conversation(id); return err })
	return v
}

func TestRatings(t *testing.T) {
	t.Run("nothing is planned while the shop does not ask", func(t *testing.T) {
		d := newDesk(t)
		c := d.customer()
		d.write(c, 0)
		d.resolveFor(c, 0)
		if plans := d.ask(); len(plans) != 0 {
			t.Errorf("plans are %+v", plans)
		}
	})
	t.Run("a plan is taken once, at its time", func(t *testing.T) {
		d := newDesk(t)
		d.asks()
		c := d.customer()
		d.write(c, 0)
		v := d.resolveFor(c, time.Minute)
		if plans := d.ask(); len(plans) != 0 {
			t.Errorf("too early: %+v", plans)
		}
		d.now = d.now.Add(time.Minute)
		if plans := d.ask(); len(plans) != 1 || plans[0].Conversation != v.ID || plans[0].By != 1 {
			t.Errorf("plans are %+v", plans)
		}
		if plans := d.ask(); len(plans) != 0 {
			t.Errorf("asked again: %+v", plans)
		}
		if got := d.row(v.ID); !got.Rating.Asked.Equal(d.now.Add(-d.step)) || got.Preview != v.Preview {
			t.Errorf("the row is %+v", got)
		}
	})
	t.Run("a row that was read before the answer does not bring back that there was none", func(t *testing.T) {
		d := newDesk(t)
		d.asks()
		c := d.customer()
		d.write(c, 0)
		v := d.resolveFor(c, 0)
		d.ask()
		d.rate(c, 4)
		d.update(func(tx *store.Tx) error { return tx.SaveConversation(v) })
		if got := d.row(v.ID).Rating; got.Score != 4 || got.Asked.IsZero() || got.At.IsZero() {
			t.Errorf("the rating is %+v", got)
		}
	})
	t.Run("a customer's ratings are counted, of all their conversations", func(t *testing.T) {
		d := newDesk(t)
		d.asks()
		c := d.customer()
		for _, score := range []int{5, 2} {
			d.write(c, 0)
			d.resolveFor(c, 0)
			d.ask()
			d.rate(c, score)
			d.now = d.now.Add(chat.TakeUpAgain + time.Hour)
		}
		d.write(c, 0) // not rated
		var got contract.Customer
		d.view(func(r *store.Reader) (err error) { got, err = r.Customer(c.ID, d.now, d.now); return err })
		if got.Ratings != 2 || got.Scores != 7 || got.Conversations != 3 {
			t.Errorf("%d ratings of %d together in %d conversations", got.Ratings, got.Scores, got.Conversations)
		}
	})
	t.Run("a question that did not leave expires without a word, and is none to answer", func(t *testing.T) {
		d := newDesk(t)
		d.asks()
		c := d.customer()
		d.write(c, 0)
		d.resolveFor(c, 0)
		d.ask()
		before := len(d.chat(c))
		if n, err := d.db.OutboxExpire(t.Context(), d.now.Add(48*time.Hour)); n != 1 || err != nil {
			t.Fatalf("%d rows expired: %v", n, err)
		}
		if list := d.chat(c); len(list) != before || list[len(list)-1].Status != chat.StatusExpired {
			t.Errorf("the chat is %+v", list)
		}
		d.view(func(r *store.Reader) error {
			if a, err := r.AskedRating(d.channel.ID, c, ""); err == nil {
				t.Errorf("there is a question %+v", a)
			}
			return nil
		})
	})
	t.Run("a search does not find the question", func(t *testing.T) {
		d := newDesk(t)
		d.asks()
		c := d.customer()
		d.write(c, 0)
		d.resolveFor(c, 0)
		d.ask()
		for _, indexed := range []bool{false, true} {
			if indexed {
				d.indexAll()
			}
			if f := d.search(contract.SearchQuery{Text: "happiness"}); len(f.Sections) != 0 {
				t.Errorf("indexed: %t, found: %+v", indexed, f.Sections)
			}
		}
	})
}
