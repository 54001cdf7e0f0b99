package customers

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/app/person"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// reasonWords say why two look like one.
var reasonWords = map[chat.SameReason]string{
	chat.SameEmail: "customers.same_email", chat.SamePhone: "customers.same_phone", chat.SameAddress: "customers.same_address",
	chat.SameName: "customers.same_name", chat.SameFirstName: "customers.same_first_name",
}

// reasons are why two look like one, what tells most first.
func (d Deps) reasons(pair desk.Duplicate) (words []string) {
	for _, r := range pair.Reasons {
		switch key := reasonWords[r]; {
		case r == chat.NearPhone:
			words = append(words, d.Words.N("customers.near_phone", pair.Digits))
		case key != "":
			words = append(words, d.Words.T(key))
		}
	}
	return words
}

// notSame remembers that two are two.
func (m *model) notSame(a, b chat.ContactID, done func()) {
	m.one.Do(func(ctx context.Context) error { return m.Desk.NotSame(ctx, m.Who, a, b) }, func() {
		m.Done(m.Words.T("customers.not_same_done"))
		done()
	})
}

// merger asks what stays of two who become one.
type merger struct {
	*Screen
	pair        desk.Duplicate
	stays, goes desk.Customer
	// from says of whom a field is that stays, where the person chose.
	from  map[chat.ProfileField]chat.ContactID
	marks []func() // show which of two values stays
	sheet *kit.Sheet
	close func()
	busy  bool
}

// compare opens the dialog for two customers. pair says why they look like one, where
// they do.
func (s *Screen) compare(a, b chat.ContactID, pair desk.Duplicate) {
	m := &merger{Screen: s, pair: pair, from: map[chat.ProfileField]chat.ContactID{}}
	s.Scope.Do(func(ctx context.Context) (err error) {
		if m.stays, err = s.Desk.Customer(ctx, s.Who, a); err == nil {
			m.goes, err = s.Desk.Customer(ctx, s.Who, b)
		}
		return err
	}, func(err error) {
		if err != nil {
			s.explain(err)
			return
		}
		m.open()
	})
}

func (m *merger) open() {
	w := m.Words
	m.sheet = kit.NewSheet(kit.SheetWords{
		Icon: look.IconMerge, Title: w.T("customers.merge_title"), For: w.T("customers.merge_pick"), Cancel: w.T("template.cancel"),
		Send: w.T("customers.merge"), SendKeys: m.SendKeys, SendIcon: look.IconMerge,
	}, fyne.NewSize(752, 632), m.content())
	m.sheet.SetOther(kit.NewButton(w.T("customers.not_same"), kit.Plain, func() { m.notSame(m.stays.Contact.ID, m.goes.Contact.ID, m.close) }))
	m.sheet.Set(w.N("customers.merge_hint", int(desk.UndoMergeWithin.Hours()/24)), "")
	m.sheet.OnSend = m.merge
	m.close = m.Float(m.sheet, m.sheet.Target())
	m.sheet.OnCancel = m.close
}

// takes reports whether a field is to be that of who goes: what the person chose, and
// else what would be empty.
func (m *merger) takes(f chat.ProfileField) bool {
	if from, chosen := m.from[f]; chosen {
		return from == m.goes.Contact.ID
	}
	return profileValue(m.stays, f) == "" && profileValue(m.goes, f) != ""
}

