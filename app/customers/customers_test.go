package customers

import (
	"context"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
	"shopbell/core/staff"
)

// chats draws nothing of its own.
type chats struct{}

func (chats) Person(c chat.Contact) kit.Person {
	return kit.Person{Initials: c.Initials(), Seed: uint64(c.ID)}
}
func (chats) Hue(string) kit.Hue              { return kit.HuePlum }
func (chats) Kind(k chat.Kind, _ bool) string { return string(k) }
func (chats) Wait(time.Duration) kit.Tone     { return kit.ToneOk }

// stage is the screen in a window of Fyne's test driver, with a desk of samples.
type stage struct {
	*Screen
	t      *testing.T
	desk   *desktest.Fake
	loop   *live.Manual
	window fyne.Window
	menu   []kit.MenuItem
	said   []string
	undo   func()
	float  fyne.CanvasObject // nil: nothing is over the window
	opened []chat.ConversationID
	closed func()            // of what is over the window; nil: nobody waits for that
	chosen string            // the content of the file that is chosen next
	saved  map[string]string // files by name
}

func newStage(t *testing.T, width float32, who desk.Actor) *stage {
	t.Helper()
	test.NewTempApp(t)
	words, err := locale.New(locale.English, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	loop := live.NewManual(desktest.SampleNow)
	s := &stage{t: t, desk: desktest.Sample(loop.Now), loop: loop, window: test.NewTempWindow(t, nil), saved: map[string]string{}}
	scope := live.New(t.Context(), loop.Loop())
	t.Cleanup(scope.Close)
	s.Screen = New(Deps{
		Desk: s.desk, Who: who, Words: words, Scope: scope, Chats: chats{},
		Say:   func(text string, undo func()) { s.said, s.undo = append(s.said, text), undo },
		Done:  func(text string) { s.said = append(s.said, text) },
		Focus: s.window.Canvas().Focus,
		Menu:  func(_ fyne.Position, items []kit.MenuItem) { s.menu = items },
		Float: func(o fyne.CanvasObject, _ fyne.Focusable) func() {
			s.float = o
			o.Resize(o.MinSize())
			return func() { s.float = nil }
		},
		Hold: func(o fyne.CanvasObject, _ fyne.Focusable, closed func()) func() {
			s.float, s.closed = o, closed
			o.Resize(o.MinSize())
			return s.shut
		},
		ChooseFile: func(_, _ string, done func(string, func() (io.ReadCloser, error))) {
			done("people.csv", func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(s.chosen)), nil })
		},
		SaveFile: func(name string, open func(context.Context) (io.ReadCloser, error), done func(error)) {
			content, err := open(t.Context())
			if err == nil {
				var data []byte
				data, err = io.ReadAll(content)
				s.saved[name] = string(data)
			}
			done(err)
		},
		Number:   "+351 912 555 000",
		OpenChat: func(id chat.ConversationID) { s.opened = append(s.opened, id) },
	})
	s.window.SetPadded(false)
	s.window.SetContent(s.Content())
	s.window.Resize(fyne.NewSize(width, 800))
	return s
}

// loaded is a stage that shows all customers.
func loaded(t *testing.T) *stage {
	t.Helper()
	s := newStage(t, 1208, desktest.Anna)
	s.Load()
	s.settle()
	return s
}

// shut closes what is over the window, as Esc does.
func (s *stage) shut() {
	s.float = nil
	if closed := s.closed; closed != nil {
		s.closed = nil
		closed()
	}
}

func (s *stage) settle() { s.loop.Advance(searchAfter) }

func (s *stage) sees(text string) bool {
	return slices.ContainsFunc(kittest.Texts(s.Content()), func(t string) bool { return strings.Contains(t, text) })
}

// press presses the last thing that says text.
func (s *stage) press(in fyne.CanvasObject, text string) {
	s.t.Helper()
	found := kittest.Tappable(in, text)
	if len(found) == 0 {
		s.t.Fatalf("%q cannot be pressed; there is %q", text, kittest.Texts(in))
	}
	found[len(found)-1].Tapped(&fyne.PointEvent{})
	s.settle()
}

// pick chooses a line of the menu.
func (s *stage) pick(text string) {
	s.t.Helper()
	i := slices.IndexFunc(s.menu, func(m kit.MenuItem) bool { return m.Text == text })
	if i < 0 {
		s.t.Fatalf("%q is not in the menu %+v", text, s.menu)
	}
	s.menu[i].Do()
	s.settle()
}

// id is the customer of a name.
func (s *stage) id(name string) chat.ContactID {
	s.t.Helper()
	page, err := s.desk.Customers(s.t.Context(), s.Who, desk.CustomerQuery{Search: name})
	if err != nil || len(page.Rows) != 1 {
		s.t.Fatalf("%q is %d customers, %v", name, len(page.Rows), err)
	}
	return page.Rows[0].Contact.ID
}

