package kit

import (
	"strings"

	"shopbell/app/look"
)

// bubbleShape is where everything stands in a bubble of a message; it depends on
// the message, the room and the text size only.
type bubbleShape struct {
	width, height float32
	inner         float32 // width of the text area
	lines         []string
	textTop       float32
	timeBelow     bool // the time has no room on the last line
	metaTop       float32
	choiceTop     float32
	stacked       bool // one button under the other
	reasons       []string
	reasonTop     float32
	actionTop     float32
}

// shapeOf reckons the shape of m in a pane with room pixels between its paddings.
func shapeOf(m Message, room float32) bubbleShape {
	var s bubbleShape
	limit := min(bubbleMax, room-bubbleMargin)
	if m.Label != "" {
		limit = min(bubbleAuto, limit)
	}
	limit -= 2 * bubblePadX
	indent := float32(0)
	if m.Strange {
		indent = 22
	}
	s.lines = Wrap(m.Text, limit-indent, Body)
	widest, last := float32(0), float32(0)
	for _, line := range s.lines {
		last = indent + Measure(line, Body)
		widest = max(widest, last)
	}
	y := bubblePadY
	if m.Label != "" {
		widest = max(widest, 16+labelWidth(m))
		y += Tiny.Line() + 3
	}
	s.textTop = y
	y += Body.Line() * float32(len(s.lines))

	meta := metaWidth(m)
	s.metaTop = y - px((Body.Line()+Tiny.Line())/2) + 2
	switch {
	case meta == 0:
	case last+timeGap+meta <= limit:
		widest = max(widest, last+timeGap+meta)
	default:
		s.timeBelow = true
		widest = max(widest, meta)
		s.metaTop = y
		y += Tiny.Line()
	}
	if len(m.Choices) > 0 {
		widest = limit
		s.stacked = mustStack(m.Choices, limit)
		y += 5
		s.choiceTop = y
		high := look.Grow(28, 16)
		if s.stacked {
			n := float32(len(m.Choices))
			y += n*high + (n-1)*choiceGap
		} else {
			y += high
		}
	}
	if m.Trouble != TroubleNone && !inlineTrouble(m) {
		widest, y = s.shapeTrouble(m, limit, widest, y)
		if len(m.Actions) > 0 {
			y -= 4 // the actions bring room of their own
		}
	}
	s.inner = min(limit, px(widest))
	s.width = s.inner + 2*bubblePadX
	s.height = y + bubblePadY
	return s
}

// shapeTrouble puts the reason and the actions under the text.
func (s *bubbleShape) shapeTrouble(m Message, limit, widest, y float32) (float32, float32) {
	if m.Reason != "" {
		s.reasons = Wrap(m.Reason, limit, Tiny)
		y += 3
		s.reasonTop = y
		y += Tiny.Line() * float32(len(s.reasons))
		for _, line := range s.reasons {
			widest = max(widest, Measure(line, Tiny))
		}
	}
	if len(m.Actions) > 0 {
		s.actionTop = y
		y += actionHeight()
		row := float32(-16)
		for _, a := range m.Actions {
			row += 16 + ceil(Measure(a.Text, TinyBold))
		}
		widest = max(widest, row)
	}
	return widest, y
}

func actionHeight() float32 { return look.Grow(28, 15) }

// inlineTrouble reports whether the one action stands where the time would.
func inlineTrouble(m Message) bool {
	return m.Trouble != TroubleNone && m.Reason == "" && len(m.Actions) == 1
}

// metaWidth is the width of what ends the last line: time and tick, or the one
// action of a failed message.
func metaWidth(m Message) float32 {
	if inlineTrouble(m) {
		return 16 + ceil(Measure(m.Actions[0].Text, TinyBold))
	}
	w := px(Measure(m.Time, Tiny))
	if m.Tick != TickNone {
		w += tickRoom
	}
	return w
}

func labelWidth(m Message) float32 {
	return Measure(m.Label, TinyBold) + Measure(labelDetail(m), Tiny)
}

func labelDetail(m Message) string {
	if m.Detail == "" {
		return ""
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
