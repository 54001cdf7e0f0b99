package app

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// trayApp is a program on a system with a place for tray icons.
type trayApp struct {
	fyne.App
	menus []*fyne.Menu // as they were drawn
}

func (a *trayApp) SetSystemTrayMenu(m *fyne.Menu)  { a.menus = append(a.menus, m) }
func (a *trayApp) SetSystemTrayIcon(fyne.Resource) {}
func (a *trayApp) SetSystemTrayWindow(fyne.Window) {}

// withTray is the sandbox with an icon in the tray.
func withTray(t *testing.T) (*stage, *trayApp) {
	s := inSandbox(t)
	place := &trayApp{App: s.fyne}
	s.fyne = place
	s.tray = newTray(s.App)
	s.showState()
	return s, place
}

func TestTray(t *testing.T) {
	t.Run("its menu counts who waits, and is drawn anew only for a change", func(t *testing.T) {
		s, place := withTray(t)
		s.showState()
		if n := len(place.menus); n != 2 || place.menus[0].Items[0].Label != "Nobody waits" || place.menus[1].Items[0].Label != "7 customers wait" {
			t.Errorf("drawn %d times, now %q", n, place.menus[n-1].Items[0].Label)
		}
	})
	t.Run("speaks the language of the window", func(t *testing.T) {
		s, place := withTray(t)
		s.setLanguage("ru")
		if got := place.menus[len(place.menus)-1].Items[2].Label; got != "Открыть Shopbell" {
			t.Errorf("says %q", got)
		}
	})
	t.Run("keeps a window that is closed where that is wished, and says so the first time", func(t *testing.T) {
		s, _ := withTray(t)
		closed := false
		s.window.SetOnClosed(func() { closed = true })
		s.prefs.SetBool(prefCloseToTray, true)
		test.AssertNotificationSent(t, fyne.NewNotification("Shopbell", "Shopbell goes on in the tray. Quit is in its menu."), s.closing)
		test.AssertNotificationSent(t, nil, s.closing)
		if closed {
			t.Error("the window was closed")
		}
	})
	t.Run("a window is closed where that is not wished, or there is no tray", func(t *testing.T) {
		for _, tray := range []bool{true, false} {
			s, _ := withTray(t)
			s.prefs.SetBool(prefCloseToTray, !tray)
			if !tray {
				s.tray = nil
			}
			closed := false
			s.window.SetOnClosed(func() { closed = true })
			s.closing()
			if !closed {
				t.Errorf("with a tray %v it stayed", tray)
			}
		}
	})
}
