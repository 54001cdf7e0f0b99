package rules

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
)

// intervalBlock is how often one customer gets a greeting or an off-hours reply.
type intervalBlock struct {
	*editor
	run   *kit.Stack
	hours *kit.Field
	note  *kit.Status
}

func newIntervalBlock(e *editor) *intervalBlock {
	w := e.Words
	b := &intervalBlock{editor: e, hours: kit.NewField(kit.FieldWords{Placeholder: "6"}), note: kit.NewStatus(kit.FindingNone, "")}
	b.hours.OnChanged = func() {
		text := strings.Replace(b.hours.Text(), ",", ".", 1)
		interval := text // one that cannot be read is refused as it stands, with words
		if n, err := strconv.ParseFloat(text, 64); err == nil && n >= 0 {
			interval = (time.Duration(n*60) * time.Minute).String()
		}
		if text == "" {
			interval = ""
		}
		b.change("min_interval", func(r *autoreply.Rule) { r.MinInterval = interval })
	}
	b.run = kit.NewStack(4, kit.NewRun(8, kit.Own(kit.NewLine(w.T("rules.at_most_once"), kit.Body, look.Text)), kit.Wide(b.hours, 62),
		kit.Own(kit.NewLine(w.T("rules.hours"), kit.Body, look.Text))), b.note)
	return b
}

func (b *intervalBlock) content() kit.Fitting { return b.run }
func (b *intervalBlock) settle()              {}

func (b *intervalBlock) sync(r autoreply.Rule) {
	d, err := time.ParseDuration(r.MinInterval)
	if r.MinInterval == "" {
		d, err = autoreply.DefaultMinInterval, nil
	}
	b.note.Set(kit.FindingNone, "")
	if err != nil || d < 0 || d > autoreply.MaxMinInterval {
		b.note.Set(kit.FindingBad, b.Words.T("rules.interval_form", locale.Args{"Most": int(autoreply.MaxMinInterval / time.Hour)}))
		return
	}
	typed, err := strconv.ParseFloat(strings.Replace(b.hours.Text(), ",", ".", 1), 64)
	empty := b.hours.Text() == "" && r.MinInterval == ""
	if !empty && (err != nil || time.Duration(typed*60)*time.Minute != d) {
		b.hours.SetText(strconv.FormatFloat(d.Hours(), 'f', -1, 64))
	}
}

// routeBlock is where a conversation goes, and what kind of question it was.
type routeBlock struct {
	*editor
	run  *kit.Stack
	to   *kit.Selector
	kind *kit.Selector
	own  *kit.Field
	use  *kit.Button
	bar  *kit.Run
}

func newRouteBlock(e *editor) *routeBlock {
	w := e.Words
	b := &routeBlock{editor: e, own: kit.NewTextField(kit.FieldWords{Placeholder: w.T("rules.department_name")})}
	b.to = kit.NewSelector(func(at fyne.Position) { b.Menu(at, b.departments()) })
	b.kind = kit.NewSelector(func(at fyne.Position) { b.Menu(at, b.kinds()) })
	b.own.SetLimit(autoreply.MaxName)
	b.own.OnSubmit = b.addDepartment
	b.use = e.small("rules.department_add", b.addDepartment)
	b.bar = kit.NewRun(8, kit.Rest(b.own, 140), kit.Own(b.use))
	b.bar.Hide()
	b.run = kit.NewStack(8, kit.NewRun(8, kit.Own(kit.NewLine(w.T("rules.send_to"), kit.BodyBold, look.Text)), kit.Own(b.to),
		kit.Own(kit.NewLine(w.T("rules.kind"), kit.Body, look.Text2)), kit.Own(b.kind)), b.bar)
	return b
}

func (b *routeBlock) content() kit.Fitting { return b.run }
func (b *routeBlock) settle()              {}

func (b *routeBlock) sync(r autoreply.Rule) {
	name, hue := b.Words.T("rules.nobody"), kit.HueNone
	if r.Department != "" {
		name, hue = r.Department, b.hueOf(r.Department)
	}
	b.to.Set("", hue, name)
	b.kind.Set("", kit.HueNone, b.Words.Question(r.Kind))
}

// hueOf is the colour of a department: by its place among the shop's.
func (b *routeBlock) hueOf(department string) kit.Hue {
	for i, d := range b.editing.now.file.Departments {
		if d == department {
			return kit.DepartmentHue(i)
		}
	}
	return kit.HueWarn
}

func (b *routeBlock) departments() []kit.MenuItem {
	_, r, _ := b.editing.Rule()
	set := func(name string) func() {
		return func() { b.change("", func(r *autoreply.Rule) { r.Department = name }) }
	}
	items := []kit.MenuItem{{Text: b.Words.T("rules.nobody"), Current: r.Department == "", Do: set("")}}
	for _, d := range b.editing.now.file.Departments {
		items = append(items, kit.MenuItem{Text: d, Current: d == r.Department, Do: set(d)})
	}
	return append(items, kit.MenuItem{Icon: look.IconPlus, Text: b.Words.T("rules.department_new"), Do: func() {
		b.bar.Show()
		b.pane.Refresh()
		b.Focus(b.own.Target())
	}})
}

// addDepartment makes a department with the name that was typed, and sends there.
func (b *routeBlock) addDepartment() {
	name := strings.TrimSpace(b.own.Text())
	if name == "" || b.own.Over() > 0 {
		return
	}
	known := ""
	for _, d := range b.editing.now.file.Departments {
		if strings.EqualFold(d, name) {
			known = d
		}
	}
	if known == "" {
		known = name
		b.editing.ChangeFile(func(f *autoreply.File) { f.Departments = append(f.Departments, name) })
	}
	b.own.SetText("")
	b.bar.Hide()
	b.change("", func(r *autoreply.Rule) { r.Department = known })
}

func (b *routeBlock) kinds() []kit.MenuItem {
	_, r, _ := b.editing.Rule()
	var items []kit.MenuItem
	for _, kind := range locale.QuestionKinds() {
		if kind == autoreply.KindOther {
			kind = "" // it is that of a rule which names none
		}
		items = append(items, kit.MenuItem{Text: b.Words.Question(kind), Current: kind == r.Kind, Do: func() {
			b.change("", func(r *autoreply.Rule) { r.Kind = kind })
		}})
	}
	return items
}

// capBlock names the limit that no rule can lift (mission A9).
type capBlock struct{ run *kit.Run }

func newCapBlock(e *editor) *capBlock {
	before, bold, after := e.Words.Emphasis("rules.cap")
	return &capBlock{kit.NewRun(0, kit.Own(kit.NewIconMark(look.IconShield)), kit.Own(kit.NewLine(before, kit.Small, look.Text2)),
		kit.Own(kit.NewLine(bold, kit.SmallBold, look.Text)), kit.Own(kit.NewLine(after, kit.Small, look.Text2)))}
}

func (b *capBlock) content() kit.Fitting { return b.run }
func (b *capBlock) sync(autoreply.Rule)  {}
func (b *capBlock) settle()              {}
