package autoreply

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Explanation is a Decision with what became of every rule, for "Try it" (mission
// A10) and the command line.
type Explanation struct {
	Decision Decision
	Local    time.Time // Facts.Now by the shop's clock
	Open     bool      // the shop is open then
	Before   int       // automatic messages within CapWindow before this one
	Rules    []Verdict // of every rule, in the order of the file
}

// Verdict is what became of one rule.
type Verdict struct {
	RuleID, RuleName string
	Trigger          Trigger
	// Matched: the message draws the rule by its trigger or by a pressed button,
	// whether or not it answers.
	Matched bool
	// Answers: one of Decision.Replies is its.
	Answers bool
	// Reasons say why, in order: first what was found, then what followed. There is
	// at least one.
	Reasons []Reason
}

// Explain decides as Decide does, by the same steps and with the same outcome, and
// tells what became of every rule. It costs more with each rule, and is not for
// the writer of the database.
func (b *Book) Explain(m Matches, f Facts) Explanation {
	d := b.deciding(f)
	d.trace = &trace{told: make(map[string][]Reason, len(b.rules))}
	e := Explanation{Local: f.Now.In(b.zone), Open: isOpen(b.open, b.holidays, d.clock), Before: d.sent}
	m = b.matched(m)
	if _, pressed := ParseButtonID(f.ButtonID); pressed {
		m.hits = nil // the title of a button asks for no keyword
	}
	d.decide(m)
	e.Decision = d.out
	for i := range b.rules {
		e.Rules = append(e.Rules, d.verdict(i, m, e))
	}
	return e
}

// A trace keeps what a decision says of each rule. A nil one keeps nothing.
type trace struct{ told map[string][]Reason }

func (t *trace) note(r Reason) {
	if t != nil && r.RuleID != "" {
		t.told[r.RuleID] = append(t.told[r.RuleID], r)
	}
}

// verdict sums up one rule after the decision.
func (d *deciding) verdict(i int, m Matches, e Explanation) Verdict {
	r := &d.book.rules[i]
	v := Verdict{RuleID: r.id, RuleName: r.name, Trigger: r.trigger}
	found, missing := d.drawn(i, m, e)
	told := d.trace.told[r.id]
	pressed := slices.ContainsFunc(told, func(r Reason) bool { return r.Code == ReasonPressed })
	v.Matched = missing == "" || pressed
	v.Answers = slices.ContainsFunc(e.Decision.Replies, func(reply Reply) bool { return reply.RuleID == r.id })
	v.Reasons = slices.Concat(found, d.circumstances(r), told)
	if slices.ContainsFunc(told, func(r Reason) bool { return !preliminary[r.Code] }) {
		return v
	}
	// The decision did not come to the rule.
	switch stop := stopOf(e.Decision.Reasons, pressed); {
	case stop != "":
		v.Reasons = append(v.Reasons, reasonOf(ReasonStopped, r.id, "code", string(stop)))
	case missing != "":
		v.Reasons = append(v.Reasons, reasonOf(missing, r.id))
	case len(e.Decision.Replies) > 0:
		v.Reasons = append(v.Reasons, reasonOf(ReasonNotNeeded, r.id, "by", e.Decision.Replies[0].RuleID))
	}
	return v
}

// preliminary are the reasons after which more must be said of a rule.
var preliminary = map[ReasonCode]bool{ReasonPressed: true, ReasonRouted: true, ReasonRepeat: true}

// drawn says by what the message draws a rule, or with the code missing why it
// does not.
func (d *deciding) drawn(i int, m Matches, e Explanation) (found []Reason, missing ReasonCode) {
	r := &d.book.rules[i]
	switch r.trigger {
	case TriggerFirstContact:
		if !d.facts.FirstContact {
			return nil, ReasonNotFirst
		}
	case TriggerOffHours:
		if e.Open {
			return nil, ReasonOpen
		}
	default:
		at := slices.IndexFunc(m.hits, func(h hit) bool { return h.rule == i })
		if at < 0 {
			return nil, ReasonNoKeyword
		}
		for _, f := range m.hits[at].found {
			found = append(found, reasonOf(ReasonKeyword, r.id,
				"keyword", d.book.index.owner[f.Keyword].word, "words", strings.Join(f.Words, " "), "how", string(f.How)))
		}
	}
	return found, ""
}

// circumstances are the window and the stock level a rule depends on.
func (d *deciding) circumstances(r *rule) (list []Reason) {
	for _, s := range r.when {
		if _, holds := s.began(d.clock); holds {
			list = append(list, reasonOf(ReasonNow, r.id, "from", timeOfDay(s.from), "to", timeOfDay(s.to)))
			break
		}
	}
	if s := r.stock; s != nil {
		reason := reasonOf(ReasonLevel, r.id, "sku", s.sku, "below", strconv.Itoa(s.below))
		if level, known := d.level(s.sku); known {
			reason.Data["level"] = strconv.Itoa(level)
		}
		list = append(list, reason)
	}
	return list
}

func timeOfDay(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// stops are the reasons that keep a message from the rules.
var stops = map[ReasonCode]bool{
	ReasonKind: true, ReasonPressed: true, ReasonOptOut: true, ReasonOptedOut: true, ReasonTooOld: true,
	ReasonLocked: true, ReasonPersonAnswered: true, ReasonCap: true,
}

// stopOf returns what kept a rule from being asked, "" for nothing. The rule of a
// pressed button is not kept by the button.
func stopOf(reasons []Reason, pressed bool) ReasonCode {
	for _, r := range reasons {
		if stops[r.Code] && (!pressed || r.Code != ReasonPressed) {
			return r.Code
		}
	}
	return ""
}
