package rules_test

import (
	"strings"
	"testing"

	"shopbell/app/rules"
	"shopbell/core/autoreply"
	"shopbell/core/desk"
)

// shop is a desk's file of three rules, at revision 4.
func shop(t *testing.T) desk.RulesState {
	t.Helper()
	reply := []autoreply.Variant{{Text: "We will."}}
	f := autoreply.File{Version: autoreply.Version, Timezone: "Europe/Lisbon", Rules: []autoreply.Rule{
		{ID: "welcome", Name: "Welcome", Trigger: autoreply.TriggerFirstContact, Enabled: true, Replies: reply},
		{ID: "returns", Name: "Returns", Trigger: autoreply.TriggerKeyword, Enabled: true, Keywords: []string{"refund"}, Replies: reply},
		{ID: "closed", Name: "Closed", Trigger: autoreply.TriggerOffHours, Enabled: true, Replies: reply},
	}}
	if _, err := autoreply.Compile(f); err != nil {
		t.Fatal(err)
	}
	return desk.RulesState{RulesRevision: desk.RulesRevision{Number: 4}, File: f}
}

func names(e *rules.Editing) string {
	var list []string
	_, all := e.Rules()
	for _, r := range all {
		list = append(list, r.Name)
	}
	return strings.Join(list, " ")
}

func retext(text string) func(*autoreply.Rule) {
	return func(r *autoreply.Rule) { r.Replies[0].Text = text }
}

