package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/inbox"
	"shopbell/app/kit"
)

// The window's limits and steps (design guide, section 4).
const (
	minWidth, minHeight = 760, 560
	startWidth          = 1280
	startHeight         = 800
	narrowUnder         = 1000 // the rail loses its labels, the list becomes slim
	onePaneUnder        = 900  // the list or the chat
)

func breadthOf(windowWidth float32) inbox.Breadth {
	switch {
	case windowWidth < onePaneUnder:
		return inbox.OnePane
	case windowWidth < narrowUnder:
		return inbox.Narrow
	}
	return inbox.Wide
}

// frame lays out the rail and the screen beside it, and tells both how wide the
// window is before they are resized.
type frame struct {
	layer  *kit.Layer // over both
	rail   *kit.Rail
	screen fyne.CanvasObject
	fit    func(inbox.Breadth)
	corner corner // nil: the screen knows of no toasts
}

// corner is a screen that keeps what toasts would hide away from its lower left.
type corner interface {
	// Corner is how wide the pane is that stands there, and how high its foot, above
	// which toasts stand.
	Corner() (width, foot float32)
	// SetClear keeps room of a height free above the foot.
	SetClear(high float32)
}

// newFrame makes the content of the window. What was shown before gets no word of
// toasts any more.
func newFrame(layer *kit.Layer, rail *kit.Rail, screen fyne.CanvasObject, fit func(inbox.Breadth), c corner) *fyne.Container {
	f := &frame{layer, rail, screen, fit, c}
	layer.StandToasts(f.toasts, f.clear)
	return container.New(f, rail, screen)
}

// toasts is where toasts stand.
func (f *frame) toasts() kit.Corner {
	at := kit.Corner{Left: f.rail.Size().Width, Width: f.screen.Size().Width / 2}
	if f.corner != nil {
		at.Width, at.Bottom = f.corner.Corner()
	}
	return at
}

func (f *frame) clear(high float32) {
	if f.corner != nil {
		f.corner.SetClear(high)
	}
}

// MinSize is the smallest window; GLFW takes it from here.
func (f *frame) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(minWidth, minHeight) }

func (f *frame) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	b := breadthOf(size.Width)
	f.rail.SetNarrow(b != inbox.Wide)
	f.fit(b)
	rail := f.rail.MinSize().Width
	f.rail.Resize(fyne.NewSize(rail, size.Height))
	f.screen.Move(fyne.NewPos(rail, 0))
	f.screen.Resize(fyne.NewSize(size.Width-rail, size.Height))
	f.layer.PlaceToasts()
}
