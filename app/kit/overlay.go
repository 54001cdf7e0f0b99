package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// overlay is one thing that holds the window until it closes: a scrim over
// everything and a panel on it. It is its own layout.
type overlay struct {
	root   *fyne.Container
	scrim  *scrim
	panel  fyne.CanvasObject
	above  fyne.CanvasObject // over the panel, as large as the window; nil: nothing
	where  func(window fyne.Size) (fyne.Position, fyne.Size)
	closed func() // called once it is closed; may be nil
}

func (o *overlay) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (o *overlay) Layout(_ []fyne.CanvasObject, window fyne.Size) {
	o.scrim.Resize(window)
	pos, size := o.where(window)
	box(o.panel, px(pos.X), px(pos.Y), px(size.Width), px(size.Height))
	if o.above != nil {
		o.above.Resize(window)
	}
}

// open shows panel over the window, where the function says for its size.
func (l *Layer) open(panel fyne.CanvasObject, ground look.Token, where func(fyne.Size) (fyne.Position, fyne.Size)) {
	l.hideTip()
	o := &overlay{panel: panel, where: where}
	o.scrim = newScrim(ground, func() { l.CloseTop() })
	o.root = container.New(o, o.scrim, panel)
	l.opened = append(l.opened, o)
	l.canvas.Overlays().Add(o.root)
	o.root.Resize(l.canvas.Size())
}

// centred stands in the middle of the window, with room around it where it is large.
func centred(o fyne.CanvasObject) func(window fyne.Size) (fyne.Position, fyne.Size) {
	return func(w fyne.Size) (fyne.Position, fyne.Size) {
		size := o.MinSize().Min(fyne.NewSize(w.Width-32, w.Height-32))
		return fyne.NewPos((w.Width-size.Width)/2, (w.Height-size.Height)/2), size
	}
}

// CloseTop closes the menu or dialog opened last and reports whether
// there was one. The app calls it for Esc.
func (l *Layer) CloseTop() bool {
	n := len(l.opened)
	if n == 0 {
		return false
	}
	o := l.opened[n-1]
	l.opened = l.opened[:n-1]
	l.canvas.Overlays().Remove(o.root)
	call(o.closed)
	return true
}

// Holds reports whether o, of the canvas's overlays, is the menu or dialog of the
// layer that was opened last.
func (l *Layer) Holds(o fyne.CanvasObject) bool {
	n := len(l.opened)
	return n > 0 && l.opened[n-1].root == o
}

// Open reports whether a menu or dialog is open.
func (l *Layer) Open() bool { return len(l.opened) > 0 }

// Dialog shows content in the middle of the window over a dark scrim, at most as
// large as the window. A tap beside it closes it.
func (l *Layer) Dialog(content fyne.CanvasObject) {
	panel := newPanel(content, 20)
	l.open(panel, look.Scrim, centred(panel))
}

// Popover shows content in the middle of the window, without a scrim and an edge:
// the content brings its own. target has the focus. The returned function closes
// it; a tap beside it and Esc do the same.
func (l *Layer) Popover(content fyne.CanvasObject, target fyne.Focusable) (close func()) {
	l.open(content, look.Clear, centred(content))
	l.canvas.Focus(target)
	return l.closeOf(l.opened[len(l.opened)-1])
}

// closeOf closes o where it is the one on top.
func (l *Layer) closeOf(o *overlay) func() {
	return func() {
		if n := len(l.opened); n > 0 && l.opened[n-1] == o {
			l.CloseTop()
		}
	}
}

// Box shows content in the middle of the window over a dark scrim until it is
// closed: by Esc, by the returned function, or with the screen below. A tap beside
// it does nothing, since what was chosen in it would be lost. target has the
// focus; closed is called once, when the focus is back where it was.
func (l *Layer) Box(content fyne.CanvasObject, target fyne.Focusable, closed func()) (close func()) {
	l.open(content, look.Scrim, centred(content))
	o := l.opened[len(l.opened)-1]
	o.closed, o.scrim.onTap = closed, func() {}
	l.canvas.Focus(target)
	return l.closeOf(o)
}

// Ask puts a question that holds the window until it is answered; what the chosen
// answer does is done once it is closed. Esc is no answer, and does nothing else.
func (l *Layer) Ask(title, text string, answers ...Action) {
	var close func()
	closing := make([]Action, len(answers))
	for i, a := range answers {
		closing[i] = Action{Text: a.Text, Do: func() {
			close()
			call(a.Do)
		}}
	}
	question := NewAsk(title, text, closing...)
	close = l.Box(question, question.Target(), nil)
}

