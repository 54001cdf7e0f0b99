package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Measures of a bubble, from the design guide. The edge counts as padding.
const (
	bubbleMax     float32 = 456
	bubbleAuto    float32 = 436 // the most for an automatic reply
	bubbleChoices float32 = 352 // the most for others with buttons
	bubblePadX    float32 = 13
	bubblePadY    float32 = 8
	bubbleMargin  float32 = 48 // what stays free beside it in a narrow pane
	timeGap       float32 = 10
	tickRoom      float32 = 18 // a tick of 14 and the gap before it
	choiceGap     float32 = 4
)

// Bubble shows a Message.
type Bubble struct {
	widget.BaseWidget
	hooks Hooks
	data  Message
	shape bubbleShape

	ground        frame
	labelIcon     iconImage
	label, detail *inkLine
	quote         *quoteBox
	content       *fyne.Container
	figure        figure
	strange       *strangeMark
	found         *grounds
	lines         *fyne.Container
	inks          []*inkLine
	footIcon      iconImage
	foot, time    *inkLine
	tick          iconImage
	asideIcon     iconImage
	asideBox      *fyne.Container
	asides        []*inkLine
	choices       *fyne.Container
	buttons       []*choiceButton
	trouble       *troubleBox
	reactions     *pill
}

// NewBubble makes an empty bubble.
func NewBubble(h Hooks) *Bubble {
	b := &Bubble{
		hooks: h, ground: newFrame(),
		labelIcon: newIcon(12), label: newInk(TinyBold, look.PrimaryText), detail: newInk(Tiny, look.PrimaryText),
		quote: newQuoteBox(h), content: plainContainer(), strange: newStrangeMark(h), found: newGrounds(), lines: plainContainer(),
		footIcon: newIcon(12), foot: newInk(Tiny, look.Text3), time: newInk(Tiny, look.Text3), tick: newIcon(14),
		asideIcon: newIcon(12), asideBox: plainContainer(), choices: plainContainer(),
		trouble: newTroubleBox(h), reactions: newPill(),
	}
	b.ExtendBaseWidget(b)
	return b
}

// Set shows m in a pane with room pixels between its paddings.
func (b *Bubble) Set(m Message, room float32) {
	b.setFigure(m.Content)
	b.data = m
	b.shape = shapeOf(m, room)
	b.Refresh()
}

// setFigure makes the figure for a content, or keeps the one there is where it
// is of the same type.
func (b *Bubble) setFigure(c Content) {
	switch {
	case c == nil:
		b.figure = nil
		b.content.Objects = nil
	case b.figure == nil || !sameType(c, b.data.Content):
		b.figure = c.figure(b.hooks)
		b.content.Objects = b.figure.objects()
	}
}

// rewire takes over what the actions of a message that looks the same call now.
func (b *Bubble) rewire(e Entry) {
	m, ok := e.(Message)
	if !ok {
		return
	}
	b.data = m
	b.trouble.rewire(m)
}

// TappedSecondary implements fyne.SecondaryTappable.
func (b *Bubble) TappedSecondary(e *fyne.PointEvent) {
	if b.hooks.Menu != nil {
		b.hooks.Menu(e.AbsolutePosition)
	}
}

// CreateRenderer implements fyne.Widget.
func (b *Bubble) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{b.ground.outer, b.ground.inner, b.labelIcon.Image, b.label.box, b.detail.box}
	objects = append(objects, b.quote.objects()...)
	objects = append(objects, b.content)
	objects = append(objects, b.strange.objects()...)
	objects = append(objects, b.found.box, b.lines, b.footIcon.Image, b.foot.box, b.time.box, b.tick.Image, b.asideIcon.Image, b.asideBox, b.choices)
	objects = append(objects, b.trouble.objects()...)
	objects = append(objects, b.reactions.objects()...)
	return draw(b, func() fyne.Size { return fyne.NewSize(b.shape.width, b.shape.height) }, b.layout, b.paint, objects...)
}

func (b *Bubble) layout(fyne.Size) {
	s, m := b.shape, b.data
	pad := s.content.padText
	b.ground.place(0, 0, s.width, s.ground)
	labelMid := s.labelTop + px(Tiny.Line()/2)
	b.labelIcon.mid(pad, labelMid)
	b.label.mid(pad+iconIndent, labelMid)
	b.detail.set(Cut(labelDetail(m), max(0, s.inner-iconIndent-b.label.width()), Tiny), b.detail.token)
	b.detail.mid(pad+iconIndent+b.label.width(), labelMid)
	b.quote.place(m.Quote, s)
	if b.figure != nil {
		b.figure.place(s.content.padX, s.contentTop, s.content.width, s.content.height)
	}
	b.strange.place(m, s)
	b.found.place(underLines(m.Text, m.Found, s.lines, textFont(m), s.textLeft, s.textTop))
	for i := range s.lines {
		b.inks[i].at(s.textLeft, s.textTop+float32(i)*Body.Line())
	}
	b.layoutMeta()
	b.layoutChoices()
	b.trouble.place(m, s)
	b.reactions.place(m, s)
}

