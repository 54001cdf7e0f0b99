package desktest_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
	"shopbell/core/sandbox"
	"shopbell/core/staff"
)

func name(n int) string { return fmt.Sprintf("Customer %c", 'A'+n) }

func TestTheFakeKeepsTheContract(t *testing.T) {
	desktest.Run(t, func(*testing.T) *desktest.Bench {
		var mu sync.Mutex
		now := desktest.SampleNow
		clock := func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
		fake := desktest.New(clock)
		fake.SetTemplates(sandbox.Templates()...)
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
			Photo: func(_ *testing.T, n int, content []byte) chat.MessageID {
				if customers[n] == 0 {
					customers[n] = fake.Add(chat.Conversation{Contact: chat.Contact{Name: name(n), Phone: fmt.Sprintf("35191%07d", n)}})
				}
				return fake.Say(customers[n], chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindImage, Media: &chat.Media{
					MIME: "image/jpeg", Size: int64(len(content)), Width: 300, Height: 200, State: chat.MediaHere, File: fake.PutFile(content),
				}})
			},
			Fate:  func(*testing.T, chat.Status) {},
			Await: func(_ *testing.T, id chat.MessageID, s chat.Status) { fake.SetStatus(id, s, 0) },
		}
	})
}

func TestTheFakeKeepsTheContractOfSetup(t *testing.T) {
	desktest.RunSetup(t, func(*testing.T) *desktest.SetupBench {
		fake := desktest.New(func() time.Time { return desktest.SampleNow })
		fake.SetHealth(desk.Health{State: desk.ConnectionNone})
		meta := desktest.Meta{
			Keys: desk.Keys{PhoneNumberID: "100000000000077", WABAID: "200000000000077", Token: "token", AppSecret: "secret"},
			Name: "Bell & Sons", Phone: "+1 555-010-0077", Outside: "https://shop.example/webhook",
		}
		fake.SetMeta(meta)
		return &desktest.SetupBench{
			Desk: fake, Owner: desktest.Anna, Meta: meta, Reach: func(*testing.T) {},
			Write: func(_ *testing.T, phone, text string) {
				fake.CustomerWrites(fake.Add(chat.Conversation{Contact: chat.Contact{Phone: phone}}), text)
			},
		}
	})
}
