package settings

import (
	"context"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/desk"
)

// stockLevels is the card of the articles and how many are left of each: found,
// leafed through, changed, added and forgotten.
type stockLevels struct {
	*Screen
	task   *live.Task[desk.StockPage]
	typing *live.Debounce
	search *kit.SearchField
	typed  string   // in the search
	sought string   // of it, what the page was asked for with
	pages  []string // where the pages up to this one begin

	saving   bool
	hint     *kit.Paragraph
	table    *kit.EditTable
	nothing  *kit.Empty
	state    *kit.Status
	again    *kit.Button
	trouble  *kit.Bar
	back, on *kit.Button
	span     *kit.Line // which of them are shown
	pager    *kit.Bar
	adding   *stockAdding
	card     *kit.Panel
}

const (
	// levelsOnPage keep the page and its widgets few: who has more articles searches.
	levelsOnPage = 20
	// searchAfter is how long after the last letter articles are looked for.
	searchAfter = 150 * time.Millisecond
)

func newStockLevels(s *Screen) *stockLevels {
	w := s.Words
	l := &stockLevels{Screen: s, pages: []string{""}, state: kit.NewStatus(kit.FindingNone, ""), span: kit.NewLine("", kit.Small, look.Text2)}
	l.task = live.NewTask(s.Scope, func(p desk.StockPage) bool { return len(p.Articles) == 0 }, func(live.State[desk.StockPage]) { l.draw() })
	l.typing = live.NewDebounce(s.Scope, searchAfter, l.find)
	l.search = kit.NewSearchField(w.T("stock.search"), "")
	l.search.OnChanged = func(text string) {
		l.typed = text
		l.typing.Trigger()
	}
	l.search.OnSubmit = func() {
		l.typing.Flush()
		l.Focus(l.table)
	}
	l.hint = kit.NewParagraph("", kit.Tiny, look.Text2)
	l.buildTable()
	l.nothing = kit.NewEmpty(look.IconStock, "", "", nil)
	l.nothing.Hide()
	l.again = s.soft("stock.again", l.load)
	l.again.SetSmall(true)
	l.trouble = kit.NewBar(l.state, l.again)
	l.back, l.on = s.soft("stock.previous", func() { l.turn(-1) }), s.soft("stock.next", func() { l.turn(1) })
	l.back.SetSmall(true)
	l.on.SetSmall(true)
	l.pager = kit.NewBar(l.span, l.back, l.on)
	l.pager.Hide()
	l.adding = newStockAdding(s, l.added)
	l.card = kit.NewPanel(w.T("stock.levels"), "", kit.NewStack(10, l.search, l.hint, l.table, l.nothing, l.trouble, l.pager, l.adding.body))
	return l
}

func (l *stockLevels) buildTable() {
	w := l.Words
	l.table = kit.NewEditTable(w.T("stock.forget"),
		kit.TableColumn{Title: w.T("stock.article"), Share: 2}, kit.TableColumn{Title: w.T("stock.name"), Share: 3},
		kit.TableColumn{Title: w.T("stock.level"), Wide: 96, Right: true}, kit.TableColumn{Title: w.T("stock.changed"), Wide: 132})
	l.table.OnMove = func(row fyne.CanvasObject) { l.page.Reveal(row) }
	if !l.mayEditStock() {
		l.table.SetReadOnly()
		return
	}
	l.table.OnEdit = l.edit
	l.table.OnSave = func(text string) { l.save(text, func() {}) }
	l.table.OnRemove = l.forget
}

// setWatched says whether a file is watched, which has the last word on a level.
func (l *stockLevels) setWatched(on bool) {
	switch {
	case !l.mayEditStock():
		l.hint.Set(l.Words.T("stock.reader"))
	case on:
		l.hint.Set(l.Words.T("stock.levels_file"))
	default:
		l.hint.Set(l.Words.T("stock.levels_hint"))
	}
}

func (l *stockLevels) load() { l.task.Load(l.ask()) }

// refresh loads the page that is shown again, after a change.
func (l *stockLevels) refresh() { l.task.Refresh(l.ask()) }

func (l *stockLevels) ask() func(context.Context) (desk.StockPage, error) {
	q := desk.StockQuery{Search: l.sought, After: l.pages[len(l.pages)-1], Limit: levelsOnPage}
	return func(ctx context.Context) (desk.StockPage, error) { return l.Levels.Articles(ctx, l.Who, q) }
}

// find shows the first page of what is typed in the search.
func (l *stockLevels) find() {
	if l.typed != l.sought {
		l.sought, l.pages = l.typed, []string{""}
		l.load()
	}
}

// turn goes a page on or back.
func (l *stockLevels) turn(by int) {
	if by < 0 && len(l.pages) > 1 {
		l.pages = l.pages[:len(l.pages)-1]
	} else if next := l.task.State().Value.Next; by > 0 && next != "" {
		l.pages = append(l.pages, next)
	}
	l.load()
}

