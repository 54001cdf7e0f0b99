package stock

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"shopbell/core/desk"
	"shopbell/core/table"
)

const (
	// MaxFile bounds a stock file, in bytes, and MaxRows its rows. Limits of the
	// desk: some twenty times what a large shop needs.
	MaxFile = 20 << 20
	MaxRows = 100_000
	// MaxColumns is how many columns are looked at: a workbook of a few kilobytes may
	// have 16,384 in every row.
	MaxColumns = 128
)

// Table is a stock file that was read.
type Table struct {
	Sheets  []string // of a workbook
	Headers []string // of the row that has the columns; else the first row with text
	First   [][]string
	Columns desk.StockColumns // that were found, by their headers
	// Levels are what the good rows say, in the order of the file.
	Levels []desk.StockChange
	// Problems by line. One whose Line is 0 is of the file: then there are no levels.
	Problems []desk.StockProblem
	// Unclear are the keys (desk.StockKey) of the articles that only broken rows
	// name: they keep the last good level.
	Unclear map[string]bool
	// Anonymous: a broken row names no article, so that it cannot be told which are
	// missing in the file.
	Anonymous bool
}

// Usable reports whether anything of the file can take effect.
func (t *Table) Usable() bool { return len(t.Levels) > 0 }

// firstRows is how many rows a Table shows as they stand.
const firstRows = 5

var (
	zipMark = []byte("PK\x03\x04")
	oleMark = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") // .xls, and a workbook with a password
)

// Read reads a stock file by its content: a text with commas, semicolons or tabs
// between its cells, in any encoding that decode knows, or an .xlsx workbook. What
// is wrong is under Problems; a row that is broken does not keep the others from
// taking effect. The error is the system's.
func Read(data []byte, want desk.StockColumns) (t *Table, err error) {
	t = &Table{Unclear: map[string]bool{}}
	var rows []row
	var code desk.StockProblemCode
	switch {
	case len(data) > MaxFile:
		return t.refuse(desk.StockProblem{Code: desk.StockTooLarge, Limit: MaxFile}), nil
	case bytes.HasPrefix(data, zipMark):
		if rows, t.Sheets, code, err = readWorkbook(data, want.Sheet); err != nil {
			return nil, err
		}
	case bytes.HasPrefix(data, oleMark):
		code = desk.StockOldWorkbook
	default:
		rows, code = readText(data)
	}
	switch {
	case code == desk.StockNoSheet:
		return t.refuse(desk.StockProblem{Code: code, Value: table.Excerpt(want.Sheet)}), nil
	case code == desk.StockTooManyRows, code == "" && len(rows) > MaxRows:
		return t.refuse(desk.StockProblem{Code: desk.StockTooManyRows, Limit: MaxRows}), nil
	case code == desk.StockTooLarge:
		return t.refuse(desk.StockProblem{Code: code, Limit: maxUnpacked}), nil
	case code != "":
		return t.refuse(desk.StockProblem{Code: code}), nil
	}
	t.read(rows, want)
	return t, nil
}

func (t *Table) refuse(p desk.StockProblem) *Table {
	t.Levels, t.Problems = nil, []desk.StockProblem{p}
	return t
}

func (t *Table) read(rows []row, want desk.StockColumns) {
	at, p := header(rows, want)
	if at < 0 {
		t.show(rows, max(0, slices.IndexFunc(rows, func(r row) bool { return !r.empty() })))
		missing := cmp.Or(want.SKU, "sku")
		if p.sku >= 0 {
			missing = cmp.Or(want.Level, "level")
		}
		t.refuse(desk.StockProblem{Code: desk.StockNoColumns, Column: missing})
		return
	}
	t.show(rows, at)
	t.Columns = desk.StockColumns{SKU: rows[at].cell(p.sku), Level: rows[at].cell(p.level), Name: rows[at].cell(p.name), Sheet: want.Sheet}
	rows = rows[at+1:]
	var n numbers
	for _, r := range rows {
		if _, _, ok := inWorkbook(r.stored(p.level)); !ok {
			n.learn(r.cell(p.level))
		}
	}
	seen := map[string]*entry{}
	var order []*entry
	for _, r := range rows {
		if e := t.take(r, p, &n, seen); e != nil {
			order = append(order, e)
		}
	}
	for _, e := range order {
		if e.bad {
			t.Unclear[desk.StockKey(e.change.SKU)] = true
		} else {
			t.Levels = append(t.Levels, e.change)
		}
	}
	if len(t.Levels) == 0 && len(t.Problems) == 0 {
		t.refuse(desk.StockProblem{Code: desk.StockNoRows})
	}
}

