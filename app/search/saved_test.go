package search

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/kit/kittest"
)

func TestSavedSearches(t *testing.T) {
	saved := func(t *testing.T, words ...string) *stage {
		s := newStage(t, 1208)
		for _, w := range words {
			s.field.SetText(w)
			s.settle()
			s.save.Tapped(nil)
		}
		s.field.SetText("")
		return s
	}
	t.Run("one press keeps a search, says so, and can be undone", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("возвра")
		s.save.Tapped(nil)
		if !s.isSaved() || len(s.said) != 1 || !s.shows("Forget search") {
			t.Fatalf("it is saved: %t, said is %q", s.isSaved(), s.said)
		}
		s.undo()
		if s.isSaved() || !s.shows("Save search") {
			t.Error("it is not undone")
		}
	})
	t.Run("another press forgets it", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("возвра")
		s.save.Tapped(nil)
		s.save.Tapped(nil)
		if s.isSaved() {
			t.Fatal("it is still kept")
		}
		s.undo()
		if !s.isSaved() {
			t.Error("it is not kept again")
		}
	})
	t.Run("undoing takes back one, and leaves what was kept or forgotten since", func(t *testing.T) {
		s := newStage(t, 1208)
		kept := func() (all []string) {
			for _, one := range s.saved() {
				all = append(all, one.Text)
			}
			return all
		}
		press := func(words string) (undo func()) {
			s.field.SetText(words)
			s.settle()
			s.save.Tapped(nil)
			return s.undo
		}
		first := press("возвра")
		press("order")
		first()
		if got := kept(); !slices.Equal(got, []string{"order"}) {
			t.Errorf("after undoing the first, kept are %q", got)
		}
		first()
		if got := kept(); !slices.Equal(got, []string{"order"}) {
			t.Errorf("after undoing it twice, kept are %q", got)
		}
		press("возвра")
		back := press("order") // forgets it
		press("rhino")
		back()
		if got := kept(); !slices.Equal(got, []string{"rhino", "возвра", "order"}) {
			t.Errorf("after taking back that one was forgotten, kept are %q", got)
		}
	})
	t.Run("nothing is saved while nothing is looked for", func(t *testing.T) {
		s := newStage(t, 1208)
		s.save.Tapped(nil)
		if len(s.saved()) != 0 || len(s.said) != 0 {
			t.Errorf("kept are %+v", s.saved())
		}
	})
	t.Run("they stand where nothing is looked for, and the keys choose one", func(t *testing.T) {
		s := saved(t, "возвра", "order")
		if rows := s.list.Rows(); len(rows) != 2 || rows[0].Name.Text != "order" || !rows[0].Selected {
			t.Fatalf("the rows are %+v", rows)
		}
		s.press(fyne.KeyDown)
		s.press(fyne.KeyDown)
		s.press(fyne.KeyUp)
		s.press(fyne.KeyDown)
		s.press(fyne.KeyReturn)
		if s.field.Text() != "возвра" || len(s.hits()) == 0 {
			t.Errorf("looked for is %q, with %d hits", s.field.Text(), len(s.hits()))
		}
	})
	t.Run("a press looks for one", func(t *testing.T) {
		s := saved(t, "возвра", "order")
		s.list.OnChoose(1)
		if s.field.Text() != "возвра" {
			t.Errorf("looked for is %q", s.field.Text())
		}
	})
	t.Run("its row names what it is narrowed to", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("возвра")
		h, _ := s.hit()
		s.tick(h.Contact.DisplayName())
		s.tick("Notes")
		s.filters.when.choose(Dates)
		s.filters.when.from.SetText("1.11.2026")
		s.filters.when.from.OnChanged()
		s.save.Tapped(nil)
		s.field.SetText("")
		about := s.list.Rows()[0].About.Text
		for _, part := range []string{"01.11.2026 – …", h.Contact.DisplayName(), "without Notes"} {
			if !strings.Contains(about, part) {
				t.Errorf("%q says nothing of %q", about, part)
			}
		}
	})
	t.Run("what another version kept is none", func(t *testing.T) {
		s := newStage(t, 1208)
		s.memory.SetString(savedKey, `{"odd":1}`)
		if all := s.saved(); len(all) != 0 {
			t.Errorf("kept are %+v", all)
		}
	})
}

// choose presses one of the choices of when.
func (w *whenPart) choose(when When) {
	w.filters.When = when
	w.again()
}

func TestNarrowedToAPerson(t *testing.T) {
	t.Run("only what stands in the chats of who was ticked is found", func(t *testing.T) {
		s := inDepartments(t)
		s.typeIn("rhino")
		h, _ := s.hit()
		s.tick(h.Contact.DisplayName())
		for _, other := range s.hits() {
			if other.Contact.ID != h.Contact.ID {
				t.Errorf("found with %s", other.Contact.DisplayName())
			}
		}
		s.field.SetText("возвра")
		s.settle()
		if s.model.filters.Customer.ID != h.Contact.ID || !s.shows(h.Contact.DisplayName()) {
			t.Error("it does not stay for other words")
		}
	})
	t.Run("the same box widens the search again", func(t *testing.T) {
		s := inDepartments(t)
		s.typeIn("rhino")
		all := len(s.hits())
		h, _ := s.hit()
		s.tick(h.Contact.DisplayName())
		s.tick(h.Contact.DisplayName())
		if got := len(s.hits()); got != all {
			t.Errorf("%d hits are had back of %d", got, all)
		}
	})
}

