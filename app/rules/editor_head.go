package rules

import (
	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/look"
	"shopbell/core/autoreply"
)

// The bar over a rule: its name, its switch, and what is done with its changes. It is
// one line at every width: what has no room is left away, the least important first.

// headGap stands between the parts of the bar, headAside beside it; the name of the rule has
// from headLeast to headMost of it, at a text size of 100 %.
const (
	headGap   float32 = 6
	headAside float32 = 20
	headLeast float32 = 96
	headMost  float32 = 240
)

// headRoom is what decides which parts of the bar are shown.
type headRoom struct {
	wide   float32
	beside bool // the preview is: no tabs
}

func (e *editor) newHead() *kit.Run {
	parts := []fyne.CanvasObject{e.back, e.title, e.naming, e.pencil, e.on, e.onWord, e.tabs, e.unsaved, e.undoing, e.saveNow, e.more}
	var spans []kit.Span
	for _, o := range parts {
		switch o {
		case e.naming:
			spans = append(spans, kit.Rest(o, headLeast))
		case e.onWord:
			spans = append(spans, kit.Own(o), kit.Rest(e.spring, 0))
		default:
			spans = append(spans, kit.Own(o))
		}
		if o != e.title && o != e.naming {
			e.beside = append(e.beside, o)
		}
	}
	e.beside = append(e.beside, e.spring)
	return kit.NewRun(headGap, spans...)
}

func (e *editor) showHead(key Key, r autoreply.Rule) {
	has := key != 0
	setTrimmed(e.naming, r.Name)
	if r.Name == "" && has && e.may {
		e.renaming = true // there would be nothing to press
	}
	e.on.SetOn(r.Enabled)
	word, token := "rules.off", look.Text2
	if r.Enabled {
		word, token = "rules.on", look.OkText
	}
	e.onWord.Set(e.Words.T(word))
	e.onWord.SetToken(token)
	if !e.may {
		e.on.SetDisabled(e.Words.T("rules.not_yours"))
	}
	renaming := e.renaming && has && e.may
	visible(e.title, has && !renaming)
	visible(e.naming, renaming)
	visible(e.spring, !renaming)
	visible(e.pencil, has && e.may && !renaming)
	visible(e.on, has)
	visible(e.onWord, has)
	visible(e.back, e.panes.slim)
	visible(e.tabs, has && !e.panes.wide)
	visible(e.more, has && e.may)
	visible(e.unsaved, e.Dirty())
	visible(e.undoing, e.may && e.editing != nil && e.editing.CanUndo())
	visible(e.saveNow, e.may)
	e.saveNow.SetText(e.Words.T("rules.save"))
	e.saveNow.SetIcon("", false)
	e.saveNow.SetKeys(e.Keys.Save)
	e.saveNow.SetDisabled(e.barred())
	e.saveNow.SetBusy(e.saving)
	e.fitHead(r)
}

// fitHead leaves away what the bar has no room for. To undo and to rename stand in the
// menu, too.
func (e *editor) fitHead(r autoreply.Rule) {
	room, least := e.pane.Size().Width-2*headAside, headLeast*look.Scale()
	if e.title.Visible() {
		least = min(least, kit.Measure(e.nameOf(r), kit.Heading)+1)
	}
	for _, leave := range []func(){
		func() { e.saveNow.SetKeys("") },
		func() { visible(e.onWord, false) },
		func() { visible(e.unsaved, false) },
		func() { visible(e.undoing, false) },
		func() { visible(e.pencil, false) },
		func() { e.saveNow.SetText(""); e.saveNow.SetIcon(look.IconSave, false) },
	} {
		if room-e.besides() >= least {
			break
		}
		leave()
	}
	e.title.Set(kit.Cut(e.nameOf(r), min(max(room-e.besides(), headLeast), headMost*look.Scale()), kit.Heading))
}

// besides is how much of the bar what stands beside the name takes.
func (e *editor) besides() (wide float32) {
	for _, o := range e.beside {
		if o.Visible() {
			wide += o.MinSize().Width + headGap
		}
	}
	return wide
}

// rename gives the name to the keyboard.
func (e *editor) rename() {
	if e.open() == 0 || !e.may {
		return
	}
	e.renaming = true
	e.show()
	e.Focus(e.naming.Target())
	e.naming.SelectAll()
}

// fit takes a new width of the bar, and whether the preview stands beside it.
func (e *editor) fit() {
	if room := (headRoom{e.pane.Size().Width, e.panes.wide}); room != e.room {
		e.room = room
		e.show()
	}
}
