package rules

import (
	"slices"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/core/autoreply"
)

// otherRule says that a message which was tried is answered by another rule than the
// one that is open, which the phone shows, and leads there.
type otherRule struct {
	*results
	run  *kit.Run
	said *kit.Status
	id   string
}

func newOtherRule(r *results) *otherRule {
	o := &otherRule{results: r, said: kit.NewStatus(kit.FindingWarn, "")}
	to := kit.NewTextButton(r.Words.T("try.other_open"), func() { r.openRule(r.editing.KeyOf(o.id)) })
	o.run = kit.NewRun(8, kit.Rest(o.said, 140), kit.Own(to))
	return o
}

// show takes what a trial drew. A pressed button leads to other rules, as it should.
func (o *otherRule) show(replies []autoreply.Reply) {
	visible(o.run, false)
	if len(replies) == 0 || o.asked.Message == "" {
		return
	}
	_, r, ok := o.editing.Rule()
	open := o.editing.ID(o.open())
	if !ok || slices.ContainsFunc(replies, func(x autoreply.Reply) bool { return x.RuleID == open }) {
		return
	}
	last := replies[len(replies)-1] // the answer, behind a greeting
	o.id = last.RuleID
	o.said.Set(kit.FindingWarn, o.Words.T("try.other", locale.Args{"Rule": last.RuleName, "Open": o.nameOf(r)}))
	visible(o.run, true)
}
