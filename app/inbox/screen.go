package inbox

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// Breadth is how much room the window gives the inbox (design guide, section 4).
type Breadth int

const (
	Wide    Breadth = iota // list and chat
	Narrow                 // a slim list, icons instead of words
	OnePane                // the list or the chat
)

// Widths of the list.
const (
	listWidth       = 320
	listNarrowWidth = 268
)

// Screen is the inbox. It belongs to the UI thread.
type Screen struct {
	Deps
	breadth Breadth
	root    *fyne.Container
	banner  *kit.Banner // above list and chat
	list    *listPane
	chat    *chatPane
	talk    *talk // the open chat; nil: none
	who     *customer
	unsent  unsents
}

// Place is where a person is in the inbox, with what they have not sent yet, to
// return there when the screen is built anew.
type Place struct {
	Filter desk.Filter // empty: all
	Open   chat.ConversationID
	unsent unsents
}

// New builds the inbox. It is empty until Heard is called with a batch that
// says Reload, which a live feed does at once.
func New(d Deps) *Screen {
	s := &Screen{Deps: d, unsent: unsents{}}
	s.list = newListPane(d, s.open, s.opened)
	s.chat = newChatPane(d, s.Back, s.tryNow, s.TogglePanel, s.unsent.of)
	s.banner = kit.NewBanner()
	s.banner.Hide()
	s.root = container.New(s, s.list.root, s.chat.root, s.banner)
	s.who = newCustomer(s)
	s.root.Add(s.who.beside.root)
	return s
}

// Content is what the frame shows.
func (s *Screen) Content() fyne.CanvasObject { return s.root }

// Close leaves the open chat, saving what is to be saved, and ends the screen.
func (s *Screen) Close() {
	if s.talk != nil {
		s.talk.close()
		s.talk = nil
	}
	s.Scope.Close()
}

// Heard takes what changed on the desk.
func (s *Screen) Heard(b live.Batch) {
	if b.Has(desk.EventConversation) || b.Has(desk.EventMessage) {
		s.list.refresh()
	}
	if s.talk != nil {
		s.talk.heard(b)
	}
	s.who.heard(b)
	if b.Reload || b.Has(desk.EventQuickReplies) {
		s.chat.quick.heard()
	}
}

// SetHealth takes the state of the way to Meta.
func (s *Screen) SetHealth(h desk.Health) {
	n, ok := s.shopNotice(h)
	s.banner.Set(n.kind, n.text)
	setVisible(s.banner, ok)
	s.root.Refresh()
	s.chat.health = h
	s.chat.draw()
}

// Tick renews waits and countdowns; it is called once a second.
func (s *Screen) Tick(now time.Time) {
	s.list.tick(now)
	s.chat.tick(now)
	s.who.follow()
}

// Fit takes how much room there is, before the content is resized.
func (s *Screen) Fit(b Breadth) {
	if b == s.breadth {
		return
	}
	s.breadth, s.chat.breadth = b, b
	s.list.draw()
	s.chat.draw()
}

// Place returns where the person is.
func (s *Screen) Place() Place {
	return Place{Filter: s.list.filter, Open: s.opened(), unsent: s.unsent}
}

// Go goes to a place, as Place returned it of a screen that is closed by now. The
// zero place is the list.
func (s *Screen) Go(p Place) {
	s.takeOver(p.unsent)
	if p.Filter != "" {
		s.list.choose(p.Filter)
	}
	s.list.refresh()
	if p.Open != 0 {
		s.Open(p.Open)
	}
}

func (s *Screen) opened() chat.ConversationID {
	if s.talk == nil {
		return 0
	}
	return s.talk.id
}

// Open opens a chat to answer in it. It need not be among the loaded rows.
func (s *Screen) Open(id chat.ConversationID) {
	row, known := s.list.find(id)
	if !known {
		row = chat.Conversation{ID: id}
	}
	s.open(row)
}

// open opens a chat to answer in it and gives the composer the focus.
func (s *Screen) open(row chat.Conversation) {
	if row.ID != s.opened() {
		if s.talk != nil {
			s.talk.close()
		}
		s.talk = openTalk(s.Deps, row, s.unsent.of(row.ID), s.changed)
		s.chat.show(s.talk)
		s.list.replace(s.talk.conv)
		s.list.draw()
		s.list.reveal(row.ID)
		s.who.follow()
	}
	s.root.Refresh()
	s.focusChat()
}

// changed draws the open chat, and its row, whose lock and unread count the
// chat knows first.
func (s *Screen) changed() {
	if s.talk == nil || s.chat.talk != s.talk {
		return // the chat is still being opened, or was left
	}
	s.list.replace(s.talk.conv)
	s.chat.draw()
	s.who.follow()
}

func (s *Screen) focusChat() {
	if s.talk == nil {
		return
	}
	if reason, _ := s.talk.barred(s.chat.health, s.now()); reason == "" || s.talk.note.on {
		s.Focus(s.chat.composer.Target())
	}
}

