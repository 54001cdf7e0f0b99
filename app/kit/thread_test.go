package kit

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"shopbell/app/look"
)

func TestShapeOfBubble(t *testing.T) {
	start(t)
	long := strings.Repeat("word ", 40)
	tests := []struct {
		name  string
		m     Message
		room  float32
		check func(s bubbleShape) bool
	}{
		{"the time stands on the last line where it fits", Message{Text: "Olá!", Time: "14:04", Tick: TickSent}, 568,
			func(s bubbleShape) bool { return !s.timeBelow && s.height == 34 }},
		{"the time goes below where it does not", Message{Text: "38-й маломерит, на полную ногу лучше 39-й, и ещё", Time: "14:04", Tick: TickSent}, 420,
			func(s bubbleShape) bool { return s.timeBelow && s.height == 49 }},
		{"a bubble is at most 456 wide", Message{Text: long, Time: "14:04"}, 900,
			func(s bubbleShape) bool { return s.width <= 456 && len(s.lines) > 1 }},
		{"an automatic reply with buttons is 436 wide", Message{Text: long, LabelIcon: look.IconBolt, Label: "Automatic reply", Choices: []Choice{{Title: "Yes", Pressed: false}}}, 900,
			func(s bubbleShape) bool { return s.width == 436 }},
		{"a narrow pane leaves room beside it", Message{Text: long}, 300,
			func(s bubbleShape) bool { return s.width <= 252 }},
		{"short buttons stand in a row", Message{Text: "?", Choices: []Choice{{Title: "Back", Pressed: false}, {Title: "Solved", Pressed: false}, {Title: "A person", Pressed: false}}}, 568,
			func(s bubbleShape) bool { return !s.stacked }},
		{"a button of more than three words stacks them", Message{Text: "?", Choices: []Choice{{Title: "a b c d", Pressed: false}, {Title: "Back", Pressed: false}}}, 568,
			func(s bubbleShape) bool { return s.stacked }},
		{"a button wider than its share stacks them", Message{Text: "?", Choices: []Choice{{Title: "Twenty letters wide!", Pressed: false}, {Title: "Twenty letters wide!", Pressed: false}, {Title: "Twenty letters wide!", Pressed: false}}}, 400,
			func(s bubbleShape) bool { return s.stacked }},
		{"two lines with label and buttons are 103 high", Message{LabelIcon: look.IconBolt, Label: "Automatic reply", Text: "one\ntwo", Choices: []Choice{{Title: "Yes", Pressed: false}}}, 568,
			func(s bubbleShape) bool { return s.height == 103 }},
		{"a failure without a reason needs no line of its own", Message{Text: "Olá!", Trouble: TroubleFailed, Actions: []Action{{"Try again", nothing}}}, 568,
			func(s bubbleShape) bool { return s.height == 34 }},
		{"the link of a failed sticker stands within it", Message{Content: Sticker{Source: "bag"}, Trouble: TroubleFailed, Actions: []Action{{"Try again", nothing}}}, 568,
			func(s bubbleShape) bool { return linkTop(s.metaTop)+linkHigh() <= s.ground }},
		{"a short word is as wide as its reactions", Message{Text: "k", Reactions: "👍 ❤️ 🙏 4"}, 568,
			func(s bubbleShape) bool { return s.width >= pillWidth("👍 ❤️ 🙏 4") }},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			if s := shapeOf(tc.m, tc.room); !tc.check(s) {
				t.Errorf("%+v", s)
			}
		})
	}
	t.Run("nothing stands outside the bubble", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			m := message().Draw(rt, "message")
			room := float32(rapid.IntRange(220, 900).Draw(rt, "room"))
			b := NewBubble(Hooks{})
			b.Set(m, room)
			size := b.MinSize()
			b.Resize(size)
			if size.Width > room || size.Width > bubbleMax {
				rt.Fatalf("%v wide in %v", size.Width, room)
			}
			for _, o := range test.WidgetRenderer(b).Objects() {
				inside(rt, o, fyne.Position{}, size)
			}
		})
	})
}

