package settings

import (
	"strings"
	"testing"
	"time"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

// question is the field of the words that customers are asked.
func question(t *testing.T, s *Screen) *kit.Field {
	t.Helper()
	fields := kittest.Of[*kit.Field](s.page)
	if len(fields) < 2 {
		t.Fatalf("there are %d fields", len(fields))
	}
	return fields[1]
}

func TestCustomersAreAskedForARatingAsTheShopSays(t *testing.T) {
	const line = "Ask for a rating"
	begin := func(t *testing.T) (*computer, *desktest.Fake, *Screen) {
		c, shop := &computer{}, desktest.New(func() time.Time { return now })
		return c, shop, open(t, c, locale.English, 1208, func(d *Deps) { d.Shop = shop })
	}
	asked := func(t *testing.T, shop *desktest.Fake) desk.RatingQuestion {
		t.Helper()
		q, err := shop.RatingQuestion(t.Context(), desktest.Anna)
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	t.Run("it is off until it is switched on", func(t *testing.T) {
		_, shop, s := begin(t)
		first := asked(t, shop)
		tap(t, s, line)
		if got := asked(t, shop); !got.On || got.Text != first.Text {
			t.Errorf("asked is %+v, was %+v", got, first)
		}
		tap(t, s, line)
		if got := asked(t, shop); got != first {
			t.Errorf("switched off again it is %+v, was %+v", got, first)
		}
	})
	t.Run("the question can be changed, and an empty one brings the first back", func(t *testing.T) {
		c, shop, s := begin(t)
		first := asked(t, shop)
		field := question(t, s)
		field.SetText("  Were you happy? ")
		tap(t, s, "Save question")
		if got := asked(t, shop); got.On || got.Text != "Were you happy?" || field.Text() != got.Text {
			t.Errorf("asked is %+v, the field has %q", got, field.Text())
		}
		field.SetText("")
		tap(t, s, "Save question")
		if got := asked(t, shop); got != first || field.Text() != first.Text || len(c.said) != 2 {
			t.Errorf("asked is %+v, the field has %q, said %q", got, field.Text(), c.said)
		}
	})
	t.Run("a question that Meta does not take is marked and not kept", func(t *testing.T) {
		_, shop, s := begin(t)
		field := question(t, s)
		field.SetText(strings.Repeat("x", chat.MaxInteractiveBody+1))
		tap(t, s, "Save question")
		if n := shop.Calls("SetRatingText"); n != 0 {
			t.Errorf("the desk was told %d times", n)
		}
	})
	t.Run("the switch moves back where the desk refuses, and says why", func(t *testing.T) {
		c, shop, s := begin(t)
		shop.FailNext("SetRatings", &desk.Error{Code: desk.Forbidden})
		tap(t, s, line)
		if asked(t, shop).On || len(c.said) != 1 {
			t.Errorf("it is on: %t, said %q", asked(t, shop).On, c.said)
		}
		tap(t, s, line) // from off, to which it moved back
		if !asked(t, shop).On {
			t.Error("it is off")
		}
	})
	t.Run("what another person changes meanwhile stays", func(t *testing.T) {
		_, shop, s := begin(t)
		if err := shop.SetRatingText(t.Context(), desktest.Anna, "Our own words?"); err != nil {
			t.Fatal(err)
		}
		tap(t, s, line)
		if got := asked(t, shop); !got.On || got.Text != "Our own words?" {
			t.Errorf("after the switch asked is %+v", got)
		}
		if err := shop.SetRatings(t.Context(), desktest.Anna, false); err != nil {
			t.Fatal(err)
		}
		question(t, s).SetText("Were you happy?")
		tap(t, s, "Save question")
		if got := asked(t, shop); got.On || got.Text != "Were you happy?" {
			t.Errorf("after saving asked is %+v", got)
		}
	})
	t.Run("nothing is changed before it is known how it stands", func(t *testing.T) {
		for name, tt := range map[string]struct {
			err  error
			late bool
		}{"it is still being read": {late: true}, "it could not be read": {err: &desk.Error{Code: desk.Unavailable}}} {
			t.Run(name, func(t *testing.T) {
				shop := desktest.New(func() time.Time { return now })
				if tt.err != nil {
					shop.FailNext("RatingQuestion", tt.err)
				}
				var begun []func()
				s := open(t, &computer{}, locale.English, 1208, func(d *Deps) {
					d.Shop = shop
					if tt.late {
						loop := live.NewManual(now).Loop()
						loop.Spawn = func(work func()) { begun = append(begun, work) }
						d.Scope = live.New(t.Context(), loop)
					}
				})
				tap(t, s, line)
				field := question(t, s)
				field.SetText("Were you happy?")
				field.OnSubmit()
				tap(t, s, "Save question")
				for _, work := range begun {
					work()
				}
				if n := shop.Calls("SetRatings") + shop.Calls("SetRatingText"); n != 0 {
					t.Errorf("the desk was told %d times", n)
				}
			})
		}
	})
}
