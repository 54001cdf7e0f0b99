package inbox

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
)

// emoji are the reactions that are offered: the ones WhatsApp itself offers first.
var emoji = []string{"👍", "❤️", "😂", "😮", "😢", "🙏"}

// message finds a loaded message by the key of its entry.
func (t *talk) message(key string) (chat.Message, bool) {
	id, err := strconv.ParseInt(key, 10, 64)
	if err != nil {
		return chat.Message{}, false // a day
	}
	i := t.index(chat.MessageID(id))
	if i < 0 {
		return chat.Message{}, false
	}
	return t.messages[i], true
}

// unquotable says why a message is not answered by quoting it; empty: it may be.
// What its author took back is never quoted (mission, and the design's part B).
func (t *talk) unquotable(m chat.Message) string {
	switch {
	case !m.RevokedAt.IsZero():
		return t.Words.T("chat.reply_deleted")
	case m.WAMID == "":
		return t.Words.T("chat.reply_later")
	}
	return ""
}

// whole reports whether m is a message of its own, which a person may answer.
func whole(m chat.Message) bool {
	return m.Author != chat.AuthorDesk && m.Kind != chat.KindNote && m.Kind != chat.KindReaction
}

// mayReact reports whether the shop may put an emoji on m.
func mayReact(m chat.Message) bool { return whole(m) && m.Inbound() && m.RevokedAt.IsZero() }

// menu is what can be done with a message; more stands before the emoji.
func (t *talk) menu(m chat.Message, canWrite bool, reply func(), copyText func(string), more ...kit.MenuItem) []kit.MenuItem {
	var items []kit.MenuItem
	word := func(key string) string { return t.Words.T(key) }
	if canWrite && whole(m) {
		item := kit.MenuItem{Icon: look.IconReply, Text: word("chat.reply"), Keys: "R", Do: reply}
		if reason := t.unquotable(m); reason != "" {
			item.Reason, item.Do = reason, nil
		}
		items = append(items, item)
	}
	if m.Text != "" && m.Kind != chat.KindSystem {
		items = append(items, kit.MenuItem{Icon: look.IconCopy, Text: word("chat.copy"), Keys: "C", Do: func() { copyText(m.Text) }})
	}
	if f := m.Media; f != nil && f.State == chat.MediaHere {
		if mayOpen(f.MIME) {
			items = append(items, kit.MenuItem{Icon: look.IconOpen, Text: word("file.open"), Do: func() { t.openContent(m) }})
		}
		items = append(items, kit.MenuItem{Icon: look.IconSave, Text: word("file.save"), Do: func() { t.saveFile(m) }})
	}
	if f := m.Media; f != nil && f.State == chat.MediaWaiting {
		items = append(items, kit.MenuItem{Icon: look.IconSave, Text: word("file.fetch"), Do: func() { t.fetch(m.ID) }})
	}
	if details := t.Words.Refusal(m.ErrorCode, m.ErrorText).More; m.Status == chat.StatusFailed && details != "" {
		// Copied too: it is for who looks into it, not for reading.
		items = append(items, kit.MenuItem{Icon: look.IconInfo, Text: word("chat.more"), Do: func() { t.Say(details, nil); copyText(details) }})
	}
	items = append(items, more...)
	if canWrite && mayReact(m) {
		items = append(items, t.reactItems(m)...)
	}
	return items
}

// reactItems offer an emoji for a message of the customer's; the one that is on
// it has a check, and choosing it again takes it off.
func (t *talk) reactItems(m chat.Message) []kit.MenuItem {
	ours := ""
	for _, r := range m.Reactions {
		if r.Author != chat.AuthorCustomer {
			ours = r.Emoji
		}
	}
	react := func(e string) func() {
		return func() {
			t.do(func(ctx context.Context) error { return t.Desk.React(ctx, t.Who, m.ID, e) }, nil)
		}
	}
	offered := emoji
	if ours != "" && !slices.Contains(emoji, ours) {
		offered = append([]string{ours}, emoji...)
	}
	var items []kit.MenuItem
	for _, e := range offered {
		item := kit.MenuItem{Icon: look.IconSmile, Text: t.Words.T("chat.react", locale.Args{"Emoji": e}), Current: e == ours, Do: react(e)}
		if e == ours {
			item.Text, item.Do = t.Words.T("chat.react_off"), react("")
		}
		items = append(items, item)
	}
	return items
}

// menu opens at a message.
func (p *chatPane) menu(key string, at fyne.Position) {
	p.withMessage(key, func(t *talk, m chat.Message) {
		items := append(p.viewItems(m), t.menu(m, p.canWrite(), func() { p.reply(m) }, p.Copy, append(p.forwardItem(m), t.cardItems(m)...)...)...)
		if len(items) > 0 {
			p.Menu(at, items)
		}
	})
}

// act does with a message what a person pressed or typed at it.
func (p *chatPane) act(key string, act kit.Act) {
	p.withMessage(key, func(t *talk, m chat.Message) {
		switch act {
		case kit.ActReply:
			p.reply(m)
		case kit.ActCopy:
			p.copyText(m)
		case kit.ActReact:
			p.react(m)
		case kit.ActPassOn:
			p.forward(m)
		case kit.ActOpen:
			if !p.viewPicture(m) {
				t.openContent(m)
			}
		default:
			t.didAt(m, act)
		}
	})
}

// withMessage calls f with a loaded message of the open chat.
func (p *chatPane) withMessage(key string, f func(*talk, chat.Message)) {
	p.with(func(t *talk) {
		if m, ok := t.message(key); ok {
			f(t, m)
		}
	})
}

// reply makes the next message an answer to m, or says why it cannot be one.
func (p *chatPane) reply(m chat.Message) {
	t := p.talk
	if reason := t.unquotable(m); reason != "" {
		p.Say(reason, nil)
		return
	}
	if p.mayWriteOrSay() && whole(m) {
		t.quote(m)
		p.Focus(p.composer.Target())
	}
}

// mayWriteOrSay is canWrite, and tells the person why not.
func (p *chatPane) mayWriteOrSay() bool {
	reason, _ := p.talk.barred(p.health, p.now())
	if reason != "" {
		p.Say(reason, nil)
	}
	return reason == ""
}

func (p *chatPane) copyText(m chat.Message) {
	if m.Text == "" {
		p.Say(p.Words.T("chat.nothing_copied"), nil)
		return
	}
	p.Copy(m.Text)
}

// react offers the emoji at the message.
func (p *chatPane) react(m chat.Message) {
	if !mayReact(m) {
		p.Say(p.Words.T("chat.react_whom"), nil)
		return
	}
	if p.mayWriteOrSay() {
		p.Menu(p.thread.At(keyOf(m.ID)), p.talk.reactItems(m))
	}
}