func (s *stage) look(name string) {
	s.t.Helper()
	s.open(s.id(name))
	s.settle()
}

func (s *stage) key(name fyne.KeyName) {
	s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	s.settle()
}

func names(rows []kit.PersonRow) (all []string) {
	for _, r := range rows {
		all = append(all, r.Name)
	}
	return all
}

func TestList(t *testing.T) {
	t.Run("everybody who wrote is listed and counted", func(t *testing.T) {
		s := loaded(t)
		if rows := s.list.people.Rows(); len(rows) != 9 || rows[0].Name != "Марина Волкова" || !s.sees("9 people") || !s.sees("9 shown") {
			t.Errorf("listed are %q", names(rows))
		}
	})
	t.Run("a search narrows the list once typing pauses", func(t *testing.T) {
		s := loaded(t)
		s.FocusSearch()
		before := s.desk.Calls("Customers")
		test.Type(s.window.Canvas().Focused(), "Mar")
		s.loop.Advance(searchAfter / 2)
		if n := s.desk.Calls("Customers"); n != before {
			t.Errorf("it searched %d times while typing", n-before)
		}
		s.FocusSearch()
		s.list.search.SetText("Inês")
		s.settle()
		if rows := s.list.people.Rows(); len(rows) != 1 || rows[0].Name != "Inês Carvalho" {
			t.Errorf("listed are %q", names(rows))
		}
	})
	t.Run("a head sorts, and pressed again from the other end", func(t *testing.T) {
		s := loaded(t)
		s.list.sortBy(kit.PersonName)
		s.settle()
		first := names(s.list.people.Rows())
		s.list.sortBy(kit.PersonName)
		s.settle()
		back := names(s.list.people.Rows())
		slices.Reverse(back)
		if first[0] != "Beatriz Nunes" || !slices.Equal(first, back) {
			t.Errorf("from A %q, from Z %q", first, back)
		}
	})
	t.Run("a filter that finds nobody says so, and is taken away by a press", func(t *testing.T) {
		s := loaded(t)
		s.list.language.Tapped(nil)
		s.pick("español")
		if !s.sees("Nothing found") {
			t.Error("nothing is said")
		}
		s.list.language.Tapped(nil)
		s.settle()
		if n := len(s.list.people.Rows()); n != 9 {
			t.Errorf("%d rows", n)
		}
	})
	t.Run("Down, Enter and Space move, open and select", func(t *testing.T) {
		s := loaded(t)
		s.FocusList()
		s.key(fyne.KeyDown)
		s.key(fyne.KeyReturn)
		s.key(fyne.KeySpace)
		rows := s.list.people.Rows()
		if int64(s.one.At()) != rows[1].Key || !rows[1].Ticked || !rows[1].Current || rows[0].Ticked {
			t.Errorf("open is %d, the rows are %+v", s.one.At(), rows[:2])
		}
	})
	t.Run("what is said moves people up, without everybody being compared again", func(t *testing.T) {
		s := loaded(t)
		compared := s.desk.Calls("Duplicates")
		rui := slices.IndexFunc(s.rows(), func(r desk.CustomerRow) bool { return r.Contact.Name == "Rui Tavares" })
		page, err := s.desk.CustomerChats(t.Context(), s.Who, s.rows()[rui].Contact.ID, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		s.desk.Say(page.Rows[0].ID, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "Olá", At: s.loop.Now()})
		s.Heard(live.Batch{Events: []desk.Event{{Kind: desk.EventConversation}}})
		s.settle()
		if rows := s.list.people.Rows(); rows[0].Name != "Rui Tavares" || s.desk.Calls("Duplicates") != compared {
			t.Errorf("listed are %q", names(rows))
		}
	})
	t.Run("a desk that fails is named, and asked again", func(t *testing.T) {
		s := newStage(t, 1208, desktest.Anna)
		s.desk.FailNext("Customers", desk.Errorf(desk.Internal, "broken"))
		s.Load()
		s.settle()
		if !s.sees("could not be loaded") {
			t.Fatal("nothing is said")
		}
		s.press(s.Content(), "Try again")
		if n := len(s.list.people.Rows()); n != 9 {
			t.Errorf("%d rows", n)
		}
	})
	t.Run("a hostile name stays on its line and is cut", func(t *testing.T) {
		s := loaded(t)
		id := s.id("Rui")
		name := "<b>\u202eevil\u200b\n" + strings.Repeat("😀", 80)
		if err := s.desk.SaveProfile(t.Context(), s.Who, id, chat.Profile{Name: name}); err != nil {
			t.Fatal(err)
		}
		s.Load()
		s.settle()
		s.look("Rui")
		for _, text := range kittest.Texts(s.Content()) {
			if strings.ContainsAny(text, "\u202e\n") {
				t.Errorf("%q is drawn", text)
			}
		}
		if !s.sees("<b>") {
			t.Error("the name is not drawn as it is written")
		}
	})
}

