package kit

import (
	"image"
	"image/color"
	"math"
	"slices"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"shopbell/app/kit/kittest"
	"shopbell/app/look"
)

// sampleViewer shows a picture of two colours, drawn as it is asked for.
func sampleViewer(width, height int) *Viewer {
	v := NewViewer(ViewerWords{
		Close: "Close  Esc", Older: "Before", Newer: "After", In: "Nearer", Out: "Farther", Fit: "Show all", Full: "Its own size",
		Copy: "Copy", Save: "Save as…", Open: "Open outside", Zoom: func(percent int) string { return strconv.Itoa(percent) + " %" },
	})
	v.OnSight = func(s Sight) {
		img := image.NewNRGBA(image.Rect(0, 0, s.Width, s.Height))
		for y := range s.Height {
			for x := range s.Width {
				c := color.NRGBA{0xC8, 0xB7, 0x9C, 0xFF}
				px, py := s.X+float64(x)/s.Zoom, s.Y+float64(y)/s.Zoom
				if math.Hypot(px-float64(width)/2, py-float64(height)/2) < float64(height)/3 {
					c = color.NRGBA{0x1F, 0x4E, 0x79, 0xFF}
				}
				img.SetNRGBA(x, y, c)
			}
		}
		v.Draw(img, s)
	}
	v.SetPicture(width, height)
	v.Set(ViewerData{Who: "João Ferreira", When: "Today, 13:50 · 840 KB · 1600 × 1200", Older: true})
	return v
}

func TestViewerPictures(t *testing.T) {
	golden(t, "viewer", 760, 520, func() fyne.CanvasObject {
		v := sampleViewer(1600, 1200)
		v.Set(ViewerData{
			Who: "João Ferreira", When: "Today, 13:50 · 840 KB · 1600 × 1200", Older: true, Newer: true,
			Caption: "A sola descolou depois de dois dias. Comprei-as na terça-feira e só as usei duas vezes, sempre dentro de casa; junto também a fatura.",
		})
		return v
	})
	golden(t, "viewer-near", 760, 520, func() fyne.CanvasObject {
		v := sampleViewer(1600, 1200)
		v.Resize(fyne.NewSize(760, 520))
		v.TypedRune('1')
		return v
	})
	golden(t, "viewer-failed", 760, 320, func() fyne.CanvasObject {
		v := sampleViewer(1600, 1200)
		v.Set(ViewerData{
			Who: "João Ferreira", When: "Today, 13:50", Message: "The picture has 20000 × 9000 pixels. Shopbell shows up to 50 million.", Again: "Try again",
			NoCopy: "It is not here", NoOpen: "It is not here",
		})
		return v
	})
	golden(t, "viewer-coming", 760, 320, func() fyne.CanvasObject {
		v := sampleViewer(1600, 1200)
		v.Set(ViewerData{Who: "João Ferreira", When: "Today, 13:50", Message: "62 % of 1.2 MB", Progress: 0.62, NoCopy: "It is not here"})
		return v
	})
}

