package search

import (
	"image"
	"slices"
	"strconv"
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
)

// memory is a Memory that lives as long as a test.
type memory map[string]string

func (m memory) String(key string) string   { return m[key] }
func (m memory) SetString(key, text string) { m[key] = text }

// chats shows the texts of messages only.
type chats struct{}

func (chats) Entries(page desk.ChatPage, _ time.Time) (all []kit.Entry) {
	for _, m := range page.Messages {
		side := kit.Ours
		if m.Inbound() {
			side = kit.Theirs
		}
		all = append(all, kit.Message{ID: strconv.FormatInt(int64(m.ID), 10), Side: side, Text: m.Text, Time: m.At.Format("15:04")})
	}
	return all
}

func (chats) Picture(string, float32, float32, func(image.Image)) {}
func (chats) Person(c chat.Contact) kit.Person {
	return kit.Person{Initials: c.Initials(), Seed: uint64(c.ID)}
}
func (chats) Hue(string) kit.Hue              { return kit.HuePlum }
func (chats) Kind(k chat.Kind, _ bool) string { return string(k) }

// stage is the screen in a window of Fyne's test driver, with a desk of samples.
type stage struct {
	*Screen
	t      *testing.T
	desk   *desktest.Fake
	loop   *live.Manual
	window fyne.Window
	said   []string
	undo   func()
	opened []chat.MessageID
	backed int
	memory memory
}

