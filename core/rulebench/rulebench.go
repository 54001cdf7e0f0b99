// Package rulebench runs a shop's rules over the questions of past chats and
// reports what they would have said: which rules answer and which never do, which
// are in each other's way, and which words that customers often use reach none. It
// sends nothing and knows no customer.
//
//	New ──► Ask, for each question ──► Report
//
// A question is the customer's first message of a conversation. Each is asked as if
// the customer had got no automatic message in the day before and nobody held the
// chat, so that the report is about the rules and not about the day. Greetings and
// off-hours replies are no answers (kpi.md).
package rulebench

import (
	"strings"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/autoreply/words"
	"shopbell/core/chat"
)

// Question is the first message of a past conversation, and what became of it.
type Question struct {
	Conversation chat.ConversationID // 0: it stands in no inbox, and no Conflict names it
	At           time.Time
	Kind         chat.Kind
	Text         string // empty of a voice note and the like: no keyword answers it
	First        bool   // the customer's first message ever
	OptedOut     bool   // the customer had asked for silence before

	// What happened in fact.
	AnsweredBy string // id of the rule whose answer was the first; empty: none answered
	Department string // where the conversation stands now; empty: nowhere
	Person     bool   // a person answered within SolvedAfter
	Resolved   bool   // the conversation is resolved by now
}

// SolvedAfter is how long nobody of the shop may have answered for a conversation to
// have needed no person.
const SolvedAfter = 24 * time.Hour

// Facts are what a bench knows beside the questions.
type Facts struct {
	Now time.Time // after the last question
	// Stock returns a level as autoreply.Facts.Stock does; nil: none is known.
	Stock func(sku string) (level int, known bool)
}

// Bench is a run under way. It is for one goroutine. What it keeps grows with the
// questions that nothing answers, whose texts it holds until the report.
type Bench struct {
	file  autoreply.File
	book  *autoreply.Book
	facts Facts

	questions, answered, contested int
	rules                          []tally        // as in the file
	byID                           map[string]int // into rules
	words                          []keyword
	conflicts                      map[[2]int]*conflict
	covers                         [][]int32 // of each answered question, the words of its rule that it has
	open                           []string  // texts of the questions that nothing answers
	near                           map[nearness]int
}

// A tally is a rule with what was counted of it.
type tally struct {
	autoreply.Rule
	hits, wouldAnswer, settled, solved int
	words                              map[string]int32 // its keywords, into Bench.words
}

// A keyword is one keyword of a rule.
type keyword struct {
	rule  int
	text  string
	found bool
}

// New begins a run of a rules file. The error is a *autoreply.FileError.
func New(file autoreply.File, f Facts) (*Bench, error) {
	book, err := autoreply.Compile(file)
	if err != nil {
		return nil, err
	}
	b := &Bench{
		file: file, book: book, facts: f, byID: make(map[string]int),
		conflicts: make(map[[2]int]*conflict), near: make(map[nearness]int),
	}
	for i, r := range file.Rules {
		t := tally{Rule: r, words: make(map[string]int32)}
		if r.Trigger == autoreply.TriggerKeyword {
			spelled := make(map[string]int32) // two spellings of one keyword count once
			for _, k := range r.Keywords {
				folded := strings.Join(words.Split(k), " ")
				n, have := spelled[folded]
				if !have {
					n = int32(len(b.words))
					spelled[folded] = n
					b.words = append(b.words, keyword{rule: i, text: k})
				}
				t.words[k] = n
			}
		}
		b.rules = append(b.rules, t)
		b.byID[r.ID] = i
	}
	return b, nil
}

// Ask puts one question to the rules. An opt-out asks nothing and does not count.
// The order of the questions does not matter, but that of conflicts the last
// MaxChats are named.
func (b *Bench) Ask(q Question) {
	m := b.book.Match(q.Text)
	facts := autoreply.Facts{Now: q.At, Kind: q.Kind, FirstContact: q.First, OptedOut: q.OptedOut, Stock: b.facts.Stock}
	d := b.book.Decide(m, facts)
	if d.OptOut {
		return
	}
	b.questions++
	b.settle(q)
	for _, r := range d.Replies {
		b.rules[b.byID[r.RuleID]].hits++
	}
	contenders := b.book.Contenders(m, facts)
	b.noteFound(contenders)
	if q.OptedOut {
		return
	}
	in := able(contenders)
	if len(in) > 1 {
		b.contested++
		b.clash(q, in)
	}
	b.noteOff(contenders)
	if !d.Answered {
		if q.Text != "" {
			b.open = append(b.open, q.Text)
		}
		return
	}
	b.answered++
	b.cover(in[0])
	b.noteNear(q.Text, b.byID[in[0].RuleID])
}

// settle counts what came of a rule's answer in fact, where that is known by now.
func (b *Bench) settle(q Question) {
	i, known := b.byID[q.AnsweredBy]
	if !known || !q.Person && !q.Resolved && b.facts.Now.Sub(q.At) < SolvedAfter {
		return
	}
	b.rules[i].settled++
	if !q.Person {
		b.rules[i].solved++
	}
}

// noteFound keeps which keywords stand in some question, whatever the hour.
func (b *Bench) noteFound(contenders []autoreply.Contender) {
	for _, c := range contenders {
		t := &b.rules[b.byID[c.RuleID]]
		for _, f := range c.Found {
			b.words[t.words[f.Keyword]].found = true
		}
	}
}

// noteOff counts for each switched-off rule the questions that it would answer were
// it alone switched on.
func (b *Bench) noteOff(contenders []autoreply.Contender) {
	for _, c := range contenders {
		switch {
		case !c.Now || !c.Replies:
		case c.Enabled:
			return
		default:
			b.rules[b.byID[c.RuleID]].wouldAnswer++
		}
	}
}

// cover keeps the words by which a question was answered.
func (b *Bench) cover(by autoreply.Contender) {
	t := &b.rules[b.byID[by.RuleID]]
	list := make([]int32, 0, len(by.Found))
	for _, f := range by.Found {
		list = append(list, t.words[f.Keyword])
	}
	b.covers = append(b.covers, list)
}

// able returns the contenders that can answer, the one that does first.
func able(contenders []autoreply.Contender) (in []autoreply.Contender) {
	for _, c := range contenders {
		if c.Enabled && c.Now && c.Replies {
			in = append(in, c)
		}
	}
	return in
}