// content is made anew where the two are swapped.
func (m *merger) content() kit.Fitting {
	w := m.Words
	m.marks = nil
	var items []fyne.CanvasObject
	if reasons := m.reasons(m.pair); len(reasons) > 0 {
		chips := []fyne.CanvasObject{kit.NewLine(w.T("customers.why"), kit.Small, look.Text2)}
		for _, r := range reasons {
			chips = append(chips, kit.NewChip(kit.ToneWarn, "", r))
		}
		items = append(items, kit.NewFlow(8, chips...))
	}
	swap := kit.NewButton(w.T("customers.swap"), kit.Plain, func() {
		m.stays, m.goes = m.goes, m.stays
		m.sheet.SetContent(m.content())
	})
	swap.SetIcon(look.IconSwap, false)
	swap.SetSmall(true)
	items = append(items, kit.NewCompareRow("",
		kit.NewBar(m.who(m.stays), kit.NewChip(kit.ToneMine, "", w.T("customers.stays"))), kit.NewBar(m.who(m.goes), swap)))
	row := func(name string, left, right fyne.CanvasObject) {
		items = append(items, kit.NewDivider(), kit.NewCompareRow(name, left, right))
	}
	for _, f := range chat.ProfileFields() {
		own, other := profileValue(m.stays, f), profileValue(m.goes, f)
		if own != other {
			row(w.T(fieldWords[f]), m.choice(f, m.stays, own), m.choice(f, m.goes, other))
		}
	}
	row(w.T("customers.phones"), phones(m.stays), kit.NewBar(phones(m.goes), kit.NewChip(kit.ToneOk, look.IconCheck, w.T("customers.both_stay"))))
	if len(m.stays.Labels)+len(m.goes.Labels) > 0 {
		row(w.T("customers.labels"), labels(m.stays), kit.NewBar(labels(m.goes), kit.NewChip(kit.ToneOk, look.IconCheck, w.T("customers.joined"))))
	}
	m.stricter(row, "customers.offers", "customers.opted_out", "customers.opted_in", m.stays.OptedOutAt.IsZero(), m.goes.OptedOutAt.IsZero())
	m.stricter(row, "customers.blocked", "customers.is_blocked", "customers.not_blocked", m.stays.BlockedAt.IsZero(), m.goes.BlockedAt.IsZero())
	moves := locale.Dotted(w.N("customers.n_chats", m.goes.Conversations), w.N("customers.n_orders_moved", m.goes.Orders), w.N("customers.n_notes", m.goes.Notes))
	items = append(items, kit.NewPanel(w.T("customers.moves", locale.Args{"Name": m.stays.Contact.DisplayName()}), "",
		kit.NewParagraph(moves, kit.Small, look.Text)), kit.NewParagraph(w.T("customers.apart"), kit.Small, look.Text2))
	return kit.NewStack(4, items...)
}

func (m *merger) who(c desk.Customer) fyne.CanvasObject {
	return kit.NewPersonMark(m.Chats.Person(c.Contact), c.Contact.DisplayName(), m.Words.Since(c.Contact.FirstAt, m.Scope.Now()))
}

// choice is a field of one of the two.
func (m *merger) choice(f chat.ProfileField, of desk.Customer, value string) fyne.CanvasObject {
	box := kit.NewRadioBox(func() {
		m.from[f] = of.Contact.ID
		for _, mark := range m.marks {
			mark()
		}
	})
	if value == "" {
		value = m.Words.T("customers.nothing")
	}
	mark := func() { box.Set(value, m.takes(f) == (of.Contact.ID == m.goes.Contact.ID)) }
	mark()
	m.marks = append(m.marks, mark)
	return box
}

// stricter is a row of what one of the two has asked for, or is.
func (m *merger) stricter(row func(name string, left, right fyne.CanvasObject), name, yes, no string, own, other bool) {
	if own == other {
		return
	}
	line := func(free bool) fyne.CanvasObject {
		word := yes
		if free {
			word = no
		}
		return kit.NewLine(m.Words.T(word), kit.Small, look.Text)
	}
	row(m.Words.T(name), line(own), kit.NewBar(line(other), kit.NewChip(kit.ToneWarn, look.IconShield, m.Words.T("customers.stricter"))))
}

func phones(c desk.Customer) fyne.CanvasObject {
	var all []string
	for _, one := range c.Chats {
		all = append(all, person.Reached(chat.Contact{Phone: one.Phone, Username: one.Username}))
	}
	return kit.NewParagraph(strings.Join(all, "\n"), kit.Small, look.Text)
}

func labels(c desk.Customer) fyne.CanvasObject {
	if len(c.Labels) == 0 {
		return kit.NewLine("–", kit.Small, look.Text2)
	}
	var chips []fyne.CanvasObject
	for _, l := range c.Labels {
		chips = append(chips, kit.NewLabelChip(person.LabelData(l), "", nil))
	}
	return kit.NewFlow(4, chips...)
}

// merge makes one of the two, and offers to undo it.
func (m *merger) merge() {
	if m.busy {
		return
	}
	m.busy = true
	choice := desk.MergeChoice{Stays: m.stays.Contact.ID, Goes: m.goes.Contact.ID}
	for _, f := range chat.ProfileFields() {
		if m.takes(f) {
			choice.Take = append(choice.Take, f)
		}
	}
	var id desk.MergeID
	m.Scope.Do(func(ctx context.Context) (err error) {
		id, err = m.Desk.Merge(ctx, m.Who, choice)
		return err
	}, func(err error) {
		m.busy = false
		if err != nil {
			m.explain(err)
			return
		}
		m.close()
		clear(m.ticked)
		m.Screen.open(choice.Stays)
		m.refresh()
		m.Say(m.Words.T("customers.merged", locale.Args{"Name": m.goes.Contact.DisplayName()}), func() { m.undoMerge(id) })
	})
}
