package settings

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
	"shopbell/core/staff"
)

// store is the stock of a shop with its part of the settings open.
type store struct {
	*testing.T
	*computer
	desk *desktest.Fake
	s    *Screen
	loop *live.Manual
	who  desk.Actor

	slow  bool     // the desk answers in answer, and not at once
	asked []func() // what it has not answered yet
}

// openStore shows the stock of a shop to an administrator, in English; change may
// prepare something else before.
func openStore(t *testing.T, change func(*store)) *store {
	t.Helper()
	st := &store{T: t, computer: &computer{}, desk: desktest.New(func() time.Time { return now }), loop: live.NewManual(now), who: desktest.Anna}
	st.desk.SetHealth(desk.Health{State: desk.ConnectionOK})
	if change != nil {
		change(st)
	}
	loop := st.loop.Loop()
	loop.Spawn = func(work func()) {
		st.asked = append(st.asked, work)
		if !st.slow {
			st.answer()
		}
	}
	scope := live.New(t.Context(), loop)
	t.Cleanup(scope.Close)
	st.s = open(t, st.computer, locale.English, 844, func(d *Deps) {
		d.Part, d.Levels, d.Who, d.Scope = Stock, st.desk, st.who, scope
		d.Focus = func(f fyne.Focusable) {
			fyne.CurrentApp().Driver().AllWindows()[0].Canvas().Focus(f)
		}
	})
	return st
}

// file writes a stock file, which is what the person picks.
func (st *store) file(name, content string) string {
	st.Helper()
	st.picks = filepath.Join(st.TempDir(), name)
	if err := os.WriteFile(st.picks, []byte(content), 0o600); err != nil {
		st.Fatal(err)
	}
	return st.picks
}

func (st *store) put(changes ...desk.StockChange) {
	st.Helper()
	if err := st.desk.SetLevels(st.Context(), desktest.Anna, changes); err != nil {
		st.Fatal(err)
	}
}

// known is what the desk knows, as "SKU=level".
func (st *store) known() string {
	st.Helper()
	page, err := st.desk.Articles(st.Context(), desktest.Anna, desk.StockQuery{Limit: desk.MaxStockPage})
	if err != nil {
		st.Fatal(err)
	}
	var all []string
	for _, a := range page.Articles {
		all = append(all, fmt.Sprintf("%s=%d", a.SKU, a.Level))
	}
	return strings.Join(all, " ")
}

func (st *store) knows(want string) {
	st.Helper()
	if got := st.known(); got != want {
		st.Errorf("the desk knows %q, want %q", got, want)
	}
}

func (st *store) shows(texts ...string) {
	st.Helper()
	all := strings.Join(st.s.texts(), "\n")
	for _, text := range texts {
		if !strings.Contains(all, text) {
			st.Errorf("%q is not shown, but\n%s", text, all)
		}
	}
}

func (st *store) hides(text string) {
	st.Helper()
	if slices.Contains(st.s.texts(), text) {
		st.Errorf("%q is shown", text)
	}
}

// answer lets the desk answer all that it was asked.
func (st *store) answer() {
	for len(st.asked) > 0 {
		next := st.asked[0]
		st.asked = st.asked[1:]
		next()
	}
}

func (st *store) heard() { st.s.Heard(live.Batch{Events: []desk.Event{{Kind: desk.EventStock}}}) }

// choose takes a word of the menu that was opened last.
func (st *store) choose(text string) {
	st.Helper()
	for _, item := range st.menu {
		if item.Text == text {
			item.Do()
			return
		}
	}
	st.Fatalf("%q is not in the menu %v", text, st.menu)
}

// rows are those of the levels, in short.
func (st *store) rows() (all []string) {
	for _, r := range st.s.stock.levels.table.Rows() {
		all = append(all, strings.Join(r.Cells, "|"))
	}
	return all
}

