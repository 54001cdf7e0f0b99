package customers

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/app/person"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// recently is what the filter of who wrote lately asks for.
const recently = 30 * 24 * time.Hour

// sorts are the orders in that of the menu, with their columns.
var sorts = []struct {
	by     desk.CustomerSort
	column kit.PersonColumn
	word   string
}{
	{desk.SortLastContact, kit.PersonLast, "customers.last"},
	{desk.SortName, kit.PersonName, "customers.name"},
	{desk.SortOrders, kit.PersonOrders, "customers.orders"},
	{desk.SortSpent, kit.PersonSpent, "customers.spent"},
}

// listPane is the list with what narrows it.
type listPane struct {
	*Screen
	root   *fyne.Container
	ground *kit.Ground
	title  *kit.Line
	count  *kit.Line
	in     *kit.Button // imports
	out    *kit.Button // exports
	add    *kit.Button
	search *kit.SearchField
	sort   *kit.Selector
	wrote, label,
	spent, language, noOrder *kit.ChipButton
	filters *kit.Flow
	shown   *kit.Line
	banner  *kit.Banner
	people  *kit.PersonList
	empty   *kit.Empty
	retry   *kit.Button
	foot    *kit.Line
	bulk    *kit.Flow
	chosen  *kit.Line
	tag     *kit.Button
	merge   *kit.Button
	edges   [2]*kit.Divider
}

func newListPane(s *Screen) *listPane {
	w := s.Words
	p := &listPane{
		Screen: s, ground: kit.NewGround(look.Surface), title: kit.NewLine(w.T("customers.title"), kit.Heading, look.Text), count: kit.NewLine("", kit.Small, look.Text2),
		search: kit.NewSearchField(w.T("customers.search"), s.SearchKeys), shown: kit.NewLine("", kit.Small, look.Text2), banner: kit.NewBanner(),
		foot: kit.NewLine(w.T("customers.keys"), kit.Tiny, look.Text2), chosen: kit.NewLine("", kit.SmallBold, look.Text),
		edges: [2]*kit.Divider{kit.NewDivider(), kit.NewDivider()},
	}
	p.add = kit.NewButton(w.T("customers.new"), kit.Primary, p.newCustomer)
	p.add.SetIcon(look.IconPlus, false)
	p.add.SetDisabled(s.barred())
	p.in = kit.NewButton(w.T("customers.import"), kit.Plain, p.importFile)
	p.in.SetIcon(look.IconShare, false)
	p.in.SetDisabled(s.barred())
	p.out = kit.NewButton(w.T("customers.export"), kit.Plain, p.chooseExport)
	p.out.SetIcon(look.IconSave, false)
	if !s.mayExport() {
		p.out.SetDisabled(w.T("customers.may_not_export"))
	}
	p.search.SetClear(w.T("search.empty_field"))
	p.search.OnChanged = s.typeSearch
	p.search.OnSubmit = func() { s.typing.Flush(); s.FocusList() }
	p.sort = kit.NewSelector(p.chooseSort)
	p.filters = p.newFilters()
	p.people = kit.NewPersonList([...]string{
		w.T("customers.name"), w.T("customers.phone"), w.T("customers.labels"), w.T("customers.last"), w.T("customers.orders"), w.T("customers.spent"),
	}, w.T("customers.tick_all"), p.sortBy, p.tickAll)
	p.people.OnOpen = func(key int64) { s.open(chat.ContactID(key)) }
	p.people.OnTick = func(key int64, on bool) { s.tick(chat.ContactID(key), on); p.draw() }
	p.people.OnNearEnd = s.loadMore
	p.retry = kit.NewButton(w.T("try_again"), kit.Plain, s.refresh)
	p.empty = kit.NewEmpty(look.IconPeople, "", "", p.retry)
	p.tag = kit.NewButton(w.T("customers.label_add"), kit.Plain, p.tagChosen)
	p.tag.SetDisabled(s.barred())
	p.merge = kit.NewButton(w.T("customers.merge"), kit.Plain, func() {
		if ids := s.model.chosen(); len(ids) == 2 {
			s.compare(ids[0], ids[1], desk.Duplicate{})
		}
	})
	p.merge.SetIcon(look.IconMerge, false)
	none := kit.NewButton(w.T("customers.untick"), kit.Plain, func() { clear(s.ticked); p.draw() })
	for _, b := range []*kit.Button{p.tag, p.merge, none} {
		b.SetSmall(true)
	}
	p.bulk = kit.NewFlow(8, p.tag, p.merge, none)
	p.banner.Hide()
	p.root = container.New(p, p.ground, p.title, p.count, p.in, p.out, p.add, p.edges[0], p.search, p.sort, p.filters, p.shown, p.banner,
		p.people, p.empty, p.edges[1], p.foot, p.chosen, p.bulk)
	return p
}

