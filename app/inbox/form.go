package inbox

import (
	"crypto/rand"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// forms are what a person typed into the forms of one chat and has not sent: they are
// there again when a form was closed by mistake.
type forms struct {
	place typedPlace
	link  typedLink
	list  typedList
	// templates are the variables of each template, by its name and language.
	templates map[string][]blank
}

// form is a message of its own kind that is filled in over the chat: a place, a
// link, a list.
type form interface {
	// content are the fields, made from what was typed, and the one to begin in.
	content(*formSheet) (kit.Fitting, fyne.Focusable)
	// check says at the fields what is wrong with them, and returns why the message
	// cannot be sent; empty: it can.
	check() (barred string)
	answer() desk.Answer
	// sent is called once the desk has the message, and empties the form; back fills it
	// in again, unless something else was typed into it since.
	sent() (back func(), err error)
}

// formSheet shows a form until its message is sent.
type formSheet struct {
	*talk
	form  form
	view  *kit.Sheet
	close func()
	token string // the same message sent twice by two taps is one
}

// openForm opens a form for the open chat.
func (p *chatPane) openForm(icon look.IconName, title string, size fyne.Size, f form) {
	if !p.canWrite() {
		return
	}
	t, word := p.talk, p.Words.T
	s := &formSheet{talk: t, form: f}
	content, first := f.content(s)
	s.view = kit.NewSheet(kit.SheetWords{
		Icon: icon, Title: title, For: word("template.for", locale.Args{"Name": t.conv.Contact.DisplayName()}),
		Cancel: word("template.cancel"), Send: word("template.send"), SendKeys: p.Keys.Send,
	}, size, content)
	s.view.OnSend = s.send
	s.edited()
	s.close = p.Float(s.view, first)
	s.view.OnCancel = s.close
	p.form = s
}

// edited says that the message is another one than before.
func (s *formSheet) edited() {
	s.token = rand.Text()
	s.view.Set(s.Words.T("form.hint"), s.form.check())
}

// send sends the message, as an answer to what the composer quotes, and closes the
// form once the desk has it.
func (s *formSheet) send() {
	answer := s.form.answer()
	s.sendQuoting(answer, s.token, func() func() {
		back, err := s.form.sent()
		s.explain(err)
		s.close()
		return back
	})
}

// sendQuoting is sendApart of an answer to what the composer quotes; done may return nil.
func (t *talk) sendQuoting(a desk.Answer, token string, done func() (back func())) {
	quoted := t.with.quoted
	a.Quote = quoted.ID
	t.sendApart(a, token, func() func() {
		if t.with.quoted.ID == a.Quote {
			t.with.quoted = chat.Message{}
		}
		back := done()
		return func() {
			if back != nil {
				back()
			}
			if t.with.quoted.ID == 0 {
				t.with.quoted = quoted
			}
			t.changed()
		}
	})
}

// emptied empties what was typed into a form, and returns what fills it in again.
func emptied[T any](typed *T, isEmpty func(T) bool) (back func()) {
	var none T
	was := *typed
	*typed = none
	return func() {
		if isEmpty(*typed) {
			*typed = was
		}
	}
}

// field is a field of a form for value, at most limit UTF-16 units long; 0: as long
// as wanted.
func (s *formSheet) field(f *kit.Field, limit int, value *string) *kit.Field {
	f.SetText(*value)
	f.SetLimit(limit)
	f.OnChanged = func() {
		*value = f.Text()
		s.edited()
	}
	f.OnFocus = func() { s.view.Reveal(f) }
	return f
}

// label makes a field of one line.
func (s *formSheet) label(key string) *kit.Field {
	return kit.NewTextField(kit.FieldWords{Label: s.Words.T(key)})
}

// tooLong says at each field by how much it is too long, and reports whether one is.
func (d Deps) tooLong(fields ...*kit.Field) bool {
	over := false
	for _, f := range fields {
		if n := f.Over(); n > 0 {
			over = true
			f.Set(kit.FindingBad, d.Words.N("composer.over", n))
		} else {
			f.Set(kit.FindingNone, "")
		}
	}
	return over
}
