package inbox

import (
	"shopbell/app/live"
	"shopbell/app/person"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// panelFrom is the width of the screen from which on the customer stands beside the
// chat: a window of 1180 less the rail (design guide, C).
const panelFrom float32 = 1180 - 72

// rememberPanel is where this computer keeps that the panel is "off".
const rememberPanel = "panel"

// customer shows who the open chat is with: beside it where there is room, else in a
// drawer. Nothing is loaded while neither is shown.
type customer struct {
	*Screen
	person.Parts
	off    bool // the person does not want it beside the chat
	beside *panel
	drawer *panel // nil: it is closed
	close  func() // of the drawer
}

func newCustomer(s *Screen) *customer {
	c := &customer{Screen: s, off: s.Memory.String(rememberPanel) == "off"}
	c.Parts = person.Parts{Model: person.NewModel(person.Deps{
		Desk: s.Desk, Who: s.Who, Words: s.Words, Scope: s.Scope, Chats: s.Deps, Say: s.Say, Done: s.Done, Explain: s.explain,
		Menu: s.Menu, Float: s.Float, OpenChat: c.openChat, SendKeys: s.Keys.Send, Barred: barredFrom(s.Deps),
	}, c.draw, func() { c.Refresh(); c.RefreshLabels() })}
	c.beside = newPanel(s.Deps, c.Parts, c.paid, c.toggle)
	c.beside.close.Hide() // the header of the chat has a button
	return c
}

// openChat leaves the drawer for a conversation.
func (c *customer) openChat(id chat.ConversationID) {
	c.closeDrawer()
	c.Open(id)
}

// fits reports whether there is room for the customer beside the chat.
func (c *customer) fits() bool { return c.breadth == Wide && c.root.Size().Width >= panelFrom }

// isBeside reports whether the customer stands beside the chat.
func (c *customer) isBeside() bool { return c.talk != nil && !c.off && c.fits() }

// toggle shows the customer, or no more. Whether they stand beside the chat is
// remembered; a drawer is for a look.
func (c *customer) toggle() {
	switch {
	case c.drawer != nil:
		c.closeDrawer()
	case c.talk == nil:
	case c.fits():
		c.off = !c.off
		kept := "on"
		if c.off {
			kept = "off"
		}
		c.Memory.SetString(rememberPanel, kept)
	default:
		c.drawer = newPanel(c.Deps, c.Parts, c.paid, c.closeDrawer)
		c.close = c.Drawer(c.drawer.root, panelWidth(), c.drawer.close, func() { c.drawer = nil })
	}
	c.follow()
	c.Screen.root.Refresh()
}

func (c *customer) closeDrawer() {
	if c.drawer != nil {
		c.close()
	}
}

// follow shows the customer of the open chat, where somebody looks.
func (c *customer) follow() {
	id := chat.ContactID(0)
	if c.talk != nil && (c.isBeside() || c.drawer != nil) {
		id = c.talk.conv.Contact.ID
	}
	if id != c.At() {
		c.Show(id)
		if id != 0 {
			c.RefreshLabels()
		}
	}
	c.draw()
}

// draw shows what is known of the customer.
func (c *customer) draw() {
	if c.talk == nil || c.beside == nil {
		return
	}
	c.chat.header.panel.SetSoft(c.isBeside())
	if c.isBeside() {
		c.beside.draw(c.talk.id)
	}
	if c.drawer != nil {
		c.drawer.draw(c.talk.id)
	}
}

// heard takes what changed on the desk.
func (c *customer) heard(b live.Batch) {
	if c.At() != 0 && (b.Has(desk.EventCustomer) || b.Has(desk.EventConversation)) {
		c.Refresh()
	}
	if c.At() != 0 && b.Has(desk.EventCustomer) {
		c.RefreshLabels()
	}
}

// paid marks the latest order of the customer as paid; where there is none to be paid
// it asks for one.
func (c *customer) paid() {
	s := c.State()
	if s.Phase != live.Ready && s.Phase != live.Stale || barredFrom(c.Deps) != "" {
		return
	}
	all := s.Value.Purchases
	switch {
	case len(all) == 0:
		c.closeDrawer()
		c.AddOrder(s.Value.Customer, c.opened(), "", true)
	case all[0].PaidAt.IsZero():
		c.TogglePaid(all[0])
	default:
		c.Say(c.Words.T("panel.paid_already"), nil)
	}
}

// TogglePanel shows the customer of the open chat, or hides them.
func (s *Screen) TogglePanel() { s.who.toggle() }

// MarkPaid says that the latest order of the open chat's customer is paid. Where the
// customer is not shown yet, they are first.
func (s *Screen) MarkPaid() {
	if s.talk == nil {
		return
	}
	if s.who.At() == 0 {
		s.who.toggle()
		return
	}
	s.who.paid()
}
