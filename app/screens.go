package app

import (
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"

	"fyne.io/fyne/v2"

	"shopbell/app/connection"
	"shopbell/app/customers"
	"shopbell/app/filebox"
	"shopbell/app/inbox"
	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/app/rules"
	"shopbell/app/settings"
	"shopbell/core/chat"
)

// The places on the rail.
const (
	railInbox      = "inbox"
	railCustomers  = "customers"
	railRules      = "rules"
	railConnection = "connection"
	railSettings   = "settings"
	// searching is no place on the rail: the search stands over the one before.
	searching = "search"
)

func (a *App) buildRail() {
	a.rail = kit.NewRail(
		[]kit.RailItem{
			{ID: railInbox, Icon: look.IconChat, Label: a.words.T("rail.inbox"), Keys: a.capFor("keys.inbox")},
			{ID: railCustomers, Icon: look.IconPeople, Label: a.words.T("rail.customers"), Keys: a.capFor("keys.customers")},
			{ID: railRules, Icon: look.IconBolt, Label: a.words.T("rail.rules"), Keys: a.capFor("keys.rules")},
			{ID: railConnection, Icon: look.IconPlug, Label: a.words.T("rail.connection"), Keys: a.capFor("keys.connection")},
		},
		[]kit.RailItem{{ID: railSettings, Icon: look.IconGear, Label: a.words.T("rail.settings"), Keys: a.capFor("keys.settings")}},
		func(id string) { a.Show(id) })
}

// Show goes to a place on the rail: "inbox", "customers", "rules", "connection" or "settings". It
// reports whether there is a shop to show it of. What is not saved where the person
// is now is asked about first.
func (a *App) Show(place string) bool { return a.showThen(place, func() {}) }

// showThen is Show, and does then what the person came for.
func (a *App) showThen(place string, then func()) bool {
	if a.rail == nil || a.visit == nil || a.visit.Closed() {
		return false
	}
	same := place == a.at && (a.customers != nil || a.rules != nil || a.connection != nil || a.settings != nil || a.search != nil)
	if same {
		then()
		return true
	}
	a.guarded(func() {
		a.show(place)
		then()
	})
	return true
}

// guarded goes on with leaving the screen that is shown, once the person has said
// what becomes of what is not saved on it.
func (a *App) guarded(leave func()) {
	if a.rules == nil {
		leave()
		return
	}
	a.rules.Leave(leave)
}

// show shows a place on the rail.
func (a *App) show(place string) {
	a.leaveSide()
	a.at = place
	if place != searching {
		a.rail.SetCurrent(place)
	}
	var screen fyne.CanvasObject
	var fit func(inbox.Breadth)
	var foot corner
	switch {
	case place == railRules:
		a.rules = a.newRules()
		screen, foot, fit = a.rules.Content(), a.rules, func(b inbox.Breadth) { a.rules.Fit(b != inbox.OnePane) }
	case place == railCustomers && a.inbox != nil:
		a.customers = a.newCustomers()
		screen, foot, fit = a.customers.Content(), a.customers, func(inbox.Breadth) {}
	case place == railConnection:
		a.connection = a.newConnection()
		screen, foot, fit = a.connection.Content(), a.connection, func(b inbox.Breadth) { a.connection.Fit(b != inbox.OnePane) }
	case place == railSettings:
		a.settings = a.newSettings(settings.General)
		screen, foot, fit = a.settings.Content(), a.settings, func(b inbox.Breadth) { a.settings.Fit(b != inbox.OnePane) }
	case place == searching && a.inbox != nil:
		a.search = a.newSearch()
		screen, foot, fit = a.search.Content(), a.search, func(inbox.Breadth) {}
	case a.welcome != nil:
		a.welcome = a.newWelcome()
		screen, fit = a.welcome.Content(), func(b inbox.Breadth) { a.welcome.Fit(b == inbox.Wide) }
	default:
		screen, foot, fit = a.inbox.Content(), a.inbox, a.inbox.Fit
	}
	a.layer.SetContent(newFrame(a.layer, a.rail, screen, fit, foot))
	switch {
	case a.customers != nil:
		a.customers.Load()
		a.customers.FocusList()
	case a.search != nil:
		a.search.Go(a.sought)
		a.search.FocusField()
	case place == railInbox && a.inbox != nil:
		a.inbox.FocusList()
	}
}