// tryNow asks the desk to send at once what waits.
func (s *Screen) tryNow() {
	s.Scope.Do(func(ctx context.Context) error { return s.Desk.TryNow(ctx, s.Who) }, s.explain)
}

// FocusSearch goes to the search field.
func (s *Screen) FocusSearch() {
	s.showList()
	s.Focus(s.list.search.Target())
}

// FocusList goes to the list.
func (s *Screen) FocusList() {
	s.showList()
	s.Focus(s.list.list.Target())
}

// showList leaves the chat where only one pane fits.
func (s *Screen) showList() {
	if s.breadth == OnePane && s.talk != nil {
		s.leave()
	}
}

// leave closes the open chat.
func (s *Screen) leave() {
	s.talk.close()
	s.talk = nil
	s.chat.show(nil)
	s.list.draw()
	s.root.Refresh()
}

// AnswerLongest opens the chat of who waits longest and is free.
func (s *Screen) AnswerLongest() {
	s.list.longestWait(func(id chat.ConversationID) {
		if id == 0 {
			s.Say(s.Words.T("toast.nobody_waits"), nil)
			return
		}
		s.Open(id)
	})
}

// ChooseFilter shows another part of the list.
func (s *Screen) ChooseFilter(f desk.Filter) {
	s.showList()
	s.list.choose(f)
	s.list.draw()
}

// Attach asks for files to send in the open chat.
func (s *Screen) Attach() { s.chat.chooseFiles() }

// Drop takes files that were dropped on the window: over the template that is being
// chosen, else into the next message.
func (s *Screen) Drop(offers []Offer) {
	if p := s.chat.picker; p != nil && s.Floats(p.view) {
		if !p.takeFile(offers) {
			s.Say(s.Words.T("template.no_file"), nil)
		}
		return
	}
	if f := s.chat.passing; f != nil && s.Floats(f.view) {
		s.Say(s.Words.T("forward.no_file"), nil)
		return
	}
	s.chat.viewing.leave() // what is dropped is seen in the composer
	if f := s.chat.form; f != nil && s.Floats(f.view) {
		s.Say(s.Words.T("form.no_file"), nil)
		return
	}
	if !s.chat.canWrite() {
		s.Say(s.Words.T("chat.drop_where"), nil)
		return
	}
	s.talk.attach(offers)
}

// ChooseTemplate opens the templates for the open chat.
func (s *Screen) ChooseTemplate() { s.chat.chooseTemplate() }

// Send sends what stands in the composer.
func (s *Screen) Send() { s.chat.composer.Send() }

// ToggleNote goes from the answer to a note among the team, or back.
func (s *Screen) ToggleNote() { s.chat.toggleNote() }

// StampNote begins a note with date, time and how the matter stands.
func (s *Screen) StampNote() { s.chat.stampNote() }

// Resolve resolves the open chat; where it is resolved already it does nothing.
func (s *Screen) Resolve() {
	if s.talk != nil && s.talk.conv.State == chat.StateOpen && !s.heldByOther(s.talk.conv) {
		s.talk.resolve()
	}
}

// Back returns to the list; where only one pane fits the chat is left.
func (s *Screen) Back() { s.FocusList() }

// Escape takes the quoted message away, or else is Back; what was open above the
// screen is closed by then.
func (s *Screen) Escape() {
	if s.talk != nil && s.talk.with.quoted.ID != 0 {
		s.talk.unload("")
		return
	}
	s.FocusList()
}

// OtherPane moves the focus from the list to the chat or back. There are two
// panes, so the next one is the one before.
func (s *Screen) OtherPane() {
	if s.talk == nil || s.Focused() == s.chat.composer.Target() {
		s.FocusList()
		return
	}
	s.focusChat()
}

// Page turns the open chat by pages.
func (s *Screen) Page(pages float32) { s.chat.thread.Page(pages) }

// MinSize implements fyne.Layout.
func (s *Screen) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 400) }

// Layout implements fyne.Layout: list and chat beside each other, or one.
func (s *Screen) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	top := float32(0)
	if s.banner.Visible() {
		s.banner.Fit(size.Width)
		top = s.banner.MinSize().Height
		place(s.banner, 0, 0, size.Width, top)
	}
	high := size.Height - top
	if s.breadth == OnePane {
		s.who.beside.root.Hide()
		setVisible(s.list.root, s.talk == nil)
		setVisible(s.chat.root, s.talk != nil)
		place(s.list.root, 0, top, size.Width, high)
		place(s.chat.root, 0, top, size.Width, high)
		return
	}
	s.list.root.Show()
	s.chat.root.Show()
	width, beside := s.listWide(), float32(0)
	if s.who.isBeside() {
		beside = panelWidth()
		place(s.who.beside.root, size.Width-beside, top, beside, high)
	}
	setVisible(s.who.beside.root, beside > 0)
	place(s.list.root, 0, top, width, high)
	place(s.chat.root, width, top, size.Width-width-beside, high)
}
