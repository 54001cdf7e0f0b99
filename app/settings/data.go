package settings

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
)

// Copies are the copies of the open shop on this computer.
type Copies interface {
	// Last is when the newest was made; zero: there is none.
	Last(ctx context.Context) (time.Time, error)
	// Make makes one now, and returns when it is whole.
	Make(ctx context.Context) error
	// Folder is where they are.
	Folder() string
}

// data makes the cards of where the shop is and its copies.
func (s *Screen) data() []fyne.CanvasObject {
	w := s.Words
	name, about := w.T("settings.folder"), "settings.folder_about"
	if s.Place.Sandbox {
		name, about = w.T("settings.folder_sandbox"), "settings.folder_sandbox_about"
	}
	return []fyne.CanvasObject{
		kit.NewPanel(name, "", s.folder(s.Place.Data, about)),
		s.copies(),
	}
}

// folder is a line with a folder, what it is, and a button that opens it.
func (s *Screen) folder(path, about string) *kit.Bar {
	button := s.soft("settings.open", func() { s.Reveal(path) })
	button.SetIcon(look.IconFolder, false)
	return kit.NewBar(kit.NewStack(2, kit.NewParagraph(path, kit.Body, look.Text),
		kit.NewParagraph(s.Words.T(about), kit.Tiny, look.Text2)), button)
}

// copies makes the card of the copies.
func (s *Screen) copies() fyne.CanvasObject {
	w := s.Words
	state := kit.NewStatus(kit.FindingNone, "")
	var now *kit.Button
	var last *live.Task[time.Time]
	now = kit.NewButton(w.T("settings.copy_now"), kit.Primary, func() {
		now.SetBusy(true)
		s.Scope.Do(s.Copies.Make, func(err error) {
			now.SetBusy(false)
			if err != nil {
				state.Set(kit.FindingBad, w.Explain(err).String())
				s.page.Refresh()
				return
			}
			s.Say(w.T("settings.copied"), true)
			last.Load(s.Copies.Last)
		})
	})
	open := s.soft("settings.open", func() { s.Reveal(s.Copies.Folder()) })
	open.SetIcon(look.IconFolder, false)
	card := kit.NewPanel(w.T("settings.copies"), "", kit.NewStack(10,
		kit.NewParagraph(w.T("settings.copies_about"), kit.Small, look.Text2), kit.NewBar(state, open, now)))
	if s.Copies == nil {
		state.Set(kit.FindingNone, w.T("settings.not_here"))
		now.SetDisabled(w.T("settings.not_here"))
		open.Hide()
		return card
	}
	last = live.NewTask(s.Scope, time.Time.IsZero, func(is live.State[time.Time]) {
		state.Set(s.lastCopy(is))
		setVisible(open, is.Phase != live.Empty) // there is no folder yet
		s.page.Refresh()
	})
	s.Scope.After(0, func() { last.Load(s.Copies.Last) })
	return card
}

// lastCopy says when the newest copy was made.
func (s *Screen) lastCopy(is live.State[time.Time]) (kit.Finding, string) {
	w := s.Words
	switch is.Phase {
	case live.Ready:
		return kit.FindingGood, w.T("settings.copied_at", locale.Args{"When": w.Moment(is.Value, s.Scope.Now())})
	case live.Empty:
		return kit.FindingNone, w.T("settings.no_copy")
	case live.Failed, live.Stale:
		return kit.FindingWarn, w.Explain(is.Err).String()
	}
	return kit.FindingNone, ""
}

// about makes the card of the program itself.
func (s *Screen) about() []fyne.CanvasObject {
	w := s.Words
	facts := kit.NewFacts()
	facts.Set(kit.Fact{Name: w.T("settings.version"), Value: s.Place.Version}, kit.Fact{Name: w.T("settings.licence"), Value: "Apache 2.0"})
	return []fyne.CanvasObject{
		kit.NewPanel("Shopbell", "", facts),
		s.licences(),
		kit.NewPanel(w.T("settings.log"), "", s.folder(s.Place.Log, "settings.log_about")),
	}
}
