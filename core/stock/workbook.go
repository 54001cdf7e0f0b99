package stock

import (
	"archive/zip"
	"bytes"
	"errors"

	"github.com/xuri/excelize/v2"

	"shopbell/core/desk"
)

// A small file may hold a huge workbook: maxUnpacked bounds it, in bytes, and a part
// of it over maxInMemory is unpacked onto the disk for as long as it is read.
const (
	maxUnpacked = 128 << 20
	maxInMemory = 16 << 20
)

// readWorkbook makes rows of a sheet; of the first one where sheet is "". A code
// says why it cannot.
func readWorkbook(data []byte, sheet string) (rows []row, sheets []string, code desk.StockProblemCode, err error) {
	if unpacked(data) > maxUnpacked {
		return nil, nil, desk.StockTooLarge, nil
	}
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxInMemory})
	if err != nil { // the packer's words for damage and for a password: nothing a person could do by them
		return nil, nil, desk.StockBadWorkbook, nil
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	sheets = book.GetSheetList()
	if sheet == "" && len(sheets) > 0 {
		sheet = sheets[0]
	}
	if i, err := book.GetSheetIndex(sheet); err != nil || i < 0 {
		return nil, sheets, desk.StockNoSheet, nil
	}
	rows, ok := readSheet(book, sheet)
	switch {
	case !ok:
		return nil, sheets, desk.StockBadWorkbook, nil
	case len(rows) > MaxRows:
		return nil, sheets, desk.StockTooManyRows, nil
	}
	return rows, sheets, "", nil
}

// unpacked is how large a workbook says that it is once it is unpacked, in bytes;
// 0 for what is no archive. One that says less than it is, is damaged.
func unpacked(data []byte) (size uint64) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return 0
	}
	for _, part := range archive.File {
		size += min(part.UncompressedSize64, maxUnpacked+1)
	}
	return size
}

// readSheet walks a sheet twice at once: an article's number is wanted as it is
// shown (00123), a level as it is stored (1234.0, whatever it is shown as). ok is
// false where the sheet is damaged. It stops one row after MaxRows.
func readSheet(book *excelize.File, sheet string) (rows []row, ok bool) {
	shown, err := book.Rows(sheet)
	if err != nil {
		return nil, false
	}
	defer shown.Close()
	stored, err := book.Rows(sheet)
	if err != nil {
		return nil, false
	}
	defer stored.Close()
	for line := 1; shown.Next() && stored.Next(); line++ {
		cells, err := shown.Columns()
		if err != nil {
			return nil, false
		}
		raw, err := stored.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, false
		}
		if len(cells) == 0 {
			continue
		}
		if rows = append(rows, row{line: line, cells: narrow(cells), raw: narrow(raw)}); len(rows) > MaxRows {
			break
		}
	}
	return rows, shown.Error() == nil && stored.Error() == nil
}
