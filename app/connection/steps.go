package connection

import (
	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/desk"
)

const textColor = look.Text2

// step is one step of the way, in its order.
type step int

const (
	stepKeys step = iota
	stepArrival
	stepTrial
	stepLive
	stepCount
)

// stepTitles are the keys of the steps' names.
var stepTitles = [stepCount]string{"connect.keys", "connect.arrival", "connect.trial", "connect.live"}

func (s *Screen) buildSteps() {
	for i := range stepCount {
		s.steps = append(s.steps, kit.NewStep(func() { s.Go(i) }))
	}
}

func (s *Screen) stepList() []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, one := range s.steps {
		list = append(list, one)
	}
	return list
}

// Go goes to a step: its card is marked, and its first field has the keyboard.
func (s *Screen) Go(to step) {
	if s.sandbox || to < stepKeys || to >= stepCount {
		return
	}
	s.current, s.chosen = to, true
	s.show()
	switch to {
	case stepKeys:
		s.Focus(s.keys.first())
	case stepArrival:
		s.Focus(s.arrival.first())
		s.page.Reveal(s.arrival.panel)
	case stepTrial:
		s.Focus(s.trial.phone.Target())
		s.page.Reveal(s.trial.panel)
	}
}

// Continue does what the current step is for, and goes on to the next when that
// went well. In the sandbox it does nothing.
func (s *Screen) Continue() {
	if s.sandbox || s.forbidden() != "" || s.next.IsBusy() || s.blocked() != "" {
		return
	}
	switch s.current {
	case stepKeys:
		s.keys.save()
	case stepArrival:
		s.arrival.check()
	case stepTrial:
		s.trial.send()
	case stepLive:
		s.Done()
	}
}

// blocked is why Continue cannot do anything now; empty: it can.
func (s *Screen) blocked() string {
	if why := s.forbidden(); why != "" {
		return why
	}
	switch s.current {
	case stepKeys:
		return s.keys.blocked()
	case stepArrival:
		return s.arrival.blocked()
	case stepTrial:
		return s.trial.blocked()
	}
	return ""
}

// show draws steps, header and cards as things stand.
func (s *Screen) show() {
	if s.sandbox {
		for i, one := range s.steps {
			one.Set(kit.StepData{Number: i + 1, Title: s.Words.T(stepTitles[i]), Text: s.Words.T("connect.after_sandbox")})
		}
		s.page.SetHeader(s.Words.T("connect.sandbox"), "")
		return
	}
	if !s.chosen {
		s.current = s.firstOpen()
	}
	for i, one := range s.steps {
		finding, text := s.stepState(step(i))
		one.Set(kit.StepData{Number: i + 1, Title: s.Words.T(stepTitles[i]), Text: text, Finding: finding, Current: step(i) == s.current})
	}
	place := s.Words.T("connect.step_of", locale.Args{"N": int(s.current) + 1, "Of": int(stepCount)})
	if why := s.blocked(); why != "" { // what is disabled says why
		place += " · " + why
	}
	s.page.SetHeader(s.Words.T(stepTitles[s.current]), place)
	s.keys.panel.SetCurrent(s.current == stepKeys)
	s.arrival.panel.SetCurrent(s.current == stepArrival)
	s.trial.panel.SetCurrent(s.current == stepTrial)
	first := ""
	if s.current == stepKeys {
		first = s.Words.T("connect.first_step")
	}
	s.back.SetDisabled(first)
	s.next.SetText(s.continueWord())
	s.next.SetDisabled(s.blocked())
	s.trial.show()
	s.number.show(s.known, s.health)
	s.page.Refresh()
}

func (s *Screen) continueWord() string {
	switch s.current {
	case stepKeys:
		return s.Words.T("connect.save")
	case stepTrial:
		return s.Words.T("connect.send")
	case stepLive:
		return s.Words.T("connect.done")
	}
	return s.Words.T("connect.check")
}

// firstOpen is the first step that is not done.
func (s *Screen) firstOpen() step {
	for i := range stepCount {
		if finding, _ := s.stepState(i); finding != kit.FindingGood {
			return i
		}
	}
	return stepLive
}

// hasKeys reports whether all keys are stored.
func (s *Screen) hasKeys() bool {
	c := s.known
	return c.PhoneNumberID != "" && c.HasToken && c.HasAppSecret
}

// stepState is how a step stands, and the words under its name.
func (s *Screen) stepState(i step) (kit.Finding, string) {
	w := s.Words
	switch i {
	case stepKeys:
		if n := s.keys.faults(); n > 0 {
			return kit.FindingBad, w.N("connect.to_fix", n)
		}
		if s.hasKeys() {
			return kit.FindingGood, firstOf(s.known.Name, s.known.Phone, s.known.PhoneNumberID)
		}
		return kit.FindingNone, w.T("connect.keys_hint")
	case stepArrival:
		switch s.known.Report.State {
		case desk.ArrivalChecked:
			return kit.FindingGood, w.T("connect.arrival_saved")
		case desk.ArrivalFailed:
			return kit.FindingBad, w.N("connect.to_fix", max(1, faultsIn(s.known.Report.Checks)))
		case desk.ArrivalOpening:
			return kit.FindingWarn, w.T("connect.arrival_opening")
		case desk.ArrivalOpen:
			return kit.FindingWarn, w.T("connect.arrival_open")
		}
		return kit.FindingNone, w.T("connect.arrival_hint")
	case stepTrial:
		return s.trial.state()
	}
	if !s.known.LastWebhook.IsZero() && s.hasKeys() && s.health.State == desk.ConnectionOK {
		return kit.FindingGood, w.T("connect.live_since", locale.Args{"When": w.Moment(s.known.LastWebhook, s.now())})
	}
	return kit.FindingNone, w.T("connect.live_hint")
}

func faultsIn(checks []desk.Check) (n int) {
	for _, c := range checks {
		if c.State == desk.CheckBad {
			n++
		}
	}
	return n
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}