func TestPanel(t *testing.T) {
	t.Run("a customer is shown with their chats, and one of them opened", func(t *testing.T) {
		s := loaded(t)
		s.look("Марина")
		if !s.sees("Conversations 1") || !s.sees("Да, давайте") {
			t.Fatalf("the panel says %q", kittest.Texts(s.panel.root))
		}
		s.press(s.panel.root, "Open chat")
		if !slices.Equal(s.opened, []chat.ConversationID{desktest.Marina}) {
			t.Errorf("opened is %v", s.opened)
		}
	})
	t.Run("a label is added and taken away, and both can be undone", func(t *testing.T) {
		s := loaded(t)
		s.look("Марина")
		s.panel.one.AddLabel(fyne.Position{}, s.one.Shown().Customer)
		s.pick("New label")
		kittest.Of[*kit.Field](s.float)[0].SetText("Regular")
		kittest.Of[*kit.Field](s.float)[0].OnChanged()
		s.press(s.float, "Add label")
		if got := s.one.Shown().Labels; !slices.Equal(got, []string{"Regular"}) {
			t.Fatalf("labels are %q", got)
		}
		s.panel.tabs.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		s.press(s.panel.root, "Regular")
		if got := s.one.Shown().Labels; len(got) != 0 {
			t.Fatalf("labels are %q", got)
		}
		s.undo()
		s.settle()
		if got := s.one.Shown().Labels; !slices.Equal(got, []string{"Regular"}) {
			t.Errorf("labels are %q", got)
		}
	})
	t.Run("what is edited is saved, and a wrong address named at its field", func(t *testing.T) {
		s := loaded(t)
		s.look("Марина")
		s.panel.edit.Tapped(nil)
		set := func(i int, text string) {
			f := kittest.Of[*kit.Field](s.float)[i]
			f.SetText(text)
			f.OnChanged()
		}
		set(2, "nowhere")
		if !slices.ContainsFunc(kittest.Texts(s.float), func(t string) bool { return strings.Contains(t, "name@example.com") }) {
			t.Errorf("the form says %q", kittest.Texts(s.float))
		}
		set(2, "m@mail.example")
		s.press(s.float, "Save")
		if got := s.one.Shown().Email; got != "m@mail.example" || s.float != nil {
			t.Errorf("the address is %q", got)
		}
	})
	t.Run("an order is noted, marked as paid and counted", func(t *testing.T) {
		s := loaded(t)
		s.look("Марина")
		s.one.AddOrder(s.one.Shown().Customer, 0, s.pages.State().Value.Currency, false)
		for i, text := range []string{"Boots", "1048", "89,50", "eur"} {
			f := kittest.Of[*kit.Field](s.float)[i]
			f.SetText(text)
			f.OnChanged()
		}
		s.press(s.float, "Add order")
		s.panel.tabs.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		s.panel.tabs.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		if !s.sees("#1048 · €89.50") {
			t.Fatalf("the panel says %q", kittest.Texts(s.panel.root))
		}
		s.press(s.panel.root, "Boots")
		if row := s.list.people.Rows()[0]; row.Orders != "1" || row.Spent != "€89.50" {
			t.Errorf("the row is %+v", row)
		}
	})
	t.Run("who may not change anything finds no way to", func(t *testing.T) {
		s := newStage(t, 1208, desk.Actor{Agent: 5, Role: staff.Analyst, Name: "A"})
		s.Load()
		s.settle()
		s.look("Марина")
		s.press(s.Content(), "New")
		s.panel.edit.Tapped(nil)
		s.panel.more.Tapped(nil)
		if s.float != nil || s.menu != nil || s.desk.Calls("Duplicates") != 0 {
			t.Error("something opened")
		}
	})
	t.Run("Esc closes the customer", func(t *testing.T) {
		s := loaded(t)
		s.look("Марина")
		s.Escape()
		if s.one.At() != 0 || s.panel.root.Visible() {
			t.Error("the panel is still shown")
		}
	})
	t.Run("in a narrow window it lies over the list", func(t *testing.T) {
		s := newStage(t, 900, desktest.Anna)
		s.Load()
		s.settle()
		s.look("Марина")
		if got := s.list.root.Size().Width; got != 900 {
			t.Errorf("the list is %v wide", got)
		}
	})
}

