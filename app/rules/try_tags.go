package rules

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
	"shopbell/core/desk"
)

// tags are the circumstances of a trial, each a tag that changes its one. What must
// be typed, a time of day and a stock level, is typed in a line below them.
type tags struct {
	*trial
	content *kit.Stack

	first, when, before, stock, department *kit.Condition

	clock     *kit.Field
	clockLine *kit.Run
	article   *kit.Selector
	level     *kit.Field
	stockLine *kit.Run
	stocking  bool   // the line of the levels is open
	sku       string // whose level is typed
}

func newTags(t *trial) *tags {
	word := t.Words.T
	g := &tags{trial: t}
	g.first = kit.NewCondition(word("try.first_tip"), func() {
		t.given.first = !t.given.first
		t.changed()
	})
	g.when = kit.NewCondition(word("try.when_tip"), func() { g.menuUnder(g.when, g.days()) })
	g.before = kit.NewCondition(word("try.before_tip"), func() {
		t.given.before = (t.given.before + 1) % (autoreply.MaxAutomatic + 1)
		t.changed()
	})
	g.stock = kit.NewCondition(word("try.stock_tip"), g.openStock)
	g.department = kit.NewCondition(word("try.department_tip"), func() { g.menuUnder(g.department, g.departments()) })

	g.clock = kit.NewField(kit.FieldWords{Placeholder: "14:05"})
	g.clock.OnChanged = g.typedClock
	g.clock.OnSubmit = t.run
	g.clockLine = kit.NewRun(8, kit.Own(kit.NewLine(word("try.clock"), kit.Small, look.Text2)), kit.Wide(g.clock, 140))
	g.article = kit.NewSelector(func(at fyne.Position) { g.Menu(at, g.articles()) })
	g.level = kit.NewField(kit.FieldWords{Placeholder: word("try.level_own")})
	g.level.OnChanged = g.typedLevel
	g.level.OnSubmit = t.run
	g.stockLine = kit.NewRun(8, kit.Rest(g.article, 120), kit.Wide(g.level, 140))
	g.content = kit.NewStack(4,
		kit.NewRun(6, kit.Own(g.first), kit.Own(g.when), kit.Own(g.before), kit.Own(g.stock), kit.Own(g.department)),
		g.clockLine, g.stockLine)
	g.show()
	return g
}

// show says the circumstances as they are, and leaves out what the rules do not ask
// for.
func (g *tags) show() {
	word, c := g.Words.T, g.given
	file := g.file()
	first := "try.first_no"
	if c.first {
		first = "try.first_yes"
	}
	g.first.Set(word(first))
	when := word("try.now")
	if !c.day.IsZero() {
		when = g.Words.Weekday(c.day.Weekday()) + " " + clockOf(c.minute)
	}
	g.when.Set(when)
	g.before.Set(word("try.before", locale.Args{"N": strconv.Itoa(c.before), "Of": strconv.Itoa(autoreply.MaxAutomatic)}))
	visible(g.clockLine, !c.day.IsZero())

	articles := file.Articles()
	visible(g.stock, len(articles) > 0)
	visible(g.stockLine, g.stocking && len(articles) > 0)
	g.stock.Set(g.stockWords(articles))
	if !slices.Contains(articles, g.sku) && len(articles) > 0 {
		g.choose(articles[0])
	}
	g.article.Set("", kit.HueNone, g.sku)
	own := word("try.level_own")
	if level, known := g.editor.articles.level(g.sku); known {
		own = word("try.level_known", locale.Args{"N": strconv.Itoa(level)})
	}
	g.level.SetPlaceholder(own)

	visible(g.department, len(departmentsOf(file)) > 0)
	in := word("try.department_none")
	if c.department != "" {
		in = word("try.department", locale.Args{"Department": c.department})
	}
	g.department.Set(in)
}

func (g *tags) file() autoreply.File {
	if g.editing == nil {
		return autoreply.File{}
	}
	return g.editing.File()
}

