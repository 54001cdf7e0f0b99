package customers

import (
	"context"
	"reflect"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/app/person"
	"shopbell/core/chat"
)

// The tabs of the panel.
const (
	tabChats = iota
	tabDetails
	tabOrders
)

// shown is what the body shows. It is made anew for another one only: what has the
// keyboard in it would lose it.
type shown struct {
	of     chat.ContactID
	tab    int
	known  bool
	minute time.Time // of what is said in minutes
	person person.Person
}

// panel is one customer, beside the list.
type panel struct {
	*Screen
	root  *fyne.Container
	head  *kit.PersonHead
	chat  *kit.Button
	edit  *kit.IconButton
	more  *kit.IconButton
	tabs  *kit.Tabs
	tab   int
	body  *person.Column
	empty *kit.Empty
	retry *kit.Button
	foot  *kit.Line
	edges [2]*kit.Divider
	shows shown
}

func newPanel(s *Screen) *panel {
	w := s.Words
	p := &panel{Screen: s, foot: kit.NewLine("", kit.Tiny, look.Text2), edges: [2]*kit.Divider{kit.NewDivider(), kit.NewDivider()}}
	p.head = kit.NewPersonHead(kit.NewIconButton(look.IconClose, w.T("customers.close")+"  Esc", s.Escape))
	p.chat = kit.NewButton(w.T("customers.open_chat"), kit.Primary, func() {
		if chats := s.one.Shown().Visits; len(chats) > 0 {
			s.OpenChat(chats[0].ID)
		}
	})
	p.chat.SetIcon(look.IconChat, false)
	p.edit = kit.NewIconButton(look.IconPencil, w.T("customers.edit"), func() { s.editCustomer(s.one.Shown().Customer) })
	p.more = kit.NewIconButton(look.IconMore, w.T("customers.more"), p.showMore)
	p.tabs = kit.NewTabs(func(i int) {
		p.tab = i
		p.draw()
	})
	p.body = person.NewColumn()
	p.retry = kit.NewButton(w.T("try_again"), kit.Plain, func() { s.one.Show(s.one.At()) })
	p.empty = kit.NewEmpty(look.IconAlert, "", "", p.retry)
	p.root = container.New(p, kit.NewGround(look.Panel), p.edges[0], p.head, p.chat, p.edit, p.more, p.tabs,
		p.body.Content(), p.empty, p.edges[1], p.foot)
	return p
}

// target is where F6 leads.
func (p *panel) target() fyne.Focusable { return p.tabs }

// draw shows the present state.
func (p *panel) draw() {
	s := p.one.State()
	c := s.Value
	known := s.Phase == live.Ready || s.Phase == live.Stale
	p.empty.Hide()
	switch {
	case p.one.At() == 0 || s.Phase == live.Pending:
		return
	case s.Phase == live.Failed:
		p.empty.Set(look.IconAlert, p.Words.T("customers.failed"), p.Words.Explain(s.Err).What)
		p.empty.Show()
	case known:
		p.drawHead(c)
	}
	p.edit.SetDisabled(p.barred())
	p.more.SetDisabled(p.barred())
	was := p.shows
	p.shows = shown{p.one.At(), p.tab, known, p.Scope.Now().Truncate(time.Minute), c}
	if !reflect.DeepEqual(was, p.shows) {
		p.fill(c, known)
	}
	if was.of != p.one.At() || was.tab != p.tab {
		p.body.ScrollToTop()
	}
	p.root.Refresh()
}

// fill puts what a tab shows into the body.
func (p *panel) fill(c person.Person, known bool) {
	var items []fyne.CanvasObject
	switch {
	case !known:
	case p.tab == tabChats:
		items = p.chats(c)
	case p.tab == tabDetails:
		items = p.details(c)
	case p.tab == tabOrders:
		items = p.orders(c)
	}
	p.body.Set(items...)
}

func (p *panel) drawHead(c person.Person) {
	w := p.Words
	p.one.SetHead(p.head, c, locale.Dotted(person.Reached(c.Contact), w.Since(c.Contact.FirstAt, p.Scope.Now())))
	reason := ""
	if len(c.Visits) == 0 {
		reason = w.T("customers.no_chat")
	}
	p.chat.SetDisabled(reason)
	p.tabs.SetItems(w.T("customers.tab_chats", locale.Args{"N": c.Conversations}), w.T("customers.tab_details"),
		w.T("customers.tab_orders", locale.Args{"N": c.Customer.Orders}))
	p.foot.Set("")
	if !c.ChangedAt.IsZero() {
		p.foot.Set(w.T("customers.changed", locale.Args{"Name": c.ChangedByName, "When": w.Moment(c.ChangedAt, p.Scope.Now())}))
	}
}

