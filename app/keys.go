package app

import (
	"runtime"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/customers"
	"shopbell/app/inbox"
	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/rules"
	"shopbell/app/search"
	"shopbell/core/desk"
)

const (
	ctrl = fyne.KeyModifierShortcutDefault // Cmd on macOS
	alt  = fyne.KeyModifierAlt
)

// binding is one line of the keyboard table: keys, what they do, and what the
// list of F1 says about them. The table is the only place that knows a shortcut.
type binding struct {
	chords []kit.Chord
	caps   string // as shown; empty: made from the first chord
	help   string // key of the catalogue; empty: not listed
	do     func(a *App, chord int) bool
}

// onInbox makes a binding's action of a command of the inbox.
func onInbox(command func(*inbox.Screen)) func(*App, int) bool {
	return func(a *App, _ int) bool {
		if a.inbox == nil || a.at != railInbox {
			return false
		}
		command(a.inbox)
		return true
	}
}

// onRules is onInbox for the rules.
func onRules(command func(*rules.Screen)) func(*App, int) bool {
	return func(a *App, _ int) bool {
		if a.rules == nil {
			return false
		}
		command(a.rules)
		return true
	}
}

// onCustomers is onInbox for the customers.
func onCustomers(command func(*customers.Screen)) func(*App, int) bool {
	return func(a *App, _ int) bool {
		if a.customers == nil {
			return false
		}
		command(a.customers)
		return true
	}
}

// either makes a binding's action of the first one that has a use for the keys.
func either(actions ...func(*App, int) bool) func(*App, int) bool {
	return func(a *App, chord int) bool {
		for _, do := range actions {
			if do(a, chord) {
				return true
			}
		}
		return false
	}
}

// bindings are design guide section 6, as far as its screens exist. Keys that a
// list or a text field handles itself stand in it for F1 only.
func bindings() []binding {
	return []binding{
		{chords: []kit.Chord{{Key: fyne.KeyK, Mod: ctrl}}, help: "keys.search_all", do: func(a *App, _ int) bool {
			if a.welcome != nil && a.at == railInbox {
				a.focus(a.welcome.FocusSearch())
				return true
			}
			return a.openSearch()
		}},
		{chords: []kit.Chord{{Key: fyne.KeyF, Mod: ctrl}}, help: "keys.search", do: either(onInbox((*inbox.Screen).FocusSearch), onCustomers((*customers.Screen).FocusSearch), onRules((*rules.Screen).FocusSearch))},
		{chords: []kit.Chord{{Key: fyne.KeyJ, Mod: ctrl}}, help: "keys.longest", do: onInbox((*inbox.Screen).AnswerLongest)},
		{caps: "keycap.up_down", help: "keys.move"},
		{caps: "Enter", help: "keys.open"},
		{chords: []kit.Chord{{Key: fyne.Key1, Mod: alt}, {Key: fyne.Key2, Mod: alt}, {Key: fyne.Key3, Mod: alt}, {Key: fyne.Key4, Mod: alt}},
			caps: "Alt+1..4", help: "keys.filters",
			do: func(a *App, chord int) bool {
				return onInbox(func(s *inbox.Screen) {
					s.ChooseFilter([]desk.Filter{desk.FilterMine, desk.FilterWaiting, desk.FilterAll, desk.FilterResolved}[chord])
				})(a, chord)
			}},
		{chords: []kit.Chord{{Key: fyne.KeyReturn, Mod: ctrl}, {Key: fyne.KeyEnter, Mod: ctrl}}, caps: "Ctrl+Enter", help: "keys.send", do: func(a *App, chord int) bool {
			if a.connection != nil {
				a.connection.Continue()
				return true
			}
			return onInbox((*inbox.Screen).Send)(a, chord)
		}},
		{chords: []kit.Chord{{Key: fyne.KeyO, Mod: ctrl}}, help: "keys.attach", do: onInbox((*inbox.Screen).Attach)},
		{chords: []kit.Chord{{Key: fyne.KeyM, Mod: ctrl | fyne.KeyModifierShift}}, caps: "Ctrl+Shift+M", help: "keys.template", do: onInbox((*inbox.Screen).ChooseTemplate)},
		{chords: []kit.Chord{{Key: fyne.KeyN, Mod: ctrl | fyne.KeyModifierShift}}, caps: "Ctrl+Shift+N", help: "keys.note", do: onInbox((*inbox.Screen).ToggleNote)},
		{chords: []kit.Chord{{Key: fyne.KeyD, Mod: ctrl | fyne.KeyModifierShift}}, caps: "Ctrl+Shift+D", help: "keys.note_head", do: onInbox((*inbox.Screen).StampNote)},
		{caps: "Ctrl+V", help: "keys.paste"},
		{chords: []kit.Chord{{Key: fyne.KeyI, Mod: ctrl}}, help: "keys.panel", do: onInbox((*inbox.Screen).TogglePanel)},
		{chords: []kit.Chord{{Key: fyne.KeyP, Mod: ctrl | fyne.KeyModifierShift}}, caps: "Ctrl+Shift+P", help: "keys.paid", do: onInbox((*inbox.Screen).MarkPaid)},
		{caps: "/", help: "keys.quick"},
		{caps: "keycap.up_down", help: "keys.message"},
		{caps: "R", help: "keys.reply"},
		{caps: "C", help: "keys.copy"},
		{caps: "+", help: "keys.react"},
		{caps: "F", help: "keys.forward"},
		{caps: "Shift+F10", help: "keys.menu"},
		{caps: "keycap.enter_space", help: "keys.view"},
		{caps: "+ - 0 1", help: "keys.zoom"},
		{caps: "keycap.left_right", help: "keys.pictures"},
		{caps: "Ctrl+C", help: "keys.copy_picture"},
		{caps: "keycap.space", help: "keys.play"},
		{caps: "keycap.left_right", help: "keys.seek"},
		{chords: []kit.Chord{{Key: fyne.KeyE, Mod: ctrl}}, help: "keys.resolve", do: onInbox((*inbox.Screen).Resolve)},
		{chords: []kit.Chord{{Key: fyne.KeyZ, Mod: ctrl}}, help: "keys.undo", do: func(a *App, _ int) bool {
			return a.layer.Undo() || a.rules != nil && a.rules.Undo()
		}},
		{caps: "Ctrl+F", help: "keys.find_rule"},
		{caps: "keycap.space", help: "keys.switch"},
		{caps: "keycap.alt_up_down", help: "keys.order"},
		{chords: []kit.Chord{{Key: fyne.KeyS, Mod: ctrl}}, help: "keys.save_rules", do: onRules((*rules.Screen).Save)},
		{chords: []kit.Chord{{Key: fyne.KeyT, Mod: ctrl}}, help: "keys.try", do: onRules((*rules.Screen).TryIt)},
		{chords: []kit.Chord{{Key: fyne.Key1, Mod: ctrl}}, help: "keys.inbox", do: func(a *App, _ int) bool { return a.Show(railInbox) }},
		{chords: []kit.Chord{{Key: fyne.Key2, Mod: ctrl}}, help: "keys.customers", do: func(a *App, _ int) bool { return a.Show(railCustomers) }},
		{chords: []kit.Chord{{Key: fyne.Key3, Mod: ctrl}}, help: "keys.rules", do: func(a *App, _ int) bool { return a.Show(railRules) }},
		{chords: []kit.Chord{{Key: fyne.Key6, Mod: ctrl}}, help: "keys.connection", do: func(a *App, _ int) bool { return a.Show(railConnection) }},
		{chords: []kit.Chord{{Key: fyne.Key7, Mod: ctrl}}, help: "keys.settings", do: func(a *App, _ int) bool { return a.Show(railSettings) }},
		{chords: []kit.Chord{{Key: fyne.KeyF6}, {Key: fyne.KeyF6, Mod: fyne.KeyModifierShift}}, caps: "F6", help: "keys.pane", do: either(onInbox((*inbox.Screen).OtherPane), onRules((*rules.Screen).OtherPane),
			func(a *App, chord int) bool {
				return onCustomers(func(s *customers.Screen) { s.OtherPane(a.window.Canvas().Focused()) })(a, chord)
			})},
		{chords: []kit.Chord{{Key: fyne.KeyLeft, Mod: alt}}, help: "keys.back", do: either(onInbox((*inbox.Screen).Back), onRules((*rules.Screen).Back))},
		{chords: []kit.Chord{{Key: fyne.KeyPageUp}}, do: onInbox(func(s *inbox.Screen) { s.Page(-1) })},
		{chords: []kit.Chord{{Key: fyne.KeyPageDown}}, do: onInbox(func(s *inbox.Screen) { s.Page(1) })},
		{chords: []kit.Chord{{Key: fyne.KeyEscape}}, help: "keys.escape", do: either(onInbox((*inbox.Screen).Escape), onCustomers((*customers.Screen).Escape), onRules((*rules.Screen).Escape), onSearch((*search.Screen).Escape))},
		{chords: []kit.Chord{{Key: fyne.KeyF1}}, help: "keys.help", do: func(a *App, _ int) bool {
			a.showKeys()
			return true
		}},
		{chords: []kit.Chord{{Key: fyne.Key1}, {Key: fyne.Key2}}, do: func(a *App, chord int) bool {
			if a.welcome == nil || a.at != railInbox {
				return false
			}
			if chord == 0 {
				a.welcome.OpenSandbox()
				return true
			}
			a.connect()
			return true
		}},
	}
}

