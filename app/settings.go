package app

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/locale"
	"shopbell/app/look"
)

// settings is what a person chose for this computer's screen. It is kept by
// Fyne, not in the shop's file: another laptop on the desk has its own.
type settings struct {
	prefs fyne.Preferences
	zone  *time.Location
}

const (
	prefTheme    = "theme"
	prefLanguage = "language"
)

func (s settings) theme() look.Mode        { return look.Mode(s.prefs.String(prefTheme)) }
func (s settings) setTheme(mode look.Mode) { s.prefs.SetString(prefTheme, string(mode)) }

// language is the chosen one, else the system's.
func (s settings) language() locale.Language {
	return locale.Match(s.prefs.StringWithFallback(prefLanguage, lang.SystemLocale().String()))
}

func (s settings) setLanguage(l locale.Language) { s.prefs.SetString(prefLanguage, string(l)) }

func (s settings) words() (*locale.Words, error) { return locale.New(s.language(), s.zone) }

// themes are the choices in the order of the menu, with the keys of their words.
var themes = []struct {
	mode look.Mode
	key  string
	icon look.IconName
}{
	{look.System, "theme.system", look.IconTheme},
	{look.Light, "theme.light", look.IconSun},
	{look.Dark, "theme.dark", look.IconMoon},
}
