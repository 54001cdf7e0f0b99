package inbox

import (
	"image"
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
	clear    float32 // is kept free over the composer, for toasts
	ground   *kit.Ground
	header   *header
	again    *kit.Button
	bar      *kit.WindowBar
	banner   *kit.Banner
	thread   *kit.Thread
	toEnd    *kit.Button // "3 new messages"
	composer *kit.Composer
	tray     *kit.Tray
	pictures *pictures
	attach   *kit.ToolButton
	later    *kit.ToolButton // when the answer leaves
	slash    *kit.ToolButton // quick replies
	picker   *picker         // the one opened last; nil: none was
	viewing  *pictureView    // the picture looked at last; nil: none was
	passing  *forwarding     // the forwarding begun last; nil: none was
	quick    *quick          // the quick replies opened last; nil: they were not
	form     *formSheet      // the one opened last; nil: none was
	empty    *kit.Empty
	tryNow   func() // asks the desk to send at once what waits
	// others are what of other chats outlives leaving them.
	others func(chat.ConversationID) *unsent
}

func newChatPane(d Deps, back, tryNow, panel func(), others func(chat.ConversationID) *unsent) *chatPane {
	p := &chatPane{
		Deps: d, tryNow: tryNow, others: others,
		ground: kit.NewGround(look.Bg), bar: kit.NewWindowBar(), banner: kit.NewBanner(), thread: kit.NewThread(),
	}
	p.header = newHeader(d, back, p.resolve, panel)
	p.thread.OnNearTop = func() { p.with((*talk).readBack) }
	p.thread.OnNearEnd = func() { p.with((*talk).readOn) }
	p.thread.OnEnd = func() { p.with((*talk).toNewest) }
	p.thread.OnAtEnd = func(bool) {
		p.drawNew()
		p.look()
	}
	p.thread.OnMenu, p.thread.MoreTip = p.menu, d.Words.T("chat.actions")
	p.thread.OnAct = p.act
	p.thread.OnSeek = func(key string, part float32) { p.with(func(t *talk) { t.seekAt(key, part) }) }
	p.thread.OnContact = func(key string, place int) {
		p.withMessage(key, func(t *talk, m chat.Message) { t.useCard(m, place) })
	}
	p.pictures = newPictures(d)
	p.thread.OnPicture = p.picture
	p.toEnd = kit.NewButton("", kit.Plain, p.thread.ScrollToEnd)
	p.toEnd.SetSmall(true)
	p.toEnd.SetIcon(look.IconArrowDown, false)
	p.composer, p.tray = p.newComposer()
	p.again = kit.NewButton(d.Words.T("try_again"), kit.Plain, func() {
		p.with(func(t *talk) { t.page.Load(t.load()) })
	})
	p.empty = kit.NewEmpty(look.IconChat, "", "", p.again)
	p.root = container.New(p, p.ground, p.thread, p.toEnd, p.header, p.bar, p.banner, p.composer, p.empty)
	p.draw()
	return p
}

// chooseFiles asks for files to send in the open chat, and gives the keyboard back
// to its composer: what is typed next is a caption.
func (p *chatPane) chooseFiles() {
	t := p.talk
	if t == nil || !p.canWrite() {
		return
	}
	p.Outside.Choose(func(offers []Offer) {
		if p.talk != t {
			return
		}
		if len(offers) > 0 {
			t.attach(offers)
		}
		p.Focus(p.composer.Target())
	})
}

// canWrite reports whether the person may answer here now.
func (p *chatPane) canWrite() bool {
	if p.talk == nil {
		return false
	}
	reason, _ := p.talk.barred(p.health, p.now())
	return reason == ""
}

// mayTemplate reports whether a template may be sent here now: at any time, but
// not in a chat that somebody else answers, nor with a full disk.
func (p *chatPane) mayTemplate() bool {
	return p.talk != nil && !p.heldByOther(p.talk.conv) && p.health.State != desk.ConnectionFull
}

// picture is asked for by the thread in pixels of the design; a picture is made
// in those of the screen.
func (p *chatPane) picture(source string, width, height float32, show func(image.Image)) {
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(p.thread); c != nil {
		scale = c.Scale()
	}
	p.pictures.show(source, int(width*scale), int(height*scale), show)
}

