package customers

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// fieldWords name the fields of a profile.
var fieldWords = map[chat.ProfileField]string{
	chat.FieldName: "customers.name", chat.FieldLanguage: "customers.language", chat.FieldAddress: "customers.address",
	chat.FieldEmail: "customers.email", chat.FieldAbout: "customers.about",
}

// pad gives a thing of the panel its margins.
func pad(o fyne.CanvasObject) fyne.CanvasObject { return section("", o) }

// section is a part of the panel with a title.
func section(title string, content fyne.CanvasObject, actions ...fyne.CanvasObject) *kit.Panel {
	p := kit.NewPanel(title, "", content, actions...)
	p.SetPlain(true)
	return p
}

// details are what is known of a customer, all of it, and what can be undone.
func (p *panel) details(c person) []fyne.CanvasObject {
	w := p.Words
	items := []fyne.CanvasObject{p.labelPart(c.Customer), kit.NewDivider()}
	if r := c.Repeat; r != nil {
		items = append(items, section(w.N("customers.repeat", len(r.Times), locale.Args{"Kind": r.Kind}), kit.NewStack(0)), kit.NewDivider())
	}
	known := kit.NewStack(8, p.known(c.Customer)...)
	items = append(items, section(w.T("customers.known"), known), kit.NewDivider())
	var ways []fyne.CanvasObject
	for _, one := range c.Customer.Chats {
		text := dotted(reached(chat.Contact{Phone: one.Phone, Username: one.Username}), one.ProfileName)
		ways = append(ways, kit.NewParagraph(text, kit.Small, look.Text))
	}
	items = append(items, section(w.T("customers.reached"), kit.NewStack(4, ways...)))
	if c.MonthSent > 0 {
		items = append(items, kit.NewDivider(), section(w.T("customers.month"), kit.NewParagraph(
			w.N("customers.month_sent", c.MonthSent, locale.Args{"Count": w.Count(c.MonthSent), "Billable": w.Count(c.MonthBillable)}), kit.Small, look.Text)))
	}
	if len(c.Merges) > 0 {
		items = append(items, kit.NewDivider(), p.merges(c.Merges))
	}
	return items
}

func (p *panel) labelPart(c desk.Customer) fyne.CanvasObject {
	var chips []fyne.CanvasObject
	for _, l := range c.Labels {
		var remove func()
		if p.mayEdit() {
			remove = func() {
				left := slices.DeleteFunc(slices.Clone(c.Labels), func(have string) bool { return have == l })
				p.relabel(p.Words.T("customers.unlabelled", locale.Args{"Label": l}), c, left)
			}
		}
		chips = append(chips, kit.NewLabelChip(labelData(l), p.Words.T("customers.label_remove", locale.Args{"Label": l}), remove))
	}
	var content fyne.CanvasObject = kit.NewFlow(6, chips...)
	if len(chips) == 0 {
		content = kit.NewParagraph(p.Words.T("customers.no_labels"), kit.Small, look.Text2)
	}
	var add *kit.IconButton
	add = kit.NewIconButton(look.IconPlus, p.Words.T("customers.label_add"), func() {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(add)
		p.addLabel(at.AddXY(0, add.Size().Height+4), c)
	})
	add.SetDisabled(p.barred())
	return section(p.Words.T("customers.labels"), content, add)
}

// known are the fields of the profile, whole, and what they asked for.
func (p *panel) known(c desk.Customer) (items []fyne.CanvasObject) {
	w := p.Words
	add := func(name, value string) {
		if value != "" {
			items = append(items, kit.NewStack(0, kit.NewLine(name, kit.Tiny, look.Text2), kit.NewParagraph(value, kit.Small, look.Text)))
		}
	}
	for _, f := range chat.ProfileFields() {
		add(w.T(fieldWords[f]), profileValue(c, f))
	}
	now := p.Scope.Now()
	if !c.OptedOutAt.IsZero() {
		add(w.T("customers.offers"), w.T("customers.opted_out_at", locale.Args{"When": w.Moment(c.OptedOutAt, now)}))
	}
	if !c.BlockedAt.IsZero() {
		add(w.T("customers.blocked"), w.Moment(c.BlockedAt, now))
	}
	return items
}

// profileValue is a field as people read it; the name is what they are called where
// the shop gave none.
func profileValue(c desk.Customer, f chat.ProfileField) string {
	value := *c.Profile.Field(f)
	switch {
	case f == chat.FieldName && value == "":
		return c.Contact.DisplayName()
	case f == chat.FieldLanguage && value != "":
		return languageName(value)
	}
	return value
}

// merges are those that can be undone.
func (p *panel) merges(records []desk.MergeRecord) fyne.CanvasObject {
	w, now := p.Words, p.Scope.Now()
	var rows []fyne.CanvasObject
	for _, r := range records {
		undo := kit.NewButton(w.T("customers.merge_undo"), kit.Plain, func() { p.undoMerge(r.ID) })
		undo.SetSmall(true)
		if !p.mayMerge() {
			undo.SetDisabled(w.T("customers.may_not_merge"))
		}
		rows = append(rows, kit.NewBar(kit.NewParagraph(w.T("customers.merged_by", locale.Args{
			"Name": r.Name, "By": r.ByName, "When": w.Moment(r.At, now), "Until": w.Deadline(r.Until, now),
		}), kit.Small, look.Text), undo))
	}
	return section(w.T("customers.merges"), kit.NewStack(8, rows...))
}

func (m *model) undoMerge(id desk.MergeID) {
	m.do(func(ctx context.Context) error { return m.Desk.UndoMerge(ctx, m.Who, id) }, func() {
		m.Say(m.Words.T("customers.merge_undone"), nil)
	})
}
