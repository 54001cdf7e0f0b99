package sandbox

import (
	"errors"
	"fmt"
	"maps"
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

// addresses are the names that Graph has for the customer.
func (c Customer) addresses() []string {
	return slices.DeleteFunc([]string{c.Phone, c.UserID}, func(a string) bool { return a == "" })
}

// Delivered is a message of the shop on a customer's phone. What its kind does
// not call for is nil.
type Delivered struct {
	WAMID          string
	Kind           chat.Kind
	Header, Footer string
	Text           string // body, caption, or a template's text filled in
	Buttons        []chat.Button
	List           *chat.List
	Link           *chat.Link
	AsksPlace      bool // with a button that sends a location
	Location       *chat.Location
	File           *File // of the message or of its header; of a link the name only
	Voice          bool  // File is a voice note
	Template       string
	ReplyTo        string // wamid it quotes
	Opaque         string // biz_opaque_callback_data it came with
	At             time.Time
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
	taken       uint64 // messages of the shop's that the Graph API took for this customer
	pair        *rate.Limiter
	said        map[string]time.Time // the customer's own messages by wamid
	reactions   map[string]string    // the shop's emojis on them
	readUntil   string               // wamid the shop has read last
	typing      time.Time            // when it last showed that it types
}

// react puts the shop's emoji on a message; "" takes it off.
func (p *phone) react(wamid, emoji string) {
	if emoji == "" {
		delete(p.reactions, wamid)
		return
	}
	p.reactions[wamid] = emoji
}

// phone returns the customer's phone, a new one where there was none. Callers
// hold mu, and have checked c.
func (s *Sandbox) phone(c Customer) *phone {
	p := s.phones[c.Phone] // nobody has the empty address
	if p == nil {
		p = s.phones[c.UserID]
	}
	if p == nil {
		p = &phone{
			pair: rate.NewLimiter(rate.Every(pairEvery), pairBurst), said: map[string]time.Time{}, reactions: map[string]string{},
		}
	}
	p.customer = c
	for _, address := range c.addresses() {
		s.phones[address] = p
	}
	return p
}

// known returns the customer's phone, nil where there is none. Callers hold mu.
func (s *Sandbox) known(c Customer) *phone {
	for _, address := range c.addresses() {
		if p := s.phones[address]; p != nil {
			return p
		}
	}
	return nil
}

// Inbox returns what the customer's phone has received, oldest first. The slice
// is the caller's.
func (s *Sandbox) Inbox(c Customer) []Delivered {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.known(c); p != nil {
		return slices.Clone(p.inbox)
	}
	return nil
}

// Reactions returns the shop's emojis on the customer's messages, by wamid.
func (s *Sandbox) Reactions(c Customer) map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.known(c); p != nil {
		return maps.Clone(p.reactions)
	}
	return nil
}

// typingLife is how long the customer sees the shop typing (cloud-api section 3).
const typingLife = 25 * time.Second

// Seen returns the wamid of the last message that the shop has marked as read,
// and whether the customer sees it typing.
func (s *Sandbox) Seen(c Customer) (wamid string, typing bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.known(c)
	if p == nil {
		return "", false
	}
	answered := len(p.inbox) > 0 && !p.inbox[len(p.inbox)-1].At.Before(p.typing)
	return p.readUntil, !p.typing.IsZero() && !answered && s.o.Now().Sub(p.typing) < typingLife
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
