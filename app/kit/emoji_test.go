package kit

import (
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestEmojiPicker(t *testing.T) {
	start(t)
	all := make([]Emoji, 25)
	for i := range all {
		all[i] = Emoji{Char: "😀", Name: strconv.Itoa(i)}
	}
	fresh := func(t *testing.T) (*EmojiPicker, *[]string) {
		t.Helper()
		p := NewEmojiPicker("Find", []string{"🕘", "😀"}, []string{"Last", "Faces"})
		var taken []string
		p.OnTake = func(e Emoji) { taken = append(taken, e.Name) }
		window(t, p, 0, 0)
		p.Set(all, 1, "")
		return p, &taken
	}
	press := func(p *EmojiPicker, keys ...fyne.KeyName) {
		for _, k := range keys {
			p.search.entry.TypedKey(key(k))
		}
	}
	for _, tt := range []struct {
		name string
		keys []fyne.KeyName
		want string
	}{
		{"Enter takes the first one", nil, "0"},
		{"the arrows light another", []fyne.KeyName{fyne.KeyRight, fyne.KeyDown, fyne.KeyLeft}, "10"},
		{"none lies beyond the ends", []fyne.KeyName{fyne.KeyLeft, fyne.KeyUp, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown}, "20"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, taken := fresh(t)
			press(p, append(tt.keys, fyne.KeyReturn)...)
			if len(*taken) != 1 || (*taken)[0] != tt.want || p.name.text != tt.want {
				t.Errorf("taken %q, named %q, want %q", *taken, p.name.text, tt.want)
			}
		})
	}
	t.Run("Left and Right are the field's own while something stands in it", func(t *testing.T) {
		p, _ := fresh(t)
		test.Type(p.Target(), "ab")
		press(p, fyne.KeyRight)
		if p.lit != 0 {
			t.Errorf("%d is lit", p.lit)
		}
	})
	t.Run("an empty tab takes nothing", func(t *testing.T) {
		p, taken := fresh(t)
		p.Set(nil, 0, "None yet")
		press(p, fyne.KeyReturn, fyne.KeyDown)
		if len(*taken) != 0 || p.lit != -1 {
			t.Errorf("taken %q, %d is lit", *taken, p.lit)
		}
	})
}
