package rules

import (
	"slices"

	"shopbell/core/autoreply"
	"shopbell/core/desk"
)

// Switched takes over what is in force after one rule was switched there by itself:
// all that is not saved stays so, and the switch is none of it.
func (e *Editing) Switched(key Key, stored desk.RulesState) {
	id := e.ID(key)
	j := slices.IndexFunc(stored.File.Rules, func(r autoreply.Rule) bool { return r.ID == id })
	if j < 0 {
		return
	}
	stored.File.Version = autoreply.Version
	e.stored = stored
	on := stored.File.Rules[j].Enabled
	for _, s := range append(e.past, e.now) {
		for i := range s.rules {
			if s.rules[i].key == key {
				s.rules[i].rule.Enabled = on
			}
		}
	}
	e.changed()
}

// Sent takes over what is in force after it was saved from here, where more was
// changed while that was on its way: it stays, and is not saved. keys are those of the
// rules that were sent, in their order.
func (e *Editing) Sent(keys []Key, stored desk.RulesState) {
	stored.File.Version = autoreply.Version
	e.stored = stored
	for i, key := range keys {
		if j := e.index(key); j >= 0 && i < len(stored.File.Rules) {
			e.now.rules[j].rule.ID = stored.File.Rules[i].ID // a new one has it from its name
		}
	}
	e.changed()
}

// Replace puts another file in the place of the one that is edited, as one step.
// Rules keep their keys by their ids; the open one stays open where it is there.
func (e *Editing) Replace(file autoreply.File) {
	ids := map[string]Key{}
	for i, r := range e.File().Rules {
		ids[r.ID] = e.now.rules[i].key
	}
	e.step()
	e.now.file, e.now.rules = file, nil
	e.now.file.Rules = nil
	for _, r := range file.Rules {
		key, known := ids[r.ID]
		if !known || r.ID == "" {
			key = e.newKey()
		}
		delete(ids, r.ID)
		e.now.rules = append(e.now.rules, entry{key: key, rule: cloned(r)})
	}
	if e.index(e.now.open) < 0 {
		e.now.open, e.now.variant = 0, 0
	}
	e.changed()
}

// Theirs begins anew with what somebody else put in force meanwhile. What was
// changed here and not saved is given up.
func (e *Editing) Theirs(stored desk.RulesState) { e.Saved(stored) }

// Beside begins with what somebody else put in force meanwhile, and keeps the rules
// that were changed here as copies, switched off and not saved, each under the name
// that name makes of its own. The first copy is open.
func (e *Editing) Beside(stored desk.RulesState, name func(string) string) {
	var mine []autoreply.Rule
	for _, en := range e.now.rules {
		if e.DirtyRule(en.key) {
			r := cloned(en.rule)
			r.ID, r.Name, r.Enabled = "", name(r.Name), false
			mine = append(mine, r)
		}
	}
	e.Saved(stored)
	e.Add(mine...)
}
