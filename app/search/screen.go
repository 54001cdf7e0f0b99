package search

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/desk"
)

// Widths of the panes, and of the screen from which on they are shown: a window less
// the rail (design guide, C).
const (
	filterWide  float32 = 208
	listWide    float32 = 496
	contextFrom float32 = 1180 - 72
	filtersFrom float32 = 900 - 56
)

// Screen finds what was said. It belongs to the UI thread.
type Screen struct {
	*model
	root    *fyne.Container
	field   *kit.SearchField
	save    *kit.Button
	fold    *kit.IconButton
	filters *filterPane
	list    *kit.FoundList
	empty   *kit.Empty
	retry   *kit.Button
	foot    *fyne.Container
	found   *kit.Line
	context *contextPane

	wide    bool    // the chat stands beside what was found
	folded  bool    // the filters take the place of what was found
	looking bool    // the chat does
	clear   float32 // what toasts need above the foot
	last    string  // the words of which something is shown
}

// New makes the screen. Focus goes to FocusField once it is shown.
func New(d Deps) *Screen {
	s := &Screen{}
	s.model = newModel(d, s.draw)
	w := d.Words
	s.field = kit.NewSearchField(w.T("search.placeholder"), "")
	s.field.SetClear(w.T("search.empty_field"))
	s.field.OnChanged = s.typed
	s.field.OnKey = s.key
	s.save = kit.NewButton(w.T("search.save"), kit.Plain, s.keepOrForget)
	s.fold = kit.NewIconButton(look.IconList, w.T("search.filters"), func() { s.folded = !s.folded; s.draw() })
	s.filters = newFilterPane(s.model)
	s.list = kit.NewFoundList()
	s.list.OnChoose = s.chosen
	s.list.OnMore = s.more
	s.retry = kit.NewButton(w.T("try_again"), kit.Plain, s.look)
	s.empty = kit.NewEmpty(look.IconSearch, "", "", s.retry)
	s.found = kit.NewLine("", kit.Tiny, look.Text2)
	s.foot = container.New(&footLine{16}, append([]fyne.CanvasObject{kit.NewGround(look.Panel), kit.NewDivider()}, s.hints()...)...)
	s.context = newContextPane(s.model, s.open)
	// In the order of Tab.
	s.root = container.New(s, kit.NewGround(look.Surface), kit.NewDivider(), kit.NewDivider(), kit.NewDivider(),
		s.field, s.filters.root, s.list, s.empty, s.foot, s.context.root, s.fold, s.save)
	s.draw()
	return s
}

// hints name the keys, at the left; what was found stands at the right.
func (s *Screen) hints() []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for _, h := range []struct{ caps, does string }{
		{s.Words.T("keycap.up_down"), "search.key_move"}, {"Enter", "search.key_open"}, {"Tab", "search.key_filters"}, {"Esc", "search.key_back"},
	} {
		all = append(all, kit.NewKeyCap(h.caps), kit.NewLine(s.Words.T(h.does), kit.Tiny, look.Text2))
	}
	return append(all, s.found)
}

// Content is what the frame shows.
func (s *Screen) Content() fyne.CanvasObject { return s.root }

// FocusField gives the field the keyboard.
func (s *Screen) FocusField() { s.Focus(s.field.Target()) }

// Begin gives the field the keyboard for other words: what is typed replaces those there.
func (s *Screen) Begin() {
	s.FocusField()
	s.field.SelectAll()
}

// Text is what is looked for; Go looks for it, as if it had been typed.
func (s *Screen) Text() string { return s.text }

// Go looks for a text at once.
func (s *Screen) Go(text string) {
	s.field.SetText(text)
	s.typing.Flush()
}

// Heard takes what changed on the desk.
func (s *Screen) Heard(b live.Batch) {
	if b.Has(desk.EventMessage) || b.Has(desk.EventCustomer) {
		s.heard()
	}
}

// key takes the keys that move the selection while the field keeps the focus.
func (s *Screen) key(e *fyne.KeyEvent) bool {
	if !s.asks() {
		return s.keyOfSaved(e)
	}
	switch e.Name {
	case fyne.KeyDown:
		s.choose(s.index() + 1)
	case fyne.KeyUp:
		s.choose(s.index() - 1)
	case fyne.KeyPageDown:
		s.choose(s.index() + 8)
	case fyne.KeyPageUp:
		s.choose(s.index() - 8)
	case fyne.KeyReturn, fyne.KeyEnter:
		s.enter()
	case fyne.KeyEscape:
		s.Escape()
	default:
		return false
	}
	if i := s.index(); i >= 0 {
		s.list.Select(i)
	}
	return true
}

// keyOfSaved moves among the saved searches, which stand there while nothing is looked for.
func (s *Screen) keyOfSaved(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyDown:
		s.chooseSaved(s.savedAt + 1)
	case fyne.KeyUp:
		s.chooseSaved(s.savedAt - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		s.takeSaved()
		return true
	case fyne.KeyEscape:
		s.Escape()
		return true
	default:
		return false
	}
	s.list.Select(s.savedAt)
	return true
}

