package rules

import (
	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/look"
)

// subPage is a page that stands over the panes, or over another page, while it is
// shown: the bench, its chats, what is learned from a phone.
type subPage struct {
	*Screen
	shown bool
	pane  *kit.Pane
	below *subPage       // what it stands over; nil: the panes
	from  fyne.Focusable // gets the keyboard back
}

// subWords are the words in the bar of a page; about may be empty.
type subWords struct{ back, title, about string }

// newSubPage makes a page that is not shown; data is what stands below its bar, and
// actions at the bar's right.
func newSubPage(s *Screen, words subWords, data kit.PaneData, actions ...kit.Span) *subPage {
	p := &subPage{Screen: s}
	back := kit.NewIconButton(look.IconBack, words.back+"  "+s.Keys.Back, p.close)
	data.Ground, data.HeadGround, data.Pad = look.Bg, look.Surface, 20
	data.Head = kit.NewRun(8, append([]kit.Span{kit.Own(back), kit.Own(kit.NewLine(words.title, kit.Heading, look.Text)),
		kit.Rest(kit.NewLine(words.about, kit.Small, look.Text2), 60)}, actions...)...)
	p.pane = kit.NewPane(data)
	p.pane.Hide()
	s.over.Add(p.pane)
	return p
}

// enter shows the page and gives the keyboard to what is used first on it; from gets
// it back.
func (p *subPage) enter(first, from fyne.Focusable) {
	p.shown, p.from, p.below = true, from, p.page
	p.page = p
	p.under().Hide()
	p.pane.Show()
	p.Focus(first)
}

// close goes back to what the page stands over.
func (p *subPage) close() {
	p.shown = false
	p.page = p.below
	p.pane.Hide()
	p.under().Show()
	p.Focus(p.from)
}

func (p *subPage) under() fyne.CanvasObject {
	if p.below != nil {
		return p.below.pane
	}
	return p.root
}