// pressed is the hook of kit.OnShortcut. While something holds the window, Esc
// closes it, and all other keys are for it alone.
func (a *App) pressed(c kit.Chord) bool {
	if a.covered() {
		if c != (kit.Chord{Key: fyne.KeyEscape}) {
			return a.layer.Pressed(c)
		}
		a.closeTop()
		return true
	}
	for _, b := range bindings() {
		for i, chord := range b.chords {
			if chord == c {
				return b.do(a, i)
			}
		}
	}
	return false
}

// allChords are those that a window must be asked to listen to.
func allChords() []kit.Chord {
	var all []kit.Chord
	for _, b := range bindings() {
		all = append(all, b.chords...)
	}
	return all
}

// cap is how the keys of a binding are written: "Ctrl+K". Arrows have words of
// the language.
func (b binding) cap(w *locale.Words) string {
	switch {
	case b.caps == "":
		return capOf(b.chords[0], w)
	case strings.HasPrefix(b.caps, "keycap."):
		return w.T(b.caps)
	}
	return platformCap(b.caps)
}

// capFor writes the keys of what F1 calls help.
func (a *App) capFor(help string) string {
	for _, b := range bindings() {
		if b.help == help {
			return b.cap(a.words)
		}
	}
	return ""
}

func capOf(c kit.Chord, w *locale.Words) string {
	name := string(c.Key)
	switch c.Key {
	case fyne.KeyEscape:
		name = "Esc"
	case fyne.KeyLeft:
		name = w.T("keycap.left")
	}
	switch c.Mod {
	case ctrl:
		return platformCap("Ctrl+" + name)
	case alt:
		return "Alt+" + name
	}
	return name
}

// platformCap names the keys as this computer's keyboard does.
func platformCap(name string) string {
	if rest, ok := strings.CutPrefix(name, "Ctrl+"); ok && runtime.GOOS == "darwin" {
		return "Cmd+" + rest
	}
	return name
}
