package sandbox

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/time/rate"

	"shopbell/core/chat"
)

// Customer is a person who writes to the shop. Phone or UserID must be given;
// a customer without Phone hides it behind a user name.
type Customer struct {
	Phone    string `json:"phone"`   // digits
	UserID   string `json:"user_id"` // business-scoped user id
	Name     string `json:"name"`
	Username string `json:"username"`
	Language string `json:"language"`
}

func (c Customer) check() error {
	if c.Phone == "" && c.UserID == "" {
		return errors.New("sandbox: a customer needs a Phone or a UserID")
	}
	if chat.Digits(c.Phone) != c.Phone {
		return fmt.Errorf("sandbox: phone %q: want digits", c.Phone)
	}
	return nil
}

// Delivered is a message of the shop on a customer's phone.
type Delivered struct {
	WAMID   string
	Text    string
	Buttons []chat.Button
	ReplyTo string // wamid it quotes
	Opaque  string // biz_opaque_callback_data it came with
	At      time.Time
}

// The pair limit of the Cloud API (section 5): one message every 6 seconds to
// one customer, with a burst of 45. One is added for the jitter between a sender
// that keeps the limit exactly and this end, which counts arrivals.
const (
	pairEvery = 6 * time.Second
	pairBurst = 45 + 1
)

// phone is what the simulation knows of one customer. mu of the Sandbox guards it.
type phone struct {
	customer    Customer
	lastInbound time.Time // opens the 24 h window
	asked       time.Time // of the first message not answered yet; zero when there is none
	inbox       []Delivered
	pair        *rate.Limiter
}

// phone returns the customer's phone, a new one where there was none. Callers
// hold mu, and have checked c.
func (s *Sandbox) phone(c Customer) *phone {
	p := s.phones[c.Phone] // nobody has the empty address
	if p == nil {
		p = s.phones[c.UserID]
	}
	if p == nil {
		p = &phone{pair: rate.NewLimiter(rate.Every(pairEvery), pairBurst)}
	}
	p.customer = c
	for _, address := range []string{c.Phone, c.UserID} {
		if address != "" {
			s.phones[address] = p
		}
	}
	return p
}

// Inbox returns what the customer's phone has received, oldest first. The slice
// is the caller's.
func (s *Sandbox) Inbox(c Customer) []Delivered {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, address := range []string{c.Phone, c.UserID} {
		if p := s.phones[address]; p != nil {
			return slices.Clone(p.inbox)
		}
	}
	return nil
}

// Meet makes c somebody the shop may write to, as if c had just written. It is
// for tests that Post webhooks of their own making.
func (s *Sandbox) Meet(c Customer) error {
	if err := c.check(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.phone(c).lastInbound = s.o.Now()
	return nil
}
