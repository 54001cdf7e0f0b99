//go:build window

package windowtest

import (
	"slices"
	"testing"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/sandbox"
)

// TestPeople finds what a customer said, narrowed to them, and makes one person of two
// and two of one again.
func TestPeople(t *testing.T) {
	const said, also = "The quokka lamp hums at night", "My quokka lamp came broken"
	one := sandbox.Customer{Phone: "351910000551", Name: "Quentin Lampe", Language: "en"}
	other := sandbox.Customer{Phone: "351910000553", Name: "Quentin Lampe", Language: "en"}
	until(t, "the inbox", func() bool { return window.Working() })
	id, s, network := display(t), sit(t), shop.Load().Sandbox()
	for who, text := range map[sandbox.Customer]string{one: said, other: also} {
		if _, err := network.Write(t.Context(), who, text); err != nil {
			t.Fatal(err)
		}
	}
	person := func(q desk.CustomerQuery) []desk.CustomerRow {
		page, err := s.Customers(t.Context(), s.who, q)
		if err != nil {
			t.Fatal(err)
		}
		return page.Rows
	}
	eventually(t, "both customers", func() bool { return len(person(desk.CustomerQuery{Search: "quentin"})) == 2 })

	t.Run("what was said is found in its place", func(t *testing.T) {
		x(t, "key", "ctrl+k")
		until(t, "the search", func() bool { return sees("Find anything that was said") || sees("Saved searches") })
		x(t, "type", "--delay", "8", "quokka")
		until(t, "both messages", func() bool { return sees("2 in 2 chats · word forms found too") || sees("2 in 2 chats") })
		until(t, "one of them in its chat", func() bool { return sees("1 of 2") })
		both(t, id, "search")
		clickIn(t, id, one.Name, 280) // in the filters
		until(t, "one customer's alone", func() bool { return sees("1 in 1 chat") || sees("1 in 1 chat · word forms found too") })
		both(t, id, "search-customer")
		click(t, id, "Today")
		until(t, "the one of today", func() bool { return sees("1 of 1") })
		click(t, id, "Save search")
		until(t, "it to be saved", func() bool { return sees("The search is saved on this computer") && sees("Forget search") })
		both(t, id, "search-saved")
		x(t, "key", "Return")
		var at chat.ConversationID
		until(t, "the chat in the inbox", func() bool { at = window.OpenChat(); return at != 0 && !sees("Forget search") })
		if !slices.ContainsFunc(s.messages(at), func(m chat.Message) bool { return m.Text == said || m.Text == also }) {
			t.Errorf("opened was chat %d", at)
		}
	})
	t.Run("two people become one", func(t *testing.T) {
		x(t, "key", "ctrl+2")
		until(t, "the customers", func() bool { return sees("Customers") && sees("Merge") })
		both(t, id, "customers")
		click(t, id, "Merge")
		until(t, "both beside one another", func() bool { return sees("Merge two people") })
		both(t, id, "merge")
		x(t, "key", "ctrl+Return")
		eventually(t, "one person of the two", func() bool { return len(person(desk.CustomerQuery{Search: "quentin"})) == 1 })
		until(t, "the line that says so", func() bool { return sees("Merged with " + one.Name) })
		both(t, id, "merged")
	})
	t.Run("and two again", func(t *testing.T) {
		click(t, id, "Undo")
		eventually(t, "two people of the one", func() bool { return len(person(desk.CustomerQuery{Search: "quentin"})) == 2 })
		until(t, "the line that says so", func() bool { return sees("They are two again") })
		both(t, id, "merge-undone")
		found, err := s.Find(t.Context(), s.who, desk.SearchQuery{Text: "quokka", Kinds: []desk.HitKind{desk.HitMessage}})
		if err != nil || len(found.Sections) != 1 {
			t.Fatalf("found are %+v, %v", found, err)
		}
		texts := map[chat.ContactID]string{}
		for _, h := range found.Sections[0].Hits {
			texts[h.Contact.ID] = h.Snippet.Text
		}
		if len(texts) != 2 {
			t.Errorf("the messages stand at %v", texts)
		}
	})
	x(t, "key", "ctrl+1")
	until(t, "the inbox again", func() bool { return window.Working() && sees(one.Name) })
}
