package kit

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"shopbell/app/kit/kittest"
	"shopbell/app/look"
)

// An override that is refreshed takes up its new content, and empties Fyne's caches.
func TestARefreshedListLeavesItsThemeAlone(t *testing.T) {
	chats, rules, found := NewChatList(), NewRuleList(), NewFoundList()
	scrolled := NewScrolled(container.NewVScroll(NewGround(look.Bg)))
	for name, list := range map[string]struct {
		fyne.CanvasObject
		themed *container.ThemeOverride
	}{"chats": {chats, chats.wrapped}, "rules": {rules, rules.clip}, "found": {found, found.clip}, "scrolled": {scrolled, scrolled.clip}} {
		t.Run(name, func(t *testing.T) {
			window(t, list.CanvasObject, 320, 400)
			other := canvas.NewRectangle(nil)
			list.themed.Content = other
			list.Refresh()
			if slices.Contains(kittest.Shown(list.CanvasObject), fyne.CanvasObject(other)) {
				t.Error("the theme of the list was refreshed with it")
			}
		})
	}
}

func TestWhatWasAwayWhileTheThemeChanged(t *testing.T) {
	app := start(t)
	c := sampleComposer(4096)
	c.SetNotes(NewToolSwitch(look.IconNote, "Note", "", func(bool) {}), 300)
	layer := NewLayer(c, new(clock).after)
	w := window(t, layer.Root(), 600, 200)
	layer.Attach(w.Canvas())
	t.Cleanup(layer.Detach)
	layer.SetContent(NewGround(look.Bg))
	if err := look.Apply(app, look.Choice{Mode: look.Dark}); err != nil {
		t.Fatal(err)
	}
	layer.SetContent(c)
	for name, part := range map[string]struct {
		rect *canvas.Rectangle
		want look.Token
	}{"the button": {c.send.ground.inner, look.Fill}, "the line before the notes": {c.edge.rect, look.Border}} {
		t.Run(name+" of a composer has the new colours", func(t *testing.T) {
			if want := look.Now().Of(part.want); part.rect.FillColor != want {
				t.Errorf("it is %v, want %v", part.rect.FillColor, want)
			}
		})
	}
}
