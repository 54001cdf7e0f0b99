package inbox

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/live"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

// ordered is a stage on which Marina is open, who ordered boots.
func ordered(t *testing.T) *stage {
	t.Helper()
	s := newStage(t)
	row, err := s.desk.Conversation(t.Context(), desktest.Anna, desktest.Marina)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.desk.AddOrder(t.Context(), desktest.Anna, row.Contact.ID, desk.OrderDraft{
		Number: "1048", Title: "Boots Serra, size 39", Money: desk.Money{Minor: 8900, Currency: "USD"},
	}); err != nil {
		t.Fatal(err)
	}
	s.Open(desktest.Marina)
	return s
}

// beside reports whether the customer stands beside the chat and says text.
func (s *stage) beside(text string) bool {
	return s.who.beside.root.Visible() && says(s.who.beside.root, text)
}

func says(o fyne.CanvasObject, text string) bool {
	return slices.ContainsFunc(kittest.Texts(o), func(t string) bool { return strings.Contains(t, text) })
}

// press presses the last thing in o that says text.
func press(t *testing.T, o fyne.CanvasObject, text string) {
	t.Helper()
	all := kittest.Tappable(o, text)
	if len(all) == 0 {
		t.Fatalf("%q cannot be pressed; there is %q", text, kittest.Texts(o))
	}
	test.Tap(all[len(all)-1])
}

func TestTheCustomerBesideTheChat(t *testing.T) {
	t.Run("is who the open chat is with", func(t *testing.T) {
		s := ordered(t)
		if !s.beside("Boots Serra, size 39") || !s.beside("Марина Волкова") {
			t.Fatalf("it says %q", kittest.Texts(s.who.beside.root))
		}
		s.Open(3)
		if !s.beside("") || s.beside("Boots Serra") {
			t.Errorf("in another chat it says %q", kittest.Texts(s.who.beside.root))
		}
	})
	t.Run("goes and comes with one key, and this computer remembers that", func(t *testing.T) {
		s := ordered(t)
		wide := s.chat.root.Size().Width
		s.TogglePanel()
		if s.who.beside.root.Visible() || s.chat.root.Size().Width <= wide {
			t.Errorf("it is shown: %t; the chat is %g wide, was %g", s.who.beside.root.Visible(), s.chat.root.Size().Width, wide)
		}
		again := &stage{bench: s.bench, Screen: New(s.bench.Deps), window: test.NewTempWindow(t, nil)}
		again.window.SetContent(again.Content())
		again.window.Resize(fyne.NewSize(1208, 800))
		again.Open(desktest.Marina)
		if again.who.beside.root.Visible() {
			t.Error("after a restart it is shown again")
		}
		s.TogglePanel()
		if !s.beside("Boots Serra") {
			t.Error("it does not come back")
		}
	})
	t.Run("asks the desk nothing while it is hidden", func(t *testing.T) {
		s := newStage(t)
		s.Open(desktest.Marina)
		s.TogglePanel()
		before := s.desk.Calls("Customer")
		s.Open(3)
		s.heard()
		if n := s.desk.Calls("Customer"); n != before {
			t.Errorf("the desk was asked %d times", n-before)
		}
	})
	t.Run("shows what others change", func(t *testing.T) {
		s := ordered(t)
		if _, err := s.desk.ChangeLabels(t.Context(), desktest.Anna, s.who.At(), desk.LabelChange{Add: []string{"Wholesale"}}); err != nil {
			t.Fatal(err)
		}
		s.Heard(live.Batch{Events: []desk.Event{{Kind: desk.EventCustomer, Customer: s.who.At()}}})
		if !s.beside("Wholesale") {
			t.Errorf("it says %q", kittest.Texts(s.who.beside.root))
		}
	})
	t.Run("says how the customer rated", func(t *testing.T) {
		s := ordered(t)
		s.desk.Edit(desktest.Marina, func(c *chat.Conversation) {
			c.Rating = chat.Rating{Asked: s.loop.Now().Add(-time.Hour), Score: 4, At: s.loop.Now()}
		})
		s.heard()
		if !s.beside("4.0") {
			t.Errorf("it says %q", kittest.Texts(s.who.beside.root))
		}
	})
	t.Run("names what the customer asks about again, and leads to the earlier chats", func(t *testing.T) {
		s := newStage(t)
		row, err := s.desk.Conversation(t.Context(), desktest.Anna, desktest.Marina)
		if err != nil {
			t.Fatal(err)
		}
		earlier := s.desk.Add(chat.Conversation{
			Contact: row.Contact, Channel: row.Channel, State: chat.StateResolved, Question: "size",
			StartedAt: s.loop.Now().Add(-72 * time.Hour), ResolvedAt: s.loop.Now().Add(-71 * time.Hour), LastAt: s.loop.Now().Add(-71 * time.Hour),
		})
		s.desk.Edit(earlier, func(c *chat.Conversation) { c.Contact = row.Contact })
		s.desk.Edit(desktest.Marina, func(c *chat.Conversation) { c.Question, c.StartedAt = "size", s.loop.Now() })
		s.Open(desktest.Marina)
		if !s.beside("Size") || s.beside("size") {
			t.Fatalf("it says %q", kittest.Texts(s.who.beside.root))
		}
		press(t, s.who.beside.root, "Size")
		if s.opened() != earlier {
			t.Errorf("conversation %d is open, want %d", s.opened(), earlier)
		}
	})
	t.Run("where there is no room it comes in a drawer", func(t *testing.T) {
		s := ordered(t)
		s.window.Resize(fyne.NewSize(1000, 800))
		if s.who.beside.root.Visible() {
			t.Error("it stands beside the chat")
		}
		s.TogglePanel()
		if s.floating == nil || !says(s.floating, "Boots Serra") || s.focused != s.who.drawer.close {
			t.Fatal("there is no drawer with the customer, or it has not the keyboard")
		}
		s.TogglePanel()
		if s.floating != nil || s.who.drawer != nil {
			t.Error("the drawer does not close")
		}
	})
}

