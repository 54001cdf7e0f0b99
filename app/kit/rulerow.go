package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// ruleHead is the heading of a group.
type ruleHead struct {
	widget.BaseWidget
	data  RuleGroup
	glyph iconImage
	name  *inkLine
	aside *inkLine
}

func newRuleHead() *ruleHead {
	h := &ruleHead{glyph: newTextIcon(14), name: newInk(TinyBold, look.Text2), aside: newInk(Tiny, look.Text2)}
	h.ExtendBaseWidget(h)
	return h
}

func (h *ruleHead) set(g RuleGroup) {
	if h.data.Icon != g.Icon || h.data.Title != g.Title || h.data.Aside != g.Aside {
		h.data = g
		h.Refresh()
	}
}

func (h *ruleHead) CreateRenderer() fyne.WidgetRenderer {
	return draw(h, func() fyne.Size { return fyne.NewSize(0, ruleGroupHigh()) },
		func(size fyne.Size) {
			mid := size.Height/2 + 2
			h.glyph.mid(20, mid)
			h.aside.rightMid(size.Width-20, mid)
			left := 26 + h.glyph.px
			h.name.set(Cut(h.data.Title, size.Width-left-20-h.aside.width(), TinyBold), look.Text2)
			h.name.mid(left, mid)
		},
		func() {
			h.glyph.set(h.data.Icon, look.Text2)
			h.name.set(h.data.Title, look.Text2)
			h.aside.set(h.data.Aside, look.Text2)
		}, h.glyph.Image, h.name.box, h.aside.box)
}

// ruleRow is a row of a RuleList.
type ruleRow struct {
	widget.BaseWidget
	column  *ruleColumn
	data    RuleRow
	hovered bool

	ground, ring *canvas.Rectangle
	mark         *toggleMark
	name, text   *inkLine
	count        *inkLine
	dot          *canvas.Circle // something is not saved
	warn         iconImage
	blank        [2]*canvas.Rectangle // in place of the words while they are loaded
}

func newRuleRow(c *ruleColumn) *ruleRow {
	r := &ruleRow{
		column: c, ground: newRect(), ring: newRect(), mark: newToggleMark(), name: newInk(Body, look.Text), text: newInk(Tiny, look.Text2),
		count: newInk(Small, look.Text2), dot: &canvas.Circle{}, warn: newTextIcon(14), blank: [2]*canvas.Rectangle{newRect(), newRect()},
	}
	r.ExtendBaseWidget(r)
	return r
}

func (r *ruleRow) set(data RuleRow) {
	if data != r.data {
		r.data = data
		r.Refresh()
	}
}

const (
	ruleSwitch float32 = 12 // left edge of the switch
	ruleText   float32 = 54
)

func (r *ruleRow) CreateRenderer() fyne.WidgetRenderer {
	objects := append([]fyne.CanvasObject{r.ground}, r.mark.objects()...)
	objects = append(objects, r.name.box, r.text.box, r.dot, r.warn.Image, r.count.box, r.blank[0], r.blank[1], r.ring)
	return draw(r, func() fyne.Size { return fyne.NewSize(0, ruleRowHigh()) }, r.layout, r.paint, objects...)
}

func (r *ruleRow) layout(size fyne.Size) {
	box(r.ground, 0, 0, size.Width, size.Height)
	box(r.ring, 0, 0, size.Width, size.Height)
	mid := size.Height / 2
	r.mark.mid(ruleSwitch, mid)
	end := size.Width - 12
	r.count.rightMid(end, mid)
	end -= max(28, ceil(r.count.width())) + 4
	high := Body.Line() + Tiny.Line()
	top := px(mid - high/2)
	named := end
	if r.data.Warn != "" {
		named -= r.warn.px
		r.warn.mid(named, top+Body.Line()/2)
		named -= 6
	}
	r.name.set(Cut(r.data.Name, named-ruleText-12, r.name.font), r.name.token)
	r.name.at(ruleText, top)
	box(r.dot, ruleText+ceil(r.name.width())+5, top+px(Body.Line()/2)-2, 6, 6)
	r.text.set(Cut(r.data.Text, end-ruleText, Tiny), r.text.token)
	r.text.at(ruleText, top+Body.Line())
	box(r.blank[0], ruleText, top+3, (end-ruleText)*0.6, Body.Line()-6)
	box(r.blank[1], ruleText, top+Body.Line()+2, (end-ruleText)*0.4, Tiny.Line()-4)
}

func (r *ruleRow) paint() {
	d := r.data
	ground, name, font := look.Clear, look.Text, Body
	switch {
	case d.Loading:
	case d.Current:
		ground, name, font = look.PrimarySoft, look.PrimaryText, BodyBold
	case r.hovered:
		ground = look.Hover
	}
	if !d.On && !d.Current {
		name = look.Text2
	}
	fill(r.ground, ground, look.RadiusMedium)
	paintRing(r.ring, look.Focus, look.RadiusMedium)
	show(r.ring, r.column.list.ringed && d.Key != 0 && d.Key == r.column.list.at)
	r.mark.paint(d.On, d.Loading || r.column.list.fixed != "")
	r.name.setFont(font)
	r.name.set(d.Name, name)
	r.text.set(d.Text, look.Text2)
	r.count.set(d.Count, look.Text2)
	fillCircle(r.dot, look.Accent)
	show(r.dot, d.Unsaved && !d.Loading)
	warn := look.IconName("")
	if d.Warn != "" && !d.Loading {
		warn = look.IconAlert
	}
	r.warn.set(warn, look.WarnText)
	for _, o := range []fyne.CanvasObject{r.name.box, r.text.box, r.count.box} {
		show(o, !d.Loading)
	}
	for _, b := range r.blank {
		fill(b, look.Fill, look.RadiusSmall)
		show(b, d.Loading)
	}
}

func (r *ruleRow) onSwitch(x float32) bool { return x < ruleText-4 }

// Tapped implements fyne.Tappable.
func (r *ruleRow) Tapped(e *fyne.PointEvent) {
	hideTip(r)
	if r.data.Loading {
		return
	}
	if r.onSwitch(e.Position.X) {
		r.column.list.toggle(r.data.Key)
		return
	}
	r.column.list.open(r.data.Key)
}

// Dragged implements fyne.Draggable.
func (r *ruleRow) Dragged(e *fyne.DragEvent) {
	hideTip(r)
	r.column.drag(r, r.Position().Y+e.Position.Y)
}

// DragEnd implements fyne.Draggable.
func (r *ruleRow) DragEnd() { r.column.dropped() }

// MouseIn implements desktop.Hoverable.
func (r *ruleRow) MouseIn(e *desktop.MouseEvent) {
	r.hovered = true
	r.Refresh()
	tip := r.data.Warn
	if r.onSwitch(e.Position.X) && r.column.list.fixed != "" {
		tip = r.column.list.fixed
	}
	if tip != "" {
		scheduleTip(r, tip, e.AbsolutePosition.Subtract(e.Position), r.Size())
	}
}

// MouseMoved implements desktop.Hoverable.
func (r *ruleRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (r *ruleRow) MouseOut() {
	r.hovered = false
	r.Refresh()
	hideTip(r)
}

// Cursor implements desktop.Cursorable.
func (r *ruleRow) Cursor() desktop.Cursor { return desktop.PointerCursor }
