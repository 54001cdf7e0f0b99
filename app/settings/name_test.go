package settings

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/locale"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

func TestOwnName(t *testing.T) {
	begin := func(t *testing.T) (*Screen, *desktest.Fake, *kit.Field, *[]string) {
		shop, named := desktest.New(func() time.Time { return now }), new([]string)
		s := open(t, &computer{}, locale.English, 1208, func(d *Deps) {
			d.Shop, d.Named = shop, func(name string) { *named = append(*named, name) }
		})
		return s, shop, kittest.Of[*kit.Field](s.page)[0], named
	}
	enter := func(f *kit.Field) { f.Target().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) }
	t.Run("stands in the field, and is changed there", func(t *testing.T) {
		s, _, field, named := begin(t)
		if field.Text() != desktest.Anna.Name {
			t.Fatalf("the field has %q", field.Text())
		}
		field.SetText("Anna Petrova")
		tap(t, s, "Save")
		if !slices.Equal(*named, []string{"Anna Petrova"}) {
			t.Errorf("named %q", *named)
		}
	})
	t.Run("that is the same asks the desk nothing", func(t *testing.T) {
		_, shop, field, named := begin(t)
		enter(field)
		if n := shop.Calls("SetOwnName"); n != 0 || len(*named) != 0 {
			t.Errorf("asked %d times, named %q", n, *named)
		}
	})
	t.Run("that cannot be one is not taken, and the field says what is asked for", func(t *testing.T) {
		for _, wrong := range []string{"", strings.Repeat("n", desk.MaxAgentName+1)} {
			_, _, field, named := begin(t)
			field.SetText(wrong)
			enter(field)
			if finding, text := field.Status(); finding != kit.FindingBad || !strings.Contains(text, "80") || len(*named) != 0 {
				t.Errorf("%q: named %q, says %q", wrong, *named, text)
			}
			field.OnChanged()
			if finding, _ := field.Status(); finding != kit.FindingNone {
				t.Errorf("%q: it says so still, while something else is typed", wrong)
			}
		}
	})
}
