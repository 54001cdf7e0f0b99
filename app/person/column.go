package person

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/kit"
)

// Column is the parts of a panel one below the other; it scrolls. It belongs to the UI
// thread.
type Column struct {
	stack *kit.Stack
	body  *fyne.Container // of stack
	view  *container.Scroll
	root  fyne.CanvasObject
}

// NewColumn makes an empty one.
func NewColumn() *Column {
	c := &Column{stack: kit.NewStack(0)}
	c.body = container.New(tall{}, c.stack)
	c.view = container.NewVScroll(c.body)
	c.root = kit.NewScrolled(c.view)
	return c
}

// Content is what a panel shows.
func (c *Column) Content() fyne.CanvasObject { return c.root }

// Set replaces the parts. What has the keyboard in it loses it.
func (c *Column) Set(items ...fyne.CanvasObject) {
	c.stack = kit.NewStack(0, items...)
	c.stack.Fit(c.view.Size().Width)
	c.body.Objects = []fyne.CanvasObject{c.stack}
	c.body.Refresh()
	c.view.Refresh()
}

// Fit is called with the width before Content is resized.
func (c *Column) Fit(width float32) { c.stack.Fit(width) }

// ScrollToTop goes to the first part.
func (c *Column) ScrollToTop() { c.view.ScrollToTop() }

// tall lays out a stack that was fitted to the room there is.
type tall struct{}

// MinSize implements fyne.Layout.
func (tall) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout implements fyne.Layout.
func (tall) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }
