package stock_test

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"shopbell/core/desk"
	"shopbell/core/stock"
)

// readText reads a file with no columns asked for.
func readText(t testing.TB, content string) *stock.Table {
	t.Helper()
	return readAs(t, content, desk.StockColumns{})
}

func readAs(t testing.TB, content string, want desk.StockColumns) *stock.Table {
	t.Helper()
	table, err := stock.Read([]byte(content), want)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// levels is what a table says, as "SKU=level".
func levels(table *stock.Table) (list []string) {
	for _, l := range table.Levels {
		list = append(list, fmt.Sprintf("%s=%d", l.SKU, l.Level))
	}
	return list
}

// problems is what is wrong with a table, as "line code".
func problems(table *stock.Table) (list []string) {
	for _, p := range table.Problems {
		list = append(list, fmt.Sprintf("%d %s", p.Line, p.Code))
	}
	return list
}

func TestATextTableIsReadHoweverItIsWritten(t *testing.T) {
	want := []string{"BT-39=4", "SN-1=12"}
	for name, content := range map[string]string{
		"commas":                             "sku,stock\nBT-39,4\nSN-1,12\n",
		"semicolons":                         "sku;stock\nBT-39;4\nSN-1;12\n",
		"tabs":                               "sku\tstock\nBT-39\t4\nSN-1\t12\n",
		"what Excel says the separator is":   "sep=|\nsku|stock\nBT-39|4\nSN-1|12\n",
		"commas in names between semicolons": "sku;name;stock\nBT-39;Boots, blue, 39;4\nSN-1;Sneakers, red;12\n",
		"decimal commas between semicolons":  "sku;stock;price\nBT-39;4,00;59,90\nSN-1;12,00;39,50\n",
		"quoted cells":                       `"sku","name","stock"` + "\n" + `"BT-39","Boots ""Rain"", blue","4"` + "\n" + `"SN-1","two` + "\n" + `lines","12"`,
		"spaces before quotes":               "sku, stock\n\"BT-39\", \"4\"\n\"SN-1\", \"12\"\n",
		"lines of Windows":                   "sku;stock\r\nBT-39;4\r\nSN-1;12\r\n",
		"lines of an old Mac":                "sku;stock\rBT-39;4\rSN-1;12\r",
		"no end of the last line":            "sku;stock\nBT-39;4\nSN-1;12",
		"empty lines":                        "\n\nsku;stock\n\nBT-39;4\n;\n\nSN-1;12\n\n",
		"a title above the headers":          "Stock of Bell & Sons\n22.11.2026;;\nsku;stock\nBT-39;4\nSN-1;12\n",
		"a caption between groups":           "sku;name;stock\n;Boots;\nBT-39;Rain;4\n;Sneakers;\nSN-1;;12\n",
		"inches in names":                    "sku;name;stock\nBT-39;Boots 3/4\" high;4\nSN-1;12\" pipe;12\n",
		"columns in another order":           "Name,In stock,Price,SKU\nBoots,4,59.90,BT-39\nSneakers,12,39.50,SN-1\n",
		"short rows":                         "sku;stock;name\nBT-39;4\nSN-1;12;Sneakers\n",
	} {
		t.Run(name, func(t *testing.T) {
			table := readText(t, content)
			if got := levels(table); !slices.Equal(got, want) || len(table.Problems) > 0 {
				t.Errorf("read %v, %v; want %v", got, table.Problems, want)
			}
		})
	}
}

func TestTextIsReadInItsEncoding(t *testing.T) {
	russian := "Артикул;Наименование;Остаток\nСП-39;Сапоги зимние;4\n"
	portuguese := "Referência;Descrição;Existência\nBT-39;Botas de inverno, lã e ação;4\n"
	utf16 := func(e unicode.Endianness, mark unicode.BOMPolicy) encoding.Encoding { return unicode.UTF16(e, mark) }
	for _, c := range []struct {
		name, text string
		in         encoding.Encoding
	}{
		{"UTF-8", russian, encoding.Nop},
		{"UTF-8 with a mark", russian, unicode.UTF8BOM},
		{"UTF-16 with a mark, little end first", russian, utf16(unicode.LittleEndian, unicode.UseBOM)},
		{"UTF-16 with a mark, big end first", russian, utf16(unicode.BigEndian, unicode.UseBOM)},
		{"UTF-16 without a mark, little end first", russian, utf16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{"UTF-16 without a mark, big end first", russian, utf16(unicode.BigEndian, unicode.IgnoreBOM)},
		{"Windows-1251", russian, charmap.Windows1251},
		{"Windows-1252", portuguese, charmap.Windows1252},
	} {
		t.Run(c.name, func(t *testing.T) {
			data, err := c.in.NewEncoder().Bytes([]byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			table := readText(t, string(data))
			line := strings.Split(strings.Split(c.text, "\n")[1], ";")
			want := []desk.StockChange{{SKU: line[0], Name: line[1], Level: 4}}
			if diff := cmp.Diff(want, table.Levels); diff != "" {
				t.Errorf("%v\n%s", table.Problems, diff)
			}
		})
	}
}

func TestColumnsAreFoundByTheirHeaders(t *testing.T) {
	for headers, want := range map[string]desk.StockColumns{
		"SKU;Name;Stock":                      {SKU: "SKU", Name: "Name", Level: "Stock"},
		"Item number;Description;Qty on hand": {SKU: "Item number", Name: "Description", Level: "Qty on hand"},
		"Stock code;Product;Quantity":         {SKU: "Stock code", Name: "Product", Level: "Quantity"},
		"ID;SKU;Price;Available;Title":        {SKU: "SKU", Name: "Title", Level: "Available"},
		"Артикул;Номенклатура;Кол-во, шт.":    {SKU: "Артикул", Name: "Номенклатура", Level: "Кол-во, шт."},
		"Код товара;Название;Цена;Остаток на складе": {SKU: "Код товара", Name: "Название", Level: "Остаток на складе"},
		"Código;Descrição;Preço;Estoque":             {SKU: "Código", Name: "Descrição", Level: "Estoque"},
		"Referência;Designação;Qtd.":                 {SKU: "Referência", Name: "Designação", Level: "Qtd."},
		"Referencia;Artículo;Existencias":            {SKU: "Referencia", Name: "Artículo", Level: "Existencias"},
		"CÓDIGO;NOMBRE;CANTIDAD":                     {SKU: "CÓDIGO", Name: "NOMBRE", Level: "CANTIDAD"},
		"Kode Barang;Nama Barang;Jumlah Stok":        {SKU: "Kode Barang", Name: "Nama Barang", Level: "Jumlah Stok"},
		"code;level":                                 {SKU: "code", Level: "level"},
	} {
		t.Run(headers, func(t *testing.T) {
			if got := readText(t, headers+"\n1;1;1;1;1\n").Columns; got != want {
				t.Errorf("found %+v, want %+v", got, want)
			}
		})
	}
	t.Run("those that are asked for come first, in any letter case", func(t *testing.T) {
		table := readAs(t, "SKU;EAN;Stock;Reserve\nBT-39;400638133393;10;4\n", desk.StockColumns{SKU: "ean", Level: "reserve"})
		if got := levels(table); !slices.Equal(got, []string{"400638133393=4"}) {
			t.Errorf("read %v, %v", got, table.Problems)
		}
	})
	t.Run("one that is asked for and missing is not guessed", func(t *testing.T) {
		table := readAs(t, "SKU;Stock\nBT-39;10\n", desk.StockColumns{Level: "Free"})
		if want := []desk.StockProblem{{Code: desk.StockNoColumns, Column: "Free"}}; !slices.Equal(table.Problems, want) || table.Usable() {
			t.Errorf("got %v, want %v", table.Problems, want)
		}
	})
}

// A column of numbers is read as a whole: "1,000" is one or a thousand.
func TestNumbersAreReadAsTheColumnWritesThem(t *testing.T) {
	for name, c := range map[string]struct {
		cells []string
		want  []string // levels, or the codes of problems
	}{
		"whole":                          {[]string{"0", "7", "007", "+5", "12345"}, []string{"0", "7", "7", "5", "12345"}},
		"with zeros behind a comma":      {[]string{"4,0", "12,00"}, []string{"4", "12"}},
		"with zeros behind a point":      {[]string{"4.0", "12.", "0.000"}, []string{"4", "12", "0"}},
		"three digits behind a comma":    {[]string{"3,000", "0,000", "12,000"}, []string{"3", "0", "12"}},
		"thousands with commas":          {[]string{"950", "1,200", "12,000"}, []string{"950", "1200", "12000"}},
		"thousands with points":          {[]string{"1.200", "1.200,00"}, []string{"1200", "1200"}},
		"thousands with commas, parts":   {[]string{"1,200.00", "2,000"}, []string{"1200", "2000"}},
		"thousands with spaces":          {[]string{"1 200", "1\u00a0200", "1\u202f200,000", "1'200"}, []string{"1200", "1200", "1200", "1200"}},
		"one or a thousand":              {[]string{"1,200", "2,000"}, []string{"ambiguous", "ambiguous"}},
		"both at once":                   {[]string{"1,200", "0,5", "1,200,000"}, []string{"ambiguous", "not_whole", "too_many"}},
		"a part of a piece":              {[]string{"1.5", "0,25"}, []string{"not_whole", "not_whole"}},
		"fewer than none":                {[]string{"-1", "−2", "-0"}, []string{"negative", "negative", "0"}},
		"more than a reply has room for": {[]string{"99999", "100000", "99999999999999999999"}, []string{"99999", "too_many", "too_many"}},
		"no number":                      {[]string{"many", "5 10", "1,2,3", ">10", ".", "-", "1,2345.6", "5 pcs"}, []string{"no_number", "no_number", "no_number", "no_number", "no_number", "no_number", "no_number", "no_number"}},
		"nothing":                        {[]string{"", "3"}, []string{"no_level", "3"}},
	} {
		t.Run(name, func(t *testing.T) {
			var content strings.Builder
			content.WriteString("sku;stock\n")
			for i, cell := range c.cells {
				fmt.Fprintf(&content, "A%d;%s\n", i, cell)
			}
			table := readText(t, content.String())
			got := make([]string, len(c.cells))
			for _, l := range table.Levels {
				i, err := strconv.Atoi(strings.TrimPrefix(l.SKU, "A"))
				if err != nil {
					t.Fatal(err)
				}
				got[i] = fmt.Sprint(l.Level)
			}
			for _, p := range table.Problems {
				got[p.Line-2] = string(p.Code)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%q read as %q, want %q", c.cells, got, c.want)
			}
		})
	}
}

func TestABrokenRowIsNamedAndTheOthersTakeEffect(t *testing.T) {
	for name, c := range map[string]struct {
		rows    string // from line 2 on
		problem desk.StockProblem
		unclear []string
		unknown bool // which article it is
	}{
		"no SKU":                    {"A;1\n;5\nB;2", desk.StockProblem{Code: desk.StockNoSKU, Line: 3, Column: "Code"}, nil, true},
		"a long SKU":                {"A;1\n" + strings.Repeat("x", 65) + ";5\nB;2", desk.StockProblem{Code: desk.StockLongSKU, Line: 3, Column: "Code", Value: strings.Repeat("x", 60) + "…", Limit: 64}, nil, true},
		"no level":                  {"A;1\nC;\nB;2", desk.StockProblem{Code: desk.StockNoLevel, Line: 3, Column: "Left"}, []string{"c"}, false},
		"no number":                 {"A;1\nC;many\nB;2", desk.StockProblem{Code: desk.StockNoNumber, Line: 3, Column: "Left", Value: "many"}, []string{"c"}, false},
		"a negative one":            {"A;1\nC;-4\nB;2", desk.StockProblem{Code: desk.StockNegative, Line: 3, Column: "Left", Value: "-4"}, []string{"c"}, false},
		"an article twice":          {"C;4\nA;1\nB;2\nc ;5", desk.StockProblem{Code: desk.StockDuplicate, Line: 5, Column: "Code", Value: "c", Other: 2}, []string{"c"}, false},
		"a lonely quote":            {"A;1\n\"C;5\nB;2", desk.StockProblem{Code: desk.StockBrokenQuote, Line: 3, Value: `"C;5`}, nil, true},
		"after a cell of two lines": {"A;1;\"two\nlines\"\nC;x\nB;2", desk.StockProblem{Code: desk.StockNoNumber, Line: 4, Column: "Left", Value: "x"}, []string{"c"}, false},
		"a long name":               {"A;1\nC;4;" + strings.Repeat("n", 201) + "\nB;2", desk.StockProblem{Code: desk.StockLongName, Line: 3, Column: "Name", Value: strings.Repeat("n", 60) + "…", Limit: 200}, []string{"c"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			table := readAs(t, "Code;Left;Name\n"+c.rows+"\n", desk.StockColumns{Level: "Left"})
			if got := levels(table); !slices.Equal(got, []string{"A=1", "B=2"}) {
				t.Errorf("read %v", got)
			}
			if diff := cmp.Diff([]desk.StockProblem{c.problem}, table.Problems); diff != "" {
				t.Error(diff)
			}
			var unclear []string
			for key := range table.Unclear {
				unclear = append(unclear, key)
			}
			if !slices.Equal(unclear, c.unclear) || table.Anonymous != c.unknown {
				t.Errorf("unclear are %v, anonymous: %t", unclear, table.Anonymous)
			}
		})
	}
}

func TestAFileThatCannotBeReadSaysWhy(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		want    desk.StockProblem
	}{
		"nothing in it":        {"", desk.StockProblem{Code: desk.StockNoColumns, Column: "sku"}},
		"no headers":           {"BT-39;4\nSN-1;12\n", desk.StockProblem{Code: desk.StockNoColumns, Column: "sku"}},
		"no column of levels":  {"sku;price\nBT-39;4\n", desk.StockProblem{Code: desk.StockNoColumns, Column: "level"}},
		"no column of SKUs":    {"colour;stock\nred;4\n", desk.StockProblem{Code: desk.StockNoColumns, Column: "sku"}},
		"headers only":         {"sku;stock\n", desk.StockProblem{Code: desk.StockNoRows}},
		"no text":              {"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", desk.StockProblem{Code: desk.StockNoTable}},
		"an old workbook":      {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on", desk.StockProblem{Code: desk.StockOldWorkbook}},
		"a damaged workbook":   {"PK\x03\x04 and so on", desk.StockProblem{Code: desk.StockBadWorkbook}},
		"more than is read":    {"sku;stock\n" + strings.Repeat("x", stock.MaxFile), desk.StockProblem{Code: desk.StockTooLarge, Limit: stock.MaxFile}},
		"a line without end":   {"sku;stock\n" + strings.Repeat(";", 1<<20+1), desk.StockProblem{Code: desk.StockNoTable}},
		"the rows of a bomb":   {"sku;stock\n" + strings.Repeat("\n;", 2_000_000), desk.StockProblem{Code: desk.StockTooManyRows, Limit: stock.MaxRows}},
		"more rows than taken": {"sku;stock\n" + strings.Repeat("A;1\n", stock.MaxRows), desk.StockProblem{Code: desk.StockTooManyRows, Limit: stock.MaxRows}},
	} {
		t.Run(name, func(t *testing.T) {
			table := readText(t, c.content)
			if table.Usable() || !slices.Equal(table.Problems, []desk.StockProblem{c.want}) {
				t.Errorf("got %v, %v; want %v", levels(table), table.Problems, c.want)
			}
		})
	}
}

func TestColumnsFarToTheRightAreNotKept(t *testing.T) {
	headers, cells := []any{"sku", "stock"}, []any{"BT-39", 4}
	for range 2 * stock.MaxColumns {
		headers, cells = append(headers, "more"), append(cells, "x")
	}
	line := func(cells []any) string {
		return strings.Trim(strings.Join(strings.Fields(fmt.Sprint(cells)), ";"), "[]") + "\n"
	}
	for name, content := range map[string]string{
		"of a text":             line(headers) + line(cells),
		"of a line that is odd": line(headers) + line(append(cells, `3/4" pipe`)),
		"of a workbook":         string(workbook(t, [][]any{headers, cells})),
	} {
		t.Run(name, func(t *testing.T) {
			table := readText(t, content)
			if got := levels(table); !slices.Equal(got, []string{"BT-39=4"}) || len(table.Headers) != stock.MaxColumns || len(table.First[0]) != stock.MaxColumns {
				t.Errorf("read %v of %d headers and %d cells, want %d", got, len(table.Headers), len(table.First[0]), stock.MaxColumns)
			}
		})
	}
}

func TestAPreviewShowsTheFirstRows(t *testing.T) {
	table := readText(t, "Bell & Sons\n\nsku;stock\nA;1\n\nB;x\nC;3\nD;4\nE;5\nF;6\n")
	want := [][]string{{"A", "1"}, {"B", "x"}, {"C", "3"}, {"D", "4"}, {"E", "5"}}
	if !slices.Equal(table.Headers, []string{"sku", "stock"}) || !cmp.Equal(table.First, want) {
		t.Errorf("shown are %v and %v", table.Headers, table.First)
	}
}

// What is written by the rules comes back, whatever stands in it.
func TestWhatIsWrittenComesBack(t *testing.T) {
	cell := rapid.StringMatching(`[A-Za-zА-я0-9 ,;"'\n-]{0,12}`)
	rapid.Check(t, func(rt *rapid.T) {
		names := rapid.SliceOfN(cell, 1, 8).Draw(rt, "names")
		sep := rapid.SampledFrom([]string{",", ";", "\t"}).Draw(rt, "separator")
		var b bytes.Buffer
		b.WriteString("sku" + sep + "name" + sep + "stock\n")
		for i, n := range names {
			fmt.Fprintf(&b, "A%d%s\"%s\"%s%d\n", i, sep, strings.ReplaceAll(n, `"`, `""`), sep, i)
		}
		table := readText(t, b.String())
		if len(table.Problems) > 0 || len(table.Levels) != len(names) {
			rt.Fatalf("%q read as %+v, %v", b.String(), table.Levels, table.Problems)
		}
		for i, l := range table.Levels {
			if l.Level != i || l.Name != strings.Join(strings.Fields(names[i]), " ") {
				rt.Errorf("row %d read as %+v", i, l)
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"sku;stock\nA;1\n", "sep=;\nsku;stock\n\"A;1\n", "\xff\xfes\x00k\x00u\x00", "\xc0\xf0\xf2\xe8\xea\xf3\xeb;\xce\xf1\xf2\xe0\xf2\xee\xea\nA;1,5\n", "PK\x03\x04"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := stock.Read(data, desk.StockColumns{})
		if err != nil {
			t.Fatal(err)
		}
		updates, err := stock.Split(table.Levels)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range updates {
			if err := stock.Check(u); err != nil {
				t.Errorf("what is read makes no update: %v", err)
			}
		}
	})
}