func (p *listPane) newFilters() *kit.Flow {
	w := p.Words
	p.wrote = kit.NewFilterChip("", func() {
		p.look(func(l *looked) {
			if l.within == 0 {
				l.within = recently
			} else {
				l.within = 0
			}
		})
		p.draw()
	})
	p.noOrder = kit.NewFilterChip("", func() { p.look(func(l *looked) { l.noOrder = !l.noOrder }); p.draw() })
	p.label = kit.NewFilterChip("", func() {
		p.choose(p.label, p.asked.label != "", func(l *looked) { l.label = "" }, func() []kit.MenuItem {
			var items []kit.MenuItem
			for _, l := range p.one.Labels() {
				if len(items) < person.MostItems {
					items = append(items, p.item(l.Name, func(q *looked) { q.label = l.Name }))
				}
			}
			return items
		})
	})
	p.language = kit.NewFilterChip("", func() {
		p.choose(p.language, p.asked.language != "", func(l *looked) { l.language = "" }, func() (items []kit.MenuItem) {
			for _, code := range languages {
				items = append(items, p.item(languageName(code), func(q *looked) { q.language = code }))
			}
			return items
		})
	})
	p.spent = kit.NewFilterChip("", func() {
		p.choose(p.spent, p.asked.spentAtLeast != 0, func(l *looked) { l.spentAtLeast = 0 }, func() (items []kit.MenuItem) {
			code := p.pages.State().Value.Currency
			for _, whole := range []string{"50", "100", "500", "1000"} {
				if minor, ok := locale.ParseAmount(whole, code); ok {
					items = append(items, p.item(w.T("customers.from", locale.Args{"Amount": w.Amount(minor, code)}), func(q *looked) { q.spentAtLeast = minor }))
				}
			}
			return items
		})
	})
	return kit.NewFlow(8, p.wrote, p.label, p.spent, p.language, p.noOrder)
}

// choose takes a filter away where it filters, and else offers its values.
func (p *listPane) choose(at *kit.ChipButton, on bool, off func(*looked), items func() []kit.MenuItem) {
	if on {
		p.look(off)
		p.draw()
		return
	}
	list := items()
	if len(list) == 0 {
		list = []kit.MenuItem{{Text: p.Words.T("customers.no_labels")}}
	}
	p.Menu(at.Below(), list)
}

func (p *listPane) item(text string, set func(*looked)) kit.MenuItem {
	return kit.MenuItem{Text: text, Do: func() { p.look(set); p.draw() }}
}

func (p *listPane) chooseSort(at fyne.Position) {
	var items []kit.MenuItem
	for _, s := range sorts {
		items = append(items, kit.MenuItem{Text: p.Words.T(s.word), Current: s.by == p.asked.sort, Do: func() {
			p.look(func(l *looked) { l.sort, l.reverse = s.by, false })
			p.draw()
		}})
	}
	p.Menu(at, items)
}

// sortBy sorts by a column, and the column sorted by from its other end.
func (p *listPane) sortBy(c kit.PersonColumn) {
	for _, s := range sorts {
		if s.column == c {
			p.look(func(l *looked) { l.sort, l.reverse = s.by, l.sort == s.by && !l.reverse })
		}
	}
	p.draw()
}

func (p *listPane) tickAll(on bool) {
	for _, r := range p.rows() {
		p.tick(r.Contact.ID, on)
	}
	p.draw()
}

