// Package welcome is the first start: nothing is connected yet, and the person
// chooses how to begin.
package welcome

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
)

// Choice is one thing that can be chosen in the line at the bottom.
type Choice struct {
	Text    string
	Icon    look.IconName
	Current bool
	Do      func()
}

// Deps is what the first start is built from. All fields are needed.
type Deps struct {
	Words     *locale.Words
	Languages []Choice
	Theme     Choice // the present theme; Do takes the next
	Sandbox   func() // opens the sandbox
	Connect   func() // goes to connecting a number
	// SearchKeys is the shortcut of the search as it stands on keys.
	SearchKeys string
}

// Screen is the first start. It belongs to the UI thread.
type Screen struct {
	Deps
	root *fyne.Container
	wide bool // the list's place is shown, too

	pane, page      *kit.Ground
	edge            *kit.Divider
	search          *kit.SearchField
	filters         *kit.Segmented
	line            *kit.Divider
	noChats         *kit.Empty
	hero            *kit.Hero
	title, question *kit.Line
	card, connect   *kit.Card
	failure         *kit.Line
	foot            []fyne.CanvasObject
}

// New builds the screen.
func New(d Deps) *Screen {
	w := d.Words
	s := &Screen{
		Deps: d, wide: true,
		pane: kit.NewGround(look.Panel), page: kit.NewGround(look.Bg), edge: kit.NewDivider(),
		noChats:  kit.NewEmpty(look.IconChat, w.T("list.empty"), w.T("list.empty_hint"), nil),
		hero:     kit.NewHero(),
		title:    kit.NewLine(w.T("welcome.title"), kit.Font{Type: look.Figure, Bold: true}, look.Text),
		question: kit.NewLine(w.T("welcome.question"), kit.Font{Type: look.Title}, look.Text2),
		failure:  kit.NewLine("", kit.Small, look.ErrorText),
	}
	s.card = kit.NewCard(kit.CardData{
		Icon: look.IconFlask, Hue: kit.HuePrimary, Keys: "1", Primary: true,
		Title: w.T("welcome.sandbox"), Text: w.T("welcome.sandbox_text"),
		Time: w.T("welcome.sandbox_time"), Button: w.T("welcome.sandbox_open"),
	}, s.OpenSandbox)
	s.connect = kit.NewCard(kit.CardData{
		Icon: look.IconChat, Hue: kit.HueAccent, Keys: "2",
		Title: w.T("welcome.connect"), Text: w.T("welcome.connect_text"),
		Time: w.T("welcome.connect_time"), Button: w.T("welcome.connect_open"),
	}, d.Connect)
	s.failure.Hide()
	s.buildList()
	for i, l := range d.Languages {
		icon := look.IconName("")
		if i == 0 {
			icon = look.IconLanguage
		}
		option := kit.NewOption(l.Text, icon, l.Do)
		option.SetCurrent(l.Current)
		s.foot = append(s.foot, option)
	}
	s.foot = append(s.foot, kit.NewDivider(), kit.NewOption(d.Theme.Text, d.Theme.Icon, d.Theme.Do),
		kit.NewDivider(), kit.NewLine(w.T("welcome.nothing_sent"), kit.Small, look.Text2))
	objects := []fyne.CanvasObject{s.page, s.pane, s.edge, s.search, s.filters, s.line, s.noChats, s.hero, s.title, s.question, s.card, s.connect, s.failure}
	s.root = container.New(s, append(objects, s.foot...)...)
	return s
}

// buildList makes the list as it is with nobody in it: it can be searched and
// filtered, and finds nothing.
func (s *Screen) buildList() {
	w := s.Words
	s.search = kit.NewSearchField(w.T("list.search"), s.SearchKeys)
	s.search.OnChanged = func(text string) {
		if text == "" {
			s.noChats.Set(look.IconChat, w.T("list.empty"), w.T("list.empty_hint"))
		} else {
			s.noChats.Set(look.IconSearch, w.T("list.nothing_found"), w.T("list.nothing_found_hint"))
		}
	}
	s.filters = kit.NewSegmented(func(int) {})
	s.filters.SetItems([]string{w.T("filter.mine") + " 0", w.T("filter.waiting") + " 0", w.T("filter.all") + " 0", w.T("filter.resolved")}, 2)
	s.line = kit.NewDivider()
}

// Content is what the frame shows.
func (s *Screen) Content() fyne.CanvasObject { return s.root }

// Fit says whether there is room for the empty list beside the choices.
func (s *Screen) Fit(wide bool) { s.wide = wide }

// FocusSearch is where the keyboard goes for the search.
func (s *Screen) FocusSearch() fyne.Focusable { return s.search.Target() }

