package kit

import "fyne.io/fyne/v2"

// reuse shows a widget for each of n things in c: those of have are used again, what
// is missing is made, what is too much is hidden. set gives a widget the thing i that
// it shows. It returns all widgets, the hidden ones, too.
func reuse[W fyne.CanvasObject](c *fyne.Container, have []W, n int, make func(i int) W, set func(i int, w W)) []W {
	for i := len(have); i < n; i++ {
		w := make(i)
		have = append(have, w)
		c.Add(w)
	}
	for i, w := range have {
		show(w, i < n)
		if i < n {
			set(i, w)
		}
	}
	return have
}

// placeRight puts those of objects that are shown beside one another with a gap, the
// last one's right end at right and their middle at mid. It returns where the room
// at their left ends.
func placeRight[O fyne.CanvasObject](objects []O, right, mid, gap float32) float32 {
	for i := len(objects) - 1; i >= 0; i-- {
		o := objects[i]
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		right -= m.Width
		box(o, right, px(mid-m.Height/2), m.Width, m.Height)
		right -= gap
	}
	return right
}
