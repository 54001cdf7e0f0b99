package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/look"
)

// Load is what lies in the tray of a composer.
type Load uint8

// The loads.
const (
	LoadNone   Load = iota // nothing that can be sent without a text
	LoadReady              // files that may leave, with or without a text
	LoadComing             // something is not ready: nothing can be sent
)

// SetParts gives the composer a tray over its text, tools beside Send, and a
// button that stands in place of Send while the composer is disabled. It is
// called once.
func (c *Composer) SetParts(tray fyne.CanvasObject, instead *Button, tools ...Tool) {
	c.tray, c.instead, c.tools = tray, instead, tools
	c.trayView = container.NewVScroll(tray)
	c.parts.Objects = []fyne.CanvasObject{c.trayView, instead}
	for _, tool := range tools {
		c.parts.Objects = append(c.parts.Objects, tool)
	}
	c.Refresh()
}

// OfferInstead shows the button that stands in place of Send, while the composer
// is disabled; else there is none.
func (c *Composer) OfferInstead(on bool) {
	if on != c.offered {
		c.offered = on
		c.Refresh()
	}
}

// SetLoad tells what lies in the tray and how long a text may be beside it, in
// UTF-16 units. It lays out anew.
func (c *Composer) SetLoad(l Load, limit int) {
	c.load, c.limit = l, limit
	c.Refresh()
	if c.OnGrow != nil {
		c.OnGrow()
	}
}

// trayRows is how many files are in sight at once; the tray scrolls to the others,
// so that the chat keeps its room.
const trayRows = 4

func (c *Composer) trayHeight() float32 {
	if c.noting || c.tray == nil || c.tray.MinSize().Height == 0 {
		return 0
	}
	most := trayRows*(trayRowHeight()+trayGap) + trayRowHeight()/2
	return min(c.tray.MinSize().Height, px(most)) + 8
}

// layoutTray puts the tray at the upper edge of the frame and returns how much of
// it is taken.
func (c *Composer) layoutTray(x, w float32) float32 {
	high := c.trayHeight()
	if c.trayView != nil {
		show(c.trayView, high > 0)
	}
	if high > 0 {
		box(c.trayView, x+8, 8, w-16, high-8)
		c.trayView.Refresh() // it may hold more or less than before
	}
	return high
}

func (c *Composer) showsInstead() bool {
	return c.instead != nil && c.offered && c.reason != "" && !c.noting
}

// TrayFile is a file that is to be sent.
type TrayFile struct {
	Key  string
	Icon look.IconName
	Name string
	Info string // size, or what is wrong with it
	Bad  bool   // it cannot be sent: Info says why
	// Choice is a word that calls OnChoice: "Send the original". Empty: none.
	Choice string
}

// TrayWords are the tooltips of a tray.
type TrayWords struct{ Remove string }
