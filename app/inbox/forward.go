package inbox

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"time"
	"unicode/utf16"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
)

// forwarding sends what a message says or carries to another chat, which is chosen
// from a list.
type forwarding struct {
	*talk
	answer  desk.Answer
	preview kit.Message
	view    *kit.Picker
	close   func()
	task    *live.Task[chats]
	search  string
	typing  *live.Debounce
	chosen  chat.Conversation // ID 0: none
	token   string            // one to the end: to each chat it goes once, however often it is sent
	sending bool              // on its way to the desk
	others  func(chat.ConversationID) *unsent
}

// chats are those that can be chosen from.
type chats struct {
	rows []chat.Conversation
	more bool // there are others, which a search finds
}

// forwardOf is what leaves when a message is forwarded, or why it cannot be.
func (d Deps) forwardOf(m chat.Message) (a desk.Answer, reason string) {
	a.Text = m.Text
	limit := chat.MaxText
	switch {
	case !m.RevokedAt.IsZero():
		return a, d.Words.T("forward.deleted")
	case m.Media != nil && m.Media.State != chat.MediaHere:
		return a, d.Words.T("forward.not_here")
	case m.Media != nil:
		a.File, limit = &desk.FileRef{File: m.Media.File, Name: m.Media.Name}, chat.MaxCaption
	case m.Location != nil:
		a.Location, a.Text = m.Location, ""
	case m.List != nil:
		a.List, limit = m.List, chat.MaxInteractiveBody
	case m.Link != nil:
		a.Link, limit = m.Link, chat.MaxInteractiveBody
	case len(m.Cards) > 0 || m.Order != nil || m.Kind == chat.KindUnsupported || m.Text == "":
		return a, d.Words.T("forward.kind")
	}
	if n := len(utf16.Encode([]rune(a.Text))); n > limit {
		return a, d.Words.T("forward.too_long", locale.Args{"Letters": n, "Limit": limit})
	}
	return a, ""
}

// forwardItem offers to forward a message.
func (p *chatPane) forwardItem(m chat.Message) []kit.MenuItem {
	if !whole(m) || !p.Who.Role.May(staff.Answer) {
		return nil
	}
	item := kit.MenuItem{Icon: look.IconForward, Text: p.Words.T("forward.item"), Keys: "F", Do: func() { p.forward(m) }}
	if _, reason := p.forwardOf(m); reason != "" {
		item.Reason, item.Do = reason, nil
	}
	return []kit.MenuItem{item}
}

// forward has the chat chosen to which a message is forwarded, or says why it cannot be.
func (p *chatPane) forward(m chat.Message) {
	if !whole(m) || !p.Who.Role.May(staff.Answer) {
		return
	}
	a, reason := p.forwardOf(m)
	if reason != "" {
		p.Say(reason, nil)
		return
	}
	word := p.Words.T
	f := &forwarding{talk: p.talk, answer: a, token: rand.Text(), others: p.others}
	f.preview = f.previewOf(m)
	f.view = kit.NewPicker(kit.PickerWords{
		Icon: look.IconForward, Title: word("forward.title"), For: word("forward.from", locale.Args{"Name": p.talk.conv.Contact.DisplayName()}),
		Search: word("forward.search"), Reload: word("forward.reload"), Cancel: word("template.cancel"), Send: word("template.send"),
	})
	f.task = live.NewTask(p.talk.scope, nil, func(live.State[chats]) { f.draw() })
	f.typing = live.NewDebounce(p.talk.scope, searchAfter, func() { f.load() })
	f.view.OnChoose, f.view.OnMove = f.choose, f.choose
	f.view.OnSearch = func(text string) {
		f.search = text
		f.typing.Trigger()
	}
	f.view.OnReload = f.load
	f.view.OnPicture = p.picture
	f.view.OnSend = f.send
	f.close = p.Float(f.view, f.view.Target())
	f.view.OnCancel = f.close
	p.passing = f
	f.load()
	f.show()
}

// previewOf is the bubble that the other chat will have.
func (f *forwarding) previewOf(m chat.Message) kit.Message {
	sent := chat.Message{
		Author: chat.AuthorAgent, AgentID: int64(f.Who.Agent), Kind: m.Kind, Text: f.answer.Text, Media: m.Media,
		Location: f.answer.Location, List: f.answer.List, Link: f.answer.Link, At: f.now(), Status: chat.StatusQueued,
	}
	if m.Template != nil || m.Kind == chat.KindInteractive || m.Kind == chat.KindButton {
		sent.Kind = chat.KindText
	}
	if m.Media != nil {
		sent.Kind = shownAs(m)
	}
	bubble, _ := f.entry(sent, f.now()).(kit.Message)
	return bubble
}

func (f *forwarding) load() {
	search, from := f.search, f.conv // which events change meanwhile
	f.task.Load(func(ctx context.Context) (c chats, err error) {
		for _, filter := range []desk.Filter{desk.FilterAll, desk.FilterResolved} {
			page, err := f.Desk.List(ctx, f.Who, desk.ListQuery{Filter: filter, Search: search, Limit: pageSize})
			if err != nil {
				return c, err
			}
			c.rows = append(c.rows, page.Rows...)
			c.more = c.more || page.Next != ""
		}
		c.rows = f.offered(c.rows, from)
		return c, nil
	})
}

