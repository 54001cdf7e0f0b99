//go:build window

package windowtest

import (
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/look"
)

// TestSettings changes the language while the program runs, and looks at the
// screens of a small window.
func TestSettings(t *testing.T) {
	until(t, "a screen", func() bool { return window.Working() || window.Welcoming() })
	id := display(t)
	x(t, "key", "ctrl+7")
	until(t, "the settings", func() bool { return sees("How it looks") })
	picture(t, id, "settings")

	click(t, id, "Русский")
	until(t, "the whole window in Russian", func() bool { return sees("Внешний вид") && sees("Настройки") && !sees("Settings") })
	onUI(func() { window.Window().Resize(fyne.NewSize(900, 700)) })
	picture(t, id, "settings-ru")
	x(t, "key", "ctrl+6")
	until(t, "the connection in Russian", func() bool { return sees("Подключение WhatsApp") })
	picture(t, id, "connect-ru")
	onUI(func() { window.SetTheme(look.Dark) })
	x(t, "key", "ctrl+7")
	until(t, "the settings in Russian", func() bool { return sees("Внешний вид") })
	picture(t, id, "settings-ru-dark")

	click(t, id, "English")
	until(t, "the whole window in English", func() bool { return sees("How it looks") && !sees("Внешний вид") })
	onUI(func() {
		window.SetTheme(look.Light)
		window.Window().Resize(fyne.NewSize(1280, 800))
	})
}
