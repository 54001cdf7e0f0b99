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
	layer  *kit.Layer // over both: it is told where the rail ends
	rail   *kit.Rail
	screen fyne.CanvasObject
	fit    func(inbox.Breadth)
}

func newFrame(layer *kit.Layer, rail *kit.Rail, screen fyne.CanvasObject, fit func(inbox.Breadth)) *fyne.Container {
	return container.New(&frame{layer, rail, screen, fit}, rail, screen)
}

// MinSize is the smallest window; GLFW takes it from here.
func (f *frame) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(minWidth, minHeight) }

func (f *frame) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	b := breadthOf(size.Width)
	f.rail.SetNarrow(b != inbox.Wide)
	f.fit(b)
	rail := f.rail.MinSize().Width
	f.layer.SetLeft(rail)
	f.rail.Resize(fyne.NewSize(rail, size.Height))
	f.screen.Move(fyne.NewPos(rail, 0))
	f.screen.Resize(fyne.NewSize(size.Width-rail, size.Height))
}
