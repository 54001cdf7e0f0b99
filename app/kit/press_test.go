package kit

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"shopbell/app/look"
)

func TestButton(t *testing.T) {
	start(t)
	count := 0
	b := NewButton("Send", Primary, func() { count++ })
	window(t, b, 0, 0)

	t.Run("a tap, Space and Enter press it", func(t *testing.T) {
		count = 0
		test.Tap(b)
		b.TypedKey(key(fyne.KeySpace))
		b.TypedKey(key(fyne.KeyReturn))
		if count != 3 {
			t.Errorf("pressed %d times, want 3", count)
		}
	})
	t.Run("a disabled one does nothing", func(t *testing.T) {
		count = 0
		b.SetDisabled("Fix the connection first")
		test.Tap(b)
		b.TypedKey(key(fyne.KeySpace))
		if count != 0 || !b.off {
			t.Errorf("pressed %d times, disabled=%v", count, b.off)
		}
		b.SetDisabled("")
		test.Tap(b)
		if count != 1 || b.off {
			t.Errorf("enabled again: pressed %d times, disabled=%v", count, b.off)
		}
	})
	t.Run("an icon without a word stands in the middle", func(t *testing.T) {
		alone := NewButton("", Primary, nothing)
		alone.SetIcon(look.IconPlay, false)
		window(t, alone, 0, 0)
		left := alone.glyph.Position().X
		if right := alone.Size().Width - left - alone.glyph.Size().Width; left != right {
			t.Errorf("%v at its left, %v at its right", left, right)
		}
	})
	t.Run("a busy one keeps its width and does nothing", func(t *testing.T) {
		count = 0
		b.SetText("Send everything now")
		wide := b.MinSize().Width
		b.SetBusy(true)
		b.SetText("Sending")
		test.Tap(b)
		if got := b.MinSize().Width; got < wide || count != 0 {
			t.Errorf("width %v after %v, pressed %d times", got, wide, count)
		}
		b.SetBusy(false)
		if got := b.MinSize().Width; got >= wide {
			t.Errorf("still %v wide after the work", got)
		}
	})
	t.Run("keys it has no use for go to the hook", func(t *testing.T) {
		got := hook(t)
		b.TypedKey(key(fyne.KeyF6))
		b.TypedKey(key(fyne.KeyEscape))
		if diff := cmp.Diff([]Chord{{Key: fyne.KeyF6}, {Key: fyne.KeyEscape}}, *got); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("the ring is shown while it has the focus", func(t *testing.T) {
		b.FocusGained()
		if !b.ring.Visible() {
			t.Error("no ring")
		}
		b.FocusLost()
		if b.ring.Visible() {
			t.Error("the ring stayed")
		}
	})
}

func TestBindKeys(t *testing.T) {
	start(t)
	got := hook(t)
	w := window(t, NewButton("x", Plain, nothing), 100, 100)
	BindKeys(w.Canvas(), Chord{fyne.KeyK, fyne.KeyModifierControl}, Chord{Key: fyne.KeyF1}, undoChord)
	w.Canvas().OnTypedKey()(key(fyne.KeyF1))
	if s, ok := w.Canvas().(fyne.Shortcutable); ok {
		s.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierControl})
		s.TypedShortcut(&fyne.ShortcutUndo{})
	}
	if diff := cmp.Diff([]Chord{{Key: fyne.KeyF1}, {fyne.KeyK, fyne.KeyModifierControl}, undoChord}, *got); diff != "" {
		t.Error(diff)
	}
}

func TestUndoInAField(t *testing.T) {
	start(t)
	field := NewTextField(FieldWords{})
	window(t, field, 200, 60)
	used := true
	OnShortcut(func(c Chord) bool { return used && c == undoChord })
	t.Cleanup(func() { OnShortcut(nil) })
	undo := func() string {
		field.entry.TypedShortcut(&fyne.ShortcutUndo{})
		return field.Text()
	}
	test.Type(field.Target(), "ab")
	if got := undo(); got != "ab" {
		t.Errorf("what the hook used undid the text as well: %q", got)
	}
	used = false
	if got := undo(); got != "" {
		t.Errorf("what the hook had no use for left %q", got)
	}
}

// tipOf returns the text of the tooltip that is shown, or "".
func tipOf(l *Layer) string {
	if slices.Contains(l.floor.Objects, fyne.CanvasObject(l.tip.box)) {
		return l.tip.label.text
	}
	return ""
}

