package host_test

import (
	"fmt"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/sandbox"
)

// handling is what becomes of a message that Meta refuses once.
type handling string

const (
	handledWaits  handling = "tried again later"
	handledFailed handling = "given up"
	handledAlarm  handling = "everything stops, and the owner is told"
)

// refusals is every code of Meta's page of error codes (Cloud API, errors).
var refusals = []struct {
	handled handling
	codes   []int
}{
	{handledWaits, []int{1, 2, 131000, 131016, 4, 80007, 130429, 131057, 133004, 131056, 133016}},
	{handledFailed, []int{
		131049, 131047, 131021, 131026, 131030, 131050, 131062, 130472, 100, 131008, 131009, 131051, 131052, 131053, 135000,
		132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069, 131064,
	}},
	{handledAlarm, []int{
		368, 130497, 131031, 131037, 131042, 131045, 131048, 133005, 133006, 133008, 133009, 133010, 133015,
		0, 3, 10, 190, 200, 299, 131005,
	}},
}

func TestEveryRefusalOfMetaIsHandled(t *testing.T) {
	s := openShop(t)
	id := s.write("zzz")
	for _, row := range refusals {
		for _, code := range row.codes {
			t.Run(fmt.Sprintf("%d in the answer is %s", code, row.handled), func(t *testing.T) {
				s.t = t
				s.forward(2 * time.Minute) // past the limits of a new customer
				refuse := sandbox.Refusal{Often: sandbox.Often{Next: 1}, Code: code}
				if row.handled == handledAlarm {
					refuse.Often = sandbox.Often{Rate: 1}
				}
				s.faults(sandbox.Faults{Refuse: refuse})
				before := s.Sandbox().Stats().Refused
				m := s.send(s.anna, id, fmt.Sprint("answer ", code))
				switch row.handled {
				case handledFailed:
					if got := s.becomes(m, chat.StatusFailed); got.ErrorCode != code {
						t.Errorf("it failed with code %d", got.ErrorCode)
					}
					return
				case handledAlarm:
					s.until("the owner is told", func() bool {
						h := s.health()
						return h.State == desk.ConnectionRefused && h.Code == code
					})
				default:
					s.until("it is refused", func() bool { return s.Sandbox().Stats().Refused > before })
				}
				if h := s.health(); h.Waiting > 1 || row.handled == handledAlarm && h.Waiting != 1 {
					t.Errorf("Health is %+v: the message should wait", h)
				}
				s.faults(sandbox.Faults{})
				s.sentAtLast(m)
			})
		}
	}
}

// sentAtLast tries now, again and again: the first time may come before the desk
// has heard of the refusal.
func (s *shop) sentAtLast(id chat.MessageID) {
	s.t.Helper()
	for late := time.Now().Add(2 * time.Minute); ; time.Sleep(20 * time.Millisecond) {
		m, err := s.Message(s.t.Context(), s.anna, id)
		if err != nil {
			s.t.Fatal(err)
		}
		if !m.Accepted.IsZero() {
			return
		}
		if time.Now().After(late) {
			s.t.Fatalf("after 2 min the message is %s", m.Status)
		}
		s.is(s.TryNow(s.t.Context(), s.anna), "", "trying now")
	}
}

func TestARefusalByStatusFailsTheMessage(t *testing.T) {
	s := openShop(t)
	id := s.write("zzz")
	for _, row := range refusals {
		for _, code := range row.codes {
			if code == 0 {
				continue // Meta's word for "no error" in a status
			}
			t.Run(fmt.Sprint(code), func(t *testing.T) {
				s.t = t
				s.forward(2 * time.Minute)
				s.faults(sandbox.Faults{Fail: sandbox.Refusal{Often: sandbox.Often{Next: 1}, Code: code}})
				m := s.send(s.anna, id, fmt.Sprint("answer ", code))
				if got := s.becomes(m, chat.StatusFailed); got.ErrorCode != code {
					t.Errorf("it failed with code %d", got.ErrorCode)
				}
				s.is(s.Retry(t.Context(), s.anna, m), "", "trying again")
				s.sentAtLast(m)
			})
		}
	}
}
