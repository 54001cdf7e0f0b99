// Package settings is the screen on which a person sets how Shopbell looks and
// behaves on this computer, and sees where its data is. What is chosen is in
// force at once; nothing has to be saved.
package settings

import (
	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/desk"
)

// Part is one part of the settings, an entry of the list.
type Part string

// The parts. The zero value is General.
const (
	General Part = ""
	Stock   Part = "stock"
	Data    Part = "data"
	About   Part = "about"
)

// Chosen is what holds on this computer.
type Chosen struct {
	Language    locale.Language
	Mode        look.Mode
	Percent     int // text size, look.MinPercent to look.MaxPercent
	EnterSends  bool
	CloseToTray bool
	News        bool // of new customers, and of who waits while the person looks elsewhere
}

// Deps is what the screen is built from. All fields but Autostart and Copies
// are needed.
type Deps struct {
	Words  *locale.Words
	Scope  *live.Scope // of the screen; it stops when this closes
	Part   Part        // what is shown first
	Chosen Chosen
	// Choose puts a choice in force and keeps it. The screen is built anew where the
	// choice changes how it looks.
	Choose func(Chosen)
	// NoTray is true where this system has no place for a tray icon.
	NoTray bool
	// Autostart starts Shopbell with the computer; nil where this system cannot.
	Autostart Autostart
	// Copies makes copies of the shop; nil where none are made.
	Copies Copies
	Place  Place
	Shop   Shop
	Levels desk.Stock
	Who    desk.Actor
	// Named is told how the person is called from now on; the screen is built anew.
	Named func(name string)
	// Reveal opens a folder in the system's file manager.
	Reveal func(folder string)
	// Keys shows the list of shortcuts.
	Keys func()
	// Say shows a line for a few seconds: of what was done, or of what failed.
	Say func(text string, done bool)
	// SayUndo is Say of something done that can be taken back.
	SayUndo func(text string, undo func())
	// Copy puts text on the clipboard, and says so.
	Copy  func(text string)
	Focus func(fyne.Focusable)
	// Menu opens a menu whose corner is at a point of the window.
	Menu func(at fyne.Position, items []kit.MenuItem)
	// Pick asks for one file of this computer. done is called once, with an empty path
	// when the person thinks better of it.
	Pick func(done func(path string))
}

// Shop is what holds for all desks of the shop.
type Shop interface {
	desk.Shop
	desk.Ratings
}

// Place is where Shopbell is on this computer.
type Place struct {
	Data    string // folder of the data of what is open
	Sandbox bool   // that is the sandbox
	Log     string // folder of the log
	Version string
}

// Screen is the settings. It belongs to the UI thread.
type Screen struct {
	Deps
	page     *kit.Page
	part     Part
	sections map[Part]*kit.Section
	tabs     *kit.Segmented // the list, where there is no room for it
	cards    map[Part][]fyne.CanvasObject
	stock    *stockPart
}

// parts are the entries of the list in their order.
var parts = []struct {
	part        Part
	icon        look.IconName
	name, about string
}{
	{General, look.IconGear, "settings.general", "settings.general_about"},
	{Stock, look.IconStock, "settings.stock", "settings.stock_about"},
	{Data, look.IconDrive, "settings.data", "settings.data_about"},
	{About, look.IconInfo, "settings.about", "settings.about_about"},
}

// New builds the screen.
func New(d Deps) *Screen {
	s := &Screen{Deps: d, part: d.Part, sections: map[Part]*kit.Section{}}
	var list, all []fyne.CanvasObject
	var names []string
	for _, p := range parts {
		s.sections[p.part] = kit.NewSection(p.icon, d.Words.T(p.name), d.Words.T(p.about), func() { s.Go(p.part) })
		list = append(list, s.sections[p.part])
		names = append(names, d.Words.T(p.name))
	}
	s.tabs = kit.NewSegmented(func(i int) { s.Go(parts[i].part) })
	s.tabs.SetLoose(true)
	s.tabs.SetItems(names, 0)
	s.tabs.Hide()
	s.stock = newStockPart(s)
	s.cards = map[Part][]fyne.CanvasObject{General: s.general(), Stock: s.stock.cards(), Data: s.data(), About: s.about()}
	for _, p := range parts {
		all = append(all, s.cards[p.part]...)
	}
	s.page = kit.NewPage(kit.PageData{ListTitle: d.Words.T("settings.title"), List: list, Actions: []fyne.CanvasObject{s.tabs}, Cards: all})
	s.show()
	return s
}

// Content is what the frame shows.
func (s *Screen) Content() fyne.CanvasObject { return s.page }

// Part is what is shown.
func (s *Screen) Part() Part { return s.part }

// Corner is how wide the pane at the lower left is; it has no foot.
func (s *Screen) Corner() (width, foot float32) { return s.page.CornerWidth(), 0 }

// SetClear keeps room of a height free there, for toasts.
func (s *Screen) SetClear(high float32) { s.page.SetClear(high) }

// Fit says whether there is room for the list of parts.
func (s *Screen) Fit(list bool) {
	if list == s.tabs.Visible() {
		setVisible(s.tabs, !list)
		s.page.SetSlim(!list)
	}
}

// Heard takes what changed on the desk.
func (s *Screen) Heard(b live.Batch) {
	if b.Has(desk.EventStock) {
		s.stock.heard()
	}
}

// Go shows a part.
func (s *Screen) Go(p Part) {
	s.part = p
	s.show()
}

func (s *Screen) show() {
	for i, p := range parts {
		s.sections[p.part].SetCurrent(p.part == s.part)
		for _, card := range s.cards[p.part] {
			setVisible(card, p.part == s.part)
		}
		if p.part == s.part {
			s.tabs.SetCurrent(i)
			s.page.SetHeader(s.Words.T(p.name), "")
		}
	}
	s.page.Refresh()
	if s.part == Stock {
		s.stock.show()
	}
}

func setVisible(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}
