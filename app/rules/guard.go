package rules

import (
	"context"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/desk"
)

// Leave calls then at once where everything is saved. Else it asks first: then is
// called once the rules are saved, or given up, and never where the person stays.
func (s *Screen) Leave(then func()) {
	if !s.Dirty() {
		then()
		return
	}
	w := s.Words
	s.ask("rules.leave", w.T("rules.leave_text"), "rules.stay",
		answer{"rules.save", func() { s.save(then) }},
		answer{"rules.discard", func() { s.theirs = nil; s.editing.Discard(); then() }})
}

// answer is a way on out of a question.
type answer struct {
	key string
	do  func()
}

// ask asks a question; the last way is to leave all as it is.
func (s *Screen) ask(title, text, stay string, answers ...answer) {
	if s.asking {
		return
	}
	var close func()
	var actions []kit.Action
	for _, a := range answers {
		actions = append(actions, kit.Action{Text: s.Words.T(a.key), Do: func() { close(); a.do() }})
	}
	actions = append(actions, kit.Action{Text: s.Words.T(stay), Do: func() { close() }})
	question := kit.NewAsk(s.Words.T(title), text, actions...)
	s.asking = true
	close = s.Float(question, question.Target(), func() { s.asking = false })
}

// shownRevisions is how many earlier states the menu offers.
const shownRevisions = 10

// history offers the states that were in force before. The one that is chosen is
// edited, and in force once it is saved.
func (e *editor) history() {
	var list []desk.RulesRevision
	e.Scope.Do(func(ctx context.Context) (err error) {
		list, err = e.Desk.RulesHistory(ctx, e.Who)
		return err
	}, func(err error) {
		if err != nil {
			e.Say(e.explain(err), false)
			return
		}
		var items []kit.MenuItem
		for i, r := range list[:min(len(list), shownRevisions)] {
			items = append(items, kit.MenuItem{
				Icon: look.IconHistory, Text: e.Words.Moment(r.At, e.Scope.Now()) + " · " + e.byName(r.ByName), Current: i == 0,
				Do: func() { e.returnTo(r) },
			})
		}
		if len(items) == 0 {
			items = []kit.MenuItem{{Text: e.Words.T("rules.no_history")}}
		}
		e.menuUnder(e.more, items)
	})
}

// returnTo puts an earlier state into the editor.
func (e *editor) returnTo(r desk.RulesRevision) {
	var was desk.RulesState
	e.Scope.Do(func(ctx context.Context) (err error) {
		was, err = e.Desk.RulesAt(ctx, e.Who, r.Number)
		return err
	}, func(err error) {
		if err != nil {
			e.Say(e.explain(err), false)
			return
		}
		e.editing.Replace(was.File)
		e.SayUndo(e.Words.T("rules.returned", locale.Args{"When": e.Words.Moment(r.At, e.Scope.Now())}), func() { e.Undo() })
	})
}
