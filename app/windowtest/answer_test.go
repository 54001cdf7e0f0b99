//go:build window

package windowtest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/kit/kittest"
	"shopbell/app/look"
	"shopbell/core/sandbox"
)

// pictures is where the test leaves what the window looked like.
const pictures = "../../build/window"

// patience is how long anything may take on a slow machine before it counts as
// not happening.
const patience = 60 * time.Second

// TestAnswer is the whole way once: a customer writes, the row and the bubble
// appear, an agent clicks and types an answer, the customer's phone has it, and
// the ticks turn to read.
func TestAnswer(t *testing.T) {
	const asked, answer = "Qwx blue rucksack left?", "Yes, one is left for you"
	customer := sandbox.Customer{Phone: "351910000777", Name: "Window Visitor", Language: "en"}

	until(t, "the inbox", func() bool { return window.Working() })
	network := shop.Load().Sandbox()
	id := display(t)

	if _, err := network.Write(t.Context(), customer, asked); err != nil {
		t.Fatal(err)
	}
	until(t, "the customer's row", func() bool { return sees(customer.Name) })
	click(t, id, customer.Name)
	until(t, "the customer's bubble", func() bool { return window.OpenChat() != 0 && sees(asked) })

	x(t, "type", "--delay", "15", answer)
	until(t, "the typed answer", func() bool { return sees(strconv.Itoa(len(answer)) + " / 4096") })
	x(t, "key", "ctrl+Return")
	until(t, "the answer to leave the composer for a bubble", func() bool { return sees("0 / 4096") && sees(answer) })

	eventually(t, "the customer to have it", func() bool {
		return slices.ContainsFunc(network.Inbox(customer), func(d sandbox.Delivered) bool { return d.Text == answer })
	})
	until(t, "all ticks to turn to read", func() bool { return readTicks() == len(network.Inbox(customer)) })

	got := 0
	for _, d := range network.Inbox(customer) {
		if d.Text == answer {
			got++
		}
	}
	if got != 1 {
		t.Errorf("the customer has the answer %d times", got)
	}
	if stats := network.Stats(); stats.WebhookFailures != 0 || stats.LostReplies != 0 {
		t.Errorf("failed webhooks and lost replies: %+v", stats)
	}
	picture(t, id, "answered")
}

// place is where the last such object in the window can be clicked; zero: there is none.
func place(wanted func(fyne.CanvasObject) bool) (at fyne.Position) {
	onUI(func() {
		for _, o := range shown() {
			if wanted(o) {
				at = fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(5, 5)
			}
		}
	})
	return at
}

// display gives the window the keyboard of the display, and returns its id there.
func display(t *testing.T) string {
	t.Helper()
	id := strings.Fields(x(t, "search", "--onlyvisible", "--sync", "--pid", strconv.Itoa(os.Getpid())))[0]
	x(t, "windowfocus", "--sync", id)
	return id
}

