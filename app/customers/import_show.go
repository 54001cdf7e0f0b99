package customers

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/app/person"
	"shopbell/core/chat"
	"shopbell/core/contactfile"
	"shopbell/core/desk"
)

// lineFaults say why a line of a file is not taken.
var lineFaults = map[contactfile.Code]string{
	contactfile.NoPhone: "importfault.no_phone", contactfile.BadPhone: "importfault.bad_phone", contactfile.BadLanguage: "importfault.bad_language",
	contactfile.BrokenQuote: "importfault.broken_quote", contactfile.BrokenCard: "importfault.broken_card", contactfile.BadLine: "importfault.bad_line",
}

// fileFaults say why nothing of a file is taken, and what to do.
var fileFaults = map[contactfile.Code]string{
	contactfile.TooLarge: "importfault.too_large", contactfile.TooMany: "importfault.too_many", contactfile.NotText: "importfault.not_text",
	contactfile.NoColumns: "importfault.no_columns", contactfile.NobodyInIt: "importfault.nobody_here",
	contactfile.TooFaulty: "importfault.too_faulty",
}

func (d Deps) fileFault(e *contactfile.FileError) string {
	limit := d.Words.Count(e.Limit)
	if e.Code == contactfile.TooLarge {
		limit = d.Words.Size(int64(e.Limit))
	}
	return d.Words.T(fileFaults[e.Code], locale.Args{"Limit": limit})
}

// draw shows how far the import is.
func (i *importing) draw() {
	w := i.Words
	switch i.stage {
	case stageReading:
		i.fill(w.T("customers.import_reading"), kit.NewStatus(kit.FindingBusy, w.T("customers.import_reading")))
	case stageRefused:
		i.fill(w.T("customers.import_nothing"), kit.NewStatus(kit.FindingBad, i.why))
	case stagePlanning:
		i.underWay("customers.import_planning", len(i.plan), len(i.file.People))
	case stageImporting:
		i.underWay("customers.import_running", len(i.done), len(i.people))
	case stagePlanned:
		t := tallyOf(i.plan)
		barred := ""
		if t.of[desk.ImportNew]+t.of[desk.ImportChanged] == 0 {
			barred = w.T("customers.import_nothing")
		}
		i.fill(barred, i.preview(t)...)
	}
}

// fill shows something in the sheet; barred is why nothing can be imported.
func (i *importing) fill(barred string, items ...fyne.CanvasObject) {
	i.sheet.SetContent(kit.NewStack(12, items...))
	i.sheet.Set(i.Words.T("customers.import_hint"), barred)
}

func (i *importing) underWay(key string, done, all int) {
	words := i.Words.T(key, locale.Args{"Done": i.Words.Count(done), "All": i.Words.Count(all)})
	bar := kit.NewProgress()
	bar.Set(float32(done)/float32(max(1, all)), false)
	i.fill(words, kit.NewParagraph(words, kit.Body, look.Text), bar)
}

// preview says what importing will do.
func (i *importing) preview(t tally) (items []fyne.CanvasObject) {
	w := i.Words
	notes := i.notes()
	for _, part := range []struct {
		finding kit.Finding
		key     string
		n       int
	}{
		{kit.FindingGood, "customers.import_new", t.of[desk.ImportNew]},
		{kit.FindingGood, "customers.import_changed", t.of[desk.ImportChanged]},
		{kit.FindingNone, "customers.import_same", t.of[desk.ImportSame]},
		{kit.FindingWarn, "customers.import_notes", len(notes)},
	} {
		if part.n > 0 {
			items = append(items, kit.NewStatus(part.finding, i.counted(part.key, part.n)))
		}
	}
	if len(t.fields) > 0 {
		items = append(items, kit.NewPanel(w.T("customers.import_changes"), i.fieldCounts(t), i.changes()))
	}
	if len(i.file.Ignored) > 0 {
		items = append(items, kit.NewPanel(w.T("customers.import_ignored"), "", kit.NewParagraph(strings.Join(i.file.Ignored, ", "), kit.Small, look.Text2)))
	}
	if len(notes) > 0 {
		items = append(items, kit.NewPanel(w.T("customers.import_lines"), "", i.some(len(notes), func(n int) string {
			return w.T("customers.import_line", locale.Args{"Line": notes[n].line, "What": notes[n].what()})
		})))
	}
	return items
}

// fieldName names what an import changes.
func (d Deps) fieldName(f chat.ProfileField) string {
	switch f {
	case chat.FieldLabel:
		return d.Words.T("customers.labels")
	case desk.ImportPhone:
		return d.Words.T("customers.phone")
	}
	return d.Words.T(fieldWords[f])
}

// fieldCounts says how many customers are given which field.
func (i *importing) fieldCounts(t tally) string {
	fields := slices.SortedFunc(maps.Keys(t.fields), func(a, b chat.ProfileField) int {
		return cmp.Or(cmp.Compare(t.fields[b], t.fields[a]), cmp.Compare(a, b))
	})
	var all []string
	for _, f := range fields {
		all = append(all, i.fieldName(f)+" "+i.Words.Count(t.fields[f]))
	}
	return locale.Dotted(all...)
}

// changes names who is changed, and in what.
func (i *importing) changes() fyne.CanvasObject {
	var changed []int
	for n, r := range i.plan {
		if r.Outcome == desk.ImportChanged {
			changed = append(changed, n)
		}
	}
	return i.some(len(changed), func(n int) string {
		n = changed[n]
		var fields []string
		for _, f := range i.plan[n].Fields {
			fields = append(fields, i.fieldName(f))
		}
		p := i.file.People[n]
		return cmp.Or(p.Name, chat.FormatPhone(p.Phones[0])) + ": " + strings.Join(fields, ", ")
	})
}

// note is what a person has to know of a line of the file. There may be as many as
// lines, of which few are shown: so the words are found when they are asked for.
type note struct {
	line int
	what func() string
}

// notes are what was not taken, by line.
func (i *importing) notes() (all []note) {
	w := i.Words
	for _, p := range i.file.Problems {
		all = append(all, note{p.Line, func() string { return w.T(lineFaults[p.Code], locale.Args{"Value": p.Value}) }})
	}
	for n, r := range i.plan {
		line := i.file.People[n].Line
		if r.Outcome == desk.ImportRefused {
			all = append(all, note{line, func() string { return i.fieldName(r.Wrong) + " – " + person.Wrong(w, string(r.Wrong), r.Limit) }})
		}
		for _, phone := range r.Taken {
			all = append(all, note{line, func() string {
				return w.T("customers.import_taken", locale.Args{"Phone": chat.FormatPhone(phone)})
			}})
		}
		for _, phone := range r.Bad {
			all = append(all, note{line, func() string { return w.T(lineFaults[contactfile.BadPhone], locale.Args{"Value": phone}) }})
		}
	}
	slices.SortStableFunc(all, func(a, b note) int { return a.line - b.line })
	return all
}

// shownLines is how many lines of a list an import shows; the others are counted.
const shownLines = 40

// some lists the first of n lines, and says how many there are more.
func (i *importing) some(n int, line func(int) string) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for k := range min(n, shownLines) {
		rows = append(rows, kit.NewParagraph(line(k), kit.Small, look.Text))
	}
	if n > shownLines {
		rows = append(rows, kit.NewParagraph(i.counted("customers.import_more", n-shownLines), kit.Small, look.Text2))
	}
	return kit.NewStack(4, rows...)
}
