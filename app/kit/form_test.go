package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit/kittest"
	"shopbell/app/look"
)

var secretWords = FieldWords{Label: "Access token", Show: "Show", Hide: "Hide"}

func TestFormPictures(t *testing.T) {
	golden(t, "fields", 340, 520, func() fyne.CanvasObject {
		empty := NewField(FieldWords{Label: "Phone number ID", Placeholder: "15 or 16 digits", Help: "Open page"})
		good := NewField(FieldWords{Label: "Business account ID"})
		good.SetText("98213300418275")
		good.Set(FindingGood, "Matches the phone number")
		bad := NewSecretField(secretWords)
		bad.SetText("EAAJx9k2Qz")
		bad.Set(FindingBad, "Meta does not take this token. Copy it again, whole, from the page where it was made.")
		warn := NewSecretField(secretWords)
		warn.SetText("EAAJx9k2Qz")
		warn.showLetters(true)
		warn.Set(FindingWarn, "It stops working tomorrow 14:05")
		focused := NewField(FieldWords{Label: "Focus"})
		focused.entry.onFocus(true)
		off := NewField(FieldWords{Label: "Your own phone"})
		off.SetText("351 912 000 111")
		off.SetDisabled("Fix the access token first")
		return fit(NewStack(12, empty, good, bad, warn, focused, off), 300)
	})
	golden(t, "panels", 340, 560, func() fyne.CanvasObject {
		facts := NewFacts()
		facts.Set(Fact{Name: "Name", Value: "Marola Shoes"}, Fact{Name: "Token", Value: "until tomorrow", Finding: FindingWarn})
		link := NewOption("Show me where", look.IconOpen, nothing)
		current := NewPanel("Keys from Meta", "4 values", NewStack(8,
			NewParagraph("Each step is saved by itself, so you may close this window in between.", Small, look.Text2), facts), link)
		current.SetCurrent(true)
		chosen, other := NewOptionCard(look.IconTunnel, "Tunnel", "Straight to this computer. It must stay on", nothing), NewOptionCard(look.IconForward, "Own forwarder", "Your server passes them on", nothing)
		chosen.SetChosen(true)
		on, off, disabled := NewSwitch("Enter sends", "Shift+Enter begins a line", nil), NewSwitch("Close to tray", "", nil), NewSwitch("Start with the computer", "", nil)
		on.SetOn(true)
		on.FocusGained()
		disabled.SetDisabled("Not on this system")
		return fit(NewStack(12, current, NewPanel("How messages arrive", "", NewColumns(8, 120, chosen, other)),
			NewPanel("Writing", "", NewStack(0, on, off, disabled)), NewBar(NewParagraph("Saved by itself", Small, look.Text2), NewButton("Continue", Primary, nothing))), 316)
	})
	golden(t, "steps", 280, 350, func() fyne.CanvasObject {
		var all []fyne.CanvasObject
		for i, d := range []StepData{
			{Title: "Keys from Meta", Text: "Marola Shoes", Finding: FindingGood},
			{Title: "How messages arrive", Text: "1 thing to fix", Finding: FindingBad, Current: true},
			{Title: "Test message", Text: "Being checked", Finding: FindingWarn},
			{Title: "Live", Text: "When a customer has written, at last and for the first time"},
		} {
			d.Number = i + 1
			s := NewStep(nothing)
			s.Set(d)
			all = append(all, s)
		}
		general, data := NewSection(look.IconGear, "General", "Language, theme, text size", nothing), NewSection(look.IconDrive, "Data", "Folder, copies", nothing)
		general.SetCurrent(true)
		data.FocusGained()
		return fit(NewStack(0, append(all, general, data)...), 256)
	})
}

// fit places a fitting object on the page's ground.
func fit(o Fitting, width float32) fyne.CanvasObject {
	o.Fit(width)
	return sheet(wide(o, width))
}

