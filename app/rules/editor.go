package rules

import (
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
)

// editor is the open rule: its name and what is done with it in the bar, and below
// it blocks, one for each thing a rule has.
type editor struct {
	*Screen
	pane     *kit.Pane
	articles *articles
	thumbs   *pictures
	blocks   []block
	dividers []*kit.Divider // between them
	key      Key            // of the rule whose blocks stand
	kind     group

	back     *kit.IconButton
	title    *kit.Line
	naming   *kit.Field
	pencil   *kit.IconButton
	on       *kit.Toggle
	onWord   *kit.Line
	tabs     *kit.Segmented
	unsaved  *kit.Line
	undoing  *kit.Button
	saveNow  *kit.Button
	more     *kit.IconButton
	spring   *kit.Space          // between what is left and what is right in the bar
	room     headRoom            // of the bar, as it was fitted last
	beside   []fyne.CanvasObject // all of the bar but the name
	renaming bool

	status   *kit.Status // why it cannot be saved
	conflict *kit.Run    // somebody else saved meanwhile
	said     *kit.Paragraph
}

// block is one thing of a rule. It stands as long as its rule is open.
type block interface {
	// content is what is shown.
	content() kit.Fitting
	// sync shows the rule as it is now.
	sync(autoreply.Rule)
	// settle takes over what was typed and not confirmed.
	settle()
}

func newEditor(s *Screen) *editor {
	w := s.Words
	e := &editor{Screen: s, articles: &articles{Screen: s}, thumbs: newPictures(s), status: kit.NewStatus(kit.FindingNone, "")}
	e.back = kit.NewIconButton(look.IconBack, w.T("rules.back")+"  "+s.Keys.Back, s.Back)
	e.title = kit.NewLine("", kit.Heading, look.Text)
	e.naming = kit.NewTextField(kit.FieldWords{Placeholder: w.T("rules.name")})
	e.naming.SetLimit(autoreply.MaxName)
	e.naming.OnChanged = func() {
		e.change("name", func(r *autoreply.Rule) { r.Name = strings.TrimSpace(e.naming.Text()) })
	}
	e.naming.OnSubmit = func() {
		e.renaming = false
		e.show()
		e.focus()
	}
	e.pencil = kit.NewIconButton(look.IconPencil, w.T("rules.rename"), e.rename)
	e.on = kit.NewToggle(w.T("rules.on_tip"), func(on bool) { e.switched(e.open(), on) })
	e.onWord = kit.NewLine("", kit.Small, look.Text2)
	e.tabs = kit.NewSegmented(func(i int) {
		e.panes.tab = i == 1
		e.Screen.show()
	})
	e.tabs.SetItems([]string{w.T("rules.tab_rule"), w.T("rules.tab_preview")}, 0)
	e.unsaved = kit.NewLine(w.T("rules.unsaved"), kit.Small, look.Text2)
	e.undoing = kit.NewButton(w.T("undo"), kit.Plain, func() { e.Undo() })
	e.undoing.SetTip(w.T("undo") + "  " + s.Keys.Undo)
	e.saveNow = kit.NewButton(w.T("rules.save"), kit.Primary, s.Save)
	e.saveNow.SetTip(w.T("rules.save") + "  " + s.Keys.Save)
	e.more = kit.NewIconButton(look.IconMore, w.T("rules.more"), func() { s.menuUnder(e.more, e.menu()) })
	e.spring = kit.NewSpace(0)
	e.said = kit.NewParagraph("", kit.Small, look.WarnText)
	e.conflict = kit.NewRun(8, kit.Rest(e.said, 220), kit.Own(e.small("rules.keep_mine", e.keepMine)), kit.Own(e.small("rules.load_theirs", e.loadTheirs)))
	e.pane = kit.NewPane(kit.PaneData{
		Ground: look.Surface, Edge: true, Pad: 20, Fixed: kit.NewStack(8, e.conflict, e.status),
		Head: e.newHead(),
	})
	e.conflict.Hide()
	return e
}

func (s *Screen) small(key string, do func()) *kit.Button {
	b := kit.NewButton(s.Words.T(key), kit.Plain, do)
	b.SetSmall(true)
	return b
}

// change changes the open rule.
func (s *Screen) change(field string, fn func(*autoreply.Rule)) {
	if s.may {
		s.editing.Change(s.open(), field, fn)
	}
}

// show brings the open rule up to date.
func (e *editor) show() {
	key, r := Key(0), autoreply.Rule{}
	if e.editing != nil {
		key, r, _ = e.editing.Rule()
	}
	if key != e.key || groupOf(r) != e.kind || len(e.blocks) == 0 {
		e.build(key, r)
	}
	for i, b := range e.blocks {
		b.sync(r)
		if i > 0 {
			visible(e.dividers[i-1], b.content().Visible())
		}
	}
	e.showHead(key, r)
	e.showState()
	e.pane.Refresh()
}

