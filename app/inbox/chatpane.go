package inbox

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// lockSoon is when the lock chip turns amber (design guide, section 5).
const lockSoon = time.Minute

// chatPane is the right pane: header, window bar or banner, thread, composer.
// Without a chat it says what to do.
type chatPane struct {
	Deps
	talk    *talk // nil: none is open
	health  desk.Health
	breadth Breadth
	seen    chat.MessageID // newest message that the person has had in sight

	root     *fyne.Container
	ground   *kit.Ground
	header   *header
	again    *kit.Button
	bar      *kit.WindowBar
	banner   *kit.Banner
	thread   *kit.Thread
	toEnd    *kit.Button // "3 new messages"
	composer *kit.Composer
	empty    *kit.Empty
	tryNow   func() // asks the desk to send at once what waits
}

func newChatPane(d Deps, back, tryNow func()) *chatPane {
	p := &chatPane{
		Deps: d, tryNow: tryNow,
		ground: kit.NewGround(look.Bg), bar: kit.NewWindowBar(), banner: kit.NewBanner(), thread: kit.NewThread(),
	}
	p.header = newHeader(d, back, p.resolve)
	p.thread.OnNearTop = func() { p.with((*talk).loadOlder) }
	p.thread.OnAtEnd = func(bool) { p.drawNew() }
	p.thread.OnMenu = p.menu
	p.toEnd = kit.NewButton("", kit.Plain, p.thread.ScrollToEnd)
	p.toEnd.SetSmall(true)
	p.toEnd.SetIcon(look.IconArrowDown, false)
	p.composer = kit.NewComposer(kit.ComposerWords{
		Placeholder: d.Words.T("composer.placeholder"),
		Send:        d.Words.T("composer.send"),
		SendTip:     d.Words.T("composer.send") + "  " + d.Keys.Send,
		Over:        func(n int) string { return d.Words.N("composer.over", n) },
	}, chat.MaxText)
	p.composer.SetHints([]kit.Hint{
		{Text: d.Words.T("composer.send"), Keys: d.Keys.Send},
		{Text: d.Words.T("chat.resolve"), Keys: d.Keys.Resolve},
	})
	p.composer.OnChanged = func(text string) { p.with(func(t *talk) { t.typed(text) }) }
	p.composer.OnSend = func(string) { p.with((*talk).send) }
	p.composer.EnterSends = d.EnterSends
	p.composer.OnGrow = func() { p.root.Refresh() }
	p.again = kit.NewButton(d.Words.T("try_again"), kit.Plain, func() {
		p.with(func(t *talk) { t.page.Load(t.load()) })
	})
	p.empty = kit.NewEmpty(look.IconChat, "", "", p.again)
	p.root = container.New(p, p.ground, p.thread, p.toEnd, p.header, p.bar, p.banner, p.composer, p.empty)
	p.draw()
	return p
}

// with calls f with the open chat, if there is one.
func (p *chatPane) with(f func(*talk)) {
	if p.talk != nil {
		f(p.talk)
	}
}

// show shows another chat, or none.
func (p *chatPane) show(t *talk) {
	p.talk = t
	p.seen = 0
	p.thread.Reset(nil)
	p.draw()
}

// draw shows the model.
func (p *chatPane) draw() {
	now := p.now()
	open := p.talk != nil
	failed := open && p.talk.page.State().Phase == live.Failed
	setVisible(p.header, open)
	setVisible(p.thread, open && !failed)
	setVisible(p.composer, open && !failed)
	setVisible(p.empty, !open || failed)
	switch {
	case !open:
		p.again.Hide()
		p.empty.Set(look.IconChat, p.Words.T("chat.none"), p.Words.T("chat.none_hint", locale.Args{"Keys": p.Keys.Longest}))
	case failed:
		p.again.Show()
		p.empty.Set(look.IconAlert, p.Words.T("chat.failed"), p.Words.Explain(p.talk.page.State().Err).String())
	default:
		p.thread.SetEntries(p.talk.entries(now))
		if p.composer.Text() != p.talk.draft.text {
			p.composer.SetText(p.talk.draft.text)
		}
	}
	p.tick(now)
	p.drawNew()
	p.root.Refresh()
}

