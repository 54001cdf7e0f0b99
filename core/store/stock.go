package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"shopbell/core/desk"
)

// StockRow is one article. One that was forgotten is not Known, and stays so that
// whoever read its level before learns of it.
type StockRow struct {
	Key   string // desk.StockKey
	Known bool
	desk.Article
}

// SetStock stores one content update and returns how many articles it changed:
// what stands already is no change. The caller has checked the changes, and names
// no article twice.
func (tx *Tx) SetStock(changes []desk.StockChange, origin desk.StockOrigin) (changed int, err error) {
	var revision int64
	if err := tx.row("SELECT coalesce(max(revision), 0) + 1 FROM stock", nil, &revision); err != nil {
		return 0, err
	}
	for _, c := range changes {
		next, err := tx.nextStock(c, origin)
		if err != nil {
			return 0, err
		}
		if next == nil {
			continue
		}
		var level any
		if next.Known {
			level = next.Level
		}
		_, err = tx.exec(`INSERT INTO stock (key, sku, name, level, origin, at, revision) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (key) DO UPDATE SET sku = excluded.sku, name = excluded.name, level = excluded.level,
			origin = excluded.origin, at = excluded.at, revision = excluded.revision`,
			next.Key, next.SKU, next.Name, level, next.Origin, ms(next.At), revision)
		if err != nil {
			return 0, err
		}
		changed++
	}
	if changed > 0 {
		tx.note(Change{Kind: StockChanged})
	}
	return changed, nil
}

// nextStock is the row of an article after a change; nil where it changes nothing.
func (tx *Tx) nextStock(c desk.StockChange, origin desk.StockOrigin) (*StockRow, error) {
	key := desk.StockKey(c.SKU)
	var old StockRow
	err := tx.rows(stockColumns+" WHERE key = ?", []any{key}, old.scan)
	if err != nil {
		return nil, err
	}
	next := StockRow{Key: key, Known: !c.Forget, Article: desk.Article{
		SKU: strings.TrimSpace(c.SKU), Name: c.Name, Level: c.Level, Origin: origin, At: fromMS(ms(tx.now)),
	}}
	switch {
	case c.Forget && !old.Known:
		return nil, nil
	case c.Forget:
		next.Name, next.Level = "", 0
	case next.Name == "" && old.Known:
		next.Name = old.Name
	}
	same := old
	same.At = next.At
	if next == same {
		return nil, nil
	}
	return &next, nil
}

const stockColumns = "SELECT key, sku, name, level, origin, at FROM stock"

// scan reads a row of stockColumns.
func (s *StockRow) scan(rows *sql.Rows) error {
	var level sql.NullInt64
	var at int64
	err := rows.Scan(&s.Key, &s.SKU, &s.Name, &level, &s.Origin, &at)
	s.Known, s.Level, s.At = level.Valid, int(level.Int64), fromMS(at)
	return err
}

func (r *Reader) stock(q string, args ...any) (list []StockRow, err error) {
	err = r.rows(q, args, func(rows *sql.Rows) error {
		var s StockRow
		err := s.scan(rows)
		list = append(list, s)
		return err
	})
	return list, err
}

// StockSince returns the articles that changed after a revision, forgotten ones
// too, and the revision they are of.
func (db *DB) StockSince(ctx context.Context, revision int64) (list []StockRow, now int64, err error) {
	err = db.View(ctx, func(r *Reader) error {
		if err := r.row("SELECT coalesce(max(revision), 0) FROM stock", nil, &now); err != nil {
			return err
		}
		list, err = r.stock(stockColumns+" WHERE revision > ?", revision)
		return err
	})
	return list, now, err
}

// Article returns what is known of an article; ErrNotFound.
func (r *Reader) Article(sku string) (desk.Article, error) {
	list, err := r.stock(stockColumns+" WHERE key = ? AND level IS NOT NULL", desk.StockKey(sku))
	if err != nil {
		return desk.Article{}, err
	}
	if len(list) == 0 {
		return desk.Article{}, ErrNotFound
	}
	return list[0].Article, nil
}

// errEnough ends a walk through rows early.
var errEnough = errors.New("store: enough rows")

// Articles returns up to limit articles in the order of their keys, beginning
// after the key after. search is looked for in sku and name, whatever the letter
// case; next is the key to go on after, "" where there is nothing more.
func (r *Reader) Articles(search, after string, limit int) (list []desk.Article, next string, err error) {
	search = desk.StockKey(search)
	last := ""
	// SQLite folds the case of ASCII letters only, so the looking is done here.
	err = r.rows(stockColumns+" WHERE key > ? AND level IS NOT NULL ORDER BY key", []any{after}, func(rows *sql.Rows) error {
		var s StockRow
		if err := s.scan(rows); err != nil {
			return err
		}
		if !strings.Contains(s.Key, search) && !strings.Contains(desk.StockKey(s.Name), search) {
			return nil
		}
		if len(list) == limit {
			next = last
			return errEnough
		}
		list, last = append(list, s.Article), s.Key
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return list, next, err
}

// ImportStock stores content updates in order, each a unit of its own, so that a
// long list does not keep other writers waiting. It returns how many articles
// changed, also beside an error: updates before it are stored. noted, where set,
// runs in the unit of the first update that changed something.
func (db *DB) ImportStock(ctx context.Context, updates [][]desk.StockChange, origin desk.StockOrigin, noted func(*Tx) error) (changed int, err error) {
	for _, changes := range updates {
		n := 0
		err := db.Update(ctx, func(tx *Tx) (err error) {
			if n, err = tx.SetStock(changes, origin); err != nil || n == 0 || changed > 0 || noted == nil {
				return err
			}
			return noted(tx)
		})
		if err != nil {
			return changed, err
		}
		changed += n
	}
	return changed, nil
}
