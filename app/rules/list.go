package rules

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
	"shopbell/core/autoreply/words"
)

// listPane is the list of the rules with what is above it.
type listPane struct {
	*Screen
	pane   *kit.Pane
	search *kit.SearchField
	rows   *kit.RuleList
	travel *kit.IconButton
	run    *kit.IconButton
	add    *kit.Button
	none   *kit.Status
	meter  *shopMeter
	alone  *answered
	wanted string
}

func newListPane(s *Screen) *listPane {
	w := s.Words
	l := &listPane{Screen: s, rows: kit.NewRuleList(), none: kit.NewStatus(kit.FindingNone, "")}
	l.meter, l.alone = newShopMeter(s), newAnswered(s)
	l.search = kit.NewSearchField(w.T("rules.search"), s.Keys.Search)
	l.search.OnChanged = func(text string) { l.wanted = text; l.show() }
	l.search.OnSubmit = func() { s.Focus(l.rows.Target()) }
	l.rows.OnOpen = func(key int) { s.openRule(Key(key)) }
	l.rows.OnSwitch = func(key int, on bool) { s.switched(Key(key), on) }
	l.rows.OnMove = func(key, before int) { s.editing.Move(Key(key), Key(before)) }
	l.travel = kit.NewIconButton(look.IconShare, w.T("rules.files"), func() { s.menuUnder(l.travel, s.files()) })
	l.run = kit.NewIconButton(look.IconChart, w.T("bench.open"), func() { s.bench.open() })
	l.add = kit.NewButton(w.T("rules.new"), kit.Primary, func() { s.menuUnder(l.add, s.kinds()) })
	l.add.SetIcon(look.IconPlus, false)
	if !s.may {
		l.rows.SetFixed(w.T("rules.not_yours"))
		l.add.SetDisabled(w.T("rules.not_yours"))
	}
	l.pane = kit.NewPane(kit.PaneData{
		Ground: look.Panel, Edge: true, Filled: l.rows, Fixed: kit.NewStack(8, l.meter.stack, l.search, l.none), Foot: l.alone.run,
		Head: kit.NewRun(3, kit.Rest(kit.NewLine(w.T("rules.title"), kit.Heading, look.Text), 60), kit.Own(l.run), kit.Own(l.travel), kit.Own(l.add)),
	})
	return l
}

// menuUnder opens a menu under what was pressed.
func (d Deps) menuUnder(o fyne.CanvasObject, items []kit.MenuItem) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	d.Menu(at.AddXY(0, o.Size().Height+4), items)
}

// groups are the triggers in the list's order.
var groups = []struct {
	of    group
	icon  look.IconName
	title string
}{
	{groupFirst, look.IconWave, "rules.first_contact"},
	{groupKeywords, look.IconKey, "rules.keywords"},
	{groupTimes, look.IconSun, "rules.times"},
	{groupOff, look.IconMoon, "rules.off_hours"},
}

// group is where a rule stands in the list.
type group uint8

const (
	groupFirst group = iota
	groupKeywords
	groupTimes
	groupOff
)

func groupOf(r autoreply.Rule) group {
	switch {
	case r.Trigger == autoreply.TriggerFirstContact:
		return groupFirst
	case r.Trigger == autoreply.TriggerOffHours:
		return groupOff
	case len(r.When) > 0:
		return groupTimes
	}
	return groupKeywords
}

