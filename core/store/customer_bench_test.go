package store_test

import (
	"fmt"
	"testing"
	"time"

	"shopbell/core/chat"
	contract "shopbell/core/desk"
	"shopbell/core/store"
)

// BenchmarkReceive stores what a message of a customer's takes in one unit, without
// the disk's share: of somebody known, and of somebody new.
func BenchmarkReceive(b *testing.B) {
	for name, people := range map[string]int{"known": 1000, "new": 1 << 30} {
		b.Run(name, func(b *testing.B) {
			d := newDesk(b)
			n := 0
			receive := func(tx *store.Tx) error {
				n++
				c, _, err := tx.KnowContact(store.Person{Phone: fmt.Sprintf("35191%07d", n%people), Name: "Emma Lind"})
				if err != nil {
					return err
				}
				v, err := tx.TakeUp(d.channel.ID, c)
				if err != nil {
					return err
				}
				m := store.NewMessage{Channel: d.channel.ID, NotEdited: true, Message: chat.Message{
					Conversation: v.ID, Contact: c.ID, Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "hello",
					WAMID: fmt.Sprintf("wamid.%d", n), At: tx.Now(),
				}}
				if err := tx.AddMessage(&m); err != nil {
					return err
				}
				v.LastAt, v.LastInbound, v.WaitingSince = m.At, m.At, m.At
				v.Unread++
				return tx.SaveConversation(v)
			}
			d.update(func(tx *store.Tx) error {
				for range min(people, 1000) {
					if err := receive(tx); err != nil {
						return err
					}
				}
				return nil
			})
			d.update(func(tx *store.Tx) error {
				for b.Loop() {
					if err := receive(tx); err != nil {
						return err
					}
				}
				return nil
			})
		})
	}
}

// BenchmarkCustomers reads first pages of 100,000 customers in every order and with
// every filter, each with how many there are.
func BenchmarkCustomers(b *testing.B) {
	d := newDesk(b)
	names := []string{"Maria Silva", "João Ferreira", "Марина Волкова", "Ana Lima", "Rui Tavares", "Олег Савин"}
	d.update(func(tx *store.Tx) error {
		for i := range 100_000 {
			c, _, err := tx.KnowContact(store.Person{Phone: fmt.Sprintf("35191%07d", i), Name: fmt.Sprintf("%s %d", names[i%len(names)], i)})
			if err != nil {
				return err
			}
			v, err := tx.OpenConversation(d.channel.ID, c)
			if err != nil {
				return err
			}
			v.LastAt = opening.Add(-time.Duration(i*7919%100_000) * time.Minute)
			v.LastInbound, v.Department = v.LastAt, []string{"Sales", "Returns", ""}[i%3]
			if err := tx.SaveConversation(v); err != nil {
				return err
			}
			if i%5 == 0 {
				if err := tx.SetLabels(c.ID, []string{[]string{"Regular", "Lisbon"}[i%2]}, 1); err != nil {
					return err
				}
				o := contract.OrderDraft{Number: fmt.Sprint("#", i), Money: contract.Money{Minor: int64(i), Currency: "EUR"}, Paid: true}
				if _, err := tx.AddOrder(c.ID, o, 1); err != nil {
					return err
				}
			}
		}
		return nil
	})
	for name, q := range map[string]store.CustomerQuery{
		"last":       {},
		"name":       {CustomerQuery: contract.CustomerQuery{Sort: contract.SortName}},
		"spent":      {CustomerQuery: contract.CustomerQuery{Sort: contract.SortSpent}},
		"spent, end": {CustomerQuery: contract.CustomerQuery{Sort: contract.SortSpent, Reverse: true}},
		"orders":     {CustomerQuery: contract.CustomerQuery{Sort: contract.SortOrders}},
		"label":      {CustomerQuery: contract.CustomerQuery{Labels: []string{"Lisbon"}}},
		"department": {CustomerQuery: contract.CustomerQuery{Department: "Returns"}},
		"wrote":      {CustomerQuery: contract.CustomerQuery{WroteWithin: 30 * 24 * time.Hour}},
		"no order":   {CustomerQuery: contract.CustomerQuery{NoOrder: true, Sort: contract.SortName}},
		"word":       {Words: []string{"марина"}},
		"rare word":  {Words: []string{"77777"}},
		"words":      {Words: []string{"maria", "99"}},
		"digits":     {Digits: "9999"},
	} {
		b.Run(name, func(b *testing.B) {
			q.Limit, q.Now = 50, opening
			for b.Loop() {
				d.view(func(r *store.Reader) error {
					_, err := r.Customers(q)
					return err
				})
			}
		})
	}
	b.Run("one", func(b *testing.B) {
		for b.Loop() {
			d.view(func(r *store.Reader) error {
				_, err := r.Customer(50_000, opening, opening)
				return err
			})
		}
	})
}
