package kit

import (
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/look"
)

var update = flag.Bool("update", false, "write the golden pictures instead of comparing with them")

func TestMain(m *testing.M) {
	flag.Parse()
	look.SetEmojiFont(nil) // the same pictures on every machine
	os.Exit(m.Run())
}

// start gives the test an app with the light look at 100 %.
func start(t *testing.T) fyne.App { return startWith(t, look.Choice{Mode: look.Light}) }

func startWith(t *testing.T, c look.Choice) fyne.App {
	t.Helper()
	app := test.NewTempApp(t)
	if err := look.Apply(app, c); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := look.Apply(app, look.Choice{Mode: look.Light}); err != nil {
			t.Error(err)
		}
	})
	return app
}

// window shows o alone, as large as given, or as its MinSize for 0.
func window(t *testing.T, o fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	w := test.NewTempWindow(t, o)
	w.SetPadded(false)
	if width == 0 {
		width, height = o.MinSize().Width, o.MinSize().Height
	}
	w.Resize(fyne.NewSize(width, height))
	return w
}

// clock stands in for time: f is called when the test passes it.
type clock struct {
	now     time.Duration
	waiting []*alarm
}

type alarm struct {
	at time.Duration
	f  func()
}

func (c *clock) after(d time.Duration, f func()) (stop func()) {
	a := &alarm{at: c.now + d, f: f}
	c.waiting = append(c.waiting, a)
	return func() { a.f = nil }
}

func (c *clock) pass(d time.Duration) {
	c.now += d
	for _, a := range c.waiting {
		if f := a.f; f != nil && a.at <= c.now {
			a.f = nil
			f()
		}
	}
}

// layered shows o in a window with a layer whose time is the clock's.
func layered(t *testing.T, o fyne.CanvasObject, width, height float32) (*Layer, *clock, fyne.Window) {
	t.Helper()
	c := &clock{}
	l := NewLayer(o, c.after)
	w := window(t, l.Root(), width, height)
	l.Attach(w.Canvas())
	t.Cleanup(l.Detach)
	return l, c, w
}

// hook collects what reaches OnShortcut.
func hook(t *testing.T) *[]Chord {
	t.Helper()
	var got []Chord
	OnShortcut(func(c Chord) bool { got = append(got, c); return true })
	t.Cleanup(func() { OnShortcut(nil) })
	return &got
}

func key(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }

// The golden pictures allow a pixel to be a little off, and a few to be more:
// processors round differently.
const (
	pixelTolerance = 0.06
	shareTolerance = 0.002
)

// golden compares a picture of what scene makes, in light and in dark, with
// testdata/<name>-light.png and -dark.png.
func golden(t *testing.T, name string, width, height float32, scene func() fyne.CanvasObject) {
	t.Helper()
	for _, mode := range []look.Mode{look.Light, look.Dark} {
		t.Run(fmt.Sprintf("%s in %s", name, mode), func(t *testing.T) {
			startWith(t, look.Choice{Mode: mode})
			got := window(t, scene(), width, height).Canvas().Capture()
			file := filepath.Join("testdata", fmt.Sprintf("%s-%s.png", name, mode))
			if *update {
				writePNG(t, file, got)
				return
			}
			if off := difference(readPNG(t, file), got); off > shareTolerance {
				seen := filepath.Join(t.ArtifactDir(), filepath.Base(file))
				writePNG(t, seen, got)
				t.Errorf("%.2f %% of the pixels differ from %s; what was drawn: %s (go test -artifacts keeps it)", off*100, file, seen)
			}
		})
	}
}

// difference is the share of pixels that differ visibly; 1 for other sizes.
func difference(want, got image.Image) float64 {
	if want.Bounds() != got.Bounds() {
		return 1
	}
	b, off := want.Bounds(), 0
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			wr, wg, wb, _ := want.At(x, y).RGBA()
			gr, gg, gb, _ := got.At(x, y).RGBA()
			if apart(wr, gr) || apart(wg, gg) || apart(wb, gb) {
				off++
			}
		}
	}
	return float64(off) / float64(b.Dx()*b.Dy())
}

func apart(a, b uint32) bool {
	return float64(max(a, b)-min(a, b)) > pixelTolerance*0xFFFF
}

func writePNG(t *testing.T, path string, img image.Image) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func readPNG(t *testing.T, path string) image.Image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatalf("%v (go test -update writes it)", err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestDifference(t *testing.T) {
	white, grey := image.NewGray(image.Rect(0, 0, 10, 10)), image.NewGray(image.Rect(0, 0, 10, 10))
	if got := difference(white, grey); got != 0 {
		t.Errorf("equal pictures differ by %v", got)
	}
	grey.Pix[3] = 40
	if got := difference(white, grey); got != 0.01 {
		t.Errorf("one pixel of a hundred counts %v", got)
	}
	if got := difference(white, image.NewGray(image.Rect(0, 0, 9, 10))); got != 1 {
		t.Errorf("another size counts %v", got)
	}
}
