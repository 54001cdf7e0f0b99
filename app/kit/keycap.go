package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// KeyCap shows a shortcut as a small key: "Ctrl+K".
type KeyCap struct {
	widget.BaseWidget
	inner *keyCap
}

// NewKeyCap makes a key cap.
func NewKeyCap(keys string) *KeyCap {
	c := &KeyCap{inner: newKeyCapMark(keys)}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer implements fyne.Widget.
func (c *KeyCap) CreateRenderer() fyne.WidgetRenderer {
	k := c.inner
	return draw(c, k.size, func(fyne.Size) { k.place(0, 0) }, k.paint, k.objects()...)
}

// keyCap is the same inside other widgets, painted and placed by its owner.
type keyCap struct {
	keys   string
	ground frame
	label  *inkLine
}

func newKeyCapMark(keys string) *keyCap {
	return &keyCap{keys: keys, ground: newFrame(), label: newInk(Tiny, look.Text2)}
}

func (k *keyCap) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{k.ground.outer, k.ground.inner, k.label.box}
}

func (k *keyCap) size() fyne.Size {
	return fyne.NewSize(max(18, px(Measure(k.keys, Tiny))+10), look.Grow(16, 15))
}

func (k *keyCap) paint() {
	k.ground.paint(look.Panel, look.Border, look.RadiusSmall)
	k.label.set(k.keys, look.Text2)
}

func (k *keyCap) place(x, y float32) {
	s := k.size()
	k.ground.place(x, y, s.Width, s.Height)
	k.label.centre(x+s.Width/2, y+s.Height/2)
}

func (k *keyCap) setVisible(on bool) {
	k.ground.setVisible(on)
	show(k.label.box, on)
}
