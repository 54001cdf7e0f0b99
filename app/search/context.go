package search

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/desk"
)

// around is how many messages stand around a hit at first, and how many come with each
// further page.
const around = 40

// contextPane shows a hit in its place in the chat. It takes no lock.
type contextPane struct {
	*model
	root    *fyne.Container
	bars    *bars
	header  *kit.Header
	number  *kit.Line
	open    *kit.Button
	thread  *kit.Thread
	empty   *kit.Empty
	foot    *fyne.Container
	page    *live.Task[desk.ChatStretch]
	shown   place         // whose page it is
	further *live.Stretch // a new one for each hit: a page on its way holds up no other chat
	ringed  float32       // how wide the thread was when the hit was brought into sight; 0: it was not
}

func newContextPane(m *model, open func()) *contextPane {
	p := &contextPane{model: m, number: kit.NewLine("", kit.Small, look.Text2), thread: kit.NewThread()}
	p.open = kit.NewButton(m.Words.T("search.open_chat"), kit.Plain, open)
	p.open.SetKeys("Enter")
	p.header = kit.NewHeader(nil, p.number, p.open)
	p.thread.OnNearTop = func() { p.further.Older() }
	p.thread.OnNearEnd = func() { p.further.Newer() }
	p.thread.OnPicture = m.Chats.Picture
	p.empty = kit.NewEmpty(look.IconChat, "", "", nil)
	p.foot = container.New(&footLine{16}, kit.NewGround(look.Panel), kit.NewDivider(), kit.NewIconMark(look.IconEye),
		kit.NewLine(m.Words.T("search.no_lock"), kit.Body, look.Text2))
	p.page = live.NewTask(m.Scope, nil, func(live.State[desk.ChatStretch]) { p.drawPage() })
	p.further = p.stretch()
	p.bars = &bars{top: p.header, bottom: p.foot}
	p.root = container.New(p.bars, kit.NewGround(look.Bg), p.header, p.thread, p.empty, p.foot)
	return p
}

// draw shows the selected hit, and loads its chat where it is another one's.
func (p *contextPane) draw() {
	h, ok := p.hit()
	if !ok || h.Conversation == 0 {
		p.shown = place{}
		p.page.Forget()
		p.drawNone(ok)
		return
	}
	p.header.Set(kit.HeaderData{
		Person: p.Chats.Person(h.Contact), Name: h.Contact.DisplayName(), Department: h.Department, DepartmentHue: p.Chats.Hue(h.Department),
	})
	p.number.Set(p.Words.T("search.of", locale.Args{"N": p.index() + 1, "All": p.counted(p.task.State().Value.Counts, p.total())}))
	p.header.Refresh()
	if at := placeOf(h); at != p.shown {
		p.shown, p.further, p.ringed = at, p.stretch(), 0
		p.page.Forget()
		p.page.Load(func(ctx context.Context) (desk.ChatStretch, error) {
			if h.Message == 0 {
				page, err := p.Desk.Chat(ctx, p.Who, h.Conversation, 0, around)
				return desk.ChatStretch{ChatPage: page}, err
			}
			return p.Desk.Around(ctx, p.Who, h.Conversation, h.Message, around)
		})
	}
	p.drawPage()
}

// drawNone says why there is no chat to see.
func (p *contextPane) drawNone(hit bool) {
	p.thread.Hide()
	p.header.Hide()
	p.empty.Show()
	title, hint := p.Words.T("search.nothing_chosen"), p.Words.T("search.nothing_chosen_hint")
	if hit {
		title, hint = p.Words.T("search.no_chat"), p.Words.T("search.no_chat_hint")
	}
	p.empty.Set(look.IconChat, title, hint)
	p.root.Refresh()
}

func (p *contextPane) drawPage() {
	s := p.page.State()
	failed := s.Phase == live.Failed
	p.header.Show()
	setVisible(p.empty, failed)
	setVisible(p.thread, !failed)
	if failed {
		p.empty.Set(look.IconAlert, p.Words.T("search.chat_failed"), p.Words.Explain(s.Err).String())
		p.root.Refresh()
		return
	}
	p.thread.SetPart(p.Chats.Entries(s.Value.ChatPage, p.Scope.Now()), s.Value.Newer != 0)
	p.root.Refresh()
	// Once: the person may have scrolled on when it is drawn again.
	if wide := p.thread.Size().Width; s.Phase == live.Ready && wide != p.ringed {
		p.ringed = wide
		key := ""
		if p.shown.message != 0 {
			key = strconv.FormatInt(int64(p.shown.message), 10)
		}
		p.thread.Keep(key)
	}
}

// stretch lets what is loaded around a hit grow by further pages.
func (p *contextPane) stretch() *live.Stretch {
	return &live.Stretch{
		Scope: p.Scope, Desk: p.Desk, Who: p.Who, Limit: around, Join: p.page.Change,
		Loaded: func() (all desk.ChatStretch) {
			if s := p.page.State(); s.Phase == live.Ready {
				all = s.Value
			}
			return all
		},
		Failed: func(error) {}, // scrolling on asks again
	}
}
