package inbox

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// placeholders is how many grey rows stand for a list that loads slowly.
const placeholders = 8

// filters in the order of the control and of Alt+1..4.
var filters = []struct {
	filter desk.Filter
	key    string
	count  func(desk.Counts) int // nil: no number beside the word
}{
	{desk.FilterMine, "filter.mine", func(n desk.Counts) int { return n.Mine }},
	{desk.FilterWaiting, "filter.waiting", func(n desk.Counts) int { return n.Waiting }},
	{desk.FilterAll, "filter.all", func(n desk.Counts) int { return n.All }},
	{desk.FilterResolved, "filter.resolved", nil},
}

// listPane is the left pane: search, filters, sort line, rows.
type listPane struct {
	*people
	open     func(chat.Conversation)
	selected func() chat.ConversationID

	root    *fyne.Container
	clear   float32 // is kept free at the end, for toasts
	ground  *kit.Ground
	edge    *kit.Divider // between list and chat
	lines   [2]*kit.Divider
	search  *kit.SearchField
	all     *kit.Button // to the search over everything
	filters *kit.Segmented
	closing *kit.Link // those whose window ends soon
	order   *kit.Line
	topHint *kit.Line
	topKey  *kit.KeyCap
	list    *kit.ChatList
	again   *kit.Button
	empty   *kit.Empty
}

func newListPane(d Deps, open func(chat.Conversation), selected func() chat.ConversationID) *listPane {
	p := &listPane{open: open, selected: selected}
	p.people = newPeople(d, p.draw)
	p.ground, p.edge = kit.NewGround(look.Panel), kit.NewDivider()
	p.lines = [2]*kit.Divider{kit.NewDivider(), kit.NewDivider()}
	p.search = kit.NewSearchField(d.Words.T("list.search"), d.Keys.Search)
	p.search.OnChanged = p.typeSearch
	p.search.OnSubmit = func() {
		p.searchNow()
		d.Focus(p.list.Target())
	}
	p.all = kit.NewButton("", kit.Plain, d.SearchAll)
	p.all.SetSmall(true)
	p.all.SetIcon(look.IconSearch, false)
	p.all.SetTip(d.Words.T("keys.search_all") + "  " + d.Keys.SearchAll)
	p.filters = kit.NewSegmented(func(i int) { p.choose(filters[i].filter); p.draw() })
	p.closing = kit.NewOption("", look.IconHourglass, p.toggleClosing)
	p.order = kit.NewLine("", kit.Tiny, look.Text2)
	p.topHint = kit.NewLine("", kit.Tiny, look.Text2)
	p.topKey = kit.NewKeyCap(d.Keys.Longest)
	p.list = kit.NewChatList()
	p.list.OnOpen = p.openRow
	p.list.OnNearEnd = p.loadMore
	p.again = kit.NewButton(d.Words.T("try_again"), kit.Plain, p.refresh)
	p.empty = kit.NewEmpty(look.IconChat, "", "", p.again)
	p.root = container.New(p, p.ground, p.list, p.empty, p.search, p.all, p.filters, p.closing,
		p.lines[0], p.lines[1], p.order, p.topHint, p.topKey, p.edge)
	p.draw()
	return p
}

// openRow opens the row at a place of the list.
func (p *listPane) openRow(i int) {
	if rows := p.rows(); i < len(rows) {
		p.open(rows[i])
	}
}

// toggleClosing shows those whose window ends soon, or all again.
func (p *listPane) toggleClosing() {
	f := desk.FilterClosing
	if p.filter == f {
		f = desk.FilterAll
	}
	p.choose(f)
	p.draw()
}

// reveal scrolls to a conversation, if its row is loaded.
func (p *listPane) reveal(id chat.ConversationID) {
	for i, c := range p.rows() {
		if c.ID == id {
			p.list.ScrollTo(i)
		}
	}
}

// draw shows the model.
func (p *listPane) draw() {
	p.drawFilters()
	state := p.pages.State()
	p.empty.Hide()
	switch state.Phase {
	case live.Loading:
		rows := make([]kit.RowData, placeholders)
		for i := range rows {
			rows[i].Loading = true
		}
		p.list.SetRows(rows)
	case live.Empty, live.Failed:
		p.list.SetRows(nil)
		setVisible(p.again, state.Phase == live.Failed)
		p.empty.Set(p.emptyWords(state.Err))
		p.empty.Show()
	case live.Ready, live.Stale:
		rows := p.rows()
		p.list.ShowRows(len(rows), func(i int) kit.RowData { return p.rowOf(rows[i], rows[i].ID == p.selected(), p.now()) })
	}
	p.root.Refresh()
}

// tick renews what changes with time alone: waits, locks, dates, and windows that
// come to their end.
func (p *listPane) tick(now time.Time) {
	if now.Sub(p.counted) >= time.Minute {
		if p.filter == desk.FilterClosing {
			p.refresh()
		} else {
			p.recount()
		}
	}
	p.list.Renew()
}

