package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// quoteBox is the message that a bubble answers: a strip, who and when, two lines.
type quoteBox struct {
	ground, strip *canvas.Rectangle
	title         *inkLine
	box           *fyne.Container
	lines         []*inkLine
	spot          *hotspot
}

func newQuoteBox(h Hooks) *quoteBox {
	return &quoteBox{
		ground: newRect(), strip: newRect(), title: newInk(TinyBold, look.PrimaryText), box: plainContainer(),
		spot: newHotspot(look.RadiusSmall, h, func() {
			if h.Quoted != nil {
				h.Quoted()
			}
		}),
	}
}

func (q *quoteBox) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{q.ground, q.strip, q.title.box, q.box, q.spot}
}

func (q *quoteBox) paint(data Quote, side Side, s bubbleShape) {
	on := data.Title != ""
	for _, o := range q.objects() {
		show(o, on)
	}
	if !on {
		return
	}
	ground := look.Fill
	if side == Ours {
		ground = look.Surface
	}
	fill(q.ground, ground, look.RadiusSmall)
	fill(q.strip, look.Primary, 1)
	q.title.set(data.Title, look.PrimaryText)
	q.lines = setLines(q.box, q.lines, s.quote, Small, look.Text2)
}

func (q *quoteBox) place(data Quote, s bubbleShape) {
	if data.Title == "" {
		return
	}
	inset := min(quoteInset, s.content.padText)
	x, y, w, h := inset, s.quoteTop, s.width-2*inset, quoteHeight(len(s.quote))
	box(q.ground, x, y, w, h)
	box(q.strip, x, y, 3, h)
	box(q.spot, x, y, w, h)
	left := x + quoteIndent
	q.title.set(Cut(data.Title, w-2*quoteIndent, TinyBold), look.PrimaryText)
	q.title.at(left, y+4)
	for i := range s.quote {
		q.lines[i].at(left, y+4+Tiny.Line()+float32(i)*Small.Line())
	}
}

// strangeMark is what stands around the text of a kind that is not shown: a
// question mark before it, what to do and a word for more below.
type strangeMark struct {
	disc  *canvas.Circle
	glyph iconImage
	box   *fyne.Container
	hints []*inkLine
	dot   *inkLine
	more  *Link
}

func newStrangeMark(h Hooks) *strangeMark {
	s := &strangeMark{disc: &canvas.Circle{}, glyph: newIcon(16), box: plainContainer(), dot: newInk(Tiny, look.Text3)}
	s.more = newLink("", TinyBold, look.PrimaryText, func() { h.act(ActMore) })
	s.more.steady, s.more.hovering = true, h.Hover
	return s
}

func (s *strangeMark) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{s.disc, s.glyph.Image, s.box, s.dot.box, s.more}
}

func (s *strangeMark) paint(m Message, shape bubbleShape) {
	for _, o := range s.objects() {
		show(o, m.Strange)
	}
	if !m.Strange {
		return
	}
	fillCircle(s.disc, look.Fill)
	s.glyph.set(look.IconQuestion, look.Text2)
	s.hints = setLines(s.box, s.hints, shape.hints, Tiny, look.Text3)
	dot := ""
	if len(shape.hints) > 0 && m.More != "" {
		dot = " · "
	}
	s.dot.set(dot, look.Text3)
	s.more.set(m.More, look.PrimaryText)
	show(s.more, m.More != "")
}

func (s *strangeMark) place(m Message, shape bubbleShape) {
	if !m.Strange {
		return
	}
	x, y := bubblePadX, shape.content.padTop
	box(s.disc, x, y, 28, 28)
	s.glyph.mid(x+6, y+14)
	left := x + strangeIndent
	end, last := left, shape.hintTop
	for i := range shape.hints {
		last = shape.hintTop + float32(i)*Tiny.Line()
		s.hints[i].at(left, last)
		end = left + s.hints[i].width()
	}
	s.dot.at(end, last)
	size := s.more.MinSize()
	box(s.more, px(end+s.dot.width()), px(last+Tiny.Line()/2-size.Height/2), size.Width, size.Height)
}

// pill holds the reactions on the lower edge of a bubble.
type pill struct {
	ground frame
	label  *inkLine
}

func newPill() *pill { return &pill{newFrame(), newInk(SmallBold, look.Text2)} }

func (p *pill) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{p.ground.outer, p.ground.inner, p.label.box}
}

func (p *pill) paint(text string) {
	p.ground.setVisible(text != "")
	p.ground.paint(look.Surface, look.Border, pillHigh/2)
	p.label.set(text, look.Text2)
}

// pillWidth is as wide as reactions are with the room around them.
func pillWidth(reactions string) float32 { return ceil(Measure(reactions, SmallBold)) + 2*pillSide }

func (p *pill) place(m Message, s bubbleShape) {
	if m.Reactions == "" {
		return
	}
	wide, high := min(pillWidth(m.Reactions), s.width), look.Grow(pillHigh, 15)
	x := min(pillInset, s.width-wide)
	if m.Side == Ours {
		x = max(0, s.width-pillInset-wide)
	}
	y := s.ground - pillOverlap
	p.label.set(Cut(m.Reactions, wide-2*pillSide, SmallBold), look.Text2)
	p.ground.place(x, y, wide, high)
	p.label.centre(x+wide/2, y+high/2)
}

const (
	pillInset float32 = 10 // from the bubble's side
	pillSide  float32 = 9  // of its own, on either side of the reactions
)
