package tour

import (
	"context"

	"fyne.io/fyne/v2"

	"shopbell/app/look"
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
	for _, step := range []struct {
		name string
		mode look.Mode
	}{{"rules-light", look.Light}, {"rules-dark", look.Dark}} {
		if err := t.onUI(ctx, func() {
			t.App.Window().Resize(fyne.NewSize(1280, 800))
			t.App.SetTheme(step.mode)
		}); err != nil {
			return err
		}
		if err := t.shot(ctx, step.name); err != nil {
			return err
		}
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