// show brings the list up to date.
func (l *listPane) show() {
	if l.editing == nil {
		l.showNothing()
		return
	}
	w := l.Words
	keys, all := l.editing.Rules()
	file := l.editing.File()
	warned := l.warned(file)
	var shown []kit.RuleGroup
	found := 0
	for _, g := range groups {
		rows := []kit.RuleRow{}
		for i, r := range all {
			if groupOf(r) == g.of && l.matches(r) {
				rows = append(rows, l.row(keys[i], r, file.Rules[i].ID, warned))
			}
		}
		if len(rows) == 0 {
			continue
		}
		aside := ""
		if found == 0 {
			aside = w.T("rules.hits")
		}
		found += len(rows)
		shown = append(shown, kit.RuleGroup{Icon: g.icon, Title: w.T(g.title), Aside: aside, Rows: rows})
	}
	switch {
	case found > 0:
		l.none.Set(kit.FindingNone, "")
	case l.wanted != "":
		l.none.Set(kit.FindingNone, w.T("rules.none_found"))
	default:
		l.none.Set(kit.FindingNone, w.T("rules.none"))
	}
	l.rows.SetGroups(shown)
	l.pane.Refresh()
}

// first is the rule on top of the list; 0: there is none.
func (l *listPane) first() Key {
	keys, all := l.editing.Rules()
	for _, g := range groups {
		for i, r := range all {
			if groupOf(r) == g.of {
				return keys[i]
			}
		}
	}
	return 0
}

// showNothing is the list while the rules are loaded: in the shape of rows, once
// that takes long.
func (l *listPane) showNothing() {
	var rows []kit.RuleRow
	if l.Screen.rules != nil && l.Screen.rules.State().Phase == live.Loading {
		rows = slices.Repeat([]kit.RuleRow{{Loading: true}}, 5)
	}
	l.rows.SetGroups([]kit.RuleGroup{{Rows: rows}})
}

// matches reports whether a rule has in it what is looked for.
func (l *listPane) matches(r autoreply.Rule) bool {
	wanted := words.Fold(strings.TrimSpace(l.wanted))
	has := func(s string) bool { return strings.Contains(words.Fold(s), wanted) }
	return wanted == "" || has(r.Name) || has(r.Department) || slices.ContainsFunc(r.Keywords, has) ||
		slices.ContainsFunc(r.Replies, func(v autoreply.Variant) bool { return has(v.Text) })
}

// warned are what is odd about rules, by their ids: what keeps the file from being
// saved comes first. Of a new rule that is still being written nothing is.
func (l *listPane) warned(file autoreply.File) map[string]string {
	odd, begun := map[string]string{}, ""
	if fault := l.fault(); l.unwritten(fault) {
		begun = fault.Rule
	} else if fault != nil && fault.Rule != "" {
		odd[fault.Rule] = l.Words.RuleFault(fault, "")
	}
	led := map[string]bool{}
	for _, r := range file.Rules {
		for _, v := range r.Replies {
			for _, b := range v.Buttons {
				led[b.Rule] = true
			}
		}
	}
	for _, r := range file.Rules {
		if r.ID == begun {
			continue
		}
		if odd[r.ID] == "" && r.Trigger == autoreply.TriggerKeyword && len(r.Keywords) == 0 && !led[r.ID] {
			odd[r.ID] = l.Words.T("rules.never_answers")
		}
		if odd[r.ID] == "" {
			odd[r.ID] = cmp.Or(l.unfilled(r), l.misled(r, file))
		}
	}
	for _, s := range file.Shared() {
		for _, pair := range [][2]string{{s.First, s.Second}, {s.Second, s.First}} {
			if of, other := pair[0], pair[1]; of != begun && odd[of] == "" {
				odd[of] = l.Words.T("rules.shares", locale.Args{"Word": s.Keyword, "Rule": l.nameOf(ruleOf(file, other))})
			}
		}
	}
	return odd
}

// ruleOf is the rule with an id that the file has.
func ruleOf(file autoreply.File, id string) autoreply.Rule {
	return file.Rules[slices.IndexFunc(file.Rules, func(r autoreply.Rule) bool { return r.ID == id })]
}

func (l *listPane) row(key Key, r autoreply.Rule, id string, warned map[string]string) kit.RuleRow {
	count := "–"
	if n := l.hits.State().Value[id]; n > 0 {
		count = l.Words.Count(n)
	}
	return kit.RuleRow{
		Key: int(key), Name: l.nameOf(r), Text: l.about(r), Count: count, Warn: warned[id],
		On: r.Enabled, Current: key == l.open(), Unsaved: l.may && l.editing.DirtyRule(key),
	}
}

