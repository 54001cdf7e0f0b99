package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Measures of a bubble, from the design guide. The edge counts as padding.
const (
	bubbleMax    float32 = 456
	bubbleAuto   float32 = 436 // the most for an automatic reply
	bubblePadX   float32 = 13
	bubblePadY   float32 = 8
	bubbleMargin float32 = 48 // what stays free beside it in a narrow pane
	timeGap      float32 = 10
	tickRoom     float32 = 18 // a tick of 14 and the gap before it
	choiceGap    float32 = 4
)

// Bubble shows a Message.
type Bubble struct {
	widget.BaseWidget
	onMenu func(at fyne.Position)
	data   Message
	shape  bubbleShape

	ground        frame
	labelIcon     iconImage
	label, detail *inkLine
	strange       iconImage
	lines         *fyne.Container
	inks          []*inkLine
	time          *inkLine
	tick          iconImage
	choices       *fyne.Container
	buttons       []*choiceButton
	reasonBox     *fyne.Container
	reasons       []*inkLine
	actions       *fyne.Container
	links         []*Link
}

// NewBubble makes an empty bubble. onMenu gets the absolute position of a
// secondary tap; it may be nil.
func NewBubble(onMenu func(at fyne.Position)) *Bubble {
	b := &Bubble{
		onMenu: onMenu, ground: newFrame(),
		labelIcon: newIcon(12), label: newInk(TinyBold, look.PrimaryText), detail: newInk(Tiny, look.PrimaryText),
		strange: newIcon(16), lines: plainContainer(), time: newInk(Tiny, look.Text3), tick: newIcon(14),
		choices: plainContainer(), reasonBox: plainContainer(), actions: plainContainer(),
	}
	b.ExtendBaseWidget(b)
	return b
}

// Set shows m in a pane with room pixels between its paddings.
func (b *Bubble) Set(m Message, room float32) {
	b.data = m
	b.shape = shapeOf(m, room)
	b.Refresh()
}

// rewire takes over what the actions of a message that looks the same call now.
func (b *Bubble) rewire(e Entry) {
	m, ok := e.(Message)
	if !ok {
		return
	}
	b.data = m
	for i, a := range m.Actions {
		b.links[i].onTap = a.Do
	}
}

// TappedSecondary implements fyne.SecondaryTappable.
func (b *Bubble) TappedSecondary(e *fyne.PointEvent) {
	if b.onMenu != nil {
		b.onMenu(e.AbsolutePosition)
	}
}

// CreateRenderer implements fyne.Widget.
func (b *Bubble) CreateRenderer() fyne.WidgetRenderer {
	return draw(func() fyne.Size { return fyne.NewSize(b.shape.width, b.shape.height) },
		b.layout, b.paint,
		b.ground.outer, b.ground.inner, b.labelIcon.Image, b.label.box, b.detail.box, b.strange.Image, b.lines,
		b.time.box, b.tick.Image, b.choices, b.reasonBox, b.actions)
}

func (b *Bubble) layout(fyne.Size) {
	s, m := b.shape, b.data
	b.ground.place(0, 0, s.width, s.height)
	labelMid := bubblePadY + px(Tiny.Line()/2)
	b.labelIcon.mid(bubblePadX, labelMid)
	b.label.mid(bubblePadX+16, labelMid)
	b.detail.set(Cut(labelDetail(m), max(0, s.inner-16-b.label.width()), Tiny), look.PrimaryText)
	b.detail.mid(bubblePadX+16+b.label.width(), labelMid)

	x := bubblePadX
	if m.Strange {
		b.strange.mid(x, s.textTop+Body.Line()/2)
		x += 22
	}
	for i := range s.lines {
		b.inks[i].at(x, s.textTop+float32(i)*Body.Line())
	}
	right := s.width - bubblePadX
	timeMid := s.metaTop + Tiny.Line()/2
	if m.Tick != TickNone {
		b.tick.mid(right-14, timeMid)
		b.time.rightMid(right-tickRoom, timeMid)
	} else {
		b.time.rightMid(right, timeMid)
	}
	b.layoutChoices()
	for i := range s.reasons {
		b.reasons[i].at(bubblePadX, s.reasonTop+float32(i)*Tiny.Line())
	}
	b.layoutActions()
}

func (b *Bubble) layoutChoices() {
	s := b.shape
	n := float32(len(b.data.Choices))
	high := look.Grow(28, 16)
	for i := range b.data.Choices {
		if s.stacked {
			box(b.buttons[i], bubblePadX, s.choiceTop+float32(i)*(high+choiceGap), s.inner, high)
			continue
		}
		share := (s.inner - choiceGap*(n-1)) / n
		from := px(float32(i) * (share + choiceGap))
		to := px(float32(i)*(share+choiceGap) + share)
		box(b.buttons[i], bubblePadX+from, s.choiceTop, to-from, high)
	}
}

