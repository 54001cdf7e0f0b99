package rules

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
)

// scheduleBlock is when a rule answers.
type scheduleBlock struct {
	*editor
	stack  *kit.Stack
	choice *kit.Segmented
	zone   *kit.Line
	times  *timesList
	custom bool // a person asked for times of their own
}

// The choices of a schedule in their order.
const (
	always = iota
	workHours
	offHours
	custom
)

func newScheduleBlock(e *editor) *scheduleBlock {
	w := e.Words
	b := &scheduleBlock{editor: e, zone: kit.NewLine("", kit.Small, look.Text2)}
	b.choice = kit.NewSegmented(b.choose)
	b.choice.SetLoose(true)
	b.choice.SetItems([]string{w.T("rules.always"), w.T("rules.work_hours"), w.T("rules.off_hours"), w.T("rules.custom")}, always)
	b.times = newTimesList(e, func(fn func([]autoreply.Window) []autoreply.Window, field string) {
		b.change(field, func(r *autoreply.Rule) { r.When = fn(r.When) })
	})
	b.stack = kit.NewStack(10,
		kit.NewRun(10, kit.Own(kit.NewLine(w.T("rules.schedule"), kit.BodyBold, look.Text)), kit.Own(b.choice), kit.Rest(b.zone, 60)),
		b.times.stack)
	return b
}

func (b *scheduleBlock) content() kit.Fitting { return b.stack }
func (b *scheduleBlock) settle()              {}

// at is which choice the times of a rule are.
func (b *scheduleBlock) at(r autoreply.Rule) int {
	hours := open(b.editing.now.file)
	off, ok := closed(hours)
	switch {
	case len(r.When) == 0:
		return always
	case b.custom:
		return custom
	case sameTimes(r.When, hours):
		return workHours
	case ok && sameTimes(r.When, off):
		return offHours
	}
	return custom
}

func (b *scheduleBlock) sync(r autoreply.Rule) {
	at := b.at(r)
	b.choice.SetCurrent(at)
	b.zone.Set(b.Words.T("rules.zone_of", locale.Args{"Zone": zoneName(b.editing.now.file.Timezone)}))
	visible(b.times.stack, at == custom)
	if at == custom {
		b.times.sync(r.When)
	}
}

func (b *scheduleBlock) choose(i int) {
	hours := open(b.editing.now.file)
	b.custom = i == custom
	when := []autoreply.Window(nil)
	switch i {
	case workHours:
		when = windows(hours)
	case offHours:
		rest, ok := closed(hours)
		if !ok {
			b.Say(b.Words.T("rules.never_closed"), false)
			b.Screen.show()
			return
		}
		when = rest
	case custom:
		_, r, _ := b.editing.Rule()
		if when = windows(r.When); len(when) == 0 {
			when = []autoreply.Window{{From: "12:00", To: "13:00"}}
		}
	}
	b.change("", func(r *autoreply.Rule) { r.When = when })
}

// zoneName is a time zone as a person reads it: the city.
func zoneName(zone string) string {
	if zone == "" {
		return "UTC"
	}
	return strings.ReplaceAll(zone[strings.LastIndex(zone, "/")+1:], "_", " ")
}

// timesList edits windows: days, from, to.
type timesList struct {
	*editor
	stack *kit.Stack
	rows  []*timesRow
	add   *kit.Button
	set   func(change func([]autoreply.Window) []autoreply.Window, field string)
}

// maxTimes is how many windows the screen edits; a file may hold more.
const maxTimes = 8

type timesRow struct {
	run      *kit.Stack
	days     *kit.Selector
	from, to *kit.Field
	note     *kit.Status
	window   autoreply.Window
}

func newTimesList(e *editor, set func(func([]autoreply.Window) []autoreply.Window, string)) *timesList {
	l := &timesList{editor: e, set: set}
	l.add = e.small("rules.add_time", func() {
		set(func(list []autoreply.Window) []autoreply.Window {
			return append(list, autoreply.Window{From: "12:00", To: "13:00"})
		}, "")
	})
	l.add.SetIcon(look.IconPlus, false)
	var items []fyne.CanvasObject
	for i := range maxTimes {
		l.rows = append(l.rows, l.row(i))
		items = append(items, l.rows[i].run)
	}
	l.stack = kit.NewStack(8, append(items, kit.NewRun(8, kit.Own(l.add)))...)
	return l
}

