package kit

import (
	"strings"

	"shopbell/app/look"
)

// bubbleShape is where everything stands in a bubble of a message; it depends on
// the message, the room and the text size only.
type bubbleShape struct {
	width, height float32
	ground        float32 // height of the bubble itself: reactions hang over its edge
	inner         float32 // width of the text area
	content       contentShape
	contentTop    float32
	labelTop      float32
	quoteTop      float32
	quote         []string
	lines         []string
	textTop       float32
	textLeft      float32
	timeBelow     bool // the time has no room on the last line
	metaTop       float32
	footLeft      float32
	asides        []string
	asideTop      float32
	choiceTop     float32
	stacked       bool // one button under the other
	reasons       []string
	reasonTop     float32
	actionTop     float32
	hints         []string
	hintTop       float32
}

// Measures of the parts.
const (
	iconIndent    float32 = 16 // an icon of 12 and its gap, before small words
	strangeIndent float32 = 36
	quoteInset    float32 = 9 // from the bubble's edge
	quoteIndent   float32 = 11
	quoteMost             = 2
	quoteLeast    float32 = 234
	troubleLeast  float32 = 326
	asideLeast    float32 = 160
	pillHigh      float32 = 20
	pillOverlap   float32 = 6
)

// reckoning is a shape in the making.
type reckoning struct {
	bubbleShape
	m             Message
	limit         float32 // most for the text area
	y             float32
	widest, last  float32 // widest part, and the last line of the text
	metaWide      float32
	footOwnsALine bool
}

// shapeOf reckons the shape of m in a pane with room pixels between its paddings.
func shapeOf(m Message, room float32) bubbleShape {
	outer := min(widestFor(m), room-bubbleMargin)
	r := reckoning{m: m, metaWide: metaWidth(m)}
	r.content = plainShape(0, 0, 0)
	if m.Content != nil {
		r.content = m.Content.shape(outer-2*bubblePadX, m.Text != "")
	}
	pad := r.content.padText
	r.limit = outer - 2*pad
	r.textLeft, r.footLeft = pad, pad
	r.footOwnsALine = m.Foot != "" || m.Strange || m.Content != nil && m.Text == ""
	r.y = r.content.padTop

	r.label()
	r.quoted()
	if r.content.beside {
		r.beside()
	} else {
		r.above()
		r.words()
		r.foot()
		r.aside(r.asideRoom() - iconIndent)
	}
	r.choices()
	if m.Trouble != TroubleNone && !inlineTrouble(m) {
		r.trouble()
	}
	if m.Reactions != "" {
		r.widen(min(r.limit, pillWidth(m.Reactions)-2*pad))
	}
	r.inner = min(r.limit, px(r.widest))
	r.width = r.inner + 2*pad
	r.ground = r.y + r.content.padBottom
	if inlineTrouble(m) { // its link is higher than the line that it stands in
		r.ground = max(r.ground, linkTop(r.metaTop)+linkHigh())
	}
	r.height = r.ground
	if m.Reactions != "" {
		r.height += look.Grow(pillHigh, 15) - pillOverlap
	}
	return r.bubbleShape
}

// widestFor is the most a bubble of m may be wide.
func widestFor(m Message) float32 {
	switch {
	case m.LabelIcon == look.IconBolt:
		return bubbleAuto
	case len(m.Choices) > 0:
		return bubbleChoices
	}
	return bubbleMax
}

func (r *reckoning) widen(w float32) { r.widest = max(r.widest, w) }

func (r *reckoning) label() {
	if r.m.Label == "" && r.m.Detail == "" {
		return
	}
	r.labelTop = r.y
	r.widen(iconIndent + labelWidth(r.m))
	r.y += Tiny.Line() + 2
	if r.m.LabelIcon == look.IconBolt {
		r.y++
	}
}

