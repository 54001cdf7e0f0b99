package settings

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/core/desk"
)

func TestLevels(t *testing.T) {
	boots := desk.StockChange{SKU: "BT-39", Name: "Boots", Level: 4}
	shoes := desk.StockChange{SKU: "SN-1", Name: "Shoes", Level: 12}
	both := func(st *store) { st.put(boots, shoes) }
	edit := func(st *store, row int, text string) {
		table := st.s.stock.levels.table
		test.Tap(kittest.Tappable(table, table.Rows()[row].Cells[0])[0])
		field := kittest.Of[*kit.Field](table)[0]
		field.SetText(text)
		field.Target().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	t.Run("are changed in their place, which can be taken back", func(t *testing.T) {
		st := openStore(t, both)
		edit(st, 0, "3")
		st.knows("BT-39=3 SN-1=12")
		if !slices.Equal(st.said, []string{"BT-39: 3 left"}) || st.rows()[0] != "BT-39|Boots|3|14:05 · by hand" {
			t.Errorf("said %q, shows %q", st.said, st.rows())
		}
		st.undo()
		st.knows("BT-39=4 SN-1=12")
	})
	for text, why := range map[string]string{
		"": "There is no number", "many": "“many” is no number", "-1": "“-1” is less than none", "1,5": "“1,5” is not whole",
		"100000": "“100000” is more than 99999", "99999999999999999999": "is more than 99999", "-99999999999999999999": "is less than none", "0x10": "is no number",
	} {
		t.Run(fmt.Sprintf("that are %q say why not", text), func(t *testing.T) {
			st := openStore(t, both)
			edit(st, 0, text)
			st.shows(why)
			st.knows("BT-39=4 SN-1=12")
		})
	}
	t.Run("that stay as they are ask the desk nothing", func(t *testing.T) {
		st := openStore(t, both)
		before := st.desk.Calls("SetLevels")
		edit(st, 0, "4")
		if st.desk.Calls("SetLevels") != before || st.s.stock.levels.table.Editing() != -1 {
			t.Error("it was stored, or is still edited")
		}
	})
	t.Run("are saved when another row is edited, and stay open while they are wrong", func(t *testing.T) {
		st := openStore(t, both)
		l := st.s.stock.levels
		write := func(text string) { kittest.Of[*kit.Field](l.table)[0].SetText(text) }
		l.edit(0)
		write("many")
		l.edit(1)
		if l.table.Editing() != 0 {
			t.Fatalf("row %d is edited", l.table.Editing())
		}
		write("7")
		l.edit(1)
		if l.table.Editing() != 1 || l.table.Typed() != "12" {
			t.Errorf("row %d is edited, with %q", l.table.Editing(), l.table.Typed())
		}
		st.knows("BT-39=7 SN-1=12")
	})
	t.Run("are saved once, however long the desk takes, and then the other row is edited", func(t *testing.T) {
		st := openStore(t, both)
		l := st.s.stock.levels
		st.slow = true
		l.edit(0)
		kittest.Of[*kit.Field](l.table)[0].SetText("7")
		before := st.desk.Calls("SetLevels")
		l.edit(1)
		l.edit(1)
		st.answer()
		if n := st.desk.Calls("SetLevels") - before; n != 1 || l.table.Editing() != 1 || l.table.Typed() != "12" {
			t.Errorf("saved %d times, row %d is edited", n, l.table.Editing())
		}
	})
	t.Run("that are refused after Esc are said all the same", func(t *testing.T) {
		st := openStore(t, both)
		l := st.s.stock.levels
		st.slow = true
		st.desk.FailNext("SetLevels", &desk.Error{Code: desk.DiskFull})
		edit(st, 0, "7")
		l.table.Done()
		st.answer()
		if len(st.said) != 1 || l.table.Editing() != -1 {
			t.Errorf("said %q", st.said)
		}
	})
	t.Run("that the desk refuses say why, and what was typed stays", func(t *testing.T) {
		st := openStore(t, both)
		st.desk.FailNext("SetLevels", &desk.Error{Code: desk.DiskFull})
		edit(st, 0, "3")
		st.shows("The disk is full")
		if st.s.stock.levels.table.Typed() != "3" {
			t.Errorf("typed is %q", st.s.stock.levels.table.Typed())
		}
	})
	t.Run("are forgotten, which can be taken back", func(t *testing.T) {
		st := openStore(t, both)
		st.s.stock.levels.table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
		st.knows("SN-1=12")
		st.undo()
		st.knows("BT-39=4 SN-1=12")
		if st.rows()[0] != "BT-39|Boots|4|14:05 · by hand" {
			t.Errorf("shows %q", st.rows())
		}
	})
	t.Run("that other programs send are seen at once, beside what is typed", func(t *testing.T) {
		st := openStore(t, both)
		st.s.stock.levels.edit(1)
		st.put(desk.StockChange{SKU: "AA", Level: 1})
		st.heard()
		if l := st.s.stock.levels; len(st.rows()) != 3 || l.table.Editing() != 2 || l.table.Typed() != "12" {
			t.Errorf("shows %q, row %d is edited", st.rows(), l.table.Editing())
		}
	})
	t.Run("are searched a moment after the last letter, or with Enter", func(t *testing.T) {
		st := openStore(t, both)
		search := st.s.stock.levels.search
		search.SetText("shoe")
		if len(st.rows()) != 2 {
			t.Error("it did not wait")
		}
		st.loop.Advance(searchAfter)
		if got := st.rows(); len(got) != 1 || !strings.HasPrefix(got[0], "SN-1|") {
			t.Errorf("found %q", got)
		}
		search.SetText("zzz")
		search.OnSubmit()
		st.shows("Nothing found")
		search.SetText("")
		search.OnSubmit()
		if len(st.rows()) != 2 {
			t.Errorf("found %q", st.rows())
		}
	})
	t.Run("are leafed through", func(t *testing.T) {
		st := openStore(t, func(st *store) {
			for i := range 45 {
				st.put(desk.StockChange{SKU: fmt.Sprintf("A%02d", i), Level: i})
			}
		})
		st.shows("1–20")
		st.hides("Previous")
		tap(t, st.s, "Next")
		tap(t, st.s, "Next")
		st.shows("41–45", "A44")
		st.hides("Next")
		for i := 40; i < 45; i++ { // what is on the last page goes
			st.put(desk.StockChange{SKU: fmt.Sprintf("A%02d", i), Forget: true})
		}
		st.heard()
		st.shows("21–40")
		tap(t, st.s, "Previous")
		st.shows("1–20", "A00")
	})
	t.Run("that cannot be read say why, and are asked for again", func(t *testing.T) {
		st := openStore(t, func(st *store) {
			st.put(boots)
			st.desk.FailNext("Articles", &desk.Error{Code: desk.DiskFull})
		})
		st.shows("The disk is full")
		tap(t, st.s, "Try again")
		if len(st.rows()) != 1 {
			t.Errorf("shows %q", st.rows())
		}
	})
	t.Run("say that a file has the last word where one is watched", func(t *testing.T) {
		st := openStore(t, both)
		st.shows("Delete forgets the article")
		st.desk.SetStockReport(desk.StockReport{State: desk.StockFileMissing, File: desk.StockFile{Path: "/shop/stock.csv"}})
		st.heard()
		st.shows("it has the last word")
	})
}

func TestAddingAnArticle(t *testing.T) {
	add := func(st *store, sku, name, level string) {
		a := st.s.stock.levels.adding
		a.sku.SetText(sku)
		a.name.SetText(name)
		a.level.SetText(level)
		tap(st.T, st.s, "Add")
	}
	t.Run("shows it, empties the fields, and can be taken back", func(t *testing.T) {
		st := openStore(t, nil)
		st.shows("No articles yet")
		add(st, " BT-39 ", "Boots", "4")
		st.knows("BT-39=4")
		if a := st.s.stock.levels.adding; a.sku.Text()+a.name.Text()+a.level.Text() != "" || len(st.rows()) != 1 {
			t.Errorf("the fields have %q, the rows are %q", a.sku.Text(), st.rows())
		}
		st.undo()
		st.knows("")
	})
	for name, tt := range map[string]struct{ sku, name, level, why string }{
		"without an article":  {"", "Boots", "4", "No article is named"},
		"with a long article": {strings.Repeat("s", 65), "", "4", "At most 64 characters"},
		"with a long name":    {"A", strings.Repeat("n", 201), "4", "At most 200 characters"},
		"without a level":     {"A", "", "", "There is no number"},
		"with half a piece":   {"A", "", "0.5", "“0.5” is not whole"},
	} {
		t.Run(name+" says what is missing, and adds nothing", func(t *testing.T) {
			st := openStore(t, nil)
			add(st, tt.sku, tt.name, tt.level)
			st.shows(tt.why)
			st.knows("")
		})
	}
	t.Run("that is known changes nothing, and says what it has", func(t *testing.T) {
		st := openStore(t, func(st *store) { st.put(desk.StockChange{SKU: "BT-39", Level: 4}) })
		add(st, "bt-39", "", "9")
		st.shows("It is known already: 4 left")
		st.knows("BT-39=4")
	})
}