func (p *listPane) tagChosen() {
	n := len(p.ticked)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.tag)
	p.one.ChooseLabel(at, p.Words.N("customers.chosen", n), nil, func(label string) {
		p.labelAll(label, func(n int) string { return p.Words.N("customers.labelled", n, locale.Args{"Label": label}) })
	})
}

// draw shows the present state.
func (p *listPane) draw() {
	w, s := p.Words, p.pages.State()
	if s.Phase != live.Pending && s.Phase != live.Loading && s.Phase != live.Failed {
		p.count.Set(p.counted("customers.count", s.Value.Total))
		p.shown.Set(p.counted("customers.shown", s.Value.Shown))
	}
	p.drawFilters()
	p.drawBanner()
	p.drawEmpty(s)
	p.drawRows()
	n := len(p.ticked)
	p.chosen.Set(w.N("customers.chosen", n))
	reason := ""
	switch {
	case !p.mayMerge():
		reason = w.T("customers.may_not_merge")
	case n != 2:
		reason = w.T("customers.merge_two")
	}
	p.merge.SetDisabled(reason)
	p.root.Refresh()
}

func (p *listPane) drawFilters() {
	w, l := p.Words, p.asked
	p.wrote.Set(w.T("customers.wrote"), l.within != 0)
	p.noOrder.Set(w.T("customers.no_order"), l.noOrder)
	word := func(key, value string) string {
		if value == "" {
			return w.T(key)
		}
		return value
	}
	p.label.Set(word("customers.label", l.label), l.label != "")
	language, spent, code := "", "", p.pages.State().Value.Currency
	if l.language != "" {
		language = languageName(l.language)
	}
	if l.spentAtLeast != 0 {
		spent = w.T("customers.from", locale.Args{"Amount": w.Amount(l.spentAtLeast, code)})
	}
	p.language.Set(word("customers.language", language), l.language != "")
	p.spent.Set(word("customers.spent", spent), l.spentAtLeast != 0)
	if code == "" {
		p.spent.SetDisabled(w.T("customers.no_orders_yet"))
	} else {
		p.spent.SetDisabled("")
	}
	for _, s := range sorts {
		if s.by == l.sort {
			p.sort.Set(look.IconList, kit.HueNone, w.T(s.word))
			p.people.SetSorted(s.column, l.reverse)
		}
	}
}

func (p *listPane) drawBanner() {
	pairs := p.same.State().Value
	if len(pairs) == 0 {
		p.banner.Hide()
		return
	}
	d := pairs[0]
	p.banner.Set(kit.BannerSame, p.Words.T("customers.same", locale.Args{
		"A": d.A.Contact.DisplayName(), "B": d.B.Contact.DisplayName(), "Why": strings.Join(p.reasons(d), ", "),
	}), kit.Action{Text: p.Words.T("customers.not_same"), Do: func() { p.notSame(d.A.Contact.ID, d.B.Contact.ID, func() {}) }},
		kit.Action{Text: p.Words.T("customers.merge"), Do: func() { p.compare(d.A.Contact.ID, d.B.Contact.ID, d) }})
	p.banner.Show()
}

func (p *listPane) drawEmpty(s live.State[desk.CustomerPage]) {
	w := p.Words
	p.retry.Hide()
	p.empty.Show()
	switch {
	case s.Phase == live.Failed:
		p.retry.Show()
		p.empty.Set(look.IconAlert, w.T("customers.failed"), w.Explain(s.Err).What)
	case s.Phase == live.Empty && p.asked.filtered():
		p.empty.Set(look.IconSearch, w.T("list.nothing_found"), w.T("customers.nothing_hint"))
	case s.Phase == live.Empty:
		p.empty.Set(look.IconPeople, w.T("customers.none"), w.T("customers.none_hint"))
	default:
		p.empty.Hide()
	}
}

// drawRows shows the list alone.
func (p *listPane) drawRows() {
	s := p.pages.State()
	var rows []kit.PersonRow
	if s.Phase == live.Loading {
		rows = slices.Repeat([]kit.PersonRow{{Loading: true}}, 8)
	}
	for _, r := range s.Value.Rows {
		rows = append(rows, p.rowOf(r, s.Value.Currency))
	}
	p.people.SetRows(rows)
}

