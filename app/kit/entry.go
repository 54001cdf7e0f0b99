package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// entry is Fyne's text field with the keys it has no use for handed to the hook
// of OnShortcut, and with the focus told to its owner.
type entry struct {
	widget.Entry
	onFocus func(bool)
	// onKey sees plain keys first and reports whether it used them.
	onKey func(*fyne.KeyEvent) bool
	// onClick is told of a click that put the caret somewhere; nil: nobody is.
	onClick func()
	// onPaste is told that something is pasted while the clipboard has no text; nil: nobody is.
	onPaste func()
}

func newEntry(multiline bool) *entry {
	e := &entry{}
	e.MultiLine = multiline
	e.Wrapping = fyne.TextWrapOff
	if multiline {
		e.Wrapping = fyne.TextWrapWord
	}
	e.Scroll = fyne.ScrollNone
	e.ExtendBaseWidget(e)
	return e
}

// AcceptsTab lets Tab leave a field with many lines too.
func (e *entry) AcceptsTab() bool { return false }

func (e *entry) FocusGained() {
	e.Entry.FocusGained()
	e.onFocus(true)
}

func (e *entry) FocusLost() {
	e.Entry.FocusLost()
	e.onFocus(false)
}

func (e *entry) TypedKey(k *fyne.KeyEvent) {
	spaceSpent = false
	if e.onKey != nil && e.onKey(k) {
		return
	}
	if !editing(k.Name, e.MultiLine) && passKey(k) {
		return
	}
	e.Entry.TypedKey(k)
}

// editing reports whether a text field has a use for a plain key.
func editing(k fyne.KeyName, multiline bool) bool {
	switch k {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnter:
		return multiline
	case fyne.KeyEscape, fyne.KeyTab, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyInsert,
		fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6,
		fyne.KeyF7, fyne.KeyF8, fyne.KeyF9, fyne.KeyF10, fyne.KeyF11, fyne.KeyF12:
		return false
	}
	return true
}

// TypedRune implements fyne.Focusable.
func (e *entry) TypedRune(r rune) {
	if r == ' ' && spaceSpent {
		spaceSpent = false
		return
	}
	if l := layerOf(e); l != nil {
		l.typed()
	}
	e.Entry.TypedRune(r)
}

// TypedShortcut implements fyne.Shortcutable. What the hook has no use for is the
// field's own.
func (e *entry) TypedShortcut(s fyne.Shortcut) {
	if p, ok := s.(*fyne.ShortcutPaste); ok && e.onPaste != nil && p.Clipboard.Content() == "" {
		e.onPaste()
		return
	}
	if c, ok := s.(*desktop.CustomShortcut); ok && moves(c) || !passShortcut(s) {
		e.Entry.TypedShortcut(s)
	}
}

// moves reports whether a chord moves or deletes by words inside the field.
func moves(c *desktop.CustomShortcut) bool {
	switch c.KeyName {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyHome, fyne.KeyEnd:
		return c.Modifier&fyne.KeyModifierAlt == 0
	}
	return false
}