func (l *stockLevels) draw() {
	w, is := l.Words, l.task.State()
	if is.Phase == live.Empty && len(l.pages) > 1 { // what was on the last page is gone
		l.turn(-1)
		return
	}
	articles := is.Value.Articles
	rows := make([]kit.TableRow, len(articles))
	for i, a := range articles {
		rows[i] = kit.TableRow{Key: desk.StockKey(a.SKU), Cells: []string{a.SKU, a.Name, w.Count(a.Level), w.Recent(a.At, l.Scope.Now()) + " · " + l.origin(a.Origin)}}
	}
	l.table.SetRows(rows)
	setVisible(l.table, len(rows) > 0)
	setVisible(l.hint, len(rows) > 0)
	l.nothing.Set(look.IconStock, w.T("stock.none_yet"), w.T("stock.none_hint"))
	if l.sought != "" {
		l.nothing.Set(look.IconSearch, w.T("stock.none_found"), w.T("stock.none_found_hint"))
	}
	setVisible(l.nothing, is.Phase == live.Empty)
	setVisible(l.search, len(rows) > 0 || l.sought != "")
	l.drawState(is)
	first := (len(l.pages)-1)*levelsOnPage + 1
	l.span.Set(l.Words.Count(first) + "–" + l.Words.Count(first+len(rows)-1))
	setVisible(l.back, len(l.pages) > 1)
	setVisible(l.on, is.Value.Next != "")
	setVisible(l.pager, len(rows) > 0 && (len(l.pages) > 1 || is.Value.Next != ""))
	l.page.Refresh()
}

func (l *stockLevels) drawState(is live.State[desk.StockPage]) {
	l.state.Set(kit.FindingNone, "")
	failed := is.Phase == live.Failed || is.Phase == live.Stale
	switch {
	case failed:
		l.state.Set(kit.FindingBad, l.Words.Explain(is.Err).String())
	case is.Phase == live.Loading:
		l.state.Set(kit.FindingBusy, l.Words.T("stock.loading"))
	}
	setVisible(l.again, failed)
	setVisible(l.trouble, l.state.Text() != "")
}

// origin says where a level comes from.
func (l *stockLevels) origin(o desk.StockOrigin) string {
	switch o {
	case desk.StockByFile:
		return l.Words.T("stock.by_file")
	case desk.StockByPush:
		return l.Words.T("stock.by_push")
	}
	return l.Words.T("stock.by_person")
}

// edit begins with another row once what is typed in this one is saved.
func (l *stockLevels) edit(row int) {
	key := l.table.Rows()[row].Key
	if at := l.table.Editing(); at >= 0 && l.table.Typed() != strconv.Itoa(l.article(at).Level) {
		l.save(l.table.Typed(), func() { l.begin(key) })
		return
	}
	l.begin(key)
}

// begin edits the row with a key, where it is still there.
func (l *stockLevels) begin(key string) {
	row := slices.IndexFunc(l.table.Rows(), func(r kit.TableRow) bool { return r.Key == key })
	if row >= 0 {
		l.table.Edit(row, strconv.Itoa(l.article(row).Level))
		l.page.Refresh()
	}
}

func (l *stockLevels) article(row int) desk.Article { return l.task.State().Value.Articles[row] }

// save stores the level that was typed for the row that is edited, and then calls
// done. What is wrong stays and says why.
func (l *stockLevels) save(text string, done func()) {
	if l.saving {
		return
	}
	a := l.article(l.table.Editing())
	level, fault := levelOf(text)
	switch {
	case fault != "":
		l.complain(l.Words.LevelFault(fault, text))
		return
	case level == a.Level:
		l.table.Done()
		l.page.Refresh()
		done()
		return
	}
	l.saving = true
	l.set(desk.StockChange{SKU: a.SKU, Level: level}, func(err error) {
		l.saving = false
		if err != nil {
			l.complain(l.Words.Explain(err).String())
			return
		}
		l.table.Done()
		l.SayUndo(l.Words.T("stock.set", locale.Args{"Article": a.SKU, "Level": level}), func() { l.restore(a) })
		done()
	})
}

// complain says what is wrong under the row, or where nothing is edited any more
// beside the others' news.
func (l *stockLevels) complain(text string) {
	if l.table.Editing() < 0 {
		l.Say(text, false)
		return
	}
	l.table.Complain(text)
	l.page.Refresh()
}

// forget makes a level unknown, which can be taken back.
func (l *stockLevels) forget(row int) {
	a := l.article(row)
	l.set(desk.StockChange{SKU: a.SKU, Forget: true}, func(err error) {
		if err != nil {
			l.Say(l.Words.Explain(err).String(), false)
			return
		}
		l.SayUndo(l.Words.T("stock.forgotten", locale.Args{"Article": a.SKU}), func() { l.restore(a) })
	})
}

// restore gives an article the level that it had.
func (l *stockLevels) restore(a desk.Article) {
	l.set(desk.StockChange{SKU: a.SKU, Level: a.Level, Name: a.Name}, l.tell)
}

// tell says what went wrong, if anything did.
func (l *stockLevels) tell(err error) {
	if err != nil {
		l.Say(l.Words.Explain(err).String(), false)
	}
}

// set stores one change and shows what holds then.
func (l *stockLevels) set(c desk.StockChange, done func(error)) {
	l.Scope.Do(func(ctx context.Context) error { return l.Levels.SetLevels(ctx, l.Who, []desk.StockChange{c}) }, func(err error) {
		done(err)
		l.refresh()
	})
}

// added is told of an article that is new.
func (l *stockLevels) added(c desk.StockChange) {
	l.refresh()
	l.SayUndo(l.Words.T("stock.added", locale.Args{"Article": c.SKU}), func() {
		l.set(desk.StockChange{SKU: c.SKU, Forget: true}, l.tell)
	})
}