func (a *App) focus(f fyne.Focusable) { a.layer.Focus(f) }

// focusInbox is focus for the inbox, which goes on while another place is shown:
// what is not in the window cannot have the focus.
func (a *App) focusInbox(f fyne.Focusable) {
	if a.at == railInbox {
		a.focus(f)
	}
}

// leaveSide closes the screen beside the inbox, where one is shown.
func (a *App) leaveSide() {
	if a.rules != nil {
		a.ruled = a.rules.Place()
	}
	if a.connection != nil {
		if !a.health.Sandbox {
			a.typed = a.connection.Typed()
		}
		a.connection.Close()
	}
	if a.search != nil {
		a.sought = a.search.Text()
	}
	a.customers, a.rules, a.connection, a.settings, a.search = nil, nil, nil, nil, nil
	if a.side != nil {
		a.side.Close()
		a.side = nil
	}
}

func (a *App) newRules() *rules.Screen {
	a.side = a.visit.Inside()
	out := outside{a}
	editing, place := a.editing, a.ruled
	a.editing = nil
	return rules.New(rules.Deps{
		Desk: a.shop.Desk, Who: a.shop.Who, Words: a.words, Scope: a.side, Shop: a.health.Channel.Name, Editing: editing, Place: &place,
		Keys: rules.Keys{
			Search: a.capFor("keys.find_rule"), Save: a.capFor("keys.save_rules"), Undo: a.capFor("keys.undo"), Try: a.capFor("keys.try"), Send: a.capFor("keys.send"), Back: a.capFor("keys.back"),
		},
		Say: a.tell, SayUndo: a.say, Menu: a.layer.Menu, Float: a.layer.Box,
		Focus: a.focus,
		Choose: func(ask rules.Ask, done func([]rules.File)) {
			filebox.Pick(a.fileBox(), filebox.Ask(ask), func(paths []string) {
				var files []rules.File
				for _, path := range paths {
					files = append(files, rules.File(offerOf(path)))
				}
				done(files)
			})
		},
		SaveFile: out.Save, Chat: a.openChat,
	})
}

func (a *App) newCustomers() *customers.Screen {
	a.side = a.visit.Inside()
	return customers.New(customers.Deps{
		Desk: a.shop.Desk, Who: a.shop.Who, Words: a.words, Scope: a.side, Chats: inbox.NewViewer(a.inboxDeps(a.side)),
		Say: a.say, Done: func(text string) { a.tell(text, true) }, Focus: a.focus, Menu: a.layer.Menu,
		Float: func(content fyne.CanvasObject, target fyne.Focusable) func() {
			return a.layer.Box(content, target, nil)
		},
		Hold: a.layer.Box, SaveFile: outside{a}.Save, Number: a.health.Channel.DisplayPhone,
		ChooseFile: func(title, take string, done func(string, func() (io.ReadCloser, error))) {
			filebox.Pick(a.fileBox(), filebox.Ask{Title: title, Take: take}, func(paths []string) {
				for _, path := range paths {
					done(filepath.Base(path), func() (io.ReadCloser, error) { return os.Open(path) })
				}
			})
		},
		OpenChat:   func(id chat.ConversationID) { a.showThen(railInbox, func() { a.inbox.Open(id) }) },
		SearchKeys: a.capFor("keys.search"), SendKeys: a.capFor("keys.send"),
	})
}

