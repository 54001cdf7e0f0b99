package rules

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/look"
	"shopbell/core/autoreply"
	"shopbell/core/desk"
)

// bench is the page that runs the rules, what is not saved included, over past
// chats.
type bench struct {
	*subPage
	days     int
	phone    bool // over the phone's chats, which have no days
	bySolved bool
	all      bool // every proposal is listed
	run      *live.Task[desk.RuleBench]

	cards  *kit.Beside
	source *kit.Segmented
	period *kit.Selector
	again  *kit.Button
	export *kit.Button
}

// benchDays is the period that is shown at first.
const benchDays = 30

// Widths of the page: its right column, and the least of what stands beside it
// (design: rule-bench).
const (
	benchAside float32 = 372
	benchLeast float32 = 560
	benchGap   float32 = 12
)

func newBench(s *Screen) *bench {
	w := s.Words
	b := &bench{days: benchDays, cards: kit.NewBeside(benchGap, benchLeast, benchAside)}
	b.run = live.NewTask(s.Scope, nil, func(live.State[desk.RuleBench]) { b.show() })
	b.source = newSource(b)
	b.period = kit.NewSelector(func(at fyne.Position) { s.Menu(at, b.periods()) })
	b.again = kit.NewButton(w.T("bench.again"), kit.Primary, b.load)
	b.again.SetIcon(look.IconPlay, false)
	b.export = kit.NewButton(w.T("bench.export"), kit.Plain, b.save)
	b.export.SetIcon(look.IconSave, false)
	b.subPage = newSubPage(s, subWords{w.T("bench.back"), w.T("bench.title"), w.T("bench.about")}, kit.PaneData{Body: b.cards},
		kit.Own(b.source), kit.Own(b.period), kit.Own(b.export), kit.Own(b.again))
	return b
}

// open shows the page and runs the rules.
func (b *bench) open() {
	if b.editing == nil {
		return
	}
	b.editor.settle()
	b.load()
	b.enter(b.again, b.list.rows.Target())
}

func (b *bench) load() {
	b.run.Refresh(b.ask(runnable(b.editing.File())))
	b.show()
}

// promise says that nothing is sent, and whether more is run than is in force.
func (b *bench) promise() string {
	if b.editing.Dirty() {
		return b.Words.T("bench.promise") + " " + b.Words.T("bench.promise_unsaved")
	}
	return b.Words.T("bench.promise")
}

// runnable is a file in which a rule whose text is not written yet stands as if it
// were, so that words which were just added count.
func runnable(f autoreply.File) autoreply.File {
	f.Rules = slices.Clone(f.Rules)
	for i := range f.Rules {
		r := cloned(f.Rules[i])
		for j := range r.Replies {
			if strings.TrimSpace(r.Replies[j].Text) == "" {
				r.Replies[j].Text = "…"
			}
		}
		f.Rules[i] = r
	}
	return f
}

func (b *bench) periods() (items []kit.MenuItem) {
	for _, days := range desk.BenchDays {
		items = append(items, kit.MenuItem{Text: b.Words.N("bench.days", days), Current: days == b.days, Do: func() {
			b.days = days
			b.load()
		}})
	}
	return items
}

// show brings the page up to date.
func (b *bench) show() {
	w, is := b.Words, b.run.State()
	b.showSource()
	b.period.Set(look.IconClock, kit.HueNone, w.N("bench.days", b.days))
	b.again.SetBusy(is.Phase == live.Pending || is.Phase == live.Loading)
	b.export.SetDisabled("")
	var main, right []fyne.CanvasObject
	switch r := is.Value; {
	case is.Phase == live.Failed || is.Phase == live.Stale:
		main = []fyne.CanvasObject{kit.NewPanel(w.T("bench.failed"), "", kit.NewStatus(kit.FindingBad, b.explain(is.Err)))}
	case r.To.IsZero():
		main = []fyne.CanvasObject{kit.NewPanel(w.T("bench.running"), "", kit.NewParagraph(b.promise(), kit.Small, look.Text2))}
	case r.Questions == 0:
		main = []fyne.CanvasObject{kit.NewEmpty(look.IconChat, w.T("bench.empty"), w.T("bench.empty_hint"), nil)}
	default:
		main = []fyne.CanvasObject{b.summary(r), b.hits(r), kit.NewColumns(benchGap, 300, b.conflicts(r), b.unused(r))}
		right = []fyne.CanvasObject{b.meter(r), b.asked(r)}
	}
	if len(right) == 0 {
		b.export.SetDisabled(w.T("bench.nothing_to_save"))
	}
	b.cards.Set(main, right)
	b.pane.Refresh()
}

// ruleName is what the page calls a rule of the report.
func (b *bench) ruleName(id string) string {
	keys, rules := b.editing.Rules()
	for i, key := range keys {
		if b.editing.ID(key) == id {
			return b.nameOf(rules[i])
		}
	}
	return id
}

// change changes a rule, not saved yet, and runs the rules anew.
func (b *bench) change(id string, change func(*autoreply.Rule)) {
	if key := b.editing.KeyOf(id); key != 0 {
		b.editing.Change(key, "", change)
		b.changed()
	}
}

// changed runs what was changed here, and offers the way back.
func (b *bench) changed() {
	b.load()
	b.SayUndo(b.Words.T("bench.changed"), func() {
		b.editing.Undo()
		b.load()
	})
}
