package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/look"
)

// zoneBar is a bar with a zone that is wished for, and a thinner one in it that says
// where a value stands.
type zoneBar struct {
	track, zone, value *canvas.Rectangle
	high, inset        float32 // inset: from its edge to the thinner one
}

func newZoneBar(high, inset float32) zoneBar {
	return zoneBar{track: newRect(), zone: newRect(), value: newRect(), high: high, inset: inset}
}

func (z zoneBar) objects() []fyne.CanvasObject { return []fyne.CanvasObject{z.track, z.zone, z.value} }

// zoneAt is where a number stands on a bar of a width that ends at most.
func zoneAt(width float32, n, most int) float32 {
	return px(width * float32(min(n, most)) / float32(max(1, most)))
}

func (z zoneBar) place(width, top float32, value, from, to, most int) {
	start := zoneAt(width, from, most)
	box(z.track, 0, top, width, z.high)
	box(z.zone, start, top, zoneAt(width, to, most)-start, z.high)
	box(z.value, 0, top+z.inset, zoneAt(width, value, most), z.high-2*z.inset)
}

func (z zoneBar) paint(token look.Token, on bool) {
	fill(z.track, look.Fill, z.high/2)
	fill(z.zone, look.OkSoft, 0)
	fill(z.value, token, (z.high-2*z.inset)/2)
	show(z.value, on)
}