// OpenSandbox is the first choice. While it is being opened, asking again does
// nothing.
func (s *Screen) OpenSandbox() {
	if s.card.Button().IsBusy() {
		return
	}
	s.failure.Hide()
	s.card.Button().SetBusy(true)
	s.Sandbox()
}

// Opening reports whether the sandbox is being opened.
func (s *Screen) Opening() bool { return s.card.Button().IsBusy() }

// Failed says why the sandbox could not be opened, and lets the person try again.
func (s *Screen) Failed(reason string) {
	s.card.Button().SetBusy(false)
	s.failure.Set(s.Words.T("welcome.failed", locale.Args{"Reason": reason}))
	s.failure.Show()
	s.root.Refresh()
}

// MinSize implements fyne.Layout.
func (s *Screen) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 500) }

const (
	paneWidth = 320
	footGap   = 12
	cardGap   = 16
)

// Layout implements fyne.Layout with the numbers of the design guide: the choices
// in the middle of what the list leaves, and the line of choices at the bottom.
func (s *Screen) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	left := float32(0)
	if s.wide {
		left = look.Grow(paneWidth, 60)
	}
	for _, o := range []fyne.CanvasObject{s.pane, s.edge, s.search, s.filters, s.line, s.noChats} {
		if s.wide {
			o.Show()
		} else {
			o.Hide()
		}
	}
	place(s.page, 0, 0, size.Width, size.Height)
	place(s.pane, 0, 0, left, size.Height)
	place(s.edge, left-1, 0, 1, size.Height)
	place(s.search, 12, 12, left-25, s.search.MinSize().Height)
	place(s.filters, 12, 12+s.search.MinSize().Height+8, left-25, s.filters.MinSize().Height)
	top := 30 + s.search.MinSize().Height + s.filters.MinSize().Height
	place(s.line, 0, top, left-1, 1)
	empty := s.noChats.MinSize()
	place(s.noChats, (left-empty.Width)/2, (top+size.Height-empty.Height)/2-32, empty.Width, empty.Height)

	left, room := left+footGap, size.Width-left-2*footGap
	mid := left + room/2
	wide := min(look.Grow(272, 210), (room-cardGap)/2)
	s.card.Fit(wide)
	s.connect.Fit(wide)
	cards := fyne.NewSize(2*wide+cardGap, max(s.card.MinSize().Height, s.connect.MinSize().Height))
	high := s.hero.MinSize().Height + 28 + s.title.MinSize().Height + 2 + s.question.MinSize().Height + 28 + cards.Height + 12
	y := max(12, (size.Height-60-high)/2)
	for _, c := range []struct {
		object fyne.CanvasObject
		below  float32
	}{{s.hero, 28}, {s.title, 2}, {s.question, 28}} {
		m := c.object.MinSize()
		place(c.object, mid-m.Width/2, y, m.Width, m.Height)
		y += m.Height + c.below
	}
	place(s.card, mid-cards.Width/2, y, wide, cards.Height)
	place(s.connect, mid+cards.Width/2-wide, y, wide, cards.Height)
	y += cards.Height + 12
	m := s.failure.MinSize()
	place(s.failure, mid-m.Width/2, y, m.Width, m.Height)
	s.layoutFoot(room, mid, size.Height-28)
}

// layoutFoot puts the choices at the bottom in one line around mid. Where that has
// no room, what is said beside them goes above.
func (s *Screen) layoutFoot(room, mid, y float32) {
	choices, end := s.foot[:len(s.foot)-2], s.foot[len(s.foot)-2:]
	if s.footLine(s.foot) <= room {
		end[0].Show()
		s.placeFoot(s.foot, mid, y)
		return
	}
	end[0].Hide()
	s.placeFoot(end[1:], mid, y-choices[0].MinSize().Height)
	s.placeFoot(choices, mid, y)
}

// footLine is how wide some of the foot are in one line.
func (s *Screen) footLine(some []fyne.CanvasObject) float32 {
	width := float32(-footGap)
	for _, o := range some {
		width += s.footWidth(o) + footGap
	}
	return width
}

func (s *Screen) placeFoot(some []fyne.CanvasObject, mid, y float32) {
	x := mid - s.footLine(some)/2
	for _, o := range some {
		w, h := s.footWidth(o), o.MinSize().Height
		if _, line := o.(*kit.Divider); line {
			place(o, x+w/2, y-8, 1, 16)
		} else {
			place(o, x, y-h/2, w, h)
		}
		x += w + footGap
	}
}

// footWidth is the room of a choice; a divider keeps some air around it.
func (s *Screen) footWidth(o fyne.CanvasObject) float32 {
	if _, line := o.(*kit.Divider); line {
		return 9
	}
	return o.MinSize().Width
}

// place moves and resizes on whole pixels.
func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(float32(int(x)), float32(int(y))))
	o.Resize(fyne.NewSize(float32(int(w)), float32(int(h))))
}
