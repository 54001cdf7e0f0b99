package rules

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
)

// buttonsBlock is the buttons under the reply that is shown.
type buttonsBlock struct {
	*editor
	stack *kit.Stack
	count *kit.Line
	note  *kit.Status
	rows  []*buttonRow
	held  int // where the button is that is being moved; -1: none is
	add   *kit.Button
}

// buttonRow is one button: its title, what it does, and what that needs.
type buttonRow struct {
	run     *kit.Run
	grip    *kit.Grip
	title   *kit.Field
	does    *kit.Selector
	rule    *kit.Selector
	sku     *skuField
	url     *kit.Field
	explain *kit.Line
	led     *kit.Run    // below it: what is wrong with the rule it leads to
	lost    *kit.Status // in led
	show    *kit.Link   // in led: opens that rule
}

// buttonHigh is how far a row is pulled to go one place further.
const buttonHigh = 38

// actions are what a button can do, in the order of the menu.
var actions = []struct {
	action      autoreply.Action
	icon        look.IconName
	name, about string
}{
	{autoreply.ActionRule, look.IconChat, "rules.do_rule", ""},
	{autoreply.ActionHandOver, look.IconPerson, "rules.do_hand_over", "rules.do_hand_over_about"},
	{autoreply.ActionStock, look.IconStock, "rules.do_stock", ""},
	{autoreply.ActionOrder, look.IconBag, "rules.do_order", "rules.do_order_about"},
	{autoreply.ActionSolved, look.IconCheck, "rules.do_solved", "rules.do_solved_about"},
	{autoreply.ActionLink, look.IconLink, "rules.do_link", ""},
}

func newButtonsBlock(e *editor) *buttonsBlock {
	w := e.Words
	b := &buttonsBlock{editor: e, count: kit.NewLine("", kit.Small, look.Text2), note: kit.NewStatus(kit.FindingNone, ""), held: -1}
	b.add = e.small("rules.add_button", func() {
		b.changeVariant("", func(v *autoreply.Variant) {
			v.Buttons = append(v.Buttons, autoreply.Button{Action: autoreply.ActionHandOver})
		})
		b.Focus(b.rows[len(b.now())-1].title.Target())
	})
	b.add.SetIcon(look.IconPlus, false)
	items := []fyne.CanvasObject{kit.NewRun(8, kit.Rest(kit.NewLine(w.T("rules.buttons"), kit.BodyBold, look.Text), 80), kit.Own(b.count))}
	for i := range autoreply.MaxButtons {
		row := b.row(i)
		b.rows = append(b.rows, row)
		items = append(items, row.run, row.led)
	}
	b.stack = kit.NewStack(6, append(items, b.note, kit.NewRun(8, kit.Own(b.add)))...)
	return b
}

func (b *buttonsBlock) content() kit.Fitting { return b.stack }
func (b *buttonsBlock) settle()              {}

// now are the buttons of the reply that is shown.
func (b *buttonsBlock) now() []autoreply.Button {
	_, r, _ := b.editing.Rule()
	return b.variant(r).Buttons
}

// set changes one button.
func (b *buttonsBlock) set(i int, field string, fn func(*autoreply.Button)) {
	b.changeVariant(field, func(v *autoreply.Variant) { fn(&v.Buttons[i]) })
}

func (b *buttonsBlock) row(i int) *buttonRow {
	w := b.Words
	r := &buttonRow{
		title: kit.NewTextField(kit.FieldWords{Placeholder: w.T("rules.button_title")}),
		url:   kit.NewField(kit.FieldWords{Placeholder: "https://"}), explain: kit.NewLine("", kit.Small, look.Text2),
	}
	field := func(name string) string { return name + string(rune('0'+i)) }
	r.title.SetLimit(autoreply.MaxTitle)
	r.title.OnChanged = func() {
		b.set(i, field("title"), func(x *autoreply.Button) { x.Title = strings.TrimSpace(r.title.Text()) })
	}
	r.title.OnFocus = func() { b.pane.Reveal(r.title) }
	r.url.OnChanged = func() { b.set(i, field("url"), func(x *autoreply.Button) { x.URL = r.url.Text() }) }
	r.sku = newSKUField(b.editor, func(sku string) { b.set(i, field("sku"), func(x *autoreply.Button) { x.SKU = sku }) })
	r.does = kit.NewSelector(func(at fyne.Position) { b.Menu(at, b.actionMenu(i)) })
	r.rule = kit.NewSelector(func(at fyne.Position) { b.Menu(at, b.ruleMenu(i)) })
	remove := kit.NewIconButton(look.IconClose, w.T("rules.remove_button"), func() {
		b.changeVariant("", func(v *autoreply.Variant) { v.Buttons = slices.Delete(v.Buttons, i, i+1) })
	})
	r.grip = kit.NewGrip(w.T("rules.move_button"), buttonHigh, func(by int) { b.move(i, by) })
	r.grip.OnDrop = func() { b.dropped(i) }
	r.run = kit.NewRun(6, kit.Own(r.grip), kit.Wide(r.title, 190), kit.Least(r.does, 142),
		kit.Rest(r.rule, 100), kit.Rest(r.sku.run, 120), kit.Rest(r.url, 120), kit.Rest(r.explain, 60), kit.Own(remove))
	r.lost = kit.NewStatus(kit.FindingNone, "")
	r.show = kit.NewTextButton(w.T("rules.leads_show"), func() { b.openRule(b.editing.KeyOf(b.now()[i].Rule)) })
	r.led = kit.NewRun(8, kit.Rest(r.lost, 200), kit.Own(r.show))
	return r
}

