package person

import (
	"hash/fnv"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// LabelData gives a label always the same colour.
func LabelData(name string) kit.LabelData {
	hues := [...]kit.Hue{kit.HueAccent, kit.HuePlum, kit.HueInfo, kit.HueOk, kit.HuePrimary}
	h := fnv.New32a()
	h.Write([]byte(strings.ToLower(name))) // never fails
	return kit.LabelData{Text: name, Hue: hues[h.Sum32()%uint32(len(hues))]}
}

// LabelSection shows the labels of a customer; they can be taken off and others added.
func (p Parts) LabelSection(c desk.Customer) fyne.CanvasObject {
	w := p.d.Words
	var chips []fyne.CanvasObject
	for _, l := range c.Labels {
		var remove func()
		if p.d.Barred == "" {
			remove = func() {
				p.Relabel(w.T("customers.unlabelled", locale.Args{"Label": l}), c.Contact.ID, desk.LabelChange{Remove: []string{l}})
			}
		}
		chips = append(chips, kit.NewLabelChip(LabelData(l), w.T("customers.label_remove", locale.Args{"Label": l}), remove))
	}
	var content fyne.CanvasObject = kit.NewFlow(6, chips...)
	if len(chips) == 0 {
		content = kit.NewParagraph(w.T("customers.no_labels"), kit.Small, look.Text2)
	}
	var add *kit.IconButton
	add = kit.NewIconButton(look.IconPlus, w.T("customers.label_add"), func() {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(add)
		p.AddLabel(at.AddXY(0, add.Size().Height+4), c)
	})
	add.SetDisabled(p.d.Barred)
	return Section(w.T("customers.labels"), content, add)
}

// AddLabel offers labels for a customer.
func (p Parts) AddLabel(at fyne.Position, c desk.Customer) {
	p.ChooseLabel(at, c.Contact.DisplayName(), c.Labels, func(label string) {
		p.Relabel(p.d.Words.N("customers.labelled", 1, locale.Args{"Label": label}), c.Contact.ID, desk.LabelChange{Add: []string{label}})
	})
}

// MostItems is how many lines a menu has at most, to have room in the smallest window.
const MostItems = 14

// ChooseLabel offers the labels that there are, but for those left out, and a new one.
// who says whom it is for.
func (p Parts) ChooseLabel(at fyne.Position, who string, without []string, take func(label string)) {
	items := []kit.MenuItem{{Icon: look.IconPlus, Text: p.d.Words.T("customers.label_new"), Do: func() { p.newLabel(who, take) }}}
	for _, l := range p.Labels() {
		if !slices.Contains(without, l.Name) && l.Customers > 0 && len(items) < MostItems {
			items = append(items, kit.MenuItem{Text: l.Name, Keys: p.d.Words.Count(l.Customers), Do: func() { take(l.Name) }})
		}
	}
	p.d.Menu(at, items)
}

// newLabel asks for a label and hands it over.
func (p Parts) newLabel(who string, take func(label string)) {
	w := p.d.Words
	field := kit.NewTextField(kit.FieldWords{Label: w.T("customers.label_name")})
	sheet := kit.NewSheet(kit.SheetWords{
		Icon: look.IconPlus, Title: w.T("customers.label_new"), For: who, Cancel: w.T("template.cancel"),
		Send: w.T("customers.label_add"), SendKeys: p.d.SendKeys, SendIcon: look.IconCheck,
	}, fyne.NewSize(400, 200), kit.NewStack(0, field))
	check := func() string {
		labels, err := chat.TidyLabels([]string{field.Text()})
		switch {
		case err == nil:
			field.Set(kit.FindingNone, "")
			return ""
		case len(labels) == 0 && len([]rune(field.Text())) > chat.MaxLabel:
			field.Set(kit.FindingBad, w.N("customers.too_long", chat.MaxLabel))
		}
		return w.T("customers.label_barred")
	}
	draw := func() { sheet.Set(w.T("customers.label_hint"), check()) }
	field.OnChanged = draw
	draw()
	closeSheet := p.d.Float(sheet, field.Target())
	sheet.OnCancel = closeSheet
	sheet.OnSend = func() {
		labels, err := chat.TidyLabels([]string{field.Text()})
		if err != nil {
			return
		}
		closeSheet()
		take(labels[0])
	}
	field.OnSubmit = sheet.Send
}
