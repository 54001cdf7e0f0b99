package kit

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"shopbell/app/kit/kittest"
	"shopbell/app/look"
)

func TestToasts(t *testing.T) {
	start(t)
	t.Run("a toast goes after its time", func(t *testing.T) {
		l, clock, _ := layered(t, NewGround(look.Bg), 400, 300)
		l.Toast(Toast{Text: "Resolved"})
		clock.pass(toastTime - 1)
		if diff := cmp.Diff([]string{"Resolved"}, l.Toasts()); diff != "" {
			t.Error(diff)
		}
		clock.pass(1)
		if len(l.Toasts()) != 0 {
			t.Errorf("still shown: %v", l.Toasts())
		}
	})
	t.Run("Undo undoes once and closes it", func(t *testing.T) {
		l, clock, _ := layered(t, NewGround(look.Bg), 400, 300)
		undone := 0
		l.Toast(Toast{Text: "Resolved", Undo: Action{"Undo", func() { undone++ }}})
		test.Tap(l.toasts[0].undo)
		clock.pass(toastTime)
		if undone != 1 || len(l.Toasts()) != 0 {
			t.Errorf("undone %d times, shown %v", undone, l.Toasts())
		}
	})
	t.Run("at most three are shown, the newest at the bottom", func(t *testing.T) {
		l, _, _ := layered(t, NewGround(look.Bg), 400, 300)
		for _, text := range []string{"1", "2", "3", "4"} {
			l.Toast(Toast{Text: text})
		}
		if diff := cmp.Diff([]string{"2", "3", "4"}, l.Toasts()); diff != "" {
			t.Error(diff)
		}
		newest := l.toasts[2]
		if got := newest.Position().Y + newest.Size().Height; got != 300-16 || newest.Position().X != 16 {
			t.Errorf("the newest ends at %v, begins at %v", got, newest.Position().X)
		}
	})
	t.Run("dismissing twice does no harm", func(t *testing.T) {
		l, _, _ := layered(t, NewGround(look.Bg), 400, 300)
		dismiss := l.Toast(Toast{Text: "1"})
		l.Toast(Toast{Text: "2"})
		dismiss()
		dismiss()
		if diff := cmp.Diff([]string{"2"}, l.Toasts()); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("they stand right of the rail, in the left half of what is beside it, however long they are", func(t *testing.T) {
		for _, window := range []float32{760, 899, 999, 1000, 1280} {
			for _, rail := range []float32{railNarrowWidth, railWidth} {
				l, _, _ := layered(t, NewGround(look.Bg), window, 600)
				l.Toast(Toast{Text: strings.Repeat("The browser could not be opened. ", 6), Undo: Action{"Undo", nothing}, UndoKeys: "Ctrl+Z"})
				l.Toast(Toast{Text: "Resolved"})
				l.StandToasts(func() Corner { return Corner{Left: rail, Width: (window - rail) / 2} }, func(float32) {})
				l.PlaceToasts()
				for _, toast := range l.toasts {
					left, right := toast.Position().X, toast.Position().X+toast.Size().Width
					if left != rail+16 || right > rail+(window-rail)/2 {
						t.Errorf("in %v beside %v one stands from %v to %v", window, rail, left, right)
					}
				}
				if above, below := l.toasts[0], l.toasts[1]; above.Position().Y+above.Size().Height != below.Position().Y-8 || above.Position().Y < 0 {
					t.Errorf("one stands at %v, %v high, the next at %v", above.Position().Y, above.Size().Height, below.Position().Y)
				}
			}
		}
	})
	t.Run("a long one breaks into lines and loses nothing", func(t *testing.T) {
		l, _, w := layered(t, NewGround(look.Bg), 396, 400)
		const text = "The browser could not be opened. The address is copied: https://developers.facebook.com/apps"
		l.Toast(Toast{Text: text})
		if got := strings.Join(kittest.Texts(w.Content()), " "); !strings.Contains(got, text) || l.toasts[0].Size().Height <= look.Grow(40, 18) {
			t.Errorf("shows %q, %v high", got, l.toasts[0].Size().Height)
		}
	})
	t.Run("the keyboard undoes what the newest with keys offers, and no other action", func(t *testing.T) {
		l, _, _ := layered(t, NewGround(look.Bg), 400, 300)
		var done []string
		note := func(s string) func() { return func() { done = append(done, s) } }
		l.Toast(Toast{Text: "Resolved", Undo: Action{"Undo", note("undone")}, UndoKeys: "Ctrl+Z"})
		l.Toast(Toast{Text: "A new customer", Undo: Action{"Open", note("opened")}})
		if !l.Undo() || l.Undo() {
			t.Error("nothing was undone, or something twice")
		}
		if diff := cmp.Diff([]string{"undone"}, done); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("who types on keeps the keys for the text", func(t *testing.T) {
		field := NewSearchField("", "")
		l, _, w := layered(t, field, 400, 300)
		l.Toast(Toast{Text: "Resolved", Undo: Action{"Undo", nothing}, UndoKeys: "Ctrl+Z"})
		shown := kittest.Texts(w.Content())
		field.Target().TypedRune('a')
		if l.Undo() || !slices.Contains(shown, "Ctrl+Z") || slices.Contains(kittest.Texts(w.Content()), "Ctrl+Z") {
			t.Errorf("at first %q, then %q", shown, kittest.Texts(w.Content()))
		}
	})
	t.Run("how much room they need is told, and that they need none any more", func(t *testing.T) {
		l, clock, _ := layered(t, NewGround(look.Bg), 400, 300)
		var told []float32
		l.StandToasts(func() Corner { return Corner{Width: 300, Bottom: 90} }, func(high float32) { told = append(told, high) })
		l.Toast(Toast{Text: "Resolved"})
		top, high := l.toasts[0].Position().Y, l.toasts[0].Size().Height
		clock.pass(toastTime)
		want := []float32{toastMargin + high + toastGap, 0}
		if diff := cmp.Diff(want, slices.Compact(told)); diff != "" || top+high != 300-90-toastMargin {
			t.Errorf("it stands from %v to %v: %s", top, top+high, diff)
		}
	})
	t.Run("the keys give way to the words where there is little room", func(t *testing.T) {
		l, _, w := layered(t, NewGround(look.Bg), 270, 300)
		l.Toast(Toast{Icon: look.IconCheck, Text: "Resolved at last", Undo: Action{"Undo", nothing}, UndoKeys: "Ctrl+Z"})
		got := kittest.Texts(w.Content())
		if slices.Contains(got, "Ctrl+Z") || !slices.Contains(got, "Resolved at last") || !l.Undo() {
			t.Errorf("shows %q", got)
		}
	})
	t.Run("they follow the window's size", func(t *testing.T) {
		l, _, w := layered(t, NewGround(look.Bg), 400, 300)
		l.Toast(Toast{Text: "Resolved"})
		w.Resize(fyne.NewSize(600, 500))
		if got := l.toasts[0].Position().Y + l.toasts[0].Size().Height; got != 500-16 {
			t.Errorf("the toast ends at %v", got)
		}
	})
}

func TestFocusOfWhatIsShownJustNow(t *testing.T) {
	start(t)
	button := NewButton("Back", Plain, nothing)
	pane := NewPane(PaneData{Head: NewRun(0, Own(button)), Body: NewFlow(0)})
	pane.Hide()
	l, _, w := layered(t, plainContainer(pane), 400, 300)
	pane.Show()
	w.Canvas().Focus(button)
	if w.Canvas().Focused() != nil {
		t.Fatal("Fyne finds it: the detour is not needed any more")
	}
	l.Focus(button)
	if w.Canvas().Focused() != fyne.Focusable(button) {
		t.Error("it has no focus")
	}
}

func TestMenu(t *testing.T) {
	start(t)
	open := func(t *testing.T) (*Layer, *[]string, *menu) {
		t.Helper()
		l, _, w := layered(t, NewGround(look.Bg), 400, 300)
		var chosen []string
		choose := func(s string) func() { return func() { chosen = append(chosen, s) } }
		l.Menu(fyne.NewPos(390, 290), []MenuItem{{Text: "Theme"}, {Text: "Light", Do: choose("light")}, {Text: "Dark", Do: choose("dark")}})
		m, ok := w.Canvas().Focused().(*menu)
		if !ok {
			t.Fatalf("the focus is on %T", w.Canvas().Focused())
		}
		return l, &chosen, m
	}
	t.Run("it stands inside the window", func(t *testing.T) {
		l, _, _ := open(t)
		p := l.opened[0].panel
		if end := p.Position().Add(p.Size()); end.X > 400 || end.Y > 300 {
			t.Errorf("it ends at %v", end)
		}
	})
	t.Run("keys skip headings, go around, and choose", func(t *testing.T) {
		l, chosen, m := open(t)
		m.TypedKey(key(fyne.KeyUp))
		m.TypedKey(key(fyne.KeyDown))
		m.TypedKey(key(fyne.KeyReturn))
		if diff := cmp.Diff([]string{"light"}, *chosen); diff != "" || l.Open() {
			t.Errorf("still open: %v, %s", l.Open(), diff)
		}
	})
	t.Run("a tap chooses, a tap on a heading does not", func(t *testing.T) {
		l, chosen, m := open(t)
		test.TapAt(m, fyne.NewPos(20, 5))
		if !l.Open() || len(*chosen) != 0 {
			t.Errorf("after the heading: open %v, chosen %v", l.Open(), *chosen)
		}
		test.TapAt(m, fyne.NewPos(20, m.lineHeight()*2+5))
		if diff := cmp.Diff([]string{"dark"}, *chosen); diff != "" || l.Open() {
			t.Errorf("still open: %v, %s", l.Open(), diff)
		}
	})
	t.Run("Esc closes and chooses nothing", func(t *testing.T) {
		l, chosen, m := open(t)
		m.TypedKey(key(fyne.KeyEscape))
		if l.Open() || len(*chosen) != 0 {
			t.Errorf("open %v, chosen %v", l.Open(), *chosen)
		}
	})
}

func TestDialog(t *testing.T) {
	start(t)
	t.Run("it stands in the middle and a tap beside it closes it", func(t *testing.T) {
		l, _, w := layered(t, NewGround(look.Bg), 400, 300)
		l.Dialog(NewLine("Keys", Body, look.Text))
		p := l.opened[0].panel
		if p.Position() != fyne.NewPos(px((400-p.Size().Width)/2), px((300-p.Size().Height)/2)) {
			t.Errorf("it stands at %v, %v large", p.Position(), p.Size())
		}
		test.TapCanvas(w.Canvas(), p.Position().AddXY(5, 5))
		if !l.Open() {
			t.Fatal("a tap on it closed it")
		}
		test.TapCanvas(w.Canvas(), fyne.NewPos(100, 100))
		if l.Open() {
			t.Error("a tap beside it left it open")
		}
	})
	t.Run("the last opened closes first", func(t *testing.T) {
		l, _, w := layered(t, NewGround(look.Bg), 400, 300)
		l.Dialog(NewLine("Keys", Body, look.Text))
		dialog := l.opened[0].root
		l.Menu(fyne.NewPos(10, 10), []MenuItem{{Text: "Light", Do: nothing}})
		if !l.CloseTop() || w.Canvas().Overlays().Top() != fyne.CanvasObject(dialog) {
			t.Errorf("on top is %v, want the dialog", w.Canvas().Overlays().Top())
		}
		if !l.CloseTop() || l.CloseTop() || w.Canvas().Overlays().Top() != nil {
			t.Error("the dialog did not close, or something was left to close")
		}
	})
	t.Run("the focus comes back to where it was", func(t *testing.T) {
		b := NewButton("x", Plain, nothing)
		l, _, w := layered(t, b, 400, 300)
		w.Canvas().Focus(b)
		l.Menu(fyne.NewPos(10, 10), []MenuItem{{Text: "Light", Do: nothing}})
		l.CloseTop()
		if w.Canvas().Focused() != fyne.Focusable(b) {
			t.Errorf("the focus is on %T", w.Canvas().Focused())
		}
	})
	t.Run("new content closes what was open over the old", func(t *testing.T) {
		l, _, w := layered(t, NewGround(look.Bg), 400, 300)
		l.Dialog(NewLine("Keys", Body, look.Text))
		next := NewGround(look.Panel)
		l.SetContent(next)
		if l.Open() || len(w.Canvas().Overlays().List()) != 0 || next.Size() != fyne.NewSize(400, 300) {
			t.Errorf("open %v, overlays %d, content %v", l.Open(), len(w.Canvas().Overlays().List()), next.Size())
		}
	})
}
