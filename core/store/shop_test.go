package store_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/staff"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

func TestTheNewestRulebookIsInForceAndFiftyAreKept(t *testing.T) {
	d := newDesk(t)
	d.view(func(r *store.Reader) error {
		b, err := r.Rulebook()
		if b.Revision != 0 || b.File != nil {
			t.Errorf("a new shop has rules: %+v", b)
		}
		return err
	})
	for i := 1; i <= 60; i++ {
		d.update(func(tx *store.Tx) error {
			rev, err := tx.SetRulebook(fmt.Appendf(nil, "rules %d", i), 1)
			if rev != int64(i) {
				t.Errorf("import %d is revision %d", i, rev)
			}
			return err
		})
	}
	d.view(func(r *store.Reader) error {
		b, err := r.Rulebook()
		if b.Revision != 60 || string(b.File) != "rules 60" {
			t.Errorf("in force is revision %d %q", b.Revision, b.File)
		}
		return err
	})
	if rev, err := d.db.RulesRevision(t.Context()); err != nil || rev != 60 {
		t.Errorf("the revision is %d, %v", rev, err)
	}
	if n := storetest.Count(t, d.path, "rulebook"); n != 50 {
		t.Errorf("%d revisions are kept, want 50", n)
	}
}

func TestDraftsBelongToAnAgentAndAConversation(t *testing.T) {
	d := newDesk(t)
	first, second := d.write(d.customer(), 0).Conversation, d.write(d.customer(), 0).Conversation
	save := func(agent staff.AgentID, v chat.ConversationID, text string) {
		d.update(func(tx *store.Tx) error { return tx.SaveDraft(agent, v, text) })
	}
	save(1, first, "a")
	save(1, second, "b")
	save(2, first, "c")
	save(1, first, "aa")
	saved := d.now
	save(2, first, "")
	save(2, second, "") // there is none to forget
	for _, want := range []struct {
		agent staff.AgentID
		v     chat.ConversationID
		text  string
	}{{1, first, "aa"}, {1, second, "b"}, {2, first, ""}, {2, second, ""}} {
		d.view(func(r *store.Reader) error {
			text, at, err := r.Draft(want.agent, want.v)
			if text != want.text || (text == "") != at.IsZero() || text == "aa" && !at.Equal(saved) {
				t.Errorf("agent %d in conversation %d: %q of %v, want %q", want.agent, want.v, text, at, want.text)
			}
			return err
		})
	}
	err := d.db.Update(t.Context(), func(tx *store.Tx) error { return tx.SaveDraft(1, 999, "x") })
	if !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a draft in no conversation: got %v, want ErrNotFound", err)
	}
}

func TestTheAuditTrailIsNewestFirst(t *testing.T) {
	d := newDesk(t)
	for i := range 3 {
		d.update(func(tx *store.Tx) error {
			return tx.Audit(staff.AuditEntry{Agent: 7, Action: "a", Subject: fmt.Sprint(i), Allowed: i == 1, At: time.Unix(1, 0)})
		})
	}
	d.view(func(r *store.Reader) error {
		got, err := r.AuditTrail(2)
		want := []staff.AuditEntry{
			{At: d.now, Agent: 7, Action: "a", Subject: "2"},
			{At: d.now.Add(-time.Second), Agent: 7, Action: "a", Subject: "1", Allowed: true},
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %+v, want %+v: the time is the unit's", got, want)
		}
		return err
	})
}

func TestTheOwnerIsTheFirstAdministrator(t *testing.T) {
	d := newDesk(t)
	d.view(func(r *store.Reader) error {
		if _, err := r.Owner(); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("a new file has an owner: %v", err)
		}
		return nil
	})
	var want staff.Agent
	var all []staff.Agent
	d.update(func(tx *store.Tx) error {
		for _, a := range []staff.Agent{{Name: "Olga", Role: staff.Operator}, {Name: "Anna", Role: staff.Administrator}, {Name: "Bob", Role: staff.Administrator}} {
			made, err := tx.AddAgent(a.Name, a.Role)
			if err != nil {
				return err
			}
			if all = append(all, made); a.Name == "Anna" {
				want = made
			}
		}
		return nil
	})
	d.view(func(r *store.Reader) error {
		if got, err := r.Owner(); err != nil || got != want {
			t.Errorf("the owner is %+v (%v), want %+v", got, err, want)
		}
		got, err := r.Agents()
		if !slices.Equal(got, all) {
			t.Errorf("the agents are %+v, want %+v", got, all)
		}
		return err
	})
}
