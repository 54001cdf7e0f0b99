package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"shopbell/app/kit/kittest"
)

func TestUnits(t *testing.T) {
	for text, want := range map[string]int{"": 0, "olá": 3, "возврат": 7, "👍": 2, "👨‍👩‍👧": 8, "\xff": 1} {
		if got := units(text); got != want {
			t.Errorf("%q counts %d, want %d", text, got, want)
		}
	}
}

func TestComposer(t *testing.T) {
	start(t)
	fresh := func(t *testing.T, limit int) (*Composer, *[]string, *[]string) {
		t.Helper()
		c := sampleComposer(limit)
		var sent, changed []string
		c.OnSend = func(s string) { sent = append(sent, s) }
		c.OnChanged = func(s string) { changed = append(changed, s) }
		window(t, c, 600, 300)
		return c, &sent, &changed
	}
	t.Run("Send hands over the text and keeps it", func(t *testing.T) {
		c, sent, _ := fresh(t, 4096)
		test.Type(c.Target(), "Olá")
		test.Tap(c.send)
		if diff := cmp.Diff([]string{"Olá"}, *sent); diff != "" || c.Text() != "Olá" {
			t.Errorf("text %q, %s", c.Text(), diff)
		}
	})
	t.Run("Enter sends where the person wants that, and begins a line where not", func(t *testing.T) {
		c, sent, _ := fresh(t, 4096)
		enter := false
		c.EnterSends = func() bool { return enter }
		c.SetText("Olá")
		c.entry.TypedKey(key(fyne.KeyReturn))
		if len(*sent) != 0 || c.Text() != "Olá\n" {
			t.Fatalf("without the wish: text %q, sent %q", c.Text(), *sent)
		}
		enter = true
		c.entry.TypedKey(key(fyne.KeyReturn))
		if diff := cmp.Diff([]string{"Olá\n"}, *sent); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("blank text is not sent", func(t *testing.T) {
		c, sent, _ := fresh(t, 4096)
		c.SetText(" \n ")
		c.Send()
		if len(*sent) != 0 || !c.send.off {
			t.Errorf("sent %q, button off: %v", *sent, c.send.off)
		}
	})
	t.Run("the limit is exact, in UTF-16 units", func(t *testing.T) {
		c, sent, _ := fresh(t, 4)
		c.SetText("👍👍")
		c.Send()
		c.SetText("👍👍!")
		c.Send()
		if diff := cmp.Diff([]string{"👍👍"}, *sent); diff != "" {
			t.Error(diff)
		}
		if c.counter.text != "5 / 4" || c.message.text != "too long" {
			t.Errorf("counter %q, message %q", c.counter.text, c.message.text)
		}
	})
	t.Run("only what a person types is told", func(t *testing.T) {
		c, _, changed := fresh(t, 4096)
		c.SetText("a draft")
		test.Type(c.Target(), "!")
		if diff := cmp.Diff([]string{"a draft!"}, *changed); diff != "" {
			t.Errorf("the caret is not at the end, or a change was told: %s", diff)
		}
	})
	t.Run("a text set before the first layout has its caret at the end, too", func(t *testing.T) {
		c := sampleComposer(4096)
		c.SetText(strings.Repeat("many words ", 20) + "\nend")
		window(t, c, 300, 300)
		test.Type(c.Target(), "!")
		if !strings.HasSuffix(c.Text(), "end!") {
			t.Errorf("typed into %q", c.Text())
		}
	})
	t.Run("it grows from two lines to eight", func(t *testing.T) {
		c, _, _ := fresh(t, 4096)
		grown := 0
		c.OnGrow = func() { grown++ }
		two := c.MinSize().Height
		c.SetText("one\ntwo")
		if c.MinSize().Height != two || grown != 0 {
			t.Errorf("two lines: %v high, told %d times", c.MinSize().Height, grown)
		}
		c.SetText(strings.Repeat("line\n", 4))
		if got := c.MinSize().Height; got != two+3*Body.Line() || grown != 1 {
			t.Errorf("five lines: %v high after %v, told %d times", got, two, grown)
		}
		c.SetText(strings.Repeat("line\n", 40))
		if got := c.MinSize().Height; got != two+6*Body.Line() {
			t.Errorf("forty lines: %v high", got)
		}
	})
	t.Run("disabled, it says why, keeps the text and sends nothing", func(t *testing.T) {
		c, sent, _ := fresh(t, 4096)
		c.SetText("a draft")
		c.SetDisabled("Pedro is answering")
		test.Type(c.Target(), "more")
		c.Send()
		if c.Text() != "a draft" || len(*sent) != 0 || c.message.text != "Pedro is answering" {
			t.Errorf("text %q, sent %q, message %q", c.Text(), *sent, c.message.text)
		}
		c.SetDisabled("")
		c.Send()
		if len(*sent) != 1 {
			t.Error("enabled again, it does not send")
		}
	})
	t.Run("chords and keys without a use go to the hook", func(t *testing.T) {
		c, sent, _ := fresh(t, 4096)
		got := hook(t)
		c.SetText("x")
		field, ok := c.Target().(fyne.Shortcutable)
		if !ok {
			t.Fatal("the field takes no shortcuts")
		}
		field.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
		c.Target().TypedKey(key(fyne.KeyF6))
		c.Target().TypedKey(key(fyne.KeyReturn))
		want := []Chord{{fyne.KeyReturn, fyne.KeyModifierControl}, {Key: fyne.KeyF6}}
		if diff := cmp.Diff(want, *got); diff != "" || c.Text() != "x\n" || len(*sent) != 0 {
			t.Errorf("text %q, sent %q, %s", c.Text(), *sent, diff)
		}
	})
	t.Run("hints that have no room are left out whole", func(t *testing.T) {
		c, _, _ := fresh(t, 4096)
		if !c.hintInk[1].box.Visible() {
			t.Error("at 600 the second hint is missing")
		}
		c.Resize(fyne.NewSize(250, 122))
		if c.hintInk[1].box.Visible() || c.hintCap[1].label.box.Visible() {
			t.Error("at 250 the second hint is still shown")
		}
	})
}

func TestBannerAndWindowBar(t *testing.T) {
	start(t)
	t.Run("actions call, and never are cut", func(t *testing.T) {
		var did []string
		b := NewBanner()
		b.Set(BannerLocked, strings.Repeat("Pedro is answering ", 9), Action{"Ask for it", func() { did = append(did, "ask") }}, Action{"Note", func() { did = append(did, "note") }})
		b.Fit(400)
		window(t, b, 400, b.MinSize().Height)
		test.Tap(b.actions[0])
		test.Tap(b.actions[1])
		if diff := cmp.Diff([]string{"ask", "note"}, did); diff != "" {
			t.Error(diff)
		}
		for _, ink := range b.inks {
			if end := ink.box.Position().X + ink.width(); end > b.actions[0].Position().X {
				t.Errorf("%q ends at %v, the actions begin at %v", ink.text, end, b.actions[0].Position().X)
			}
		}
		b.Set(BannerOffline, "No internet")
		if b.actions[0].Visible() {
			t.Error("an action stayed")
		}
	})
	t.Run("words that have no room take more lines, and are all there", func(t *testing.T) {
		b := NewBanner()
		const words = "WhatsApp refused the key. Messages wait safely."
		b.Set(BannerRefused, words, Action{"Fix connection", nothing})
		b.Fit(900)
		one := b.MinSize().Height
		b.Fit(300)
		window(t, b, 300, b.MinSize().Height)
		if got := strings.Join(kittest.Texts(b.box), " "); got != words || b.MinSize().Height <= one {
			t.Errorf("shows %q, %v high instead of %v", got, b.MinSize().Height, one)
		}
	})
	t.Run("the meter shows a share between none and all", func(t *testing.T) {
		w := NewWindowBar()
		window(t, w, 700, 32)
		for share, want := range map[float32]float32{-1: meterHeight, 0.5: 36, 1: 72, 7: 72} {
			w.Set("until ", "14:05", "", share, false)
			if got := w.bar.Size().Width; got != want {
				t.Errorf("a share of %v is %v wide, want %v", share, got, want)
			}
		}
	})
	for _, tt := range []struct {
		name    string
		width   float32
		metered bool
		after   string
	}{
		{"all has room in a wide pane", 700, true, " · free until 48 h"},
		{"the meter goes first", 380, false, " · free until 48 h"},
		{"the price goes whole, never half", 300, false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := NewWindowBar()
			window(t, w, tt.width, 32)
			w.Set("You can answer until ", "tomorrow 14:05", " · free until 48 h", 1, false)
			end := w.inks[2].box.Position().X + w.inks[2].width()
			if w.bar.Visible() != tt.metered || w.inks[1].text != "tomorrow 14:05" || w.inks[2].text != tt.after || end > tt.width-barPad {
				t.Errorf("meter %v, %q and %q end at %v", w.bar.Visible(), w.inks[1].text, w.inks[2].text, end)
			}
		})
	}
}

func TestHeader(t *testing.T) {
	start(t)
	t.Run("actions stay whole and the name is cut", func(t *testing.T) {
		resolve := NewButton("Resolve", Soft, nothing)
		h := NewHeader(nil, resolve)
		data := sampleHeader()
		data.Name = strings.Repeat("Марина ", 20)
		h.Set(data)
		window(t, h, 360, 56)
		if resolve.Size().Width < resolve.MinSize().Width || !strings.HasSuffix(h.name.text, ellipsis) {
			t.Errorf("button %v of %v, name %q", resolve.Size().Width, resolve.MinSize().Width, h.name.text)
		}
		if end := h.name.box.Position().X + h.name.width(); end > h.lock.ground.Position().X {
			t.Errorf("the name ends at %v, the lock begins at %v", end, h.lock.ground.Position().X)
		}
	})
	t.Run("a hidden action leaves no gap", func(t *testing.T) {
		word, icon := NewButton("Resolve", Soft, nothing), NewIconButton("check", "Resolve", nothing)
		icon.Hide()
		h := NewHeader(nil, word, icon)
		window(t, h, 360, 56)
		if end := word.Position().X + word.Size().Width; end != 360-12 {
			t.Errorf("the last visible action ends at %v", end)
		}
	})
}

func TestCard(t *testing.T) {
	start(t)
	tapped := 0
	c := NewCard(CardData{Title: "Try it", Text: strings.Repeat("long text ", 40), Button: "Open", Primary: true}, func() { tapped++ })
	short := NewCard(CardData{Title: "Try it", Text: "short", Button: "Open"}, nothing)
	window(t, c, 0, 0)
	test.Tap(c.Button())
	if tapped != 1 {
		t.Errorf("tapped %d times", tapped)
	}
	if c.MinSize().Height <= short.MinSize().Height || c.MinSize().Width != 272 {
		t.Errorf("a long text makes it %v, a short one %v", c.MinSize(), short.MinSize())
	}
}
