package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// personLabels is how many labels a row shows; the others are counted.
const personLabels = 2

// personLine draws one row of a PersonList.
type personLine struct {
	widget.BaseWidget
	list            *personLines
	data            PersonRow
	hovered, ringed bool

	ground, strip, line  *canvas.Rectangle
	ring                 bars
	tick                 tickBox
	face                 *avatar
	name, about, reached *inkLine
	last, orders, spent  *inkLine
	more                 *inkLine
	labels               [personLabels]*chip
	blocks               [2]*canvas.Rectangle // the placeholder's
}

func newPersonLine(l *personLines) *personLine {
	p := &personLine{
		list: l, ground: newRect(), strip: newRect(), line: newRect(), ring: newBars(), tick: newTickBox(), face: newAvatar(),
		name: newInk(Body, look.Text), about: newInk(Tiny, look.Text2), reached: newInk(Small, look.Text), last: newInk(Small, look.Text2),
		orders: newInk(Small, look.Text), spent: newInk(SmallBold, look.Text), more: newInk(Tiny, look.Text2),
		blocks: [2]*canvas.Rectangle{newRect(), newRect()},
	}
	for i := range p.labels {
		p.labels[i] = newChip()
	}
	p.face.wide, p.face.label = personFace, newInk(SmallBold, look.Text)
	p.ExtendBaseWidget(p)
	return p
}

// Tapped implements fyne.Tappable: the person is the one that the row shows at the
// release.
func (p *personLine) Tapped(e *fyne.PointEvent) {
	if !p.data.Loading {
		p.list.pressed(p.data.Key, e.Position.X < 2*personPad+personBox)
	}
}

// MouseIn implements desktop.Hoverable.
func (p *personLine) MouseIn(*desktop.MouseEvent) { p.hover(true) }

// MouseMoved implements desktop.Hoverable.
func (p *personLine) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (p *personLine) MouseOut() { p.hover(false) }

func (p *personLine) hover(on bool) {
	p.hovered = on
	p.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (p *personLine) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{p.ground, p.strip, p.line, p.blocks[0], p.blocks[1]}
	objects = append(objects, p.tick.objects()...)
	objects = append(objects, p.face.objects()...)
	for _, l := range p.inks() {
		objects = append(objects, l.box)
	}
	for _, c := range p.labels {
		objects = append(objects, c.objects()...)
	}
	objects = append(objects, p.ring.objects()...)
	return draw(p, func() fyne.Size { return fyne.NewSize(300, personRowHigh()) }, p.layout, p.paint, objects...)
}

func (p *personLine) inks() []*inkLine {
	return []*inkLine{p.name, p.about, p.reached, p.last, p.orders, p.spent, p.more}
}

func (p *personLine) layout(size fyne.Size) {
	box(p.ground, 0, 0, size.Width, size.Height)
	box(p.strip, 0, 0, 3, size.Height-1)
	box(p.line, 0, size.Height-1, size.Width, 1)
	p.ring.place(0, 0, size.Width, size.Height-1, look.RingWidth)
	mid := px((size.Height - 1) / 2)
	p.tick.place(personPad, mid)
	p.face.place(personPad+personBox+personPad, px(mid-personFace/2))
	places := personPlacesOf(size.Width)
	if p.data.Loading {
		box(p.blocks[0], personIndent, mid-12, px(places.width[PersonName]*0.6), 8)
		box(p.blocks[1], personIndent, mid+4, px(places.width[PersonName]*0.4), 8)
		return
	}
	put := func(l *inkLine, c PersonColumn, text string, mid float32, right bool) {
		w := places.width[c]
		show(l.box, w > 0)
		l.set(Cut(text, w, l.font), l.token)
		if right {
			l.rightMid(places.left[c]+w, mid)
			return
		}
		l.mid(places.left[c], mid)
	}
	if p.data.About == "" {
		put(p.name, PersonName, p.data.Name, mid, false)
	} else {
		put(p.name, PersonName, p.data.Name, mid-8*look.Scale(), false)
	}
	put(p.about, PersonName, p.data.About, mid+9*look.Scale(), false)
	put(p.reached, PersonReached, p.data.Reached, mid, false)
	put(p.last, PersonLast, p.data.Last, mid, false)
	put(p.orders, PersonOrders, p.data.Orders, mid, true)
	put(p.spent, PersonSpent, p.data.Spent, mid, true)
	p.layoutLabels(places.left[PersonLabels], places.width[PersonLabels], mid)
}