func TestStockFile(t *testing.T) {
	const table = "Code;Product;Stock;Free\nBT-39;Boots;4;3\nSN-1;Shoes;many;2\n"
	t.Run("is chosen after a look at what it says, with what is wrong by line and column", func(t *testing.T) {
		st := openStore(t, nil)
		path := st.file("stock.csv", table)
		st.shows("No file yet")
		tap(t, st.s, "Choose file")
		st.shows("What stock.csv says", "Boots", "Line 3, “Stock”: “many” is no number", "2 articles. Not understood: 1 row.")
		st.knows("")
		tap(t, st.s, "Use this file")
		st.shows("stock.csv, read 14:05: 2 articles. Not understood: 1 row.", path, "Line 3, “Stock”: “many” is no number")
		st.hides("Use this file")
		st.heard()
		st.knows("BT-39=4")
		if got := st.rows(); !slices.Equal(got, []string{"BT-39|Boots|4|14:05 · file"}) {
			t.Errorf("the levels are %q", got)
		}
	})
	t.Run("has its columns chosen, which are remembered", func(t *testing.T) {
		st := openStore(t, nil)
		st.file("stock.csv", table)
		tap(t, st.s, "Choose file")
		test.Tap(st.s.stock.file.preview.picks[pickLevel])
		st.choose("Free")
		st.hides("Line 3, “Stock”: “many” is no number")
		tap(t, st.s, "Use this file")
		st.knows("BT-39=3 SN-1=2")
		report, err := st.desk.StockReport(t.Context(), desktest.Anna)
		if want := (desk.StockColumns{SKU: "Code", Level: "Free", Name: "Product"}); err != nil || report.File.Columns != want {
			t.Errorf("remembered %+v, %v", report.File.Columns, err)
		}
	})
	t.Run("whose columns cannot be guessed is not taken until they are chosen", func(t *testing.T) {
		st := openStore(t, nil)
		st.file("stock.csv", "Shoe;Colour;Kept\nA;red;4\n")
		tap(t, st.s, "Choose file")
		st.shows("No row has a title like “SKU”")
		tap(t, st.s, "Use this file")
		if n := st.desk.Calls("SetStockFile"); n != 0 {
			t.Errorf("it was taken %d times", n)
		}
		test.Tap(st.s.stock.file.preview.picks[pickArticle])
		st.choose("Shoe")
		st.shows("No row has a title like “Stock”", "Shoe")
		test.Tap(st.s.stock.file.preview.picks[pickLevel])
		st.choose("Kept")
		tap(t, st.s, "Use this file")
		st.knows("A=4")
	})
	t.Run("is used by a button that keeps its place, whatever is read", func(t *testing.T) {
		st := openStore(t, nil)
		st.file("stock.csv", "Shoe;Colour;Kept\nA;red;4\n")
		tap(t, st.s, "Choose file")
		preview := st.s.stock.file.preview
		place := func() fyne.Position { return fyne.CurrentApp().Driver().AbsolutePositionForObject(preview.use) }
		before := place()
		for _, choice := range []struct {
			of   pick
			name string
		}{{pickArticle, "Shoe"}, {pickLevel, "Colour"}, {pickLevel, "Kept"}} {
			test.Tap(preview.picks[choice.of])
			st.choose(choice.name)
			if got := place(); got != before || got.IsZero() {
				t.Errorf("with %s it stands at %v, before at %v", choice.name, got, before)
			}
		}
	})
	t.Run("that is no table says so, and offers no columns", func(t *testing.T) {
		st := openStore(t, nil)
		st.file("stock.xlsx", "PK\x03\x04 damaged")
		tap(t, st.s, "Choose file")
		st.shows("Not ready yet: put right what stands here", "The workbook is damaged")
		st.hides("Choose a column")
	})
	t.Run("that changed meanwhile is not taken, and shows what it says now", func(t *testing.T) {
		st := openStore(t, nil)
		path := st.file("stock.csv", table)
		tap(t, st.s, "Choose file")
		if err := os.WriteFile(path, []byte("nothing"), 0o600); err != nil {
			t.Fatal(err)
		}
		tap(t, st.s, "Use this file")
		st.shows("Not ready yet: put right what stands here")
		if len(st.said) != 1 {
			t.Errorf("said %q", st.said)
		}
	})
	t.Run("is left alone by Cancel, and by choosing none", func(t *testing.T) {
		st := openStore(t, nil)
		tap(t, st.s, "Choose file")
		st.hides("Use this file")
		st.file("stock.csv", table)
		tap(t, st.s, "Choose file")
		tap(t, st.s, "Cancel")
		st.hides("Use this file")
		st.knows("")
	})
	t.Run("is watched no more, which can be taken back", func(t *testing.T) {
		st := openStore(t, nil)
		path := st.file("stock.csv", table)
		tap(t, st.s, "Choose file")
		tap(t, st.s, "Use this file")
		tap(t, st.s, "Stop watching")
		st.shows("No file yet")
		st.hides("Stop watching")
		st.undo()
		st.shows("stock.csv, read 14:05", path)
	})
	t.Run("lists the first faults, and all of them when asked", func(t *testing.T) {
		st := openStore(t, nil)
		st.file("stock.csv", "SKU,Stock\nA,1\n"+strings.Repeat("B,x\n", 7))
		tap(t, st.s, "Choose file")
		st.shows("Line 7", "and 2 more")
		st.hides("Line 9, “Stock”: “x” is no number")
		tap(t, st.s, "Show all 7")
		st.shows("Line 9, “Stock”: “x” is no number")
		st.hides("and 2 more")
	})
	t.Run("keeps all faults in sight when something else changes", func(t *testing.T) {
		st := openStore(t, nil)
		st.file("stock.csv", "SKU,Stock\nA,1\n"+strings.Repeat("B,x\n", 7))
		tap(t, st.s, "Choose file")
		tap(t, st.s, "Use this file")
		tap(t, st.s, "Show all 7")
		st.heard()
		st.shows("Line 9, “Stock”: “x” is no number")
	})
	t.Run("shows how it stands as soon as that changes", func(t *testing.T) {
		st := openStore(t, nil)
		st.desk.SetStockReport(desk.StockReport{State: desk.StockFileMissing, File: desk.StockFile{Path: "/shop/stock.csv"}})
		st.heard()
		st.shows("stock.csv is not where it was", "/shop/stock.csv")
	})
	t.Run("says why it is not known", func(t *testing.T) {
		st := openStore(t, func(st *store) { st.desk.FailNext("StockReport", &desk.Error{Code: desk.DiskFull}) })
		st.shows("The disk is full")
	})
	t.Run("of a workbook has its sheet chosen", func(t *testing.T) {
		st := openStore(t, nil)
		p := st.s.stock.file.preview
		st.file("stock.csv", table)
		tap(t, st.s, "Choose file")
		v := p.task.State().Value
		v.Sheets = []string{"Shop", "Old"}
		p.task.Change(v)
		st.shows("Sheet", "Shop")
		test.Tap(p.picks[pickSheet])
		st.choose("Old")
		if want := (desk.StockColumns{Sheet: "Old"}); p.wanted != want {
			t.Errorf("asked for %+v", p.wanted)
		}
	})
}

