package customers

import (
	"context"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/app/person"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// fieldWords name the fields of a profile.
var fieldWords = map[chat.ProfileField]string{
	chat.FieldName: "customers.name", chat.FieldLanguage: "customers.language", chat.FieldAddress: "customers.address",
	chat.FieldEmail: "customers.email", chat.FieldAbout: "customers.about",
}

// details are what is known of a customer, all of it, and what can be undone.
func (p *panel) details(c person.Person) []fyne.CanvasObject {
	w := p.Words
	items := []fyne.CanvasObject{p.one.LabelSection(c.Customer), kit.NewDivider()}
	if text, ok := p.one.Repeat(c.Customer); ok {
		items = append(items, person.Section(text, kit.NewStack(0)), kit.NewDivider())
	}
	known := kit.NewStack(8, p.known(c.Customer)...)
	items = append(items, person.Section(w.T("customers.known"), known), kit.NewDivider())
	var ways []fyne.CanvasObject
	for _, one := range c.Customer.Chats {
		text := locale.Dotted(person.Reached(chat.Contact{Phone: one.Phone, Username: one.Username}), one.ProfileName)
		ways = append(ways, kit.NewParagraph(text, kit.Small, look.Text))
	}
	items = append(items, person.Section(w.T("customers.reached"), kit.NewStack(4, ways...)))
	if month := p.one.Month(c.Customer); month != nil {
		items = append(items, kit.NewDivider(), month)
	}
	if len(c.Merges) > 0 {
		items = append(items, kit.NewDivider(), p.merges(c.Merges))
	}
	return items
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
	return person.Section(w.T("customers.merges"), kit.NewStack(8, rows...))
}

func (m *model) undoMerge(id desk.MergeID) {
	m.one.Do(func(ctx context.Context) error { return m.Desk.UndoMerge(ctx, m.Who, id) }, func() {
		m.Done(m.Words.T("customers.merge_undone"))
	})
}
