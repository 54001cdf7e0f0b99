package store_test

import (
	"fmt"
	"testing"

	"shopbell/core/chat"
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