func (p *listPane) drawFilters() {
	counts := p.counts.State().Value
	words := make([]string, 0, len(filters))
	current := -1
	for i, f := range filters {
		word := p.Words.T(f.key)
		if f.count != nil {
			word += " " + p.Words.Count(f.count(counts))
		}
		words = append(words, word)
		if f.filter == p.filter {
			current = i
		}
	}
	p.filters.SetItems(words, current)
	p.closing.SetText(p.Words.N("list.closing", counts.Closing))
	p.closing.SetCurrent(p.filter == desk.FilterClosing)
	setVisible(p.closing, counts.Closing > 0 || p.filter == desk.FilterClosing)
}

// drawHead says over the list how it is sorted, and which key answers the first, in
// the longest words that room has space for.
func (p *listPane) drawHead(room float32) {
	order, short := "list.longest", "list.longest_narrow"
	switch {
	case p.pages.State().Phase == live.Stale:
		order, short = "list.stale", "list.stale"
	case p.filter == desk.FilterClosing:
		order, short = "list.closing_order", "list.closing_order"
	case p.filter == desk.FilterResolved:
		order, short = "list.newest", "list.newest"
	}
	for _, keys := range [][2]string{{order, "list.answer_top"}, {order, "list.answer_top_narrow"}, {short, "list.answer_top_narrow"}} {
		p.order.Set(p.Words.T(keys[0]))
		p.topHint.Set(p.Words.T(keys[1]))
		wide := p.order.MinSize().Width
		if p.topHint.Visible() {
			wide += headGap + p.topHint.MinSize().Width + topGap + p.topKey.MinSize().Width
		}
		if wide <= room {
			return
		}
	}
}

// What is free between the words over the list, and before the key.
const (
	headGap float32 = 8
	topGap  float32 = 4
)

func (p *listPane) emptyWords(err error) (icon look.IconName, title, hint string) {
	switch {
	case err != nil:
		return look.IconAlert, p.Words.T("list.failed"), p.Words.Explain(err).String()
	case p.query != "":
		return look.IconSearch, p.Words.T("list.nothing_found"), p.Words.T("list.nothing_found_hint")
	case p.filter == desk.FilterClosing:
		return look.IconCheck, p.Words.T("list.none_closing"), p.Words.T("list.none_closing_hint")
	case p.filter == desk.FilterMine:
		return look.IconChat, p.Words.T("list.none_mine"), p.Words.T("list.none_mine_hint")
	case p.filter == desk.FilterResolved:
		return look.IconCheck, p.Words.T("list.none_resolved"), ""
	case p.filter == desk.FilterWaiting && p.counts.State().Value.All > 0:
		return look.IconCheck, p.Words.T("list.nobody_waits"), ""
	}
	return look.IconChat, p.Words.T("list.empty"), p.Words.T("list.empty_hint")
}

// MinSize implements fyne.Layout.
func (p *listPane) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(240, 300) }

// Layout implements fyne.Layout with the numbers of the design guide.
func (p *listPane) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	const pad = 12
	width := size.Width - 1 // the edge
	place(p.ground, 0, 0, size.Width, size.Height)
	place(p.edge, width, 0, 1, size.Height)
	high := p.search.MinSize().Height
	p.all.SetText(p.allWord(width))
	all := p.all.MinSize().Width
	place(p.all, width-pad-all, 12, all, high)
	place(p.search, pad, 12, width-2*pad-all-8, high)
	y := 12 + high + 8
	place(p.filters, pad, y, width-2*pad, p.filters.MinSize().Height)
	y += p.filters.MinSize().Height + 10
	if p.closing.Visible() {
		high := p.closing.MinSize().Height
		place(p.closing, pad, y-6, min(p.closing.MinSize().Width, width-2*pad), high)
		y += high - 4
	}
	place(p.lines[0], 0, y, width, 1)
	sorted := p.pages.State().Phase != live.Empty
	for _, o := range []fyne.CanvasObject{p.order, p.lines[1]} {
		setVisible(o, sorted)
	}
	top := sorted && p.filter != desk.FilterResolved
	setVisible(p.topHint, top)
	setVisible(p.topKey, top)
	if sorted {
		p.drawHead(width - 2*pad)
		line := look.Grow(26, 16)
		from := func(high float32) float32 { return y + 1.5 + (line-high)/2 } // place cuts the half
		key, hint, order := p.topKey.MinSize(), p.topHint.MinSize(), p.order.MinSize()
		x := width - pad - key.Width
		place(p.topKey, x, from(key.Height), key.Width, key.Height)
		x -= hint.Width + topGap
		place(p.topHint, x, from(hint.Height), hint.Width, hint.Height)
		if !top {
			x = width
		}
		place(p.order, pad, from(order.Height), max(0, x-pad-headGap), order.Height)
		y += line
		place(p.lines[1], 0, y, width, 1)
	}
	y++
	place(p.list, 0, y, width, size.Height-y-p.clear)
	e := p.empty.MinSize()
	place(p.empty, (width-e.Width)/2, max(y, (size.Height-e.Height)/2), e.Width, e.Height)
}

// allWord stands on the way to the search over everything: its key, where the field
// beside it has room for its own words then.
func (p *listPane) allWord(width float32) string {
	if width < look.Grow(300, 120) {
		return ""
	}
	return p.Keys.SearchAll
}

// place moves and resizes on whole pixels.
func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(float32(int(x)), float32(int(y))))
	o.Resize(fyne.NewSize(float32(int(w)), float32(int(h))))
}

func setVisible(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}
