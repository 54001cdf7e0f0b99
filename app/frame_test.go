package app

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
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
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	if strings.HasSuffix(fmt.Sprintf("%T", o), ".Scroll") {
		clip = seen
	}
	for _, i := range inside {
		clickable(i, clip, found)
	}
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
				before := map[area]string{}
				clickable(s.window.Content(), whole, before)
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
				after := map[area]string{}
				clickable(s.window.Content(), whole, after)
				if diff := cmp.Diff(before, after); diff != "" {
					t.Errorf("all is not where it was:\n%s", diff)
				}
			})
		}
	}
}
