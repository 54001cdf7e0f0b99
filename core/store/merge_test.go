package store_test

import (
	"errors"
	"testing"
	"time"

	"shopbell/core/chat"
	contract "shopbell/core/desk"
	"shopbell/core/store"
)

// pair is a desk with two customers, and the means to merge them.
type pair struct {
	*desk
	ana, bea, carla chat.Contact
}

func newPair(t *testing.T) *pair {
	p := &pair{desk: newDesk(t)}
	p.ana, p.bea, p.carla = p.customer(), p.customer(), p.customer()
	return p
}

func (p *pair) merge(stays, goes chat.Contact, take ...chat.ProfileField) (id contract.MergeID) {
	p.t.Helper()
	p.update(func(tx *store.Tx) (err error) {
		id, err = tx.Merge(contract.MergeChoice{Stays: stays.ID, Goes: goes.ID, Take: take}, 1)
		return err
	})
	return id
}

func (p *pair) undo(id contract.MergeID) {
	p.t.Helper()
	p.update(func(tx *store.Tx) error { return tx.UndoMerge(id, opening, 1) })
}

func (p *pair) profile(c chat.Contact, email string) {
	p.t.Helper()
	p.update(func(tx *store.Tx) error { return tx.SaveProfile(c.ID, chat.Profile{Email: email}, 1) })
}

func (p *pair) see(c chat.Contact) (d contract.Customer) {
	p.t.Helper()
	p.view(func(r *store.Reader) (err error) { d, err = r.Customer(c.ID, opening, opening); return err })
	return d
}

func (p *pair) optOut(c chat.Contact, out bool) {
	p.t.Helper()
	p.update(func(tx *store.Tx) error { return tx.SetOptedOut(c.ID, out, 1) })
}

func TestUndoingAMergeBringsFieldsBack(t *testing.T) {
	const mine, hers, hers2, new = "a@example.com", "b@example.com", "c@example.com", "new@example.com"
	for name, tt := range map[string]struct {
		act  func(p *pair)
		want string
	}{
		"that it replaced": {func(p *pair) { p.undo(p.merge(p.ana, p.bea, chat.FieldEmail)) }, mine},
		"but not those that somebody changed since": {func(p *pair) {
			id := p.merge(p.ana, p.bea, chat.FieldEmail)
			p.profile(p.ana, new)
			p.undo(id)
		}, new},
		"of the first of two, with the second in force": {func(p *pair) {
			first := p.merge(p.ana, p.bea, chat.FieldEmail)
			p.merge(p.ana, p.carla, chat.FieldEmail)
			p.undo(first)
		}, hers2},
		"of two, the first one first": {func(p *pair) {
			first := p.merge(p.ana, p.bea, chat.FieldEmail)
			second := p.merge(p.ana, p.carla, chat.FieldEmail)
			p.undo(first)
			p.undo(second)
		}, mine},
		"of two, the second one first": {func(p *pair) {
			first := p.merge(p.ana, p.bea, chat.FieldEmail)
			second := p.merge(p.ana, p.carla, chat.FieldEmail)
			p.undo(second)
			p.undo(first)
		}, mine},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPair(t)
			p.profile(p.ana, mine)
			p.profile(p.bea, hers)
			p.profile(p.carla, hers2)
			tt.act(p)
			if got := p.see(p.ana).Email; got != tt.want {
				t.Errorf("she has the e-mail address %q, want %q", got, tt.want)
			}
		})
	}
}

func TestOfOptingOutTheStricterWins(t *testing.T) {
	p := newPair(t)
	silent := func(what string, ana, bea bool) {
		t.Helper()
		for c, want := range map[chat.Contact]bool{p.ana: ana, p.bea: bea} {
			p.view(func(r *store.Reader) error {
				now, err := r.Contact(c.ID)
				if now.OptedOut != want {
					t.Errorf("%s, customer %d opted out: %t, want %t", what, c.ID, now.OptedOut, want)
				}
				return err
			})
		}
	}
	p.optOut(p.bea, true)
	id := p.merge(p.ana, p.bea)
	silent("together", true, true)
	p.undo(id)
	silent("apart", false, true)

	p.optOut(p.bea, false)
	id = p.merge(p.ana, p.bea)
	p.update(func(tx *store.Tx) error { return tx.OptOut(p.ana.ID) })
	p.undo(id)
	silent("once one who is two asked for silence", true, true)

	p.optOut(p.ana, false)
	p.optOut(p.bea, false)
	p.optOut(p.carla, true)
	first, second := p.merge(p.ana, p.bea), p.merge(p.ana, p.carla)
	p.optOut(p.ana, false)
	p.undo(first)
	silent("with somebody who opted out, and opted in again", false, false)
	p.undo(second)
	silent("alone again", false, false)
}

