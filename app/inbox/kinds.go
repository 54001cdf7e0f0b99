package inbox

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
)

// content puts into a bubble what its kind carries besides the text.
func (t *talk) content(m chat.Message, b *kit.Message, now time.Time) {
	switch {
	case m.Template != nil:
		if m.Media != nil {
			t.media(m, b, now)
		}
		t.template(*m.Template, b)
	case m.Media != nil:
		t.media(m, b, now)
		if m.Link != nil {
			b.Choices = linkChoice(*m.Link)
		}
	case m.Location != nil:
		b.Content = t.place(*m.Location)
	case len(m.Cards) > 0:
		b.Content, b.Foot = t.cards(m.Cards), t.Words.T("kind.contacts")
	case m.Order != nil:
		b.Content = t.order(*m.Order)
	case m.List != nil:
		b.Content, b.Foot = t.listing(*m.List), t.Words.T("chat.list_button", locale.Args{"Title": m.List.Button})
	case m.Link != nil:
		b.Choices = linkChoice(*m.Link)
	case m.RawKind == chat.RawPlaceholder:
		t.strange(m, b, t.Words.T("chat.on_phone"))
	case m.Kind == chat.KindUnsupported:
		t.strange(m, b, t.Words.T("chat.unsupported"))
	case m.Kind == chat.KindEdited:
		t.strange(m, b, t.Words.T("chat.changed"))
	case m.Kind == chat.KindGroup && m.Text == "":
		t.strange(m, b, t.Words.T("chat.unsupported"))
	case m.Referral != nil:
		b.Content = t.ad(m, *m.Referral, now)
	}
}

// linkChoice is the button that opens an address.
func linkChoice(l chat.Link) []kit.Choice {
	return []kit.Choice{{Icon: look.IconOpen, Title: l.Title}}
}

// strange is a message that is not shown whole. What it says in words is: only
// what Shopbell says of it steps back then.
func (t *talk) strange(m chat.Message, b *kit.Message, what string) {
	b.Strange, b.Hint = true, what
	if m.Text == "" {
		b.Text, b.Hint = what, ""
		if m.Inbound() && m.Kind != chat.KindGroup && m.Status != chat.StatusPast { // nobody is answered in a group
			b.Hint = t.Words.T("chat.strange_hint")
		}
	}
	if m.RawKind != "" {
		b.More = t.Words.T("chat.more")
	}
}

// kindWord names a kind in a line or two words.
func (d Deps) kindWord(k chat.Kind, voice bool) string {
	switch k {
	case chat.KindImage:
		return d.Words.T("kind.image")
	case chat.KindVideo:
		return d.Words.T("kind.video")
	case chat.KindAudio:
		if voice {
			return d.Words.T("kind.voice")
		}
		return d.Words.T("kind.audio")
	case chat.KindDocument:
		return d.Words.T("kind.document")
	case chat.KindSticker:
		return d.Words.T("kind.sticker")
	case chat.KindLocation:
		return d.Words.T("kind.location")
	case chat.KindContacts:
		return d.Words.T("kind.contacts")
	case chat.KindOrder:
		return d.Words.T("kind.order")
	case chat.KindList:
		return d.Words.T("kind.list")
	case chat.KindTemplate:
		return d.Words.T("kind.template")
	}
	return d.Words.T("kind.other")
}

func (t *talk) place(l chat.Location) kit.Place {
	p := kit.Place{Title: l.Name, Detail: l.Address, Open: t.Words.T("chat.map")}
	if p.Title == "" {
		p.Title, p.Detail = p.Detail, ""
	}
	if p.Title == "" {
		p.Title = fmt.Sprintf("%.5f, %.5f", l.Latitude, l.Longitude)
	}
	return p
}

// mapAddress is where a browser shows a place.
func mapAddress(l chat.Location) string {
	at := strconv.FormatFloat(l.Latitude, 'f', -1, 64) + "/" + strconv.FormatFloat(l.Longitude, 'f', -1, 64)
	lat, lon, _ := strings.Cut(at, "/")
	return "https://www.openstreetmap.org/?mlat=" + lat + "&mlon=" + lon + "#map=17/" + at
}

