package store_test

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shopbell/core/autoreply/words"
	"shopbell/core/chat"
	"shopbell/core/store"
)

// crowd is an inbox in all states a row can have, with many equal times.
func crowd(t *testing.T) (d *desk, rows []chat.Conversation) {
	d = newDesk(t)
	rng := rand.New(rand.NewPCG(1, 2))
	names := []string{"Emma Clark", "Пётр Волков", "Inês de Castro", "Ёлка Ель", "Anna-Maria Волк", "Café 351", ""}
	d.update(func(tx *store.Tx) error {
		for i := range 240 {
			c, _, err := tx.KnowContact(store.Person{Phone: fmt.Sprintf("3519%08d", rng.IntN(1e8)), Name: names[i%len(names)]})
			if err != nil {
				return err
			}
			v, err := tx.TakeUp(d.channel.ID, c)
			if err != nil {
				return err
			}
			at := func() time.Time { return opening.Add(time.Duration(rng.IntN(12)) * time.Minute) }
			v.LastAt = at()
			switch rng.IntN(3) {
			case 0:
				v.WaitingSince = at()
			case 1:
				v.State, v.ResolvedAt = chat.StateResolved, at()
			}
			v.AssignedTo = rng.Int64N(4)
			if holder := rng.Int64N(4); holder > 0 {
				v.Lock = chat.Lock{Holder: holder, Until: opening.Add(time.Duration(rng.IntN(3)-1) * time.Minute)}
			}
			if err := tx.SaveConversation(v); err != nil {
				return err
			}
			rows = append(rows, v)
		}
		return nil
	})
	return d, rows
}

// chosen is the slow and obvious way to what a query lists: filter, then sort.
func chosen(rows []chat.Conversation, q store.ListQuery) (ids []chat.ConversationID) {
	var list []chat.Conversation
	for _, v := range rows {
		open := v.State == chat.StateOpen
		mine := v.AssignedTo == q.Agent || v.Lock.HeldBy(q.Agent, q.Now)
		in := map[store.Listing]bool{
			store.ListAll: open, store.ListWaiting: open && !v.WaitingSince.IsZero(),
			store.ListMine: open && mine, store.ListResolved: !open,
		}[q.Listing]
		named := func(w string) bool {
			return slices.ContainsFunc(words.Plain(v.Contact.Name), func(have string) bool { return strings.HasPrefix(have, w) })
		}
		for _, w := range q.Words {
			in = in && named(w)
		}
		if in && (strings.Contains(v.Contact.Phone, q.Digits) || named(q.Digits)) {
			list = append(list, v)
		}
	}
	slices.SortFunc(list, func(a, b chat.Conversation) int {
		switch aWaits, bWaits := !a.WaitingSince.IsZero(), !b.WaitingSince.IsZero(); {
		case q.Listing == store.ListResolved:
			return cmp.Or(b.ResolvedAt.Compare(a.ResolvedAt), cmp.Compare(b.ID, a.ID))
		case aWaits && bWaits:
			return cmp.Or(a.WaitingSince.Compare(b.WaitingSince), cmp.Compare(a.ID, b.ID))
		case aWaits:
			return -1
		case bWaits:
			return 1
		}
		return cmp.Or(b.LastAt.Compare(a.LastAt), cmp.Compare(b.ID, a.ID))
	})
	for _, v := range list {
		ids = append(ids, v.ID)
	}
	return ids
}

func TestPagesOfAnySizeListEachRowOnceAndInOrder(t *testing.T) {
	d, rows := crowd(t)
	rapid.Check(t, func(t *rapid.T) {
		q := store.ListQuery{
			Listing: rapid.SampledFrom([]store.Listing{store.ListAll, store.ListWaiting, store.ListMine, store.ListResolved}).Draw(t, "listing"),
			Agent:   rapid.Int64Range(1, 4).Draw(t, "agent"),
			Now:     opening,
			Words:   rapid.SampledFrom([][]string{nil, nil, {"emma"}, {"волк"}, {"e"}, {"волк", "п"}, {"елк"}, {"lark"}}).Draw(t, "words"),
			Digits:  rapid.SampledFrom([]string{"", "", "", "351", "77", "123456"}).Draw(t, "digits"),
			Limit:   rapid.IntRange(1, 200).Draw(t, "limit"),
		}
		want := chosen(rows, q)
		var got []chat.ConversationID
		d.view(func(r *store.Reader) error {
			for {
				page, next, err := r.List(q)
				if err != nil {
					return err
				}
				if len(page) > q.Limit || next != "" && len(page) < q.Limit {
					t.Fatalf("a page of %d rows with limit %d, and next is %q", len(page), q.Limit, next)
				}
				for _, v := range page {
					got = append(got, v.ID)
				}
				if q.After = next; next == "" {
					return nil
				}
			}
		})
		if !slices.Equal(got, want) {
			t.Fatalf("listed %d rows %v\nwant   %d rows %v", len(got), got, len(want), want)
		}
	})
}

func TestCountsAreTheLengthsOfTheLists(t *testing.T) {
	d, rows := crowd(t)
	for agent := int64(1); agent < 5; agent++ {
		d.view(func(r *store.Reader) error {
			c, err := r.Counts(agent, opening)
			for listing, n := range map[store.Listing]int{
				store.ListMine: c.Mine, store.ListWaiting: c.Waiting, store.ListAll: c.All, store.ListResolved: c.Resolved,
			} {
				if want := len(chosen(rows, store.ListQuery{Listing: listing, Agent: agent, Now: opening})); n != want {
					t.Errorf("agent %d: listing %d is counted as %d, want %d", agent, listing, n, want)
				}
			}
			return err
		})
	}
}

func TestACursorOfAnotherListIsRefused(t *testing.T) {
	d, _ := crowd(t)
	for _, after := range []string{"x", "w:1", "w:1:x", "w:y:1", "r:1:1", "w:1:1:1"} {
		d.view(func(r *store.Reader) error {
			if _, _, err := r.List(store.ListQuery{Listing: store.ListAll, Now: opening, After: after, Limit: 10}); !errors.Is(err, store.ErrCursor) {
				t.Errorf("after %q: got %v, want ErrCursor", after, err)
			}
			return nil
		})
	}
}

func TestARowThatMovesBetweenTwoPagesDoesNotHideAnother(t *testing.T) {
	d, rows := crowd(t)
	q := store.ListQuery{Listing: store.ListAll, Now: opening, Limit: 20}
	want := chosen(rows, q)
	var seen []chat.ConversationID
	read := func() {
		d.view(func(r *store.Reader) error {
			page, next, err := r.List(q)
			for _, v := range page {
				seen = append(seen, v.ID)
			}
			q.After = next
			return err
		})
	}
	read()
	// The last row that was read gets an answer: it goes to the second section.
	moved := seen[len(seen)-1]
	d.update(func(tx *store.Tx) error {
		v, err := tx.Conversation(moved)
		if err != nil {
			return err
		}
		v.WaitingSince, v.LastAt = time.Time{}, tx.Now()
		return tx.SaveConversation(v)
	})
	for q.After != "" {
		read()
	}
	slices.Sort(seen)
	slices.Sort(want)
	if got := slices.Compact(slices.Clone(seen)); !slices.Equal(got, want) {
		t.Errorf("read %d rows, want all %d", len(got), len(want))
	}
}
