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

// menu is what can be done with a message.
func (t *talk) menu(m chat.Message, canWrite bool, reply func(), copyText func(string)) []kit.MenuItem {
	var items []kit.MenuItem
	word := func(key string) string { return t.Words.T(key) }
	kept := m.RevokedAt.IsZero() && m.Kind != chat.KindSystem && m.Kind != chat.KindNote // what was taken back is never quoted
	whole := kept && m.Kind != chat.KindReaction
	if canWrite && whole && m.WAMID != "" {
		items = append(items, kit.MenuItem{Icon: look.IconReply, Text: word("chat.reply"), Do: reply})
	}
	if m.Text != "" && m.Kind != chat.KindSystem {
		items = append(items, kit.MenuItem{Icon: look.IconCopy, Text: word("chat.copy"), Do: func() { copyText(m.Text) }})
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
	if more := t.Words.Refusal(m.ErrorCode, m.ErrorText).More; m.Status == chat.StatusFailed && more != "" {
		// Copied too: it is for who looks into it, not for reading.
		items = append(items, kit.MenuItem{Icon: look.IconInfo, Text: word("chat.more"), Do: func() { t.Say(more, nil); copyText(more) }})
	}
	if canWrite && whole && m.Inbound() {
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
	if p.talk == nil {
		return
	}
	m, ok := p.talk.message(key)
	if !ok {
		return
	}
	t := p.talk
	items := t.menu(m, p.canWrite(), func() {
		t.quote(m)
		p.Focus(p.composer.Target())
	}, p.Copy)
	if len(items) > 0 {
		p.Menu(at, items)
	}
}
