package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// FoundGroup is a heading with what was found below it.
type FoundGroup struct {
	Icon         look.IconName
	Title, Aside string
	Rows         []FoundRow
	More         string // what stands below the rows to get more of them; empty: there are no more
}

// FoundRow is one thing that was found. Without a Text it is one line high, and About
// stands behind the name.
type FoundRow struct {
	Person Person
	Icon   look.IconName // in the place of Person, of what is nobody's
	Name   FoundText
	About  FoundText
	Tag    string
	Hue    Hue
	Note   string // a tag of its own colour; empty: none
	Time   string
	Who    string // before the text
	Text   FoundText

	Selected bool
	Loading  bool // a placeholder; all else is ignored
}

func (r FoundRow) tall() bool { return r.Loading || r.Text.Text != "" }

func (r FoundRow) height() float32 {
	if r.tall() {
		return look.Grow(54, 34)
	}
	return look.Grow(41, 18)
}

func foundHead() float32 { return look.Grow(30, 16) }

// FoundList shows groups of what was found. It takes no focus: the field in which the
// search is typed keeps it, and moves the selection.
type FoundList struct {
	widget.BaseWidget
	// OnChoose gets the place, over all groups, of a row that was pressed, OnMore the
	// group of which there is to be more.
	OnChoose func(row int)
	OnMore   func(group int)

	groups []FoundGroup
	column *foundColumn
	scroll *container.Scroll
	clip   *container.ThemeOverride
}

// NewFoundList makes an empty list.
func NewFoundList() *FoundList {
	l := &FoundList{}
	l.column = &foundColumn{list: l, rows: plainContainer(), heads: plainContainer(), mores: plainContainer()}
	l.column.ExtendBaseWidget(l.column)
	l.scroll = container.NewVScroll(l.column)
	l.clip = container.NewThemeOverride(l.scroll, look.Bare())
	l.ExtendBaseWidget(l)
	return l
}

// SetGroups replaces what is shown, and goes to the top where other rows are in it.
func (l *FoundList) SetGroups(groups []FoundGroup, top bool) {
	l.groups = groups
	l.column.Refresh()
	l.scroll.Refresh()
	if top {
		l.scroll.ScrollToTop()
	}
}

// Rows are all rows in their order.
func (l *FoundList) Rows() []FoundRow {
	var rows []FoundRow
	for _, g := range l.groups {
		rows = append(rows, g.Rows...)
	}
	return rows
}

// Select marks a row, none for a negative place, and brings it into sight.
func (l *FoundList) Select(row int) {
	i := 0
	y, top, high := float32(0), float32(0), float32(0)
	for g := range l.groups {
		y += foundHead()
		for j := range l.groups[g].Rows {
			r := &l.groups[g].Rows[j]
			r.Selected = i == row
			if r.Selected {
				top, high = y, r.height()
				if j == 0 {
					top, high = top-foundHead(), high+foundHead()
				}
			}
			y += r.height()
			i++
		}
		if l.groups[g].More != "" {
			y += foundMore()
		}
	}
	l.column.Refresh()
	view := l.scroll.Size().Height
	switch {
	case high == 0:
	case top < l.scroll.Offset.Y:
		l.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case top+high > l.scroll.Offset.Y+view:
		l.scroll.ScrollToOffset(fyne.NewPos(0, top+high-view))
	}
}

// CreateRenderer implements fyne.Widget.
func (l *FoundList) CreateRenderer() fyne.WidgetRenderer { return drawThemed(l.clip) }

func foundMore() float32 { return look.Grow(34, 16) }

// foundColumn holds everything, one below the other.
type foundColumn struct {
	widget.BaseWidget
	list               *FoundList
	rows, heads, mores *fyne.Container
	all                []*foundRow
	titles             []*foundTitle
	links              []*Link
}

// CreateRenderer implements fyne.Widget.
func (c *foundColumn) CreateRenderer() fyne.WidgetRenderer {
	return draw(c, c.measure, c.layout, c.paint, c.heads, c.rows, c.mores)
}

func (c *foundColumn) measure() fyne.Size {
	h := float32(0)
	for _, g := range c.list.groups {
		h += foundHead()
		for _, r := range g.Rows {
			h += r.height()
		}
		if g.More != "" {
			h += foundMore()
		}
	}
	return fyne.NewSize(0, h)
}

