package settings

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
)

// Autostart starts a program when the person logs in to this computer. Its calls
// touch files, so they are made off the UI thread.
type Autostart interface {
	IsEnabled() bool
	Enable() error
	Disable() error
}

// percents are the text sizes offered (design guide, section 8).
var percents = []int{look.MinPercent, look.DefaultPercent, 110, 125, look.MaxPercent}

// modes are the themes in their order, with the keys of their words.
var modes = []struct {
	mode look.Mode
	key  string
}{{look.System, "theme.system"}, {look.Light, "theme.light"}, {look.Dark, "theme.dark"}}

// general makes the cards of look and behaviour.
func (s *Screen) general() []fyne.CanvasObject {
	w := s.Words
	var languages, themes, sizes []string
	for _, l := range locale.Languages() {
		languages = append(languages, l.OwnName())
	}
	themeAt := 0
	for i, m := range modes {
		themes = append(themes, w.T(m.key))
		if m.mode == s.Chosen.Mode {
			themeAt = i
		}
	}
	for _, p := range percents {
		sizes = append(sizes, strconv.Itoa(p)+" %")
	}
	shown := kit.NewStack(16,
		s.choice("settings.language", "", languages, slices.Index(locale.Languages(), s.Chosen.Language), func(i int) { s.Chosen.Language = locale.Languages()[i] }),
		s.choice("settings.theme", "", themes, themeAt, func(i int) { s.Chosen.Mode = modes[i].mode }),
		s.choice("settings.size", "settings.size_about", sizes, slices.Index(percents, s.Chosen.Percent), func(i int) { s.Chosen.Percent = percents[i] }))
	enter := kit.NewSwitch(w.T("settings.enter"), w.T("settings.enter_about"), func(on bool) {
		s.Chosen.EnterSends = on
		s.Choose(s.Chosen)
	})
	enter.SetOn(s.Chosen.EnterSends)
	news := kit.NewSwitch(w.T("settings.news"), w.T("settings.news_about"), func(on bool) {
		s.Chosen.News = on
		s.Choose(s.Chosen)
	})
	news.SetOn(s.Chosen.News)
	return []fyne.CanvasObject{
		kit.NewPanel(w.T("settings.looks"), "", shown),
		s.you(),
		kit.NewPanel(w.T("settings.writing"), "", kit.NewStack(8, enter, kit.NewBar(
			kit.NewLine(w.T("settings.keys"), kit.Body, look.Text), s.soft("settings.keys_show", s.Keys)))),
		kit.NewPanel(w.T("settings.customers"), "", kit.NewStack(12, s.receipts(), s.rating())),
		kit.NewPanel(w.T("settings.computer"), "", kit.NewStack(4, news, s.autostart(), s.tray())),
	}
}

// choice is a line with a name and the values there are.
func (s *Screen) choice(name, about string, values []string, now int, take func(int)) *kit.Bar {
	segments := kit.NewSegmented(func(i int) {
		take(i)
		s.Choose(s.Chosen)
	})
	segments.SetLoose(true)
	segments.SetItems(values, now)
	label := []fyne.CanvasObject{kit.NewLine(s.Words.T(name), kit.Body, look.Text)}
	if about != "" {
		label = append(label, kit.NewParagraph(s.Words.T(about), kit.Tiny, look.Text2))
	}
	return kit.NewBar(kit.NewStack(0, label...), segments)
}

// autostart is the switch that starts Shopbell with the computer. How it stands
// is a file of the system's, so it is asked for, not remembered.
func (s *Screen) autostart() *kit.Switch {
	w := s.Words
	var line *kit.Switch
	line = kit.NewSwitch(w.T("settings.autostart"), w.T("settings.autostart_about"), func(on bool) {
		s.Scope.Do(func(context.Context) error {
			if on {
				return s.Autostart.Enable()
			}
			return s.Autostart.Disable()
		}, func(err error) {
			if err != nil {
				line.SetOn(!on)
				s.Say(w.T("settings.autostart_failed"), false)
			}
		})
	})
	if s.Autostart == nil {
		line.SetAbout(w.T("settings.not_here"))
		line.SetDisabled(w.T("settings.not_here"))
		return line
	}
	var enabled bool
	s.Scope.Do(func(context.Context) error {
		enabled = s.Autostart.IsEnabled()
		return nil
	}, func(error) { line.SetOn(enabled) })
	return line
}

// tray is the switch that keeps Shopbell at work when its window closes.
func (s *Screen) tray() *kit.Switch {
	w := s.Words
	line := kit.NewSwitch(w.T("settings.tray"), w.T("settings.tray_about"), func(on bool) {
		s.Chosen.CloseToTray = on
		s.Choose(s.Chosen)
	})
	line.SetOn(s.Chosen.CloseToTray && !s.NoTray)
	if s.NoTray {
		line.SetAbout(w.T("settings.no_tray"))
		line.SetDisabled(w.T("settings.no_tray"))
	}
	return line
}

func (s *Screen) soft(key string, do func()) *kit.Button {
	return kit.NewButton(s.Words.T(key), kit.Soft, do)
}
