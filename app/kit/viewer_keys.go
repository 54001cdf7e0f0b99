package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// panStep is how far Up and Down move a picture that is larger than the room, in pixels.
const panStep = 80

// FocusGained implements fyne.Focusable.
func (v *Viewer) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (v *Viewer) FocusLost() {}

// TypedRune implements fyne.Focusable: + and - look nearer and less near, 0 shows all,
// 1 the picture's own size, wherever the keyboard has these.
func (v *Viewer) TypedRune(r rune) {
	switch r {
	case '+', '=':
		v.nearer(zoomStep)
	case '-', '−':
		v.nearer(1 / zoomStep)
	case '0':
		v.zoomTo(0, 0, 0)
	case '1':
		v.zoomTo(1, 0, 0)
	}
}

// TypedKey implements fyne.Focusable.
func (v *Viewer) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyPlus, fyne.KeyEqual, fyne.KeyMinus, fyne.Key0, fyne.Key1: // their letters come, too
	default:
		if !v.Pressed(Chord{Key: e.Name}) {
			passKey(e)
		}
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
	case Chord{Key: fyne.KeyPlus}, Chord{Key: fyne.KeyEqual}:
		v.nearer(zoomStep)
	case Chord{Key: fyne.KeyMinus}:
		v.nearer(1 / zoomStep)
	case Chord{Key: fyne.Key0}:
		v.zoomTo(0, 0, 0)
	case Chord{Key: fyne.Key1}:
		v.zoomTo(1, 0, 0)
	case Chord{Key: fyne.KeyS, Mod: fyne.KeyModifierShortcutDefault}:
		call(v.OnSave)
	default:
		return false
	}
	return true
}
