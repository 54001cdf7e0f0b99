package host

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"

	"shopbell/core/desk"
	"shopbell/core/staff"
	"shopbell/core/stock"
	"shopbell/core/store"
)

// StockError says why nothing of a stock file takes effect.
type StockError struct {
	Path    string
	Problem desk.StockProblem
}

func (e *StockError) Error() string {
	return fmt.Sprintf("host: nothing of %s can be used: %s", e.Path, e.Problem)
}

// ImportStock puts the levels of a stock file in force in a data folder, once,
// whether or not a desk has it open: a running desk takes them up at once. Articles
// that the file does not name keep their levels. It returns how many articles it
// changed and the problems of the rows that did not take effect; a *StockError
// where nothing does. It makes the desk's file where there is none, as ImportRules
// does; ErrInUse as there.
func ImportStock(ctx context.Context, dataDir string, f desk.StockFile) (changed int, problems []desk.StockProblem, err error) {
	full, err := filepath.Abs(f.Path)
	if err != nil {
		return 0, nil, err
	}
	c := stock.Open(full)
	if c.State != desk.StockFileGood {
		return 0, nil, &StockError{f.Path, c.Problem}
	}
	table, err := stock.Read(c.Data, f.Columns)
	if err != nil {
		return 0, nil, err
	}
	if !table.Usable() {
		return 0, table.Problems, &StockError{f.Path, table.Problems[0]}
	}
	updates, err := stock.Split(table.Levels)
	if err != nil {
		return 0, nil, err
	}
	entry := staff.AuditEntry{Action: "stock.import", Subject: stockSubject, Allowed: true}
	err = change(ctx, dataDir, func(db *store.DB) error {
		changed, err = db.ImportStock(ctx, updates, desk.StockByPerson, func(tx *store.Tx) error { return tx.Audit(entry) })
		return err
	})
	return changed, table.Problems, err
}

// ListStock returns the articles of a data folder whose SKU or name has search in
// it, by SKU. It changes nothing, and may be called while a desk has the folder
// open. Errors are those of ExportRules.
func ListStock(ctx context.Context, dataDir, search string) (list []desk.Article, err error) {
	if _, err := standing(ctx, dataDir); err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, filepath.Join(dataDir, store.FileName), store.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	err = db.View(ctx, func(r *store.Reader) (err error) {
		list, _, err = r.Articles(search, "", math.MaxInt)
		return err
	})
	return list, err
}
