package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"shopbell/app/look"
)

// voiceIn is the figure of a voice note that a thread shows.
func voiceIn(t *testing.T, th *Thread, key string) *voiceFigure {
	t.Helper()
	f, ok := th.column.shown[key].widget.(*Bubble).figure.(*voiceFigure)
	if !ok {
		t.Fatalf("no voice note in %q", key)
	}
	return f
}

func TestVoice(t *testing.T) {
	note := Voice{Peaks: peaks(34), Length: "0:42", Tip: "Play", Plays: true}
	begun := note
	begun.Playing, begun.Played, begun.Speed = true, 0.5, "1.5×"
	show := func(t *testing.T, v Voice) (*Thread, *voiceFigure, *[]Act) {
		t.Helper()
		start(t)
		th, _ := threadOf(t, []Entry{Message{ID: "note", Content: v, Time: "14:04"}})
		acts := new([]Act)
		th.OnAct = func(_ string, a Act) { *acts = append(*acts, a) }
		return th, voiceIn(t, th, "note"), acts
	}

	t.Run("the button plays what can be played, opens what cannot, and fetches what waits", func(t *testing.T) {
		for _, c := range []struct {
			v    Voice
			want Act
		}{
			{note, ActPlay},
			{begun, ActPlay},
			{Voice{Length: "0:42"}, ActOpen},
			{Voice{Ready: ReadyWaiting}, ActFetch},
		} {
			_, f, acts := show(t, c.v)
			test.Tap(f.spot)
			if len(*acts) != 1 || (*acts)[0] != c.want {
				t.Errorf("%+v: acts %v, want %v", c.v, *acts, c.want)
			}
		}
	})
	t.Run("a tap on the bars goes to that part", func(t *testing.T) {
		th, f, _ := show(t, note)
		var key string
		var part float32
		th.OnSeek = func(k string, p float32) { key, part = k, p }
		test.TapAt(f.seek, fyne.NewPos(f.seek.Size().Width*3/4, 4))
		if key != "note" || part != 0.75 {
			t.Errorf("%q at %v", key, part)
		}
	})
	t.Run("what only opens has no place to go to", func(t *testing.T) {
		if _, f, _ := show(t, Voice{Peaks: peaks(34)}); f.seek.Visible() {
			t.Error("the bars take taps")
		}
	})
	t.Run("the speed is shown once a part was heard, and asks for another one", func(t *testing.T) {
		if _, f, _ := show(t, note); f.faster.Visible() {
			t.Error("a speed is shown before it plays")
		}
		_, f, acts := show(t, begun)
		test.Tap(f.faster)
		if len(*acts) != 1 || (*acts)[0] != ActSpeed || f.speed.text != "1.5×" {
			t.Errorf("acts %v at %q", *acts, f.speed.text)
		}
	})
	t.Run("the bubble stays as wide when it begins to play", func(t *testing.T) {
		before := shapeOf(Message{Content: note, Foot: "Voice note", Time: "14:04"}, 600)
		after := shapeOf(Message{Content: begun, Foot: "Voice note", Time: "14:04"}, 600)
		if before.width != after.width || before.height != after.height {
			t.Errorf("%vx%v becomes %vx%v", before.width, before.height, after.width, after.height)
		}
	})
	t.Run("the part that was heard has another colour", func(t *testing.T) {
		_, f, _ := show(t, begun)
		heard := 0
		for _, o := range f.bars.Objects {
			if r, ok := o.(*canvas.Rectangle); ok && r.FillColor == look.Now().Of(look.Primary) {
				heard++
			}
		}
		if heard != 17 {
			t.Errorf("%d of 34 bars were heard, want half", heard)
		}
	})
	t.Run("Left and Right go back and on in it", func(t *testing.T) {
		th, _, acts := show(t, begun)
		th.FocusGained()
		th.TypedKey(key(fyne.KeyLeft))
		th.TypedKey(key(fyne.KeyRight))
		if len(*acts) != 2 || (*acts)[0] != ActBack || (*acts)[1] != ActForward {
			t.Errorf("acts %v", *acts)
		}
	})
	t.Run("Space plays the current message, and Enter opens its menu", func(t *testing.T) {
		th, _, acts := show(t, note)
		menu := ""
		th.OnMenu = func(key string, _ fyne.Position) { menu = key }
		th.FocusGained()
		th.TypedKey(key(fyne.KeySpace))
		if len(*acts) != 1 || (*acts)[0] != ActPlay || menu != "" {
			t.Errorf("Space: acts %v, menu of %q", *acts, menu)
		}
		th.TypedKey(key(fyne.KeyReturn))
		if len(*acts) != 1 || menu != "note" {
			t.Errorf("Enter: acts %v, menu of %q", *acts, menu)
		}
	})
}