func (b *Bubble) layoutActions() {
	s, m := b.shape, b.data
	if inlineTrouble(m) {
		link := b.links[0]
		size := link.MinSize()
		mid := s.textTop + Body.Line()*float32(len(s.lines)) - Body.Line()/2
		if s.timeBelow {
			mid = s.metaTop + Tiny.Line()/2
		}
		box(link, s.width-bubblePadX-size.Width, px(mid-size.Height/2), size.Width, size.Height)
		return
	}
	x := bubblePadX
	for i := range m.Actions {
		size := b.links[i].MinSize()
		box(b.links[i], x, s.actionTop, size.Width, actionHeight())
		x += size.Width + 16
	}
}

func (b *Bubble) paint() {
	m := b.data
	ground, word := b.colors()
	b.paintGround(ground)
	labelIcon := look.IconName("")
	if m.Label != "" {
		labelIcon = look.IconBolt
	}
	b.labelIcon.set(labelIcon, look.PrimaryText)
	b.label.set(m.Label, look.PrimaryText)
	b.detail.set(labelDetail(m), look.PrimaryText)

	text, strange := look.Text, look.IconName("")
	if m.Strange {
		text, strange = look.Text2, look.IconQuestion
	}
	b.strange.set(strange, look.Text2)
	b.inks = setLines(b.lines, b.inks, b.shape.lines, Body, text)
	b.reasons = setLines(b.reasonBox, b.reasons, b.shape.reasons, Tiny, word)

	b.time.set(m.Time, look.Text3)
	show(b.time.box, !inlineTrouble(m))
	icon, tickToken := m.Tick.icon()
	b.tick.set(icon, tickToken)
	if inlineTrouble(m) {
		show(b.tick.Image, false)
	}
	b.paintChoices()
	b.paintActions(word)
}

// paintGround gives the bubble its edge, where it has one, and its tail: the
// one corner that is nearly square.
func (b *Bubble) paintGround(ground look.Token) {
	stroke := ground
	if ground == look.Surface {
		stroke = look.Border
	}
	b.ground.paint(ground, stroke, look.RadiusLarge)
	for i, r := range []*canvas.Rectangle{b.ground.outer, b.ground.inner} {
		tail := look.RadiusSmall - float32(i)*look.Hairline
		r.BottomLeftCornerRadius, r.BottomRightCornerRadius = 0, tail
		if b.data.Side == Theirs {
			r.BottomLeftCornerRadius, r.BottomRightCornerRadius = tail, 0
		}
	}
}

func (b *Bubble) paintChoices() {
	for len(b.buttons) < len(b.data.Choices) {
		c := newChoiceButton()
		b.buttons = append(b.buttons, c)
		b.choices.Objects = append(b.choices.Objects, c)
	}
	for i, c := range b.buttons {
		show(c, i < len(b.data.Choices))
		if i < len(b.data.Choices) {
			c.set(b.data.Choices[i])
		}
	}
}

func (b *Bubble) paintActions(word look.Token) {
	for len(b.links) < len(b.data.Actions) {
		l := newLink("", TinyBold, word, nil)
		l.steady = true
		l.glyph.px, l.gap = 12, 4
		b.links = append(b.links, l)
		b.actions.Objects = append(b.actions.Objects, l)
	}
	for i, l := range b.links {
		show(l, i < len(b.data.Actions))
		if i >= len(b.data.Actions) {
			continue
		}
		l.onTap = b.data.Actions[i].Do
		l.icon = ""
		if b.data.Trouble == TroubleFailed && i == 0 {
			l.icon = look.IconRetry
		}
		l.set(b.data.Actions[i].Text, word)
	}
}

// colors returns the ground, and the colour of what is said about a trouble.
func (b *Bubble) colors() (ground, word look.Token) {
	switch {
	case b.data.Trouble == TroubleFailed:
		return look.ErrorSoft, look.ErrorText
	case b.data.Trouble == TroubleUnknown:
		return look.WarnSoft, look.WarnText
	case b.data.Side == Ours:
		return look.PrimarySoft, look.Text2
	}
	return look.Surface, look.Text2
}

func (t Tick) icon() (look.IconName, look.Token) {
	switch t {
	case TickWaiting:
		return look.IconClock, look.Text2
	case TickSent:
		return look.IconCheck, look.Text2
	case TickDelivered:
		return look.IconChecks, look.Text2
	case TickRead:
		return look.IconChecks, look.Primary
	}
	return "", look.Text2
}
