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
	to := f.Now()
	from := to.AddDate(0, 0, -days)
	bench, _, err := f.bench(file)
	if err != nil {
		return desk.RuleBench{}, err
	}
	for _, id := range slices.SortedFunc(maps.Keys(f.convs), cmp.Compare[chat.ConversationID]) {
		if q, ok := f.question(id); ok && !q.At.Before(from) && q.At.Before(to) {
			bench.Ask(q)
		}
	}
	return desk.RuleBench{Report: bench.Report(), From: from, To: to}, nil
}

// bench begins a run of a rules file, of that in force where it is nil, and returns
// what it runs. The caller holds mu.
func (f *Fake) bench(file *autoreply.File) (*rulebench.Bench, autoreply.File, error) {
	if file == nil {
		now := f.inForce().File
		file = &now
	}
	draft, err := checkedRules(*file)
	if err != nil {
		return nil, draft, err
	}
	b, err := rulebench.New(draft, rulebench.Facts{Now: f.Now()})
	return b, draft, rulesFault(err)
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

// FirstQuestions keeps the contract of desk.Rules.
func (f *Fake) FirstQuestions(ctx context.Context, _ desk.Actor, ids []chat.ConversationID) (list []desk.FirstQuestion, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "FirstQuestions"); err != nil {
		return nil, err
	}
	if len(ids) > rulebench.MaxChats {
		return nil, &desk.Error{Code: desk.Invalid, Field: "ids", Limit: rulebench.MaxChats}
	}
	for _, id := range ids {
		for _, m := range f.messages[id] {
			if m.Inbound() && !chat.Silent(m.Kind, m.RawKind) {
				list = append(list, desk.FirstQuestion{Conversation: id, Contact: f.convs[id].Contact, At: m.At, Kind: m.Kind, Text: m.Text})
				break
			}
		}
	}
	return list, nil
}