func (l *timesList) row(i int) *timesRow {
	w := l.Words
	r := &timesRow{from: kit.NewField(kit.FieldWords{Placeholder: "08:00"}), to: kit.NewField(kit.FieldWords{Placeholder: "22:00"}), note: kit.NewStatus(kit.FindingNone, "")}
	edit := func(field string, fn func(*autoreply.Window)) {
		l.set(func(list []autoreply.Window) []autoreply.Window {
			fn(&list[i])
			return list
		}, field)
	}
	r.days = kit.NewSelector(func(at fyne.Position) {
		l.Menu(at, l.dayMenu(r.window.Days, func(days []autoreply.Day) { edit("", func(w *autoreply.Window) { w.Days = days }) }))
	})
	r.from.OnChanged = func() { edit("from", func(w *autoreply.Window) { w.From = r.from.Text() }) }
	r.to.OnChanged = func() { edit("to", func(w *autoreply.Window) { w.To = r.to.Text() }) }
	remove := kit.NewIconButton(look.IconClose, w.T("rules.remove_time"), func() {
		l.set(func(list []autoreply.Window) []autoreply.Window { return slices.Delete(list, i, i+1) }, "")
	})
	r.run = kit.NewStack(4, kit.NewRun(8, kit.Rest(r.days, 120), kit.Wide(r.from, 78), kit.Own(kit.NewLine("–", kit.Body, look.Text2)), kit.Wide(r.to, 78), kit.Own(remove)), r.note)
	return r
}

// dayMenu offers all days, the usual ones, and each by itself.
func (l *timesList) dayMenu(now []autoreply.Day, set func([]autoreply.Day)) []kit.MenuItem {
	w := l.Words
	items := []kit.MenuItem{
		{Text: w.T("rules.every_day"), Current: len(now) == 0, Do: func() { set(nil) }},
		{Text: l.dayList(days[:5]), Current: slices.Equal(now, days[:5]), Do: func() { set(slices.Clone(days[:5])) }},
		{Text: l.dayList(days[5:]), Current: slices.Equal(now, days[5:]), Do: func() { set(slices.Clone(days[5:])) }},
		{Text: w.T("rules.each_day")},
	}
	for i, d := range days {
		has := len(now) == 0 || slices.Contains(now, d)
		items = append(items, kit.MenuItem{Text: w.T(dayWords[i]), Current: has, Do: func() {
			var chosen []autoreply.Day
			for _, other := range days {
				if (len(now) == 0 || slices.Contains(now, other)) != (other == d) {
					chosen = append(chosen, other)
				}
			}
			if len(chosen) == len(days) || len(chosen) == 0 {
				chosen = nil // none would be never: every day then
			}
			set(chosen)
		}})
	}
	return items
}

func (l *timesList) sync(list []autoreply.Window) {
	for i, row := range l.rows {
		visible(row.run, i < len(list))
		if i >= len(list) {
			continue
		}
		w := list[i]
		row.window = w
		word := l.Words.T("rules.every_day")
		if len(w.Days) > 0 {
			word = l.dayList(w.Days)
		}
		row.days.Set("", kit.HueNone, word)
		setField(row.from, w.From)
		setField(row.to, w.To)
		row.note.Set(l.note(w))
	}
	l.add.SetDisabled("")
	if len(list) >= maxTimes {
		l.add.SetDisabled(l.Words.T("rules.times_full", locale.Args{"Most": maxTimes}))
	}
}

