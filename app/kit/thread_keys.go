package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"shopbell/app/look"
)

// ringTime is how long a message is ringed that was gone to (design guide, B).
const ringTime = time.Second

// Reveal rings an entry for a second, and shows it in the middle where it was out of
// sight. It reports whether the entry is there.
func (t *Thread) Reveal(key string) bool {
	i := t.indexOf(key)
	if i < 0 || i+1 >= len(t.tops) {
		return i >= 0
	}
	if y := t.scroll.Offset.Y; t.tops[i] < y || t.tops[i]+t.height(t.entries[i]) > y+t.scroll.Size().Height {
		t.moveTo(t.middle(i))
		t.scrolled()
	}
	t.mark(key)
	if l := layerOf(t); l != nil {
		l.after(ringTime, func() {
			if t.marked == key && !t.focused {
				t.mark("")
			}
		})
	}
	return true
}

// Keep rings an entry until another one is kept, and brings it into sight; "" ends it.
func (t *Thread) Keep(key string) {
	t.kept = key
	if i := t.indexOf(key); i >= 0 && i+1 < len(t.tops) {
		t.moveTo(t.middle(i))
		t.scrolled()
	}
	t.column.Refresh()
}

// middle is how far to scroll for an entry to stand in the middle.
func (t *Thread) middle(i int) float32 {
	return t.tops[i] + t.height(t.entries[i])/2 - t.scroll.Size().Height/2
}

func (t *Thread) indexOf(key string) int {
	for i, e := range t.entries {
		if e.Key() == key {
			return i
		}
	}
	return -1
}

// bringIntoSight scrolls as little as needed to show an entry whole.
func (t *Thread) bringIntoSight(i int) {
	view := t.scroll.Size().Height
	y := t.scroll.Offset.Y
	switch {
	case t.tops[i]-threadPad < y:
		y = t.tops[i] - threadPad
	case t.tops[i]+t.height(t.entries[i])+threadPad > y+view:
		y = t.tops[i] + t.height(t.entries[i]) + threadPad - view
	}
	t.moveTo(y)
	t.scrolled()
}

// mark rings an entry, or none for "".
func (t *Thread) mark(key string) {
	t.marked = key
	t.column.Refresh()
}

func (t *Thread) goToQuoted(m Message) {
	if m.Quote.Key != "" && t.Reveal(m.Quote.Key) {
		return
	}
	if t.OnAct != nil {
		t.OnAct(m.ID, ActQuoted)
	}
}

// FocusGained implements fyne.Focusable: the newest message is the current one.
func (t *Thread) FocusGained() {
	t.focused = true
	t.step(-1)
}

// FocusLost implements fyne.Focusable.
func (t *Thread) FocusLost() {
	t.focused = false
	t.mark("")
}

// TypedRune implements fyne.Focusable: a plus, wherever the keyboard has it, is for
// an emoji. An answer, or passing on, begins with the letter of its key and not with
// the key: who has the focus by then is given the letter.
func (t *Thread) TypedRune(r rune) {
	switch {
	case t.begun != ActOpen:
		begun := t.begun
		t.begun = ActOpen
		t.act(begun)
	case r == '+':
		t.act(ActReact)
	}
}

// TypedKey goes from message to message, opens the menu of the current one, and
// answers, copies, plays or shows it. Letters count by the place of their key, whatever the
// keyboard writes there.
func (t *Thread) TypedKey(e *fyne.KeyEvent) {
	t.begun = ActOpen
	switch e.Name {
	case fyne.KeyR:
		t.begun = ActReply
	case fyne.KeyF:
		t.begun = ActPassOn
	case fyne.KeyC:
		t.act(ActCopy)
	case fyne.KeyF10: // with Shift the key of the menu where a keyboard has none
		if heldModifiers()&fyne.KeyModifierShift == 0 {
			passKey(e)
			return
		}
		t.openMenu()
	case fyne.KeyUp:
		t.step(-1)
	case fyne.KeyDown:
		t.step(1)
	case fyne.KeyEnd:
		t.ScrollToEnd()
	case fyne.KeySpace:
		switch {
		case t.plays():
			t.act(ActPlay)
		case t.shows():
			t.act(ActOpen)
		default:
			t.openMenu()
		}
	case fyne.KeyLeft, fyne.KeyRight:
		switch {
		case !t.plays():
			passKey(e)
		case e.Name == fyne.KeyLeft:
			t.act(ActBack)
		default:
			t.act(ActForward)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		if t.shows() {
			t.act(ActOpen)
			return
		}
		t.openMenu()
	case desktop.KeyMenu:
		t.openMenu()
	default:
		passKey(e)
	}
}

// plays reports whether the current message is a voice note that can be played.
func (t *Thread) plays() bool {
	v, _ := t.content().(Voice)
	return v.Plays
}

// shows reports whether the current message is a picture that is here.
func (t *Thread) shows() bool {
	switch c := t.content().(type) {
	case Picture:
		return c.Ready == ReadyHere && !c.Video
	case Sticker:
		return c.Ready == ReadyHere
	}
	return false
}

// content is what the current message carries; nil where it carries nothing.
func (t *Thread) content() Content {
	i := t.indexOf(t.marked)
	if i < 0 {
		return nil
	}
	m, _ := t.entries[i].(Message)
	return m.Content
}

// step makes the next message in a direction the current one; the newest where
// none is.
func (t *Thread) step(by int) {
	i := t.indexOf(t.marked)
	if i < 0 {
		i, by = len(t.entries), -1
	}
	for i += by; i >= 0 && i < len(t.entries); i += by {
		if _, ok := t.entries[i].(Message); ok {
			t.mark(t.entries[i].Key())
			if i+1 < len(t.tops) {
				t.bringIntoSight(i)
			}
			return
		}
	}
}

// act does something with the current message.
func (t *Thread) act(a Act) {
	if _, ok := t.column.shown[t.marked]; ok && t.OnAct != nil {
		t.OnAct(t.marked, a)
	}
}

// openMenu asks for the menu of the current message, at its middle.
func (t *Thread) openMenu() {
	if _, ok := t.column.shown[t.marked]; ok && t.OnMenu != nil {
		t.OnMenu(t.marked, t.At(t.marked))
	}
}

// paintMark puts the ring around the marked entry where it is in sight, and
// reports whether it is.
func (c *column) paintMark() bool {
	p, ok := c.shown[c.thread.marked]
	token := look.Focus
	if !ok {
		p, ok = c.shown[c.thread.kept]
		token = look.Accent
	}
	if !ok {
		return false
	}
	const around = 3
	at, size := p.widget.Position(), p.widget.Size()
	paintRing(c.ring, token, look.RadiusLarge+around)
	box(c.ring, at.X-around, at.Y-around, size.Width+2*around, size.Height+2*around)
	return true
}
