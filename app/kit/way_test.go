package kit

import (
	"testing"

	"fyne.io/fyne/v2"
)

func sampleWay(at int) *Way {
	w := NewWay("Export on the phone", "Read", "Look at the rules", "Save")
	w.Set(at)
	return w
}

func TestWayPictures(t *testing.T) {
	golden(t, "way", 660, 190, func() fyne.CanvasObject {
		begun, over := NewProgress(), NewProgress()
		begun.Set(0.42, false)
		over.Set(1, true)
		return sheet(wide(sampleWay(1), 636), wide(sampleWay(3), 320), wide(begun, 636), wide(over, 636), wide(NewProgress(), 636))
	})
}

func TestWay(t *testing.T) {
	start(t)
	shown := func(w *Way) (n int) {
		for _, ink := range w.words {
			if ink.box.Visible() {
				n++
			}
		}
		return n
	}
	t.Run("says every step where there is room, and else where the person is", func(t *testing.T) {
		way := sampleWay(1)
		window(t, way, way.least(true), 40)
		if n := shown(way); n != 4 {
			t.Errorf("%d steps have words", n)
		}
		way.Resize(fyne.NewSize(way.least(true)-1, 40))
		if n := shown(way); n != 1 || !way.words[1].box.Visible() {
			t.Errorf("%d steps have words", n)
		}
	})
	t.Run("ends with its last words", func(t *testing.T) {
		way := sampleWay(1)
		window(t, way, 900, 40)
		last := way.words[3]
		if end := last.box.Position().X + ceil(last.width()); end < 898 || end > 902 {
			t.Errorf("it ends at %v of 900", end)
		}
	})
}
