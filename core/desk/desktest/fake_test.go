package desktest_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
	"shopbell/core/staff"
)

func name(n int) string { return fmt.Sprintf("Customer %c", 'A'+n) }

func TestTheFakeKeepsTheContract(t *testing.T) {
	desktest.Run(t, func(*testing.T) *desktest.Bench {
		var mu sync.Mutex
		now := desktest.SampleNow
		clock := func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
		fake := desktest.New(clock)
		customers := map[int]chat.ConversationID{}
		return &desktest.Bench{
			Desk: fake, Anna: desktest.Anna, Pedro: desk.Actor{Agent: 2, Role: staff.Operator, Name: "Pedro"},
			Now:     clock,
			Forward: func(d time.Duration) { mu.Lock(); defer mu.Unlock(); now = now.Add(d) },
			Name:    name,
			Write: func(_ *testing.T, n int, text string) chat.ConversationID {
				if customers[n] == 0 {
					customers[n] = fake.Add(chat.Conversation{Contact: chat.Contact{Name: name(n), Phone: fmt.Sprintf("35191%07d", n)}})
				}
				fake.CustomerWrites(customers[n], text)
				return customers[n]
			},
			Fate:  func(*testing.T, chat.Status) {},
			Await: func(_ *testing.T, id chat.MessageID, s chat.Status) { fake.SetStatus(id, s, 0) },
		}
	})
}
