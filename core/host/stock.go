package host

import (
	"cmp"
	"context"
	"path/filepath"

	"shopbell/core/desk"
	"shopbell/core/staff"
	"shopbell/core/stock"
	"shopbell/core/store"
)

const stockSubject = "stock" // of audit entries

// Articles implements desk.Stock.
func (h *Host) Articles(ctx context.Context, who desk.Actor, q desk.StockQuery) (page desk.StockPage, err error) {
	if err := h.allow(ctx, who, staff.SeeStock, "stock.see", stockSubject); err != nil {
		return page, err
	}
	if q.Limit < 0 || q.Limit > desk.MaxStockPage {
		return page, &desk.Error{Code: desk.Invalid, Field: "limit", Limit: desk.MaxStockPage}
	}
	err = h.db.View(ctx, func(r *store.Reader) (err error) {
		page.Articles, page.Next, err = r.Articles(q.Search, q.After, cmp.Or(q.Limit, usualStockPage))
		return err
	})
	if err == nil {
		err = h.loadStock(ctx) // what is seen is in force
	}
	return page, fault(err)
}

const usualStockPage = 100

// SetLevels implements desk.Stock.
func (h *Host) SetLevels(ctx context.Context, who desk.Actor, changes []desk.StockChange) error {
	if err := h.allow(ctx, who, staff.EditStock, "stock.set", stockSubject); err != nil {
		return err
	}
	return h.setLevels(ctx, changes, desk.StockByPerson, done(who, "stock.set", stockSubject))
}

// setLevels is one content update; it is in force when it returns.
func (h *Host) setLevels(ctx context.Context, changes []desk.StockChange, origin desk.StockOrigin, entry staff.AuditEntry) error {
	if err := stock.Check(changes); err != nil {
		return err
	}
	if err := h.db.Update(ctx, func(tx *store.Tx) error {
		if n, err := tx.SetStock(changes, origin); err != nil || n == 0 {
			return err
		}
		return tx.Audit(entry)
	}); err != nil {
		return fault(err)
	}
	return fault(h.loadStock(ctx))
}

// StockReport implements desk.Stock.
func (h *Host) StockReport(ctx context.Context, who desk.Actor) (desk.StockReport, error) {
	if err := h.allow(ctx, who, staff.SeeStock, "stock.see", stockSubject); err != nil {
		return desk.StockReport{}, err
	}
	return h.shelf.read(), nil
}

// PreviewStock implements desk.Stock.
func (h *Host) PreviewStock(ctx context.Context, who desk.Actor, f desk.StockFile) (desk.StockPreview, error) {
	if err := h.allow(ctx, who, staff.EditStock, "stock.preview", stockSubject); err != nil {
		return desk.StockPreview{}, err
	}
	preview, err := previewStock(f)
	return preview, fault(err)
}

func previewStock(f desk.StockFile) (p desk.StockPreview, err error) {
	c := openStock(f.Path)
	if c.State != desk.StockFileGood {
		p.Problems, p.Broken = []desk.StockProblem{c.Problem}, 1
		return p, nil
	}
	table, err := stock.Read(c.Data, f.Columns)
	if err != nil {
		return p, err
	}
	p = desk.StockPreview{
		Headers: table.Headers, First: table.First, Columns: table.Columns, Sheets: table.Sheets,
		Rows: len(table.Levels) + len(table.Unclear), Usable: table.Usable(),
	}
	p.Problems, p.Broken = listed(table.Problems)
	return p, nil
}

// openStock reads a file; a path that is not whole names none.
func openStock(path string) stock.Content {
	if !filepath.IsAbs(path) {
		return stock.Content{State: desk.StockFileUnusable, Problem: desk.StockProblem{Code: desk.StockNotAFilePath}}
	}
	return stock.Open(path)
}

// listed is as much of the problems as a report has room for, and how many there are.
func listed(all []desk.StockProblem) ([]desk.StockProblem, int) {
	return all[:min(len(all), desk.MaxStockProblems)], len(all)
}

// Settings of the stock file.
const (
	stockPath  = "stock.path"
	stockSKU   = "stock.column.sku"
	stockLevel = "stock.column.level"
	stockName  = "stock.column.name"
	stockSheet = "stock.sheet"
)

// SetStockFile implements desk.Stock. The columns that were guessed are remembered:
// one that is renamed later is missed, and not taken for another.
func (h *Host) SetStockFile(ctx context.Context, who desk.Actor, f desk.StockFile) error {
	if err := h.allow(ctx, who, staff.EditStock, "stock.set_file", stockSubject); err != nil {
		return err
	}
	if f.Path == "" {
		f = desk.StockFile{}
	} else {
		f.Path = filepath.Clean(f.Path)
		preview, err := previewStock(f)
		if err != nil {
			return fault(err)
		}
		if !preview.Usable {
			return &desk.Error{Code: desk.Invalid, Field: "path"}
		}
		f.Columns = preview.Columns
	}
	h.shelf.choosing.Lock()
	defer h.shelf.choosing.Unlock()
	if err := h.db.Update(ctx, func(tx *store.Tx) error {
		if err := set(tx, map[string]string{
			stockPath: f.Path, stockSKU: f.Columns.SKU, stockLevel: f.Columns.Level, stockName: f.Columns.Name, stockSheet: f.Columns.Sheet,
		}); err != nil {
			return err
		}
		return tx.Audit(done(who, "stock.set_file", stockSubject))
	}); err != nil {
		return fault(err)
	}
	return h.watchStock(f)
}