func TestViewer(t *testing.T) {
	open := func(t *testing.T, width, height int) *Viewer {
		start(t)
		v := sampleViewer(width, height)
		window(t, v, 840, 656) // 840 × 600 for the picture
		return v
	}
	t.Run("a large picture is shown whole, a small one as large as it is", func(t *testing.T) {
		if got := open(t, 1680, 600).Zoom(); got != 0.5 {
			t.Errorf("the large one has %v device pixels for one", got)
		}
		if got := open(t, 100, 60).Zoom(); got != 1 {
			t.Errorf("the small one has %v device pixels for one", got)
		}
	})
	t.Run("only what is in sight is asked for, in the pixels of the screen", func(t *testing.T) {
		v := open(t, 4000, 3000)
		v.TypedRune('1')
		if want := (Sight{Width: 840, Height: 600, Zoom: 1, X: 1580, Y: 1200}); v.drawn != want {
			t.Errorf("drawn %+v, want %+v", v.drawn, want)
		}
	})
	t.Run("keys look nearer and farther, show all and the picture's own size", func(t *testing.T) {
		v := open(t, 1680, 1200)
		for _, step := range []struct {
			key  rune
			want float64
		}{{'+', 0.625}, {'-', 0.5}, {'-', 0.5}, {'1', 1}, {'0', 0.5}} {
			v.TypedRune(step.key)
			if v.Zoom() != step.want {
				t.Errorf("after %q the zoom is %v, want %v", step.key, v.Zoom(), step.want)
			}
		}
	})
	t.Run("the same keys do the same where a part of the viewer has the focus", func(t *testing.T) {
		v := open(t, 1680, 1200)
		for _, step := range []struct {
			key  fyne.KeyName
			want float64
		}{{fyne.KeyPlus, 0.625}, {fyne.KeyMinus, 0.5}, {fyne.KeyEqual, 0.625}, {fyne.Key1, 1}, {fyne.Key0, 0.5}} {
			if taken := v.Pressed(Chord{Key: step.key}); !taken || v.Zoom() != step.want {
				t.Errorf("after %v the zoom is %v, want %v; taken: %v", step.key, v.Zoom(), step.want, taken)
			}
		}
		if v.Pressed(Chord{Key: fyne.Key1, Mod: fyne.KeyModifierShortcutDefault}) || v.Pressed(Chord{Key: fyne.KeyQ}) {
			t.Error("another key is taken, too")
		}
	})
	t.Run("a key counts once, by its letter or by its name", func(t *testing.T) {
		v := open(t, 1680, 1200)
		v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPlus})
		v.TypedRune('+')
		if v.Zoom() != 0.625 {
			t.Errorf("the zoom is %v", v.Zoom())
		}
	})
	t.Run("the wheel keeps what is under the pointer there", func(t *testing.T) {
		v := open(t, 1680, 1200)
		at := fyne.NewPos(200, viewerBar+100)
		under := func() (x, y float64) { return v.asked.X + 200/v.Zoom(), v.asked.Y + 100/v.Zoom() }
		x, y := under()
		for range 4 {
			v.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: at}, Scrolled: fyne.Delta{DY: 10}})
		}
		if nowX, nowY := under(); math.Abs(nowX-x) > 1e-6 || math.Abs(nowY-y) > 1e-6 || v.Zoom() <= 1 {
			t.Errorf("at zoom %v, %v,%v is under the pointer and not %v,%v", v.Zoom(), nowX, nowY, x, y)
		}
	})
	t.Run("dragging moves the picture up to its edge", func(t *testing.T) {
		v := open(t, 1680, 1200)
		v.TypedRune('1')
		v.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-100, 50)})
		if v.asked.X != 520 || v.asked.Y != 250 {
			t.Errorf("the view begins at %v,%v", v.asked.X, v.asked.Y)
		}
		v.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(9000, 9000)})
		if v.asked.X != 0 || v.asked.Y != 0 {
			t.Errorf("the view begins at %v,%v", v.asked.X, v.asked.Y)
		}
	})
	t.Run("while the next part is drawn the last one moves along", func(t *testing.T) {
		v := open(t, 1680, 1200)
		v.TypedRune('1')
		before := v.picture.Position()
		v.OnSight = func(Sight) {}
		v.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-100, 50)})
		if got := v.picture.Position().Subtract(before); got != fyne.NewPos(-100, 50) {
			t.Errorf("it moved by %v", got)
		}
	})
	t.Run("arrows go to where there is a picture only", func(t *testing.T) {
		v := open(t, 1680, 1200)
		steps := 0
		v.OnStep = func(by int) { steps += by }
		v.TypedKey(key(fyne.KeyRight))
		if v.TypedKey(key(fyne.KeyLeft)); steps != -1 {
			t.Errorf("it went %d on", steps)
		}
	})
	t.Run("the button says why it cannot copy, and the key asks all the same", func(t *testing.T) {
		v := open(t, 100, 100)
		copied := 0
		v.OnCopy = func() { copied++ }
		v.Set(ViewerData{NoCopy: "This computer takes no pictures"})
		if test.Tap(v.copy); copied != 0 || v.copy.reason != "This computer takes no pictures" {
			t.Errorf("copied %d times, the reason is %q", copied, v.copy.reason)
		}
		if v.TypedShortcut(&fyne.ShortcutCopy{}); copied != 1 {
			t.Errorf("by key it was asked %d times", copied)
		}
	})
	t.Run("other keys are for the window", func(t *testing.T) {
		v := open(t, 100, 100)
		got := hook(t)
		v.TypedKey(key(fyne.KeyEscape))
		v.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierControl})
		if len(*got) != 2 || (*got)[0] != (Chord{Key: fyne.KeyEscape}) || (*got)[1] != (Chord{Key: fyne.KeyS, Mod: fyne.KeyModifierControl}) {
			t.Errorf("got %v", *got)
		}
	})
}

