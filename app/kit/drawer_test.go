package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"shopbell/app/look"
)

func TestDrawer(t *testing.T) {
	start(t)
	begin := func(t *testing.T) (l *Layer, drawer *fyne.Container, close func(), closed *int) {
		l, _, _ = layered(t, NewGround(look.Bg), 400, 300)
		target := NewIconButton(look.IconClose, "Close", func() {})
		drawer, closed = container.NewStack(NewGround(look.Panel), target), new(int)
		close = l.Drawer(drawer, 150, target, func() { *closed++ })
		if l.canvas.Focused() != target {
			t.Error("its button has not the keyboard")
		}
		return l, drawer, close, closed
	}
	t.Run("stands at the right end of the window, as high as that", func(t *testing.T) {
		_, drawer, _, _ := begin(t)
		if at, size := drawer.Position(), drawer.Size(); at != fyne.NewPos(250, 0) || size != fyne.NewSize(150, 300) {
			t.Errorf("it stands at %v, %v large", at, size)
		}
	})
	t.Run("closes by what it returned, once", func(t *testing.T) {
		l, _, close, closed := begin(t)
		close()
		close()
		if l.Open() || *closed != 1 {
			t.Errorf("open: %t, closed %d times", l.Open(), *closed)
		}
	})
	t.Run("closes by a tap beside it, and by Esc", func(t *testing.T) {
		l, _, _, closed := begin(t)
		test.Tap(l.opened[0].scrim)
		if l.Open() || *closed != 1 {
			t.Errorf("open: %t, closed %d times", l.Open(), *closed)
		}
		l, _, _, closed = begin(t)
		l.CloseTop()
		if l.Open() || *closed != 1 {
			t.Errorf("open: %t, closed %d times", l.Open(), *closed)
		}
	})
}