// with calls f with the open chat, if there is one.
func (p *chatPane) with(f func(*talk)) {
	if p.talk != nil {
		f(p.talk)
	}
}

// show shows another chat, or none.
func (p *chatPane) show(t *talk) {
	p.viewing.leave()
	p.talk = t
	p.seen = 0
	if t != nil {
		t.retime = func(m chat.Message) { p.offerTimes(t.retimes(m), p.thread.At(keyOf(m.ID)), "", nil) }
	}
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
		p.thread.SetPart(p.talk.entries(now), p.talk.newer != 0)
		p.drawLoad()
		p.drawTyped()
	}
	p.tick(now)
	p.drawNew()
	p.root.Refresh()
	p.with(p.seek)
	p.viewing.draw()
}

// drawLoad shows what goes with the next message.
func (p *chatPane) drawLoad() {
	p.tray.Set(p.talk.tray())
	p.composer.SetLoad(p.talk.with.state())
}

// seek shows the message that is being gone to, once it is loaded.
func (p *chatPane) seek(t *talk) {
	if t.sought != 0 && p.thread.Reveal(keyOf(t.sought)) {
		t.sought = 0
	}
}

// tick renews what changes with time alone.
func (p *chatPane) tick(now time.Time) {
	if p.talk == nil {
		p.bar.Hide()
		p.banner.Hide()
		return
	}
	p.header.set(p.talk.conv, p.breadth, now)
	before := p.strip()
	p.drawBar(now)
	if p.strip() != before {
		p.root.Refresh() // to lay out anew
	}
	p.tickComposer(now)
	p.look()
}

// strip is what stands under the header.
type strip struct {
	bar, banner bool
	high        float32 // of the banner
}

func (p *chatPane) strip() strip {
	return strip{p.bar.Visible(), p.banner.Visible(), p.banner.MinSize().Height}
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
	left := window.MetaUntil.Sub(now)
	before, bold, after := p.Words.Emphasis("window.open", locale.Args{"When": p.Words.Deadline(window.MetaUntil, now)})
	p.bar.Set(before, bold, after, float32(left)/float32(chat.MetaWindow), left < windowSoon)
	p.bar.Show()
}

// windowSoon is when the window bar warns.
const windowSoon = 2 * time.Hour

// drawNew counts what came while the person was reading further up, and leads back
// from a part of the chat.
func (p *chatPane) drawNew() {
	n := 0
	apart := p.talk != nil && p.talk.newer != 0
	if p.talk != nil && len(p.talk.messages) > 0 && !apart {
		if p.thread.AtEnd() || p.seen == 0 {
			p.seen = newestID(p.talk.messages)
		}
		for _, m := range p.talk.messages {
			if m.Inbound() && m.ID > p.seen {
				n++
			}
		}
	}
	setVisible(p.toEnd, n > 0 || apart)
	switch {
	case apart:
		p.toEnd.SetText(p.Words.T("chat.to_newest"))
		p.root.Refresh()
	case n > 0:
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

// MinSize implements fyne.Layout.
func (p *chatPane) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(360, 300) }

// Layout implements fyne.Layout with the numbers of the design guide.
func (p *chatPane) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	place(p.ground, 0, 0, size.Width, size.Height)
	e := p.empty.MinSize()
	place(p.empty, (size.Width-e.Width)/2, (size.Height-e.Height)/2, e.Width, e.Height)
	y := p.header.MinSize().Height
	place(p.header, 0, 0, size.Width, y)
	if p.bar.Visible() {
		bar := p.bar.MinSize().Height
		place(p.bar, 0, y, size.Width, bar)
		y += bar
	} else if p.banner.Visible() {
		p.banner.Fit(size.Width)
		banner := p.banner.MinSize().Height
		place(p.banner, 0, y, size.Width, banner)
		y += banner
	}
	composer := p.composer.MinSize().Height
	place(p.composer, 0, size.Height-composer, size.Width, composer)
	bottom := size.Height - composer - p.clear
	place(p.thread, 0, y, size.Width, bottom-y)
	end := p.toEnd.MinSize()
	place(p.toEnd, (size.Width-end.Width)/2, bottom-end.Height-8, end.Width, end.Height)
}