func (r *reckoning) quoted() {
	if r.m.Quote.Title == "" {
		return
	}
	room := r.limit - quoteIndent
	r.quoteTop = r.y
	r.quote = wrapAtMost(r.m.Quote.Text, room, Small, quoteMost)
	r.widen(min(r.limit, quoteLeast))
	r.widen(min(r.limit, quoteIndent+Measure(r.m.Quote.Title, TinyBold)))
	for _, line := range r.quote {
		r.widen(quoteIndent + Measure(line, Small))
	}
	r.y += quoteHeight(len(r.quote)) + 5
}

func quoteHeight(lines int) float32 { return 8 + Tiny.Line() + float32(lines)*Small.Line() }

// wrapAtMost is Wrap that ends the last of n lines with "…" where more would follow.
func wrapAtMost(s string, width float32, f Font, n int) []string {
	lines := Wrap(s, width, f)
	if len(lines) <= n {
		return lines
	}
	rest := strings.Join(lines[n-1:], " ")
	return append(lines[:n-1:n-1], Cut(rest, width, f))
}

// above puts the content over the text.
func (r *reckoning) above() {
	if r.m.Content == nil || r.content.under {
		return
	}
	r.contentTop = r.y
	r.widen(r.content.width + 2*(r.content.padX-r.content.padText))
	r.y += r.content.height + r.content.gap
}

// words puts the text with the time on its last line where it fits.
func (r *reckoning) words() {
	m := r.m
	if m.Text == "" && m.Content != nil {
		return
	}
	indent := float32(0)
	if m.Strange {
		indent = strangeIndent
		r.textLeft += indent
	}
	r.textTop = r.y
	r.wrap(r.limit - indent)
	r.widen(indent + r.widestLine())
	r.last += indent
	r.y += Body.Line() * float32(len(r.lines))
	if m.Strange {
		r.strange()
	}
	if r.footOwnsALine {
		return
	}
	r.metaTop = r.y - px((Body.Line()+Tiny.Line())/2) + 2
	switch {
	case r.metaWide == 0:
	case r.last+timeGap+r.metaWide <= r.limit:
		r.widen(r.last + timeGap + r.metaWide)
	default:
		r.timeBelow = true
		r.widen(r.metaWide)
		r.metaTop = r.y
		r.y += Tiny.Line()
	}
}

func textFont(m Message) Font { return Font{Type: look.Body, Bold: m.Strong} }

func (r *reckoning) wrap(width float32) {
	r.lines = Wrap(r.m.Text, width, textFont(r.m))
	if n := len(r.lines); n > 0 {
		r.last = Measure(r.lines[n-1], textFont(r.m))
	}
}

func (r *reckoning) widestLine() float32 {
	w := float32(0)
	for _, line := range r.lines {
		w = max(w, Measure(line, textFont(r.m)))
	}
	return w
}

// strange puts what to do under what came.
func (r *reckoning) strange() {
	more := float32(0)
	if r.m.More != "" {
		more = Measure(" · ", Tiny) + ceil(Measure(r.m.More, TinyBold))
	}
	r.hintTop = r.y
	if r.m.Hint != "" {
		r.hints = Wrap(r.m.Hint, r.limit-strangeIndent-more, Tiny)
		r.y += Tiny.Line() * float32(len(r.hints))
	}
	r.widen(strangeIndent + more) // also where there is no hint before it
	for _, line := range r.hints {
		r.widen(strangeIndent + Measure(line, Tiny) + more)
	}
	r.y = max(r.y, r.content.padTop+28) + 2
}

// foot gives foot and time a line of their own, under a content that stands
// under the text.
func (r *reckoning) foot() {
	if r.content.under {
		r.contentTop = r.y + 5
		r.widen(r.content.width)
		r.y = r.contentTop + r.content.height + r.content.gap
	}
	if !r.footOwnsALine {
		return
	}
	foot := Measure(r.m.Foot, Tiny)
	if r.m.FootIcon != "" {
		foot += iconIndent
	}
	if foot > 0 {
		foot += timeGap
	}
	r.metaTop = r.y
	r.timeBelow = true
	r.widen(min(r.limit, foot+r.content.besideTime+r.metaWide))
	r.y += Tiny.Line()
}

