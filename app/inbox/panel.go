package inbox

import (
	"reflect"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/look"
	"shopbell/app/person"
	"shopbell/core/chat"
	"shopbell/core/staff"
)

// panelWide is the width of the customer beside the chat (design guide, section 4).
const panelWide float32 = 288

func panelWidth() float32 { return look.Grow(panelWide, 160) }

// panel is one look at the customer of the open chat: beside it, or in a drawer over it.
type panel struct {
	person.Parts
	Deps
	root  *fyne.Container
	edge  *kit.Divider
	head  *kit.PersonHead
	close *kit.IconButton
	body  *person.Column
	empty *kit.Empty
	retry *kit.Button
	paid  func() // marks the latest order as paid, or notes one
	shows panelShown
}

// panelShown is what the body shows. It is made anew for another one only: what has the
// keyboard in it would lose it.
type panelShown struct {
	of     chat.ConversationID
	known  bool
	minute time.Time // of what is said in minutes
	person person.Person
}

// newPanel makes a panel that is closed by a button.
func newPanel(d Deps, parts person.Parts, paid, closes func()) *panel {
	p := &panel{Parts: parts, Deps: d, paid: paid, edge: kit.NewDivider(), body: person.NewColumn()}
	p.close = kit.NewIconButton(look.IconClose, d.Words.T("customers.close")+"  "+d.Keys.Panel, closes)
	p.head = kit.NewPersonHead(p.close)
	p.retry = kit.NewButton(d.Words.T("try_again"), kit.Plain, func() { p.Show(p.At()) })
	p.empty = kit.NewEmpty(look.IconAlert, "", "", p.retry)
	p.root = container.New(p, kit.NewGround(look.Panel), p.edge, p.head, p.body.Content(), p.empty)
	return p
}

// draw shows the customer of a conversation.
func (p *panel) draw(of chat.ConversationID) {
	s := p.State()
	known := s.Phase == live.Ready || s.Phase == live.Stale
	setVisible(p.empty, s.Phase == live.Failed)
	switch {
	case s.Phase == live.Failed:
		p.empty.Set(look.IconAlert, p.Words.T("customers.failed"), p.Words.Explain(s.Err).What)
	case known:
		p.SetHead(p.head, s.Value, p.Words.Since(s.Value.Contact.FirstAt, p.now()))
	}
	setVisible(p.head, known)
	was := p.shows
	p.shows = panelShown{of, known, p.now().Truncate(time.Minute), s.Value}
	if !reflect.DeepEqual(was, p.shows) {
		p.body.Set(p.parts(of, s.Value, known)...)
	}
	if was.of != of {
		p.body.ScrollToTop()
	}
	p.root.Refresh()
}

// parts are what stands below the head, with lines between them.
func (p *panel) parts(of chat.ConversationID, c person.Person, known bool) (items []fyne.CanvasObject) {
	if !known {
		return nil
	}
	add := func(part fyne.CanvasObject) { items = append(items, kit.NewDivider(), part) }
	if text, ok := p.Repeat(c.Customer); ok {
		add(person.Pad(kit.NewStatus(kit.FindingWarn, text)))
	}
	add(p.LabelSection(c.Customer))
	if c.About != "" {
		add(person.Section(p.Words.T("customers.about"), kit.NewParagraph(c.About, kit.Small, look.Text)))
	}
	add(p.order(c))
	if month := p.Month(c.Customer); month != nil {
		add(month)
	}
	if visits := p.Visits(c, of); len(visits) > 0 {
		add(p.title("panel.earlier"))
		items = slices.Concat(items, visits)
	}
	return items
}

// order is the latest order, and the button that says it is paid.
func (p *panel) order(c person.Person) fyne.CanvasObject {
	paid := kit.NewButton(p.Words.T("panel.paid"), kit.Soft, p.paid)
	paid.SetIcon(look.IconCheck, false)
	paid.SetTip(p.Words.T("panel.paid") + "  " + p.Keys.Paid)
	paid.SetDisabled(barredFrom(p.Deps))
	content := person.Pad(kit.NewParagraph(p.Words.T("panel.no_order"), kit.Small, look.Text2))
	if len(c.Purchases) > 0 {
		if !c.Purchases[0].PaidAt.IsZero() {
			paid.SetDisabled(p.Words.T("panel.paid_already"))
		}
		content = p.Purchase(c.Purchases[0])
	}
	return kit.NewStack(0, p.title("panel.order"), content, person.Pad(paid))
}

// title stands over parts that reach from edge to edge.
func (p *panel) title(key string) fyne.CanvasObject {
	return person.Pad(kit.NewLine(p.Words.T(key), kit.BodyBold, look.Text))
}

// barredFrom is why a customer cannot be changed; empty: they can.
func barredFrom(d Deps) string {
	if d.Who.Role.May(staff.Answer) {
		return ""
	}
	return d.Words.T("customers.may_not")
}

// MinSize implements fyne.Layout.
func (p *panel) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 300) }

// Layout implements fyne.Layout: the head, and what scrolls below it.
func (p *panel) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	ground, view := objects[0], objects[3]
	place(ground, 0, 0, size.Width, size.Height)
	place(p.edge, 0, 0, 1, size.Height)
	top := p.head.MinSize().Height
	place(p.head, 1, 0, size.Width-1, top)
	top += 12
	p.body.Fit(size.Width - 1)
	place(view, 1, top, size.Width-1, size.Height-top)
	place(p.empty, 1, top, size.Width-1, size.Height-top)
}
