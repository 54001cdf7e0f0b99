package rules

import (
	"unicode"
	"unicode/utf8"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
)

// results are what came of a trial: a card for each reply, what follows for the
// conversation, and why the other rules are silent.
type results struct {
	*trial
	content *kit.Stack

	broken  *kit.Status // why there is no result
	replies [maxReplies]*kit.Outcome
	other   *otherRule
	follows *kit.Verdicts
	others  *kit.Verdicts
}

// maxReplies is how many replies one message can draw: a greeting and an answer
// (rules-file.md, step 4).
const maxReplies = 2

func newResults(t *trial) *results {
	r := &results{trial: t, broken: kit.NewStatus(kit.FindingBad, ""), follows: kit.NewVerdicts(), others: kit.NewVerdicts()}
	for i := range r.replies {
		r.replies[i] = kit.NewOutcome()
	}
	r.other = newOtherRule(r)
	r.content = kit.NewStack(8, r.broken, r.replies[0], r.replies[1], r.other.run, r.follows, r.others)
	r.clear()
	return r
}

func (r *results) clear() {
	for _, card := range r.replies {
		card.Hide()
	}
	r.other.show(nil)
	r.follows.Set(nil)
	r.others.Set(nil)
}

// show shows what the desk said last. What is wrong stands in the place of a result.
func (r *results) show(is live.State[autoreply.Explanation]) {
	problem := r.problem(is.Err)
	r.broken.Set(kit.FindingBad, problem)
	if problem != "" || r.asked == nil || is.Phase != live.Ready {
		r.clear()
		return
	}
	e := is.Value
	cards := r.cards(e)
	for i, card := range r.replies {
		visible(card, i < len(cards))
		if i < len(cards) {
			card.Set(cards[i])
		}
	}
	r.other.show(e.Decision.Replies)
	r.follows.Set(r.consequences(e))
	r.others.Set(r.silent(e))
	r.pane.Refresh()
	if r.fresh {
		r.fresh = false
		r.pane.Reveal(r.replies[0])
	}
}

// cards are one for each reply, or one that says why there is none: of a pressed
// button all that is said is about the one rule it leads to.
func (r *results) cards(e autoreply.Explanation) (all []kit.OutcomeData) {
	for _, reply := range e.Decision.Replies {
		all = append(all, r.card(e, reply))
	}
	if len(all) > 0 {
		return all
	}
	none := kit.OutcomeData{Title: r.Words.T("try.nobody")}
	if r.pressed != "" {
		none.Title = r.Words.T("try.nobody_button", locale.Args{"Button": r.pressed})
	}
	for _, reason := range e.Decision.Reasons {
		if reason.RuleID == "" || r.pressed != "" && reason.Code != autoreply.ReasonRouted {
			none.Why = r.join(none.Why, r.say(reason))
		}
	}
	none.Why = sentence(none.Why)
	return []kit.OutcomeData{none}
}

// card says which rule answers, with which of its texts, and why.
func (r *results) card(e autoreply.Explanation, reply autoreply.Reply) kit.OutcomeData {
	d := kit.OutcomeData{Good: true, Title: r.Words.T("try.answers", locale.Args{"Rule": reply.RuleName})}
	switch reply.Trigger {
	case autoreply.TriggerFirstContact:
		d.Why = []kit.Piece{{Text: r.Words.T("try.why_first")}}
	case autoreply.TriggerOffHours:
		d.Why = []kit.Piece{{Text: r.Words.T("try.why_closed")}}
	}
	score := 0
	for _, v := range e.Rules {
		if v.RuleID != reply.RuleID {
			continue
		}
		for _, reason := range v.Reasons {
			switch reason.Code {
			case autoreply.ReasonAnswers:
				d.Aside = text(r.say(reason))
				continue
			case autoreply.ReasonRouted: // stands among what follows
				continue
			case autoreply.ReasonKeyword:
				score++
			}
			d.Why = r.join(d.Why, r.say(reason))
		}
	}
	d.Why = sentence(d.Why)
	if score > 0 {
		d.Why = append(d.Why, kit.Piece{Text: ". " + r.Words.N("try.score", score)})
	}
	if !r.onPhone(reply) {
		d.Text = reply.Text
		for _, b := range reply.Buttons {
			d.Buttons = append(d.Buttons, b.Title)
		}
		if reply.Link != nil {
			d.Buttons = append(d.Buttons, reply.Link.Title)
		}
	}
	return d
}

