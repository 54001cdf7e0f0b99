package stock_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"shopbell/core/desk"
	"shopbell/core/stock"
)

// wire is an update as the API takes it.
func wire(t interface{ Fatal(...any) }, changes []desk.StockChange) int {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(map[string]any{"levels": changes}); err != nil {
		t.Fatal(err)
	}
	return b.Len() - 1
}

func TestAnUpdateIsChecked(t *testing.T) {
	many := func(n int) (list []desk.StockChange) {
		for i := range n {
			list = append(list, desk.StockChange{SKU: fmt.Sprintf("SKU-%04d", i), Level: 10})
		}
		return list
	}
	full := many(200)
	for wire(t, full) > desk.MaxStockUpdate {
		full = full[:len(full)-1]
	}
	full = full[:len(full)-2]
	full[0].Name = strings.Repeat("n", desk.MaxStockUpdate-wire(t, full)-len(`,"name":""`))
	over := slices.Clone(full)
	over[0].Name += "n"
	for name, c := range map[string]struct {
		changes []desk.StockChange
		field   string // "": it is taken
		limit   int
	}{
		"one article":               {[]desk.StockChange{{SKU: "A", Level: 0}}, "", 0},
		"one that is forgotten":     {[]desk.StockChange{{SKU: "A", Forget: true}}, "", 0},
		"5 KB":                      {full, "", 0},
		"5 KB and a byte":           {over, "levels", desk.MaxStockUpdate},
		"nothing":                   {nil, "levels", 0},
		"no SKU":                    {[]desk.StockChange{{SKU: " ", Level: 1}}, "sku", 0},
		"a SKU of 64":               {[]desk.StockChange{{SKU: strings.Repeat("я", 64), Level: 1}}, "", 0},
		"a SKU of 65":               {[]desk.StockChange{{SKU: strings.Repeat("я", 65), Level: 1}}, "sku", desk.MaxSKU},
		"a SKU of two lines":        {[]desk.StockChange{{SKU: "A\nB", Level: 1}}, "sku", desk.MaxSKU},
		"a name of 201":             {[]desk.StockChange{{SKU: "A", Name: strings.Repeat("n", 201)}}, "name", desk.MaxArticleName},
		"fewer than none":           {[]desk.StockChange{{SKU: "A", Level: -1}}, "level", desk.MaxStockLevel},
		"the highest level":         {[]desk.StockChange{{SKU: "A", Level: 99_999}}, "", 0},
		"more than a reply takes":   {[]desk.StockChange{{SKU: "A", Level: 100_000}}, "level", desk.MaxStockLevel},
		"an article twice":          {[]desk.StockChange{{SKU: "A", Level: 1}, {SKU: " a", Level: 2}}, "sku", 0},
		"a bad one after good ones": {append(many(5), desk.StockChange{SKU: "B", Level: -5}), "level", desk.MaxStockLevel},
	} {
		t.Run(name, func(t *testing.T) {
			err := stock.Check(c.changes)
			if c.field == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			fault, ok := errors.AsType[*desk.Error](err)
			if !ok || fault.Code != desk.Invalid || fault.Field != c.field || fault.Limit != c.limit {
				t.Errorf("got %v, want invalid %s with the limit %d", err, c.field, c.limit)
			}
		})
	}
}

func TestALongListIsCutIntoUpdates(t *testing.T) {
	article := rapid.Custom(func(t *rapid.T) desk.StockChange {
		return desk.StockChange{
			SKU: rapid.StringMatching(`[A-Zа-я0-9"-]{1,64}`).Draw(t, "sku"), Name: rapid.StringN(0, 200, -1).Draw(t, "name"), Level: rapid.IntRange(0, 99_999).Draw(t, "level"),
		}
	})
	rapid.Check(t, func(rt *rapid.T) {
		changes := rapid.SliceOfN(article, 0, 60).Draw(rt, "changes")
		updates, err := stock.Split(changes)
		if err != nil {
			rt.Fatal(err)
		}
		for i, u := range updates {
			if n := wire(rt, u); n > desk.MaxStockUpdate || len(u) == 0 {
				rt.Errorf("update %d has %d bytes and %d articles", i, n, len(u))
			}
			if i > 0 && wire(rt, append(slices.Clone(updates[i-1]), u[0])) < desk.MaxStockUpdate-1 {
				rt.Errorf("update %d had room for one more", i-1)
			}
		}
		if got := slices.Concat(updates...); !slices.Equal(got, changes) {
			rt.Errorf("the updates hold %v, want %v", got, changes)
		}
	})
}

func TestLevelsInForce(t *testing.T) {
	t.Run("are found in any letter case", func(t *testing.T) {
		var l stock.Levels
		l.Set("BT-39", 4)
		l.Set("Й-1", 0)
		for sku, want := range map[string]int{"bt-39": 4, " BT-39 ": 4, "й-1": 0, "и\u0306-1": 0} {
			if level, known := l.Level(sku); !known || level != want {
				t.Errorf("%q: %d, %t; want %d", sku, level, known, want)
			}
		}
	})
	t.Run("are not known before they are set, nor after they are forgotten", func(t *testing.T) {
		var l stock.Levels
		if level, known := l.Level("A"); known || level != 0 {
			t.Errorf("%d, %t", level, known)
		}
		l.Set("A", 4)
		l.Forget("a")
		if level, known := l.Level("A"); known || level != 0 {
			t.Errorf("%d, %t", level, known)
		}
	})
	t.Run("may be read while they change", func(t *testing.T) {
		var l stock.Levels
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() { l.Set("A", i) })
			wg.Go(func() {
				if level, known := l.Level("A"); known && level > 3 {
					t.Errorf("read %d", level)
				}
			})
		}
		wg.Wait()
	})
}
