package customers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/live"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// Screen is the customers. It belongs to the UI thread.
type Screen struct {
	*model
	root  *fyne.Container
	list  *listPane
	panel *panel
	clear float32 // is kept free above the foot, for toasts
	// imports: an import is under way. Who looks like one is looked for once it ends.
	imports bool
}

// New makes the screen. It is empty until Heard is called with a batch that says
// Reload, or Load.
func New(d Deps) *Screen {
	s := &Screen{}
	s.model = newModel(d, func() { s.list.draw() }, func() { s.panel.draw(); s.list.drawRows() })
	s.list = newListPane(s)
	s.panel = newPanel(s)
	s.root = container.New(s, s.list.root, s.panel.root)
	s.list.draw()
	return s
}

// Load asks the desk for what is shown.
func (s *Screen) Load() { s.refresh() }

// Content is what the frame shows.
func (s *Screen) Content() fyne.CanvasObject { return s.root }

// Heard takes what changed on the desk.
func (s *Screen) Heard(b live.Batch) {
	switch {
	case !s.imports && (b.Reload || b.Has(desk.EventCustomer)):
		s.refresh()
	case s.imports || b.Has(desk.EventConversation):
		s.refreshShown()
	}
}

// FocusSearch goes to the search field.
func (s *Screen) FocusSearch() { s.Focus(s.list.search.Target()) }

// FocusList goes to the list.
func (s *Screen) FocusList() { s.Focus(s.list.people.Target()) }

// OtherPane moves the keyboard from the list to the customer beside it, or back.
func (s *Screen) OtherPane(focused fyne.Focusable) {
	if s.one.At() == 0 || focused == s.panel.target() {
		s.FocusList()
		return
	}
	s.Focus(s.panel.target())
}

// Escape closes the customer that is shown, and goes to the list.
func (s *Screen) Escape() {
	s.open(0)
	s.FocusList()
}

// Open shows a customer beside the list, who need not be in it.
func (s *Screen) Open(id chat.ContactID) { s.open(id) }

// open shows a customer beside the list; 0: nobody.
func (s *Screen) open(id chat.ContactID) {
	if id != s.one.At() {
		s.one.Show(id)
	}
	s.panel.draw()
	s.list.drawRows()
	s.root.Refresh()
}

// Corner is where toasts stand: over the foot of the list.
func (s *Screen) Corner() (width, foot float32) {
	return min(s.list.root.Size().Width, 480*look.Scale()), footHigh()
}

// SetClear keeps room of a height free above the foot.
func (s *Screen) SetClear(high float32) {
	if high != s.clear {
		s.clear = high
		s.list.root.Refresh()
	}
}

// Widths of the panel, and of the screen from which on it stands beside the list: a
// window less the rail (design guide, C).
const (
	panelWide  float32 = 320
	besideFrom float32 = 1180 - 72
)

// MinSize implements fyne.Layout; the frame knows the smallest window.
func (s *Screen) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(400, 300) }

// Layout implements fyne.Layout: the list, and a customer beside it or over its end.
func (s *Screen) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	wide := min(look.Grow(panelWide, 160), size.Width)
	list := size.Width
	if s.one.At() != 0 && size.Width >= besideFrom {
		list -= wide
	}
	stand(s.list.root, true, 0, 0, list, size.Height)
	stand(s.panel.root, s.one.At() != 0, size.Width-wide, 0, wide, size.Height)
}

func stand(o fyne.CanvasObject, shown bool, x, y, w, h float32) {
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
	o.Move(fyne.NewPos(float32(int(x)), float32(int(y))))
	o.Resize(fyne.NewSize(float32(int(w)), float32(int(h))))
}