// inside fails for a visible object that stands outside size.
func inside(t *rapid.T, o fyne.CanvasObject, at fyne.Position, size fyne.Size) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	if c, ok := o.(*fyne.Container); ok { // a container of ours has no size of its own
		for _, child := range c.Objects {
			inside(t, child, at, size)
		}
		return
	}
	if o.Size().Width == 0 {
		return // an empty text
	}
	const grace = 2 // a text's box may be a little wider than its ink
	if at.X < -grace || at.Y < -grace || at.X+o.Size().Width > size.Width+grace || at.Y+o.Size().Height > size.Height+grace {
		t.Fatalf("%T at %v, %v large, in a bubble of %v", o, at, o.Size(), size)
	}
}

// contents is one of each type, and none.
func contents() []Content {
	all := []Content{nil}
	for _, s := range append(leftKinds(), rightKinds()...) {
		for _, m := range s.messages {
			if m.Content != nil {
				all = append(all, m.Content)
			}
		}
	}
	return all
}

func message() *rapid.Generator[Message] {
	title := rapid.SampledFrom([]string{"Yes", "Вернуть деньги", "a b c d", "Twenty letters wide!"})
	return rapid.Custom(func(t *rapid.T) Message {
		m := Message{
			ID: "m", Text: words().Draw(t, "text"), Time: rapid.SampledFrom([]string{"", "14:04"}).Draw(t, "time"),
			Side: rapid.SampledFrom([]Side{Theirs, Ours}).Draw(t, "side"),
			Tick: rapid.SampledFrom([]Tick{TickNone, TickWaiting, TickRead}).Draw(t, "tick"),
		}
		if rapid.Bool().Draw(t, "automatic") {
			m.LabelIcon = look.IconBolt
			m.Label, m.Detail = "Automatic reply", "rule “A rule whose name is rather long”"
			for _, s := range rapid.SliceOfN(title, 0, 3).Draw(t, "choices") {
				m.Choices = append(m.Choices, Choice{Title: s, Pressed: rapid.Bool().Draw(t, "pressed")})
			}
		}
		if rapid.Bool().Draw(t, "trouble") {
			m.Trouble = TroubleUnknown
			m.Reason = rapid.SampledFrom([]string{"", "Not known whether it arrived"}).Draw(t, "reason")
			m.Actions = []Action{{"It arrived", nothing}, {"No", nothing}}[:rapid.IntRange(1, 2).Draw(t, "actions")]
		}
		m.Content = rapid.SampledFrom(contents()).Draw(t, "content")
		m.Strange = m.Content == nil && rapid.Bool().Draw(t, "strange")
		m.Hint = rapid.SampledFrom([]string{"", "Ask the customer to write it"}).Draw(t, "hint")
		m.More = rapid.SampledFrom([]string{"", "More"}).Draw(t, "more")
		m.Foot = rapid.SampledFrom([]string{"", "Photo · 62 % of 1.2 MB"}).Draw(t, "foot")
		m.Aside.Text = rapid.SampledFrom([]string{"", "Meta keeps it 7 days more"}).Draw(t, "aside")
		m.Reactions = rapid.SampledFrom([]string{"", "👍 ❤️ 2"}).Draw(t, "reactions")
		if rapid.Bool().Draw(t, "quotes") {
			m.Quote = Quote{Title: "Anna · 20 Nov", Text: words().Draw(t, "quoted")}
		}
		return m
	})
}

func TestHeightsAreThoseOfTheWidgets(t *testing.T) {
	start(t)
	for _, percent := range []int{90, 100, 150} {
		t.Run(fmt.Sprint("at ", percent, " %"), func(t *testing.T) {
			startWith(t, look.Choice{Mode: look.Light, Percent: percent})
			column := newColumn(NewThread())
			entries := sampleThread()
			for _, m := range troubles() {
				entries = append(entries, m)
			}
			for _, room := range []float32{250, 568} {
				for _, e := range entries {
					p := column.newPlace(kindOf(e))
					setEntry(p.widget, e, room)
					if got, want := p.widget.MinSize().Height, heightOf(e, room); got != want {
						t.Errorf("%s in %v: the widget is %v high, the thread reckons %v", e.Key(), room, got, want)
					}
				}
			}
		})
	}
}