// x runs xdotool and returns what it prints.
func x(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "xdotool", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("xdotool %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// click presses the mouse on a text of the window.
func click(t *testing.T, id, text string) { t.Helper(); press(t, id, text, "1") }

// clickIn is click on the last such text that begins left of a place in the window.
func clickIn(t *testing.T, id, text string, left float32) {
	t.Helper()
	pressAt(t, id, "1", text, func(o fyne.CanvasObject) bool {
		c, ok := o.(*canvas.Text)
		return ok && c.Text == text && fyne.CurrentApp().Driver().AbsolutePositionForObject(c).X < left
	})
}

// rightClick presses the button that opens menus on the message with a text. What
// quotes it stands below, and what the list shows of it at the left.
func rightClick(t *testing.T, id, text string) {
	t.Helper()
	var first fyne.CanvasObject
	pressAt(t, id, "3", text, func(o fyne.CanvasObject) bool {
		c, ok := o.(*canvas.Text)
		if first == nil && ok && c.Text == text && fyne.CurrentApp().Driver().AbsolutePositionForObject(c).X > 400 {
			first = c
		}
		return first == o
	})
}

// press presses a button of the mouse on a text of the window, once it stands still:
// while the window is laid out anew a person does not aim either.
func press(t *testing.T, id, text, button string) {
	t.Helper()
	pressAt(t, id, button, text, func(o fyne.CanvasObject) bool {
		c, ok := o.(*canvas.Text)
		return ok && c.Text == text
	})
}

// clickIcon is click on the last icon of a name.
func clickIcon(t *testing.T, id string, name look.IconName) {
	t.Helper()
	pressAt(t, id, "1", string(name), func(o fyne.CanvasObject) bool {
		image, ok := o.(*canvas.Image)
		return ok && image.Resource != nil && strings.HasPrefix(image.Resource.Name(), string(name)+"-")
	})
}

// pressAt is press on the last object that is as wanted; name is for the log.
func pressAt(t *testing.T, id, button, name string, wanted func(fyne.CanvasObject) bool) {
	t.Helper()
	const still = 5 // looks
	var at fyne.Position
	for same := 0; same < still; time.Sleep(50 * time.Millisecond) {
		was := at
		at = place(wanted)
		if at.IsZero() {
			t.Fatalf("%q is not in the window", name)
		}
		if same++; at != was {
			same = 0
		}
	}
	t.Logf("button %s on %q at %v", button, name, at)
	x(t, "mousemove", "--window", id, "--sync", fmt.Sprint(int(at.X)), fmt.Sprint(int(at.Y)))
	x(t, "click", button)
}

// picture keeps what the window looks like, and returns where.
func picture(t *testing.T, id, name string) (path string) {
	t.Helper()
	if err := os.MkdirAll(pictures, 0o755); err != nil {
		t.Fatal(err)
	}
	time.Sleep(200 * time.Millisecond) // what the widgets hold already is on the display a frame later
	path = filepath.Join(pictures, name+".png")
	if out, err := exec.CommandContext(t.Context(), "/usr/bin/import", "-window", id, path).CombinedOutput(); err != nil {
		t.Fatalf("picture: %v: %s", err, out)
	}
	t.Log("picture", path)
	return path
}

// until waits for something that the window shows.
func until(t *testing.T, what string, shown func() bool) {
	t.Helper()
	eventually(t, what, func() (ok bool) {
		onUI(func() { ok = shown() })
		return ok
	})
}

func eventually(t *testing.T, what string, happened func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !happened(); time.Sleep(30 * time.Millisecond) {
		if time.Now().After(end) {
			onUI(func() { t.Logf("the window of %v shows %q", window.Window().Canvas().Size(), texts()) })
			t.Logf("the mouse is at %s", x(t, "getmouselocation"))
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// onUI runs fn on the UI thread and waits for it.
func onUI(fn func()) {
	done := make(chan struct{})
	loop.Post(func() { fn(); close(done) })
	<-done
}

// sees reports whether the window shows a text, whole. On the UI thread.
func sees(text string) bool { return slices.Contains(texts(), text) }

// readTicks counts the ticks of messages that the customer has read.
func readTicks() int {
	want := look.Icon(look.IconChecks, look.Primary, 14).Name()
	n := 0
	for _, o := range shown() {
		if image, ok := o.(*canvas.Image); ok && image.Resource != nil && image.Resource.Name() == want {
			n++
		}
	}
	return n
}

// shown lists what the window shows, and then what floats over it.
func shown() []fyne.CanvasObject {
	all := kittest.Shown(window.Window().Content())
	for _, o := range window.Window().Canvas().Overlays().List() {
		all = append(all, kittest.Shown(o)...)
	}
	return all
}

func texts() []string {
	var all []string
	for _, o := range shown() {
		if text, ok := o.(*canvas.Text); ok {
			all = append(all, text.Text)
		}
	}
	return all
}
