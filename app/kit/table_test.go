package kit

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit/kittest"
	"shopbell/app/look"
)

func levelColumns() []TableColumn {
	return []TableColumn{{Title: "Article", Share: 2, Bold: true}, {Title: "Name", Share: 3}, {Title: "Left", Wide: 96, Right: true}, {Title: "Changed", Wide: 120}}
}

func levelRows(n int) (rows []TableRow) {
	for i := range n {
		sku := fmt.Sprintf("BT-%d", i)
		rows = append(rows, TableRow{Key: sku, Cells: []string{sku, "Leather boots of a very long name indeed", fmt.Sprint(i * 11), "14:05 · file"}})
	}
	return rows
}

// levelTable is a table of three rows in a window, and what it told.
func levelTable(t *testing.T) (table *EditTable, told *[]string, w fyne.Window) {
	t.Helper()
	start(t)
	told = new([]string)
	table = NewEditTable("Forget", levelColumns()...)
	table.OnEdit = func(row int) {
		*told = append(*told, fmt.Sprint("edit ", row))
		table.Edit(row, table.Rows()[row].Cells[2])
	}
	table.OnSave = func(text string) { *told = append(*told, "save "+text) }
	table.OnRemove = func(row int) { *told = append(*told, fmt.Sprint("remove ", row)) }
	table.SetRows(levelRows(3))
	return table, told, window(t, table, 480, 300)
}

func TestTablePictures(t *testing.T) {
	golden(t, "table", 480, 160, func() fyne.CanvasObject {
		table := NewTable()
		table.Set(levelColumns(), levelRows(3))
		return table
	})
	golden(t, "table-edit", 480, 220, func() fyne.CanvasObject {
		table := NewEditTable("Forget", levelColumns()...)
		table.OnRemove = func(int) {}
		table.SetRows(levelRows(4))
		table.FocusGained()
		table.TypedKey(key(fyne.KeyDown))
		table.Edit(2, "many")
		table.Complain("“many” is no number")
		return table
	})
}

func TestEditTable(t *testing.T) {
	want := func(t *testing.T, told *[]string, all ...string) {
		t.Helper()
		if !slices.Equal(*told, all) {
			t.Errorf("told %q, want %q", *told, all)
		}
	}
	t.Run("a click edits a row in its place, and Enter saves", func(t *testing.T) {
		table, told, w := levelTable(t)
		test.Tap(table.all[1])
		if w.Canvas().Focused() != table.field.Target() || table.Typed() != "11" {
			t.Fatalf("the keyboard is at %T, typed is %q", w.Canvas().Focused(), table.Typed())
		}
		test.Type(w.Canvas().Focused(), "5")
		table.field.entry.TypedKey(key(fyne.KeyReturn))
		want(t, told, "edit 1", "save 115")
	})
	t.Run("by keyboard, Esc gives up and goes back to the row", func(t *testing.T) {
		table, told, w := levelTable(t)
		w.Canvas().Focus(table)
		for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyEnd, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn} {
			table.TypedKey(key(k))
		}
		table.field.entry.TypedKey(key(fyne.KeyEscape))
		want(t, told, "edit 1")
		if w.Canvas().Focused() != fyne.Focusable(table) || table.ringed != 1 || table.Editing() != -1 {
			t.Errorf("the keyboard is at %T, row %d, row %d is edited", w.Canvas().Focused(), table.ringed, table.Editing())
		}
	})
	t.Run("Delete, and the button beside the field, take a row away", func(t *testing.T) {
		table, told, w := levelTable(t)
		w.Canvas().Focus(table)
		table.TypedKey(key(fyne.KeyDelete))
		table.TypedKey(key(fyne.KeyReturn))
		test.Tap(table.remove)
		want(t, told, "remove 0", "edit 0", "remove 0")
	})
	t.Run("what is wrong stands under the row and moves the others down, until something is typed", func(t *testing.T) {
		table, _, _ := levelTable(t)
		table.OnEdit(0)
		before := table.all[1].Position().Y
		table.Complain("Too many")
		if !slices.Contains(kittest.Texts(table), "Too many") || table.all[1].Position().Y <= before || table.MinSize().Height <= table.all[2].Position().Y {
			t.Errorf("it shows %q, the next row is at %v", kittest.Texts(table), table.all[1].Position().Y)
		}
		test.Type(table.field.entry, "1")
		if slices.Contains(kittest.Texts(table), "Too many") {
			t.Error("it still says so")
		}
	})
	t.Run("what is typed stays with its row when rows come, and goes with it", func(t *testing.T) {
		table, _, _ := levelTable(t)
		table.OnEdit(1)
		rows := levelRows(3)
		table.SetRows(append([]TableRow{{Key: "new", Cells: []string{"A", "", "1", ""}}}, rows...))
		if table.Editing() != 2 || table.Typed() != "11" {
			t.Errorf("row %d is edited with %q", table.Editing(), table.Typed())
		}
		table.SetRows(rows[2:])
		if table.Editing() != -1 || table.field.Visible() || len(kittest.Of[*tableLine](table)) != 1 {
			t.Errorf("row %d is edited", table.Editing())
		}
	})
	t.Run("a table to be read edits nothing", func(t *testing.T) {
		table, told, w := levelTable(t)
		table.SetReadOnly()
		test.Tap(table.all[1])
		w.Canvas().Focus(table)
		table.TypedKey(key(fyne.KeyReturn))
		table.TypedKey(key(fyne.KeyDelete))
		want(t, told)
	})
	t.Run("the row that the keyboard comes to is told of, to bring it into sight", func(t *testing.T) {
		table, _, w := levelTable(t)
		var at fyne.CanvasObject
		table.OnMove = func(row fyne.CanvasObject) { at = row }
		w.Canvas().Focus(table)
		table.TypedKey(key(fyne.KeyEnd))
		if at != fyne.CanvasObject(table.all[2]) {
			t.Errorf("told of %v", at)
		}
	})
	t.Run("words that are cut are whole in the tooltip", func(t *testing.T) {
		table, _, _ := levelTable(t)
		if table.all[0].tip != "BT-0 · Leather boots of a very long name indeed · 0 · 14:05 · file" {
			t.Errorf("it is %q", table.all[0].tip)
		}
	})
	t.Run("at 150 % columns share what the wide ones leave", func(t *testing.T) {
		startWith(t, look.Choice{Mode: look.Light, Percent: 150})
		cells := NewEditTable("", levelColumns()...).cells(700)
		if last := cells[3]; last.wide != 180 || last.x+last.wide > 700 || cells[2].wide != 144 {
			t.Errorf("the columns are %v", cells)
		}
	})
}
