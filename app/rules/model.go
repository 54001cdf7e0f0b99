package rules

import (
	"bytes"
	"encoding/json"
	"slices"

	"shopbell/core/autoreply"
	"shopbell/core/desk"
)

// Key names a rule while it is edited. It never changes, where the id of a new
// rule is made from its name when it is saved.
type Key int

// Editing is the shop's rules with what a person has changed and not saved. It is
// a value of the UI thread, and asks the desk nothing.
//
// The rules it hands out are shared: they are changed by Change alone.
type Editing struct {
	stored desk.RulesState // in force
	now    snapshot
	past   []snapshot // what Undo returns to, the last one first to be taken
	field  string     // that the last change was made in; typing on in it is one step
	last   Key
	top    Key // the last one that was given
	tell   []func()

	fault   error // as Fault returns it
	checked bool  // fault is of the rules as they are now
}

// A snapshot is all that Undo brings back.
type snapshot struct {
	file    autoreply.File // but its rules
	rules   []entry
	open    Key // 0: no rule is open
	variant int // of the open rule's replies
}

type entry struct {
	key  Key
	rule autoreply.Rule
}

// maxSteps bounds what Undo keeps.
const maxSteps = 200

// NewEditing begins with what is in force, and no rule open.
func NewEditing(stored desk.RulesState) *Editing {
	e := &Editing{}
	e.begin(stored)
	return e
}

// OnChange adds a function that is called after each change, in the order they
// were added.
func (e *Editing) OnChange(fn func()) { e.tell = append(e.tell, fn) }

// Stored is what is in force, and Revision what SaveRules asks for.
func (e *Editing) Stored() desk.RulesState { return e.stored }

// File is the whole file as it stands now, ready for SaveRules and TryRules: each
// new rule has an id.
func (e *Editing) File() autoreply.File {
	f := e.now.file
	for _, en := range e.now.rules {
		f.Rules = append(f.Rules, cloned(en.rule))
	}
	return f.Named()
}

// Rules are the rules in their order.
func (e *Editing) Rules() (keys []Key, rules []autoreply.Rule) {
	for _, en := range e.now.rules {
		keys, rules = append(keys, en.key), append(rules, en.rule)
	}
	return keys, rules
}

// Rule returns the open rule; not ok where none is.
func (e *Editing) Rule() (key Key, rule autoreply.Rule, ok bool) {
	i := e.index(e.now.open)
	if i < 0 {
		return 0, rule, false
	}
	return e.now.open, e.now.rules[i].rule, true
}

// ID returns the id that a rule will have once it is saved.
func (e *Editing) ID(key Key) string {
	i := e.index(key)
	if i < 0 {
		return ""
	}
	return e.File().Rules[i].ID
}

// KeyOf returns the rule with an id, 0 where there is none.
func (e *Editing) KeyOf(id string) Key {
	if id == "" {
		return 0
	}
	for i, r := range e.File().Rules {
		if r.ID == id {
			return e.now.rules[i].key
		}
	}
	return 0
}

// Variant is the number of the open rule's reply that is shown, from 0. It may be
// the one after the last, which is not written yet.
func (e *Editing) Variant() int { return e.now.variant }

// Open opens a rule, at its first reply. A key that is no rule's closes it.
func (e *Editing) Open(key Key) {
	if e.index(key) < 0 {
		key = 0
	}
	e.now.open, e.now.variant, e.field = key, 0, ""
	e.changed()
}

// ShowVariant shows another reply of the open rule.
func (e *Editing) ShowVariant(n int) {
	e.now.variant, e.field = max(0, min(n, autoreply.MaxReplies-1)), ""
	e.changed()
}

// Change changes a rule. field names what is changed: changes of one field of one
// rule that follow each other are one step of Undo; "" is a step of its own.
func (e *Editing) Change(key Key, field string, change func(*autoreply.Rule)) {
	i := e.index(key)
	if i < 0 {
		return
	}
	if field == "" || field != e.field || key != e.last {
		e.step()
	}
	e.field, e.last = field, key
	e.now.rules = slices.Clone(e.now.rules)
	r := cloned(e.now.rules[i].rule)
	change(&r)
	e.now.rules[i].rule = r
	e.changed()
}

// ChangeFile changes what is not of one rule: the hours, the departments. The
// rules of the file it is given are none, and are not looked at afterwards.
func (e *Editing) ChangeFile(change func(*autoreply.File)) {
	e.step()
	f := e.now.file
	f.Open, f.Holidays, f.Departments = windows(f.Open), slices.Clone(f.Holidays), slices.Clone(f.Departments)
	change(&f)
	f.Rules = nil
	e.now.file = f
	e.changed()
}

// Add adds rules behind those of their trigger, and opens the first. Their ids are
// kept where they are free and made anew where not.
func (e *Editing) Add(rules ...autoreply.Rule) (first Key) {
	if len(rules) == 0 {
		return 0
	}
	e.step()
	e.now.rules = slices.Clone(e.now.rules)
	for _, r := range rules {
		if e.KeyOf(r.ID) != 0 {
			r.ID = ""
		}
		en := entry{key: e.newKey(), rule: cloned(r)}
		if first == 0 {
			first = en.key
		}
		at := len(e.now.rules)
		for i, other := range e.now.rules {
			if other.rule.Trigger == r.Trigger {
				at = i + 1
			}
		}
		e.now.rules = slices.Insert(e.now.rules, at, en)
	}
	e.Open(first)
	return first
}

