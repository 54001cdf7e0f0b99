package customers

import (
	"context"
	"errors"
	"io"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/contactfile"
	"shopbell/core/desk"
)

// importStage is how far an import is.
type importStage int

const (
	stageReading importStage = iota
	stagePlanning
	stagePlanned
	stageImporting
	stageRefused // nothing of the file is taken
)

// importing is a file on its way into the customers. Closing its box ends it; what was
// imported by then stays.
type importing struct {
	*Screen
	scope *live.Scope
	name  string
	sheet *kit.Sheet
	close func()

	stage  importStage
	why    string // of stageRefused
	file   *contactfile.File
	plan   []desk.ImportResult  // of the people of the file, as far as they are compared
	people []contactfile.Person // who are imported
	done   []desk.ImportResult  // of those, as far as they are
}

// importFile asks for a file, and shows what importing it would do.
func (s *Screen) importFile() {
	s.ChooseFile(s.Words.T("customers.import_choose"), s.Words.T("files.read"), func(name string, open func() (io.ReadCloser, error)) {
		i := &importing{Screen: s, scope: s.Scope.Inside(), name: name}
		i.sheet = kit.NewSheet(kit.SheetWords{
			Icon: look.IconShare, Title: s.Words.T("customers.import_title"), For: name, Cancel: s.Words.T("template.cancel"),
			Send: s.Words.T("customers.import"), SendKeys: s.SendKeys, SendIcon: look.IconCheck,
		}, fyne.NewSize(560, 560), kit.NewStack(0))
		i.sheet.OnSend = i.begin
		i.draw()
		i.close = s.Hold(i.sheet, i.sheet.Target(), i.closed)
		i.sheet.OnCancel = i.close
		i.read(open)
	})
}

// read reads the file and compares who stands in it with the customers.
func (i *importing) read(open func() (io.ReadCloser, error)) {
	i.scope.Do(func(ctx context.Context) (err error) {
		content, err := open()
		if err != nil {
			return err
		}
		data, err := io.ReadAll(io.LimitReader(content, contactfile.MaxFile+1))
		if err = errors.Join(err, content.Close()); err == nil {
			i.file, err = contactfile.Read(ctx, data, chat.Region(i.Number))
		}
		return err
	}, func(err error) {
		if err != nil {
			i.refuse(err)
			return
		}
		i.stage = stagePlanning
		i.compare()
	})
}

func (i *importing) refuse(err error) {
	i.stage, i.why = stageRefused, i.Words.Explain(err).String()
	if e, ok := errors.AsType[*contactfile.FileError](err); ok {
		i.why = i.fileFault(e)
	}
	i.draw()
}

// compare asks the desk about the people of the file.
func (i *importing) compare() {
	people := make([]contactfile.Person, len(i.file.People))
	for n, e := range i.file.People {
		people[n] = e.Person
	}
	i.inBatches(people, &i.plan, i.Desk.PlanImport, func(err error) {
		if err != nil {
			i.refuse(err)
			return
		}
		i.stage = stagePlanned
		i.draw()
	})
}

// inBatches hands people to the desk, as many at once as it takes, and draws each time
// how many have their result. done is called once all have one, or with the first error.
func (i *importing) inBatches(people []contactfile.Person, results *[]desk.ImportResult,
	ask func(context.Context, desk.Actor, []contactfile.Person) ([]desk.ImportResult, error), done func(err error),
) {
	i.draw()
	at := len(*results)
	if at == len(people) {
		done(nil)
		return
	}
	batch := people[at:min(len(people), at+desk.MaxImport)]
	var more []desk.ImportResult
	i.scope.Do(func(ctx context.Context) (err error) {
		more, err = ask(ctx, i.Who, batch)
		return err
	}, func(err error) {
		if err != nil {
			done(err)
			return
		}
		*results = append(*results, more...)
		i.inBatches(people, results, ask, done)
	})
}

// begin imports who is new or changes.
func (i *importing) begin() {
	if i.stage != stagePlanned {
		return
	}
	for n, r := range i.plan {
		if r.Outcome == desk.ImportNew || r.Outcome == desk.ImportChanged {
			i.people = append(i.people, i.file.People[n].Person)
		}
	}
	i.stage, i.imports = stageImporting, true
	i.inBatches(i.people, &i.done, i.Desk.ImportCustomers, func(err error) {
		i.close()
		if err != nil {
			i.explain(err)
		}
	})
}

// closed ends the import, and says what came of it.
func (i *importing) closed() {
	i.scope.Close()
	if i.stage != stageImporting {
		return
	}
	i.imports = false
	i.refresh()
	if len(i.done) < len(i.people) {
		i.Say(i.Words.T("customers.import_stopped", locale.Args{"Done": i.Words.Count(len(i.done)), "All": i.Words.Count(len(i.people))}), nil)
		return
	}
	t := tallyOf(i.done)
	var said []string
	for _, part := range []struct {
		key string
		n   int
	}{{"customers.imported_new", t.of[desk.ImportNew]}, {"customers.imported_changed", t.of[desk.ImportChanged]}, {"customers.import_refused", t.of[desk.ImportRefused]}} {
		if part.n > 0 {
			said = append(said, i.counted(part.key, part.n))
		}
	}
	i.Done(locale.Dotted(said...))
}

// tally counts what becomes of people.
type tally struct {
	of     map[desk.ImportOutcome]int
	fields map[chat.ProfileField]int // of who is changed
}

func tallyOf(results []desk.ImportResult) tally {
	t := tally{map[desk.ImportOutcome]int{}, map[chat.ProfileField]int{}}
	for _, r := range results {
		t.of[r.Outcome]++
		for _, f := range r.Fields {
			t.fields[f]++
		}
	}
	return t
}
