package rules_test

import (
	"testing"

	"shopbell/app/rules"
	"shopbell/core/autoreply"
)

func TestEditingBesideTheDesk(t *testing.T) {
	t.Run("a switch that was saved by itself leaves other changes unsaved, and is not undone", func(t *testing.T) {
		e := rules.NewEditing(shop(t))
		returns, closed := e.KeyOf("returns"), e.KeyOf("closed")
		e.Change(returns, "text", retext("Within 14 days."))
		next := shop(t)
		next.Number, next.File.Rules[2].Enabled = 5, false
		e.Switched(closed, next)
		if !e.Dirty() || e.DirtyRule(closed) || !e.DirtyRule(returns) || e.Stored().Number != 5 {
			t.Errorf("dirty %v, the switched one %v, the changed one %v", e.Dirty(), e.DirtyRule(closed), e.DirtyRule(returns))
		}
		e.Undo()
		if _, all := e.Rules(); e.Dirty() || all[2].Enabled {
			t.Errorf("after Undo dirty %v, the switch is %v", e.Dirty(), all[2].Enabled)
		}
	})
	t.Run("what is changed while rules are being saved stays, and is not saved", func(t *testing.T) {
		e := rules.NewEditing(shop(t))
		key := e.Add(autoreply.Rule{Name: "Sizes", Trigger: autoreply.TriggerKeyword, Replies: []autoreply.Variant{{Text: "36 to 42."}}})
		keys, _ := e.Rules()
		next := shop(t)
		next.Number, next.File = 5, e.File()
		e.Change(key, "name", func(r *autoreply.Rule) { r.Name = "All sizes" })
		e.Sent(keys, next)
		if e.ID(key) != "sizes" || !e.DirtyRule(key) || e.DirtyRule(e.KeyOf("returns")) || e.Stored().Number != 5 {
			t.Errorf("id %q, dirty %v", e.ID(key), e.DirtyRule(key))
		}
	})
	t.Run("another file is one step, and rules keep their keys by their ids", func(t *testing.T) {
		e := rules.NewEditing(shop(t))
		returns := e.KeyOf("returns")
		e.Open(returns)
		other := shop(t).File
		other.Rules = append([]autoreply.Rule{{ID: "sizes", Name: "Sizes", Trigger: autoreply.TriggerKeyword}}, other.Rules[1])
		e.Replace(other)
		if key, r, ok := e.Rule(); !ok || key != returns || r.ID != "returns" || names(e) != "Sizes Returns" {
			t.Errorf("open %v %q, rules %s", key, r.ID, names(e))
		}
		e.Undo()
		if e.Dirty() || names(e) != "Welcome Returns Closed" {
			t.Errorf("after Undo: %s", names(e))
		}
	})
	t.Run("what somebody else saved is taken over with one's own rules beside it", func(t *testing.T) {
		e := rules.NewEditing(shop(t))
		e.Change(e.KeyOf("returns"), "text", retext("Mine."))
		theirs := shop(t)
		theirs.Number, theirs.File.Rules[1].Replies = 5, []autoreply.Variant{{Text: "Theirs."}}
		e.Beside(theirs, func(name string) string { return name + " 2" })
		_, all := e.Rules()
		_, open, _ := e.Rule()
		if names(e) != "Welcome Returns Returns 2 Closed" || all[1].Replies[0].Text != "Theirs." || open.Replies[0].Text != "Mine." || open.Enabled {
			t.Errorf("%s, open %+v", names(e), open)
		}
		if e.Stored().Number != 5 || !e.Dirty() {
			t.Error("the copies are saved already, or theirs is not what they are made from")
		}
	})
	t.Run("theirs alone leaves nothing of one's own", func(t *testing.T) {
		e := rules.NewEditing(shop(t))
		e.Remove(e.KeyOf("returns"))
		theirs := shop(t)
		theirs.Number = 5
		e.Theirs(theirs)
		if e.Dirty() || e.CanUndo() || names(e) != "Welcome Returns Closed" {
			t.Error(names(e))
		}
	})
}
