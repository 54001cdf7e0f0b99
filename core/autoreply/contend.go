package autoreply

import (
	"cmp"
	"slices"

	"shopbell/core/autoreply/words"
)

// A Contender is a keyword rule some of whose keywords stand in a message, whether
// or not it answers.
type Contender struct {
	RuleID  string
	Enabled bool // switched on
	Now     bool // it has no windows, or one of them holds
	Replies bool // it has something to send, at the stock levels there are
	// Score is how many different keywords the message holds; two that the same words
	// say count once.
	Score int
	Found []KeywordFound // by where they stand
}

// KeywordFound is one keyword of a rule, found in a message.
type KeywordFound struct {
	Keyword    string   // as the rule spells it
	Words      []string // as the customer does
	How        words.How
	Start, End int // bytes of the message, from the first word to the last
}

// Contenders returns the keyword rules that a message draws, in the order in which
// Decide would ask them (rules-file.md, step 5) were all of them switched on; those
// outside their windows stand last. Of f it takes Now and Stock. It is for reports
// on many messages; it changes nothing.
func (b *Book) Contenders(m Matches, f Facts) []Contender {
	m = b.matched(m)
	if len(m.hits) == 0 {
		return nil
	}
	d := b.deciding(f)
	hits := slices.Clone(m.hits)
	slices.SortFunc(hits, func(x, y hit) int {
		if a, b := d.turn(x), d.turn(y); a != b {
			return cmp.Compare(a, b)
		}
		if x.better(y) {
			return -1
		}
		return 1
	})
	out := make([]Contender, 0, len(hits))
	for _, h := range hits {
		r := &b.rules[h.rule]
		c := Contender{RuleID: r.id, Enabled: r.enabled, Now: within(r.when, d.clock), Replies: d.hasReply(r), Score: h.keywords}
		for _, found := range h.found {
			c.Found = append(c.Found, KeywordFound{
				Keyword: b.index.owner[found.Keyword].word, Words: found.Words, How: found.How, Start: found.Start, End: found.End,
			})
		}
		out = append(out, c)
	}
	return out
}

// turn sorts rules by their windows: one that holds goes before none, and one that
// does not hold comes last.
func (d *deciding) turn(h hit) int {
	switch r := &d.book.rules[h.rule]; {
	case !within(r.when, d.clock):
		return 2
	case len(r.when) > 0:
		return 0
	}
	return 1
}
