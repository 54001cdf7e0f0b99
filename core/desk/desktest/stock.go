package desktest

import (
	"cmp"
	"context"
	"crypto/rand"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"shopbell/core/desk"
	"shopbell/core/stock"
)

// Articles keeps the contract of desk.Stock.
func (f *Fake) Articles(ctx context.Context, _ desk.Actor, q desk.StockQuery) (page desk.StockPage, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "Articles"); err != nil {
		return page, err
	}
	if q.Limit < 0 || q.Limit > desk.MaxStockPage {
		return page, &desk.Error{Code: desk.Invalid, Field: "limit", Limit: desk.MaxStockPage}
	}
	last := ""
	for _, key := range slices.Sorted(maps.Keys(f.articles)) {
		a, search := f.articles[key], desk.StockKey(q.Search)
		if key <= q.After || !strings.Contains(key, search) && !strings.Contains(desk.StockKey(a.Name), search) {
			continue
		}
		if len(page.Articles) == cmp.Or(q.Limit, 100) {
			page.Next = last
			break
		}
		page.Articles, last = append(page.Articles, a), key
	}
	return page, nil
}

// SetLevels keeps the contract of desk.Stock.
func (f *Fake) SetLevels(ctx context.Context, _ desk.Actor, changes []desk.StockChange) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "SetLevels"); err != nil {
		return err
	}
	if err := stock.Check(changes); err != nil {
		return err
	}
	f.setLevels(changes, desk.StockByPerson)
	return nil
}

// setLevels stores changes and tells of them. The caller holds mu.
func (f *Fake) setLevels(changes []desk.StockChange, origin desk.StockOrigin) {
	for _, c := range changes {
		key := desk.StockKey(c.SKU)
		if c.Forget {
			delete(f.articles, key)
			continue
		}
		f.articles[key] = desk.Article{
			SKU: strings.TrimSpace(c.SKU), Name: cmp.Or(c.Name, f.articles[key].Name), Level: c.Level, Origin: origin, At: f.Now(),
		}
	}
	f.announce(desk.EventStock, 0, 0)
}

// StockReport keeps the contract of desk.Stock.
func (f *Fake) StockReport(ctx context.Context, _ desk.Actor) (desk.StockReport, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "StockReport"); err != nil {
		return desk.StockReport{}, err
	}
	r := f.stock
	r.State = cmp.Or(r.State, desk.StockFileNone)
	return r, nil
}

// SetStockReport changes how the watched file stands.
func (f *Fake) SetStockReport(r desk.StockReport) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.stock = r
	f.announce(desk.EventStock, 0, 0)
}

// PreviewStock keeps the contract of desk.Stock.
func (f *Fake) PreviewStock(ctx context.Context, _ desk.Actor, file desk.StockFile) (desk.StockPreview, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "PreviewStock"); err != nil {
		return desk.StockPreview{}, err
	}
	p, _, err := preview(file)
	return p, err
}

func preview(file desk.StockFile) (p desk.StockPreview, t *stock.Table, err error) {
	c := stock.Content{Problem: desk.StockProblem{Code: desk.StockNotAFilePath}}
	if filepath.IsAbs(file.Path) {
		c = stock.Open(file.Path)
	}
	if c.State != desk.StockFileGood {
		p.Problems, p.Broken = []desk.StockProblem{c.Problem}, 1
		return p, nil, nil
	}
	if t, err = stock.Read(c.Data, file.Columns); err != nil {
		return p, nil, err
	}
	return desk.StockPreview{
		Headers: t.Headers, First: t.First, Columns: t.Columns, Sheets: t.Sheets, Rows: len(t.Levels) + len(t.Unclear),
		Problems: t.Problems, Broken: len(t.Problems), Usable: t.Usable(),
	}, t, nil
}

// SetStockFile keeps the contract of desk.Stock; the file is read once.
func (f *Fake) SetStockFile(ctx context.Context, _ desk.Actor, file desk.StockFile) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "SetStockFile"); err != nil {
		return err
	}
	if file.Path == "" {
		f.stock = desk.StockReport{}
		f.announce(desk.EventStock, 0, 0)
		return nil
	}
	p, t, err := preview(file)
	if err != nil {
		return err
	}
	if !p.Usable {
		return &desk.Error{Code: desk.Invalid, Field: "path"}
	}
	file.Columns = p.Columns
	changes := stock.Diff(t, slices.Collect(maps.Values(f.articles)))
	f.stock = desk.StockReport{
		File: file, State: desk.StockFileGood, At: f.Now(), Columns: p.Columns, Rows: p.Rows, Changed: len(changes), Problems: p.Problems, Broken: p.Broken,
	}
	if p.Broken > 0 {
		f.stock.State = desk.StockFilePartly
	}
	f.setLevels(changes, desk.StockByFile)
	return nil
}

// LocalAPI keeps the contract of desk.Stock.
func (f *Fake) LocalAPI(ctx context.Context, _ desk.Actor) (desk.LocalAPI, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "LocalAPI"); err != nil {
		return desk.LocalAPI{}, err
	}
	return f.localAPI(), nil
}

func (f *Fake) localAPI() desk.LocalAPI {
	state := f.local
	state.Given = f.health.Sandbox
	return state
}

// SetLocalAPI keeps the contract of desk.Stock; nothing listens.
func (f *Fake) SetLocalAPI(ctx context.Context, _ desk.Actor, on bool) (desk.LocalAPI, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enterSetup(ctx, "SetLocalAPI"); err != nil {
		return desk.LocalAPI{}, err
	}
	f.local = desk.LocalAPI{}
	if on {
		f.local = desk.LocalAPI{On: true, Address: "http://" + desk.UsualAPIListen, Token: desk.Secret(rand.Text())}
	}
	return f.localAPI(), nil
}
