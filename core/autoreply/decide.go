package autoreply

import (
	"slices"

	"shopbell/core/chat"
)

// The order of rules-file.md, "Which rule answers":
//
//	what it is    pressed buttons, opt-outs and orders are taken as what they are
//	1             nothing answers what is old, or what a person has in hand
//	2             nothing answers past the cap
//	3             a pressed button does what it says
//	4             first contact: the greeting (in off hours the off-hours reply), then the keyword answer
//	5             the best keyword rule
//	6             in off hours, the off-hours reply
//	7             nothing: to people
//
// Routing by keyword happens whatever is sent.

// A deciding is one decision under way.
type deciding struct {
	book  *Book
	facts Facts
	clock clock
	sent  int // automatic messages within CapWindow, this decision's included
	out   Decision
	trace *trace // nil unless every rule is to be explained

	levels map[string]seen // of articles, by their folded SKU
}

// Decide says what follows from one message with the matches m. It is cheap,
// never blocks and changes nothing: call it inside the database's writer, with
// facts read there. It is safe for use by many goroutines as far as
// Facts.LastVariant, Facts.Stock and Facts.Pick are.
func (b *Book) Decide(m Matches, f Facts) Decision {
	d := b.deciding(f)
	d.decide(b.matched(m))
	return d.out
}

// matched returns the matches of this book: those of another are made anew.
func (b *Book) matched(m Matches) Matches {
	if m.book != b {
		return b.Match(m.text)
	}
	return m
}

func (b *Book) deciding(f Facts) *deciding {
	d := &deciding{book: b, facts: f, clock: clockAt(f.Now, b.zone)}
	for _, s := range f.Automatic {
		if s.At.After(f.Now.Add(-CapWindow)) { // also what lies after Now: the clock was set back
			d.sent++
		}
	}
	return d
}

func (d *deciding) decide(m Matches) {
	f := d.facts
	if chat.Silent(f.Kind, f.RawKind) {
		d.reason(ReasonKind, "", "kind", kindOf(f))
		return
	}
	if action, ok := ParseButtonID(f.ButtonID); ok {
		d.press(action)
		return
	}
	if m.optOut {
		d.optOut()
		return
	}
	answer := d.keywordRule(m.hits)
	if isOrder(f) {
		d.reason(ReasonOrder, "")
		d.order()
	}
	if d.mayAnswer(false) {
		d.answer(answer)
	}
}

// isOrder reports whether a message is an order from the catalogue, be it one that
// Meta does not show ("unsupported", of type order).
func isOrder(f Facts) bool {
	return f.Kind == chat.KindOrder || f.RawKind == string(chat.KindOrder)
}

func kindOf(f Facts) string {
	if f.RawKind != "" {
		return f.RawKind
	}
	return string(f.Kind)
}

func (d *deciding) optOut() {
	d.out.OptOut = true
	d.reason(ReasonOptOut, "")
	if !d.facts.OptedOut {
		d.system(chat.SysOptedOut)
	}
}

// order marks the conversation and takes it to Sales, where a person takes it.
func (d *deciding) order() {
	d.out.WantsOrder = true
	d.out.Department = SalesDepartment
	d.out.Question = KindOrder
	d.system(chat.SysWantsOrder)
}

// press does what a button says (step 3). Its effects hold however old the
// message is; its reply waits for steps 1 and 2.
func (d *deciding) press(b Button) {
	d.reason(ReasonPressed, b.Rule, "action", string(b.Action))
	switch b.Action {
	case ActionSolved:
		d.out.Solved = true
		d.system(chat.SysSolved)
	case ActionHandOver:
		d.system(chat.SysHandOver)
	case ActionStock:
		d.pressStock(b.SKU)
	case ActionOrder:
		d.order()
		if r := d.book.rule(b.Rule); r != nil && r.orderText != nil && d.mayAnswer(true) {
			d.sendText(r, choice{variant: r.orderText, kind: textOrder, number: NoVariant, level: d.levelFor(r)}, TriggerButton)
		}
	case ActionRule:
		d.pressRule(b.Rule)
	}
}

func (d *deciding) pressRule(id string) {
	r := d.book.rule(id)
	if !d.inForce(r, id) {
		return
	}
	d.out.Question = r.kind
	if r.department != "" {
		d.out.Department = r.department
		d.reason(ReasonRouted, id, "department", r.department, "action", string(ActionRule))
	}
	if !d.mayAnswer(true) {
		return
	}
	d.out.Answered = d.send(r, TriggerButton)
}

// inForce reports whether the rule of a button is there and switched on.
func (d *deciding) inForce(r *rule, id string) bool {
	switch {
	case r == nil:
		d.reason(ReasonGone, id)
	case !r.enabled:
		d.reason(ReasonOff, r.id)
	default:
		return true
	}
	return false
}

// mayAnswer takes steps 1 and 2. The reason for a no is noted.
func (d *deciding) mayAnswer(pressed bool) bool {
	f := d.facts
	age := f.Now.Sub(f.MessageAt)
	tooOld := age > MaxAge
	if pressed {
		tooOld = age >= ButtonMaxAge // where Meta's window is closed
	}
	switch {
	case f.OptedOut:
		d.reason(ReasonOptedOut, "")
	case tooOld && !f.MessageAt.IsZero():
		d.reason(ReasonTooOld, "", "age", age.String())
	case f.LockHeld && !pressed:
		d.reason(ReasonLocked, "")
	case !f.PersonAnsweredAt.IsZero() && f.Now.Sub(f.PersonAnsweredAt) <= PersonPause && !pressed:
		d.reason(ReasonPersonAnswered, "")
	case d.sent >= MaxAutomatic:
		d.capReached()
	default:
		return true
	}
	return false
}