func TestTooltip(t *testing.T) {
	start(t)
	b := NewIconButton(look.IconCheck, "Resolve  Ctrl+E", nothing)
	corner := plainContainer(b)
	box(b, 360, 270, 32, 32)
	l, clock, _ := layered(t, corner, 400, 310)
	over := &desktop.MouseEvent{PointEvent: fyne.PointEvent{AbsolutePosition: fyne.NewPos(370, 280), Position: fyne.NewPos(10, 10)}}

	t.Run("it comes after half a second, inside the window", func(t *testing.T) {
		b.MouseIn(over)
		clock.pass(tipDelay - 1)
		if tipOf(l) != "" {
			t.Fatalf("%q was shown too early", tipOf(l))
		}
		clock.pass(1)
		if tipOf(l) != "Resolve  Ctrl+E" {
			t.Fatalf("shown: %q", tipOf(l))
		}
		at, size := l.tip.box.Position(), l.tip.box.Size()
		if at.X+size.Width > 400 || at.Y+size.Height > 270 || at.Y < 0 {
			t.Errorf("it stands at %v, %v large", at, size)
		}
		b.MouseOut()
		if tipOf(l) != "" {
			t.Error("it stayed when the pointer left")
		}
	})
	t.Run("pressing takes it back", func(t *testing.T) {
		b.MouseIn(over)
		b.MouseDown(over)
		clock.pass(tipDelay)
		if tipOf(l) != "" {
			t.Errorf("shown: %q", tipOf(l))
		}
		b.MouseUp(over)
	})
	t.Run("a disabled button says why", func(t *testing.T) {
		b.SetDisabled("Pedro is answering")
		b.MouseIn(over)
		clock.pass(tipDelay)
		if tipOf(l) != "Pedro is answering" {
			t.Errorf("shown: %q", tipOf(l))
		}
		b.MouseOut()
	})
}

func TestSegmented(t *testing.T) {
	start(t)
	var chosen []int
	s := NewSegmented(func(i int) { chosen = append(chosen, i) })
	s.SetItems([]string{"Mine 3", "Waiting 7", "All 42", "Resolved"}, 2)
	window(t, s, 295, 32)

	t.Run("setting the items calls nobody", func(t *testing.T) {
		if len(chosen) != 0 {
			t.Errorf("called with %v", chosen)
		}
	})
	t.Run("a tap chooses what is under it, once", func(t *testing.T) {
		chosen = nil
		test.TapAt(s, fyne.NewPos(20, 10))
		test.TapAt(s, fyne.NewPos(20, 10))
		if diff := cmp.Diff([]int{0}, chosen); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("Left and Right choose and stop at the ends", func(t *testing.T) {
		chosen = nil
		s.SetItems(s.texts, 2)
		for _, k := range []fyne.KeyName{fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft} {
			s.TypedKey(key(k))
		}
		if diff := cmp.Diff([]int{3, 2}, chosen); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("every pixel belongs to the segment drawn there", func(t *testing.T) {
		xs := s.edges(295)
		for i := range s.texts {
			if got := s.at((xs[i] + xs[i+1]) / 2); got != i {
				t.Errorf("the middle of %d belongs to %d", i, got)
			}
		}
	})
}

func TestRail(t *testing.T) {
	start(t)
	var chosen []string
	r := sampleRail(false)
	r.onChoose = func(id string) { chosen = append(chosen, id) }
	window(t, r, railWidth, 420)

	t.Run("an item gives its id", func(t *testing.T) {
		test.Tap(r.items[1])
		test.Tap(r.items[2])
		if diff := cmp.Diff([]string{"connection", "settings"}, chosen); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a badge of 0 goes away and a large one stays short", func(t *testing.T) {
		r.SetBadge("inbox", 0)
		if r.items[0].badge.ground.Visible() {
			t.Error("a badge of 0 is shown")
		}
		r.SetBadge("inbox", 123)
		if got := r.items[0].badge.label.text; got != "99+" {
			t.Errorf("123 is shown as %q", got)
		}
	})
	t.Run("an id that is not there changes nothing", func(t *testing.T) {
		r.SetBadge("rules", 5)
		if r.item("rules") != nil {
			t.Error("an item appeared")
		}
	})
	t.Run("narrow, labels go and tooltips say them", func(t *testing.T) {
		r.SetNarrow(true)
		if r.MinSize().Width != railNarrowWidth || r.items[1].label.box.Visible() || r.items[1].tip != "Connection: Offline" {
			t.Errorf("width %v, label shown=%v, tip %q", r.MinSize().Width, r.items[1].label.box.Visible(), r.items[1].tip)
		}
	})
}