// show keeps a row of headers and what stands under it for a person to look at.
func (t *Table) show(rows []row, at int) {
	if at >= len(rows) {
		return
	}
	t.Headers = rows[at].cells
	for _, r := range rows[at+1:] {
		if len(t.First) == firstRows {
			return
		}
		if !r.empty() {
			t.First = append(t.First, r.cells)
		}
	}
}

// entry is an article of the file.
type entry struct {
	change desk.StockChange
	line   int
	bad    bool // a row of it is broken
}

// take reads one row. It returns the entry of an article that was not met before.
func (t *Table) take(r row, p place, n *numbers, seen map[string]*entry) *entry {
	fault := func(code desk.StockProblemCode, column, value string, limit, other int) {
		t.Problems = append(t.Problems, desk.StockProblem{
			Code: code, Line: r.line, Column: column, Value: table.Excerpt(value), Limit: limit, Other: other,
		})
	}
	if r.broken {
		fault(desk.StockBrokenQuote, "", r.cells[0], 0, 0)
		t.Anonymous = true
		return nil
	}
	c := desk.StockChange{SKU: r.cell(p.sku), Name: oneLine(r.cell(p.name))}
	shown := r.cell(p.level)
	if c.SKU == "" && shown == "" {
		return nil // a line between groups: it counts nothing
	}
	level, code, ok := inWorkbook(r.stored(p.level))
	if !ok {
		level, code = n.level(shown)
	}
	limit, column, value := 0, t.Columns.Level, shown
	if code == desk.StockTooMany {
		limit = desk.MaxStockLevel
	}
	c.Level = level
	if wrong, most := faultOf(c); wrong != "" && (code == "" || wrong == desk.StockNoSKU || wrong == desk.StockLongSKU) {
		code, limit, column, value = wrong, most, t.Columns.SKU, c.SKU
		if wrong == desk.StockLongName {
			column, value = t.Columns.Name, c.Name
		}
	}
	if code == desk.StockNoSKU || code == desk.StockLongSKU {
		fault(code, column, value, limit, 0)
		t.Anonymous = true
		return nil
	}
	e, met := seen[desk.StockKey(c.SKU)]
	if !met {
		e = &entry{change: c, line: r.line}
		seen[desk.StockKey(c.SKU)] = e
	}
	switch {
	case code != "":
		fault(code, column, value, limit, 0)
		e.bad = true
	case met:
		// Which of the two is right, nobody can tell here.
		fault(desk.StockDuplicate, t.Columns.SKU, c.SKU, 0, e.line)
		e.bad = true
	}
	if met {
		return nil
	}
	return e
}

// narrow lets go of the columns that are not looked at.
func narrow(cells []string) []string {
	if len(cells) <= MaxColumns {
		return cells
	}
	return slices.Clone(cells[:MaxColumns])
}

// cell returns a cell without spaces around it, "" where the row has none at i.
func (r row) cell(i int) string {
	if i < 0 || i >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[i])
}

// stored returns a cell as a workbook stores it, "" in a text.
func (r row) stored(i int) string {
	if i < 0 || i >= len(r.raw) {
		return ""
	}
	return r.raw[i]
}

func (r row) empty() bool {
	return !slices.ContainsFunc(r.cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// oneLine makes one line of a cell that was written in several.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
