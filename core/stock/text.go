package stock

import (
	"shopbell/core/desk"
	"shopbell/core/table"
)

// row is one record of a table.
type row struct {
	line  int // where it begins, from 1
	cells []string
	// raw are the cells as a workbook stores them; nil in a text.
	raw []string
	// broken is why there are no cells: a quotation mark without its partner.
	broken bool
}

// readText makes rows of a text file.
func readText(data []byte) ([]row, desk.StockProblemCode) {
	read, ok := table.Read(data, MaxRows+1) // one more tells that there are too many
	if !ok {
		return nil, desk.StockNoTable
	}
	rows := make([]row, len(read))
	for i, r := range read {
		rows[i] = row{line: r.Line, cells: narrow(r.Cells), broken: r.Broken}
	}
	return rows, ""
}
