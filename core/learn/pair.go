package learn

import (
	"strings"
	"time"

	"shopbell/core/chatexport"
)

// A Pair is a question of a customer and what the shop wrote next.
type Pair struct {
	Customer string // as the phone knew them
	At       time.Time
	Question string
	Answers  []string // the messages of the shop, none where it did not answer in time
}

// How messages belong together.
const (
	// AnswerWithin is how late an answer is still one.
	AnswerWithin = 24 * time.Hour
	// oneQuestion is the pause after which a customer asks anew.
	oneQuestion = time.Hour
	// oneAnswer is the pause after which the shop's next message is about something else.
	oneAnswer = 15 * time.Minute
)

// A Chat turns the entries of one chat, in their order, into pairs.
type Chat struct {
	shop  string
	pairs []Pair
	asked time.Time // of the customer's last message
	wrote time.Time // of the shop's last message in the last pair
	open  bool      // the customer may still add to the last question
}

// NewChat begins a chat in which the shop writes as shop.
func NewChat(shop string) *Chat { return &Chat{shop: shop} }

// Add takes the next entry. What is no text is passed over, but that it was written
// ends a question or an answer all the same.
func (c *Chat) Add(e chatexport.Entry) {
	text := strings.TrimSpace(e.Text)
	switch {
	case e.Author == "":
	case e.Author == c.shop:
		c.open = false
		if e.Kind == chatexport.KindText && text != "" {
			c.answer(e.At, text)
		}
	case text == "" || e.Kind != chatexport.KindText && e.Kind != chatexport.KindAttached:
	case c.open && e.At.Sub(c.asked) <= oneQuestion:
		c.asked = e.At
		c.pairs[len(c.pairs)-1].Question += "\n" + text
	default:
		c.open, c.asked, c.wrote = true, e.At, time.Time{}
		c.pairs = append(c.pairs, Pair{Customer: e.Author, At: e.At, Question: text})
	}
}

// answer adds a message of the shop to the question before it.
func (c *Chat) answer(at time.Time, text string) {
	if len(c.pairs) == 0 {
		return
	}
	last := &c.pairs[len(c.pairs)-1]
	inTime := at.Sub(c.asked) <= AnswerWithin
	if !c.wrote.IsZero() {
		inTime = at.Sub(c.wrote) <= oneAnswer
	}
	if inTime {
		last.Answers = append(last.Answers, text)
		c.wrote = at
	}
}

// Pairs are the questions so far, in their order.
func (c *Chat) Pairs() []Pair { return c.pairs }
