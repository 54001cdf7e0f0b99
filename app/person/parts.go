package person

import (
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// Parts draws what a Model shows. It belongs to the UI thread.
type Parts struct{ *Model }

// Section is a part of a panel with a title.
func Section(title string, content fyne.CanvasObject, actions ...fyne.CanvasObject) *kit.Panel {
	p := kit.NewPanel(title, "", content, actions...)
	p.SetPlain(true)
	return p
}

// Pad gives a thing of a panel its margins.
func Pad(o fyne.CanvasObject) fyne.CanvasObject { return Section("", o) }

// SetHead shows who it is, with a line below the name, and their figures.
func (p Parts) SetHead(head *kit.PersonHead, c Person, about string) {
	w := p.d.Words
	spent, rating, language := "–", "–", "–"
	if len(c.Spent) > 0 {
		spent = w.Amount(c.Spent[0].Minor, c.Spent[0].Currency)
	}
	if c.Ratings > 0 {
		rating = w.Mean(c.Scores, c.Ratings)
	}
	if c.Language != "" {
		language = strings.ToUpper(c.Language)
	}
	head.Set(p.d.Chats.Person(c.Contact), c.Contact.DisplayName(), about,
		kit.Figure{Value: w.Count(c.Orders), Caption: w.N("customers.n_orders", c.Orders)},
		kit.Figure{Value: spent, Caption: w.T("customers.n_spent")},
		kit.Figure{Value: rating, Caption: w.T("customers.n_rating")},
		kit.Figure{Value: language, Caption: w.T("customers.n_language")})
}

// Repeat tells that the customer comes about the same again; ok is false where they
// do not.
func (p Parts) Repeat(c desk.Customer) (text string, ok bool) {
	r := c.Repeat
	if r == nil {
		return "", false
	}
	return p.d.Words.N("customers.repeat", len(r.Times), locale.Args{"Kind": p.d.Words.Question(r.Kind)}), true
}

// Month is a section about the messages of this month; nil where there are none.
func (p Parts) Month(c desk.Customer) fyne.CanvasObject {
	if c.MonthSent == 0 {
		return nil
	}
	w := p.d.Words
	return Section(w.T("customers.month"), kit.NewParagraph(
		w.N("customers.month_sent", c.MonthSent, locale.Args{"Count": w.Count(c.MonthSent), "Billable": w.Count(c.MonthBillable)}), kit.Small, look.Text))
}

// Visits are rows of the conversations, newest first, without one of them; 0: all of
// them. A press opens one.
func (p Parts) Visits(c Person, without chat.ConversationID) (rows []fyne.CanvasObject) {
	for _, v := range c.Visits {
		if v.ID == without {
			continue
		}
		row := kit.NewVisit(func() { p.d.OpenChat(v.ID) })
		row.Set(p.visit(v))
		rows = append(rows, row)
	}
	if c.Before != 0 {
		rows = append(rows, Pad(kit.NewTextButton(p.d.Words.T("customers.earlier"), p.EarlierVisits)))
	}
	return rows
}

func (p Parts) visit(v chat.Conversation) kit.VisitData {
	w, now := p.d.Words, p.d.Scope.Now()
	d := kit.VisitData{Icon: look.IconChat, Title: w.T("customers.chat"), Text: v.Preview.Text, Time: w.Recent(v.LastAt, now), Tag: v.Department, Hue: p.d.Chats.Hue(v.Department)}
	if v.Question != "" {
		d.Title = w.Question(v.Question)
	}
	if d.Text == "" && v.Preview.Kind != "" {
		d.Text = p.d.Chats.Kind(v.Preview.Kind, false)
	}
	switch {
	case v.State == chat.StateResolved:
		d.Icon, d.Tone, d.State, d.StateTone = look.IconCheck, kit.ToneOk, w.T("customers.resolved"), kit.ToneNone
		if v.Rating.Score != 0 {
			d.State = locale.Dotted(d.State, w.Score(v.Rating.Score))
		}
	case !v.WaitingSince.IsZero():
		wait := now.Sub(v.WaitingSince)
		d.Tone, d.State, d.StateTone, d.StateIcon = kit.ToneMine, w.Wait(wait), p.d.Chats.Wait(wait), look.IconClock
	default:
		d.Tone, d.State, d.StateTone = kit.ToneMine, w.T("customers.open"), kit.ToneMine
	}
	return d
}

// Purchases are rows of the orders, newest first. A press marks one as paid, or takes
// that back.
func (p Parts) Purchases(c Person) (rows []fyne.CanvasObject) {
	for _, o := range c.Purchases {
		rows = append(rows, p.Purchase(o))
	}
	if c.Older != 0 {
		rows = append(rows, Pad(kit.NewTextButton(p.d.Words.T("customers.earlier"), p.EarlierPurchases)))
	}
	return rows
}

// Purchase is one row of Purchases.
func (p Parts) Purchase(o desk.Order) *kit.Visit {
	w := p.d.Words
	row := kit.NewVisit(func() { p.TogglePaid(o) })
	d := kit.VisitData{
		Icon: look.IconBag, Title: locale.Dotted(orderNumber(o.Number), w.Amount(o.Minor, o.Currency)), Text: o.Title,
		Time: w.Recent(o.At, p.d.Scope.Now()), State: w.T("customers.unpaid"),
	}
	row.SetTip(w.T("customers.mark_paid"))
	if !o.PaidAt.IsZero() {
		d.Tone, d.State, d.StateTone, d.StateIcon = kit.ToneOk, w.T("customers.paid"), kit.ToneOk, look.IconCheck
		row.SetTip(w.T("customers.mark_unpaid"))
	}
	row.SetDisabled(p.d.Barred)
	row.Set(d)
	return row
}

func orderNumber(n string) string {
	if n == "" {
		return ""
	}
	return "#" + strings.TrimPrefix(n, "#")
}