// layoutMeta puts the foot and the time on their line, and the aside.
func (b *Bubble) layoutMeta() {
	s, m := b.shape, b.data
	right := s.width - s.content.padText
	if s.content.beside {
		right = s.width - bubblePadX
	}
	timeMid := s.metaTop + Tiny.Line()/2
	timeWide := b.time.width()
	if m.Tick != TickNone {
		b.tick.mid(right-14, timeMid)
		b.time.rightMid(right-tickRoom, timeMid)
		timeWide += tickRoom
	} else {
		b.time.rightMid(right, timeMid)
	}
	if f, ok := b.figure.(*voiceFigure); ok && s.content.besideTime > 0 {
		f.placeBesideTime(right-timeWide-timeGap, timeMid)
		timeWide += s.content.besideTime
	}
	left, footMid := s.footLeft, s.footTop()+Tiny.Line()/2
	b.footIcon.mid(left, footMid)
	if m.FootIcon != "" {
		left += iconIndent
	}
	b.foot.set(Cut(m.Foot, max(0, right-left-timeWide-4), Tiny), look.Text3)
	b.foot.mid(left, footMid)
	b.asideIcon.mid(s.footLeft, s.asideTop+Tiny.Line()/2)
	for i := range s.asides {
		b.asides[i].at(s.footLeft+iconIndent, s.asideTop+float32(i)*Tiny.Line())
	}
}

func (b *Bubble) layoutChoices() {
	s := b.shape
	n := float32(len(b.data.Choices))
	high := look.Grow(28, 16)
	for i := range b.data.Choices {
		if s.stacked {
			box(b.buttons[i], s.content.padText, s.choiceTop+float32(i)*(high+choiceGap), s.inner, high)
			continue
		}
		from, to := share(i, n, s.inner)
		box(b.buttons[i], s.content.padText+from, s.choiceTop, to-from, high)
	}
}

// share is where the ith of n buttons stands in a row.
func share(i int, n, width float32) (from, to float32) {
	each := (width - choiceGap*(n-1)) / n
	from = float32(i) * (each + choiceGap)
	return px(from), px(from + each)
}

func (b *Bubble) paint() {
	m := b.data
	b.paintGround()
	b.paintLabel()
	b.quote.paint(m.Quote, m.Side, b.shape)
	if b.figure != nil {
		b.figure.set(m.Content, m.Side)
	}
	b.strange.paint(m, b.shape)
	text := look.Text
	if m.Deleted {
		text = look.Text2
	}
	b.inks = setLines(b.lines, b.inks, b.shape.lines, textFont(m), text)

	shown := !inlineTrouble(m)
	b.footIcon.set(m.FootIcon, look.Text3)
	b.foot.set(m.Foot, look.Text3)
	b.time.set(m.Time, look.Text3)
	show(b.time.box, shown)
	icon, tickToken := m.Tick.icon()
	b.tick.set(icon, tickToken)
	if !shown {
		show(b.tick.Image, false)
	}
	aside := look.Text3
	if m.Aside.Warn {
		aside = look.WarnText
	}
	b.asideIcon.set(m.Aside.Icon, aside)
	b.asides = setLines(b.asideBox, b.asides, b.shape.asides, Tiny, aside)
	b.paintChoices()
	b.trouble.paint(m, b.shape)
	b.reactions.paint(m.Reactions)
}

func (b *Bubble) paintLabel() {
	m := b.data
	token := look.PrimaryText
	switch {
	case m.Deleted:
		token = look.WarnText
	case m.Side == Theirs && m.LabelIcon != look.IconReply:
		token = look.Text2
	}
	b.labelIcon.set(m.LabelIcon, token)
	b.label.set(m.Label, token)
	b.detail.set(labelDetail(m), token)
}

// paintGround gives the bubble its edge, where it has one, and its tail: the
// one corner that is nearly square.
func (b *Bubble) paintGround() {
	ground := b.groundToken()
	stroke := ground
	switch {
	case b.data.Side == Theirs:
		stroke = look.Border
	case b.data.Trouble == TroubleScheduled:
		stroke = look.Primary
	}
	b.ground.setVisible(!b.shape.content.bare)
	b.ground.paint(ground, stroke, look.RadiusLarge)
	for i, r := range []*canvas.Rectangle{b.ground.outer, b.ground.inner} {
		tail := look.RadiusSmall - float32(i)*look.Hairline
		r.BottomLeftCornerRadius, r.BottomRightCornerRadius = 0, tail
		if b.data.Side == Theirs {
			r.BottomLeftCornerRadius, r.BottomRightCornerRadius = tail, 0
		}
	}
}

func (b *Bubble) groundToken() look.Token {
	switch m := b.data; {
	case m.Trouble == TroubleFailed:
		return look.ErrorSoft
	case m.Trouble == TroubleUnknown, m.Trouble == TroubleAsks:
		return look.WarnSoft
	case m.Trouble == TroubleScheduled:
		return look.Surface
	case m.Deleted:
		return look.Fill
	case m.Side == Ours:
		return look.PrimarySoft
	}
	return look.Surface
}

func (b *Bubble) paintChoices() {
	b.buttons = reuse(b.choices, b.buttons, len(b.data.Choices),
		func(int) *choiceButton { return newChoiceButton() },
		func(i int, c *choiceButton) { c.set(b.data.Choices[i]) })
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
