package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// stepMark is the disc of a step, with its number or how it stands.
type stepMark struct {
	edge, disc *canvas.Circle
	number     *inkLine
	glyph      iconImage
}

func newStepMark() *stepMark {
	return &stepMark{edge: &canvas.Circle{}, disc: &canvas.Circle{}, number: newInk(SmallBold, look.Text2), glyph: newIcon(14)}
}

func (m *stepMark) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{m.edge, m.disc, m.number.box, m.glyph.Image}
}

const stepDisc float32 = 24

// place puts the left edge of the disc at x and its middle at mid.
func (m *stepMark) place(x, mid float32) {
	box(m.edge, x, mid-stepDisc/2, stepDisc, stepDisc)
	box(m.disc, x+1, mid-stepDisc/2+1, stepDisc-2, stepDisc-2)
	m.number.centre(x+stepDisc/2, mid)
	m.glyph.mid(x+(stepDisc-m.glyph.px)/2, mid)
}

func (m *stepMark) paint(d StepData) {
	edge, disc, ink, icon := d.discColors()
	fillCircle(m.edge, edge)
	fillCircle(m.disc, disc)
	m.number.set(strconv.Itoa(d.Number), ink)
	show(m.number.box, icon == "")
	m.glyph.set(icon, ink)
}

// discColors returns edge, ground and ink of the disc, and its icon; empty: the
// number.
func (d StepData) discColors() (edge, ground, ink look.Token, icon look.IconName) {
	switch {
	case d.Finding == FindingGood:
		return look.OkSoft, look.OkSoft, look.OkText, look.IconCheck
	case d.Current:
		return look.Primary, look.Primary, look.OnPrimary, ""
	case d.Finding == FindingWarn:
		return look.WarnSoft, look.WarnSoft, look.WarnText, look.IconAlert
	case d.Finding == FindingBad:
		return look.ErrorSoft, look.ErrorSoft, look.ErrorText, look.IconAlert
	}
	return look.Control, look.Panel, look.Text2, ""
}
