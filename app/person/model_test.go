package person

import (
	"slices"
	"testing"
	"time"

	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

// shown is a model that shows Marina. While held, what it asks the desk waits for let.
type shown struct {
	*Model
	t    *testing.T
	desk *desktest.Fake
	undo func()
	held bool
	asks []func()
}

func show(t *testing.T, before func(fake *desktest.Fake, id chat.ContactID)) *shown {
	t.Helper()
	words, err := locale.New(locale.English, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	manual := live.NewManual(desktest.SampleNow)
	s := &shown{t: t, desk: desktest.Sample(manual.Now)}
	loop := manual.Loop()
	loop.Spawn = func(work func()) {
		if s.held {
			s.asks = append(s.asks, work)
			return
		}
		work()
	}
	scope := live.New(t.Context(), loop)
	t.Cleanup(scope.Close)
	s.Model = NewModel(Deps{
		Desk: s.desk, Who: desktest.Anna, Words: words, Scope: scope,
		Say: func(_ string, undo func()) { s.undo = undo }, Explain: func(err error) { t.Error(err) },
	}, func() {}, func() { s.Refresh() })
	v, err := s.desk.Conversation(t.Context(), desktest.Anna, desktest.Marina)
	if err != nil {
		t.Fatal(err)
	}
	before(s.desk, v.Contact.ID)
	s.Show(v.Contact.ID)
	return s
}

// let does what waits, in the order in which it was asked.
func (s *shown) let() {
	s.held = false
	for _, ask := range s.asks {
		ask()
	}
	s.asks = nil
}

// label gives a label, as a colleague does.
func (s *shown) label(label string) {
	s.t.Helper()
	if _, err := s.desk.ChangeLabels(s.t.Context(), desktest.Anna, s.At(), desk.LabelChange{Add: []string{label}}); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shown) has(labels ...string) {
	s.t.Helper()
	if got := s.Shown().Labels; !slices.Equal(got, labels) {
		s.t.Errorf("the labels are %q, want %q", got, labels)
	}
}

func TestLabels(t *testing.T) {
	none := func(*desktest.Fake, chat.ContactID) {}
	add := func(l string) desk.LabelChange { return desk.LabelChange{Add: []string{l}} }
	t.Run("two that are added at once are both kept", func(t *testing.T) {
		s := show(t, none)
		s.held = true
		s.Relabel("", s.At(), add("One"))
		s.Relabel("", s.At(), add("Two"))
		s.let()
		s.has("One", "Two")
	})
	t.Run("a colleague's stays, also when one's own is taken back", func(t *testing.T) {
		s := show(t, none)
		s.label("Theirs")
		s.Relabel("", s.At(), add("Mine"))
		s.has("Mine", "Theirs")
		s.label("Later")
		s.undo()
		s.has("Later", "Theirs")
	})
	t.Run("one that a colleague gave already is not taken back", func(t *testing.T) {
		s := show(t, none)
		s.label("Ours")
		s.Relabel("", s.At(), add("Ours"))
		s.undo()
		s.has("Ours")
	})
}

func TestEarlier(t *testing.T) {
	order := func(t *testing.T, fake *desktest.Fake, id chat.ContactID) {
		t.Helper()
		if _, err := fake.AddOrder(t.Context(), desktest.Anna, id, desk.OrderDraft{Money: desk.Money{Minor: 100, Currency: "EUR"}}); err != nil {
			t.Fatal(err)
		}
	}
	ordered := func(t *testing.T) *shown {
		s := show(t, func(fake *desktest.Fake, id chat.ContactID) {
			for range 25 {
				order(t, fake, id)
			}
		})
		if p := s.Shown(); len(p.Purchases) != 20 || p.Older == 0 {
			t.Fatalf("%d orders are shown, and the next page begins at %d", len(p.Purchases), p.Older)
		}
		return s
	}
	t.Run("a page is added to what is shown when it comes", func(t *testing.T) {
		s := ordered(t)
		s.held = true
		s.EarlierPurchases()
		s.held = false
		s.label("Meanwhile")
		s.Refresh()
		s.let()
		s.has("Meanwhile")
		if p := s.Shown(); len(p.Purchases) != 25 || p.Older != 0 {
			t.Errorf("%d orders are shown", len(p.Purchases))
		}
	})
	t.Run("a page asked for twice is added once", func(t *testing.T) {
		s := ordered(t)
		s.held = true
		s.EarlierPurchases()
		s.EarlierPurchases()
		s.let()
		if n := len(s.Shown().Purchases); n != 25 {
			t.Errorf("%d orders are shown", n)
		}
	})
	t.Run("a page is left out where what stands before it was loaded anew", func(t *testing.T) {
		s := ordered(t)
		s.held = true
		s.EarlierPurchases()
		s.held = false
		order(t, s.desk, s.At())
		s.Refresh()
		s.let()
		if p := s.Shown(); len(p.Purchases) != 20 || p.Older == 0 {
			t.Errorf("%d orders are shown, and the next page begins at %d", len(p.Purchases), p.Older)
		}
	})
}