func (c *foundColumn) paint() {
	rows := c.list.Rows()
	c.all = reuse(c.rows, c.all, len(rows), func(i int) *foundRow {
		return newFoundRow(func() {
			if c.list.OnChoose != nil {
				c.list.OnChoose(i)
			}
		})
	}, func(i int, w *foundRow) { w.set(rows[i]) })
	c.titles = reuse(c.heads, c.titles, len(c.list.groups), func(int) *foundTitle { return newFoundTitle() },
		func(i int, w *foundTitle) { w.set(c.list.groups[i]) })
	c.links = reuse(c.mores, c.links, len(c.list.groups), func(i int) *Link {
		return NewTextButton("", func() {
			if c.list.OnMore != nil {
				c.list.OnMore(i)
			}
		})
	}, func(i int, w *Link) {
		w.SetText(c.list.groups[i].More)
		show(w, c.list.groups[i].More != "")
	})
}

func (c *foundColumn) layout(size fyne.Size) {
	for _, o := range []*fyne.Container{c.rows, c.heads, c.mores} {
		o.Resize(size)
	}
	y, i := float32(0), 0
	for g, group := range c.list.groups {
		box(c.titles[g], 0, y, size.Width, foundHead())
		y += foundHead()
		for range group.Rows {
			h := c.all[i].data.height()
			box(c.all[i], 0, y, size.Width, h)
			y += h
			i++
		}
		if group.More != "" {
			m := c.links[g].MinSize()
			box(c.links[g], foundIndent, px(y+(foundMore()-m.Height)/2), m.Width, m.Height)
			y += foundMore()
		}
	}
}

// foundTitle is the heading of a group.
type foundTitle struct {
	widget.BaseWidget
	data         FoundGroup
	ground, line *canvas.Rectangle
	glyph        iconImage
	title, aside *inkLine
}

func newFoundTitle() *foundTitle {
	t := &foundTitle{ground: newRect(), line: newRect(), glyph: newIcon(14), title: newInk(TinyBold, look.Text2), aside: newInk(Tiny, look.Text3)}
	t.ExtendBaseWidget(t)
	return t
}

func (t *foundTitle) set(data FoundGroup) {
	data.Rows = nil
	t.data = data
	t.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (t *foundTitle) CreateRenderer() fyne.WidgetRenderer {
	return draw(t, func() fyne.Size { return fyne.NewSize(0, foundHead()) }, func(size fyne.Size) {
		box(t.ground, 0, 0, size.Width, size.Height)
		box(t.line, 0, size.Height-1, size.Width, 1)
		mid := px(size.Height / 2)
		t.glyph.mid(foundPad, mid)
		t.title.mid(foundPad+22, mid)
		right := size.Width - foundPad
		t.aside.set(Cut(t.data.Aside, max(0, right-foundPad-22-t.title.width()-12), Tiny), look.Text3)
		t.aside.rightMid(right, mid)
	}, func() {
		fill(t.ground, look.Panel, 0)
		fill(t.line, look.Border, 0)
		t.glyph.set(t.data.Icon, look.Text2)
		t.title.set(t.data.Title, look.Text2)
		t.aside.set(t.data.Aside, look.Text3)
	}, t.ground, t.line, t.glyph.Image, t.title.box, t.aside.box)
}

// Where things stand in a row.
const (
	foundPad    float32 = 16
	foundFace   float32 = 28
	foundIndent float32 = 54
)

// foundRow is one row.
type foundRow struct {
	press
	data FoundRow

	ground, strip, line *canvas.Rectangle
	face                *avatar
	glyph               iconImage
	name, about, text   *foundLine
	who, time           *inkLine
	tag, note           *tag
	blocks              [2]*canvas.Rectangle // the placeholder's
}

func newFoundRow(onTap func()) *foundRow {
	r := &foundRow{
		ground: newRect(), strip: newRect(), line: newRect(), face: newAvatar(), glyph: newIcon(16),
		name: newFoundLine(BodyBold, look.Text), about: newFoundLine(Small, look.Text2), text: newFoundLine(Body, look.Text),
		who: newInk(Small, look.Text2), time: newInk(Tiny, look.Text3), tag: newTag(), note: newTag(),
		blocks: [2]*canvas.Rectangle{newRect(), newRect()},
	}
	r.face.wide, r.face.label = foundFace, newInk(TinyBold, look.Text)
	r.note.hue, r.note.tinted = HueAccent, true
	r.extend(r, onTap)
	return r
}

func (r *foundRow) set(data FoundRow) {
	if r.data.Selected == data.Selected && r.data.same(data) {
		return
	}
	r.data = data
	r.Refresh()
}

func (r FoundRow) same(o FoundRow) bool {
	words := func(r FoundRow) [8]string {
		return [8]string{r.Name.Text, r.About.Text, r.Text.Text, r.Tag, r.Note, r.Time, r.Who, r.Person.Initials}
	}
	return words(r) == words(o) && r.Person == o.Person && r.Icon == o.Icon && r.Hue == o.Hue && r.Loading == o.Loading &&
		slices.Equal(r.Name.Found, o.Name.Found) && slices.Equal(r.About.Found, o.About.Found) && slices.Equal(r.Text.Found, o.Text.Found)
}

// CreateRenderer implements fyne.Widget.
func (r *foundRow) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{r.ground, r.strip, r.line, r.glyph.Image, r.blocks[0], r.blocks[1], r.name.box, r.about.box, r.text.box, r.who.box, r.time.box}
	for _, m := range []mark{r.face, r.tag, r.note} {
		objects = append(objects, m.objects()...)
	}
	return draw(r, func() fyne.Size { return fyne.NewSize(200, r.data.height()) }, r.layout, r.paint, objects...)
}

