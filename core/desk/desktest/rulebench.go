package desktest

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/rulebench"
)

// BenchRules keeps the contract of desk.Rules; the shop has no levels.
func (f *Fake) BenchRules(ctx context.Context, _ desk.Actor, file *autoreply.File, days int) (desk.RuleBench, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "BenchRules"); err != nil {
		return desk.RuleBench{}, err
	}
	if !slices.Contains(desk.BenchDays, days) {
		return desk.RuleBench{}, &desk.Error{Code: desk.Invalid, Field: "days", Limit: slices.Max(desk.BenchDays)}
	}
	if file == nil {
		now := f.inForce().File
		file = &now
	}
	draft, err := checkedRules(*file)
	if err != nil {
		return desk.RuleBench{}, err
	}
	to := f.Now()
	from := to.AddDate(0, 0, -days)
	bench, err := rulebench.New(draft, rulebench.Facts{Now: to})
	if err != nil {
		return desk.RuleBench{}, rulesFault(err)
	}
	for _, id := range slices.SortedFunc(maps.Keys(f.convs), cmp.Compare[chat.ConversationID]) {
		if q, ok := f.question(id); ok && !q.At.Before(from) && q.At.Before(to) {
			bench.Ask(q)
		}
	}
	return desk.RuleBench{Report: bench.Report(), From: from, To: to}, nil
}

// question is the first message of a conversation. The caller holds mu.
func (f *Fake) question(id chat.ConversationID) (q rulebench.Question, ok bool) {
	c := f.convs[id]
	for _, m := range f.messages[id] {
		switch {
		case chat.Silent(m.Kind, m.RawKind):
		case m.Inbound() && !ok:
			if m.Kind == chat.KindButton {
				return q, false
			}
			q, ok = rulebench.Question{
				Conversation: id, At: m.At, Kind: m.Kind, Text: m.Text, First: true, Department: c.Department,
				Resolved: c.State == chat.StateResolved,
			}, true
		case !ok || m.At.Sub(q.At) > rulebench.SolvedAfter:
		case m.Author == chat.AuthorAgent:
			q.Person = true
		case m.Author == chat.AuthorRule && q.AnsweredBy == "" && m.Answers:
			q.AnsweredBy = m.RuleID
		}
	}
	return q, ok
}
