package settings

import (
	"context"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/desk"
)

// stockPreview shows what a file would say before it is watched, and lets the
// person say which column is which.
type stockPreview struct {
	*Screen
	head  fyne.CanvasObject
	taken func()

	path   string
	wanted desk.StockColumns // chosen by the person; the others are guessed
	task   *live.Task[desk.StockPreview]

	title   *kit.Line
	about   *kit.Paragraph
	state   *kit.Status
	picks   map[pick]*kit.Selector
	columns *kit.Columns // of the picks
	sheet   *kit.Stack   // the pick with its label
	table   *kit.Table
	rest    *kit.Paragraph // columns that have no room
	faults  *faults
	use     *kit.Button
	body    *kit.Stack
}

// pick is one thing that a person chooses of a file.
type pick string

const (
	pickSheet   pick = "stock.sheet"
	pickArticle pick = "stock.article"
	pickName    pick = "stock.name"
	pickLevel   pick = "stock.level"
)

// in is where a pick stands among the columns.
func (p pick) in(c *desk.StockColumns) *string {
	switch p {
	case pickSheet:
		return &c.Sheet
	case pickArticle:
		return &c.SKU
	case pickName:
		return &c.Name
	}
	return &c.Level
}

// mostColumns are shown of a file; more have no room.
const mostColumns = 6

// newStockPreview makes one that is hidden. taken is called once the file is watched,
// and head, which says how it stands then, is scrolled into sight.
func newStockPreview(s *Screen, head fyne.CanvasObject, taken func()) *stockPreview {
	w := s.Words
	p := &stockPreview{
		Screen: s, head: head, taken: taken, title: kit.NewLine("", kit.BodyBold, look.Text), about: kit.NewParagraph(w.T("stock.preview_about"), kit.Small, look.Text2),
		state: kit.NewStatus(kit.FindingNone, ""), picks: map[pick]*kit.Selector{}, table: kit.NewTable(),
		rest: kit.NewParagraph("", kit.Tiny, look.Text2), faults: newFaults(s),
	}
	p.task = live.NewTask(s.Scope, nil, func(live.State[desk.StockPreview]) { p.draw() })
	p.sheet = p.selector(pickSheet)
	p.use = kit.NewButton(w.T("stock.use"), kit.Primary, p.watch)
	cancel := kit.NewButton(w.T("stock.cancel"), kit.Plain, p.close)
	p.columns = kit.NewColumns(12, 140, p.sheet, p.selector(pickArticle), p.selector(pickName), p.selector(pickLevel))
	// The buttons stand over what is read, so that they keep their place whatever that is.
	p.body = kit.NewStack(10, kit.NewDivider(), kit.NewBar(kit.NewStack(2, p.title, p.about), cancel, p.use),
		p.state, p.columns, p.table, p.rest, p.faults.body)
	p.body.Hide()
	return p
}

func (p *stockPreview) selector(of pick) *kit.Stack {
	s := kit.NewSelector(func(at fyne.Position) { p.Menu(at, p.choices(of)) })
	p.picks[of] = s
	return kit.NewStack(4, kit.NewLine(p.Words.T(string(of)), kit.Small, look.Text2), s)
}

// choices are the sheets or the columns there are.
func (p *stockPreview) choices(of pick) (items []kit.MenuItem) {
	v := p.task.State().Value
	all := v.Headers
	if of == pickSheet {
		all = v.Sheets
	}
	for _, name := range all {
		if name == "" {
			continue
		}
		items = append(items, kit.MenuItem{Text: name, Current: name == *of.in(&v.Columns), Do: func() {
			if of == pickSheet {
				p.wanted = desk.StockColumns{} // another sheet has other columns
			}
			*of.in(&p.wanted) = name
			p.load()
		}})
	}
	return items
}

// open shows a file.
func (p *stockPreview) open(path string) {
	p.path, p.wanted = path, desk.StockColumns{}
	p.task.Forget()
	p.title.Set(p.Words.T("stock.preview", locale.Args{"File": filepath.Base(path)}))
	p.body.Show()
	p.draw()
	p.load()
}

func (p *stockPreview) load() {
	file := p.file()
	p.task.Load(func(ctx context.Context) (desk.StockPreview, error) { return p.Levels.PreviewStock(ctx, p.Who, file) })
}

