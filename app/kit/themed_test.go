package kit

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"shopbell/app/kit/kittest"
)

// An override that is refreshed takes up its new content, and empties Fyne's caches.
func TestARefreshedListLeavesItsThemeAlone(t *testing.T) {
	chats, rules, found := NewChatList(), NewRuleList(), NewFoundList()
	for name, list := range map[string]struct {
		fyne.CanvasObject
		themed *container.ThemeOverride
	}{"chats": {chats, chats.wrapped}, "rules": {rules, rules.clip}, "found": {found, found.clip}} {
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
