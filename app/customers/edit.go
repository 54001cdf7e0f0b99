package customers

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"shopbell/app/kit"
	"shopbell/app/look"
	"shopbell/app/person"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// languages are those offered; another one that a customer has stays.
var languages = []string{"en", "pt", "pt-BR", "ru", "uk", "es", "fr", "de", "it", "pl", "tr", "ar", "he", "kk", "ro"}

// languageName is what a language calls itself, or its code where that is not known.
func languageName(code string) string {
	tag, err := language.Parse(code)
	if name := display.Self.Name(tag); err == nil && name != "" {
		return name
	}
	return code
}

// profileForm asks for what the shop knows of a customer.
type profileForm struct {
	*Screen
	sheet    *kit.Sheet
	close    func()
	phone    *kit.Field // nil: the customer is known
	fields   map[chat.ProfileField]*kit.Field
	language *kit.Selector
	profile  chat.Profile // its language is what was chosen
}

func (s *Screen) newForm(icon look.IconName, title, who string, phone bool, p chat.Profile) *profileForm {
	w := s.Words
	f := &profileForm{Screen: s, profile: p, fields: map[chat.ProfileField]*kit.Field{}}
	var items []fyne.CanvasObject
	if phone {
		f.phone = kit.NewField(kit.FieldWords{Label: w.T("customers.phone"), Placeholder: "+351 912 555 014"})
		items = append(items, f.phone)
	}
	f.language = kit.NewSelector(f.chooseLanguage)
	for _, field := range chat.ProfileFields() {
		words := kit.FieldWords{Label: w.T(fieldWords[field])}
		switch field {
		case chat.FieldLanguage:
			items = append(items, kit.NewStack(4, kit.NewLine(words.Label, kit.Small, look.Text2), f.language))
			continue
		case chat.FieldAbout:
			f.fields[field] = kit.NewAreaField(words, 3)
		default:
			f.fields[field] = kit.NewTextField(words)
		}
		f.fields[field].SetText(*p.Field(field))
		items = append(items, f.fields[field])
	}
	f.sheet = kit.NewSheet(kit.SheetWords{
		Icon: icon, Title: title, For: who, Cancel: w.T("template.cancel"), Send: w.T("customers.save"), SendKeys: s.SendKeys, SendIcon: look.IconCheck,
	}, fyne.NewSize(480, 528), kit.NewStack(10, items...))
	for _, field := range f.all() {
		field.OnChanged = f.check
		field.OnFocus = func() { f.sheet.Reveal(field) }
	}
	f.check()
	return f
}

func (f *profileForm) all() (all []*kit.Field) {
	if f.phone != nil {
		all = append(all, f.phone)
	}
	for _, field := range chat.ProfileFields() {
		if f.fields[field] != nil {
			all = append(all, f.fields[field])
		}
	}
	return all
}

func (f *profileForm) chooseLanguage(at fyne.Position) {
	items := []kit.MenuItem{{Text: f.Words.T("customers.language_none"), Current: f.profile.Language == "", Do: func() { f.profile.Language = ""; f.check() }}}
	for _, code := range languages[:person.MostItems-1] {
		items = append(items, kit.MenuItem{Text: languageName(code), Current: code == f.profile.Language, Do: func() {
			f.profile.Language = code
			f.check()
		}})
	}
	f.Menu(at, items)
}

// check takes what was typed, and says at the fields what is wrong with it.
func (f *profileForm) check() {
	for name, field := range f.fields {
		*f.profile.Field(name) = field.Text()
	}
	name := f.Words.T("customers.language_none")
	if f.profile.Language != "" {
		name = languageName(f.profile.Language)
	}
	f.language.Set("", kit.HueNone, name)
	for _, field := range f.all() {
		field.Set(kit.FindingNone, "")
	}
	barred := ""
	if f.phone != nil && f.phone.Text() == "" {
		barred = f.Words.T("customers.phone_missing")
	}
	_, err := f.profile.Tidy()
	if fault, ok := errors.AsType[*chat.ProfileError](err); ok {
		barred = f.complain(string(fault.Field), fault.Limit)
	}
	f.sheet.Set(f.Words.T("customers.form_hint"), barred)
}

// complain says at a field why it is not taken, and returns why the form is not.
func (f *profileForm) complain(name string, limit int) string {
	field := f.fields[chat.ProfileField(name)]
	if name == "phone" {
		field = f.phone
	}
	if field != nil {
		field.Set(kit.FindingBad, person.Wrong(f.Words, name, limit))
	}
	return f.Words.T("form.wrong")
}

// show opens the form; save makes the change, and done is called once it is made.
func (f *profileForm) show(save func(ctx context.Context, p chat.Profile) error, done func()) {
	busy := false
	f.close = f.Float(f.sheet, f.all()[0].Target())
	f.sheet.OnCancel = f.close
	f.sheet.OnSend = func() {
		if busy {
			return
		}
		busy = true
		p := f.profile
		f.Scope.Do(func(ctx context.Context) error { return save(ctx, p) }, func(err error) {
			busy = false
			if e, ok := errors.AsType[*desk.Error](err); ok && e.Code == desk.Invalid {
				f.sheet.Set(f.Words.T("customers.form_hint"), f.complain(e.Field, e.Limit))
				return
			}
			if err != nil {
				f.explain(err)
				return
			}
			f.close()
			f.refresh()
			done()
		})
	}
}

// editCustomer changes what is known of a customer.
func (s *Screen) editCustomer(c desk.Customer) {
	id := c.Contact.ID
	if id == 0 {
		return
	}
	f := s.newForm(look.IconPencil, s.Words.T("customers.edit"), c.Contact.DisplayName(), false, c.Profile)
	f.show(func(ctx context.Context, p chat.Profile) error { return s.Desk.SaveProfile(ctx, s.Who, id, p) }, func() {
		s.Say(s.Words.T("customers.saved"), func() {
			s.one.Do(func(ctx context.Context) error { return s.Desk.SaveProfile(ctx, s.Who, id, c.Profile) }, func() {})
		})
	})
}

// newCustomer adds somebody by their phone, or shows who has it.
func (s *Screen) newCustomer() {
	f := s.newForm(look.IconPlus, s.Words.T("customers.new_title"), "", true, chat.Profile{})
	var id chat.ContactID
	word := "customers.added"
	f.show(func(ctx context.Context, p chat.Profile) (err error) {
		id, err = s.Desk.NewCustomer(ctx, s.Who, f.phone.Text(), p)
		if desk.CodeOf(err) == desk.Conflict && id != 0 {
			word, err = "customers.known_already", nil
		}
		return err
	}, func() {
		s.open(id)
		s.Done(s.Words.T(word))
	})
}
