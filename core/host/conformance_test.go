package host_test

import (
	"fmt"
	"testing"

	"shopbell/core/chat"
	"shopbell/core/desk/desktest"
	"shopbell/core/host"
	"shopbell/core/sandbox"
)

func TestTheHostKeepsTheContract(t *testing.T) {
	desktest.Run(t, func(t *testing.T) *desktest.Bench {
		s := openShop(t, rulesFile())
		name := func(n int) string { return fmt.Sprintf("Customer %c", 'A'+n) }
		return &desktest.Bench{
			Desk: s, Anna: s.anna, Pedro: s.pedro, Now: s.time, Forward: s.forward, Name: name,
			Write: func(t *testing.T, n int, text string) chat.ConversationID {
				t.Helper()
				return s.hear(sandbox.Customer{Phone: fmt.Sprintf("1555010%04d", 900+n), Name: name(n)}, text)
			},
			Photo: func(t *testing.T, n int, content []byte) chat.MessageID {
				t.Helper()
				photo := sandbox.Image(sandbox.File{MIME: "image/jpeg", Content: content}, "")
				return s.receive(sandbox.Customer{Phone: fmt.Sprintf("1555010%04d", 900+n), Name: name(n)}, photo).ID
			},
			Fate: func(t *testing.T, status chat.Status) {
				t.Helper()
				s.faults(map[chat.Status]sandbox.Faults{
					chat.StatusFailed:  {Refuse: sandbox.Refusal{Often: sandbox.Often{Rate: 1}, Code: 131026}},
					chat.StatusUnknown: {Cut: sandbox.Cut{Often: sandbox.Often{Rate: 1}}},
				}[status])
				s.is(s.TryNow(t.Context(), s.anna), "", "trying now")
			},
			Await: func(t *testing.T, id chat.MessageID, status chat.Status) { t.Helper(); s.becomes(id, status) },
		}
	})
}

func TestTheHostKeepsTheContractOfSetup(t *testing.T) {
	desktest.RunSetup(t, func(t *testing.T) *desktest.SetupBench {
		s := openOwner(t, nil)
		return &desktest.SetupBench{
			Desk: s, Owner: s.Owner(),
			Meta:  desktest.Meta{Keys: ownKeys(), Name: "Bell & Sons", Phone: "+1 555-010-0077", Outside: s.proxy.URL + host.WebhookPath},
			Reach: func(t *testing.T) { t.Helper(); s.follow() },
			Write: func(t *testing.T, _, text string) { t.Helper(); s.hears(text) },
		}
	})
}
