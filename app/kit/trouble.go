package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// troubleBox says what is wrong with a message and what a person may do: one link
// beside the reason, or buttons below it.
type troubleBox struct {
	glyph   iconImage
	box     *fyne.Container
	reasons []*inkLine
	link    *Link
	row     *fyne.Container
	buttons []*actionButton
	hintBox *fyne.Container
	hints   []*inkLine
	hover   func(on bool)
}

func newTroubleBox(h Hooks) *troubleBox {
	t := &troubleBox{hover: h.Hover, glyph: newIcon(12), box: plainContainer(), row: plainContainer(), hintBox: plainContainer()}
	t.link = newLink("", SmallBold, look.ErrorText, nil)
	t.link.steady, t.link.hovering = true, h.Hover
	t.link.glyph.px, t.link.gap = 12, 4
	return t
}

func (t *troubleBox) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{t.glyph.Image, t.box, t.link, t.row, t.hintBox}
}

// trouble puts the reason, what can be done and what that means under the rest.
func (r *reckoning) trouble() {
	m := r.m
	r.widen(min(r.limit, troubleLeast))
	link := float32(0)
	if linkTrouble(m) {
		link = timeGap + troubleLinkWidth(m)
	}
	if m.Reason != "" {
		r.y += 3
		r.reasonTop, r.actionTop = r.y, r.y
		r.reasons = Wrap(m.Reason, r.limit-iconIndent-link, reasonFont(m))
		for _, line := range r.reasons {
			r.widen(iconIndent + Measure(line, reasonFont(m)) + link)
		}
		r.y += Tiny.Line() * float32(len(r.reasons))
	}
	if len(m.Actions) > 0 && link == 0 {
		r.y += 5
		r.actionTop = r.y
		r.y += look.Grow(28, 16)
	}
	if m.Hint != "" && !m.Strange {
		r.y += 5
		r.hintTop = r.y
		r.hints = Wrap(m.Hint, min(r.limit, px(r.widest)), Tiny)
		r.y += Tiny.Line() * float32(len(r.hints))
	}
}

// inlineTrouble reports whether the one action stands where the time would.
func inlineTrouble(m Message) bool {
	return m.Trouble != TroubleNone && m.Reason == "" && len(m.Actions) == 1
}

// linkTrouble reports whether the one action stands at the end of the reason.
func linkTrouble(m Message) bool {
	return m.Trouble == TroubleFailed && m.Reason != "" && len(m.Actions) == 1
}

// reasonFont is bold where the reason is a question, or a promise.
func reasonFont(m Message) Font {
	if m.Trouble == TroubleFailed {
		return Tiny
	}
	return TinyBold
}

// linkTop is where a link begins that stands in the middle of a line of small words.
func linkTop(line float32) float32 { return px(line + Tiny.Line()/2 - linkHigh()/2) }

func troubleLinkWidth(m Message) float32 {
	return iconIndent + ceil(Measure(m.Actions[0].Text, SmallBold))
}

// asLink reports whether the one action is a link and not a button.
func asLink(m Message) bool { return inlineTrouble(m) || linkTrouble(m) }

func (t *troubleBox) rewire(m Message) {
	if asLink(m) {
		t.link.onTap = m.Actions[0].Do
		return
	}
	for i, a := range m.Actions {
		if i < len(t.buttons) {
			t.buttons[i].onTap = a.Do
		}
	}
}

func (t *troubleBox) paint(m Message, s bubbleShape) {
	on := m.Trouble != TroubleNone
	for _, o := range t.objects() {
		show(o, on)
	}
	if !on {
		return
	}
	icon, word := look.IconAlert, look.ErrorText
	switch m.Trouble {
	case TroubleUnknown, TroubleAsks:
		icon, word = look.IconQuestion, look.WarnText
	case TroubleScheduled:
		icon, word = look.IconClock, look.PrimaryText
	}
	if len(s.reasons) == 0 {
		icon = ""
	}
	t.glyph.set(icon, word)
	t.reasons = setLines(t.box, t.reasons, s.reasons, reasonFont(m), word)
	var hints []string
	if !m.Strange {
		hints = s.hints
	}
	t.hints = setLines(t.hintBox, t.hints, hints, Tiny, look.Text2)
	t.paintActions(m, word)
}

func (t *troubleBox) paintActions(m Message, word look.Token) {
	show(t.link, asLink(m))
	show(t.row, !asLink(m))
	if asLink(m) {
		t.link.icon = ""
		if m.Trouble == TroubleFailed {
			t.link.icon = look.IconRetry
		}
		t.link.iconToken = word
		t.link.set(m.Actions[0].Text, word)
	} else {
		t.buttons = reuse(t.row, t.buttons, len(m.Actions), func(int) *actionButton {
			b := newActionButton()
			b.hovering = t.hover
			return b
		}, func(i int, b *actionButton) {
			b.soft = m.Trouble == TroubleScheduled
			b.set(m.Actions[i].Text)
		})
	}
	t.rewire(m)
}

func (t *troubleBox) place(m Message, s bubbleShape) {
	if m.Trouble == TroubleNone {
		return
	}
	x, right := s.content.padText, s.width-s.content.padText
	t.glyph.mid(x, s.reasonTop+Tiny.Line()/2)
	for i := range s.reasons {
		t.reasons[i].at(x+iconIndent, s.reasonTop+float32(i)*Tiny.Line())
	}
	for i := range s.hints {
		if !m.Strange {
			t.hints[i].at(x, s.hintTop+float32(i)*Tiny.Line())
		}
	}
	if asLink(m) {
		size, line := t.link.MinSize(), s.reasonTop
		if inlineTrouble(m) {
			line = s.metaTop
		}
		box(t.link, right-size.Width, linkTop(line), size.Width, size.Height)
		return
	}
	for i := range m.Actions {
		from, to := share(i, float32(len(m.Actions)), s.inner)
		box(t.buttons[i], x+from, s.actionTop, to-from, look.Grow(28, 16))
	}
}

// actionButton is a button on the coloured ground of a troubled message.
type actionButton struct {
	press
	text         string
	soft         bool // on the ground of a page
	ground, ring *canvas.Rectangle
	label        *inkLine
}

func newActionButton() *actionButton {
	b := &actionButton{ground: newRect(), ring: newRect(), label: newInk(SmallBold, look.Text)}
	b.extend(b, nil)
	return b
}

func (b *actionButton) set(text string) {
	b.text = text
	b.Refresh()
}

func (b *actionButton) CreateRenderer() fyne.WidgetRenderer {
	return draw(b, func() fyne.Size { return fyne.NewSize(ceil(Measure(b.text, SmallBold))+8, look.Grow(28, 16)) },
		func(size fyne.Size) {
			box(b.ground, 0, 0, size.Width, size.Height)
			box(b.ring, 0, 0, size.Width, size.Height)
			b.label.set(Cut(b.text, size.Width-8, SmallBold), look.Text)
			b.label.centre(size.Width/2, size.Height/2)
		},
		func() {
			ground := look.Surface
			switch {
			case b.hovered:
				ground = look.Hover
			case b.soft:
				ground = look.PrimarySoft
			}
			fill(b.ground, ground, look.RadiusMedium)
			paintRing(b.ring, look.Focus, look.RadiusMedium)
			show(b.ring, b.focused)
			b.label.set(b.text, look.Text)
		}, b.ground, b.ring, b.label.box)
}
