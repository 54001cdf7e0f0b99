package connection

import (
	"time"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/core/desk"
)

// numberCard is what is known of the shop's number, and of the account's others.
type numberCard struct {
	*Screen
	panel  *kit.Panel
	facts  *kit.Facts
	status *kit.Status
	read   *kit.Paragraph // when Meta said it
	others *numberList
	meta   desk.KeysReport // what Meta said last
}

func newNumberCard(s *Screen) *numberCard {
	c := &numberCard{Screen: s, facts: kit.NewFacts(), status: kit.NewStatus(kit.FindingNone, ""), read: words("")}
	c.others = newNumberList(s)
	c.panel = kit.NewPanel(s.Words.T("connect.number"), "", kit.NewStack(4, c.facts, c.read, c.status, c.others.stack))
	return c
}

// learn takes what Meta said of the keys that are typed, or stored.
func (c *numberCard) learn(r desk.KeysReport) { c.meta = r }

// expiresSoon is how long before a token ends that is worth a colour: the time
// in which a person makes another without hurry.
const expiresSoon = 7 * 24 * time.Hour

// show lists the facts.
func (c *numberCard) show(known desk.Connected, health desk.Health) {
	w, now := c.Words, c.now()
	var facts []kit.Fact
	add := func(name, value string, finding kit.Finding) {
		if value != "" {
			facts = append(facts, kit.Fact{Name: w.T(name), Value: value, Finding: finding})
		}
	}
	number, read := c.seen()
	add("connect.fact_name", firstOf(number.Name, known.Name), kit.FindingNone)
	add("connect.fact_phone", firstOf(number.Phone, known.Phone), kit.FindingNone)
	for _, f := range c.said(number) {
		add(f.Name, f.Value, f.Finding)
	}
	c.read.Set("")
	if read {
		c.read.Set(w.T("connect.read_at", locale.Args{"When": w.Moment(c.meta.Read, now)}))
	}
	c.others.set(c.meta.Numbers, number.PhoneNumberID)
	if known.HasToken {
		until, finding := c.expiry(known.TokenExpires, now)
		add("connect.fact_token", until, finding)
		add("connect.fact_last", c.last(known.LastWebhook), kit.FindingNone)
	}
	if health.Waiting > 0 {
		add("connect.fact_waiting", w.N("connect.waiting", health.Waiting), kit.FindingWarn)
	}
	c.facts.Set(facts...)
	c.status.Set(c.state(health))
}

// expiry says until when the token works; the zero time is never, or not known.
func (c *numberCard) expiry(until, now time.Time) (string, kit.Finding) {
	switch left := until.Sub(now); {
	case until.IsZero():
		return c.Words.T("connect.no_end"), kit.FindingNone
	case left <= 0:
		return c.Words.T("connect.ended"), kit.FindingBad
	case left < expiresSoon:
		return c.Words.Deadline(until, now), kit.FindingWarn
	}
	return c.Words.Deadline(until, now), kit.FindingNone
}

// last says when something last came from Meta.
func (c *numberCard) last(at time.Time) string {
	if at.IsZero() {
		return c.Words.T("connect.never")
	}
	return c.Words.Moment(at, c.now())
}

// state is the connection's state in a sentence.
func (c *numberCard) state(h desk.Health) (kit.Finding, string) {
	w := c.Words
	switch h.State {
	case desk.ConnectionOK:
		return kit.FindingGood, w.T("connect.state_ok")
	case desk.ConnectionOffline:
		return kit.FindingWarn, w.T("connect.state_offline")
	case desk.ConnectionRefused:
		r := w.Refusal(h.Code, "")
		return kit.FindingBad, r.String()
	case desk.ConnectionNoKey:
		return kit.FindingBad, w.T("banner.no_key")
	case desk.ConnectionFull:
		return kit.FindingBad, w.T("banner.full")
	}
	return kit.FindingNone, w.T("connect.state_none")
}

// fail says that nothing could be learned.
func (c *numberCard) fail(err error) { c.status.Set(kit.FindingWarn, c.Words.Explain(err).String()) }