// chat makes entries with the numbers from, up to but not including to.
func chat(from, to int) []Entry {
	var entries []Entry
	for i := from; i < to; i++ {
		entries = append(entries, Message{
			ID: fmt.Sprint(i), Side: Side(i % 2), Text: strings.Repeat("some words ", 1+i*7%13), Time: "14:04",
		})
	}
	return entries
}

func threadOf(t *testing.T, entries []Entry) (*Thread, fyne.Window) {
	t.Helper()
	th := NewThread()
	th.SetEntries(entries)
	return th, window(t, th, 600, 500)
}

// screenY is where an entry stands in the pane.
func screenY(t *testing.T, th *Thread, key string) float32 {
	t.Helper()
	for i, e := range th.Entries() {
		if e.Key() == key {
			return th.tops[i] - th.scroll.Offset.Y
		}
	}
	t.Fatalf("no entry %q", key)
	return 0
}

// lastEnds is the distance from the last entry's end to the pane's lower edge.
func lastEnds(th *Thread) float32 {
	return th.Size().Height - (th.tops[len(th.entries)] - th.scroll.Offset.Y)
}

func TestThread(t *testing.T) {
	start(t)
	t.Run("a short chat stands at the bottom", func(t *testing.T) {
		th, _ := threadOf(t, chat(0, 2))
		if got := lastEnds(th); got != threadBottom {
			t.Errorf("the last message ends %v above the edge, want %v", got, threadBottom)
		}
	})
	t.Run("a long chat opens at its end", func(t *testing.T) {
		th, _ := threadOf(t, chat(0, 100))
		if got := lastEnds(th); got != threadBottom || !th.AtEnd() {
			t.Errorf("the last message ends %v above the edge, at end: %v", got, th.AtEnd())
		}
	})
	t.Run("who reads at the end stays there", func(t *testing.T) {
		th, _ := threadOf(t, chat(0, 100))
		th.SetEntries(chat(0, 103))
		if got := lastEnds(th); got != threadBottom {
			t.Errorf("the last message ends %v above the edge", got)
		}
	})
	t.Run("who has scrolled up stays, whatever is put before and behind", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			th, _ := threadOf(t, chat(100, 200))
			th.Page(-float32(rapid.IntRange(1, 8).Draw(rt, "pages")))
			key, _ := th.anchor()
			before := screenY(t, th, key)
			th.SetEntries(chat(100-rapid.IntRange(0, 90).Draw(rt, "older"), 200+rapid.IntRange(0, 20).Draw(rt, "newer")))
			if after := screenY(t, th, key); after != before {
				rt.Fatalf("message %s moved from %v to %v", key, before, after)
			}
			if th.AtEnd() {
				rt.Fatal("the thread believes to be at the end")
			}
		})
	})
	t.Run("another width keeps the first message in sight", func(t *testing.T) {
		th, w := threadOf(t, chat(0, 100))
		th.Page(-4)
		key, delta := th.anchor()
		w.Resize(fyne.NewSize(400, 500))
		if now, d := th.anchor(); now != key || d != delta {
			t.Errorf("first in sight: %s (%v), was %s (%v)", now, d, key, delta)
		}
	})
	t.Run("leaving and reaching the end is told", func(t *testing.T) {
		th, _ := threadOf(t, chat(0, 100))
		var told []bool
		th.OnAtEnd = func(on bool) { told = append(told, on) }
		th.Page(-1)
		th.ScrollToEnd()
		th.Page(-1)
		th.Page(1)
		if fmt.Sprint(told) != "[false true false true]" {
			t.Errorf("told %v", told)
		}
	})
	t.Run("near the top older messages are asked for", func(t *testing.T) {
		th, _ := threadOf(t, chat(0, 100))
		asked := 0
		th.OnNearTop = func() { asked++ }
		th.Page(-1)
		if asked != 0 {
			t.Errorf("asked %d times near the end", asked)
		}
		th.Page(-100)
		if asked == 0 {
			t.Error("not asked at the top")
		}
	})
	t.Run("the bottom of a part of a chat is no end", func(t *testing.T) {
		th, _ := threadOf(t, nil)
		th.SetPart(chat(100, 200), true)
		near, end := 0, 0
		th.OnNearEnd = func() { near++ }
		th.OnEnd = func() { end++ }
		th.Page(100)
		th.ScrollToEnd()
		if th.AtEnd() || near != 1 || end != 1 {
			t.Errorf("at the end: %v, asked for more %d times, for the end %d times", th.AtEnd(), near, end)
		}
		key, _ := th.anchor()
		before := screenY(t, th, key)
		th.SetPart(chat(100, 250), true)
		if after := screenY(t, th, key); after != before {
			t.Errorf("what is read went from %v to %v when more was put behind it", before, after)
		}
		th.Page(100)
		th.SetPart(chat(100, 250), false)
		if !th.AtEnd() {
			t.Error("where nothing follows any more the bottom is the end")
		}
	})
	t.Run("what is out of sight is shown in the middle", func(t *testing.T) {
		th, _ := threadOf(t, chat(0, 100))
		th.Reveal("50")
		i := th.indexOf("50")
		above := th.tops[i] - th.scroll.Offset.Y
		below := th.scroll.Offset.Y + th.scroll.Size().Height - th.tops[i] - th.height(th.entries[i])
		if d := above - below; d > 1 || d < -1 {
			t.Errorf("%v are above it, %v below", above, below)
		}
	})
	t.Run("another chat begins at its end", func(t *testing.T) {
		th, _ := threadOf(t, chat(0, 100))
		th.Page(-5)
		th.Reset(chat(300, 400))
		if got := lastEnds(th); got != threadBottom || !th.AtEnd() {
			t.Errorf("the last message ends %v above the edge", got)
		}
	})
	t.Run("a thousand messages have few widgets", func(t *testing.T) {
		th, _ := threadOf(t, chat(0, 1000))
		for range 20 {
			th.Page(-3)
		}
		made := len(th.column.shown)
		for _, spare := range th.column.spare {
			made += len(spare)
		}
		if made > 60 {
			t.Errorf("%d widgets", made)
		}
	})
	t.Run("a changed message changes in its place", func(t *testing.T) {
		entries := chat(0, 3)
		th, _ := threadOf(t, entries)
		widget := th.column.shown["1"].widget
		changed := append([]Entry{}, entries...)
		changed[1] = Message{ID: "1", Side: Ours, Text: "hello", Time: "14:04", Tick: TickRead}
		th.SetEntries(changed)
		p := th.column.shown["1"]
		b, ok := p.widget.(*Bubble)
		if !ok || p.widget != widget || b.data.Tick != TickRead {
			t.Errorf("the bubble was made anew, or shows %+v", p.entry)
		}
	})
	t.Run("an action calls what the last entries gave it", func(t *testing.T) {
		called := ""
		failed := func(name string) []Entry {
			return []Entry{Message{ID: "1", Side: Ours, Text: "x", Trouble: TroubleFailed, Actions: []Action{{"Try again", func() { called = name }}}}}
		}
		th, _ := threadOf(t, failed("first"))
		th.SetEntries(failed("second"))
		b, ok := th.column.shown["1"].widget.(*Bubble)
		if !ok {
			t.Fatal("no bubble")
		}
		test.Tap(b.trouble.link)
		if called != "second" {
			t.Errorf("called %q", called)
		}
	})
	t.Run("a secondary tap names the message", func(t *testing.T) {
		th, _ := threadOf(t, chat(0, 3))
		got := ""
		th.OnMenu = func(key string, _ fyne.Position) { got = key }
		b, ok := th.column.shown["2"].widget.(*Bubble)
		if !ok {
			t.Fatal("no bubble")
		}
		test.TapSecondary(b)
		if got != "2" {
			t.Errorf("named %q", got)
		}
	})
}