func TestField(t *testing.T) {
	t.Run("takes the white space of a pasted value away, and signs without a width", func(t *testing.T) {
		start(t)
		f := NewField(FieldWords{})
		changes := 0
		f.OnChanged = func() { changes++ }
		window(t, f, 300, 60)
		f.entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard(" \u200bEAAJx9\u00a0\n")})
		if f.Text() != "EAAJx9" || changes != 1 {
			t.Errorf("text %q, %d changes told", f.Text(), changes)
		}
	})
	t.Run("a value that the program sets is nobody's change", func(t *testing.T) {
		start(t)
		f := NewField(FieldWords{})
		f.OnChanged = func() { t.Error("told of a change") }
		f.SetText("x")
	})
	t.Run("draws dots for the letters of a secret until it is asked to show them", func(t *testing.T) {
		start(t)
		f := NewSecretField(secretWords)
		w := window(t, f, 300, 60)
		f.SetText("EAAJx9k2Qz")
		if shown := strings.Join(kittest.Texts(w.Content()), " "); strings.Contains(shown, "EAA") {
			t.Errorf("drawn: %q", shown)
		}
		test.Tap(f.eye)
		if shown := strings.Join(kittest.Texts(w.Content()), " "); !strings.Contains(shown, "EAAJx9k2Qz") || f.Masked() {
			t.Errorf("after Show it is drawn as %q", shown)
		}
		test.Tap(f.eye)
		if !f.Masked() {
			t.Error("a second tap did not hide the letters")
		}
	})
	t.Run("the eye and the help show what they do, and that the pointer is over them", func(t *testing.T) {
		start(t)
		f := NewSecretField(FieldWords{Label: "Token", Help: "Open page", Show: "Show", Hide: "Hide"})
		window(t, f, 400, 80)
		f.SetText("secret")
		open := f.eye.glyph.Image.Resource.Name()
		test.Tap(f.eye)
		if got := f.eye.glyph.Image.Resource.Name(); got == open {
			t.Errorf("the eye stays %s", got)
		}
		f.eye.MouseIn(&desktop.MouseEvent{})
		f.help.MouseIn(&desktop.MouseEvent{})
		if eye, help := f.eye.ground.FillColor, f.help.label.token; eye != look.Now().Of(look.Hover) || help != look.Text {
			t.Errorf("the eye lies on %v, the help is in %v", eye, help)
		}
	})
	t.Run("Tab goes from a secret to the next value, not to its eye", func(t *testing.T) {
		start(t)
		token, secret := NewSecretField(secretWords), NewSecretField(secretWords)
		token.SetText("EAAJx9k2Qz")
		w := window(t, NewStack(8, token, secret), 300, 160)
		w.Canvas().Focus(token.Target())
		w.Canvas().FocusNext()
		if got := w.Canvas().Focused(); got != secret.Target() {
			t.Errorf("the focus is at %T", got)
		}
	})
	t.Run("Enter goes on", func(t *testing.T) {
		start(t)
		f := NewField(FieldWords{})
		submitted := 0
		f.OnSubmit = func() { submitted++ }
		f.entry.TypedKey(key(fyne.KeyReturn))
		if submitted != 1 {
			t.Errorf("went on %d times", submitted)
		}
	})
	t.Run("keeps what was typed while it is disabled, and says why", func(t *testing.T) {
		start(t)
		f := NewField(FieldWords{})
		f.SetText("351")
		f.SetDisabled("Fix the access token first")
		if _, why := f.Status(); f.Text() != "351" || why != "Fix the access token first" {
			t.Errorf("text %q, reason %q", f.Text(), why)
		}
		f.SetDisabled("")
		if _, why := f.Status(); why != "" {
			t.Errorf("enabled again, it still says %q", why)
		}
	})
}

func TestFitting(t *testing.T) {
	t.Run("hidden items of a stack take no room", func(t *testing.T) {
		start(t)
		a, b := NewLine("a", Body, look.Text), NewLine("b", Body, look.Text)
		s := NewStack(8, a, b)
		s.Fit(100)
		both := s.MinSize().Height
		b.Hide()
		s.Fit(100)
		if s.MinSize().Height != both-8-Body.Line() {
			t.Errorf("%v high with both, %v with one", both, s.MinSize().Height)
		}
	})
	t.Run("columns go below one another where one has no room", func(t *testing.T) {
		start(t)
		a, b := NewLine("a", Body, look.Text), NewLine("b", Body, look.Text)
		c := NewColumns(10, 100, a, b)
		c.Fit(210)
		if b.Position() != fyne.NewPos(110, 0) {
			t.Errorf("with room the second stands at %v", b.Position())
		}
		c.Fit(209)
		if b.Position().X != 0 || b.Position().Y != Body.Line()+10 {
			t.Errorf("without room the second stands at %v", b.Position())
		}
	})
	t.Run("a bar's buttons are never cut", func(t *testing.T) {
		start(t)
		words, button := NewLine("A sentence of some length", Body, look.Text), NewButton("Continue", Primary, nothing)
		b := NewBar(words, button)
		for _, width := range []float32{400, 120} {
			b.Fit(width)
			if got, want := button.Size().Width, button.MinSize().Width; got != want {
				t.Errorf("at %v the button is %v wide, it needs %v", width, got, want)
			}
		}
		if button.Position().Y < words.Position().Y+Body.Line() {
			t.Error("without room the button does not stand below")
		}
	})
}

func TestPage(t *testing.T) {
	page := func(t *testing.T, width float32) (*Page, *Panel) {
		start(t)
		aside := NewPanel("Test message", "", NewParagraph("Words", Small, look.Text2))
		p := NewPage(PageData{
			ListTitle: "Connect", List: []fyne.CanvasObject{NewStep(nothing)},
			Cards: []fyne.CanvasObject{NewPanel("Keys", "", NewParagraph(strings.Repeat("Words ", 2000), Small, look.Text2))}, Aside: []*Panel{aside},
		})
		window(t, p, width, 600)
		return p, aside
	}
	t.Run("has the right column beside the cards where it is wide", func(t *testing.T) {
		if p, aside := page(t, 1208); !p.wide || aside.Size().Width != pageAside-1 {
			t.Errorf("wide: %v, the column is %v wide", p.wide, aside.Size().Width)
		}
	})
	t.Run("puts it under the cards where it is not", func(t *testing.T) {
		p, aside := page(t, 900)
		if cards := p.cards; p.wide || aside.Position().Y < cards.Position().Y+cards.Size().Height {
			t.Errorf("wide: %v, the column begins at %v", p.wide, aside.Position())
		}
	})
	t.Run("brings what is below into sight", func(t *testing.T) {
		p, aside := page(t, 900)
		p.Reveal(aside)
		if bottom := aside.Position().Y + aside.Size().Height - p.scroll.Offset.Y; bottom > p.scroll.Size().Height {
			t.Errorf("its bottom is at %v of %v", bottom, p.scroll.Size().Height)
		}
	})
}

func TestSwitch(t *testing.T) {
	start(t)
	var got []bool
	s := NewSwitch("Enter sends", "", func(on bool) { got = append(got, on) })
	test.Tap(s)
	s.TypedKey(key(fyne.KeySpace))
	s.SetDisabled("Not here")
	test.Tap(s)
	if len(got) != 2 || !got[0] || got[1] || s.On() {
		t.Errorf("told %v, stands %v", got, s.On())
	}
}

func clipboard(text string) fyne.Clipboard {
	c := test.NewClipboard()
	c.SetContent(text)
	return c
}