func (t *talk) cards(all []chat.Card) kit.Contacts {
	var c kit.Contacts
	for _, card := range all {
		name := card.Name
		var detail []string
		for _, p := range card.Phones {
			detail = append(detail, strings.TrimSpace(chat.FormatPhone(p.Phone)))
		}
		detail = append(append(detail, card.Emails...), card.Company)
		person := chat.Contact{Name: name}
		c.People = append(c.People, kit.Contact{
			Person: kit.Person{Initials: person.Initials(), Seed: uint64(len(name))},
			Name:   name, Detail: locale.Dotted(detail...), Do: t.cardButton(card),
		})
	}
	return c
}

// order says what an order holds. There is no sum over two currencies.
func (t *talk) order(o chat.Order) kit.Order {
	v := kit.Order{Title: t.Words.T("chat.order"), SumTitle: t.Words.T("chat.order_sum")}
	var sum chat.Micros
	var count int64
	single := true
	for _, item := range o.Items {
		price := item.Price * chat.Micros(item.Quantity)
		v.Lines = append(v.Lines, kit.OrderLine{
			Name: item.Product, Quantity: "× " + strconv.FormatInt(item.Quantity, 10), Price: t.Words.Money(price, item.Currency),
		})
		count += item.Quantity
		sum += price
		single = single && item.Currency == o.Items[0].Currency
	}
	v.Count = t.Words.N("chat.order_items", int(count))
	if single && len(o.Items) > 0 {
		v.Sum = t.Words.Money(sum, o.Items[0].Currency)
	}
	return v
}

func (t *talk) listing(l chat.List) kit.Listing {
	var v kit.Listing
	for _, s := range l.Sections {
		for _, r := range s.Rows {
			row := kit.ListingRow{Title: r.Title, Detail: r.Description, Chosen: r.Chosen}
			if r.Chosen {
				row.Detail = t.Words.T("chat.list_chosen")
			}
			v.Rows = append(v.Rows, row)
		}
	}
	return v
}

// template puts the filled-in parts of a template together: header and footer
// are lines of its text.
func (t *talk) template(u chat.TemplateUse, b *kit.Message) {
	var parts []string
	for _, p := range []string{u.Header, b.Text, u.Footer} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	b.Text = strings.Join(parts, "\n")
	for _, title := range u.Buttons {
		b.Choices = append(b.Choices, kit.Choice{Icon: look.IconReply, Title: title})
	}
}

// ad is what the customer came through. Replies are free for 72 hours once the
// shop has answered within 24 (cloud-api, pricing of entry points); that is said
// only as long as it can still come true.
func (t *talk) ad(m chat.Message, r chat.Referral, now time.Time) kit.Ad {
	v := kit.Ad{Label: t.cameBy(r), Title: r.Headline, Detail: r.Body}
	if v.Detail == "" && r.ID != "" {
		v.Detail = t.Words.T("chat.ad_id", locale.Args{"ID": r.ID})
	}
	if webAddress(r.URL) != nil {
		v.OpenTip = t.Words.T("file.open")
	}
	if r.Type == "ad" && now.Sub(m.At) < chat.MetaWindow && !t.answeredSince(m.At) {
		v.Free = t.Words.T("chat.ad_free")
	}
	return v
}

func (t *talk) cameBy(r chat.Referral) string {
	if r.Type == "post" {
		return t.Words.T("chat.post")
	}
	return t.Words.T("chat.ad")
}

func (t *talk) answeredSince(at time.Time) bool {
	for _, m := range t.messages {
		if !m.Inbound() && m.Author != chat.AuthorDesk && m.Kind != chat.KindNote && !m.At.Before(at) && !m.Accepted.IsZero() {
			return true
		}
	}
	return false
}