func (a *App) newConnection() *connection.Screen {
	a.side = a.visit.Inside()
	return connection.New(connection.Deps{
		Desk: a.shop.Desk, Who: a.shop.Who, Words: a.words, Scope: a.side,
		Say:   a.tell,
		Focus: a.focus,
		Copy:  a.copy, Browse: a.browse, Ask: a.layer.Ask,
		OpenSandbox:  func() { a.open(true, railInbox) },
		LeaveSandbox: func() { a.open(false, railConnection) },
		Done:         func() { a.Show(railInbox) },
		ContinueKeys: a.capFor("keys.send"),
		Typed:        a.typed,
	}, a.health)
}

func (a *App) newSettings(part settings.Part) *settings.Screen {
	a.side = a.visit.Inside()
	place := a.Place
	place.Data, place.Sandbox = a.shop.Folder, a.health.Sandbox
	return settings.New(settings.Deps{
		Words: a.words, Scope: a.side, Part: part, Chosen: a.prefs.chosen(), Choose: a.choose,
		NoTray: a.tray == nil, Autostart: a.Autostart, Copies: a.shop.Copies, Place: place, Shop: a.shop.Desk, Levels: a.shop.Desk, Who: a.shop.Who, Named: a.named,
		Reveal: a.reveal, Keys: a.showKeys, Say: a.tell, SayUndo: a.say, Copy: a.copy,
		Focus: a.focus, Menu: a.layer.Menu,
		Pick: func(done func(string)) {
			filebox.Pick(a.fileBox(), filebox.Ask{Title: a.words.T("stock.file_choose"), Take: a.words.T("files.read")}, func(paths []string) {
				path := ""
				if len(paths) > 0 {
					path = paths[0]
				}
				done(path)
			})
		},
	})
}

// named takes how the person is called from now on.
func (a *App) named(name string) {
	a.shop.Who.Name = name
	a.rebuild()
}

// choose puts what a person chose in the settings in force.
func (a *App) choose(c settings.Chosen) {
	before := a.prefs.chosen()
	a.prefs.keep(c)
	switch {
	case c.Language != before.Language || c.Percent != before.Percent:
		a.try(look.Apply(a.fyne, a.choice()))
		a.rebuild()
	case c.Mode != before.Mode:
		a.setTheme(c.Mode)
	}
}

// rebuild makes all widgets anew in the present language and size, and returns
// to the place the person was at.
func (a *App) rebuild() {
	words, err := a.prefs.words()
	if err != nil {
		a.try(err)
		return
	}
	a.words = words
	var place inbox.Place
	if a.inbox != nil {
		place = a.inbox.Place()
		a.inbox.Close()
	}
	var part settings.Part
	if a.settings != nil {
		part = a.settings.Part()
	}
	if a.rules != nil {
		a.editing = a.rules.Editing()
	}
	a.leaveSide()
	a.build(place)
	if a.settings != nil {
		a.settings.Go(part)
	}
}

// tell shows a line of what was done, or of what failed.
func (a *App) tell(text string, done bool) {
	icon := look.IconAlert
	if done {
		icon = look.IconCheck
	}
	a.layer.Toast(kit.Toast{Icon: icon, Text: text})
}

// copy puts text on the clipboard, and says so.
func (a *App) copy(text string) {
	a.fyne.Clipboard().SetContent(text)
	a.tell(a.words.T("toast.copied"), true)
}

// browse opens a page in the person's browser. Where that is not possible, the
// address is copied and shown, so that it can be opened by hand.
func (a *App) browse(address string) {
	page, err := url.Parse(address)
	if err == nil {
		err = a.fyne.OpenURL(page)
	}
	if err != nil {
		a.Log.Warn("Open a page in the browser", "err", err)
		a.fyne.Clipboard().SetContent(address)
		a.tell(a.words.T("toast.copied_address", locale.Args{"Address": address}), false)
	}
}

// reveal opens a folder in the system's file manager.
func (a *App) reveal(folder string) {
	if err := a.fyne.OpenURL(&url.URL{Scheme: "file", Path: path.Join("/", filepath.ToSlash(folder))}); err != nil {
		a.Log.Warn("Open a folder", "err", err)
		a.tell(a.words.T("settings.folder_failed", locale.Args{"Folder": folder}), false)
	}
}
