package learn

import (
	"time"

	"shopbell/core/chat"
	"shopbell/core/rulebench"
)

// A Pair is a question of a customer and what the shop wrote next.
type Pair struct {
	Customer string // as the phone knew them; "" where that is not kept
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

// Pairs are the questions in the messages of one chat, in their order.
func Pairs(messages []Message) []Pair {
	var p pairing
	for _, m := range messages {
		p.add(m)
	}
	return p.pairs
}

// A pairing is a chat that is being read.
type pairing struct {
	pairs []Pair
	asked time.Time // of the customer's last message
	wrote time.Time // of the shop's last message in the last pair
	open  bool      // the customer may still add to the last question
}

func (p *pairing) add(m Message) {
	switch {
	case m.Shop:
		p.open = false
		if m.Text != "" {
			p.answer(m.At, m.Text)
		}
	case m.Text == "":
	case p.open && m.At.Sub(p.asked) <= oneQuestion:
		p.asked = m.At
		p.pairs[len(p.pairs)-1].Question += "\n" + m.Text
	default:
		p.open, p.asked, p.wrote = true, m.At, time.Time{}
		p.pairs = append(p.pairs, Pair{At: m.At, Question: m.Text})
	}
}

// answer adds a message of the shop to the question before it.
func (p *pairing) answer(at time.Time, text string) {
	if len(p.pairs) == 0 {
		return
	}
	last := &p.pairs[len(p.pairs)-1]
	inTime := at.Sub(p.asked) <= AnswerWithin
	if !p.wrote.IsZero() {
		inTime = at.Sub(p.wrote) <= oneAnswer
	}
	if inTime {
		last.Answers = append(last.Answers, text)
		p.wrote = at
	}
}

// InZone is the moment at which a phone in a zone showed the time of a Message.
func InZone(at time.Time, zone *time.Location) time.Time {
	year, month, day := at.Date()
	return time.Date(year, month, day, at.Hour(), at.Minute(), at.Second(), at.Nanosecond(), zone)
}

// Questions are what the customer of one chat asked, for a bench of rules. They stand
// in no inbox, and what became of them is not known. The phone was in zone.
func Questions(messages []Message, zone *time.Location) []rulebench.Question {
	pairs := Pairs(messages)
	list := make([]rulebench.Question, len(pairs))
	for i, p := range pairs {
		list[i] = rulebench.Question{At: InZone(p.At, zone), Kind: chat.KindText, Text: p.Question, First: i == 0}
	}
	return list
}
