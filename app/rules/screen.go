package rules

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
	"shopbell/core/desk"
	"shopbell/core/staff"
)

// Screen is the rules. It belongs to the UI thread.
type Screen struct {
	Deps
	editing *Editing // nil until the rules are there
	theirs  *desk.RulesState
	rules   *live.Task[desk.RulesState]
	hits    *live.Task[map[string]int]
	saving  bool
	asking  bool // a question is open
	may     bool // edit
	// insisted: Save was pressed since the last new rule was begun, and could not be done.
	insisted bool

	over     *fyne.Container // the panes, and the pages over them
	page     *subPage        // the one on top; nil: none is shown
	root     *fyne.Container
	panes    *panes
	list     *listPane
	editor   *editor
	preview  *preview
	failed   *kit.Empty
	bench    *bench
	chats    *benchChats
	learning *learning
}

// New builds the screen, which begins to load.
func New(d Deps) *Screen {
	s := &Screen{Deps: d, may: d.Who.Role.May(staff.EditRules)}
	s.list = newListPane(s)
	s.editor = newEditor(s)
	s.preview = newPreview(s)
	again := kit.NewButton(d.Words.T("rules.again"), kit.Primary, s.load)
	s.failed = kit.NewEmpty(look.IconBolt, "", "", again)
	s.panes = &panes{list: s.list.pane, editor: s.editor.pane, preview: s.preview.pane, failed: s.failed, fitted: s.editor.fit, placed: s.resume}
	s.root = s.panes.container()
	s.over = container.NewStack(s.root)
	s.bench = newBench(s)
	s.chats = newBenchChats(s)
	s.learning = newLearning(s)
	s.hits = live.NewTask(d.Scope, nil, func(live.State[map[string]int]) { s.show() })
	s.rules = live.NewTask(d.Scope, nil, s.loaded)
	if d.Editing != nil {
		s.begin(d.Editing)
	}
	s.load()
	return s
}

// Content is what the frame shows.
func (s *Screen) Content() fyne.CanvasObject { return s.over }

// Editing is what is edited, for the screen that comes after this one; nil: nothing
// was loaded yet.
func (s *Screen) Editing() *Editing { return s.editing }

// Fit says whether there is room for the list beside a rule.
func (s *Screen) Fit(list bool) {
	if s.panes.slim == list {
		s.panes.slim = !list
		s.show()
	}
}

// Heard takes what changed on the desk.
func (s *Screen) Heard(b live.Batch) {
	if b.Has(desk.EventRules) && !s.saving {
		s.load()
	}
	if b.Has(desk.EventStock) {
		s.editor.articles.load()
	}
}

func (s *Screen) load() {
	s.rules.Refresh(func(ctx context.Context) (desk.RulesState, error) { return s.Desk.Rules(ctx, s.Who) })
	s.list.meter.load()
	s.list.alone.load()
	since := s.Scope.Now().AddDate(0, 0, -hitDays)
	s.hits.Refresh(func(ctx context.Context) (map[string]int, error) { return s.Desk.RuleHits(ctx, s.Who, since) })
}

// hitDays is over how many days the list counts what a rule answered.
const hitDays = 7

// loaded takes what is in force. What is edited here and not saved stays: whoever
// saved meanwhile is told of, and the person decides.
func (s *Screen) loaded(is live.State[desk.RulesState]) {
	switch {
	case is.Phase == live.Ready && s.editing == nil:
		s.begin(NewEditing(is.Value))
	case is.Phase == live.Ready && is.Value.Number != s.editing.Stored().Number:
		s.meanwhile(is.Value)
	default:
		s.show()
	}
}

func (s *Screen) begin(e *Editing) {
	e.tell = nil // whoever listened before is gone
	s.editing = e
	e.OnChange(s.show)
	s.editor.articles.load()
	s.show()
	s.resume()
}

// meanwhile takes rules that somebody else put in force.
func (s *Screen) meanwhile(stored desk.RulesState) {
	if !s.editing.Dirty() {
		s.theirs = nil
		s.editing.Theirs(stored)
		return
	}
	s.theirs = &stored
	s.show()
}

// show brings all that is on the screen up to date.
func (s *Screen) show() {
	phase := s.rules.State().Phase
	s.panes.broken = s.editing == nil && phase == live.Failed
	if s.panes.broken {
		e := s.Words.Explain(s.rules.State().Err)
		s.failed.Set(look.IconAlert, e.What, e.Next)
	}
	s.list.show()
	s.editor.show()
	s.preview.show()
	s.panes.open = s.open() != 0
	s.panes.bare = s.editing != nil && len(s.editing.now.rules) == 0
	s.root.Refresh()
	s.panes.Layout(nil, s.root.Size())
}

func (s *Screen) open() Key {
	if s.editing == nil {
		return 0
	}
	key, _, _ := s.editing.Rule()
	return key
}

// Dirty reports whether something is not saved.
func (s *Screen) Dirty() bool { return s.may && s.editing != nil && s.editing.Dirty() }