func newStage(t *testing.T, width float32) *stage {
	t.Helper()
	test.NewTempApp(t)
	words, err := locale.New(locale.English, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	loop := live.NewManual(desktest.SampleNow)
	s := &stage{t: t, desk: desktest.Sample(loop.Now), loop: loop, window: test.NewTempWindow(t, nil), memory: memory{}}
	scope := live.New(t.Context(), loop.Loop())
	t.Cleanup(scope.Close)
	s.Screen = New(Deps{
		Desk: s.desk, Who: desktest.Anna, Words: words, Scope: scope, Memory: s.memory,
		Chats: chats{},
		Say:   func(text string, undo func()) { s.said, s.undo = append(s.said, text), undo },
		Focus: s.window.Canvas().Focus,
		Open:  func(_ chat.ConversationID, id chat.MessageID) { s.opened = append(s.opened, id) },
		Back:  func() { s.backed++ },
	})
	s.window.SetPadded(false)
	s.window.SetContent(s.Content())
	s.window.Resize(fyne.NewSize(width, 800))
	s.FocusField()
	return s
}

// typeIn types, waits until the search begins, and lets it end.
func (s *stage) typeIn(text string) {
	s.t.Helper()
	test.Type(s.window.Canvas().Focused(), text)
	s.settle()
}

func (s *stage) settle() {
	s.loop.Advance(afterTyping)
}

func (s *stage) press(key fyne.KeyName) {
	s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
}

func (s *stage) shows(text string) bool {
	return slices.ContainsFunc(kittest.Texts(s.Content()), func(t string) bool { return strings.Contains(t, text) })
}

func TestScreen(t *testing.T) {
	t.Run("nothing is looked for before the second letter", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("в")
		if s.desk.Calls("Find") != 0 || !s.shows("Find anything that was said") {
			t.Errorf("it searched %d times", s.desk.Calls("Find"))
		}
	})
	t.Run("one search follows what was typed fast", func(t *testing.T) {
		s := newStage(t, 1208)
		for _, r := range "возвра" {
			test.Type(s.window.Canvas().Focused(), string(r))
			s.loop.Advance(afterTyping / 2)
		}
		s.settle()
		if n := s.desk.Calls("Find"); n != 1 {
			t.Errorf("it searched %d times", n)
		}
	})
	t.Run("however much is said, it searches again at once and then every two seconds at most", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("возвра")
		said := live.Batch{Events: []desk.Event{{Kind: desk.EventMessage, Conversation: 1, Message: 1}}}
		for range 10 {
			s.Heard(said)
			s.loop.Advance(refreshEvery / 8)
		}
		if n := s.desk.Calls("Find"); n != 3 {
			t.Errorf("it searched %d times after 10 events in 2.5 s, want 3", n)
		}
		s.loop.Advance(10 * refreshEvery)
		if n := s.desk.Calls("Find"); n != 4 {
			t.Errorf("it searched %d times once all was quiet, want 4", n)
		}
	})
	t.Run("many hits are counted in groups, as numbers are elsewhere", func(t *testing.T) {
		s := newStage(t, 1208)
		for more, want := range map[bool]string{false: "12,345", true: "12,345+"} {
			if got := s.counted(desk.HitCounts{More: more}, 12345); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		}
	})
	t.Run("what is found is shown with its words, and in its chat", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("возвра")
		rows := s.list.Rows()
		if len(rows) < 2 || !rows[s.index()].Selected {
			t.Fatalf("the rows are %+v", rows)
		}
		for _, r := range rows {
			for _, f := range r.Text.Found {
				if word := strings.ToLower(string([]rune(r.Text.Text)[f.From:f.To])); !strings.HasPrefix(word, "возврат") {
					t.Errorf("%q is marked in %q", word, r.Text.Text)
				}
			}
		}
		if !s.shows("А когда привезут?") || s.desk.Calls("Take") != 0 {
			t.Error("the chat around the hit is not shown, or was taken")
		}
	})
	t.Run("Down and Up choose, Enter opens the chat at the message", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("возвра")
		first, _ := s.hit()
		s.press(fyne.KeyDown)
		second, _ := s.hit()
		s.press(fyne.KeyUp)
		if again, _ := s.hit(); again.Message != first.Message || second.Message == first.Message {
			t.Errorf("the selection went %d, %d, %d", first.Message, second.Message, again.Message)
		}
		s.press(fyne.KeyReturn)
		if !slices.Equal(s.opened, []chat.MessageID{first.Message}) {
			t.Errorf("opened were %v, want %d", s.opened, first.Message)
		}
	})
	t.Run("where the chat does not stand beside, Enter shows it first and Esc goes back", func(t *testing.T) {
		s := newStage(t, 1000)
		s.typeIn("возвра")
		if s.context.root.Visible() {
			t.Fatal("the chat is shown at once")
		}
		s.press(fyne.KeyReturn)
		if !s.context.root.Visible() || s.list.Visible() || len(s.opened) > 0 {
			t.Error("Enter does not show the chat in the place of the list")
		}
		s.press(fyne.KeyEscape)
		if s.context.root.Visible() || !s.list.Visible() {
			t.Error("Esc does not go back to the list")
		}
		s.press(fyne.KeyReturn)
		s.press(fyne.KeyReturn)
		if len(s.opened) != 1 {
			t.Errorf("Enter twice opened %v", s.opened)
		}
	})
	t.Run("in a small window the filters fold", func(t *testing.T) {
		s := newStage(t, 800)
		if s.filters.root.Visible() || !s.fold.Visible() {
			t.Fatal("the filters are not folded")
		}
		s.fold.Tapped(nil)
		if !s.filters.root.Visible() || s.list.Visible() {
			t.Error("they do not unfold over the list")
		}
	})
	t.Run("Esc empties the field first, and then leaves", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("возвра")
		s.press(fyne.KeyEscape)
		if s.field.Text() != "" || s.backed != 0 {
			t.Fatalf("the field has %q, left %d times", s.field.Text(), s.backed)
		}
		s.press(fyne.KeyEscape)
		if s.backed != 1 {
			t.Errorf("left %d times", s.backed)
		}
	})
	t.Run("what is ticked off is filtered out, and can be had back", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("возвра")
		all := len(s.list.Rows())
		box := kittest.Tappable(s.filters.root, "Automatic")
		box[len(box)-1].Tapped(nil)
		if got := len(s.list.Rows()); got >= all {
			t.Errorf("%d rows of %d are left", got, all)
		}
		if !s.shows("Clear filters") {
			t.Fatal("the filters cannot be cleared")
		}
		clear := kittest.Tappable(s.filters.root, "Clear filters")
		clear[len(clear)-1].Tapped(nil)
		if got := len(s.list.Rows()); got != all {
			t.Errorf("%d rows are had back, want %d", got, all)
		}
	})
	t.Run("nothing found says so", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("zzzz")
		if !s.shows("Nothing found") {
			t.Errorf("shown are %q", kittest.Texts(s.Content()))
		}
	})
	t.Run("a search that failed can be tried again", func(t *testing.T) {
		s := newStage(t, 1208)
		s.desk.FailNext("Find", &desk.Error{Code: desk.Unavailable})
		s.typeIn("возвра")
		if !s.shows("The search failed") || !s.retry.Visible() {
			t.Fatal("it does not say that it failed")
		}
		s.retry.Tapped(nil)
		if len(s.list.Rows()) == 0 {
			t.Error("nothing is found when it is tried again")
		}
	})
	t.Run("an index that is being built says so", func(t *testing.T) {
		s := newStage(t, 1208)
		s.desk.SetIndexed(40)
		s.typeIn("возвра")
		if !s.shows("40 % indexed") {
			t.Errorf("the line says %q", s.found.Text())
		}
	})
	t.Run("what is said meanwhile is found", func(t *testing.T) {
		s := newStage(t, 1208)
		s.typeIn("носорог")
		s.desk.Say(1, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "носорог", At: s.loop.Now()})
		s.Heard(live.Batch{Reload: true})
		if len(s.list.Rows()) != 1 {
			t.Errorf("%d rows are shown", len(s.list.Rows()))
		}
	})
}