// layoutLabels shows as many labels as have room, at most personLabels, and counts the
// others. One alone is cut rather than left out.
func (p *personLine) layoutLabels(x, room, mid float32) {
	shown, end := 0, x+room
	for i, c := range p.labels {
		on := room > 0 && i < len(p.data.Labels) && shown == i
		if on {
			c.text = Cut(p.data.Labels[i].Text, min(110*look.Scale(), max(0, end-x-40)), TinyBold)
			c.hue = p.data.Labels[i].Hue
			c.paint()
			on = i == 0 || x+c.size().Width <= end-24
		}
		c.setVisible(on)
		if on {
			c.place(px(x), px(mid-c.size().Height/2))
			x += c.size().Width + 4
			shown++
		}
	}
	rest := len(p.data.Labels) - shown
	text := ""
	switch {
	case room == 0:
	case len(p.data.Labels) == 0:
		text = "–"
	case rest > 0:
		text = "+" + strconv.Itoa(rest)
		x += 2
	}
	p.more.set(text, look.Text2)
	p.more.mid(x, mid)
}

// rowGround is what a row of a list stands on.
func rowGround(current, hovered bool) look.Token {
	switch {
	case current:
		return look.PrimarySoft
	case hovered:
		return look.Hover
	}
	return look.Surface
}

func (p *personLine) paint() {
	d := p.data
	fill(p.ground, rowGround(d.Current, p.hovered && !d.Loading), 0)
	fill(p.strip, look.Primary, 0)
	show(p.strip, d.Current)
	fill(p.line, look.Border, 0)
	p.ring.paint(look.Focus, p.ringed && !d.Loading)
	p.tick.paint(d.Ticked)
	p.tick.setVisible(!d.Loading, d.Ticked)
	for _, b := range p.blocks {
		fill(b, look.Fill, 4)
		show(b, d.Loading)
	}
	for _, l := range p.inks() {
		show(l.box, !d.Loading)
		l.set(l.text, l.token)
	}
	for _, c := range p.labels {
		c.setVisible(false)
	}
	show(p.face.label.box, !d.Loading)
	if d.Loading {
		fillCircle(p.face.ground, look.Fill)
		return
	}
	p.name.setFont(Font{Type: look.Body, Bold: d.Current})
	p.face.person, p.face.raised = d.Person, d.Current
	p.face.paint()
}

// personHeads are the words over the columns. All are one stop for Tab, and the box
// before them another one.
type personHeads struct {
	places
	words    [personColumns]string
	onSort   func(PersonColumn)
	onAll    func(on bool)
	tip      string
	all      bool
	by       PersonColumn
	reversed bool

	ground, line *canvas.Rectangle
	ring         *canvas.Rectangle
	tick         tickBox
	inks         [personColumns]*inkLine
	arrow        iconImage
}

func newPersonHeads(words [personColumns]string, tip string, onSort func(PersonColumn), onAll func(bool)) *personHeads {
	h := &personHeads{
		words: words, tip: tip, onSort: onSort, onAll: onAll, by: PersonLast, ground: newRect(), line: newRect(), ring: newRect(), tick: newTickBox(), arrow: newIcon(12),
	}
	for i := range h.inks {
		h.inks[i] = newInk(Tiny, look.Text2)
	}
	h.extend(h, h.columnAt, func() int { return int(h.by) }, h.choose)
	return h
}

// tickPlace is what columnAt gives for the box.
const tickPlace = -2

func (h *personHeads) columnAt(x float32) int {
	if x < 2*personPad+personBox {
		return tickPlace
	}
	p := personPlacesOf(h.Size().Width)
	for c := range p.left {
		if p.width[c] > 0 && x >= p.left[c]-personGap/2 && x < p.left[c]+p.width[c]+personGap/2 {
			return c
		}
	}
	return -1
}

