package settings

import (
	"testing"
	"time"

	"shopbell/app/locale"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

func TestWhatCustomersSeeIsTheShops(t *testing.T) {
	const line = "Customers see when you have read"
	begin := func(t *testing.T) (*computer, *desktest.Fake, *Screen) {
		c, shop := &computer{}, desktest.New(func() time.Time { return now })
		return c, shop, open(t, c, locale.English, 1208, func(d *Deps) { d.Shop = shop })
	}
	is := func(t *testing.T, shop *desktest.Fake, want bool) {
		t.Helper()
		if on, err := shop.Receipts(t.Context(), desktest.Anna); err != nil || on != want {
			t.Errorf("the shop has it %t (%v), want %t", on, err, want)
		}
	}
	t.Run("it is on, and can be switched off and on", func(t *testing.T) {
		c, shop, s := begin(t)
		tap(t, s, line)
		is(t, shop, false)
		tap(t, s, line)
		is(t, shop, true)
		if len(c.chosen) != 0 {
			t.Errorf("this computer was told %+v", c.chosen)
		}
	})
	t.Run("it moves back where the desk refuses, and says why", func(t *testing.T) {
		c, shop, s := begin(t)
		shop.FailNext("SetReceipts", &desk.Error{Code: desk.Forbidden})
		tap(t, s, line)
		is(t, shop, true)
		if len(c.said) != 1 {
			t.Errorf("said %q", c.said)
		}
		tap(t, s, line) // from on, to which it moved back
		is(t, shop, false)
	})
	t.Run("it cannot be moved where nobody knows how it stands", func(t *testing.T) {
		c, shop := &computer{}, desktest.New(func() time.Time { return now })
		shop.FailNext("Receipts", &desk.Error{Code: desk.Unavailable})
		s := open(t, c, locale.English, 1208, func(d *Deps) { d.Shop = shop })
		tap(t, s, line)
		if n := shop.Calls("SetReceipts"); n != 0 {
			t.Errorf("the desk was told %d times", n)
		}
	})
}