// fault is what keeps the rules from being saved, nil where nothing does.
func (s *Screen) fault() *autoreply.FileError {
	if s.editing == nil {
		return nil
	}
	fault, _ := errors.AsType[*autoreply.FileError](s.editing.Fault())
	return fault
}

// unwritten reports whether a fault is but the text that a new rule has not got yet,
// before anybody wanted it saved: no reason to alarm.
func (s *Screen) unwritten(fault *autoreply.FileError) bool {
	if fault == nil || fault.Code != autoreply.FaultMissing || fault.Field != "replies[0].text" || s.insisted {
		return false
	}
	return !slices.ContainsFunc(s.editing.Stored().File.Rules, func(r autoreply.Rule) bool { return r.ID == fault.Rule })
}

// barred is why the rules cannot be saved now; empty: they can.
func (s *Screen) barred() string {
	switch {
	case !s.may:
		return s.Words.T("rules.not_yours")
	case s.theirs != nil:
		return s.Words.T("rules.meanwhile_first")
	case s.editing == nil || !s.editing.Dirty():
		return s.Words.T("rules.nothing_to_save")
	}
	if fault := s.fault(); fault != nil {
		return s.faultWords(fault)
	}
	return ""
}

// faultWords says a fault, and of which rule it is where that is not open. Of the one
// that is only begun it says what comes next.
func (s *Screen) faultWords(fault *autoreply.FileError) string {
	name := ""
	if key := s.editing.KeyOf(fault.Rule); key != s.open() {
		for i, r := range s.editing.File().Rules {
			if r.ID == fault.Rule {
				name = s.nameOf(s.editing.now.rules[i].rule)
			}
		}
	}
	if name == "" && s.unwritten(fault) {
		return s.Words.T("rules.unwritten")
	}
	return s.Words.RuleFault(fault, name)
}

// nameOf is what the screen calls a rule.
func (s *Screen) nameOf(r autoreply.Rule) string {
	if r.Name == "" {
		return s.Words.T("rules.nameless")
	}
	return r.Name
}

// Save puts the rules in force.
func (s *Screen) Save() { s.save(nil) }

// save puts the rules in force and then calls done, which may be nil.
func (s *Screen) save(done func()) {
	if s.editing == nil || s.saving {
		return
	}
	s.editor.settle()
	if s.barred() != "" {
		if s.Dirty() {
			s.insisted = true
			s.Say(s.barred(), false)
			s.show()
		}
		return
	}
	s.saving = true
	file, number := s.editing.File(), s.editing.Stored().Number
	keys := s.keys()
	var stored desk.RulesState
	s.Scope.Do(func(ctx context.Context) (err error) {
		stored, err = s.Desk.SaveRules(ctx, s.Who, file, number)
		return err
	}, func(err error) {
		s.saving = false
		if err != nil {
			s.refused(err)
			return
		}
		if same(file, s.editing.File()) {
			s.editing.Saved(stored)
		} else { // the person went on typing
			s.editing.Sent(keys, stored)
		}
		s.load()
		s.bench.show()
		s.Say(s.Words.T("rules.saved"), true)
		if done != nil {
			done()
		}
	})
	s.show()
}

// refused says why the rules were not taken. Somebody else's are fetched.
func (s *Screen) refused(err error) {
	if desk.CodeOf(err) == desk.Conflict {
		s.load()
		return
	}
	s.Say(s.explain(err), false)
	s.show()
}

// explain says an error of the desk; a fault of a rules file with its place.
func (s *Screen) explain(err error) string {
	if fault, ok := errors.AsType[*autoreply.FileError](err); ok {
		name := fault.Rule
		for _, r := range s.editing.File().Rules {
			if r.ID == fault.Rule {
				name = r.Name
			}
		}
		return s.Words.RuleFault(fault, name)
	}
	return s.Words.Explain(err).String()
}

// switched puts the switch of one rule in force by itself: what else is not saved
// stays so.
func (s *Screen) switched(key Key, on bool) {
	id, stored := s.editing.ID(key), s.editing.Stored()
	file := stored.File
	file.Rules = append([]autoreply.Rule(nil), file.Rules...)
	known := false
	for i := range file.Rules {
		if file.Rules[i].ID == id {
			file.Rules[i].Enabled, known = on, true
		}
	}
	if !known || s.theirs != nil { // it is not in force at all, or is somebody else's by now
		s.editing.Change(key, "", func(r *autoreply.Rule) { r.Enabled = on })
		return
	}
	if s.saving {
		return
	}
	s.saving = true
	var now desk.RulesState
	s.Scope.Do(func(ctx context.Context) (err error) {
		now, err = s.Desk.SaveRules(ctx, s.Who, file, stored.Number)
		return err
	}, func(err error) {
		s.saving = false
		if err != nil {
			s.refused(err)
			return
		}
		s.editing.Switched(key, now)
		word := "rules.switched_off"
		if on {
			word = "rules.switched_on"
		}
		for i, k := range s.keys() {
			if k == key {
				s.Say(s.Words.T(word, locale.Args{"Rule": s.nameOf(s.editing.now.rules[i].rule)}), true)
			}
		}
	})
}

func (s *Screen) keys() []Key {
	keys, _ := s.editing.Rules()
	return keys
}
