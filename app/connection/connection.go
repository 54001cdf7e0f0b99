// Package connection is the screen on which a shop connects its number: the keys
// from Meta, the way messages come, a test message. Each step is checked while
// it is typed and saved by itself.
package connection

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
)

// Desk is the part of the desk that this screen needs.
type Desk interface {
	desk.Setup
	Message(ctx context.Context, who desk.Actor, id chat.MessageID) (chat.Message, error)
}

// Deps is what the screen is built from. All fields but Typed are needed.
type Deps struct {
	Desk  Desk
	Who   desk.Actor
	Words *locale.Words
	Scope *live.Scope // of the screen; it stops when this closes
	// Say shows a line for a few seconds: of what was done, or of what failed.
	Say func(text string, done bool)
	// Focus gives the keyboard to a widget.
	Focus func(fyne.Focusable)
	// Copy puts text on the clipboard, and says so; Browse opens a page in the
	// person's browser.
	Copy   func(text string)
	Browse func(url string)
	// OpenSandbox and LeaveSandbox open the other shop of this computer in the place
	// of this one.
	OpenSandbox, LeaveSandbox func()
	// Ask puts a question over the window. An answer without Do only closes it.
	Ask func(title, text string, answers ...kit.Action)
	// Done goes on to the chats.
	Done func()
	// ContinueKeys is the shortcut of Continue as it stands on keys.
	ContinueKeys string
	// Typed is what was left on a screen before, of the same shop.
	Typed Typed
}

func (d Deps) now() time.Time { return d.Scope.Now() }

// checkAfter is how long after the last key what was typed is checked (design
// guide, section 5).
const checkAfter = 400 * time.Millisecond

// Screen is the connection. It belongs to the UI thread.
type Screen struct {
	Deps
	page    *kit.Page
	sandbox bool
	health  desk.Health
	current step
	chosen  bool // the person went to a step; until then it follows what is done

	known     desk.Connected
	connected *live.Task[desk.Connected]

	steps   []*kit.Step
	back    *kit.Button
	next    *kit.Button
	keys    *keysCard
	arrival *arrivalCard
	trial   *trialCard
	number  *numberCard
}

// New builds the screen of the shop's own number, or that of the sandbox, where
// nothing can be connected.
func New(d Deps, health desk.Health) *Screen {
	s := &Screen{Deps: d, sandbox: health.Sandbox, health: health}
	s.buildSteps()
	if s.sandbox {
		s.buildSandbox()
	} else {
		s.buildCards()
	}
	s.connected = live.NewTask(d.Scope, nil, func(state live.State[desk.Connected]) {
		switch state.Phase {
		case live.Ready, live.Empty:
			s.learn(state.Value)
		case live.Failed, live.Stale:
			s.number.fail(state.Err)
			s.arrival.lost(state.Err)
			s.page.Refresh()
		}
	})
	if s.sandbox {
		s.show()
		return s
	}
	s.retype(d.Typed)
	s.show()
	s.load()
	return s
}

// buildCards makes the steps' cards and the column beside them.
func (s *Screen) buildCards() {
	s.keys, s.arrival, s.trial, s.number = newKeysCard(s), newArrivalCard(s), newTrialCard(s), newNumberCard(s)
	s.back = kit.NewButton(s.Words.T("connect.back"), kit.Plain, func() { s.Go(s.current - 1) })
	s.next = kit.NewButton(s.Words.T("connect.continue"), kit.Primary, s.Continue)
	s.next.SetTip(s.Words.T("connect.continue") + "  " + s.ContinueKeys)
	s.page = kit.NewPage(kit.PageData{
		ListTitle: s.Words.T("connect.title"), ListWords: s.Words.T("connect.saved"), List: s.stepList(),
		Actions: []fyne.CanvasObject{s.back, s.next},
		Cards:   []fyne.CanvasObject{s.keys.panel, s.arrival.panel},
		Aside:   []*kit.Panel{s.number.panel, s.trial.panel},
	})
}

// buildSandbox makes what the sandbox has instead: the way out of it.
func (s *Screen) buildSandbox() {
	s.number = newNumberCard(s)
	leave := kit.NewButton(s.Words.T("connect.leave"), kit.Primary, s.LeaveSandbox)
	s.next = leave
	s.page = kit.NewPage(kit.PageData{
		ListTitle: s.Words.T("connect.title"), List: s.stepList(),
		Cards: []fyne.CanvasObject{kit.NewPanel(s.Words.T("connect.sandbox"), "", kit.NewStack(12,
			words(s.Words.T("connect.in_sandbox")), kit.NewBar(words(s.Words.T("connect.leave_hint")), leave)))},
	})
}

// Content is what the frame shows.
func (s *Screen) Content() fyne.CanvasObject { return s.page }

// Corner is how wide the pane at the lower left is; it has no foot.
func (s *Screen) Corner() (width, foot float32) { return s.page.CornerWidth(), 0 }

// SetClear keeps room of a height free there, for toasts.
func (s *Screen) SetClear(high float32) { s.page.SetClear(high) }

// Fit says whether there is room for the list of steps.
func (s *Screen) Fit(list bool) { s.page.SetSlim(!list) }

// Close hides what was shown of a secret. The screen's scope ends its work.
func (s *Screen) Close() {
	if !s.sandbox {
		s.keys.hideLetters()
		s.arrival.hideLetters()
	}
}

// SetHealth takes what the rail knows of the connection.
func (s *Screen) SetHealth(h desk.Health) {
	s.health = h
	s.show()
}

// Heard takes what changed on the desk: when the last webhook came, and how far
// the test message is.
func (s *Screen) Heard(b live.Batch) {
	if s.sandbox {
		return
	}
	s.trial.heard(b)
	s.connected.Refresh(s.ask())
}

func (s *Screen) load() { s.connected.Load(s.ask()) }

func (s *Screen) ask() func(context.Context) (desk.Connected, error) {
	return func(ctx context.Context) (desk.Connected, error) { return s.Desk.Connected(ctx, s.Who) }
}

// learn shows what is stored, without touching what the person types.
func (s *Screen) learn(c desk.Connected) {
	s.known = c
	if why := s.forbidden(); why != "" {
		s.keys.disable(why)
		s.arrival.disable(why)
	}
	s.keys.learn(c)
	s.arrival.learn(c)
	s.show()
}

// forbidden is why this person may change nothing here; empty: they may.
func (s *Screen) forbidden() string {
	switch {
	case !s.Who.Role.May(staff.EditConnection):
		return s.Words.Explain(&desk.Error{Code: desk.Forbidden}).String()
	case s.known.Store == desk.StoreGiven:
		return s.Words.T("connect.kept_given")
	}
	return ""
}

// failed shows an error of something the person did. A call that ended with the
// screen is nobody's news.
func (s *Screen) failed(err error) {
	if !s.Scope.Closed() {
		s.Say(s.Words.Explain(err).String(), false)
	}
}

// words is a paragraph as the cards have it.
func words(text string) *kit.Paragraph { return kit.NewParagraph(text, kit.Small, textColor) }

// findingOf is a check's state as the widgets show it.
func findingOf(s desk.CheckState) kit.Finding {
	switch s {
	case desk.CheckOK:
		return kit.FindingGood
	case desk.CheckWarn:
		return kit.FindingWarn
	case desk.CheckBad:
		return kit.FindingBad
	}
	return kit.FindingNone
}