// note says what is wrong with a window, or that it passes midnight.
func (l *timesList) note(w autoreply.Window) (kit.Finding, string) {
	from, good := minute(w.From)
	to, also := minute(w.To)
	switch {
	case !good || !also || from == dayMinutes:
		return kit.FindingBad, l.Words.T("rules.time_form")
	case from == to:
		return kit.FindingBad, l.Words.T("rules.time_same")
	case to < from:
		return kit.FindingNone, l.Words.T("rules.past_midnight", locale.Args{"To": w.To})
	}
	return kit.FindingNone, ""
}

// setField shows a value where another one stands.
func setField(f *kit.Field, text string) {
	if f.Text() != text {
		f.SetText(text)
	}
}

// setTrimmed is setField for a value that begins and ends with no blank, while one
// may be typed.
func setTrimmed(f *kit.Field, text string) {
	if strings.TrimSpace(f.Text()) != text {
		f.SetText(text)
	}
}

// hoursBlock is when the shop is open: off hours are all other times.
type hoursBlock struct {
	*editor
	stack    *kit.Stack
	times    *timesList
	usual    *kit.Line
	holidays *kit.WordBox
	zone     *kit.Field
	status   *kit.Status
}

func newHoursBlock(e *editor) *hoursBlock {
	w := e.Words
	b := &hoursBlock{
		editor: e, usual: kit.NewLine(w.T("rules.usual_hours"), kit.Small, look.Text2), holidays: kit.NewWordBox(w.T("rules.add_holiday")),
		zone: kit.NewField(kit.FieldWords{Label: w.T("rules.zone"), Placeholder: "Europe/Lisbon"}), status: kit.NewStatus(kit.FindingNone, ""),
	}
	b.times = newTimesList(e, func(fn func([]autoreply.Window) []autoreply.Window, _ string) {
		b.editing.ChangeFile(func(f *autoreply.File) { f.Open = fn(f.Open) })
	})
	b.zone.OnChanged = func() { b.editing.ChangeFile(func(f *autoreply.File) { f.Timezone = b.zone.Text() }) }
	b.holidays.OnAdd = b.add
	b.holidays.OnRemove = func(i int) {
		b.editing.ChangeFile(func(f *autoreply.File) { f.Holidays = slices.Delete(f.Holidays, i, i+1) })
	}
	b.stack = kit.NewStack(8, kit.NewLine(w.T("rules.open_hours"), kit.BodyBold, look.Text), kit.NewParagraph(w.T("rules.open_hours_about"), kit.Small, look.Text2),
		b.usual, b.times.stack, kit.NewLine(w.T("rules.holidays"), kit.Small, look.Text2), b.holidays, b.status, b.zone)
	return b
}

func (b *hoursBlock) content() kit.Fitting { return b.stack }
func (b *hoursBlock) settle()              { b.holidays.Add() }

func (b *hoursBlock) sync(autoreply.Rule) {
	f := b.editing.now.file
	b.times.sync(f.Open)
	visible(b.usual, len(f.Open) == 0)
	if !slices.Equal(b.holidays.Words(), f.Holidays) {
		b.holidays.SetWords(f.Holidays)
	}
	setField(b.zone, f.Timezone)
	b.zone.Set(kit.FindingNone, "")
	if _, err := time.LoadLocation(f.Timezone); err != nil || f.Timezone == "Local" {
		b.zone.Set(kit.FindingBad, b.Words.T("rules.zone_form"))
	}
}

func (b *hoursBlock) add(text string) (left string) {
	var dates, wrong []string
	for _, word := range kit.SplitWords(text) {
		if _, err := time.Parse(time.DateOnly, word); err != nil {
			wrong = append(wrong, word)
		} else if !slices.Contains(b.editing.now.file.Holidays, word) && !slices.Contains(dates, word) {
			dates = append(dates, word)
		}
	}
	b.status.Set(kit.FindingNone, "")
	if len(wrong) > 0 {
		b.status.Set(kit.FindingBad, b.Words.T("rules.holiday_form"))
	}
	if len(dates) > 0 {
		b.editing.ChangeFile(func(f *autoreply.File) { f.Holidays = append(f.Holidays, dates...) })
	}
	b.pane.Refresh()
	return strings.Join(wrong, " ")
}
