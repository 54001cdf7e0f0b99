package learn

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"shopbell/core/chatexport"
)

// A Message is one of a past chat, as far as it says what is asked and answered. It
// names nobody.
type Message struct {
	// At is what the phone's clock showed, as if it were UTC: an export has no time
	// zone, and that of the shop may be set later. See InZone.
	At time.Time
	// Place counts, from 0, what was written in the chat at the same At. With At it
	// tells a message of a chat from every other one, in each export of the chat.
	Place int
	Shop  bool   // the shop wrote it; else the customer
	Text  string // empty: something without words, which ends a question all the same
}

// A Chat takes the entries of one exported chat of two people, in their order. It is
// for one goroutine.
type Chat struct {
	shop     string
	customer string
	messages []Message
	places   map[time.Time]int // how many were written at a time
}

// NewChat begins a chat in which the shop writes as shop.
func NewChat(shop string) *Chat { return &Chat{shop: shop, places: make(map[time.Time]int)} }

// Add takes the next entry. Its time is to be read in UTC.
func (c *Chat) Add(e chatexport.Entry) {
	if e.Author == "" {
		return
	}
	m := Message{At: e.At, Place: c.places[e.At], Shop: e.Author == c.shop}
	c.places[e.At]++ // also of what is passed over: it stands in the next export too
	if e.Kind == chatexport.KindText || e.Kind == chatexport.KindAttached && !m.Shop {
		m.Text = strings.TrimSpace(e.Text)
	}
	if !m.Shop {
		c.customer = e.Author
		if m.Text == "" {
			return
		}
	}
	c.messages = append(c.messages, m)
}

// Messages are what was added, but for what a customer sent without words. The caller
// must not change them.
func (c *Chat) Messages() []Message { return c.messages }

// Pairs are the questions so far, in their order.
func (c *Chat) Pairs() []Pair {
	pairs := Pairs(c.messages)
	for i := range pairs {
		pairs[i].Customer = c.customer
	}
	return pairs
}

// Mark is the same for the same chat in each of its exports, and another one for each
// other chat. It is made of the customer's first words and says nothing of who that
// is. "" where the customer wrote nothing: then nothing is asked in the chat.
func (c *Chat) Mark() string {
	for _, m := range c.messages {
		if !m.Shop {
			sum := sha256.Sum256([]byte(m.At.Format(time.RFC3339) + "\n" + m.Text))
			return hex.EncodeToString(sum[:markBytes])
		}
	}
	return ""
}

// markBytes is enough that two chats never share a mark by chance.
const markBytes = 16
