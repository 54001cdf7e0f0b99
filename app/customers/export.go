package customers

import (
	"bytes"
	"context"
	"io"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/contactfile"
	"shopbell/core/desk"
)

// chooseExport offers the formats for who is ticked, or else for all that are shown.
func (p *listPane) chooseExport() {
	w := p.Words
	who := p.counted("customers.count", p.pages.State().Value.Shown)
	if n := len(p.ticked); n > 0 {
		who = w.N("customers.chosen", n)
	}
	var items []kit.MenuItem
	for _, f := range []struct {
		format contactfile.Format
		key    string
	}{{contactfile.CSV, "customers.export_csv"}, {contactfile.VCard, "customers.export_vcard"}} {
		items = append(items, kit.MenuItem{Icon: look.IconSave, Text: w.T(f.key), Keys: who, Do: func() { p.exportAs(f.format) }})
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.out)
	p.Menu(at.AddXY(0, p.out.Size().Height+4), items)
}

// exportAs keeps customers as a file of this computer.
func (s *Screen) exportAs(format contactfile.Format) {
	queries := s.exported()
	count := 0
	name := s.Words.T("customers.export_name") + "-" + s.Scope.Now().Format(time.DateOnly) + "." + string(format)
	s.SaveFile(name, func(ctx context.Context) (io.ReadCloser, error) {
		people, err := s.readAll(ctx, queries)
		if err != nil {
			return nil, err
		}
		count = len(people)
		data := contactfile.WriteVCard(people)
		if format == contactfile.CSV {
			data, err = contactfile.WriteCSV(people, titles(s.Words))
		}
		return io.NopCloser(bytes.NewReader(data)), err
	}, func(err error) {
		if err != nil {
			s.explain(err)
			return
		}
		s.Done(s.counted("customers.exported", count))
	})
}

// exported asks for who is ticked, or else for all that are shown: in the order in which
// they were added, so that nobody moves past the pages who writes meanwhile.
func (m *model) exported() (queries []desk.ExportQuery) {
	for ids := range slices.Chunk(m.chosen(), desk.MaxExport) {
		queries = append(queries, desk.ExportQuery{Only: ids})
	}
	if queries == nil {
		all := m.asked
		all.sort, all.reverse = desk.SortAdded, false
		queries = []desk.ExportQuery{{CustomerQuery: all.query("", desk.MaxExport)}}
	}
	return queries
}

// readAll reads every page.
func (d Deps) readAll(ctx context.Context, queries []desk.ExportQuery) (people []contactfile.Person, err error) {
	for _, q := range queries {
		for {
			page, err := d.Desk.ExportCustomers(ctx, d.Who, q)
			if err != nil {
				return nil, err
			}
			people = append(people, page.People...)
			if q.After = page.Next; q.After == "" {
				break
			}
		}
	}
	return people, nil
}

// titles are the words over the columns of a table.
func titles(w *locale.Words) contactfile.Titles {
	return contactfile.Titles{
		Name: w.T("customers.name"), Phone: w.T("customers.phone"), Labels: w.T("customers.labels"), Language: w.T("customers.language"),
		Email: w.T("customers.email"), Address: w.T("customers.address"), About: w.T("customers.about"),
	}
}