// move puts the button that is moved by the handle of a row one place further. The
// mouse keeps that handle, wherever the button has gone.
func (b *buttonsBlock) move(row, by int) {
	from := row
	if b.held >= 0 {
		from = b.held
	}
	if to := from + by; to >= 0 && to < len(b.now()) {
		b.changeVariant("", func(v *autoreply.Variant) { v.Buttons[from], v.Buttons[to] = v.Buttons[to], v.Buttons[from] })
		b.held = to
	}
}

// dropped lets go of the button; the keyboard goes with it.
func (b *buttonsBlock) dropped(row int) {
	if b.held >= 0 && b.rows[row].grip.Focused() {
		b.Focus(b.rows[b.held].grip)
	}
	b.held = -1
}

func (b *buttonsBlock) actionMenu(i int) []kit.MenuItem {
	var items []kit.MenuItem
	now := b.now()
	for _, a := range actions {
		item := kit.MenuItem{Icon: a.icon, Text: b.Words.T(a.name), Current: now[i].Action == a.action, Do: func() {
			b.set(i, "", func(x *autoreply.Button) { *x = autoreply.Button{Title: x.Title, Action: a.action} })
		}}
		if a.action == autoreply.ActionLink && len(now) > 1 {
			item.Do, item.Reason = nil, b.Words.T("rules.link_alone_short")
		}
		items = append(items, item)
	}
	return items
}

// ruleMenu are the rules that a button can answer with.
func (b *buttonsBlock) ruleMenu(i int) []kit.MenuItem {
	var items []kit.MenuItem
	file := b.editing.File()
	for _, r := range file.Rules {
		if r.ID != b.editing.ID(b.open()) {
			items = append(items, kit.MenuItem{Text: b.nameOf(r), Current: b.now()[i].Rule == r.ID, Do: func() {
				b.set(i, "", func(x *autoreply.Button) { x.Rule = r.ID })
			}})
		}
	}
	if len(items) == 0 {
		items = []kit.MenuItem{{Text: b.Words.T("rules.no_other_rule")}}
	}
	return items
}

func (b *buttonsBlock) sync(r autoreply.Rule) {
	now := b.variant(r).Buttons
	file := b.editing.File()
	for i, row := range b.rows {
		visible(row.run, i < len(now))
		visible(row.led, false)
		if i < len(now) {
			b.syncRow(row, now[i], file)
		}
	}
	b.count.Set(b.Words.T("rules.buttons_of", locale.Args{"N": len(now), "Most": autoreply.MaxButtons}))
	link := slices.ContainsFunc(now, func(x autoreply.Button) bool { return x.Action == autoreply.ActionLink })
	b.add.SetDisabled("")
	b.note.Set(kit.FindingNone, "")
	switch {
	case link:
		b.add.SetDisabled(b.Words.T("rules.link_alone"))
		b.note.Set(kit.FindingNone, b.Words.T("rules.link_alone"))
	case len(now) >= autoreply.MaxButtons:
		full := b.Words.T("rules.buttons_full", locale.Args{"Most": autoreply.MaxButtons})
		b.add.SetDisabled(full)
		b.note.Set(kit.FindingNone, full)
	}
}

func (b *buttonsBlock) syncRow(row *buttonRow, x autoreply.Button, file autoreply.File) {
	setTrimmed(row.title, x.Title)
	row.title.Set(kit.FindingNone, "")
	if over := row.title.Over(); over > 0 {
		row.title.Set(kit.FindingBad, b.Words.N("rules.too_long", over, locale.Args{"Most": autoreply.MaxTitle}))
	}
	setField(row.url, x.URL)
	row.sku.set(x.SKU)
	visible(row.rule, x.Action == autoreply.ActionRule)
	visible(row.sku.run, x.Action == autoreply.ActionStock)
	visible(row.url, x.Action == autoreply.ActionLink)
	about := ""
	for _, a := range actions {
		if a.action == x.Action {
			row.does.Set(a.icon, kit.HueNone, b.Words.T(a.name))
			if a.about != "" {
				about = b.Words.T(a.about)
			}
		}
	}
	row.explain.Set(about)
	visible(row.explain, about != "")
	name := b.Words.T("rules.choose_rule")
	for _, r := range file.Rules {
		if r.ID == x.Rule {
			name = b.nameOf(r)
		}
	}
	row.rule.Set("", kit.HueNone, name)
	finding, lost := b.leads(x, file)
	row.lost.Set(finding, lost)
	visible(row.led, lost != "")
	visible(row.show, finding == kit.FindingWarn)
}
