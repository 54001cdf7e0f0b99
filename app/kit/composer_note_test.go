package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/look"
)

// notingComposer is one with all tools, in a window of some width.
func notingComposer(t *testing.T, width float32) *Composer {
	t.Helper()
	c := sampleComposer(4096)
	c.words.NotePlaceholder, c.words.NoteSave = "Note for the team", "Save note"
	nothing := func() {}
	c.SetParts(NewTray(TrayWords{}), NewButton("Template", Primary, nothing), NewSignTool("/", "Quick replies", "", nothing),
		NewToolButton(look.IconPaperclip, "", "Attach", nothing), NewToolButton(look.IconSmile, "", "Emoji", nothing).ForNotes())
	c.SetNotes(NewToolSwitch(look.IconNote, "Note", "", func(bool) {}), 300)
	window(t, c, width, 200)
	return c
}

func TestNotesInTheComposer(t *testing.T) {
	start(t)
	t.Run("have a limit and a button of their own", func(t *testing.T) {
		c := notingComposer(t, 600)
		c.SetNoting(true)
		c.SetText(strings.Repeat("x", 301))
		if c.counter.text != "301 / 300" || c.send.text != "Save note" || !c.send.off {
			t.Errorf("counter %q, button %q, off %t", c.counter.text, c.send.text, c.send.off)
		}
		c.SetNoting(false)
		if c.counter.text != "301 / 4096" || c.send.off {
			t.Errorf("as an answer: counter %q, off %t", c.counter.text, c.send.off)
		}
	})
	t.Run("leave the files in the tray to the answer", func(t *testing.T) {
		c := notingComposer(t, 600)
		c.SetLoad(LoadComing, 4096)
		c.SetNoting(true)
		c.SetText("a note")
		if !c.sendable() {
			t.Error("a file that is not ready keeps a note back")
		}
		c.SetLoad(LoadReady, 4096)
		c.SetText(" ")
		if c.sendable() {
			t.Error("a file makes a blank note one")
		}
	})
	t.Run("keep only the tools that are of use in them", func(t *testing.T) {
		c := notingComposer(t, 600)
		c.SetNoting(true)
		for i, want := range []bool{false, false, true} {
			if got := c.tools[i].Visible(); got != want {
				t.Errorf("tool %d is shown: %t", i, got)
			}
		}
	})
	t.Run("say by their word that they are on", func(t *testing.T) {
		c := notingComposer(t, 600)
		for on, want := range map[bool]Font{true: BodyBold, false: Body} {
			c.SetNoting(on)
			if got := c.noteKey.label.font; got != want {
				t.Errorf("on %t: the word is %v", on, got)
			}
		}
	})
	t.Run("can be switched to where an answer is barred", func(t *testing.T) {
		c := notingComposer(t, 600)
		c.SetDisabled("Pedro answers here")
		if tools := c.shownTools(); len(tools) != 1 || tools[0] != Tool(c.noteKey) {
			t.Errorf("%d tools are shown", len(tools))
		}
	})
}

func TestToolsLoseTheirWordsInANarrowComposer(t *testing.T) {
	start(t)
	for width, want := range map[float32]bool{700: true, 380: false} {
		c := notingComposer(t, width)
		if got := c.tools[0].(*ToolButton).worded(); got != want {
			t.Errorf("%v wide: words are shown: %t", width, got)
		}
	}
}

func TestASlashAtTheBeginningOfALine(t *testing.T) {
	start(t)
	for _, tt := range []struct {
		before, typed string
		want          int
	}{
		{"", "/", 1}, {"Hello\n", "/", 1}, {"Hello ", "/", 0}, {"1", "/2", 0}, {"", "a/", 0}, {"", "//", 1},
	} {
		c := notingComposer(t, 600)
		n := 0
		c.OnSlash = func() { n++ }
		c.SetText(tt.before)
		test.Type(c.Target(), tt.typed)
		if n != tt.want {
			t.Errorf("%q and then %q: told %d times, want %d", tt.before, tt.typed, n, tt.want)
		}
	}
	t.Run("is no sign in a note", func(t *testing.T) {
		c := notingComposer(t, 600)
		c.OnSlash = func() { t.Error("told") }
		c.SetNoting(true)
		test.Type(c.Target(), "/")
	})
}

func TestInsert(t *testing.T) {
	start(t)
	c := notingComposer(t, 600)
	var told string
	c.OnChanged = func(text string) { told = text }
	c.SetText("Hello\n/")
	c.Insert("Which\r\nsize?", 1)
	if want := "Hello\nWhich\nsize?"; c.Text() != want || told != want {
		t.Errorf("text %q, told %q, want %q", c.Text(), told, want)
	}
	c.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	c.Insert("A ", 0)
	if want := "Hello\nWhich\nA size?"; c.Text() != want {
		t.Errorf("text %q, want %q", c.Text(), want)
	}
}

func TestFinder(t *testing.T) {
	start(t)
	f := NewFinder(FinderWords{Search: "Find"}, NewButton("Edit", Plain, nil))
	var lit, taken []int
	f.OnLight = func(i int) { lit = append(lit, i) }
	f.OnTake = func(i int) { taken = append(taken, i) }
	window(t, f, 0, 0)
	f.SetRows([]FinderRow{{"/a", "A", "one"}, {"/b", "B", "two"}}, "")
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn, fyne.KeyUp, fyne.KeyUp, fyne.KeyEnter} {
		f.search.entry.TypedKey(key(k))
	}
	if got, want := len(lit), 3; got != want || f.Lit() != 0 {
		t.Errorf("lit %v, now %d", lit, f.Lit())
	}
	if len(taken) != 2 || taken[0] != 1 || taken[1] != 0 {
		t.Errorf("taken %v, want the second and then the first", taken)
	}
	f.SetRows(nil, "Nothing found")
	f.search.entry.TypedKey(key(fyne.KeyReturn))
	if len(taken) != 2 || f.Lit() != -1 {
		t.Errorf("an empty list gave %v, and row %d is lit", taken, f.Lit())
	}
}