// onPhone reports whether the phone shows a reply as it is.
func (r *results) onPhone(reply autoreply.Reply) bool {
	_, rule, ok := r.editing.Rule()
	if !ok || r.editing.ID(r.open()) != reply.RuleID || reply.Variant != r.editing.Variant() {
		return false
	}
	v, ok := r.variant(rule)
	if !ok || r.filled(v.Text, rule) != reply.Text {
		return false
	}
	if reply.Link != nil {
		return true
	}
	same := len(v.Buttons) == len(reply.Buttons)
	for i, b := range reply.Buttons {
		same = same && v.Buttons[i].Title == b.Title
	}
	return same
}

// consequences are what follows for the conversation, and the clock it was tried at.
func (r *results) consequences(e autoreply.Explanation) []kit.Verdict {
	open := "try.open"
	if !e.Open {
		open = "try.closed"
	}
	when := r.Words.Weekday(e.Local.Weekday()) + " " + e.Local.Format("15:04")
	return append(r.routes(e.Decision),
		fact(look.IconChat, r.Words.T(then(e.Decision))),
		fact(look.IconClock, r.Words.T(open, locale.Args{"When": when})))
}

func fact(icon look.IconName, text string) kit.Verdict {
	return kit.Verdict{Icon: icon, Said: []kit.Piece{{Text: text}}}
}

// routes say where the conversation goes, and why.
func (r *results) routes(d autoreply.Decision) (lines []kit.Verdict) {
	for _, reason := range d.Reasons {
		if reason.Code == autoreply.ReasonRouted {
			lines = append(lines, kit.Verdict{Icon: look.IconRoute, Said: r.say(reason)})
		}
	}
	switch word := r.Words.T; {
	case len(lines) > 0:
		return lines
	case d.Department != "":
		return []kit.Verdict{fact(look.IconRoute, word("try.goes_to", locale.Args{"Department": d.Department}))}
	case r.given.department != "":
		return []kit.Verdict{fact(look.IconRoute, word("try.stays", locale.Args{"Department": r.given.department}))}
	default:
		return []kit.Verdict{fact(look.IconRoute, word("try.nowhere"))}
	}
}

// then is the key of what becomes of the customer.
func then(d autoreply.Decision) string {
	switch {
	case d.OptOut:
		return "try.opted_out"
	case d.Solved:
		return "try.solved"
	case d.WantsOrder:
		return "try.wants_order"
	case d.Answered:
		return "try.answered"
	}
	return "try.waits"
}

// silent are the rules that do not answer, those that the message draws first, each
// with what decided it.
func (r *results) silent(e autoreply.Explanation) []kit.Verdict {
	var drawn, others []kit.Verdict
	for _, v := range e.Rules {
		if v.Answers {
			continue
		}
		line := kit.Verdict{Name: v.RuleName, Said: r.decisive(v)}
		if v.Matched {
			drawn = append(drawn, line)
		} else {
			others = append(others, line)
		}
	}
	return append(drawn, others...)
}

// decisive says why a rule does not answer: its last reason, and how many words of
// the message are its.
func (r *results) decisive(v autoreply.Verdict) []kit.Piece {
	words := 0
	for _, reason := range v.Reasons {
		if reason.Code == autoreply.ReasonKeyword {
			words++
		}
	}
	last := v.Reasons[len(v.Reasons)-1]
	said := r.say(last)
	switch {
	case words > 0 && last.Code == autoreply.ReasonOutdone:
		said = append([]kit.Piece{{Text: r.Words.N("try.words", words) + " · "}}, said...)
	case last.Code == autoreply.ReasonNotNow:
		said = append(said, kit.Piece{Text: ": " + r.windows(r.rule(v.RuleID).When)})
	}
	return said
}

// say puts a reason into words.
func (r *results) say(reason autoreply.Reason) (pieces []kit.Piece) {
	for _, s := range r.Words.Reason(reason, r.ruleName) {
		pieces = append(pieces, kit.Piece{Text: s.Text, Bold: s.Bold})
	}
	return pieces
}

func (r *results) ruleName(id string) string { return r.rule(id).Name }

// rule is a rule as it is edited; without a name where it is no more.
func (r *results) rule(id string) autoreply.Rule {
	for _, rule := range r.editing.File().Rules {
		if rule.ID == id {
			return rule
		}
	}
	return autoreply.Rule{}
}

// join lets one sentence follow another.
func (r *results) join(before, next []kit.Piece) []kit.Piece {
	if len(before) > 0 {
		before = append(before, kit.Piece{Text: "; "})
	}
	return append(before, next...)
}

// sentence begins with a capital.
func sentence(pieces []kit.Piece) []kit.Piece {
	if len(pieces) > 0 {
		r, n := utf8.DecodeRuneInString(pieces[0].Text)
		pieces[0].Text = string(unicode.ToUpper(r)) + pieces[0].Text[n:]
	}
	return pieces
}

// text is a sentence without its weights.
func text(pieces []kit.Piece) (all string) {
	for _, p := range pieces {
		all += p.Text
	}
	return all
}
