package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"shopbell/app/look"
)

// choice is the look that holds now.
func (a *App) choice() look.Choice {
	c := a.prefs.look()
	c.Dark = a.Dark
	return c
}

// watchSystem follows the system when it turns from light to dark or back while
// the window is open. Until it does, Deps.Dark is what is known of it: Fyne takes
// a system that says nothing for a dark one.
func (a *App) watchSystem() {
	settings := a.fyne.Settings()
	seen := settings.ThemeVariant()
	settings.AddListener(func(s fyne.Settings) {
		variant := s.ThemeVariant()
		if variant == seen || a.scope.Closed() {
			return
		}
		seen, a.Dark = variant, variant == theme.VariantDark
		if a.prefs.theme() == look.System {
			a.try(look.Apply(a.fyne, a.choice()))
			a.layer.Root().Refresh()
		}
	})
}