func TestCustomersAreKnownForAsLongAsTheFirstOfThem(t *testing.T) {
	p := newPair(t)
	late := p.merge(p.carla, p.ana)
	p.merge(p.carla, p.bea)
	if got := p.see(p.carla).Contact.FirstAt; !got.Equal(p.ana.FirstAt) {
		t.Errorf("together they are known since %v, want %v", got, p.ana.FirstAt)
	}
	p.undo(late)
	if got := p.see(p.carla).Contact.FirstAt; !got.Equal(p.bea.FirstAt) {
		t.Errorf("without the first they are known since %v, want %v", got, p.bea.FirstAt)
	}
}

func TestAMergeIsRefused(t *testing.T) {
	p := newPair(t)
	id := p.merge(p.ana, p.bea)
	for name, tt := range map[string]struct {
		act  func(tx *store.Tx) error
		want error
	}{
		"of who was merged": {func(tx *store.Tx) error {
			_, err := tx.Merge(contract.MergeChoice{Stays: p.carla.ID, Goes: p.bea.ID}, 1)
			return err
		}, store.ErrMerged},
		"into who was merged": {func(tx *store.Tx) error {
			_, err := tx.Merge(contract.MergeChoice{Stays: p.bea.ID, Goes: p.carla.ID}, 1)
			return err
		}, store.ErrMerged},
		"of nobody": {func(tx *store.Tx) error {
			_, err := tx.Merge(contract.MergeChoice{Stays: p.ana.ID, Goes: 999}, 1)
			return err
		}, store.ErrNotFound},
		"its undoing, once it is too old":  {func(tx *store.Tx) error { return tx.UndoMerge(id, tx.Now(), 1) }, store.ErrUndone},
		"its undoing, where there is none": {func(tx *store.Tx) error { return tx.UndoMerge(id+1, opening, 1) }, store.ErrNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			if err := p.db.Update(t.Context(), tt.act); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func TestChatsOfOneCustomerStayApart(t *testing.T) {
	p := newPair(t)
	one := p.write(p.ana, 0)
	other := p.write(p.bea, 0)
	p.merge(p.ana, p.bea)
	v := p.conversation(other.Conversation)
	if v.Contact.ID != p.ana.ID || v.Contact.Address != p.bea.Address || v.Contact.Name != p.ana.Name {
		t.Errorf("the merged chat is with %+v, want %s at %+v", v.Contact, p.ana.Name, p.bea.Address)
	}
	// The window is Meta's, of one number and one WhatsApp.
	bea := chat.Contact{ID: p.ana.ID, Identity: p.bea.ID}
	p.now = p.now.Add(time.Hour)
	later := p.receive(bea, store.NewMessage{Message: chat.Message{Kind: chat.KindText, Text: "?", At: p.now}})
	if later.Conversation != other.Conversation {
		t.Errorf("what she writes next stands in conversation %d, want %d", later.Conversation, other.Conversation)
	}
	if got := p.conversation(one.Conversation).LastInbound; !got.Equal(one.At) {
		t.Errorf("the window of the other chat is open since %v, want %v", got, one.At)
	}
	l := p.answer(bea, agentSays("yes"))
	if got := p.rowOf(l.message).Contact; got != p.bea.ID {
		t.Errorf("the answer goes to %d, want %d", got, p.bea.ID)
	}
	// A spelling that WhatsApp tells belongs to the chat it was told in.
	p.claim(l)
	p.done(p.db.OutboxSent(t.Context(), l.row, store.Acceptance{WAMID: "wamid.out", WaID: "5511987654321", At: p.now}))
	p.view(func(r *store.Reader) error {
		got, err := r.ContactOf(chat.Alias{Kind: chat.AliasPhone, Value: chat.PhoneKey("5511987654321")})
		if got.ID != p.ana.ID || got.Identity != p.bea.ID {
			t.Errorf("the spelling is of %d as %d", got.ID, got.Identity)
		}
		return err
	})
}