func TestEditing(t *testing.T) {
	t.Run("nothing is changed at first, and a change that is taken back is none", func(t *testing.T) {
		e := rules.NewEditing(shop(t))
		if e.Dirty() || e.CanUndo() || e.Fault() != nil {
			t.Fatalf("dirty %v, undo %v, fault %v", e.Dirty(), e.CanUndo(), e.Fault())
		}
		key := e.KeyOf("returns")
		e.Change(key, "text", retext("Within 14 days."))
		if !e.Dirty() || !e.DirtyRule(key) || e.DirtyRule(e.KeyOf("welcome")) {
			t.Error("the change is not seen, or at the wrong rule")
		}
		e.Undo()
		if e.Dirty() || e.CanUndo() {
			t.Error("it is not taken back")
		}
	})
	t.Run("what is in force stays as it is while it is edited", func(t *testing.T) {
		stored := shop(t)
		e := rules.NewEditing(stored)
		e.Change(e.KeyOf("returns"), "", func(r *autoreply.Rule) {
			r.Keywords[0], r.Replies[0].Text = "exchange", "Other."
		})
		if stored.File.Rules[1].Keywords[0] != "refund" || stored.File.Rules[1].Replies[0].Text != "We will." {
			t.Errorf("the stored file has changed: %+v", stored.File.Rules[1])
		}
	})
	t.Run("typing in one field is one step, another field is the next", func(t *testing.T) {
		e := rules.NewEditing(shop(t))
		key := e.KeyOf("returns")
		for _, text := range []string{"W", "Wi", "With"} {
			e.Change(key, "text", retext(text))
		}
		e.Change(key, "name", func(r *autoreply.Rule) { r.Name = "Refunds" })
		e.Undo()
		if _, all := e.Rules(); all[1].Name != "Returns" || all[1].Replies[0].Text != "With" {
			t.Errorf("after one step back: %+v", all[1])
		}
		e.Undo()
		if e.Dirty() {
			t.Error("after two steps back something is left")
		}
	})
	t.Run("Undo returns to the rule that was open", func(t *testing.T) {
		e := rules.NewEditing(shop(t))
		welcome := e.KeyOf("welcome")
		e.Open(welcome)
		e.Remove(welcome)
		if _, _, ok := e.Rule(); ok {
			t.Error("a removed rule is open")
		}
		e.Undo()
		if key, _, ok := e.Rule(); !ok || key != welcome {
			t.Errorf("open is %v", key)
		}
	})
	t.Run("a new rule stands behind those of its trigger, open, and gets its id from its name", func(t *testing.T) {
		e := rules.NewEditing(shop(t))
		key := e.Add(autoreply.Rule{Name: "Returns", Trigger: autoreply.TriggerKeyword, Replies: []autoreply.Variant{{Text: "Yes."}}})
		if got := names(e); got != "Welcome Returns Returns Closed" {
			t.Error(got)
		}
		if open, _, _ := e.Rule(); open != key || e.ID(key) != "returns-2" {
			t.Errorf("open is %v, the id %q", open, e.ID(key))
		}
		e.Change(key, "name", func(r *autoreply.Rule) { r.Name = "Sizes" })
		if e.ID(key) != "sizes" {
			t.Errorf("the id of a rule not saved yet is %q", e.ID(key))
		}
		if err := e.Fault(); err != nil {
			t.Error(err)
		}
	})
	t.Run("an id that is taken is not taken over", func(t *testing.T) {
		e := rules.NewEditing(shop(t))
		key := e.Add(autoreply.Rule{ID: "returns", Name: "Retours", Trigger: autoreply.TriggerKeyword})
		if e.ID(key) != "retours" || e.KeyOf("returns") == key {
			t.Errorf("the id is %q", e.ID(key))
		}
	})
	t.Run("a duplicate is switched off and behind its model", func(t *testing.T) {
		e := rules.NewEditing(shop(t))
		e.Duplicate(e.KeyOf("welcome"), "Welcome 2")
		_, r, _ := e.Rule()
		if names(e) != "Welcome Welcome 2 Returns Closed" || r.Name != "Welcome 2" || r.Enabled {
			t.Errorf("%s, open %+v", names(e), r)
		}
	})
	t.Run("a rule moves before another, or to the end", func(t *testing.T) {
		e := rules.NewEditing(shop(t))
		e.Move(e.KeyOf("closed"), e.KeyOf("welcome"))
		if got := names(e); got != "Closed Welcome Returns" {
			t.Error(got)
		}
		e.Move(e.KeyOf("closed"), 0)
		if got := names(e); got != "Welcome Returns Closed" {
			t.Error(got)
		}
	})
	t.Run("a rename keeps the id", func(t *testing.T) {
		e := rules.NewEditing(shop(t))
		key := e.KeyOf("returns")
		e.Change(key, "name", func(r *autoreply.Rule) { r.Name = "Money back" })
		if e.ID(key) != "returns" {
			t.Errorf("the id is %q", e.ID(key))
		}
	})
	t.Run("what was saved is in force, and the rule stays open", func(t *testing.T) {
		e := rules.NewEditing(shop(t))
		e.Open(e.Add(autoreply.Rule{Name: "Sizes", Trigger: autoreply.TriggerKeyword, Replies: []autoreply.Variant{{Text: "36 to 42."}}}))
		next := shop(t)
		next.Number, next.File = 5, e.File()
		e.Saved(next)
		if _, r, ok := e.Rule(); !ok || r.ID != "sizes" || e.Dirty() || e.CanUndo() || e.Stored().Number != 5 {
			t.Errorf("open %v %+v, dirty %v, undo %v", ok, r, e.Dirty(), e.CanUndo())
		}
	})
	t.Run("Discard returns to what is in force", func(t *testing.T) {
		e := rules.NewEditing(shop(t))
		e.Remove(e.KeyOf("closed"))
		e.Discard()
		if e.Dirty() || names(e) != "Welcome Returns Closed" {
			t.Error(names(e))
		}
	})
	t.Run("a shop without rules is not changed by looking at it", func(t *testing.T) {
		e := rules.NewEditing(desk.RulesState{})
		if e.Dirty() || e.Fault() != nil {
			t.Errorf("dirty %v, fault %v", e.Dirty(), e.Fault())
		}
	})
	t.Run("who listens is told of each change", func(t *testing.T) {
		e := rules.NewEditing(shop(t))
		told := 0
		e.OnChange(func() { told++ })
		e.Open(e.KeyOf("returns"))
		e.Change(e.KeyOf("returns"), "text", retext("x"))
		e.Undo()
		if told != 3 {
			t.Errorf("told %d times, want 3", told)
		}
	})
}