func TestWhoMayChangeStock(t *testing.T) {
	as := func(t *testing.T, role staff.Role) *store {
		return openStore(t, func(st *store) {
			st.put(desk.StockChange{SKU: "BT-39", Level: 4})
			st.file("stock.csv", "SKU,Stock\nA,1\n")
			st.who.Role = role
		})
	}
	t.Run("an operator looks, and is told who changes", func(t *testing.T) {
		st := as(t, staff.Operator)
		st.shows("BT-39", "Only administrators and editors change stock", "Only administrators open the desk")
		st.hides("Add an article")
		tap(t, st.s, "Choose file")
		tap(t, st.s, "BT-39")
		if st.desk.Calls("PreviewStock") != 0 || st.s.stock.levels.table.Editing() != -1 {
			t.Error("something can be changed")
		}
	})
	t.Run("an editor changes levels, and lets no program in", func(t *testing.T) {
		st := as(t, staff.Editor)
		tap(t, st.s, "BT-39")
		if st.s.stock.levels.table.Editing() != 0 {
			t.Error("the level cannot be changed")
		}
		st.shows("Only administrators open the desk")
		if st.desk.Calls("LocalAPI") != 0 {
			t.Error("the token was asked for")
		}
	})
	t.Run("an analyst sees nothing, and nothing is asked", func(t *testing.T) {
		st := as(t, staff.Analyst)
		st.shows("Your role does not see stock")
		if st.desk.Calls("Articles")+st.desk.Calls("StockReport") != 0 {
			t.Error("the desk was asked")
		}
	})
	t.Run("nothing is asked before the part is shown", func(t *testing.T) {
		st := openStore(t, nil)
		before := st.desk.Calls("Articles")
		s := open(t, st.computer, locale.English, 844, func(d *Deps) { d.Levels = st.desk })
		s.Heard(live.Batch{Reload: true})
		if st.desk.Calls("Articles") != before {
			t.Error("levels were asked for")
		}
		s.Go(Stock)
		s.Go(General)
		s.Go(Stock)
		if n := st.desk.Calls("Articles") - before; n != 1 {
			t.Errorf("levels were asked for %d times", n)
		}
	})
}
