package app

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/app/settings"
)

// prefs is what a person chose for this computer's screen. It is kept by Fyne,
// not in the shop's file: another laptop on the desk has its own.
type prefs struct {
	fyne.Preferences
	zone *time.Location
}

const (
	prefTheme       = "theme"
	prefLanguage    = "language"
	prefPercent     = "text_percent"
	prefEnterSends  = "enter_sends"
	prefCloseToTray = "close_to_tray"
	prefNews        = "news"
	prefTrayTold    = "tray_told"    // where the window went was said once
	prefFolder      = "files_folder" // where files were last chosen or saved
	prefWidth       = "window_width"
	prefHeight      = "window_height"
)

func (s prefs) theme() look.Mode        { return look.Mode(s.String(prefTheme)) }
func (s prefs) setTheme(mode look.Mode) { s.SetString(prefTheme, string(mode)) }

// language is the chosen one, else the system's.
func (s prefs) language() locale.Language {
	return locale.Match(s.StringWithFallback(prefLanguage, lang.SystemLocale().String()))
}

// OwnerWord is what a new shop calls the person at this computer where the system knows
// no name of theirs, in the language of the window.
func OwnerWord(fa fyne.App) (string, error) {
	words, err := prefs{fa.Preferences(), time.UTC}.words()
	if err != nil {
		return "", err
	}
	return words.T("owner"), nil
}

func (s prefs) setLanguage(l locale.Language) { s.SetString(prefLanguage, string(l)) }

// chosen is everything that the settings show.
func (s prefs) chosen() settings.Chosen {
	percent := s.IntWithFallback(prefPercent, look.DefaultPercent)
	if percent < look.MinPercent || percent > look.MaxPercent { // of a file that somebody edited
		percent = look.DefaultPercent
	}
	return settings.Chosen{
		Language: s.language(), Mode: s.theme(), Percent: percent,
		EnterSends: s.Bool(prefEnterSends), CloseToTray: s.Bool(prefCloseToTray), News: s.BoolWithFallback(prefNews, true),
	}
}

// keep stores what was chosen.
func (s prefs) keep(c settings.Chosen) {
	s.setLanguage(c.Language)
	s.setTheme(c.Mode)
	s.SetInt(prefPercent, c.Percent)
	s.SetBool(prefEnterSends, c.EnterSends)
	s.SetBool(prefCloseToTray, c.CloseToTray)
	s.SetBool(prefNews, c.News)
}

func (s prefs) look() look.Choice {
	return look.Choice{Mode: s.theme(), Percent: s.chosen().Percent}
}

// size is that of the window when it was last closed.
func (s prefs) size() fyne.Size {
	return fyne.NewSize(
		max(minWidth, float32(s.FloatWithFallback(prefWidth, startWidth))),
		max(minHeight, float32(s.FloatWithFallback(prefHeight, startHeight))))
}

func (s prefs) keepSize(size fyne.Size) {
	s.SetFloat(prefWidth, float64(size.Width))
	s.SetFloat(prefHeight, float64(size.Height))
}

func (s prefs) words() (*locale.Words, error) {
	words, err := locale.New(s.language(), s.zone)
	if err != nil {
		return nil, err
	}
	return words.In(lang.SystemLocale().String()), nil
}

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
