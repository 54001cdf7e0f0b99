package autoreply

import (
	"slices"
	"strconv"
	"strings"

	"shopbell/core/chat"
)

// send adds one of a rule's variants to the decision, never the one that this
// customer got last from the rule while there is another (mission A6). It
// reports whether there is one that can be sent.
func (d *deciding) send(r *rule, trigger Trigger) bool {
	switch {
	case len(r.variants) == 0:
		d.reason(ReasonRoutes, r.id)
		return false
	case d.sent >= MaxAutomatic: // the greeting of this decision was the third
		d.capReached()
		return false
	}
	pool := make([]int, 0, MaxReplies)
	last := d.lastVariant(r.id)
	for i := range r.variants {
		if i != last {
			pool = append(pool, i)
		}
	}
	for len(pool) > 0 {
		at := d.pick(len(pool))
		i := pool[at]
		if d.sendText(r, &r.variants[i], i, trigger) {
			return true
		}
		pool = slices.Delete(pool, at, at+1)
	}
	return last >= 0 && last < len(r.variants) && d.sendText(r, &r.variants[last], last, trigger)
}

// lastVariant returns the variant of a rule that the customer got last.
func (d *deciding) lastVariant(ruleID string) int {
	if d.facts.LastVariant != nil {
		return d.facts.LastVariant(ruleID)
	}
	for _, s := range slices.Backward(d.facts.Automatic) {
		if s.RuleID == ruleID && s.Variant != NoVariant {
			return s.Variant
		}
	}
	return NoVariant
}

// pick returns a number of 0 to n-1.
func (d *deciding) pick(n int) int {
	if d.facts.Pick == nil || n == 1 {
		return 0
	}
	return min(max(d.facts.Pick(n), 0), n-1)
}

// sendText adds one text to the decision, unless it cannot be filled in within
// MaxText. The caller has seen to the cap.
func (d *deciding) sendText(r *rule, v *variant, number int, trigger Trigger) bool {
	reply, problem := d.render(v)
	if problem != "" {
		d.reason(problem, r.id, "variant", strconv.Itoa(number+1))
		return false
	}
	reply.RuleID, reply.RuleName, reply.Trigger, reply.Variant = r.id, r.name, trigger, number
	d.out.Replies = append(d.out.Replies, reply)
	d.sent++
	d.reason(ReasonAnswers, r.id, "trigger", string(trigger), "variant", strconv.Itoa(number+1))
	return true
}

// render fills a text in and adds what it needs: the offer of a person to the
// customer's second automatic message (mission A9), the address of a link.
func (d *deciding) render(v *variant) (Reply, ReasonCode) {
	if strings.Contains(v.text, placeStock) {
		return Reply{}, ReasonNoStock
	}
	reply := Reply{Buttons: slices.Clone(v.buttons)}
	below := ""
	if second := d.sent == 1; second && !v.person {
		if o := offerFor(v.text, d.book.language); v.link != "" {
			below = "\n" + o.line
		} else {
			reply.Buttons = offerPerson(reply.Buttons, o.title)
		}
	}
	if v.link != "" {
		below += "\n" + v.link
	}
	for _, name := range []string{firstName(d.facts.FirstName), ""} { // a name that breaks the limit is left out
		reply.Text = fill(v.text, name, d.facts.Shop) + below
		if chat.Units(reply.Text) <= MaxText && strings.TrimSpace(reply.Text) != "" {
			return reply, ""
		}
	}
	return Reply{}, ReasonNoFit
}

// offerPerson adds a button that hands over to a person: in the place of one
// with the same title, else where there is room, else in place of the third.
func offerPerson(buttons []chat.Button, title string) []chat.Button {
	at := slices.IndexFunc(buttons, func(b chat.Button) bool { return b.Title == title })
	switch {
	case at >= 0:
	case len(buttons) < MaxButtons:
		at = len(buttons)
		buttons = append(buttons, chat.Button{})
	default:
		at = MaxButtons - 1
	}
	buttons[at] = chat.Button{ID: ButtonID(at, Button{Action: ActionHandOver}), Title: title}
	return buttons
}
