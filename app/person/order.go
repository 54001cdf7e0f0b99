package person

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// wrongWords say what is wrong with a field, by its name in desk.Error.
var wrongWords = map[string]string{
	"phone": "customers.wrong_phone", "name": "customers.wrong_name", "language": "customers.wrong_language", "address": "customers.wrong_address",
	"email": "customers.wrong_email", "about": "customers.wrong_about", "number": "customers.wrong_number", "title": "customers.wrong_title",
	"amount": "customers.wrong_amount", "currency": "customers.wrong_currency",
}

// Wrong says what is wrong with a field that is at most limit characters long; 0: it
// is not too long.
func Wrong(w *locale.Words, field string, limit int) string {
	if limit > 0 {
		return w.N("customers.too_long", limit)
	}
	return w.T(wrongWords[field])
}

// AddOrder asks for an order of a customer, agreed in a conversation (0: in none), and
// notes it. currency is what it is probably in; paid: it probably is.
func (p Parts) AddOrder(c desk.Customer, in chat.ConversationID, currency string, paid bool) {
	w := p.d.Words
	title := kit.NewTextField(kit.FieldWords{Label: w.T("customers.order_title")})
	number := kit.NewTextField(kit.FieldWords{Label: w.T("customers.order_number")})
	amount := kit.NewField(kit.FieldWords{Label: w.T("customers.order_amount"), Placeholder: "89.00"})
	code := kit.NewField(kit.FieldWords{Label: w.T("customers.order_currency"), Placeholder: "EUR"})
	code.SetText(currency)
	settled := kit.NewPick(func(bool) {})
	settled.Set(kit.PickData{Title: w.T("customers.paid"), Light: true, On: paid})
	sheet := kit.NewSheet(kit.SheetWords{
		Icon: look.IconBag, Title: w.T("customers.order_new"), For: c.Contact.DisplayName(), Cancel: w.T("template.cancel"),
		Send: w.T("customers.order_add"), SendKeys: p.d.SendKeys, SendIcon: look.IconCheck,
	}, fyne.NewSize(440, 400), kit.NewStack(10, title, kit.NewColumns(12, 120, number, amount), kit.NewColumns(12, 120, code, settled)))
	draft := func() (desk.OrderDraft, bool) {
		o := desk.OrderDraft{Number: number.Text(), Title: title.Text(), Paid: settled.On(), Conversation: in}
		o.Currency = strings.ToUpper(code.Text())
		minor, ok := locale.ParseAmount(amount.Text(), o.Currency)
		o.Minor = minor
		return o, ok
	}
	check := func() {
		o, ok := draft()
		faults := map[string]*kit.Field{"title": title, "number": number, "amount": amount, "currency": code}
		for _, f := range faults {
			f.Set(kit.FindingNone, "")
		}
		barred := ""
		if !ok {
			barred = w.T("customers.wrong_amount")
			if amount.Text() != "" {
				amount.Set(kit.FindingBad, barred)
			}
		}
		_, err := o.Tidy()
		if e, bad := errors.AsType[*desk.Error](err); bad {
			barred = Wrong(w, e.Field, e.Limit)
			if f := faults[e.Field]; f != nil && f.Text() != "" {
				f.Set(kit.FindingBad, barred)
			}
		}
		sheet.Set(w.T("customers.order_hint"), barred)
	}
	for _, f := range []*kit.Field{title, number, amount, code} {
		f.OnChanged = check
	}
	check()
	closeSheet := p.d.Float(sheet, title.Target())
	sheet.OnCancel = closeSheet
	sheet.OnSend = func() {
		o, _ := draft()
		closeSheet()
		p.Do(func(ctx context.Context) error {
			_, err := p.d.Desk.AddOrder(ctx, p.d.Who, c.Contact.ID, o)
			return err
		}, func() { p.d.Done(w.T("customers.order_added")) })
	}
}
