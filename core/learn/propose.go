package learn

import (
	"fmt"
	"slices"
	"time"
	"unicode"
	"unicode/utf8"

	"shopbell/core/autoreply"
	"shopbell/core/autoreply/words"
	"shopbell/core/chat"
	"shopbell/core/rulebench"
)

// A Proposal is a rule that the chats suggest.
type Proposal struct {
	// Rule is a keyword rule, switched off and without an id. It has no reply where
	// Answer cannot be one: DoubtSilent, DoubtLong and DoubtUnfit.
	Rule   autoreply.Rule
	Asked  int    // questions that it would answer
	Answer string // the shop's own words, whole; "" where it gave none
	Given  int    // how often it gave this answer, or one like it
	Doubt  Doubt  // why a person should look at it; "" where nothing speaks against it
	// Differ, of DoubtDiffer, are the numbers that answers like this one had, the most
	// frequent first.
	Differ []string

	questions []int // into the pairs
}

// Doubt is why the answer of a proposal may not be everybody's.
type Doubt string

// The doubts.
const (
	DoubtNone     Doubt = ""
	DoubtSilent   Doubt = "silent"   // the shop answered nothing of its own to it
	DoubtDiffer   Doubt = "differ"   // the same answer, with other numbers
	DoubtPersonal Doubt = "personal" // it has each customer's own name or number
	DoubtVaried   Doubt = "varied"   // the shop answered in many ways, this one not often
	DoubtLong     Doubt = "long"     // over autoreply.MaxText
	DoubtUnfit    Doubt = "unfit"    // it has signs that a reply cannot have
)

// Propose makes rules of what customers asked and the rules of the shop do not
// answer: of each group of words that come back, with the answer that the shop gave
// most often. The most asked comes first. Words that belong into a rule of the shop
// are left to the bench of its rules. The phone was in the shop's zone; now is after the
// last question. The error is a *autoreply.FileError of the shop's file.
func Propose(pairs []Pair, shop autoreply.File, now time.Time) (Found, error) {
	found := Found{Questions: len(pairs)}
	shop.Version = autoreply.Version // of a shop without rules
	bench, err := rulebench.New(shop, rulebench.Facts{Now: now})
	if err != nil {
		return found, err
	}
	book, err := autoreply.Compile(shop)
	if err != nil {
		return found, err
	}
	zone, err := time.LoadLocation(shop.Timezone)
	if err != nil {
		return found, fmt.Errorf("learn: %w", err)
	}
	open := make([]bool, len(pairs))
	for i, p := range pairs {
		at := InZone(p.At, zone)
		bench.Ask(rulebench.Question{At: at, Kind: chat.KindText, Text: p.Question})
		d := book.Decide(book.Match(p.Question), autoreply.Facts{Now: at, Kind: chat.KindText})
		open[i] = !d.Answered && !d.OptOut
	}
	for _, p := range bench.Report().Proposals {
		p.Words = slices.DeleteFunc(p.Words, func(w string) bool { return chat.Units(w) > maxWord })
		if p.Into != "" || len(p.Words) == 0 {
			continue
		}
		if p.Kind == autoreply.KindOther {
			p.Kind = ""
		}
		found.Proposals = append(found.Proposals, Proposal{Rule: autoreply.Rule{
			Name: capitalised(p.Words[0]), Trigger: autoreply.TriggerKeyword, Keywords: p.Words, Kind: p.Kind,
		}})
	}
	ask(found.Proposals, pairs, open)
	answers := newAnswers(pairs)
	for i := range found.Proposals {
		answers.choose(&found.Proposals[i])
		found.Proposals[i].reply()
	}
	return found, nil
}

// maxWord is the longest keyword that is proposed, in UTF-16 units: nobody types a
// longer one twice.
const maxWord = 40

// reply makes the answer the rule's reply, where it can be one.
func (p *Proposal) reply() {
	if p.Answer == "" || p.Doubt == DoubtLong {
		return
	}
	with := p.Rule
	with.Replies = []autoreply.Variant{{Text: p.Answer}}
	alone := autoreply.File{Version: autoreply.Version, Rules: []autoreply.Rule{with}}
	if _, err := autoreply.Compile(alone.Named()); err != nil || autoreply.Unfilled(p.Answer) != "" {
		p.Doubt = DoubtUnfit
		return
	}
	p.Rule = with
}

// ask finds the open questions in which a word of each proposal stands.
func ask(list []Proposal, pairs []Pair, open []bool) {
	var keywords []words.Keyword
	var of []int // proposals, by keyword
	for i, p := range list {
		for _, k := range p.Rule.Keywords {
			keywords, of = append(keywords, words.Keyword{Text: k}), append(of, i)
		}
	}
	index := words.Compile(keywords, nil)
	for q, pair := range pairs {
		if !open[q] {
			continue
		}
		for _, f := range index.Find(pair.Question) {
			p := &list[of[f.Keyword]]
			if n := len(p.questions); n == 0 || p.questions[n-1] != q {
				p.questions = append(p.questions, q)
			}
		}
	}
	for i := range list {
		list[i].Asked = len(list[i].questions)
	}
}

// Found is what Propose made of the chats.
type Found struct {
	Questions int
	Proposals []Proposal
}

// Answered returns how many questions the proposals answer for which take is true: a
// question that several answer counts once. take gets the index of a proposal.
func (f Found) Answered(take func(i int) bool) int {
	answered := make(map[int]bool)
	for i, p := range f.Proposals {
		if take(i) {
			for _, q := range p.questions {
				answered[q] = true
			}
		}
	}
	return len(answered)
}

func capitalised(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
