package stock_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/desk"
	"shopbell/core/stock"
)

func TestAFileSaysWhatHolds(t *testing.T) {
	known := []desk.Article{
		{SKU: "A", Name: "Boot", Level: 1, Origin: desk.StockByFile},
		{SKU: "B", Level: 2, Origin: desk.StockByFile},
		{SKU: "P", Level: 3, Origin: desk.StockByPerson},
	}
	change := func(sku string, level int) desk.StockChange { return desk.StockChange{SKU: sku, Level: level} }
	gone := func(sku string) desk.StockChange { return desk.StockChange{SKU: sku, Forget: true} }
	for name, c := range map[string]struct {
		file string
		want []desk.StockChange
	}{
		"the same again":                      {"sku;stock\nA;1\nB;2\n", nil},
		"another level":                       {"sku;stock\nA;1\nB;5\n", []desk.StockChange{change("B", 5)}},
		"a new article":                       {"sku;stock\nA;1\nB;2\nC;3\n", []desk.StockChange{change("C", 3)}},
		"another spelling":                    {"sku;stock\na;1\nB;2\n", []desk.StockChange{change("a", 1)}},
		"another name":                        {"sku;stock;name\nA;1;Shoe\nB;2\n", []desk.StockChange{{SKU: "A", Level: 1, Name: "Shoe"}}},
		"one that was edited":                 {"sku;stock\nA;1\nB;2\nP;4\n", []desk.StockChange{change("P", 4)}},
		"one that was edited to what it says": {"sku;stock\nA;1\nB;2\nP;3\n", []desk.StockChange{change("P", 3)}},
		"one is gone":                         {"sku;stock\nA;1\n", []desk.StockChange{gone("B")}},
		"one is broken":                       {"sku;stock\nA;1\nB;x\n", nil},
		"one is there twice":                  {"sku;stock\nA;1\nB;7\nB;8\n", nil},
		"one may be in a row without SKU":     {"sku;stock\nA;1\n;2\n", nil},
		"one may be behind a lonely quote":    {"sku;stock\nA;1\n\"B;2\n", nil},
		"all rows are broken":                 {"sku;stock\nA;x\nC;y\n", nil},
		"the headers are gone":                {"A;1\n", nil},
		"nothing stands under the headers":    {"sku;stock\n", nil},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, stock.Diff(readText(t, c.file), known)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
