//go:build window

package windowtest

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/core/chat"
	"shopbell/core/sandbox"
)

// TestPictures looks at a customer's photo, copies it, pastes it into an answer through
// the clipboard of the display, and forwards it to somebody else. In the sandbox, which
// TestConnect leaves for good.
func TestPictures(t *testing.T) {
	customer := sandbox.Customer{Phone: "351910000999", Name: "Photo Visitor", Language: "en"}
	friend := sandbox.Customer{Phone: "351910000998", Name: "Window Friend", Language: "en"}
	until(t, "the inbox", func() bool { return window.Working() })
	network := shop.Load().Sandbox()
	id := display(t)
	if _, err := network.Write(t.Context(), friend, "hello"); err != nil {
		t.Fatal(err)
	}
	photo := sandbox.File{Name: "boots.png", MIME: "image/png", Content: stripes(t, 1600, 1200)}
	if _, err := network.Say(t.Context(), customer, sandbox.Image(photo, "the sole")); err != nil {
		t.Fatal(err)
	}
	until(t, "the rows", func() bool { return sees(customer.Name) && sees(friend.Name) })
	click(t, id, customer.Name)
	until(t, "the photo", func() bool { return window.OpenChat() != 0 && photoIsHere() })

	t.Run("a photo is looked at from near by", func(t *testing.T) {
		var at fyne.Position
		onUI(func() { at = fyne.CurrentApp().Driver().AbsolutePositionForObject(thePhoto()).AddXY(40, 40) })
		x(t, "mousemove", "--window", id, "--sync", fmt.Sprint(int(at.X)), fmt.Sprint(int(at.Y)), "click", "1")
		until(t, "the photo over the window", func() bool { return viewer() != nil && viewer().Zoom() < 1 })
		eventually(t, "the photo to be drawn", func() bool {
			img := pictureAt(t, picture(t, id, "viewer"))
			mid := img.Bounds().Size().Div(2)
			return img.At(mid.X, mid.Y) != img.At(2, mid.Y) // the ground beside it
		})
		both(t, id, "viewer")
		x(t, "key", "1")
		until(t, "its own size", func() bool { return viewer().Zoom() == 1 })
		picture(t, id, "viewer-near")
	})
	t.Run("it is copied, and pasted into an answer", func(t *testing.T) {
		x(t, "key", "ctrl+c")
		until(t, "the word that it is copied", func() bool { return aboveAll("Picture copied") })
		x(t, "key", "Escape")
		until(t, "the chat", func() bool { return viewer() == nil })
		x(t, "key", "F6", "F6")
		x(t, "key", "ctrl+v")
		until(t, "the tray", func() bool { return sees("Pasted picture.png") })
		picture(t, id, "pasted")
		until(t, "the file to be ready", func() bool { return !sees("Preparing…") })
		x(t, "key", "ctrl+Return")
		eventually(t, "the customer to have it", func() bool {
			return slices.ContainsFunc(network.Inbox(customer), func(d sandbox.Delivered) bool { return d.Kind == chat.KindImage })
		})
	})
	t.Run("the photo is forwarded to somebody else", func(t *testing.T) {
		onUI(func() { window.Window().Canvas().Focus(kittest.Of[*kit.Thread](window.Window().Content())[0]) })
		x(t, "key", "Up", "Up", "f")
		until(t, "the chats", func() bool { return aboveAll("Forward") })
		x(t, "type", "--delay", "15", "Window Fr")
		until(t, "the friend alone", func() bool { return aboveAll(friend.Name) && !aboveAll(customer.Name) })
		x(t, "key", "Down")
		until(t, "who gets it", func() bool { return aboveAll("To " + friend.Name) })
		picture(t, id, "forward")
		x(t, "key", "ctrl+Return")
		eventually(t, "the friend to have it", func() bool {
			return slices.ContainsFunc(network.Inbox(friend), func(d sandbox.Delivered) bool { return d.Kind == chat.KindImage && d.Text == "the sole" })
		})
	})
}

// stripes is a PNG in two colours.
func stripes(t *testing.T, width, height int) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.NRGBA{0xC8, 0xB7, 0x9C, 0xFF}
			if (x+y)/80%2 == 0 {
				c = color.NRGBA{0x1F, 0x4E, 0x79, 0xFF}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	var content bytes.Buffer
	if err := png.Encode(&content, img); err != nil {
		t.Fatal(err)
	}
	return content.Bytes()
}

// thePhoto is the bubble with the caption of the photo; nil: there is none. On the UI thread.
func thePhoto() fyne.CanvasObject {
	for _, b := range kittest.Of[*kit.Bubble](window.Window().Content()) {
		if slices.Contains(kittest.Texts(b), "the sole") {
			return b
		}
	}
	return nil
}

// photoIsHere reports whether the photo is fetched. On the UI thread.
func photoIsHere() bool {
	for _, thread := range kittest.Of[*kit.Thread](window.Window().Content()) {
		for _, e := range thread.Entries() {
			if m, ok := e.(kit.Message); ok && m.Text == "the sole" {
				p, _ := m.Content.(kit.Picture)
				return p.Source != "" && thePhoto() != nil
			}
		}
	}
	return false
}

// viewer is what shows a picture over the window; nil: nothing does. On the UI thread.
func viewer() *kit.Viewer {
	top := window.Window().Canvas().Overlays().Top()
	if top == nil {
		return nil
	}
	for _, v := range kittest.Of[*kit.Viewer](top) {
		return v
	}
	return nil
}

// aboveAll reports whether what lies over the window shows a text, whole. On the UI thread.
func aboveAll(text string) bool {
	top := window.Window().Canvas().Overlays().Top()
	return top != nil && slices.Contains(kittest.Texts(top), text)
}