// offered are the chats that can be chosen from, each once and without the one that the
// message comes from: of several conversations of one chat the open one counts, else the
// newest. Those that can be written to come first, then those of late. It may be called
// off the UI thread.
func (f *forwarding) offered(all []chat.Conversation, from chat.Conversation) []chat.Conversation {
	type place struct {
		channel  chat.ChannelID
		identity chat.ContactID
	}
	of := func(c chat.Conversation) place { return place{c.Channel, cmp.Or(c.Contact.Identity, c.Contact.ID)} }
	seen := map[place]bool{of(from): true}
	var rows []chat.Conversation
	for _, c := range all {
		if !seen[of(c)] {
			seen[of(c)] = true
			rows = append(rows, c)
		}
	}
	slices.SortStableFunc(rows, func(a, b chat.Conversation) int {
		if open := f.barredTo(a) == ""; open != (f.barredTo(b) == "") {
			if open {
				return -1
			}
			return 1
		}
		return b.LastAt.Compare(a.LastAt)
	})
	return rows
}

// barredTo says why nothing can be forwarded to a chat now; empty: it can.
func (f *forwarding) barredTo(c chat.Conversation) string {
	switch {
	case f.heldByOther(c):
		return f.Words.T("chat.held", locale.Args{"Name": c.Lock.HolderName})
	case !chat.WindowOf(c.LastInbound).Open(f.now()):
		return f.Words.T("forward.closed")
	}
	return ""
}

func (f *forwarding) draw() {
	state := f.task.State()
	var rows []kit.PickerRow
	current := -1
	for i, c := range state.Value.rows {
		if c.ID == f.chosen.ID {
			current, f.chosen = i, c
		}
		row := kit.PickerRow{Name: c.Contact.DisplayName(), Tag: c.Department, Hue: departmentHue(c.Department), Reason: f.barredTo(c)}
		if row.Text, _ = f.Deps.preview(c.Preview); c.Contact.Phone != "" {
			row.Text = locale.Dotted(chat.FormatPhone(c.Contact.Phone), row.Text)
		}
		rows = append(rows, row)
	}
	if current < 0 {
		f.chosen = chat.Conversation{}
	}
	message := ""
	switch {
	case len(rows) > 0:
	case state.Err != nil:
		message = f.Words.Explain(state.Err).String()
	case state.Phase == live.Ready:
		message = f.Words.T("list.nothing_found")
	default:
		message = f.Words.T("forward.loading")
	}
	f.view.SetRows(rows, current, message)
	f.show()
}

func (f *forwarding) choose(i int) {
	if f.sending {
		return
	}
	f.chosen = f.task.State().Value.rows[i]
	f.draw()
}

// show shows what leaves, and to whom.
func (f *forwarding) show() {
	v := kit.PickerView{Name: f.Words.T("forward.what"), Preview: f.preview, Barred: f.Words.T("forward.choose")}
	if f.chosen.ID != 0 {
		v.Name = f.Words.T("forward.to", locale.Args{"Name": f.chosen.Contact.DisplayName()})
		v.Barred = f.barredTo(f.chosen)
	}
	if f.sending {
		v.Barred = f.Words.T("forward.sending")
	}
	switch {
	case v.Barred != "":
		v.Hint = v.Barred
	case f.task.State().Value.more:
		v.Hint = f.Words.T("forward.more")
	default:
		v.Hint = f.Words.T("forward.hint")
	}
	f.view.SetView(v)
}

// send forwards to the chosen chat, in its turn after what was done there before.
func (f *forwarding) send() {
	to, a := f.chosen, f.answer
	a.Hold, a.KeepDraft = f.holdIn(to), true
	token := f.token
	f.setSending(true)
	var id chat.MessageID
	f.others(to.ID).line.Finish(f.Scope, actWithin, func(ctx context.Context) (err error) {
		id, err = f.Desk.Send(ctx, f.Who, to.ID, a, token)
		return err
	}, func(err error) {
		f.setSending(false)
		if err != nil {
			f.explainForward(err)
			return
		}
		f.close()
		f.offerBackFrom(to, id, a.Hold)
	})
}

// setSending bars what can be done in the list while the message is on its way.
func (f *forwarding) setSending(on bool) {
	f.sending = on
	f.show()
}

// explainForward is explain that knows the faults of files: what a customer sent may be
// what Meta takes from nobody else.
func (f *forwarding) explainForward(err error) {
	if fault, ok := errors.AsType[*desk.FileError](err); ok && !f.Scope.Closed() {
		f.Say(f.refusedFile(fault), nil)
		return
	}
	f.explain(err)
}

// offerBackFrom says that it was forwarded, and offers to take it back while that can be.
func (f *forwarding) offerBackFrom(to chat.Conversation, id chat.MessageID, hold time.Duration) {
	name := locale.Args{"Name": to.Contact.DisplayName()}
	if hold == 0 {
		f.Done(f.Words.T("forward.done", name))
		return
	}
	f.Linger(func(left time.Duration) string {
		return locale.Dotted(f.Words.T("forward.to", name), f.Words.N("toast.sent", int(left/time.Second)))
	}, hold, func() {
		f.others(to.ID).line.Finish(f.Scope, actWithin, func(ctx context.Context) error { return f.withdraw(ctx, id) }, func(err error) {
			if err != nil {
				f.explainBack(err)
				return
			}
			f.Done(f.Words.T("toast.taken_back"))
		})
	})
}
