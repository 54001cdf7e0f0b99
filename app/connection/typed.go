package connection

import (
	"shopbell/app/kit"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// Typed is what a person has typed and not yet stored, and where they are, so
// that a screen built anew, in another language or after a look at the chats,
// goes on from there. Its secrets print as dots. The zero value is nothing.
type Typed struct {
	keys    *desk.Keys    // nil: nothing
	arrival *desk.Arrival // nil: nothing
	phone   string
	trial   chat.MessageID // the test message; 0: none
	at      step
	chosen  bool // at is where the person went by themselves
}

// Typed returns what is typed now.
func (s *Screen) Typed() Typed {
	if s.sandbox {
		return Typed{}
	}
	t := Typed{phone: s.trial.phone.Text(), trial: s.trial.sent, at: s.current, chosen: s.chosen}
	if s.keys.dirty {
		keys := s.keys.typedKeys()
		t.keys = &keys
	}
	if s.arrival.dirty {
		way := s.arrival.chosenWay()
		t.arrival = &way
	}
	return t
}

// empty reports whether nothing is typed that is not stored.
func (t Typed) empty() bool { return t.keys == nil && t.arrival == nil && t.phone == "" }

// toSandbox opens the sandbox. It asks first where something is typed: whoever is in
// the midst of it may have taken the sandbox for one more way to connect.
func (s *Screen) toSandbox() {
	if s.Typed().empty() {
		s.OpenSandbox()
		return
	}
	w := s.Words
	s.Ask(w.T("connect.sandbox_ask"), w.T("connect.sandbox_ask_text"),
		kit.Action{Text: w.T("connect.sandbox_go"), Do: s.OpenSandbox}, kit.Action{Text: w.T("connect.sandbox_stay")})
}

// retype puts what was typed back.
func (s *Screen) retype(t Typed) {
	if t.keys != nil {
		s.keys.retype(*t.keys)
	}
	if t.arrival != nil {
		s.arrival.retype(*t.arrival)
	}
	s.current, s.chosen = t.at, t.chosen
	s.trial.phone.SetText(t.phone)
	if s.trial.sent = t.trial; t.trial != 0 {
		s.trial.follow()
	}
}

func (c *keysCard) retype(k desk.Keys) {
	c.fields["phone_number_id"].SetText(k.PhoneNumberID)
	c.fields["waba_id"].SetText(k.WABAID)
	c.fields["token"].SetText(k.Token.Reveal())
	c.fields["app_secret"].SetText(k.AppSecret.Reveal())
	c.changed(c.at)
}

func (c *arrivalCard) retype(a desk.Arrival) {
	c.way, c.dirty = a.Way, true
	c.domain.SetText(a.Domain)
	c.key.SetText(a.TunnelKey.Reveal())
	c.url.SetText(a.URL)
	c.draw()
}