func (d *deciding) capReached() {
	d.reason(ReasonCap, "")
	if !d.facts.CapTold {
		d.system(chat.SysCapReached)
	}
}

// answer takes steps 4 to 7, with the keyword rule that answers, if any.
func (d *deciding) answer(keyword *rule) {
	closed := !isOpen(d.book.open, d.book.holidays, d.clock)
	if d.facts.FirstContact {
		d.open(closed)
	}
	if keyword != nil {
		d.out.Answered = d.send(keyword, TriggerKeyword) && !d.out.WantsOrder
	}
	if closed && len(d.out.Replies) == 0 && !d.facts.FirstContact {
		if r := d.timedRule(TriggerOffHours); r != nil {
			d.send(r, TriggerOffHours)
		}
	}
	if len(d.out.Replies) == 0 {
		d.reason(ReasonNoRule, "")
	}
}

// open sends what a first contact gets before any answer.
func (d *deciding) open(closed bool) {
	if closed {
		if r := d.timedRule(TriggerOffHours); r != nil && d.send(r, TriggerOffHours) {
			return
		}
	}
	if r := d.timedRule(TriggerFirstContact); r != nil {
		d.send(r, TriggerFirstContact)
	}
}

// timedRule returns the greeting or off-hours rule that holds now: one with
// windows before one without, then the order of the file. Nil where there is
// none, or where its minimum interval has not passed.
func (d *deciding) timedRule(trigger Trigger) *rule {
	var best *rule
	for i := range d.book.rules {
		r := &d.book.rules[i]
		switch {
		case r.trigger != trigger || !d.holds(r):
		case best == nil:
			best = r
		case len(best.when) == 0 && len(r.when) > 0:
			d.reason(ReasonOutdone, best.id, "by", r.id)
			best = r
		default:
			d.reason(ReasonOutdone, r.id, "by", best.id)
		}
	}
	if best == nil {
		return nil
	}
	since := d.facts.Now.Add(-best.minInterval)
	for _, s := range d.facts.Automatic {
		if s.Trigger == trigger && s.At.After(since) {
			d.reason(ReasonInterval, best.id)
			return nil
		}
	}
	return best
}

// holds reports whether a rule is switched on and its windows hold now.
func (d *deciding) holds(r *rule) bool {
	switch {
	case !r.enabled:
		d.reason(ReasonOff, r.id)
		return false
	case !within(r.when, d.clock):
		d.reason(ReasonNotNow, r.id)
		return false
	}
	return true
}

// keywordRule ranks the rules that matched (step 5), routes by them, and
// returns the best one that has a reply, nil where there is none.
func (d *deciding) keywordRule(hits []hit) *rule {
	rules := d.book.rules
	ranked := make([]hit, 0, len(hits))
	for _, h := range hits {
		if d.holds(&rules[h.rule]) {
			ranked = append(ranked, h)
		}
	}
	slices.SortFunc(ranked, func(x, y hit) int {
		timedX, timedY := len(rules[x.rule].when) > 0, len(rules[y.rule].when) > 0
		if timedX == timedY && x.better(y) || timedX && !timedY {
			return -1
		}
		return 1
	})
	if len(ranked) == 0 {
		return nil
	}
	d.out.Question = rules[ranked[0].rule].kind
	var answer *rule
	for _, h := range ranked {
		r := &rules[h.rule]
		if r.department != "" && d.out.Department == "" {
			d.route(r, h.word)
		}
		switch {
		case !d.hasReply(r):
		case answer == nil:
			answer = r
		default:
			d.reason(ReasonOutdone, r.id, "by", answer.id)
		}
	}
	return answer
}

// route takes the conversation to the department of the rule with a keyword.
// An order goes to Sales all the same, and is told as an order.
func (d *deciding) route(r *rule, keyword string) {
	d.reason(ReasonRouted, r.id, "department", r.department, "keyword", keyword)
	d.out.Department = r.department
	if r.department != d.facts.Department && !isOrder(d.facts) {
		d.out.System = append(d.out.System, SystemLine{
			Code: chat.SysRouted, Data: map[string]string{"keyword": keyword, "department": r.department},
		})
	}
}

func (d *deciding) system(code chat.SystemCode) {
	d.out.System = append(d.out.System, SystemLine{Code: code})
}

// reason notes one step; data are names and values in turn.
func (d *deciding) reason(code ReasonCode, ruleID string, data ...string) {
	r := reasonOf(code, ruleID, data...)
	d.out.Reasons = append(d.out.Reasons, r)
	d.trace.note(r)
}

func reasonOf(code ReasonCode, ruleID string, data ...string) Reason {
	r := Reason{Code: code, RuleID: ruleID}
	if len(data) > 0 {
		r.Data = make(map[string]string, len(data)/2)
		for i := 0; i+1 < len(data); i += 2 {
			r.Data[data[i]] = data[i+1]
		}
	}
	return r
}
