package inbox

import (
	"time"

	"shopbell/app/kit"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// newComposer makes the composer with its tray and tools.
func (p *chatPane) newComposer() (*kit.Composer, *kit.Tray) {
	word := p.Words.T
	c := kit.NewComposer(kit.ComposerWords{
		Placeholder:     word("composer.placeholder"),
		Send:            word("composer.send"),
		SendTip:         word("composer.send") + "  " + p.Keys.Send,
		Over:            func(n int) string { return p.Words.N("composer.over", n) },
		NotePlaceholder: word("note.placeholder"),
		NoteSave:        word("note.save"),
		NoteTip:         word("note.save") + "  " + p.Keys.Send,
	}, chat.MaxText)
	tray := kit.NewTray(kit.TrayWords{Remove: word("attach.remove")})
	tray.OnRemove = func(key string) { p.with(func(t *talk) { t.unload(key) }) }
	tray.OnChoice = func(key string) { p.with(func(t *talk) { t.chooseOriginal(key) }) }
	instead := kit.NewButton(word("template.button"), kit.Primary, p.chooseTemplate)
	instead.SetIcon(look.IconTemplate, false)
	p.slash = kit.NewSignTool("/", word("quick.title"), word("quick.tip"), func() { p.chooseQuick(0) })
	p.attach = kit.NewToolButton(look.IconPaperclip, "", word("attach.more"), p.attachMenu)
	p.later = kit.NewToolButton(look.IconClock, "", word("schedule.tip"), p.scheduleMenu)
	c.SetParts(tray, instead, p.slash, p.attach,
		kit.NewToolButton(look.IconTemplate, word("template.button"), word("template.title")+"  "+p.Keys.Template, p.chooseTemplate),
		kit.NewToolButton(look.IconSmile, "", word("emoji.tip"), p.chooseEmoji).ForNotes(), p.later)
	c.SetNotes(kit.NewToolSwitch(look.IconNote, word("note.switch"), word("note.tip")+"  "+p.Keys.Note, func(bool) { p.toggleNote() }), desk.MaxNote)
	c.OnChanged = func(text string) {
		p.with(func(t *talk) {
			if t.note.on {
				t.note.typed(text)
			} else {
				t.typed(text)
			}
		})
	}
	c.OnSend = func(string) {
		p.with(func(t *talk) {
			if t.note.on {
				t.note.keep()
			} else {
				t.send()
			}
		})
	}
	c.OnPaste = p.paste
	c.OnSlash = func() { p.chooseQuick(1) }
	c.OnGrow = func() { p.root.Refresh() }
	return c, tray
}

// hints are the keys of what is written now.
func (p *chatPane) hints(note bool) []kit.Hint {
	word := p.Words.T
	if note {
		return []kit.Hint{
			{Text: word("note.save"), Keys: p.Keys.Send}, {Text: word("note.back"), Keys: p.Keys.Note}, {Text: word("note.stamp"), Keys: p.Keys.NoteHead},
		}
	}
	return []kit.Hint{
		{Text: word("composer.send"), Keys: p.Keys.Send}, {Text: word("note.switch"), Keys: p.Keys.Note}, {Text: word("chat.resolve"), Keys: p.Keys.Resolve},
	}
}

// drawTyped shows what is written in the open chat.
func (p *chatPane) drawTyped() {
	t := p.talk
	p.composer.SetNoting(t.note.on)
	p.composer.SetHints(p.hints(t.note.on))
	text := t.draft.text
	if t.note.on {
		text = t.note.text
	}
	if p.composer.Text() != text {
		p.composer.SetText(text)
	}
}

// tickComposer renews what of the composer changes with time alone.
func (p *chatPane) tickComposer(now time.Time) {
	reason, hint := p.talk.barred(p.health, now)
	saved := p.talk.draft.saved
	if p.talk.note.on {
		reason, hint, saved = p.notable(), "", p.talk.note.saved
	}
	p.composer.SetDisabled(reason)
	p.composer.OfferInstead(p.mayTemplate())
	switch {
	case hint != "":
		p.composer.SetNote(hint)
	case saved:
		p.composer.SetNote(p.Words.T("composer.saved"))
	default:
		p.composer.SetNote("")
	}
}

// notable says why no note can be written; empty: one can. Neither a lock nor the
// window stands in its way.
func (p *chatPane) notable() string {
	if p.health.State == desk.ConnectionFull {
		return p.Words.T("composer.full")
	}
	return ""
}

// toggleNote goes from the answer to a note, or back.
func (p *chatPane) toggleNote() {
	p.with(func(t *talk) {
		t.note.show(!t.note.on)
		p.draw()
		p.Focus(p.composer.Target())
	})
}

// stampNote begins a note as the house writes them.
func (p *chatPane) stampNote() {
	p.with(func(t *talk) {
		t.note.show(true)
		p.draw()
		p.Focus(p.composer.Target())
		p.composer.Insert(t.noteHead(), 0)
	})
}