// asideRoom is as wide as a content that stands alone: what is said about it does
// not widen the bubble.
func (r *reckoning) asideRoom() float32 {
	if r.m.Content == nil || r.m.Text != "" {
		return r.limit
	}
	return min(r.limit, max(asideLeast, r.content.width+2*(r.content.padX-r.content.padText)))
}

func (r *reckoning) aside(room float32) {
	if r.m.Aside.Text == "" {
		return
	}
	r.y += 2
	r.asideTop = r.y
	r.asides = Wrap(r.m.Aside.Text, room, Tiny)
	for _, line := range r.asides {
		r.widen(iconIndent + Measure(line, Tiny))
	}
	r.y += Tiny.Line() * float32(len(r.asides))
}

// beside puts the text at the right of the content; foot, aside and time stand at
// the lower end there.
func (r *reckoning) beside() {
	c := r.content
	left := c.padX + c.width + captionGap
	column := min(captionWidth, r.limit+2*c.padText-left-bubblePadX)
	r.contentTop, r.textTop, r.textLeft, r.footLeft = r.y, r.y+2, left, left
	r.wrap(column)
	r.widest = max(r.widest, left+column+bubblePadX-2*c.padText)

	rows := float32(1)
	if r.m.Aside.Text != "" {
		r.asides = Wrap(r.m.Aside.Text, column-iconIndent-timeGap-r.metaWide, Tiny)
		rows = float32(len(r.asides))
		if r.m.Foot != "" {
			rows++
		}
	}
	text := r.textTop + Body.Line()*float32(len(r.lines))
	bottom := max(r.contentTop+c.height-2, text+4+rows*Tiny.Line())
	r.timeBelow = true
	r.metaTop = bottom - Tiny.Line()
	r.asideTop = bottom - Tiny.Line()*float32(len(r.asides))
	r.y = max(r.contentTop+c.height, bottom+2) + 2
}

// footTop is where the foot stands: beside the time, but over an aside that
// shares the time's line.
func (s bubbleShape) footTop() float32 {
	if s.content.beside && len(s.asides) > 0 {
		return s.asideTop - Tiny.Line()
	}
	return s.metaTop
}

func (r *reckoning) choices() {
	if len(r.m.Choices) == 0 {
		return
	}
	r.widen(r.limit)
	r.stacked = mustStack(r.m.Choices, r.limit)
	r.y += 5
	r.choiceTop = r.y
	high := look.Grow(28, 16)
	if r.stacked {
		n := float32(len(r.m.Choices))
		r.y += n*high + (n-1)*choiceGap
	} else {
		r.y += high
	}
}

// metaWidth is the width of what ends the last line: time and tick, or the one
// action of a failed message.
func metaWidth(m Message) float32 {
	if inlineTrouble(m) {
		return troubleLinkWidth(m)
	}
	w := px(Measure(m.Time, Tiny))
	if m.Tick != TickNone {
		w += tickRoom
	}
	return w
}

func labelWidth(m Message) float32 {
	return ceil(Measure(m.Label, TinyBold) + Measure(labelDetail(m), Tiny))
}

func labelDetail(m Message) string {
	switch {
	case m.Detail == "":
		return ""
	case m.Label == "":
		return m.Detail
	case m.Deleted:
		return " " + m.Detail
	}
	return " · " + m.Detail
}

// mustStack reports whether the buttons do not stand well in one row: one has
// more than three words or is wider than its share.
func mustStack(choices []Choice, width float32) bool {
	n := float32(len(choices))
	share := (width - choiceGap*(n-1)) / n
	for _, c := range choices {
		if len(strings.Fields(c.Title)) > 3 || choiceWidth(c) > share {
			return true
		}
	}
	return false
}
