package inbox

import (
	"time"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
)

// header is the top of the chat: who it is, who answers, and Resolve.
type header struct {
	*kit.Header
	Deps
	back    *kit.IconButton
	resolve *kit.Button
	icon    *kit.IconButton // Resolve where there is little room
	panel   *kit.IconButton
}

func newHeader(d Deps, back, resolve, panel func()) *header {
	h := &header{
		Deps:    d,
		back:    kit.NewIconButton(look.IconBack, d.Words.T("chat.back")+"  "+d.Keys.Back, back),
		resolve: kit.NewButton("", kit.Soft, resolve),
		icon:    kit.NewIconButton(look.IconCheck, "", resolve),
		panel:   kit.NewIconButton(look.IconPanel, d.Words.T("keys.panel")+"  "+d.Keys.Panel, panel),
	}
	h.icon.SetSoft(true)
	h.Header = kit.NewHeader(h.back, h.resolve, h.icon, h.panel)
	return h
}

// set shows a conversation at a moment.
func (h *header) set(c chat.Conversation, b Breadth, now time.Time) {
	data := kit.HeaderData{
		Person: h.Person(c.Contact), Name: c.Contact.DisplayName(), Phone: c.Contact.Reach(),
		Department: c.Department, DepartmentHue: departmentHue(c.Department),
	}
	if c.Lock.Held(now) {
		data.Lock, data.LockText = h.lock(c.Lock, b, now)
	}
	h.setResolve(c, b)
	h.Set(data)
}

func (h *header) lock(l chat.Lock, b Breadth, now time.Time) (kit.Tone, string) {
	left := l.Until.Sub(now)
	count := h.Words.Countdown(left)
	tone, words := kit.ToneOther, h.Words.T("lock.other", locale.Args{"Name": l.HolderName, "Left": count})
	if l.HeldBy(int64(h.Who.Agent), now) {
		tone, words = kit.ToneMine, h.Words.T("lock.yours", locale.Args{"Left": count})
		if left < lockSoon {
			tone = kit.ToneWarn
		}
	}
	if b != Wide {
		words = count
	}
	return tone, words
}

// setResolve offers Resolve, or Reopen where it is resolved. Somebody else's
// chat is theirs to resolve.
func (h *header) setResolve(c chat.Conversation, b Breadth) {
	word, icon, reason := h.Words.T("chat.resolve"), look.IconCheck, ""
	if c.State == chat.StateResolved {
		word, icon = h.Words.T("chat.reopen"), look.IconRetry
	}
	if h.heldByOther(c) {
		reason = h.Words.T("chat.held", locale.Args{"Name": c.Lock.HolderName})
	}
	h.resolve.SetText(word)
	h.resolve.SetIcon(icon, false)
	h.resolve.SetTip(word + "  " + h.Keys.Resolve)
	h.resolve.SetDisabled(reason)
	h.icon.SetIcon(icon)
	h.icon.SetTip(word + "  " + h.Keys.Resolve)
	h.icon.SetDisabled(reason)
	setVisible(h.resolve, b == Wide)
	setVisible(h.icon, b != Wide)
	setVisible(h.back, b == OnePane)
}