// Pressed gives a chord to what is on top, and reports whether it used it.
func (l *Layer) Pressed(c Chord) bool {
	if n := len(l.opened); n > 0 {
		if box, ok := l.opened[n-1].panel.(interface{ Pressed(Chord) bool }); ok {
			return box.Pressed(c)
		}
	}
	return false
}

// MenuItem is one line of a menu. An item without Do is a heading, or with a Reason
// one that cannot be chosen.
type MenuItem struct {
	Icon    look.IconName
	Text    string
	Keys    string // "Ctrl+K", shown at the right
	Reason  string // why it cannot be chosen, shown in the place of Keys
	Current bool   // has a check
	Do      func()
}

// heading reports whether the item is only a word over others.
func (it MenuItem) heading() bool { return it.Do == nil && it.Reason == "" }

// aside is what stands at the right.
func (it MenuItem) aside() string {
	if it.Reason != "" {
		return it.Reason
	}
	return it.Keys
}

// Menu shows items in a small panel whose corner nearest to at is at at, inside
// the window. Choosing closes it, then calls Do. Up, Down, Enter and Esc work.
func (l *Layer) Menu(at fyne.Position, items []MenuItem) {
	m := newMenu(items, func() { l.CloseTop() })
	panel := newPanel(m, 6)
	l.open(panel, look.Clear, func(w fyne.Size) (fyne.Position, fyne.Size) {
		size := panel.MinSize()
		x, y := at.X, at.Y
		if x+size.Width > w.Width-8 {
			x -= size.Width
		}
		if y+size.Height > w.Height-8 {
			y -= size.Height
		}
		return fyne.NewPos(max(8, x), max(8, y)), size
	})
	l.canvas.Focus(m)
}

// scrim covers the window under an overlay: it takes every tap, hover and wheel
// turn meant for what lies below, and closes the overlay at a tap.
type scrim struct {
	widget.BaseWidget
	token  look.Token
	onTap  func()
	ground *canvas.Rectangle
}

func newScrim(t look.Token, onTap func()) *scrim {
	s := &scrim{token: t, onTap: onTap, ground: newRect()}
	s.ExtendBaseWidget(s)
	return s
}

func (s *scrim) CreateRenderer() fyne.WidgetRenderer {
	return draw(s, func() fyne.Size { return fyne.Size{} },
		func(size fyne.Size) { box(s.ground, 0, 0, size.Width, size.Height) },
		func() { fill(s.ground, s.token, 0) }, s.ground)
}

func (s *scrim) Tapped(*fyne.PointEvent)          { s.onTap() }
func (s *scrim) TappedSecondary(*fyne.PointEvent) { s.onTap() }
func (s *scrim) Scrolled(*fyne.ScrollEvent)       {}
func (s *scrim) MouseIn(*desktop.MouseEvent)      {}
func (s *scrim) MouseMoved(*desktop.MouseEvent)   {}
func (s *scrim) MouseOut()                        {}

// panel is the ground of an overlay: surface with an edge. It takes taps beside
// its content, so that they do not reach the scrim.
type panel struct {
	widget.BaseWidget
	content fyne.CanvasObject
	pad     float32
	ground  frame
}

func newPanel(content fyne.CanvasObject, pad float32) *panel {
	p := &panel{content: content, pad: pad, ground: newFrame()}
	p.ExtendBaseWidget(p)
	return p
}

func (p *panel) CreateRenderer() fyne.WidgetRenderer {
	return draw(p, func() fyne.Size {
		m := p.content.MinSize()
		return fyne.NewSize(ceil(m.Width)+2*p.pad, ceil(m.Height)+2*p.pad)
	}, func(size fyne.Size) {
		p.ground.place(0, 0, size.Width, size.Height)
		box(p.content, p.pad, p.pad, size.Width-2*p.pad, size.Height-2*p.pad)
	}, func() { p.ground.paint(look.Surface, look.Border, look.RadiusLarge) }, p.ground.outer, p.ground.inner, p.content)
}

func (p *panel) Tapped(*fyne.PointEvent) {}

// Pressed gives the keys to a content that has a use for them.
func (p *panel) Pressed(c Chord) bool {
	content, ok := p.content.(interface{ Pressed(Chord) bool })
	return ok && content.Pressed(c)
}
