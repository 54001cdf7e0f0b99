package kit

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestMoreAtABubble(t *testing.T) {
	open := func(t *testing.T) (*Thread, fyne.Window, *[]string) {
		th, w := threadOf(t, append(chat(0, 3), Message{
			ID: "failed", Side: Ours, Text: "x", Time: "14:00", Trouble: TroubleFailed, Reason: "no", Actions: []Action{{"Try again", nothing}},
		}, Day{ID: "d", Text: "Today"}))
		var asked []string
		th.OnMenu = func(key string, _ fyne.Position) { asked = append(asked, key) }
		return th, w, &asked
	}
	over := func(th *Thread, w fyne.Window, key string, dx float32) {
		p := th.column.shown[key].widget
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p)
		test.MoveMouse(w.Canvas(), at.AddXY(dx, p.Size().Height/2))
	}
	t.Run("the pointer on a message's row brings the button, which opens its menu", func(t *testing.T) {
		th, w, asked := open(t)
		over(th, w, "1", 5)
		if !th.column.placeMore() {
			t.Fatal("no button")
		}
		test.Tap(th.column.more)
		if fmt.Sprint(*asked) != "[1]" {
			t.Errorf("asked for the menus of %v", *asked)
		}
	})
	t.Run("on the way to the button it stays", func(t *testing.T) {
		th, w, _ := open(t)
		over(th, w, "1", 5)
		more := th.column.more
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(more)
		for x := at.X - 20; x <= at.X+10; x++ {
			test.MoveMouse(w.Canvas(), fyne.NewPos(x, at.Y+10))
			if !th.column.placeMore() || more.key != "1" {
				t.Fatalf("it is gone, or at %q, at %v", more.key, x-at.X)
			}
		}
	})
	t.Run("what can be pressed in a bubble keeps it there", func(t *testing.T) {
		th, w, _ := open(t)
		b, ok := th.column.shown["failed"].widget.(*Bubble)
		if !ok {
			t.Fatal("no bubble")
		}
		link := b.trouble.link
		test.MoveMouse(w.Canvas(), fyne.CurrentApp().Driver().AbsolutePositionForObject(link).AddXY(5, 5))
		if !link.hovered || !th.column.placeMore() || th.column.more.key != "failed" {
			t.Errorf("the pointer is on the link: %v; the button is at %q", link.hovered, th.column.more.key)
		}
	})
	t.Run("it stands on the side of the middle, and not at what is no message", func(t *testing.T) {
		th, w, _ := open(t)
		for key, left := range map[string]bool{"0": false, "failed": true} {
			over(th, w, key, 5)
			p := th.column.shown[key].widget
			if got := th.column.more.Position().X < p.Position().X; got != left {
				t.Errorf("at %s: on the left: %v", key, got)
			}
		}
		over(th, w, "day d", 5)
		if th.column.placeMore() {
			t.Error("a line between two days has a button")
		}
	})
	t.Run("the pointer that leaves takes it away", func(t *testing.T) {
		th, w, _ := open(t)
		over(th, w, "1", 5)
		test.MoveMouse(w.Canvas(), fyne.NewPos(-10, -10))
		if th.column.placeMore() {
			t.Error("it stays")
		}
	})
	t.Run("Tab does not stop at it", func(t *testing.T) {
		th, w, _ := open(t)
		over(th, w, "1", 5)
		if _, stops := fyne.CanvasObject(th.column.more).(fyne.Focusable); stops {
			t.Error("it takes the keyboard")
		}
	})
}

func TestKeysOfAMessage(t *testing.T) {
	th, w := threadOf(t, chat(0, 3))
	var did []string
	th.OnAct = func(key string, a Act) { did = append(did, fmt.Sprint(key, " ", a)) }
	th.OnMenu = func(key string, _ fyne.Position) { did = append(did, key+" menu") }
	w.Canvas().Focus(th)
	th.TypedKey(key(fyne.KeyUp))
	th.TypedKey(key(fyne.KeyR))
	if len(did) != 0 {
		t.Error("it is answered before the letter of the key, which the composer would be given")
	}
	th.TypedRune('к') // the same key of another keyboard
	th.TypedKey(key(fyne.KeyC))
	th.TypedRune('с')
	th.TypedRune('+')
	th.TypedKey(key(desktop.KeyMenu))
	want := fmt.Sprint([]string{fmt.Sprint("1 ", ActReply), fmt.Sprint("1 ", ActCopy), fmt.Sprint("1 ", ActReact), "1 menu"})
	if got := fmt.Sprint(did); got != want {
		t.Errorf("did %s, want %s", got, want)
	}
	if !th.column.placeMore() || th.column.more.key != "1" {
		t.Error("the message with the keyboard has no button")
	}
}

func TestThreadWithMoreButtonPicture(t *testing.T) {
	golden(t, "thread-more", 560, 400, func() fyne.CanvasObject {
		th := NewThread()
		th.OnMenu = func(string, fyne.Position) {}
		th.SetEntries(sampleThread())
		th.hover("f", true)
		return th
	})
}