func (p *stockPreview) file() desk.StockFile { return desk.StockFile{Path: p.path, Columns: p.wanted} }

func (p *stockPreview) close() {
	p.task.Forget()
	p.body.Hide()
	p.page.Refresh()
}

// watch takes the file with the columns that are shown.
func (p *stockPreview) watch() {
	file := p.file()
	file.Columns = p.task.State().Value.Columns
	p.use.SetBusy(true)
	p.Scope.Do(func(ctx context.Context) error { return p.Levels.SetStockFile(ctx, p.Who, file) }, func(err error) {
		p.use.SetBusy(false)
		switch {
		case desk.CodeOf(err) == desk.Invalid:
			p.Say(p.Words.T("stock.refused"), false)
			p.load()
		case err != nil:
			p.Say(p.Words.Explain(err).String(), false)
		default:
			p.close()
			p.page.Reveal(p.head)
			p.Say(p.Words.T("stock.using", locale.Args{"File": filepath.Base(file.Path)}), true)
			p.taken()
		}
	})
}

func (p *stockPreview) draw() {
	w, is := p.Words, p.task.State()
	v, wait := is.Value, ""
	if is.Phase != live.Ready {
		wait = w.T("stock.looking")
	}
	p.drawState(is)
	p.drawTable(v)
	p.faults.set(v.Problems, v.Broken)
	for of, s := range p.picks {
		text := *of.in(&v.Columns)
		if text == "" {
			text = *of.in(&p.wanted)
		}
		if text == "" && of == pickSheet && len(v.Sheets) > 0 {
			text = v.Sheets[0]
		}
		if text == "" {
			text = w.T("stock.column")
		}
		s.Set("", kit.HueNone, text)
		s.SetDisabled(wait)
	}
	setVisible(p.columns, len(v.Headers) > 0 || len(v.Sheets) > 1)
	setVisible(p.sheet, len(v.Sheets) > 1)
	p.page.Refresh()
}

func (p *stockPreview) drawState(is live.State[desk.StockPreview]) {
	w := p.Words
	p.use.SetDisabled("")
	switch {
	case is.Phase == live.Failed || is.Phase == live.Stale:
		p.state.Set(kit.FindingBad, w.Explain(is.Err).String())
	case is.Phase != live.Ready:
		p.state.Set(kit.FindingBusy, w.T("stock.looking"))
	case !is.Value.Usable:
		p.state.Set(kit.FindingBad, w.T("stock.not_usable"))
	case is.Value.Broken > 0:
		p.state.Set(kit.FindingWarn, w.T("stock.usable_partly", locale.Args{
			"Articles": w.N("stock.articles", is.Value.Rows), "Broken": w.N("stock.rows", is.Value.Broken)}))
	default:
		p.state.Set(kit.FindingGood, w.N("stock.articles", is.Value.Rows))
		return
	}
	if !is.Value.Usable || is.Phase != live.Ready {
		p.use.SetDisabled(p.state.Text())
	}
}

// drawTable shows the columns that were found, and then the others.
func (p *stockPreview) drawTable(v desk.StockPreview) {
	var order []int
	found := map[int]pick{}
	for _, of := range []pick{pickArticle, pickName, pickLevel} {
		if i := slices.Index(v.Headers, *of.in(&v.Columns)); i >= 0 && v.Headers[i] != "" && found[i] == "" {
			order, found[i] = append(order, i), of
		}
	}
	for i := range v.Headers {
		if found[i] == "" {
			order = append(order, i)
		}
	}
	more := max(0, len(order)-mostColumns)
	order = order[:len(order)-more]
	columns := make([]kit.TableColumn, len(order))
	for at, i := range order {
		columns[at] = kit.TableColumn{Title: v.Headers[i], Share: 1, Bold: found[i] != "", Right: found[i] == pickLevel}
		if found[i] == pickName {
			columns[at].Share = 2
		}
	}
	rows := make([]kit.TableRow, len(v.First))
	for at, cells := range v.First {
		for _, i := range order {
			text := ""
			if i < len(cells) {
				text = cells[i]
			}
			rows[at].Cells = append(rows[at].Cells, text)
		}
	}
	p.table.Set(columns, rows)
	setVisible(p.table, len(columns) > 0)
	p.rest.Set("")
	if more > 0 {
		p.rest.Set(p.Words.N("stock.columns_more", more))
	}
}
