package search

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/kit"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// filterPane shows what the search is narrowed to, with the counts of the present hits.
type filterPane struct {
	*model
	root   *fyne.Container
	bars   *bars
	body   *fyne.Container
	scroll *container.Scroll
	when   *whenPart
	parts  map[string]fyne.CanvasObject // made before, by what they are for
	shown  []fyne.CanvasObject
	clear  *kit.Link
	foot   *fyne.Container
}

func newFilterPane(m *model) *filterPane {
	p := &filterPane{model: m, parts: map[string]fyne.CanvasObject{}}
	p.when = newWhenPart(p)
	p.body = container.New(&inset{16, 16})
	p.scroll = container.NewVScroll(p.body)
	p.clear = kit.NewTextButton(m.Words.T("search.clear"), func() {
		p.filters = newFilters()
		p.again()
	})
	p.foot = container.New(&inset{16, 8}, p.clear)
	p.bars = &bars{bottom: p.foot}
	p.root = container.New(p.bars, kit.NewGround(look.Panel), kit.NewScrolled(p.scroll), p.foot)
	return p
}

// again searches with other filters.
func (p *filterPane) again() {
	p.changed()
	if p.asks() {
		p.look()
	}
}

func (p *filterPane) draw() {
	w := p.Words
	c := p.task.State().Value.Counts
	items := append([]fyne.CanvasObject{p.name("search.by_when")}, p.when.items()...)
	items = append(items, p.name("search.by_kind"))
	items = append(items, boxes(p, kindBoxes, func() map[desk.HitKind]bool { return p.filters.Kinds }, c.Kinds,
		func(k desk.HitKind) string { return w.T(kindWords[k]) })...)
	items = append(items, p.line("search.by_author"), p.name("search.by_author"))
	items = append(items, boxes(p, desk.SearchAuthors, func() map[chat.Author]bool { return p.filters.Authors }, c.Authors,
		func(a chat.Author) string { return w.T(authorWords[a]) })...)
	if len(p.departments) > 0 {
		items = append(items, p.line("search.by_department"), p.name("search.by_department"))
		items = append(items, boxes(p, p.departments, func() map[string]bool { return p.filters.Departments }, c.Departments, func(d string) string {
			if d == "" {
				return w.T("search.no_department")
			}
			return d
		})...)
	}
	items = append(items, p.line("search.by_state"), p.name("search.by_state"))
	items = append(items, boxes(p, desk.SearchStates, func() map[chat.State]bool { return p.filters.States }, c.States,
		func(s chat.State) string { return w.T(stateWords[s]) })...)
	items = append(items, p.customerBox()...)
	items = append(items, p.labelBoxes(c.Labels)...)
	setVisible(p.foot, p.filters.any())
	if !slices.Equal(items, p.shown) {
		p.shown = items
		p.body.Objects = []fyne.CanvasObject{kit.NewStack(8, items...)}
	}
	p.body.Refresh()
	p.scroll.Refresh()
}

// part is what was made for something, made where it was not.
func part[W fyne.CanvasObject](p *filterPane, key string, build func() W) W {
	made, ok := p.parts[key].(W)
	if !ok {
		made = build()
		p.parts[key] = made
	}
	return made
}

func (p *filterPane) name(key string) fyne.CanvasObject {
	return part(p, "name "+key, func() *kit.Line { return kit.NewLine(p.Words.T(key), kit.Tiny, look.Text2) })
}

func (p *filterPane) line(key string) fyne.CanvasObject { return part(p, "line "+key, kit.NewDivider) }

// boxes are those of one filter: the ticked are left in.
func boxes[K ~string](p *filterPane, all []K, off func() map[K]bool, counts map[K]int, word func(K) string) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, v := range all {
		out = append(out, p.box(fmt.Sprintf("%T %s", v, v), func() { flip(off(), v) }, word(v), !off()[v], counts[v]))
	}
	return out
}

// customerBox narrows the search to whom the selected hit is of.
func (p *filterPane) customerBox() []fyne.CanvasObject {
	name := p.filters.Customer.Name
	if h, ok := p.hit(); ok && p.filters.Customer.ID == 0 {
		name = h.Contact.DisplayName()
	}
	if name == "" {
		return nil
	}
	box := part(p, "customer", func() *kit.Pick {
		return kit.NewPick(func(bool) {
			p.only()
			p.again()
		})
	})
	box.Set(kit.PickData{Title: name, On: p.filters.Customer.ID != 0, Light: true})
	return []fyne.CanvasObject{p.line("search.by_customer"), p.name("search.by_customer"), box}
}

// labelBoxes are those of labels: the ticked are looked for.
func (p *filterPane) labelBoxes(counts map[string]int) []fyne.CanvasObject {
	if len(p.labels) == 0 {
		return nil
	}
	out := []fyne.CanvasObject{p.line("search.by_label"), p.name("search.by_label")}
	for _, l := range p.labels {
		out = append(out, p.box("label "+l, func() { flip(p.filters.Labels, l) }, l, p.filters.Labels[l], counts[l]))
	}
	return out
}

func (p *filterPane) box(key string, flip func(), word string, on bool, count int) *kit.Pick {
	box := part(p, key, func() *kit.Pick {
		return kit.NewPick(func(bool) {
			flip()
			p.again()
		})
	})
	data := kit.PickData{Title: word, On: on, Light: true}
	if p.asks() {
		data.Aside = p.counted(p.task.State().Value.Counts, count)
	}
	box.Set(data)
	return box
}

// inset lays out one thing with margins at its sides and above and below it, as high
// as it asks to be for its width.
type inset struct{ side, above float32 }

// MinSize implements fyne.Layout.
func (l *inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	high := 2 * l.above
	for _, o := range objects {
		high += o.MinSize().Height
	}
	return fyne.NewSize(0, high)
}

// Layout implements fyne.Layout.
func (l *inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		if f, ok := o.(kit.Fitting); ok {
			f.Fit(size.Width - 2*l.side)
		}
		o.Move(fyne.NewPos(l.side, l.above))
		o.Resize(fyne.NewSize(size.Width-2*l.side, o.MinSize().Height))
	}
}