func (p *listPane) rowOf(r desk.CustomerRow, code string) kit.PersonRow {
	now := p.Scope.Now()
	row := kit.PersonRow{
		Key: int64(r.Contact.ID), Person: p.Chats.Person(r.Contact), Name: r.Contact.DisplayName(), Reached: person.Reached(r.Contact),
		Orders: p.Words.Count(r.Orders), Spent: "–", Ticked: p.ticked[r.Contact.ID], Current: r.Contact.ID == p.one.At(),
	}
	about := []string{strings.ToUpper(r.Language), p.Words.Since(r.Contact.FirstAt, now)}
	if r.Contact.Phone == "" {
		about[1] = p.Words.T("customers.hides_phone")
	}
	if r.Contact.Blocked {
		about = append(about, p.Words.T("customers.blocked"))
	}
	row.About = locale.Dotted(about...)
	for _, l := range r.Labels {
		row.Labels = append(row.Labels, person.LabelData(l))
	}
	if !r.LastAt.IsZero() {
		row.Last = p.Words.Recent(r.LastAt, now)
	}
	if r.Spent > 0 {
		row.Spent = p.Words.Amount(r.Spent, code)
	}
	return row
}

func footHigh() float32 { return look.Grow(36, 16) }

// MinSize implements fyne.Layout.
func (p *listPane) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(400, 300) }

// Layout implements fyne.Layout: head, search, filters, banner, list and foot below one
// another.
func (p *listPane) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	const pad = 16
	stand(p.ground, true, 0, 0, size.Width, size.Height)
	head := look.Grow(56, 22)
	end := size.Width - pad
	for _, b := range []*kit.Button{p.add, p.out, p.in} {
		m := b.MinSize()
		stand(b, true, end-m.Width, (head-m.Height)/2, m.Width, m.Height)
		end -= m.Width + 12
	}
	title, count := p.title.MinSize(), p.count.MinSize()
	stand(p.title, true, pad, (head-title.Height)/2, title.Width+1, title.Height)
	x := pad + title.Width + 12
	stand(p.count, true, x, (head-count.Height)/2+1, max(0, min(count.Width+1, end-x)), count.Height)
	stand(p.edges[0], true, 0, head-1, size.Width, 1)

	y := head + 12
	order, high := p.sort.MinSize(), max(look.Grow(32, 18), p.search.MinSize().Height)
	stand(p.sort, true, size.Width-pad-order.Width, y, order.Width, high)
	stand(p.search, true, pad, y, size.Width-2*pad-8-order.Width, high)
	y += high + 8
	shown := p.shown.MinSize()
	p.filters.Fit(size.Width - 2*pad - shown.Width - 12)
	chips := p.filters.MinSize().Height
	stand(p.filters, true, pad, y, size.Width-2*pad-shown.Width-12, chips)
	stand(p.shown, true, size.Width-pad-shown.Width-1, y+(look.Grow(28, 16)-shown.Height)/2, shown.Width+1, shown.Height)
	y += chips + 12
	if p.banner.Visible() {
		p.banner.Fit(size.Width - 2*pad)
		h := p.banner.MinSize().Height
		stand(p.banner, true, pad, y, size.Width-2*pad, h)
		y += h + 12
	}
	foot := size.Height - footHigh() - p.clear
	stand(p.people, !p.empty.Visible(), 0, y, size.Width, foot-y)
	stand(p.empty, p.empty.Visible(), 0, y, size.Width, foot-y)
	foot = size.Height - footHigh()
	stand(p.edges[1], true, 0, foot, size.Width, 1)
	some := len(p.ticked) > 0
	line := p.foot.MinSize().Height
	stand(p.foot, !some, pad, foot+(footHigh()-line)/2, size.Width-2*pad, line)
	chosen := p.chosen.MinSize()
	stand(p.chosen, some, pad, foot+(footHigh()-chosen.Height)/2, chosen.Width+1, chosen.Height)
	x = pad + chosen.Width + 16
	p.bulk.Fit(size.Width - pad - x)
	h := p.bulk.MinSize().Height
	stand(p.bulk, some, x, foot+(footHigh()-h)/2, size.Width-pad-x, h)
}
