package sandbox

import (
	"math/rand/v2"

	"shopbell/core/chat"
)

// How customers behave.
const (
	newTurn   = 0.5 // share of turns that go to somebody who was not just answered
	pressing  = 0.6 // share of offered buttons that are pressed
	patience  = 3   // visits without an answer until "are you there?"
	forgotten = 6   // visits without an answer until they come with another matter
)

// move is what a customer does: press a button, or write text.
type move struct {
	text  string
	press *chat.Button
	under string // wamid of the message with the button
}

// persona is one customer on the way through their stories. It decides and
// never acts.
type persona struct {
	customer Customer
	stories  []story
	waiting  []string
	at       int // the story they are in
	turn     int // of that story, comes next
	seen     int // messages of the shop they have read
	ignored  int // visits since the last answer
}

// next returns the customer's move at a visit, given the shop's messages since
// the last one, oldest first; false when they rather wait.
func (p *persona) next(rng *rand.Rand, news []Delivered) (move, bool) {
	p.seen += len(news)
	if len(news) > 0 && p.turn == 0 {
		return move{}, false // an answer to their goodbye
	}
	if len(news) > 0 {
		p.ignored = 0
		if last := news[len(news)-1]; len(last.Buttons) > 0 && rng.Float64() < pressing {
			return move{press: &last.Buttons[rng.IntN(len(last.Buttons))], under: last.WAMID}, true
		}
		return p.say(rng), true
	}
	if p.turn == 0 {
		return p.say(rng), true
	}
	p.ignored++
	switch {
	case p.ignored == patience:
		return move{text: pick(rng, p.waiting)}, true
	case p.ignored >= forgotten:
		p.leave()
		return p.say(rng), true
	}
	return move{}, false
}

// say tells the next turn of the story; after the last one another begins.
func (p *persona) say(rng *rand.Rand) move {
	turns := p.stories[p.at].Turns
	text := pick(rng, turns[p.turn])
	p.turn++
	if p.turn == len(turns) {
		p.leave()
	}
	return move{text: text}
}

func (p *persona) leave() {
	p.at = (p.at + 1) % len(p.stories)
	p.turn, p.ignored = 0, 0
}

func pick(rng *rand.Rand, ways []string) string { return ways[rng.IntN(len(ways))] }
