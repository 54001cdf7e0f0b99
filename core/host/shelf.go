package host

import (
	"context"
	"sync"
	"time"

	"shopbell/core/desk"
	"shopbell/core/staff"
	"shopbell/core/stock"
	"shopbell/core/store"
)

// stockEvery is how often a running desk looks whether another program (the
// command line) changed levels.
const stockEvery = 250 * time.Millisecond

// shelf is what the desk knows of stock: the levels in force, and the file that is
// watched.
type shelf struct {
	levels stock.Levels

	loading  sync.Mutex // of who brings levels up to the file
	revision int64      // that they are of; guarded by loading

	choosing sync.Mutex         // of who changes what is watched
	stop     context.CancelFunc // of the watching; nil: nothing is watched
	ended    chan struct{}      // closed when it has ended
	hatch    *hatch             // nil: the local API has no listener of its own; guarded by choosing

	mu     sync.Mutex
	report desk.StockReport
}

func (s *shelf) read() desk.StockReport {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.report
}

// openShelf puts the levels of the file in force, and finds what was watched.
func (h *Host) openShelf(ctx context.Context) error {
	if err := h.loadStock(ctx); err != nil {
		return err
	}
	f, err := storedStockFile(ctx, h.db)
	h.shelf.report = desk.StockReport{File: f, State: desk.StockFileNone}
	return err
}

func storedStockFile(ctx context.Context, db *store.DB) (f desk.StockFile, err error) {
	err = db.View(ctx, func(r *store.Reader) (err error) {
		for name, to := range map[string]*string{
			stockPath: &f.Path, stockSKU: &f.Columns.SKU, stockLevel: &f.Columns.Level, stockName: &f.Columns.Name, stockSheet: &f.Columns.Sheet,
		} {
			if *to, err = r.Setting(name); err != nil {
				return err
			}
		}
		return nil
	})
	return f, err
}

// loadStock puts in force what changed in the file since the last time, whoever
// changed it, and tells of it.
func (h *Host) loadStock(ctx context.Context) error {
	h.shelf.loading.Lock()
	defer h.shelf.loading.Unlock()
	rows, now, err := h.db.StockSince(ctx, h.shelf.revision)
	if err != nil || len(rows) == 0 {
		return err
	}
	for _, r := range rows {
		if r.Known {
			h.shelf.levels.Set(r.Key, r.Level)
		} else {
			h.shelf.levels.Forget(r.Key)
		}
	}
	h.shelf.revision = now
	h.feed.publish(desk.Event{Kind: desk.EventStock})
	return nil
}

// followStock takes up levels that other programs changed, until ctx ends.
func (h *Host) followStock(ctx context.Context) error {
	return h.poll(ctx, stockEvery, "Levels not loaded; the ones before stay in force", h.loadStock)
}

// watchStock watches a file in place of another. The caller holds choosing, or is
// alone.
func (h *Host) watchStock(f desk.StockFile) error {
	if h.shelf.stop != nil {
		h.shelf.stop()
		<-h.shelf.ended
		h.shelf.stop = nil
	}
	if f.Path == "" {
		h.reportStock(desk.StockReport{State: desk.StockFileNone})
		return nil
	}
	h.reportStock(desk.StockReport{File: f, State: desk.StockFileReading})
	ctx, stop := context.WithCancel(h.base)
	ended := make(chan struct{})
	told := false // that it cannot be stored: once, not at every try
	w := stock.Watcher{Path: f.Path, Found: func(ctx context.Context, c stock.Content) error {
		err := h.stockFound(ctx, f, c)
		if err != nil && ctx.Err() == nil && !told {
			h.log.Error("Levels of the stock file not stored; tried again", "error", err)
		}
		told = err != nil
		return err
	}}
	err := h.begin("stock file", func(context.Context) error {
		defer close(ended)
		w.Run(ctx)
		return nil
	})
	if err != nil {
		stop()
		return err
	}
	h.shelf.stop, h.shelf.ended = stop, ended
	return nil
}

// stockFound takes up what stands in the watched file. After an error it is given
// the same again.
func (h *Host) stockFound(ctx context.Context, f desk.StockFile, c stock.Content) error {
	before := h.shelf.read()
	r := desk.StockReport{File: f, State: c.State, At: before.At, Columns: before.Columns, Rows: before.Rows}
	if c.Problem.Code != "" {
		r.Problems, r.Broken = []desk.StockProblem{c.Problem}, 1
	}
	if c.State != desk.StockFileGood {
		if before.State != c.State || before.State == desk.StockFileUnusable {
			h.log.Warn("The stock file cannot be read; the levels stay", "state", c.State, "problem", c.Problem.Code)
			h.reportStock(r)
		}
		return nil
	}
	table, err := stock.Read(c.Data, f.Columns)
	if err != nil {
		return err
	}
	changed, err := takeStock(ctx, h.db, table, staff.AuditEntry{Action: "stock.read_file", Subject: stockSubject, Allowed: true})
	if err == nil {
		err = h.loadStock(ctx)
	}
	if err != nil {
		h.noteRoom(err)
		if before.State != desk.StockFileReading && ctx.Err() == nil {
			r.State = desk.StockFileReading
			h.reportStock(r)
		}
		return err
	}
	r.At, r.Columns, r.Rows, r.Changed = h.now(), table.Columns, len(table.Levels)+len(table.Unclear), changed
	r.Problems, r.Broken = listed(table.Problems)
	switch {
	case !table.Usable():
		r.State = desk.StockFileUnusable
	case r.Broken > 0:
		r.State = desk.StockFilePartly
	}
	h.log.Info("Stock file read", "state", r.State, "rows", r.Rows, "changed", r.Changed, "broken", r.Broken)
	h.reportStock(r)
	return nil
}

// takeStock stores what a table changes, and returns how many articles that are.
func takeStock(ctx context.Context, db *store.DB, table *stock.Table, entry staff.AuditEntry) (changed int, err error) {
	rows, _, err := db.StockSince(ctx, 0)
	if err != nil {
		return 0, err
	}
	var known []desk.Article
	for _, r := range rows {
		if r.Known {
			known = append(known, r.Article)
		}
	}
	updates, err := stock.Split(stock.Diff(table, known))
	if err != nil {
		return 0, err
	}
	return db.ImportStock(ctx, updates, desk.StockByFile, func(tx *store.Tx) error { return tx.Audit(entry) })
}

// reportStock shows how the watched file stands.
func (h *Host) reportStock(r desk.StockReport) {
	h.shelf.mu.Lock()
	h.shelf.report = r
	h.shelf.mu.Unlock()
	h.feed.publish(desk.Event{Kind: desk.EventStock})
}