// build makes the blocks of another rule.
func (e *editor) build(key Key, r autoreply.Rule) {
	if key != e.key {
		e.renaming = false
	}
	e.key, e.kind = key, groupOf(r)
	e.blocks = e.blocksOf(key)
	e.dividers = nil
	var items []fyne.CanvasObject
	for i, b := range e.blocks {
		if i > 0 {
			e.dividers = append(e.dividers, kit.NewDivider())
			items = append(items, e.dividers[i-1])
		}
		items = append(items, b.content())
	}
	e.pane.SetBody(kit.NewStack(12, items...))
}

// blocksOf are the blocks of the open rule; without one, of what to do first.
func (e *editor) blocksOf(key Key) []block {
	switch {
	case e.editing == nil:
		return []block{}
	case key == 0 && len(e.editing.now.rules) == 0:
		return []block{newBeginning(e)}
	case key == 0:
		return []block{newNothing(e)}
	case !e.may:
		return []block{newReading(e)}
	}
	var list []block
	switch e.kind {
	case groupKeywords, groupTimes:
		list = append(list, newKeywordBlock(e), newScheduleBlock(e))
	case groupFirst:
		list = append(list, newScheduleBlock(e))
	case groupOff:
		list = append(list, newHoursBlock(e))
		if _, r, _ := e.editing.Rule(); len(r.When) > 0 { // a file may hold times of its own for it
			list = append(list, newScheduleBlock(e))
		}
	}
	list = append(list, newSayBlock(e), newButtonsBlock(e), newStockBlock(e), newOrderBlock(e))
	if e.kind == groupKeywords || e.kind == groupTimes {
		list = append(list, newRouteBlock(e))
	} else {
		list = append(list, newIntervalBlock(e))
	}
	return append(list, newCapBlock(e))
}

// showState says why nothing can be saved, and that somebody else saved.
func (e *editor) showState() {
	e.status.Set(kit.FindingNone, "")
	if fault := e.fault(); fault != nil && e.may && e.editing.Dirty() {
		finding := kit.FindingBad
		if e.unwritten(fault) {
			finding = kit.FindingNone
		}
		e.status.Set(finding, e.faultWords(fault))
	}
	if !e.may {
		e.status.Set(kit.FindingNone, e.Words.T("rules.not_yours"))
	}
	visible(e.conflict, e.theirs != nil)
	if e.theirs != nil {
		e.said.Set(e.Words.T("rules.meanwhile", locale.Args{"Name": e.byName(e.theirs.ByName), "When": e.Words.Recent(e.theirs.At, e.Scope.Now())}))
	}
}

func (s *Screen) byName(name string) string {
	if name == "" {
		return s.Words.T("rules.somebody")
	}
	return name
}

func (e *editor) keepMine() {
	theirs := *e.theirs
	e.theirs = nil
	e.editing.Beside(theirs, func(name string) string { return e.copyName(name) })
}

func (e *editor) loadTheirs() {
	theirs := *e.theirs
	e.theirs = nil
	e.editing.Theirs(theirs)
}

// copyName is the name of a copy, within the limit.
func (s *Screen) copyName(name string) string {
	for limit := []rune(name); ; limit = limit[:len(limit)-1] {
		if copied := s.Words.T("rules.copy_of", locale.Args{"Rule": string(limit)}); units(copied) <= autoreply.MaxName || len(limit) == 0 {
			return copied
		}
	}
}

// focus gives the keyboard to the first thing that is written.
func (e *editor) focus() {
	for _, b := range e.blocks {
		if t, ok := b.(interface{ target() fyne.Focusable }); ok {
			e.Focus(t.target())
			return
		}
	}
}

// settle takes over what was typed and not confirmed.
func (e *editor) settle() {
	for _, b := range e.blocks {
		b.settle()
	}
}

// Undo takes the last change back, and reports whether there was one.
func (s *Screen) Undo() bool {
	if s.editing == nil || !s.may || !s.editing.CanUndo() {
		return false
	}
	s.editing.Undo()
	if s.bench.shown {
		s.bench.load()
	}
	return true
}

// menu is what else can be done with the open rule.
func (e *editor) menu() []kit.MenuItem {
	w := e.Words
	key, r, _ := e.editing.Rule()
	undo := kit.MenuItem{Icon: look.IconReply, Text: w.T("undo"), Keys: e.Keys.Undo, Do: func() { e.Undo() }}
	if !e.editing.CanUndo() {
		undo.Do, undo.Reason = nil, w.T("rules.nothing_to_undo")
	}
	items := []kit.MenuItem{
		undo,
		{Icon: look.IconPencil, Text: w.T("rules.rename"), Do: e.rename},
		{Icon: look.IconCopy, Text: w.T("rules.duplicate"), Do: func() { e.editing.Duplicate(key, e.copyName(r.Name)) }},
		{Icon: look.IconTrash, Text: w.T("rules.delete"), Do: func() { e.remove(key, r) }},
		{Icon: look.IconHistory, Text: w.T("rules.history"), Do: e.history},
	}
	return items
}

func (e *editor) remove(key Key, r autoreply.Rule) {
	e.editing.Remove(key)
	e.SayUndo(e.Words.T("rules.deleted", locale.Args{"Rule": e.nameOf(r)}), func() { e.Undo() })
}

func visible(o fyne.CanvasObject, on bool) {
	if on != o.Visible() {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
}
