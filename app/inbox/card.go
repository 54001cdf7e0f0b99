package inbox

import (
	"context"
	"slices"
	"strings"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/contactfile"
	"shopbell/core/desk"
	"shopbell/core/staff"
)

// personOf is the person of a card: all of its phones. Those without a country's code
// are taken for numbers of the customer's own country.
func (t *talk) personOf(card chat.Card) (p contactfile.Person) {
	for _, phone := range card.Phones {
		digits := phone.WaID
		if digits == "" {
			var err error
			if digits, err = chat.Number(phone.Phone, chat.Region(t.conv.Contact.Phone)); err != nil {
				continue // no number that a message could go to; it stays in sight in the card
			}
		}
		if digits = chat.Digits(digits); digits != "" && !slices.Contains(p.Phones, digits) {
			p.Phones = append(p.Phones, digits)
		}
	}
	p.Name, p.About = card.Name, card.Company
	if len(card.Emails) > 0 {
		p.Email = card.Emails[0]
	}
	return p
}

// cardKey is the same for two cards of the same phones.
func cardKey(p contactfile.Person) string { return strings.Join(p.Phones, " ") }

// lookUpCards asks the desk about people of cards, or only about those who were not
// asked about yet.
func (t *talk) lookUpCards(all bool) {
	if !t.Who.Role.May(staff.Answer) {
		return
	}
	var people []contactfile.Person
	asked := map[string]bool{}
	for _, m := range t.messages {
		for _, card := range m.Cards {
			p := t.personOf(card)
			if _, known := t.carded[cardKey(p)]; len(p.Phones) > 0 && (all || !known) && !asked[cardKey(p)] && len(people) < desk.MaxImport {
				asked[cardKey(p)] = true
				people = append(people, contactfile.Person{Phones: p.Phones})
			}
		}
	}
	if len(people) == 0 {
		return
	}
	var found []desk.ImportResult
	t.scope.Do(func(ctx context.Context) (err error) {
		found, err = t.Desk.PlanImport(ctx, t.Who, people)
		return err
	}, func(err error) {
		if err != nil {
			return // the cards have no buttons then; they are asked about again with the next message
		}
		for i, p := range people {
			t.knowCard(p, found[i].Customer)
		}
		t.changed()
	})
}

func (t *talk) knowCard(p contactfile.Person, id chat.ContactID) {
	if t.carded == nil {
		t.carded = map[string]chat.ContactID{}
	}
	t.carded[cardKey(p)] = id
}

// cardButton is what can be done with a card: "" for nothing.
func (t *talk) cardButton(card chat.Card) string {
	switch id, known := t.carded[cardKey(t.personOf(card))]; {
	case !known:
		return ""
	case id != 0:
		return t.Words.T("chat.card_open")
	}
	return t.Words.T("chat.card_save")
}

// cardItems are the same for the keyboard, one line for each card.
func (t *talk) cardItems(m chat.Message) (items []kit.MenuItem) {
	for i, card := range m.Cards {
		if button := t.cardButton(card); button != "" {
			items = append(items, kit.MenuItem{Icon: look.IconPeople, Text: button, Keys: card.Name, Do: func() { t.useCard(m, i) }})
		}
	}
	return items
}

// useCard opens the customer of a card, or makes one.
func (t *talk) useCard(m chat.Message, place int) {
	if place >= len(m.Cards) {
		return
	}
	p := t.personOf(m.Cards[place])
	if id := t.carded[cardKey(p)]; id != 0 {
		t.OpenCustomer(id)
		return
	}
	var done []desk.ImportResult
	t.act(func(ctx context.Context) (err error) {
		done, err = t.Desk.ImportCustomers(ctx, t.Who, []contactfile.Person{p})
		return err
	}, func(err error) {
		switch {
		case err != nil:
			t.explain(err)
		case done[0].Outcome == desk.ImportRefused:
			t.Say(t.Words.T("chat.card_refused"), nil)
		default:
			t.knowCard(p, done[0].Customer)
			t.Done(t.Words.T("chat.card_saved", locale.Args{"Name": m.Cards[place].Name}))
			t.changed()
		}
	})
}
