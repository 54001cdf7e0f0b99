package app

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"shopbell/app/kit/kittest"
)

// area is a part of the window.
type area struct{ Left, Top, Right, Bottom float32 }

func areaOf(o fyne.CanvasObject) area {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	return area{at.X, at.Y, at.X + o.Size().Width, at.Y + o.Size().Height}
}

func (a area) and(b area) area {
	return area{max(a.Left, b.Left), max(a.Top, b.Top), min(a.Right, b.Right), min(a.Bottom, b.Bottom)}
}

func (a area) empty() bool { return a.Left >= a.Right || a.Top >= a.Bottom }

// clickable finds what can be clicked, and where: inside clip, which is what scrolls
// around it, or the window.
func clickable(o fyne.CanvasObject, clip area, found map[area]string) {
	if !o.Visible() {
		return
	}
	seen := clip.and(areaOf(o))
	if _, ok := o.(fyne.Tappable); ok && !seen.empty() {
		found[seen] = fmt.Sprintf("%T %q", o, strings.Join(kittest.Texts(o), " "))
	}
	if strings.HasSuffix(fmt.Sprintf("%T", o), ".Scroll") {
		clip = seen
	}
	for _, i := range kittest.Inside(o) {
		clickable(i, clip, found)
	}
}

// scrolling lists the areas of what scrolls, as they are painted.
func scrolling(o fyne.CanvasObject) (all []area) {
	for _, i := range kittest.Shown(o) {
		if strings.HasSuffix(fmt.Sprintf("%T", i), ".Scroll") {
			all = append(all, areaOf(i))
		}
	}
	return all
}

func TestToastsCoverNothing(t *testing.T) {
	for _, size := range []fyne.Size{{Width: 1280, Height: 800}, {Width: 900, Height: 700}, {Width: 800, Height: 560}} {
		for _, place := range []string{railInbox, "chat", railRules, railConnection, railSettings} {
			t.Run(fmt.Sprintf("that can be clicked: %s in a window of %v", place, size.Width), func(t *testing.T) {
				s := inSandbox(t)
				s.window.Resize(size)
				s.Show(place)
				if place == "chat" {
					s.Open(1)
				}
				whole := area{Right: size.Width, Bottom: size.Height}
				before := scrolling(s.window.Content())
				s.say("Resolved, and a line that says so in more words than one", func() {})
				s.say("A second one", nil)
				found := map[area]string{}
				clickable(s.window.Content(), whole, found)
				toasts := 0
				for _, o := range kittest.Shown(s.window.Content()) {
					if fmt.Sprintf("%T", o) != "*kit.toast" {
						continue
					}
					toasts++
					for at, what := range found {
						if toast := areaOf(o); !at.and(toast).empty() && !strings.Contains(what, "Undo") {
							t.Errorf("the toast at %v is over %s at %v", toast, what, at)
						}
					}
				}
				if toasts != 2 {
					t.Errorf("%d toasts are shown", toasts)
				}
				s.loop.Advance(10 * time.Second)
				if diff := cmp.Diff(before, scrolling(s.window.Content())); diff != "" {
					t.Errorf("afterwards the room is not as it was:\n%s", diff)
				}
			})
		}
	}
}
