package search

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/kit/kittest"
	"shopbell/app/live"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

// tick presses the box or link of the filters that says a word.
func (s *stage) tick(word string) {
	s.t.Helper()
	box := kittest.Tappable(s.filters.root, word)
	if len(box) == 0 {
		s.t.Fatalf("there is no %q among %q", word, kittest.Texts(s.filters.root))
	}
	box[len(box)-1].Tapped(nil)
}

// inDepartments has the same said in three departments.
func inDepartments(t *testing.T) *stage {
	s := newStage(t, 1208)
	for id, department := range map[chat.ConversationID]string{1: "Sales", 2: "Returns", 3: "Repairs"} {
		s.desk.Edit(id, func(c *chat.Conversation) { c.Department = department })
		s.desk.Say(id, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "a rhino", At: s.loop.Now()})
	}
	s.desk.Say(3, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "rhinoceros", At: s.loop.Now()})
	return s
}

func (s *stage) departments() map[string]int {
	found := map[string]int{}
	for _, h := range s.hits() {
		found[h.Department]++
	}
	return found
}

func TestNarrowedSearches(t *testing.T) {
	t.Run("a department that is ticked off stays so for the next words", func(t *testing.T) {
		s := inDepartments(t)
		s.typeIn("rhino")
		s.tick("Returns")
		s.typeIn("c")
		if got := s.departments(); len(got) != 1 || got["Repairs"] != 1 {
			t.Errorf("found in %v", got)
		}
		s.field.SetText("rhino")
		s.settle()
		if got := s.departments(); len(got) != 2 || got["Returns"] != 0 {
			t.Errorf("found in %v", got)
		}
	})
	t.Run("a saved search has the departments that it was kept with", func(t *testing.T) {
		s := inDepartments(t)
		s.typeIn("rhino")
		s.tick("Returns")
		s.save.Tapped(nil)
		s.tick("Clear filters")
		s.field.SetText("")
		s.press(fyne.KeyReturn)
		if got := s.departments(); len(got) != 2 || got["Returns"] != 0 {
			t.Errorf("found in %v", got)
		}
	})
	t.Run("nothing is found in no department", func(t *testing.T) {
		s := inDepartments(t)
		s.typeIn("rhino")
		for _, word := range []string{"Returns", "Sales", "Repairs"} {
			s.tick(word)
		}
		if got := s.departments(); len(got) != 0 {
			t.Errorf("found in %v", got)
		}
	})
	t.Run("a label that is ticked can be ticked off where nothing has it", func(t *testing.T) {
		s := inDepartments(t)
		s.model.filters.Labels["VIP"] = true
		s.typeIn("rhino")
		if !s.shows("VIP") {
			t.Errorf("the filters are %q", kittest.Texts(s.filters.root))
		}
	})
	t.Run("what was looked for before all was ticked off comes too late", func(t *testing.T) {
		clock := live.NewManual(desktest.SampleNow)
		loop := clock.Loop()
		var work []func()
		loop.Spawn = func(w func()) { work = append(work, w) }
		scope := live.New(t.Context(), loop)
		t.Cleanup(scope.Close)
		m := newModel(Deps{Desk: desktest.Sample(clock.Now), Who: desktest.Anna, Scope: scope}, func() {})
		m.typed("возвра")
		clock.Advance(afterTyping)
		for _, kind := range desk.HitKinds {
			flip(m.filters.Kinds, kind)
		}
		m.look()
		for _, w := range work {
			w()
		}
		if n := len(m.hits()); n != 0 {
			t.Errorf("%d hits are shown", n)
		}
	})
}

func TestFurtherPages(t *testing.T) {
	s := newStage(t, 1208)
	for range desk.SearchPage + 5 {
		s.desk.Say(1, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "a rhino", At: s.loop.Now()})
	}
	s.typeIn("rhino")
	s.more(0)
	s.choose(desk.SearchPage + 2)
	chosen, _ := s.hit()
	s.Heard(live.Batch{Reload: true})
	if got, _ := s.hit(); len(s.hits()) != desk.SearchPage+5 || got.Message != chosen.Message {
		t.Errorf("after something was said there are %d hits, and %d is chosen, before %d", len(s.hits()), got.Message, chosen.Message)
	}
	s.field.SetText("rhin")
	s.settle()
	if got := len(s.hits()); got != desk.SearchPage {
		t.Errorf("other words find %d", got)
	}
}

func TestScrolledContext(t *testing.T) {
	s := newStage(t, 1208)
	say := func(text string) {
		s.desk.Say(1, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: text, At: s.loop.Now()})
	}
	say("a rhino")
	for range 15 {
		say("something else")
	}
	s.typeIn("rhino")
	if s.context.thread.AtEnd() {
		t.Fatal("the hit is not brought into sight")
	}
	s.context.thread.ScrollToEnd()
	s.Heard(live.Batch{Reload: true})
	if !s.context.thread.AtEnd() {
		t.Error("the chat jumps back to the hit when something is said")
	}
}

func TestContextReadOn(t *testing.T) {
	s := newStage(t, 1208)
	say := func(text string) {
		s.desk.Say(1, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: text, At: s.loop.Now()})
	}
	say("a rhino")
	for range around + 10 {
		say("something else")
	}
	s.typeIn("rhino")
	thread := s.context.thread
	before := len(thread.Entries())
	thread.Page(100)
	if len(thread.Entries()) == before {
		t.Fatal("nothing is loaded at the bottom")
	}
	if thread.AtEnd() {
		t.Error("what was read last is out of sight: the chat jumps over what came")
	}
	thread.Page(100)
	if !thread.AtEnd() {
		t.Error("the end is not reached")
	}
}

func TestKeyboardOfTheSearch(t *testing.T) {
	t.Run("Tab goes from the words to the filters", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("возвра")
		s.window.Canvas().FocusNext()
		if got := s.window.Canvas().Focused(); !slices.Contains(kittest.Of[fyne.Focusable](s.filters.root), got) {
			t.Errorf("the keyboard is at %T", got)
		}
	})
	t.Run("the field has it after it was emptied", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("возвра")
		s.window.Canvas().FocusNext()
		for _, o := range kittest.Of[fyne.Tappable](s.field) {
			if o != s.field.Target().(fyne.Tappable) {
				o.Tapped(nil)
			}
		}
		if got := s.window.Canvas().Focused(); s.Text() != "" || got != s.field.Target() {
			t.Errorf("the words are %q, and the keyboard is at %T", s.Text(), got)
		}
	})
	t.Run("Esc in an empty search leaves it to where it leads", func(t *testing.T) {
		s := newStage(t, 1208)
		s.window.Canvas().Unfocus()
		s.Escape()
		if got := s.window.Canvas().Focused(); s.backed != 1 || got != nil {
			t.Errorf("it went back %d times, and took the keyboard to %T", s.backed, got)
		}
	})
}
