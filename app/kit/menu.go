package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// menu is the content of Layer.Menu: lines of 32, one of them lit.
type menu struct {
	widget.BaseWidget
	items  []MenuItem
	close  func()
	lit    int // -1: none
	ground *canvas.Rectangle
	lines  []menuLine
}

type menuLine struct {
	glyph, check iconImage
	text, keys   *inkLine
}

const (
	menuIndent = 34
	menuEnd    = 36
)

func newMenu(items []MenuItem, closeMenu func()) *menu {
	m := &menu{items: items, close: closeMenu, lit: -1, ground: newRect()}
	for range items {
		m.lines = append(m.lines, menuLine{newIcon(16), newIcon(14), newInk(Body, look.Text), newInk(Tiny, look.Text3)})
	}
	m.ExtendBaseWidget(m)
	return m
}

func (m *menu) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{m.ground}
	for _, l := range m.lines {
		objects = append(objects, l.glyph.Image, l.check.Image, l.text.box, l.keys.box)
	}
	return draw(m, m.measure, m.layout, m.paint, objects...)
}

func (m *menu) lineHeight() float32 { return look.Grow(32, 18) }

func (m *menu) measure() fyne.Size {
	w := float32(160)
	for _, it := range m.items {
		line := menuIndent + ceil(Measure(it.Text, Body)) + menuEnd
		if aside := it.aside(); aside != "" {
			line += 24 + ceil(Measure(aside, Tiny))
		}
		w = max(w, line)
	}
	return fyne.NewSize(w, m.lineHeight()*float32(len(m.items)))
}

func (m *menu) layout(size fyne.Size) {
	h := m.lineHeight()
	box(m.ground, 0, float32(max(m.lit, 0))*h, size.Width, h)
	for i, l := range m.lines {
		mid := float32(i)*h + h/2
		l.glyph.mid(10, mid)
		x := float32(menuIndent)
		if m.items[i].heading() {
			x = 10
		}
		l.text.mid(x, mid)
		l.check.mid(size.Width-24, mid)
		l.keys.rightMid(size.Width-12, mid)
	}
}

func (m *menu) paint() {
	fill(m.ground, look.Hover, look.RadiusMedium)
	show(m.ground, m.lit >= 0)
	for i, l := range m.lines {
		it := m.items[i]
		token := look.Text
		l.text.setFont(Body)
		icon := look.Text2
		if it.Do == nil {
			token, icon = look.Text3, look.Text3
		}
		if it.heading() {
			l.text.setFont(Tiny)
		}
		l.glyph.set(it.Icon, icon)
		l.text.set(it.Text, token)
		check := look.IconName("")
		if it.Current {
			check = look.IconCheck
		}
		l.check.set(check, look.Primary)
		l.keys.set(it.aside(), look.Text3)
	}
}

func (m *menu) light(i int) {
	if i != m.lit {
		m.lit = i
		m.Refresh()
	}
}

// at returns the choosable item under a height, or -1.
func (m *menu) at(y float32) int {
	i := int(y / m.lineHeight())
	if i < 0 || i >= len(m.items) || m.items[i].Do == nil {
		return -1
	}
	return i
}

func (m *menu) choose(i int) {
	if i < 0 {
		return
	}
	m.close()
	m.items[i].Do()
}

func (m *menu) Tapped(e *fyne.PointEvent)        { m.choose(m.at(e.Position.Y)) }
func (m *menu) MouseIn(e *desktop.MouseEvent)    { m.light(m.at(e.Position.Y)) }
func (m *menu) MouseMoved(e *desktop.MouseEvent) { m.light(m.at(e.Position.Y)) }
func (m *menu) MouseOut()                        { m.light(-1) }
func (m *menu) FocusGained()                     {}
func (m *menu) FocusLost()                       {}
func (m *menu) TypedRune(rune)                   {}

func (m *menu) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown:
		m.step(1)
	case fyne.KeyUp:
		m.step(-1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		spend(e)
		m.choose(m.lit)
	case fyne.KeyEscape:
		m.close()
	default:
		passKey(e)
	}
}

// step lights the next choosable item in a direction, around the ends.
func (m *menu) step(by int) {
	n := len(m.items)
	start := m.lit
	if start < 0 && by < 0 {
		start = n
	}
	for k := 1; k <= n; k++ {
		i := ((start+by*k)%n + n) % n
		if m.items[i].Do != nil {
			m.light(i)
			return
		}
	}
}
