package store_test

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/staff"
	"shopbell/core/store"
)

func TestRevisionsOfTheRulesSayWhoMadeThem(t *testing.T) {
	d := newDesk(t)
	var anna staff.Agent
	d.update(func(tx *store.Tx) (err error) {
		if anna, err = tx.AddAgent("Anna", staff.Editor); err != nil {
			return err
		}
		_, err = tx.SetRulebook([]byte("one"), 0)
		return err
	})
	d.update(func(tx *store.Tx) error {
		_, err := tx.SetRulebook([]byte("two"), anna.ID)
		return err
	})
	d.view(func(r *store.Reader) error {
		list, err := r.RuleRevisions()
		if len(list) != 2 {
			t.Fatalf("the revisions are %+v, %v", list, err)
		}
		if v := list[0]; v.Revision != 2 || v.By != anna.ID || v.Name != "Anna" || !v.At.Equal(d.now) {
			t.Errorf("the newest is %+v", v)
		}
		if v := list[1]; v.Revision != 1 || v.By != 0 || v.Name != "" || !v.At.Before(d.now) {
			t.Errorf("the first is %+v", v)
		}
		if b, err := r.RulebookAt(1); err != nil || string(b.File) != "one" {
			t.Errorf("revision 1 is %q, %v", b.File, err)
		}
		if _, err := r.RulebookAt(3); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("revision 3 gives %v", err)
		}
		return nil
	})
}

func TestHitsAreTheAutomaticMessagesThatLeft(t *testing.T) {
	d := newDesk(t)
	left := func(m chat.Message) {
		t.Helper()
		c := d.customer()
		d.write(c, 0)
		l := d.answer(c, m)
		d.claim(l)
		d.done(d.db.OutboxSent(t.Context(), l.row, store.Acceptance{WAMID: fmt.Sprintf("wamid.out%d", l.row), At: d.now}))
	}
	rule := func(id string) chat.Message { return chat.Message{Author: chat.AuthorRule, RuleID: id, Text: "t"} }
	left(rule("old"))
	d.now = d.now.Add(time.Hour)
	since := d.now
	for range 3 {
		left(rule("delivery"))
	}
	left(rule("price"))
	left(agentSays("a person's"))
	c := d.customer()
	d.write(c, 0)
	d.answer(c, rule("waits")) // it has not left
	d.view(func(r *store.Reader) error {
		hits, err := r.RuleHits(since)
		if want := map[string]int{"delivery": 3, "price": 1}; !maps.Equal(hits, want) {
			t.Errorf("hits are %v, want %v", hits, want)
		}
		return err
	})
}

func TestHitsAreFoundByTheTimeTheyLeft(t *testing.T) {
	plan, err := newDesk(t).db.PlanOfRuleHits(t.Context())
	if err != nil || !strings.Contains(plan, "SEARCH message USING INDEX message_accepted (accepted_at>?)") {
		t.Errorf("SQLite reads more than the last days: %v\n%s", err, plan)
	}
}

func TestTheLastVariantIsTheLastOfTheRulesReplies(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	d.write(c, 0)
	last := func() (v int) {
		d.view(func(r *store.Reader) (err error) {
			v, err = r.LastVariant(c.ID, "sizes")
			return err
		})
		return v
	}
	says := func(rule string, variant int) letter {
		return d.answer(c, chat.Message{Author: chat.AuthorRule, RuleID: rule, RuleVariant: variant, Text: "t"})
	}
	if v := last(); v != -1 {
		t.Errorf("before the first reply it is %d", v)
	}
	says("sizes", 2)
	says("delivery", 4)
	says("sizes", -1) // the text of its stock: no variant
	if v := last(); v != 2 {
		t.Errorf("after the text of the stock it is %d, want 2", v)
	}
	l := says("sizes", 1)
	d.claim(l)
	d.done(d.db.OutboxFailed(t.Context(), l.row, 131026, "refused"))
	if v := last(); v != 2 {
		t.Errorf("after a reply that failed it is %d, want 2", v)
	}
}