func (r *foundRow) layout(size fyne.Size) {
	box(r.ground, 0, 0, size.Width, size.Height)
	box(r.line, 0, size.Height-1, size.Width, 1)
	box(r.strip, 0, 0, 3, size.Height-1)
	if r.data.Loading {
		r.face.place(foundPad, 8)
		box(r.blocks[0], foundIndent, 14, px((size.Width-foundIndent)*0.4), 8)
		box(r.blocks[1], foundIndent, 32, px((size.Width-foundIndent)*0.8), 8)
		return
	}
	right := size.Width - foundPad
	mid := px((size.Height - 1) / 2)
	if r.data.tall() {
		mid = 8 + px(Body.Line()/2)
		r.face.place(foundPad, 8)
	} else {
		r.face.place(foundPad, px((size.Height-1-foundFace)/2))
	}
	r.glyph.mid(foundPad+(foundFace-r.glyph.px)/2, mid)
	r.time.rightMid(right, mid+1)
	if r.data.Time != "" {
		right -= r.time.width() + 10
	}
	tags := float32(0)
	for _, t := range []*tag{r.tag, r.note} {
		if t.text != "" {
			tags += t.size().Width + 8
		}
	}
	x := r.name.set(r.data.Name, foundIndent, mid, max(60, right-tags-foundIndent))
	for _, t := range []*tag{r.tag, r.note} {
		t.setVisible(t.text != "" && x+8+t.size().Width <= right+1)
		if t.text != "" {
			t.place(px(x+8), px(mid-t.size().Height/2))
			x += 8 + t.size().Width
		}
	}
	if !r.data.tall() {
		r.about.set(r.data.About, x+10, mid+1, max(0, right-x-10))
		r.text.set(FoundText{}, 0, mid, 0)
		return
	}
	r.about.set(FoundText{}, 0, mid, 0)
	second := mid + px((Body.Line()+Body.Line())/2) + 1
	r.who.mid(foundIndent, second)
	x = foundIndent
	if r.data.Who != "" {
		x += r.who.width() + 4
	}
	r.text.set(r.data.Text, x, second, max(0, size.Width-foundPad-x))
}

func (r *foundRow) paint() {
	d := r.data
	fill(r.ground, rowGround(d.Selected, r.hovered && !d.Loading), 0)
	fill(r.line, look.Border, 0)
	fill(r.strip, look.Primary, 0)
	show(r.strip, d.Selected)
	for _, b := range r.blocks {
		fill(b, look.Fill, 4)
		show(b, d.Loading)
	}
	for _, o := range []fyne.CanvasObject{r.name.box, r.about.box, r.text.box, r.who.box, r.time.box} {
		show(o, !d.Loading)
	}
	r.tag.text, r.tag.hue, r.tag.raised = d.Tag, d.Hue, d.Selected
	r.note.text = d.Note
	r.tag.paint()
	r.note.paint()
	r.tag.setVisible(d.Tag != "" && !d.Loading)
	r.note.setVisible(d.Note != "" && !d.Loading)
	r.face.setVisible(d.Icon == "")
	if d.Loading {
		r.glyph.set("", look.Text2)
		fillCircle(r.face.ground, look.Fill)
		show(r.face.label.box, false)
		return
	}
	r.face.person, r.face.raised = d.Person, d.Selected
	r.face.paint()
	r.glyph.set(d.Icon, look.Text2)
	r.who.set(d.Who, look.Text2)
	r.time.set(d.Time, look.Text3)
}
