package connection

import (
	"context"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// trialCard sends a test message to the owner's own phone and follows it.
type trialCard struct {
	*Screen
	panel  *kit.Panel
	phone  *kit.Field
	submit *kit.Button
	status *kit.Status

	sent    chat.MessageID // 0: none yet
	message *live.Task[chat.Message]
}

func newTrialCard(s *Screen) *trialCard {
	w := s.Words
	c := &trialCard{
		Screen: s, status: kit.NewStatus(kit.FindingNone, ""),
		phone: kit.NewField(kit.FieldWords{Placeholder: w.T("connect.own_phone")}),
	}
	c.submit = kit.NewButton(w.T("connect.send"), kit.Soft, c.send)
	c.phone.OnSubmit = c.send
	c.phone.OnChanged = func() {
		c.phone.Set(kit.FindingNone, "")
		s.show()
	}
	c.phone.OnFocus = func() {
		s.page.Reveal(c.phone)
		if s.current != stepTrial {
			s.current, s.chosen = stepTrial, true
			s.show()
		}
	}
	c.message = live.NewTask(s.Scope, nil, func(state live.State[chat.Message]) {
		if state.Phase == live.Ready || state.Phase == live.Empty {
			s.show()
		}
	})
	c.panel = kit.NewPanel(w.T("connect.trial"), "", kit.NewStack(8, words(w.T("connect.trial_about")), c.phone, kit.NewBar(c.status, c.submit)))
	return c
}

// blocked is why no test message can be sent now.
func (c *trialCard) blocked() string {
	switch {
	case c.forbidden() != "":
		return c.forbidden()
	case c.keys.faults() > 0:
		return c.Words.N("connect.fix_first", c.keys.faults())
	case !c.hasKeys():
		return c.Words.T("connect.keys_first")
	case c.phone.Text() == "":
		return c.Words.T("connect.need_phone")
	}
	return ""
}

func (c *trialCard) send() {
	if c.blocked() != "" || c.submit.IsBusy() {
		return
	}
	c.submit.SetBusy(true)
	c.next.SetBusy(true)
	phone, text := c.phone.Text(), c.Words.T("connect.trial_text")
	var id chat.MessageID
	c.Scope.Do(func(ctx context.Context) (err error) {
		id, err = c.Desk.SendTest(ctx, c.Who, phone, text)
		return err
	}, func(err error) {
		c.submit.SetBusy(false)
		c.next.SetBusy(false)
		switch desk.CodeOf(err) {
		case "":
			c.sent = id
			c.message.Forget()
			c.follow()
		case desk.Invalid:
			c.phone.Set(kit.FindingBad, c.Words.T("connect.bad_phone"))
		case desk.WindowClosed, desk.NotFound:
			c.phone.Set(kit.FindingBad, c.Words.T("connect.write_first"))
		default:
			c.failed(err)
		}
		c.Screen.show()
	})
}

// heard looks at the message when it has changed.
func (c *trialCard) heard(b live.Batch) {
	if c.sent != 0 && b.Has(desk.EventMessage) {
		c.follow()
	}
}

func (c *trialCard) follow() {
	id := c.sent
	c.message.Refresh(func(ctx context.Context) (chat.Message, error) { return c.Desk.Message(ctx, c.Who, id) })
}

// state is how the step stands, in few words.
func (c *trialCard) state() (kit.Finding, string) {
	if c.sent == 0 {
		return kit.FindingNone, c.Words.T("connect.trial_hint")
	}
	finding, line := c.outcome()
	if finding == kit.FindingBad {
		line = c.Words.N("connect.to_fix", 1)
	}
	return finding, line
}

// outcome is how far the message is, or why it did not go.
func (c *trialCard) outcome() (kit.Finding, string) {
	w := c.Words
	switch m := c.message.State().Value; m.Status {
	case chat.StatusSent:
		return kit.FindingGood, w.T("connect.trial_sent")
	case chat.StatusDelivered, chat.StatusRead:
		return kit.FindingGood, w.T("connect.trial_arrived")
	case chat.StatusFailed:
		return kit.FindingBad, w.Refusal(m.ErrorCode, m.ErrorText).String()
	case chat.StatusExpired, chat.StatusUnknown:
		return kit.FindingBad, w.T("connect.trial_lost")
	}
	return kit.FindingWarn, w.T("connect.trial_waits")
}

// show draws the card as things stand.
func (c *trialCard) show() {
	why := c.blocked()
	c.submit.SetDisabled(why)
	if c.hasKeys() {
		c.phone.SetDisabled(c.forbidden())
	} else {
		c.phone.SetDisabled(why)
	}
	switch {
	case c.sent != 0:
		c.status.Set(c.outcome())
	case why != "" && c.hasKeys():
		c.status.Set(kit.FindingNone, why)
	default:
		c.status.Set(kit.FindingNone, "")
	}
}