func TestOrderPaid(t *testing.T) {
	paid := func(s *stage) bool {
		page, err := s.desk.CustomerOrders(t.Context(), desktest.Anna, s.who.At(), 0, 1)
		if err != nil {
			t.Fatal(err)
		}
		return !page.Orders[0].PaidAt.IsZero()
	}
	t.Run("marks the latest order, and can be taken back", func(t *testing.T) {
		s := ordered(t)
		s.MarkPaid()
		if !paid(s) || s.undo == nil {
			t.Fatalf("it is paid: %t, said %q", paid(s), s.said)
		}
		s.undo()
		if paid(s) {
			t.Error("it is paid still")
		}
	})
	t.Run("twice changes nothing, and says so", func(t *testing.T) {
		s := ordered(t)
		press(t, s.who.beside.root, "Order paid")
		s.MarkPaid()
		if !paid(s) || s.said[len(s.said)-1] != s.bench.Words.T("panel.paid_already") {
			t.Errorf("it is paid: %t, said %q", paid(s), s.said)
		}
	})
	t.Run("asks for the order where there is none", func(t *testing.T) {
		s := newStage(t)
		s.Open(desktest.Marina)
		s.MarkPaid()
		sheet, ok := s.floating.(*kit.Sheet)
		if !ok {
			t.Fatalf("over the chat is %T", s.floating)
		}
		fields := kittest.Of[*kit.Field](sheet)
		for i, text := range []string{"Boots", "1050", "89", "USD"} {
			fields[i].SetText(text)
			fields[i].OnChanged()
		}
		sheet.Send()
		page, err := s.desk.CustomerOrders(t.Context(), desktest.Anna, s.who.At(), 0, 1)
		if err != nil || len(page.Orders) != 1 || page.Orders[0].Conversation != desktest.Marina || page.Orders[0].PaidAt.IsZero() {
			t.Errorf("the orders are %+v (%v), want a paid one of this chat", page.Orders, err)
		}
	})
}