// alike is a stage on which two look like one person.
func alike(t *testing.T) (s *stage, a, b chat.ContactID) {
	t.Helper()
	s = loaded(t)
	a = s.id("Марина")
	b, err := s.desk.NewCustomer(t.Context(), s.Who, "+351912555041", chat.Profile{Name: "Marina V.", Address: "Rua da Prata 112, Lisboa", Email: "m@mail.example"})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.desk.SaveProfile(t.Context(), s.Who, a, chat.Profile{Name: "Марина Волкова", Address: "Rua da Prata 112, Lisboa"}); err != nil {
		t.Fatal(err)
	}
	s.Load()
	s.settle()
	if !s.sees("Perhaps one person") {
		t.Fatalf("nobody looks like one: %q", kittest.Texts(s.list.root))
	}
	return s, a, b
}

func TestMerge(t *testing.T) {
	t.Run("two that look like one are merged, keeping what each has, and taken apart again", func(t *testing.T) {
		s, a, b := alike(t)
		s.press(s.list.banner, "Merge")
		if s.float == nil {
			t.Fatal("no dialog opened")
		}
		stays := s.same.State().Value[0].A.Contact.ID
		s.press(s.float, "Merge")
		c, err := s.desk.Customer(t.Context(), s.Who, b)
		if err != nil || c.Contact.ID != stays || c.Email != "m@mail.example" || len(c.Merges) != 1 || s.float != nil {
			t.Fatalf("the customer is %+v, %v", c, err)
		}
		s.panel.tabs.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		s.press(s.panel.root, "Undo")
		one, _ := s.desk.Customer(t.Context(), s.Who, a)
		other, _ := s.desk.Customer(t.Context(), s.Who, b)
		if one.Contact.ID == other.Contact.ID {
			t.Error("they are still one")
		}
	})
	t.Run("who stays can be swapped, and a field of either chosen", func(t *testing.T) {
		s, _, _ := alike(t)
		pair := s.same.State().Value[0]
		s.press(s.list.banner, "Merge")
		s.press(s.float, "Swap")
		s.press(s.float, pair.A.Contact.DisplayName())
		s.press(s.float, "Merge")
		c, err := s.desk.Customer(t.Context(), s.Who, pair.B.Contact.ID)
		if err != nil || c.Contact.ID != pair.B.Contact.ID || c.Name != pair.A.Contact.Name {
			t.Errorf("the customer is %+v, %v", c, err)
		}
	})
	t.Run("two that are not the same are not offered again", func(t *testing.T) {
		s, _, _ := alike(t)
		s.press(s.list.banner, "Not the same")
		if s.sees("Perhaps one person") {
			t.Error("they are offered again")
		}
	})
	t.Run("two are merged that were selected, and no others", func(t *testing.T) {
		s := loaded(t)
		s.tick(s.id("Rui"), true)
		s.list.draw()
		s.press(s.list.bulk, "Merge")
		if s.float != nil {
			t.Fatal("one can be merged")
		}
		s.tick(s.id("Inês"), true)
		s.list.draw()
		s.press(s.list.bulk, "Merge")
		if s.float == nil {
			t.Error("two cannot be merged")
		}
	})
	t.Run("taking back a label of many leaves what colleagues gave", func(t *testing.T) {
		s := loaded(t)
		give := func(name, label string) {
			if _, err := s.desk.ChangeLabels(t.Context(), s.Who, s.id(name), desk.LabelChange{Add: []string{label}}); err != nil {
				t.Fatal(err)
			}
		}
		give("Rui", "Porto")
		for _, name := range []string{"Rui", "Inês"} {
			s.tick(s.id(name), true)
		}
		s.labelAll("Porto", func(int) string { return "done" })
		give("Inês", "VIP")
		s.undo()
		for name, want := range map[string]string{"Rui": "Porto", "Inês": "VIP"} {
			c, err := s.desk.Customer(t.Context(), s.Who, s.id(name))
			if err != nil || !slices.Equal(c.Labels, []string{want}) {
				t.Errorf("%s has %q (%v)", name, c.Labels, err)
			}
		}
	})
	t.Run("a label is given to all that are selected, and taken back", func(t *testing.T) {
		s := loaded(t)
		for _, name := range []string{"Rui", "Inês"} {
			s.tick(s.id(name), true)
		}
		s.labelAll("Porto", func(int) string { return "done" })
		s.settle()
		all, _ := s.desk.Labels(t.Context(), s.Who)
		if len(all) != 1 || all[0].Customers != 2 {
			t.Fatalf("the labels are %+v", all)
		}
		s.undo()
		s.settle()
		if all, _ := s.desk.Labels(t.Context(), s.Who); len(all) > 0 && all[0].Customers != 0 {
			t.Errorf("the labels are %+v", all)
		}
	})
}
