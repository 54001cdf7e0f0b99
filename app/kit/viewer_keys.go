package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// panStep is how far Up and Down move a picture that is larger than the room, in pixels.
const panStep = 80

// FocusGained implements fyne.Focusable.
func (v *Viewer) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (v *Viewer) FocusLost() {}

// zooms are the keys that look nearer and less near: by their letters where the viewer
// has the focus, wherever the keyboard has these; by their names where a part of it has.
var zooms = []struct {
	letters string
	names   []fyne.KeyName
	do      func(*Viewer)
}{
	{"+=", []fyne.KeyName{fyne.KeyPlus, fyne.KeyEqual}, func(v *Viewer) { v.nearer(zoomStep) }},
	{"-−", []fyne.KeyName{fyne.KeyMinus}, func(v *Viewer) { v.nearer(1 / zoomStep) }},
	{"0", []fyne.KeyName{fyne.Key0}, func(v *Viewer) { v.zoomTo(0, 0, 0) }}, // all of the picture
	{"1", []fyne.KeyName{fyne.Key1}, func(v *Viewer) { v.zoomTo(1, 0, 0) }}, // its own size
}

// zoomOf is what a key of zooms does; nil of another key.
func zoomOf(c Chord) func(*Viewer) {
	for _, z := range zooms {
		if c.Mod == 0 && slices.Contains(z.names, c.Key) {
			return z.do
		}
	}
	return nil
}

// TypedRune implements fyne.Focusable.
func (v *Viewer) TypedRune(r rune) {
	for _, z := range zooms {
		if strings.ContainsRune(z.letters, r) {
			z.do(v)
		}
	}
}

// TypedKey implements fyne.Focusable.
func (v *Viewer) TypedKey(e *fyne.KeyEvent) {
	if c := (Chord{Key: e.Name}); zoomOf(c) == nil && !v.Pressed(c) { // the letters of zooms come, too
		passKey(e)
	}
}

// TypedShortcut implements fyne.Shortcutable: copying copies the picture.
func (v *Viewer) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		call(v.OnCopy)
	case *desktop.CustomShortcut:
		pass(Chord{Key: s.KeyName, Mod: s.Modifier})
	}
}

// Pressed takes the keys that the viewer has wherever the focus is in it.
func (v *Viewer) Pressed(c Chord) bool {
	switch c {
	case Chord{Key: fyne.KeyLeft}:
		v.step(-1)
	case Chord{Key: fyne.KeyRight}:
		v.step(1)
	case Chord{Key: fyne.KeyUp}:
		v.Dragged(&fyne.DragEvent{Dragged: fyne.Delta{DY: panStep}})
	case Chord{Key: fyne.KeyDown}:
		v.Dragged(&fyne.DragEvent{Dragged: fyne.Delta{DY: -panStep}})
	case Chord{Key: fyne.KeyS, Mod: fyne.KeyModifierShortcutDefault}:
		call(v.OnSave)
	default:
		zoom := zoomOf(c)
		if zoom != nil {
			zoom(v)
		}
		return zoom != nil
	}
	return true
}