func TestCover(t *testing.T) {
	closed := 0
	cover := func(t *testing.T) (*Layer, *clock, *Viewer, fyne.Window) {
		closed = 0
		start(t)
		l, c, w := layered(t, NewGround(look.Bg), 800, 600)
		v := sampleViewer(100, 100)
		l.Cover(v, v, func() { closed++ })
		return l, c, v, w
	}
	t.Run("takes the whole window and the keyboard until it is closed", func(t *testing.T) {
		l, _, v, w := cover(t)
		if v.Size() != fyne.NewSize(800, 600) || w.Canvas().Focused() != fyne.Focusable(v) {
			t.Errorf("it is %v large, the focus is on %T", v.Size(), w.Canvas().Focused())
		}
		w.Resize(fyne.NewSize(900, 700))
		if v.Size() != fyne.NewSize(900, 700) || l.floor.Size() != v.Size() {
			t.Errorf("in a larger window it is %v large, what stands above it %v", v.Size(), l.floor.Size())
		}
		if l.CloseTop(); l.Open() || closed != 1 {
			t.Errorf("it stays open: %v; its owner was told %d times", l.Open(), closed)
		}
	})
	t.Run("toasts are seen over it, and stay when it is closed", func(t *testing.T) {
		l, _, _, w := cover(t)
		l.Toast(Toast{Text: "Saved"})
		if got := kittest.Texts(w.Canvas().Overlays().Top()); !slices.Contains(got, "Saved") {
			t.Errorf("over it stands %q", got)
		}
		l.CloseTop()
		if got := kittest.Texts(l.Root()); !slices.Contains(got, "Saved") {
			t.Errorf("afterwards there is %q", got)
		}
	})
}

// However one looks, no room is left beside a picture that would fill it, and what is
// drawn is within the picture.
func TestSightStaysWithinThePicture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var g glass
		size := rapid.IntRange(1, 12000)
		g.setRoom(float64(rapid.IntRange(1, 4000).Draw(t, "room")), float64(rapid.IntRange(1, 3000).Draw(t, "high")))
		g.put(size.Draw(t, "width"), size.Draw(t, "height"))
		by := rapid.Float64Range(-5000, 5000)
		for range rapid.IntRange(0, 10).Draw(t, "steps") {
			switch rapid.IntRange(0, 2).Draw(t, "what") {
			case 0:
				g.to(rapid.Float64Range(0, 20).Draw(t, "zoom"), by.Draw(t, "x"), by.Draw(t, "y"))
			case 1:
				g.move(by.Draw(t, "dx"), by.Draw(t, "dy"))
			default:
				g.setRoom(float64(rapid.IntRange(1, 4000).Draw(t, "room")), float64(rapid.IntRange(1, 3000).Draw(t, "high")))
			}
		}
		s, left, top := g.sight()
		if s.Width < 1 || s.Height < 1 || float64(s.Width) > g.roomW || float64(s.Height) > g.roomH || left < 0 || top < 0 {
			t.Fatalf("drawn %+v at %v,%v in a room of %v × %v", s, left, top, g.roomW, g.roomH)
		}
		if s.X < 0 || s.Y < 0 || s.X+float64(s.Width)/s.Zoom > g.width+1/s.Zoom || s.Y+float64(s.Height)/s.Zoom > g.height+1/s.Zoom {
			t.Fatalf("%+v lies outside of %v × %v", s, g.width, g.height)
		}
	})
}
