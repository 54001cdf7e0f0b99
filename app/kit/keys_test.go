package kit

import (
	"testing"

	"fyne.io/fyne/v2"
)

// A key has a letter, which comes after it: to who has the keyboard by then.
func TestTheSpaceThatGaveAFieldTheKeyboardIsNotTyped(t *testing.T) {
	start(t)
	f := NewTextField(FieldWords{})
	w := window(t, f, 300, 60)
	give := func() { w.Canvas().Focus(f.Target()) }
	l := NewChatList()
	l.SetRows([]RowData{{Name: "Anna"}})
	l.OnOpen = func(int) { give() }
	l.inner.at = 0
	m := newMenu([]MenuItem{{Text: "Reply", Do: give}}, nothing)
	m.lit = 0
	for name, from := range map[string]fyne.Focusable{
		"a button": NewButton("Add", Plain, give), "a menu": m, "a list": l.Target(),
	} {
		t.Run("of "+name, func(t *testing.T) {
			f.SetText("")
			press := func() {
				from.TypedKey(key(fyne.KeySpace))
				f.Target().TypedRune(' ')
			}
			press()
			f.Target().TypedKey(key(fyne.KeySpace))
			f.Target().TypedRune(' ')
			f.Target().TypedRune('a')
			if f.Text() != " a" {
				t.Errorf("the field holds %q", f.Text())
			}
		})
	}
}