// about is the second line of a rule.
func (l *listPane) about(r autoreply.Rule) string {
	w := l.Words
	var line string
	switch groupOf(r) {
	case groupFirst:
		most := 0
		for _, v := range r.Replies {
			most = max(most, len(v.Buttons))
		}
		line = w.T("rules.greeting")
		if most > 0 {
			line = w.N("rules.greeting_buttons", most)
		}
	case groupKeywords:
		line = w.N("rules.keyword_count", len(r.Keywords))
		if r.Stock != nil {
			line += " · " + w.T("rules.asks_stock")
		} else if r.Department != "" {
			line += " → " + r.Department
		}
	case groupTimes:
		line = l.windows(r.When)
	case groupOff:
		line = w.T("rules.open_at", locale.Args{"When": l.windows(open(l.editing.now.file))})
	}
	if !r.Enabled {
		line = w.T("rules.switched_off_line", locale.Args{"About": line})
	}
	return line
}

// openRule opens a rule.
func (s *Screen) openRule(key Key) {
	if key != s.open() {
		s.editor.settle()
		s.editing.Open(key)
	}
	if s.panes.slim {
		s.editor.focus()
	}
}

// FocusSearch is where the keyboard goes for the search; in a small window the list
// comes back for it.
func (s *Screen) FocusSearch() {
	s.Back()
	s.Focus(s.list.search.Target())
}

// Back leaves a page that stands over the rules, and a rule for the list where there
// is no room for both.
func (s *Screen) Back() {
	if s.page != nil {
		s.page.close()
		return
	}
	if s.panes.slim && s.open() != 0 {
		s.editing.Open(0)
		s.Focus(s.list.rows.Target())
	}
}

// Escape leaves a page that stands over the rules.
func (s *Screen) Escape() {
	if s.page != nil {
		s.page.close()
	}
}

// OtherPane takes the keyboard from the list to the open rule, and back.
func (s *Screen) OtherPane() {
	if s.list.rows.Focused() && s.open() != 0 {
		s.editor.focus()
		return
	}
	s.Back()
	s.Focus(s.list.rows.Target())
}

// ready are the ways to rules that somebody has written already.
func (s *Screen) ready() []kit.MenuItem {
	return []kit.MenuItem{
		{Icon: look.IconBolt, Text: s.Words.T("packs.begin"), Do: s.openPacks},
		{Icon: look.IconChat, Text: s.Words.T("learn.open"), Do: s.openLearning},
	}
}

// kinds are what can be made new, and what is made already.
func (s *Screen) kinds() []kit.MenuItem {
	var items []kit.MenuItem
	for _, g := range groups {
		items = append(items, kit.MenuItem{Icon: g.icon, Text: s.Words.T(g.title), Do: func() { s.create(g.of) }})
	}
	return append(items, s.ready()...)
}

// create makes a new rule, to be named and written.
func (s *Screen) create(of group) {
	if s.editing == nil {
		return
	}
	r := autoreply.Rule{Trigger: autoreply.TriggerKeyword, Enabled: true, Replies: []autoreply.Variant{{}}}
	switch of {
	case groupFirst:
		r.Trigger, r.Name = autoreply.TriggerFirstContact, s.Words.T("rules.name_greeting")
	case groupOff:
		r.Trigger, r.Name = autoreply.TriggerOffHours, s.Words.T("rules.name_closed")
	case groupTimes:
		r.Name = s.Words.T("rules.name_time")
		r.When = []autoreply.Window{{From: "12:00", To: "13:00"}}
	default:
		r.Name = s.Words.T("rules.name_new")
	}
	s.list.search.SetText("")
	s.editor.settle()
	s.insisted = false
	s.editing.Add(r)
	s.editor.rename()
}
