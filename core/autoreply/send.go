package autoreply

import (
	"slices"
	"strconv"
	"strings"

	"shopbell/core/chat"
)

// The texts that a rule may send, as ReasonAnswers names them.
const (
	textReply = "reply"
	textStock = "stock"
	textOrder = "order"
	textLevel = "level"
)

// hasReply reports whether a rule has something to send now. The reason for a no
// is noted.
func (d *deciding) hasReply(r *rule) bool {
	switch {
	case len(r.variants) > 0 || d.isLow(r):
		return true
	case r.stock == nil:
		d.reason(ReasonRoutes, r.id)
		return false
	}
	if level, known := d.level(r.stock.sku); known {
		d.reason(ReasonEnough, r.id, "sku", r.stock.sku, "level", strconv.Itoa(level), "below", strconv.Itoa(r.stock.below))
	} else {
		d.reason(ReasonNoStock, r.id, "sku", r.stock.sku)
	}
	return false
}

// send adds a text of a rule to the decision: its stock text while the level is
// low, else one of its variants, never the one that this customer got last from
// the rule while there is another that can be sent (mission A6). It reports
// whether there is one.
func (d *deciding) send(r *rule, trigger Trigger) bool {
	switch {
	case !d.hasReply(r):
		return false
	case d.sent >= MaxAutomatic: // the greeting of this decision was the third
		d.capReached()
		return false
	case d.isLow(r):
		return d.sendStock(r, trigger)
	}
	reply := func(i int) choice {
		return choice{variant: &r.variants[i], kind: textReply, number: i, level: d.levelFor(r)}
	}
	pool := make([]int, 0, MaxReplies)
	last := d.lastVariant(r.id)
	for i := range r.variants {
		if i != last {
			pool = append(pool, i)
		}
	}
	if d.trace != nil && len(pool) > 0 && len(pool) < len(r.variants) {
		d.trace.note(Reason{Code: ReasonRepeat, RuleID: r.id, Data: map[string]string{"variant": strconv.Itoa(last + 1)}})
	}
	for len(pool) > 0 {
		at := d.pick(len(pool))
		i := pool[at]
		if d.sendText(r, reply(i), trigger) {
			return true
		}
		pool = slices.Delete(pool, at, at+1)
	}
	return last >= 0 && last < len(r.variants) && d.sendText(r, reply(last), trigger)
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

// A choice is one of a rule's texts that is to be sent.
type choice struct {
	*variant
	kind   string // textReply and so on
	number int    // of the rule's replies, NoVariant for any other text
	level  string // for {stock}; "" where it is not known
}

// sendText adds one text to the decision, unless it cannot be filled in within
// MaxText or lacks what it shows. The caller has seen to the cap.
func (d *deciding) sendText(r *rule, c choice, trigger Trigger) bool {
	number := strconv.Itoa(c.number + 1)
	if c.needsLevel() && c.level == "" {
		d.reason(ReasonNoStock, r.id, "sku", r.sku(), "variant", number)
		return false
	}
	if c.picture != "" && d.facts.HasPicture != nil && !d.facts.HasPicture(c.picture) {
		d.reason(ReasonPicture, r.id, "picture", c.picture, "variant", number)
		return false
	}
	reply, fits := d.render(c.variant, c.level)
	if !fits {
		d.reason(ReasonNoFit, r.id, "variant", number)
		return false
	}
	reply.RuleID, reply.RuleName, reply.Trigger, reply.Variant = r.id, r.name, trigger, c.number
	d.out.Replies = append(d.out.Replies, reply)
	d.sent++
	data := []string{"trigger", string(trigger), "text", c.kind}
	if c.kind == textReply {
		data = append(data, "variant", number)
	}
	if c.needsLevel() || c.kind == textStock || c.kind == textLevel {
		data = append(data, "level", c.level)
	}
	d.reason(ReasonAnswers, r.id, data...)
	return true
}

// needsLevel reports whether the text tells a stock level.
func (v *variant) needsLevel() bool { return strings.Contains(v.text, placeStock) }

// render fills a text in and adds what it needs: the offer of a person to the
// customer's second automatic message (mission A9).
func (d *deciding) render(v *variant, level string) (r Reply, fits bool) {
	r = Reply{Picture: v.picture, Buttons: slices.Clone(v.buttons)}
	below := ""
	if second := d.sent == 1; second && !v.person {
		if words := ownFor(v.text, d.book.language); v.link != nil {
			below = "\n" + words.line
		} else {
			r.Buttons = offerPerson(r.Buttons, words.title)
		}
	}
	if v.link != nil {
		link := *v.link
		r.Link = &link
	}
	for _, name := range []string{firstName(d.facts.FirstName), ""} { // a name that breaks the limit is left out
		r.Text = fill(v.text, name, d.facts.Shop, level) + below
		if chat.Units(r.Text) <= MaxText && strings.TrimSpace(r.Text) != "" {
			return r, true
		}
	}
	return Reply{}, false
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
