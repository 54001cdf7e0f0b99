package rules

import (
	"image"
	"strconv"
	"time"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
)

// preview is the right pane: the open reply as a customer sees it, and Try it.
type preview struct {
	*Screen
	pane   *kit.Pane
	shows  *kit.Paragraph // over the phone: of which rule it is
	phone  *kit.Phone
	trial  *trial
	locked bool // the lock screen instead of the chat
}

func newPreview(s *Screen) *preview {
	word := s.Words.T
	p := &preview{Screen: s}
	p.shows = kit.NewParagraph("", kit.Small, look.Text2)
	p.phone = kit.NewPhone(p.picture)
	p.trial = newTrial(p)
	tabs := kit.NewSegmented(func(i int) {
		p.locked = i == 1
		p.showPhone()
	})
	tabs.SetLoose(true)
	tabs.SetItems([]string{word("phone.chat"), word("phone.lock")}, 0)
	p.pane = kit.NewPane(kit.PaneData{
		Ground: look.Panel, Pad: previewPad,
		Head: kit.NewBar(kit.NewLine(word("phone.title"), kit.BodyBold, look.Text), tabs),
		Body: kit.NewStack(12, p.shows, p.phone, kit.NewDivider(), p.trial.content),
	})
	return p
}

const previewPad float32 = 16

// show brings the pane up to date with what is edited.
func (p *preview) show() {
	p.showPhone()
	p.trial.edited()
}

func (p *preview) showPhone() {
	at := p.trial.at()
	data := kit.PhoneData{
		Name: p.shopName(), About: p.Words.T("phone.account"), Locked: p.locked,
		Clock: at.Format("15:04"), Date: p.Words.Day(at, at), Now: p.Words.T("phone.now"),
		Seen: autoreply.PreviewEnd, Hidden: p.Words.T("phone.hidden", locale.Args{"N": strconv.Itoa(autoreply.PreviewEnd)}),
	}
	shown := ""
	if p.editing != nil {
		if _, r, ok := p.editing.Rule(); ok {
			data.Messages = p.messages(r, at)
			shown = p.showsOf(r)
		}
	}
	p.shows.Set(shown)
	visible(p.shows, shown != "")
	p.phone.Set(data)
}

// showsOf says which reply of which rule the phone shows.
func (p *preview) showsOf(r autoreply.Rule) string {
	if len(r.Replies) < 2 && p.editing.Variant() == 0 {
		return p.Words.T("phone.shows", locale.Args{"Rule": p.nameOf(r)})
	}
	return p.Words.T("phone.shows_variant", locale.Args{"Rule": p.nameOf(r), "N": p.editing.Variant() + 1})
}

// messages are what the customer writes, and the reply that is being edited.
func (p *preview) messages(r autoreply.Rule, at time.Time) []kit.PhoneMessage {
	clock := at.Format("15:04")
	all := []kit.PhoneMessage{{Text: p.asks(r), Time: clock}}
	v, ok := p.variant(r)
	if !ok {
		return all
	}
	said := p.filled(v.Text, r)
	m := kit.PhoneMessage{Shop: true, Text: said, Marks: places(said), Time: clock, Picture: v.Picture != ""}
	if m.Picture {
		m.Source = v.Picture
	}
	for i, b := range v.Buttons {
		m.Buttons = append(m.Buttons, p.button(i, b))
	}
	return append(all, m)
}

// variant is the reply that is being edited; not ok where it is not written yet.
func (p *preview) variant(r autoreply.Rule) (v autoreply.Variant, ok bool) {
	i := p.editing.Variant()
	if i >= len(r.Replies) || r.Replies[i].Text == "" && r.Replies[i].Picture == "" {
		return v, false
	}
	return r.Replies[i], true
}

// asks is a message that draws a rule: what was tried where the rule answers that,
// else the first of its keywords.
func (p *preview) asks(r autoreply.Rule) string {
	switch {
	case p.trial.answeredBy(p.editing.ID(p.open())):
		return p.trial.asked.Message
	case r.Trigger == autoreply.TriggerKeyword && len(r.Keywords) > 0:
		return r.Keywords[0]
	}
	return p.Words.T("phone.hello")
}

// filled puts samples into a text where a reply has a customer's name and a level.
func (p *preview) filled(text string, r autoreply.Rule) string {
	level := ""
	if r.Stock != nil {
		level = p.trial.sampleLevel(r.Stock.SKU)
	}
	return autoreply.Fill(text, p.Words.T("phone.name"), p.shopName(), level)
}

func (p *preview) shopName() string {
	if p.Shop == "" {
		return p.Words.T("phone.shop")
	}
	return p.Shop
}

// picture hands over the middle of a reply's picture in the proportions of its place.
func (p *preview) picture(name string, width, height float32, show func(image.Image)) {
	p.editor.thumbs.show(name, func(img *image.NRGBA) { show(middle(img, int(width), int(height))) })
}

// button is one under the reply: pressing it tries what follows.
func (p *preview) button(index int, b autoreply.Button) kit.PhoneButton {
	if b.Action == autoreply.ActionLink {
		return kit.PhoneButton{Icon: look.IconOpen, Title: b.Title}
	}
	if b.Action == autoreply.ActionOrder {
		b.Rule = p.editing.ID(p.open())
	}
	id := autoreply.ButtonID(index, b)
	return kit.PhoneButton{
		Icon: look.IconReply, Title: b.Title, Tip: p.Words.T("phone.press"),
		Do: func() { p.trial.press(id, b.Title) },
	}
}

// TryIt shows Try it and gives its message the keyboard. Where there is no room beside
// the rules, a rule must be open.
func (s *Screen) TryIt() {
	if !s.panes.wide {
		if s.open() == 0 {
			return
		}
		s.panes.tab = true
		s.editor.tabs.SetCurrent(1)
		s.show()
	}
	s.preview.pane.Reveal(s.preview.trial.message)
	s.Focus(s.preview.trial.message.Target())
}