func TestNarrowedToDays(t *testing.T) {
	at := func(t *testing.T, s *stage) (from, to string) {
		t.Helper()
		q, ok := s.query()
		if !ok {
			t.Fatal("the filters let nothing through")
		}
		day := func(at time.Time) string {
			if at.IsZero() {
				return ""
			}
			return at.Format("2006-01-02 15:04")
		}
		return day(q.From), day(q.To)
	}
	fill := func(s *stage, from, to string) {
		s.filters.when.choose(Dates)
		s.filters.when.from.SetText(from)
		s.filters.when.from.OnChanged()
		s.filters.when.to.SetText(to)
		s.filters.when.to.OnChanged()
	}
	t.Run("today begins at midnight", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("возвра")
		s.filters.when.choose(Today)
		if from, to := at(t, s); from != s.loop.Now().Format(time.DateOnly)+" 00:00" || to != "" {
			t.Errorf("from %q to %q", from, to)
		}
	})
	t.Run("both days belong to those of one's own", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("возвра")
		fill(s, "1.11.2026", "2.11.2026")
		if from, to := at(t, s); from != "2026-11-01 00:00" || to != "2026-11-03 00:00" {
			t.Errorf("from %q to %q", from, to)
		}
		if !s.shows("Sun, 1 November 2026") {
			t.Errorf("the whole day is not shown among %q", kittest.Texts(s.filters.root))
		}
	})
	t.Run("an end may be open", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("возвра")
		fill(s, "", "2.11.2026")
		if from, to := at(t, s); from != "" || to != "2026-11-03 00:00" {
			t.Errorf("from %q to %q", from, to)
		}
	})
	t.Run("what is no day says how to write one, and limits nothing", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("возвра")
		fill(s, "soon", "")
		if from, _ := at(t, s); from != "" || !s.shows("Write it as") {
			t.Errorf("from %q, shown are %q", from, kittest.Texts(s.filters.root))
		}
	})
	t.Run("an end before the beginning says so", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("возвра")
		fill(s, "2.11.2026", "1.11.2026")
		if !s.shows("This day is before the first") {
			t.Errorf("shown are %q", kittest.Texts(s.filters.root))
		}
	})
	t.Run("a day is taken letter by letter, and the field keeps what is typed", func(t *testing.T) {
		for _, day := range []string{"29.02.2024", "2024-02-29", "29.2.2024", "31.10.2026", "31.12."} {
			s := newStage(t, 1208)
			s.typeIn("возвра")
			s.filters.when.choose(Dates)
			field := s.filters.when.from
			for i := range day {
				field.SetText(day[:i+1])
				field.OnChanged()
				if got := field.Text(); got != day[:i+1] {
					t.Fatalf("%q was typed, the field has %q", day[:i+1], got)
				}
			}
			if from, _ := at(t, s); from == "" {
				t.Errorf("%q is no day", day)
			}
		}
	})
	t.Run("clearing the filters empties the days, too", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("возвра")
		fill(s, "1.11.2026", "")
		s.tick("Clear filters")
		s.filters.when.choose(Dates)
		if got := s.filters.when.from.Text(); got != "" {
			t.Errorf("the field has %q", got)
		}
	})
	t.Run("a saved search brings its days", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("возвра")
		fill(s, "1.11.2026", "2.11.2026")
		s.save.Tapped(nil)
		fill(s, "3.11.2026", "")
		s.field.SetText("")
		s.press(fyne.KeyReturn)
		if from, to := at(t, s); from != "2026-11-01 00:00" || to != "2026-11-03 00:00" {
			t.Errorf("from %q to %q", from, to)
		}
	})
}

func TestRoomForToasts(t *testing.T) {
	t.Run("they stand above the keys' hints, and cover nothing", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("возвра")
		width, foot := s.Corner()
		if left := s.context.root.Position().X; width != left || foot < s.foot.Size().Height {
			t.Errorf("the corner is %g wide over %g, the chat begins at %g", width, foot, left)
		}
		s.SetClear(80)
		if end := s.list.Position().Y + s.list.Size().Height; end > s.root.Size().Height-80 {
			t.Errorf("the list ends at %g of %g", end, s.root.Size().Height)
		}
	})
	t.Run("in a small window they stand over the chat's foot while it is shown", func(t *testing.T) {
		s := newStage(t, 1000)
		s.typeIn("возвра")
		s.press(fyne.KeyReturn)
		width, foot := s.Corner()
		s.SetClear(80)
		if bottom := s.context.thread.Size().Height; width != 1000 || foot != barHeight() || bottom > 800-80-foot {
			t.Errorf("the corner is %g wide over %g, the chat %g high", width, foot, bottom)
		}
	})
}
