package app

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/app/welcome"
)

// showMenu opens theme, language and the list of keys beside the rail's foot.
func (a *App) showMenu() {
	items := []kit.MenuItem{{Text: a.words.T("menu.theme")}}
	for _, t := range themes {
		items = append(items, kit.MenuItem{
			Icon: t.icon, Text: a.words.T(t.key), Current: a.prefs.theme() == t.mode,
			Do: func() { a.setTheme(t.mode) },
		})
	}
	items = append(items, kit.MenuItem{Text: a.words.T("menu.language")})
	for _, l := range locale.Languages() {
		items = append(items, kit.MenuItem{
			Icon: look.IconLanguage, Text: l.OwnName(), Current: a.words.Language() == l,
			Do: func() { a.setLanguage(l) },
		})
	}
	items = append(items, kit.MenuItem{Icon: look.IconKeyboard, Text: a.words.T("menu.keys"), Keys: "F1", Do: a.showKeys})
	size := a.window.Canvas().Size()
	a.layer.Menu(fyne.NewPos(a.rail.Size().Width+4, size.Height-12), items)
}

func (a *App) setTheme(mode look.Mode) {
	a.prefs.setTheme(mode)
	a.try(look.Apply(a.fyne, a.choice()))
	if a.welcome != nil && a.at == railInbox { // its line at the bottom names the theme
		a.Show(railInbox)
	}
	a.layer.Root().Refresh()
}

// setLanguage speaks another language from now on.
func (a *App) setLanguage(l locale.Language) {
	a.prefs.setLanguage(l)
	a.rebuild()
}

// try shows an error of a person's action.
func (a *App) try(err error) {
	if err != nil {
		a.Log.Error("Change the settings", "err", err)
		a.say(a.words.Explain(err).String(), nil)
	}
}

// showKeys opens the list of F1, made from the table of keys.
func (a *App) showKeys() {
	var lines []kit.KeyLine
	for _, b := range bindings() {
		if b.help != "" {
			lines = append(lines, kit.KeyLine{Words: a.words.T(b.help), Keys: b.cap(a.words)})
		}
	}
	a.layer.Dialog(kit.NewKeySheet(a.words.T("keys.title"), lines))
}

func (a *App) newWelcome() *welcome.Screen {
	var languages []welcome.Choice
	for _, l := range locale.Languages() {
		languages = append(languages, welcome.Choice{Text: l.OwnName(), Current: l == a.words.Language(), Do: func() { a.setLanguage(l) }})
	}
	return welcome.New(welcome.Deps{
		Words:      a.words,
		Languages:  languages,
		Theme:      a.nextTheme(),
		Sandbox:    func() { a.open(true, railInbox) },
		Connect:    a.connect,
		SearchKeys: a.capFor("keys.search_all"),
	})
}

// connect is the choice of the first start to set up the shop, and not the sandbox.
func (a *App) connect() {
	a.remember(BeginShop)
	a.Show(railConnection)
}

// nextTheme is the choice of theme as the first start shows it: the present one,
// and a tap takes the next.
func (a *App) nextTheme() welcome.Choice {
	for i, t := range themes {
		if t.mode == a.prefs.theme() {
			next := themes[(i+1)%len(themes)]
			return welcome.Choice{Text: a.words.T(t.key), Icon: t.icon, Do: func() { a.setTheme(next.mode) }}
		}
	}
	return welcome.Choice{Text: a.words.T(themes[0].key), Icon: themes[0].icon, Do: func() { a.setTheme(look.Light) }}
}

// showOpening says that the shop is being opened, in the place of a screen that is
// of no use any more. The first start says it itself.
func (a *App) showOpening() {
	if a.welcome != nil && a.welcome.Opening() {
		return
	}
	a.showPage(kit.NewEmpty(look.IconLoader, a.words.T("start.opening"), a.words.T("start.opening_hint"), nil))
}

// showPage shows objects one below the other in the middle of the window, without
// the rail.
func (a *App) showPage(objects ...fyne.CanvasObject) {
	a.layer.SetContent(container.NewStack(kit.NewGround(look.Bg), container.NewCenter(container.NewVBox(objects...))))
}

// showFailure says that the shop could not be opened. The sandbox is open to who
// waits for the shop.
func (a *App) showFailure(sandbox bool, err error) {
	if a.welcome != nil && a.welcome.Opening() {
		a.welcome.Failed(a.words.Explain(err).String())
		return
	}
	title, hint := a.words.T("start.failed"), a.words.Explain(err).String()
	if errors.Is(err, ErrAlreadyOpen) {
		title, hint = a.words.T("start.already_open"), a.words.T("start.already_open_hint")
	}
	again := kit.NewButton(a.words.T("try_again"), kit.Primary, func() { a.open(sandbox, a.at) })
	a.window.SetTitle(a.words.T("window.title"))
	page := []fyne.CanvasObject{kit.NewEmpty(look.IconAlert, title, hint, again)}
	if !sandbox {
		page = append(page, container.NewCenter(kit.NewButton(a.words.T("welcome.sandbox_open"), kit.Plain, func() { a.open(true, railInbox) })))
	}
	a.showPage(page...)
}
