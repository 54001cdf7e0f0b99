package inbox

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
)

// buttons are those under the contacts of the newest message.
func (s *stage) buttons(t *testing.T) (words []string) {
	t.Helper()
	all, ok := s.lastBubble(t).Content.(kit.Contacts)
	if !ok {
		t.Fatalf("the newest message carries %T", s.lastBubble(t).Content)
	}
	for _, p := range all.People {
		words = append(words, p.Do)
	}
	return words
}

func TestContactCards(t *testing.T) {
	const save, open = "Save as customer", "Open customer"
	cardsOf := func(s *stage) chat.Message {
		row := s.list.people.rows()[0]
		return chat.Message{Kind: chat.KindContacts, Cards: []chat.Card{
			{Name: "Rosa Mendes", Company: "Bell", Emails: []string{"rosa@mail.example"}, Phones: []chat.CardPhone{
				{Phone: "+351 933 210 447", WaID: "351933210447"}, {Phone: "212 555 016", Type: "WORK"}, {Phone: "12"},
			}},
			{Name: "The one who waits", Phones: []chat.CardPhone{{Phone: "+" + row.Contact.Phone}}},
			{Name: "Nobody", Phones: []chat.CardPhone{{Phone: "34"}}},
		}}
	}
	t.Run("say whether each is a customer, and nothing without a number", func(t *testing.T) {
		s := newStage(t)
		s.say(cardsOf(s))
		if got := s.buttons(t); !slices.Equal(got, []string{save, open, ""}) {
			t.Errorf("the buttons are %q", got)
		}
	})
	t.Run("say so on older pages, and on newer ones", func(t *testing.T) {
		s := newStage(t)
		said := func(id chat.MessageID) string { return s.talk.cardButton(s.talk.messages[s.talk.index(id)].Cards[0]) }
		card := func(phone string) chat.MessageID {
			return s.desk.Say(1, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindContacts, Cards: []chat.Card{{Name: "Rosa", Phones: []chat.CardPhone{{Phone: phone}}}}})
		}
		var far chat.MessageID
		old := card("+351 933 210 447")
		for i := range 3 * chatPageSize {
			if id := s.desk.CustomerWrites(1, "more"); i == chatPageSize {
				far = id
			}
		}
		young := card("+351 933 210 448")
		for range chatPageSize {
			s.desk.CustomerWrites(1, "more")
		}
		s.OpenAt(1, far, "")
		for s.talk.older != 0 {
			s.talk.loadOlder()
		}
		if got := said(old); got != save {
			t.Errorf("the button of an older card is %q", got)
		}
		for s.talk.index(young) < 0 {
			s.talk.loadNewer()
		}
		if got := said(young); got != save {
			t.Errorf("the button of a newer card is %q", got)
		}
	})
	t.Run("become a customer with all numbers, and lead to them then", func(t *testing.T) {
		s := newStage(t)
		id := s.say(cardsOf(s))
		s.chat.thread.OnContact(keyOf(id), 0)
		if got := s.buttons(t); !slices.Equal(got, []string{open, open, ""}) || s.said[len(s.said)-1] != "Rosa Mendes is a customer now" {
			t.Fatalf("the buttons are %q, said is %q", got, s.said)
		}
		s.chat.thread.OnContact(keyOf(id), 0)
		c, err := s.desk.Customer(t.Context(), s.bench.Who, s.customer)
		if err != nil || c.Contact.Name != "Rosa Mendes" || c.Email != "rosa@mail.example" || c.About != "Bell" || len(c.Chats) != 2 || c.Chats[1].Phone != "351212555016" {
			t.Errorf("opened is %+v, %v", c, err)
		}
	})
	t.Run("are in the menu for the keyboard, each with its name", func(t *testing.T) {
		s := newStage(t)
		id := s.say(cardsOf(s))
		s.chat.menu(keyOf(id), fyne.NewPos(0, 0))
		s.pick(t, open)
		if c, err := s.desk.Customer(t.Context(), s.bench.Who, s.customer); err != nil || c.Contact.Name != s.list.people.rows()[0].Contact.Name {
			t.Errorf("opened is %+v, %v", c, err)
		}
	})
	t.Run("are looked up again when customers change", func(t *testing.T) {
		s := newStage(t)
		s.say(cardsOf(s))
		if _, err := s.desk.NewCustomer(t.Context(), s.bench.Who, "351933210447", chat.Profile{}); err != nil {
			t.Fatal(err)
		}
		s.Heard(live.Batch{Events: []desk.Event{{Kind: desk.EventCustomer}}})
		if got := s.buttons(t); got[0] != open {
			t.Errorf("the buttons are %q", got)
		}
	})
	t.Run("have no button for who may not answer, nor while the desk fails", func(t *testing.T) {
		b := newBench(t)
		rosa := chat.Card{Name: "Rosa", Phones: []chat.CardPhone{{WaID: "351933210447"}}}
		b.desk.Say(1, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindContacts, Cards: []chat.Card{rosa}})
		b.desk.FailNext("PlanImport", desk.Errorf(desk.Unavailable, "away"))
		if got := b.open(1).cardButton(rosa); got != "" {
			t.Errorf("while the desk fails it is %q", got)
		}
		if got := b.open(1).cardButton(rosa); got != save {
			t.Errorf("afterwards it is %q", got)
		}
		b.Who.Role = staff.Analyst
		if got := b.open(1).cardButton(rosa); got != "" {
			t.Errorf("an analyst has %q", got)
		}
	})
	t.Run("of which no customer can be made say so", func(t *testing.T) {
		s := newStage(t)
		id := s.say(chat.Message{Kind: chat.KindContacts, Cards: []chat.Card{{Name: "Rosa", Phones: []chat.CardPhone{{WaID: "15550100077"}}}}})
		s.chat.thread.OnContact(keyOf(id), 0)
		if s.said[len(s.said)-1] != s.chat.Words.T("chat.card_refused") {
			t.Errorf("said %q", s.said)
		}
	})
}
