package inbox

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// typedList is a list as it was typed: rows, and headings of those below them.
type typedList struct {
	text, button string
	lines        []*typedLine
}

type typedLine struct {
	heading      bool
	title, about string
}

func (l *typedList) count(headings bool) int {
	n := 0
	for _, line := range l.lines {
		if line.heading == headings {
			n++
		}
	}
	return n
}

// sections are the rows under their headings. Rows before the first heading have
// none.
func (l *typedList) sections() []chat.ListSection {
	var all []chat.ListSection
	row := 0
	for _, line := range l.lines {
		if line.heading {
			all = append(all, chat.ListSection{Title: strings.TrimSpace(line.title)})
			continue
		}
		if len(all) == 0 {
			all = append(all, chat.ListSection{})
		}
		row++
		last := &all[len(all)-1]
		last.Rows = append(last.Rows, chat.ListRow{
			ID: strconv.Itoa(row), Title: strings.TrimSpace(line.title), Description: strings.TrimSpace(line.about),
		})
	}
	return all
}

// listForm asks for a text with a list under it that a word opens.
type listForm struct {
	Deps
	sheet              *formSheet
	typed              *typedList
	text, button       *kit.Field
	lines              map[*typedLine]*lineFields
	addRow, addHeading *kit.Button
	counted            *kit.Line
}

// lineFields are the fields of one line, and the button that takes it away.
type lineFields struct {
	title, about *kit.Field // about: nil for a heading
	bar          *kit.Bar
}

// chooseList opens the form of a list.
func (p *chatPane) chooseList() {
	p.with(func(t *talk) {
		p.openForm(look.IconList, p.Words.T("form.list"), fyne.NewSize(600, 528), &listForm{Deps: p.Deps, typed: &t.forms.list, lines: map[*typedLine]*lineFields{}})
	})
}

func (f *listForm) content(s *formSheet) (kit.Fitting, fyne.Focusable) {
	f.sheet = s
	if len(f.typed.lines) == 0 {
		f.typed.lines = []*typedLine{{}, {}}
	}
	f.text = s.field(kit.NewAreaField(kit.FieldWords{Label: f.Words.T("form.text")}, 3), chat.MaxInteractiveBody, &f.typed.text)
	f.button = s.field(s.label("form.list_button"), chat.MaxListButton, &f.typed.button)
	f.addRow = kit.NewButton(f.Words.T("form.add_row"), kit.Soft, func() { f.add(&typedLine{}) })
	f.addHeading = kit.NewButton(f.Words.T("form.add_heading"), kit.Plain, func() { f.add(&typedLine{heading: true}) })
	f.addRow.SetSmall(true)
	f.addHeading.SetSmall(true)
	f.counted = kit.NewLine("", kit.Tiny, look.Text3)
	return f.stack(), f.text.Target()
}

// stack puts the fields below each other as the lines are now.
func (f *listForm) stack() *kit.Stack {
	items := []fyne.CanvasObject{f.text, f.button}
	for _, line := range f.typed.lines {
		items = append(items, f.fieldsOf(line).bar)
	}
	return kit.NewStack(10, append(items, kit.NewBar(f.counted, f.addHeading, f.addRow))...)
}

// fieldsOf are the fields of a line, the same each time.
func (f *listForm) fieldsOf(line *typedLine) *lineFields {
	if fields := f.lines[line]; fields != nil {
		return fields
	}
	remove := kit.NewIconButton(look.IconClose, f.Words.T("attach.remove"), func() { f.remove(line) })
	in := func(key string, limit int, value *string) *kit.Field {
		return f.sheet.field(kit.NewTextField(kit.FieldWords{Placeholder: f.Words.T(key)}), limit, value)
	}
	fields := &lineFields{}
	if line.heading {
		fields.title = in("form.heading", chat.MaxListTitle, &line.title)
		fields.bar = kit.NewBar(fields.title, remove)
	} else {
		fields.title = in("form.row", chat.MaxListTitle, &line.title)
		fields.about = in("form.row_about", chat.MaxListRowDetails, &line.about)
		fields.bar = kit.NewBar(kit.NewColumns(8, 120, fields.title, fields.about), remove)
	}
	f.lines[line] = fields
	return fields
}

// add puts a line at the end, to be typed at once.
func (f *listForm) add(line *typedLine) {
	f.typed.lines = append(f.typed.lines, line)
	f.sheet.view.SetContent(f.stack())
	f.sheet.edited()
	f.sheet.view.ScrollToEnd()
	f.Focus(f.fieldsOf(line).title.Target())
}

func (f *listForm) remove(line *typedLine) {
	f.typed.lines = slices.DeleteFunc(f.typed.lines, func(l *typedLine) bool { return l == line })
	delete(f.lines, line)
	f.sheet.view.SetContent(f.stack())
	f.sheet.edited()
}

func (f *listForm) check() string {
	rows, headings := f.typed.count(false), f.typed.count(true)
	f.counted.Set(f.Words.T("form.rows", locale.Args{"N": rows, "Most": chat.MaxListRows}))
	f.addRow.SetDisabled(f.full(rows, chat.MaxListRows, "form.rows_full"))
	f.addHeading.SetDisabled(f.full(headings, chat.MaxListSections, "form.headings_full"))
	over := f.tooLong(f.text, f.button)
	empty := strings.TrimSpace(f.typed.text) == "" || strings.TrimSpace(f.typed.button) == ""
	for _, line := range f.typed.lines {
		fields := f.fieldsOf(line)
		over = f.tooLong(fields.title) || over
		if fields.about != nil {
			over = f.tooLong(fields.about) || over
		}
		empty = empty || strings.TrimSpace(line.title) == ""
	}
	sections := f.typed.sections()
	bare := func(s chat.ListSection) bool { return len(s.Rows) == 0 }
	unnamed := func(s chat.ListSection) bool { return s.Title == "" }
	switch {
	case over:
		return f.Words.T("form.wrong")
	case rows == 0:
		return f.Words.T("form.rows_missing")
	case slices.ContainsFunc(sections, bare):
		return f.Words.T("form.heading_bare")
	case len(sections) > 1 && slices.ContainsFunc(sections, unnamed):
		return f.Words.T("form.heading_missing")
	case empty:
		return f.Words.T("form.list_fill")
	}
	return ""
}

// full says that no more than most can be added; empty: there is room.
func (f *listForm) full(n, most int, key string) string {
	if n < most {
		return ""
	}
	return f.Words.T(key, locale.Args{"Most": most})
}

func (f *listForm) answer() desk.Answer {
	return desk.Answer{
		Text: strings.TrimSpace(f.typed.text),
		List: &chat.List{Button: strings.TrimSpace(f.typed.button), Sections: f.typed.sections()},
	}
}

func (f *listForm) sent() (back func(), err error) {
	return emptied(f.typed, func(t typedList) bool {
		written := func(l *typedLine) bool { return l.title != "" || l.about != "" }
		return t.text == "" && t.button == "" && !slices.ContainsFunc(t.lines, written)
	}), nil
}
