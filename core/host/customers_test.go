package host_test

import (
	"strings"
	"testing"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/sandbox"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

var otto = sandbox.Customer{Phone: "15550100772", Name: "Otto Berg", Language: "en"}

// label gives a customer a label.
func (s *shop) label(who desk.Actor, id chat.ContactID, label string) error {
	_, err := s.ChangeLabels(s.t.Context(), who, id, desk.LabelChange{Add: []string{label}})
	return err
}

func TestWhatARoleMayDoWithCustomers(t *testing.T) {
	s := openShop(t)
	ctx := t.Context()
	one, two := s.row(s.hear(emma, "zzz")).Contact.ID, s.row(s.hear(otto, "zzz")).Contact.ID
	order, err := s.AddOrder(ctx, s.anna, one, desk.OrderDraft{Money: desk.Money{Minor: 1, Currency: "EUR"}})
	s.is(err, "", "adding an order")
	reads := map[string]func(who desk.Actor) error{
		"list":   func(who desk.Actor) error { _, err := s.Customers(ctx, who, desk.CustomerQuery{}); return err },
		"see":    func(who desk.Actor) error { _, err := s.Customer(ctx, who, one); return err },
		"chats":  func(who desk.Actor) error { _, err := s.CustomerChats(ctx, who, one, 0, 0); return err },
		"orders": func(who desk.Actor) error { _, err := s.CustomerOrders(ctx, who, one, 0, 0); return err },
		"labels": func(who desk.Actor) error { _, err := s.Labels(ctx, who); return err },
	}
	acts := map[string]func(who desk.Actor) error{
		"add": func(who desk.Actor) error {
			_, err := s.NewCustomer(ctx, who, "+351 912 555 014", chat.Profile{})
			if desk.CodeOf(err) == desk.Conflict {
				err = nil
			}
			return err
		},
		"profile": func(who desk.Actor) error { return s.SaveProfile(ctx, who, one, chat.Profile{Name: "Emma"}) },
		"label":   func(who desk.Actor) error { return s.label(who, one, "VIP") },
		"opt out": func(who desk.Actor) error { return s.SetOptedOut(ctx, who, one, true) },
		"block":   func(who desk.Actor) error { return s.SetBlocked(ctx, who, one, true) },
		"order": func(who desk.Actor) error {
			_, err := s.AddOrder(ctx, who, one, desk.OrderDraft{Money: desk.Money{Currency: "EUR"}})
			return err
		},
		"paid": func(who desk.Actor) error { return s.SetPaid(ctx, who, order, true) },
	}
	merges := map[string]func(who desk.Actor) error{
		"duplicates": func(who desk.Actor) error { _, err := s.Duplicates(ctx, who); return err },
		"not same":   func(who desk.Actor) error { return s.NotSame(ctx, who, one, two) },
		"merge and undo": func(who desk.Actor) error {
			id, err := s.Merge(ctx, who, desk.MergeChoice{Stays: one, Goes: two})
			if err != nil {
				return err
			}
			return s.UndoMerge(ctx, who, id)
		},
		"undo": func(who desk.Actor) error {
			if err := s.UndoMerge(ctx, who, 9999); desk.CodeOf(err) != desk.NotFound {
				return err
			}
			return nil
		},
	}
	for _, group := range []struct {
		calls map[string]func(desk.Actor) error
		pedro desk.Code
	}{{reads, ""}, {acts, ""}, {merges, desk.Forbidden}} {
		for name, call := range group.calls {
			s.is(call(s.anna), "", "an administrator: "+name)
			s.is(call(s.pedro), group.pedro, "an operator: "+name)
			s.is(call(s.olga), desk.Forbidden, "an analyst: "+name)
		}
	}
}

func TestTheAuditOfCustomersHoldsIdsAndNoNames(t *testing.T) {
	s := openShop(t)
	ctx := t.Context()
	one, two := s.row(s.hear(emma, "zzz")).Contact.ID, s.row(s.hear(otto, "zzz")).Contact.ID
	s.is(s.SaveProfile(ctx, s.anna, one, chat.Profile{Name: "Emma Secret", Email: "emma@example.com"}), "", "a profile")
	s.is(s.label(s.anna, one, "Difficult"), "", "a label")
	id, err := s.Merge(ctx, s.anna, desk.MergeChoice{Stays: one, Goes: two})
	s.is(err, "", "merging")
	_, err = s.Merge(ctx, s.pedro, desk.MergeChoice{Stays: one, Goes: two})
	s.is(err, desk.Forbidden, "an operator merges")
	s.is(s.UndoMerge(ctx, s.anna, id), "", "undoing")
	got := s.trail(100)
	want := []string{"customer.unmerge merge:1", "customer.merge customer:1 refused", "customer.merge customer:1", "customer.label customer:1", "customer.profile customer:1"}
	if len(got) < len(want) || strings.Join(got[:len(want)], "\n") != strings.Join(want, "\n") {
		t.Errorf("the trail is %q, want %q", got, want)
	}
	for _, private := range []string{"Emma", "Secret", "example.com", "Difficult", emma.Phone} {
		if strings.Contains(strings.Join(got, "\n"), private) {
			t.Errorf("the audit holds %q", private)
		}
	}
}

// trail closes the shop and returns its newest audit entries, newest first.
func (s *shop) trail(limit int) (lines []string) {
	s.t.Helper()
	if err := s.Close(); err != nil {
		s.t.Fatal(err)
	}
	db, err := store.Open(s.t.Context(), s.file(), store.Options{})
	if err != nil {
		s.t.Fatal(err)
	}
	defer db.Close()
	storetest.View(s.t, db, func(r *store.Reader) error {
		entries, err := r.AuditTrail(limit)
		for _, e := range entries {
			line := e.Action + " " + e.Subject
			if !e.Allowed {
				line += " refused"
			}
			lines = append(lines, line)
		}
		return err
	})
	return lines
}

func TestEachNumberOfACustomerIsAnsweredInItsOwnChat(t *testing.T) {
	s := openShop(t, rulesFile("a=one"))
	ctx := t.Context()
	v1, v2 := s.hear(emma, "zzz"), s.hear(otto, "zzz")
	_, err := s.Merge(ctx, s.anna, desk.MergeChoice{Stays: s.row(v1).Contact.ID, Goes: s.row(v2).Contact.ID})
	s.is(err, "", "merging")
	m := s.send(s.anna, v2, "to Otto's phone")
	s.becomes(m, chat.StatusRead)
	if last := s.got(otto, 1); last.Text != "to Otto's phone" || len(s.Sandbox().Inbox(emma)) > 0 {
		t.Errorf("Otto's phone has %+v, and Emma's %+v", last, s.Sandbox().Inbox(emma))
	}
	if got := s.row(v2).Contact; got.Phone != otto.Phone || got.ID != s.row(v1).Contact.ID {
		t.Errorf("the chat is with %+v", got)
	}
	again := s.hear(otto, "thanks")
	if again != v2 {
		t.Errorf("what Otto's phone writes stands in conversation %d, want %d", again, v2)
	}
	for v, text := range map[chat.ConversationID]string{v1: "zzz", v2: "thanks"} {
		list := s.chat(v)
		if last := list[len(list)-1]; last.Text != text {
			t.Errorf("the last of chat %d is %q, want %q", v, last.Text, text)
		}
	}
	// Meta takes no quote of a message that stands in another chat.
	_, err = s.Send(ctx, s.anna, v1, desk.Answer{Text: "this?", Quote: s.chat(v2)[0].ID}, "")
	s.is(err, desk.NotFound, "quoting from the other chat")
}

func TestCustomersAreToldOfToWhoeverListens(t *testing.T) {
	s := openShop(t)
	id := s.row(s.hear(emma, "zzz")).Contact.ID
	events := s.Subscribe(t.Context())
	s.is(s.label(s.anna, id, "VIP"), "", "a label")
	for e := range events {
		if e.Kind == desk.EventCustomer {
			if e.Customer != id {
				t.Errorf("it is about customer %d, want %d", e.Customer, id)
			}
			return
		}
	}
	t.Error("nobody was told")
}
