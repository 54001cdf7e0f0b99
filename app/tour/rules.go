package tour

import (
	"context"

	"fyne.io/fyne/v2"
)

// rules shows the rules with the first of them open, in light and dark.
func (t *tourist) rules(ctx context.Context) error {
	if err := t.press(ctx, fyne.Key3, fyne.KeyModifierShortcutDefault); err != nil {
		return err
	}
	if err := t.pause(ctx, readFor); err != nil {
		return err
	}
	if err := t.press(ctx, fyne.KeyF, fyne.KeyModifierShortcutDefault); err != nil {
		return err
	}
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyHome, fyne.KeyDown, fyne.KeyReturn} { // from the search to the second rule
		if err := t.typeKey(ctx, key); err != nil {
			return err
		}
	}
	if err := t.inBoth(ctx, "rules"); err != nil {
		return err
	}
	return t.press(ctx, fyne.Key1, fyne.KeyModifierShortcutDefault)
}

// typeKey types a plain key into whatever has the focus.
func (t *tourist) typeKey(ctx context.Context, key fyne.KeyName) error {
	return t.onUI(ctx, func() {
		if f := t.App.Window().Canvas().Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: key})
		}
	})
}