// Duplicate adds a copy of a rule behind it, switched off, with a name, and opens it.
func (e *Editing) Duplicate(key Key, name string) {
	i := e.index(key)
	if i < 0 {
		return
	}
	e.step()
	r := cloned(e.now.rules[i].rule)
	r.ID, r.Name, r.Enabled = "", name, false
	en := entry{key: e.newKey(), rule: r}
	e.now.rules = slices.Insert(slices.Clone(e.now.rules), i+1, en)
	e.Open(en.key)
}

// Remove takes a rule out.
func (e *Editing) Remove(key Key) {
	i := e.index(key)
	if i < 0 {
		return
	}
	e.step()
	e.now.rules = slices.Delete(slices.Clone(e.now.rules), i, i+1)
	if e.now.open == key {
		e.now.open, e.now.variant = 0, 0
	}
	e.changed()
}

// Move puts a rule before another one, or with 0 at the end. The order decides
// between rules that match equally well (rules-file, "Which rule answers").
func (e *Editing) Move(key, before Key) {
	i := e.index(key)
	if i < 0 || key == before {
		return
	}
	e.step()
	rules := slices.Clone(e.now.rules)
	moved := rules[i]
	rules = slices.Delete(rules, i, i+1)
	at := slices.IndexFunc(rules, func(en entry) bool { return en.key == before })
	if at < 0 {
		at = len(rules)
	}
	e.now.rules = slices.Insert(rules, at, moved)
	e.changed()
}

// CanUndo reports whether there is a change to take back.
func (e *Editing) CanUndo() bool { return len(e.past) > 0 }

// Undo takes the last change back, and opens the rule that was open then.
func (e *Editing) Undo() {
	if len(e.past) == 0 {
		return
	}
	e.now = e.past[len(e.past)-1]
	e.past = e.past[:len(e.past)-1]
	e.field = ""
	e.changed()
}

// Dirty reports whether something is not saved.
func (e *Editing) Dirty() bool {
	return !same(e.File(), e.stored.File.Named())
}

// DirtyRule reports whether a rule is new or differs from the one in force.
func (e *Editing) DirtyRule(key Key) bool {
	i := e.index(key)
	if i < 0 {
		return false
	}
	r := e.now.rules[i].rule
	j := slices.IndexFunc(e.stored.File.Rules, func(s autoreply.Rule) bool { return s.ID == r.ID })
	return j < 0 || !same(r, e.stored.File.Rules[j])
}

// Saved takes over what is in force after it was saved from here. The open rule
// stays open; nothing is left to undo.
func (e *Editing) Saved(stored desk.RulesState) {
	id, variant := e.ID(e.now.open), e.now.variant
	e.begin(stored)
	if e.now.open = e.KeyOf(id); e.now.open != 0 {
		e.now.variant = variant
	}
	e.changed()
}

// Discard returns to what is in force.
func (e *Editing) Discard() { e.Saved(e.stored) }

// Fault returns what keeps the file from being saved, nil where nothing does.
func (e *Editing) Fault() error {
	if !e.checked {
		e.fault, e.checked = e.File().Check(), true
	}
	return e.fault
}

func (e *Editing) begin(stored desk.RulesState) {
	e.checked = false
	stored.File.Version = autoreply.Version // of a shop without rules
	e.stored, e.past, e.field = stored, nil, ""
	e.now = snapshot{file: stored.File}
	e.now.file.Rules = nil
	for _, r := range stored.File.Rules {
		e.now.rules = append(e.now.rules, entry{key: e.newKey(), rule: r})
	}
}

func (e *Editing) newKey() Key {
	e.top++
	return e.top
}

// step keeps what Undo returns to.
func (e *Editing) step() {
	e.past = append(e.past, e.now)
	if len(e.past) > maxSteps {
		e.past = slices.Delete(e.past, 0, 1)
	}
	e.field = ""
}

func (e *Editing) changed() {
	e.checked = false
	for _, fn := range e.tell {
		fn()
	}
}

func (e *Editing) index(key Key) int {
	return slices.IndexFunc(e.now.rules, func(en entry) bool { return en.key == key })
}

// cloned returns a copy of a rule that shares nothing with it.
func cloned(r autoreply.Rule) autoreply.Rule {
	r.Keywords = slices.Clone(r.Keywords)
	r.When = windows(r.When)
	if r.Stock != nil {
		stock := *r.Stock
		r.Stock = &stock
	}
	r.Replies = slices.Clone(r.Replies)
	for i := range r.Replies {
		r.Replies[i].Buttons = slices.Clone(r.Replies[i].Buttons)
	}
	return r
}

func windows(list []autoreply.Window) []autoreply.Window {
	list = slices.Clone(list)
	for i := range list {
		list[i].Days = slices.Clone(list[i].Days)
	}
	return list
}

// same compares what would be stored: an empty list and none are the same.
func same(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