// takeSaved looks for the saved search that is chosen, if there is one.
func (s *Screen) takeSaved() {
	all := s.saved()
	if s.savedAt >= len(all) {
		return
	}
	kept := all[s.savedAt]
	s.field.SetText(kept.Text)
	s.typing.Stop()
	s.take(kept)
	s.FocusField()
}

// enter opens the chat of the selected hit, or shows it first where it does not stand
// beside the list.
func (s *Screen) enter() {
	if _, ok := s.hit(); !ok {
		s.typing.Flush()
		return
	}
	if !s.wide && !s.looking {
		s.looking, s.folded = true, false
		s.draw()
		return
	}
	s.open()
}

func (s *Screen) open() {
	if h, ok := s.hit(); ok && h.Conversation != 0 {
		s.Open(h.Conversation, h.Message)
	}
}

// chosen selects a hit that was pressed; pressed again, it is opened as by Enter.
func (s *Screen) chosen(row int) {
	if !s.asks() {
		s.chooseSaved(row)
		s.takeSaved()
		return
	}
	again := row == s.index()
	s.choose(row)
	s.FocusField()
	if again || !s.wide {
		s.enter()
	}
}

// Escape goes one step back: from the chat, from the filters, from the words, from the
// screen.
func (s *Screen) Escape() {
	switch {
	case s.looking && !s.wide:
		s.looking = false
		s.draw()
	case s.folded:
		s.folded = false
		s.draw()
	case s.field.Text() != "":
		s.field.SetText("")
	default:
		s.Back() // the keyboard goes to what is shown then
		return
	}
	s.FocusField()
}

// keepOrForget keeps the search, or forgets it where it is kept; both can be undone.
func (s *Screen) keepOrForget() {
	said := "search.kept"
	if s.isSaved() {
		said = "search.forgotten"
	}
	undo, err := s.model.save()
	if err != nil {
		s.Say(s.Words.Explain(err).String(), nil)
		return
	}
	s.draw()
	s.Say(s.Words.T(said), func() {
		if err := undo(); err != nil {
			s.Say(s.Words.Explain(err).String(), nil)
		}
		s.draw()
	})
}

// drawSave says what a press of the button does.
func (s *Screen) drawSave() {
	word, icon, barred := "search.save", look.IconBookmark, ""
	switch {
	case !s.asks():
		barred = s.Words.T("search.save_nothing")
	case s.isSaved():
		word, icon = "search.forget", look.IconCheck
	}
	s.save.SetText(s.Words.T(word))
	s.save.SetIcon(icon, false)
	s.save.SetDisabled(barred)
}

// draw shows everything as it is now.
func (s *Screen) draw() {
	if s.context == nil {
		return // still being made
	}
	s.filters.draw()
	s.drawSave()
	s.field.SetAside(s.alsoLine())
	s.drawList()
	s.context.draw()
	s.root.Refresh()
}

func (s *Screen) drawList() {
	state := s.task.State()
	key := state.Value.text
	top := key != s.last
	s.last = key
	groups := s.groups(s.Scope.Now())
	icon, title, hint := look.IconSearch, "", ""
	retry := false
	switch {
	case !s.asks():
		if groups = s.savedGroups(); len(groups) == 0 {
			title, hint = "search.begin", "search.begin_hint"
		}
	case state.Phase == live.Loading:
		groups = []kit.FoundGroup{{Icon: look.IconSearch, Title: s.Words.T("search.looking"), Rows: make([]kit.FoundRow, 6)}}
		for i := range groups[0].Rows {
			groups[0].Rows[i].Loading = true
		}
	case state.Phase == live.Failed:
		groups, icon, title, retry = nil, look.IconAlert, "search.failed", true
	case state.Phase == live.Empty:
		groups, title, hint = nil, "search.nothing", "search.nothing_hint"
	}
	setVisible(s.retry, retry)
	setVisible(s.empty, title != "")
	if title != "" {
		line := ""
		if hint != "" {
			line = s.Words.T(hint)
		}
		if retry {
			line = s.Words.Explain(state.Err).String()
		}
		s.empty.Set(icon, s.Words.T(title), line)
	}
	s.list.SetGroups(groups, top)
	s.found.Set(s.foundLine(state))
}

// foundLine says how much was found, and what is not looked through yet.
func (s *Screen) foundLine(state live.State[found]) string {
	if !s.asks() || state.Phase != live.Ready && state.Phase != live.Stale && state.Phase != live.Empty {
		return ""
	}
	f := state.Value
	if state.Phase == live.Stale {
		return s.Words.T("list.stale")
	}
	line := s.Words.N("search.found", s.total(), locale.Args{"Count": s.counted(f.Counts, s.total()), "Took": max(1, f.took.Milliseconds())})
	if f.Indexed < 100 {
		line = s.Words.T("search.indexed", locale.Args{"N": f.Indexed}) + " · " + line
	}
	return line
}