func clockOf(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// days are when the message may arrive: now, in the next week, on a holiday to come.
func (g *tags) days() []kit.MenuItem {
	now := g.now()
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	items := []kit.MenuItem{{Text: g.Words.T("try.now"), Current: g.given.day.IsZero(), Do: func() {
		g.given.day = time.Time{}
		g.changed()
	}}}
	add := func(day time.Time, aside string) {
		text := g.Words.Weekday(day.Weekday()) + ", " + g.dateOf(day)
		items = append(items, kit.MenuItem{Text: text, Keys: aside, Current: day.Equal(g.given.day), Do: func() { g.arriveOn(day) }})
	}
	holidays := holidaysFrom(g.file(), today)
	for i := range 7 {
		day := today.AddDate(0, 0, i)
		aside := ""
		if slices.ContainsFunc(holidays, day.Equal) {
			aside = g.Words.T("try.holiday")
		}
		add(day, aside)
	}
	for _, day := range holidays {
		if !day.Before(today.AddDate(0, 0, 7)) && len(items) < mostDays {
			add(day, g.Words.T("try.holiday"))
		}
	}
	return items
}

// mostDays bounds the menu of days, which does not scroll.
const mostDays = 12

// dateOf says a date: "24 Nov".
func (g *tags) dateOf(day time.Time) string {
	return g.Words.Recent(time.Date(day.Year(), day.Month(), day.Day(), 12, 0, 0, 0, g.zone()), time.Time{})
}

// holidaysFrom are the holidays of a file from a date on, in their order. One that
// is no date is a fault of the file, which is told.
func holidaysFrom(f autoreply.File, today time.Time) (list []time.Time) {
	for _, h := range f.Holidays {
		if day, err := time.Parse(time.DateOnly, h); err == nil && !day.Before(today) {
			list = append(list, day)
		}
	}
	slices.SortFunc(list, time.Time.Compare)
	return list
}

// arriveOn lets the message arrive on a day, at the time of day it is now until
// another is typed.
func (g *tags) arriveOn(day time.Time) {
	if g.given.day.IsZero() {
		now := g.now()
		g.given.minute = now.Hour()*60 + now.Minute()
		g.clock.SetText(clockOf(g.given.minute))
		g.clock.Set(kit.FindingNone, "")
	}
	g.given.day = day
	g.changed()
	g.Focus(g.clock.Target())
}

func (g *tags) typedClock() {
	minute, ok := minuteOf(g.clock.Text())
	if !ok {
		g.clock.Set(kit.FindingBad, g.Words.T("try.clock_wrong"))
		g.changed()
		return
	}
	g.given.minute = minute
	g.clock.Set(kit.FindingNone, "")
	g.changed()
}

// minuteOf reads a time of day, "9:05" or "14:05".
func minuteOf(text string) (int, bool) {
	at, err := time.Parse("15:4", strings.TrimSpace(text))
	if err != nil {
		return 0, false
	}
	return at.Hour()*60 + at.Minute(), true
}

// openStock opens the line of the levels, or closes it.
func (g *tags) openStock() {
	g.stocking = !g.stocking
	g.changed()
	if g.stocking {
		g.Focus(g.level.Target())
	}
}

// articles choose whose level is typed.
func (g *tags) articles() (items []kit.MenuItem) {
	for _, sku := range g.file().Articles() {
		aside := ""
		if level, ok := g.given.levels[desk.StockKey(sku)]; ok {
			aside = strconv.Itoa(level)
		}
		items = append(items, kit.MenuItem{Text: sku, Keys: aside, Current: sku == g.sku, Do: func() {
			g.choose(sku)
			g.changed()
			g.Focus(g.level.Target())
		}})
	}
	return items
}

// choose shows the level of an article.
func (g *tags) choose(sku string) {
	g.sku = sku
	text := ""
	if level, ok := g.given.levels[desk.StockKey(sku)]; ok {
		text = strconv.Itoa(level)
	}
	g.level.SetText(text)
	g.level.Set(kit.FindingNone, "")
}

func (g *tags) typedLevel() {
	levels := maps.Clone(g.given.levels)
	if levels == nil {
		levels = map[string]int{}
	}
	level, err := strconv.Atoi(g.level.Text())
	switch {
	case g.level.Text() == "":
		delete(levels, desk.StockKey(g.sku))
	case err != nil || level < 0 || level > desk.MaxStockLevel:
		g.level.Set(kit.FindingBad, g.Words.T("try.level_wrong", locale.Args{"Most": strconv.Itoa(desk.MaxStockLevel)}))
		g.changed()
		return
	default:
		levels[desk.StockKey(g.sku)] = level
	}
	g.given.levels = levels
	g.level.Set(kit.FindingNone, "")
	g.changed()
}

// stockWords says which levels are set: the others are the shop's own.
func (g *tags) stockWords(articles []string) string {
	var set []string
	for _, sku := range articles {
		if level, ok := g.given.levels[desk.StockKey(sku)]; ok {
			set = append(set, sku+": "+strconv.Itoa(level))
		}
	}
	switch len(set) {
	case 0:
		return g.Words.T("try.stock_own")
	case 1:
		return set[0]
	}
	return g.Words.T("try.stock_set", locale.Args{"N": strconv.Itoa(len(set))})
}

// departments are where the conversation may stand.
func (g *tags) departments() []kit.MenuItem {
	to := func(department string) func() {
		return func() {
			g.given.department = department
			g.changed()
		}
	}
	items := []kit.MenuItem{{Text: g.Words.T("try.department_none"), Current: g.given.department == "", Do: to("")}}
	for _, d := range departmentsOf(g.file()) {
		items = append(items, kit.MenuItem{Text: d, Current: d == g.given.department, Do: to(d)})
	}
	return items
}

// departmentsOf are the departments that a file names, each once.
func departmentsOf(f autoreply.File) []string {
	list := slices.Clone(f.Departments)
	for _, r := range f.Rules {
		if r.Department != "" && !slices.Contains(list, r.Department) {
			list = append(list, r.Department)
		}
	}
	return list
}

// wrong reports whether something that was typed makes no sense, which its field
// says.
func (g *tags) wrong() bool {
	bad := func(f *kit.Field, shown bool) bool {
		finding, _ := f.Status()
		return shown && finding == kit.FindingBad
	}
	return bad(g.clock, g.clockLine.Visible()) || bad(g.level, g.stockLine.Visible())
}
