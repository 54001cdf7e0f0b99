package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// tag is a department's name with its dot, 18 high; with HueNone it has no dot.
type tag struct {
	text   string
	hue    Hue
	tinted bool // the whole tag is coloured instead of a dot, as in headers
	raised bool // on a selected row: surface instead of fill
	ground *canvas.Rectangle
	dot    *canvas.Circle
	label  *inkLine
}

func newTag() *tag {
	return &tag{ground: newRect(), dot: &canvas.Circle{}, label: newInk(Tiny, look.Text2)}
}

func (t *tag) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{t.ground, t.dot, t.label.box}
}

func (t *tag) hasDot() bool { return t.hue != HueNone && !t.tinted }

func (t *tag) size() fyne.Size {
	w := float32(12) + px(Measure(t.text, Tiny))
	if t.hasDot() {
		w += 10
	}
	return fyne.NewSize(w, look.Grow(18, 15))
}

func (t *tag) paint() {
	ground, text := look.Fill, look.Text2
	if t.raised {
		ground = look.Surface
	}
	if t.tinted {
		ground, text = t.hue.soft()
	}
	fill(t.ground, ground, look.RadiusSmall)
	fillCircle(t.dot, t.hue.solid())
	show(t.dot, t.hasDot())
	t.label.set(t.text, text)
}

func (t *tag) place(x, y float32) {
	s := t.size()
	box(t.ground, x, y, s.Width, s.Height)
	text := x + 6
	if t.hasDot() {
		box(t.dot, text, px(y+s.Height/2-3), 6, 6)
		text += 10
	}
	t.label.mid(text, y+s.Height/2)
}

func (t *tag) setVisible(on bool) {
	show(t.ground, on)
	show(t.dot, on && t.hasDot())
	show(t.label.box, on)
}

// solid is the hue for dots and other graphics.
func (h Hue) solid() look.Token {
	return [...]look.Token{look.Text3, look.Info, look.Plum, look.Primary, look.Ok, look.Warn, look.Error, look.Accent}[h]
}

// soft is the hue as a ground with text on it.
func (h Hue) soft() (ground, text look.Token) {
	switch h {
	case HueInfo:
		return look.InfoSoft, look.InfoText
	case HuePlum:
		return look.PlumSoft, look.PlumText
	case HuePrimary:
		return look.PrimarySoft, look.PrimaryText
	case HueOk:
		return look.OkSoft, look.OkText
	case HueWarn:
		return look.WarnSoft, look.WarnText
	case HueError:
		return look.ErrorSoft, look.ErrorText
	case HueAccent:
		return look.AccentSoft, look.AccentText
	}
	return look.Fill, look.Text2
}