// tick renews what changes with time alone.
func (p *chatPane) tick(now time.Time) {
	if p.talk == nil {
		p.bar.Hide()
		p.banner.Hide()
		return
	}
	p.header.set(p.talk.conv, p.breadth, now)
	p.drawBar(now)
	reason, hint := p.talk.barred(p.health, now)
	p.composer.SetDisabled(reason)
	switch {
	case hint != "":
		p.composer.SetNote(hint)
	case p.talk.draft.saved:
		p.composer.SetNote(p.Words.T("composer.saved"))
	default:
		p.composer.SetNote("")
	}
}

// drawBar shows the banner, or else how long free replies may be sent.
func (p *chatPane) drawBar(now time.Time) {
	if n, ok := p.talk.notice(p.health, now, p.tryNow); ok {
		p.banner.Set(n.kind, n.text, n.actions...)
		p.bar.Hide()
		p.banner.Show()
		return
	}
	p.banner.Hide()
	window := chat.WindowOf(p.talk.conv.LastInbound)
	if !window.Open(now) {
		p.bar.Hide()
		return
	}
	key := "window.open"
	if p.breadth == OnePane {
		key = "window.open_narrow"
	}
	left := window.MetaUntil.Sub(now)
	before, bold, after := p.Words.Emphasis(key, locale.Args{"When": p.Words.Deadline(window.MetaUntil, now)})
	p.bar.Set(before, bold, after, float32(left)/float32(chat.MetaWindow), left < windowSoon)
	p.bar.Show()
}

// windowSoon is when the window bar warns.
const windowSoon = 2 * time.Hour

// drawNew counts what came while the person was reading further up.
func (p *chatPane) drawNew() {
	n := 0
	if p.talk != nil && len(p.talk.messages) > 0 {
		if p.thread.AtEnd() || p.seen == 0 {
			p.seen = newestID(p.talk.messages)
		}
		for _, m := range p.talk.messages {
			if m.Inbound() && m.ID > p.seen {
				n++
			}
		}
	}
	setVisible(p.toEnd, n > 0)
	if n > 0 {
		p.toEnd.SetText(p.Words.N("chat.new_messages", n))
		p.root.Refresh()
	}
}

func newestID(messages []chat.Message) chat.MessageID {
	newest := chat.MessageID(0)
	for _, m := range messages {
		newest = max(newest, m.ID)
	}
	return newest
}

func (p *chatPane) resolve() {
	p.with(func(t *talk) {
		if t.conv.State == chat.StateResolved {
			t.reopen()
		} else {
			t.resolve()
		}
	})
}

// menu opens at a message; it offers what can be done with the text.
func (p *chatPane) menu(key string, at fyne.Position) {
	id, err := strconv.ParseInt(key, 10, 64)
	if err != nil || p.talk == nil {
		return // not a message: a day
	}
	i := p.talk.index(chat.MessageID(id))
	if i < 0 || p.talk.messages[i].Text == "" {
		return
	}
	text := p.talk.messages[i].Text
	p.Menu(at, []kit.MenuItem{{Icon: look.IconCopy, Text: p.Words.T("chat.copy"), Do: func() { p.Copy(text) }}})
}

// MinSize implements fyne.Layout.
func (p *chatPane) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(360, 300) }

// Layout implements fyne.Layout with the numbers of the design guide.
func (p *chatPane) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	place(p.ground, 0, 0, size.Width, size.Height)
	e := p.empty.MinSize()
	place(p.empty, (size.Width-e.Width)/2, (size.Height-e.Height)/2, e.Width, e.Height)
	y := p.header.MinSize().Height
	place(p.header, 0, 0, size.Width, y)
	bar := p.bar.MinSize().Height
	if p.bar.Visible() {
		place(p.bar, 0, y, size.Width, bar)
		y += bar
	} else if p.banner.Visible() {
		place(p.banner, 0, y, size.Width, bar)
		y += bar
	}
	composer := p.composer.MinSize().Height
	place(p.composer, 0, size.Height-composer, size.Width, composer)
	place(p.thread, 0, y, size.Width, size.Height-composer-y)
	end := p.toEnd.MinSize()
	place(p.toEnd, (size.Width-end.Width)/2, size.Height-composer-end.Height-8, end.Width, end.Height)
}