func sortable(c int) bool {
	return c >= 0 && c < personColumns && PersonColumn(c) != PersonReached && PersonColumn(c) != PersonLabels
}

func (h *personHeads) choose(c int) {
	switch {
	case c == tickPlace:
		h.onAll(!h.all)
	case sortable(c):
		h.onSort(PersonColumn(c))
	}
}

// TypedKey implements fyne.Focusable: Left and Right sort by the column beside, Enter
// from the other end, Space ticks all.
func (h *personHeads) TypedKey(e *fyne.KeyEvent) {
	step := map[fyne.KeyName]int{fyne.KeyLeft: -1, fyne.KeyRight: 1}[e.Name]
	switch {
	case step != 0:
		c := int(h.by) + step
		for c >= 0 && c < personColumns && !sortable(c) {
			c += step
		}
		h.choose(c)
	case e.Name == fyne.KeySpace:
		spend(e)
		h.choose(tickPlace)
	case e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter:
		spend(e)
		h.choose(int(h.by))
	default:
		passKey(e)
	}
}

// MouseIn implements desktop.Hoverable.
func (h *personHeads) MouseIn(e *desktop.MouseEvent) {
	h.places.MouseIn(e)
	if h.hovered == tickPlace {
		scheduleTip(h, h.tip, e.AbsolutePosition.Subtract(e.Position), fyne.NewSize(2*personPad+personBox, h.Size().Height))
	}
}

// MouseOut implements desktop.Hoverable.
func (h *personHeads) MouseOut() {
	h.places.MouseOut()
	hideTip(h)
}

func (h *personHeads) setTicked(all bool) {
	h.all = all
	h.Refresh()
}

func (h *personHeads) setSorted(by PersonColumn, reversed bool) {
	h.by, h.reversed = by, reversed
	h.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (h *personHeads) CreateRenderer() fyne.WidgetRenderer {
	objects := append([]fyne.CanvasObject{h.ground, h.line}, h.tick.objects()...)
	for _, l := range h.inks {
		objects = append(objects, l.box)
	}
	return draw(h, func() fyne.Size { return fyne.NewSize(300, personHeadHigh()) }, h.layout, h.paint, append(objects, h.arrow.Image, h.ring)...)
}

func (h *personHeads) layout(size fyne.Size) {
	box(h.ground, 0, 0, size.Width, size.Height)
	box(h.line, 0, size.Height-1, size.Width, 1)
	box(h.ring, 1, 1, size.Width-2, size.Height-3)
	mid := px((size.Height - 1) / 2)
	h.tick.place(personPad, mid)
	p := personPlacesOf(size.Width)
	for c, l := range h.inks {
		show(l.box, p.width[c] > 0)
		room := p.width[c]
		if PersonColumn(c) == h.by {
			room -= h.arrow.px + 4
		}
		l.set(Cut(h.words[c], max(0, room), l.font), l.token)
		right := PersonColumn(c) >= PersonOrders
		x := p.left[c]
		if right {
			x = p.left[c] + p.width[c] - l.width()
		}
		l.mid(x, mid)
		if PersonColumn(c) == h.by {
			at := x + l.width() + 4
			if right {
				at = x - 4 - h.arrow.px
			}
			h.arrow.mid(at, mid)
		}
	}
}

func (h *personHeads) paint() {
	fill(h.ground, look.Panel, 0)
	fill(h.line, look.Border, 0)
	paintRing(h.ring, look.Focus, look.RadiusSmall)
	show(h.ring, h.focused)
	h.tick.paint(h.all)
	for c, l := range h.inks {
		token := look.Text2
		if PersonColumn(c) == h.by || c == h.hovered && sortable(c) {
			token = look.Text
		}
		l.setFont(Font{Type: look.Tiny, Bold: PersonColumn(c) == h.by})
		l.set(h.words[c], token)
	}
	icon := look.IconArrowDown
	if h.reversed {
		icon = look.IconArrowUp
	}
	h.arrow.set(icon, look.Text)
}
