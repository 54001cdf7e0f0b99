package sandbox

import (
	"math/rand/v2"

	"shopbell/core/chat"
)

// How customers behave.
const (
	newTurn   = 0.5 // share of turns that go to somebody who was not just answered
	pressing  = 0.6 // share of offered buttons and lists that are used
	rating    = 0.7 // share of questions how it was that are answered
	thanking  = 0.4 // share of answers to a goodbye that get an emoji
	patience  = 3   // visits without an answer until "are you there?"
	forgotten = 6   // visits without an answer until they come with another matter
)

// move is what a customer does: press a button, choose from a list, thank with an
// emoji, or say something.
type move struct {
	line   line
	press  *chat.Button
	choose *chat.ListRow
	emoji  string
	under  string // wamid of the message with the button, the list, or for the emoji
}

// said is the message of a move; number makes files differ.
func (m move) said(number uint64) Said {
	switch {
	case m.press != nil:
		return PressOf(*m.press, m.under)
	case m.choose != nil:
		return ChoiceOf(*m.choose, m.under)
	case m.emoji != "":
		return Reaction(m.under, m.emoji)
	}
	said, _ := m.line.said(number) // checked when it was read
	return said
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
	if len(news) > 0 {
		if rows := scores(news[len(news)-1]); rows != nil {
			if rng.Float64() >= rating {
				return move{}, false
			}
			row := pick(rng, rows)
			return move{choose: &row, under: news[len(news)-1].WAMID}, true
		}
	}
	if len(news) > 0 && p.turn == 0 { // an answer to their goodbye
		if rng.Float64() < thanking {
			return move{emoji: "👍", under: news[len(news)-1].WAMID}, true
		}
		return move{}, false
	}
	if len(news) > 0 {
		p.ignored = 0
		if m, ok := answerTo(rng, news[len(news)-1]); ok {
			return m, true
		}
		return p.say(rng), true
	}
	if p.turn == 0 {
		return p.say(rng), true
	}
	p.ignored++
	switch {
	case p.ignored == patience:
		return move{line: line{Text: pick(rng, p.waiting)}}, true
	case p.ignored >= forgotten:
		p.leave()
		return p.say(rng), true
	}
	return move{}, false
}

// contentment is how many of ten customers give each score, the worst first.
var contentment = [chat.MaxScore]int{1, 0, 1, 2, 6}

// scores are the rows of a list that asks how it was, each as often as customers choose
// it; nil where the message does not ask that.
func scores(d Delivered) (rows []chat.ListRow) {
	if d.List == nil {
		return nil
	}
	for _, section := range d.List.Sections {
		for _, row := range section.Rows {
			if score, ok := chat.ChosenScore(row.ID); ok {
				for range contentment[score-1] {
					rows = append(rows, row)
				}
			}
		}
	}
	return rows
}

// answerTo uses what the message offers; false when it offers nothing, or they
// rather write.
func answerTo(rng *rand.Rand, d Delivered) (move, bool) {
	offered := len(d.Buttons) > 0 || d.List != nil
	if !offered || rng.Float64() >= pressing {
		return move{}, false
	}
	if d.List != nil {
		section := pick(rng, d.List.Sections)
		row := pick(rng, section.Rows)
		return move{choose: &row, under: d.WAMID}, true
	}
	button := pick(rng, d.Buttons)
	return move{press: &button, under: d.WAMID}, true
}

// say tells the next turn of the story; after the last one another begins.
func (p *persona) say(rng *rand.Rand) move {
	turns := p.stories[p.at].Turns
	said := pick(rng, turns[p.turn])
	p.turn++
	if p.turn == len(turns) {
		p.leave()
	}
	return move{line: said}
}

func (p *persona) leave() {
	p.at = (p.at + 1) % len(p.stories)
	p.turn, p.ignored = 0, 0
}

func pick[T any](rng *rand.Rand, ways []T) T { return ways[rng.IntN(len(ways))] }
