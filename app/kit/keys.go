package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Chord is a key with the modifiers held: {KeyK, KeyModifierShortcutDefault},
// or {KeyF6, 0}.
type Chord struct {
	Key fyne.KeyName
	Mod fyne.KeyModifier
}

var onShortcut func(Chord) bool

// OnShortcut sets the one hook that gets every key and shortcut which the
// focused widget has no use for. It returns whether it used the chord. There is
// one hook: a second call replaces the first, nil removes it.
func OnShortcut(f func(Chord) bool) { onShortcut = f }

// BindKeys sends the chords typed while nothing has the focus to the same hook.
// Plain keys need no binding; chords with Ctrl, Alt or Cmd must be listed,
// because Fyne asks a window for each. Call it once for each window.
func BindKeys(c fyne.Canvas, chords ...Chord) {
	c.SetOnTypedKey(func(e *fyne.KeyEvent) { passKey(e) })
	for _, ch := range chords {
		if ch.Mod == 0 || ch.Mod == fyne.KeyModifierShift {
			continue
		}
		c.AddShortcut(shortcutOf(ch), func(fyne.Shortcut) { pass(ch) })
	}
}

// stepped is where a key leads in a list from the place at, the last one being last;
// PageUp and PageDown go page places on. It may lead outside of the list. ok is
// false for a key that leads nowhere.
func stepped(key fyne.KeyName, at, page, last int) (to int, ok bool) {
	switch key {
	case fyne.KeyDown:
		return at + 1, true
	case fyne.KeyUp:
		return at - 1, true
	case fyne.KeyPageDown:
		return at + page, true
	case fyne.KeyPageUp:
		return at - page, true
	case fyne.KeyHome:
		return 0, true
	case fyne.KeyEnd:
		return last, true
	}
	return at, false
}

// undoChord is the one chord here that Fyne has a type of its own for.
var undoChord = Chord{Key: fyne.KeyZ, Mod: fyne.KeyModifierShortcutDefault}

// shortcutOf is what Fyne makes of a chord.
func shortcutOf(c Chord) fyne.Shortcut {
	if c == undoChord {
		return &fyne.ShortcutUndo{}
	}
	return &desktop.CustomShortcut{KeyName: c.Key, Modifier: c.Mod}
}

func pass(c Chord) bool { return onShortcut != nil && onShortcut(c) }

// passKey hands on a key that came without Ctrl, Alt or Cmd; Shift is added
// where the driver knows it.
func passKey(e *fyne.KeyEvent) bool {
	return pass(Chord{Key: e.Name, Mod: heldModifiers() & fyne.KeyModifierShift})
}

// passShortcut hands on a shortcut that Fyne made of a chord. Those with a
// meaning of their own (copy, paste) come as their own types and are for text
// fields only; undo is for both.
func passShortcut(s fyne.Shortcut) bool {
	switch s := s.(type) {
	case *desktop.CustomShortcut:
		return pass(Chord{Key: s.KeyName, Mod: s.Modifier})
	case *fyne.ShortcutUndo:
		return pass(undoChord)
	}
	return false
}

func heldModifiers() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}

// spaceSpent says that Space was used by what had the keyboard when it went down.
// Fyne gives the letter of a key to who has the keyboard after that: a field that
// was given the keyboard by Space must not begin with a space.
var spaceSpent bool

// spend notes that a key was used.
func spend(e *fyne.KeyEvent) { spaceSpent = e.Name == fyne.KeySpace }