// chats are the conversations, newest first.
func (p *panel) chats(c person.Person) []fyne.CanvasObject {
	if items := p.one.Visits(c, 0); len(items) > 0 {
		return items
	}
	return []fyne.CanvasObject{person.Pad(kit.NewParagraph(p.Words.T("customers.no_chat"), kit.Small, look.Text2))}
}

// orders are the orders, newest first, each with the mark that it is paid.
func (p *panel) orders(c person.Person) []fyne.CanvasObject {
	add := kit.NewButton(p.Words.T("customers.order_add"), kit.Soft, func() { p.one.AddOrder(c.Customer, 0, p.pages.State().Value.Currency, false) })
	add.SetIcon(look.IconPlus, false)
	add.SetSmall(true)
	add.SetDisabled(p.barred())
	return append([]fyne.CanvasObject{person.Pad(kit.NewFlow(8, add))}, p.one.Purchases(c)...)
}

// showMore offers what is done seldom.
func (p *panel) showMore() {
	c, w := p.one.State().Value.Customer, p.Words
	id := c.Contact.ID
	if id == 0 {
		return
	}
	item := func(icon look.IconName, word, done string, to bool, set func(ctx context.Context, on bool) error) kit.MenuItem {
		return kit.MenuItem{Icon: icon, Text: w.T(word), Do: func() {
			p.one.Undoable(w.T(done), func(ctx context.Context) error { return set(ctx, to) }, func(ctx context.Context) error { return set(ctx, !to) })
		}}
	}
	optOut := func(ctx context.Context, on bool) error { return p.Desk.SetOptedOut(ctx, p.Who, id, on) }
	block := func(ctx context.Context, on bool) error { return p.Desk.SetBlocked(ctx, p.Who, id, on) }
	items := []kit.MenuItem{
		item(look.IconPause, "customers.opt_out", "customers.opt_out_done", true, optOut),
		item(look.IconShield, "customers.block", "customers.block_done", true, block),
	}
	if !c.OptedOutAt.IsZero() {
		items[0] = item(look.IconPlay, "customers.opt_in", "customers.opt_in_done", false, optOut)
	}
	if !c.BlockedAt.IsZero() {
		items[1] = item(look.IconShield, "customers.unblock", "customers.unblock_done", false, block)
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.more)
	p.Menu(at.AddXY(0, p.more.Size().Height+4), items)
}

// MinSize implements fyne.Layout.
func (p *panel) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 300) }

// Layout implements fyne.Layout: who it is, what can be done, and the tabs.
func (p *panel) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	ground, view := objects[0], objects[7]
	stand(ground, true, 0, 0, size.Width, size.Height)
	stand(p.edges[0], true, 0, 0, 1, size.Height)
	y := p.head.MinSize().Height
	stand(p.head, true, 1, 0, size.Width-1, y)
	y += 10
	m, i := p.chat.MinSize(), p.edit.MinSize()
	stand(p.chat, true, 16, y, m.Width, m.Height)
	x := 16 + m.Width + 8
	stand(p.edit, true, x, y, i.Width, m.Height)
	stand(p.more, true, x+i.Width+8, y, i.Width, m.Height)
	y += m.Height + 8
	tabs := p.tabs.MinSize().Height
	stand(p.tabs, true, 1, y, size.Width-1, tabs)
	y += tabs
	foot := size.Height
	if p.foot.Text() != "" {
		foot -= footHigh()
		line := p.foot.MinSize().Height
		stand(p.foot, true, 16, foot+(footHigh()-line)/2, size.Width-32, line)
	}
	stand(p.edges[1], p.foot.Text() != "", 1, foot, size.Width-1, 1)
	p.body.Fit(size.Width - 1)
	stand(view, !p.empty.Visible(), 1, y, size.Width-1, foot-y)
	stand(p.empty, p.empty.Visible(), 1, y, size.Width-1, foot-y)
}
