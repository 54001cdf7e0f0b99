package stock_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"shopbell/core/desk"
	"shopbell/core/stock"
)

// workbook is a file with one sheet for each list of rows.
func workbook(t testing.TB, sheets ...[][]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, rows := range sheets {
		name := []string{"Sheet1", "Warehouse"}[i]
		if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for line, cells := range rows {
			at, err := excelize.CoordinatesToCellName(1, line+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := book.SetSheetRow(name, at, &cells); err != nil {
				t.Fatal(err)
			}
		}
	}
	return save(t, book)
}

func save(t testing.TB, book *excelize.File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAWorkbookIsRead(t *testing.T) {
	t.Run("numbers as they are stored, text as it is written", func(t *testing.T) {
		table := readText(t, string(workbook(t, [][]any{
			{"Bell & Sons"}, {}, {"Артикул", "Название", "Остаток"},
			{"BT-39", "Сапоги", 4}, {"SN-1", "", 12.0}, {4006381333931, "EAN", "1 200"}, {"F", "floating", 0.1 + 0.2 + 0.7}, {"P", "", 1.5}, {"N", "", -2}, {"Q", "", "many"},
		})))
		if got, want := levels(table), []string{"BT-39=4", "SN-1=12", "4006381333931=1200", "F=1"}; !slices.Equal(got, want) {
			t.Errorf("read %v, want %v", got, want)
		}
		if got, want := problems(table), []string{"8 not_whole", "9 negative", "10 no_number"}; !slices.Equal(got, want) {
			t.Errorf("problems are %v, want %v", got, want)
		}
	})
	t.Run("an article's number as it is shown, a level without its format", func(t *testing.T) {
		book := excelize.NewFile()
		defer book.Close()
		padded, pieces := "00000", `#,##0" pcs"`
		for _, c := range []struct {
			at     string
			value  any
			format *string
		}{{"A1", "sku", nil}, {"B1", "stock", nil}, {"A2", 123, &padded}, {"B2", 1234, &pieces}} {
			if err := book.SetCellValue("Sheet1", c.at, c.value); err != nil {
				t.Fatal(err)
			}
			if c.format == nil {
				continue
			}
			style, err := book.NewStyle(&excelize.Style{CustomNumFmt: c.format})
			if err != nil {
				t.Fatal(err)
			}
			if err := book.SetCellStyle("Sheet1", c.at, c.at, style); err != nil {
				t.Fatal(err)
			}
		}
		table := readText(t, string(save(t, book)))
		if got := levels(table); !slices.Equal(got, []string{"00123=1234"}) {
			t.Errorf("read %v, %v", got, table.Problems)
		}
	})
	two := workbook(t, [][]any{{"sku", "stock"}, {"A", 1}}, [][]any{{"sku", "stock"}, {"B", 2}})
	for sheet, want := range map[string][]string{"": {"A=1"}, "Sheet1": {"A=1"}, "Warehouse": {"B=2"}} {
		t.Run("the sheet that is asked for: "+sheet, func(t *testing.T) {
			table := readAs(t, string(two), desk.StockColumns{Sheet: sheet})
			if got := levels(table); !slices.Equal(got, want) || !slices.Equal(table.Sheets, []string{"Sheet1", "Warehouse"}) {
				t.Errorf("read %v of %v, %v", got, table.Sheets, table.Problems)
			}
		})
	}
	t.Run("a sheet that is not there is named", func(t *testing.T) {
		table := readAs(t, string(two), desk.StockColumns{Sheet: "Attic"})
		if diff := cmp.Diff([]desk.StockProblem{{Code: desk.StockNoSheet, Value: "Attic"}}, table.Problems); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("one that is huge once it is unpacked is not unpacked", func(t *testing.T) {
		var packed bytes.Buffer
		archive := zip.NewWriter(&packed)
		for _, name := range []string{"xl/workbook.xml", "xl/worksheets/sheet1.xml"} {
			part, err := archive.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, UncompressedSize64: 100 << 20, CompressedSize64: 2})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := part.Write([]byte{3, 0}); err != nil {
				t.Fatal(err)
			}
		}
		if err := archive.Close(); err != nil {
			t.Fatal(err)
		}
		table := readText(t, packed.String())
		if diff := cmp.Diff([]desk.StockProblem{{Code: desk.StockTooLarge, Limit: 128 << 20}}, table.Problems); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("one that is cut off is damaged", func(t *testing.T) {
		table := readText(t, string(two[:len(two)/2]))
		if got := problems(table); !slices.Equal(got, []string{"0 bad_workbook"}) || table.Usable() {
			t.Errorf("problems are %v", got)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	rows := [][]any{{"sku", "name", "stock"}}
	var text bytes.Buffer
	text.WriteString("sku;name;stock\n")
	for i := range 5_000 {
		rows = append(rows, []any{fmt.Sprintf("SKU-%d", i), "An article", i})
		fmt.Fprintf(&text, "SKU-%d;An article;%d\n", i, i)
	}
	for name, data := range map[string][]byte{"text": text.Bytes(), "workbook": workbook(b, rows)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := stock.Read(data, desk.StockColumns{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
