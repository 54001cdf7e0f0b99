package stock

import (
	"sync"

	"shopbell/core/desk"
)

// Levels are the levels in force. The zero value knows none. Safe for use by many
// goroutines; reading takes no lock.
type Levels struct {
	of sync.Map // of int, by desk.StockKey
}

// Level returns how many are left of an article, and whether that is known.
func (l *Levels) Level(sku string) (level int, known bool) {
	v, known := l.of.Load(desk.StockKey(sku))
	if !known {
		return 0, false
	}
	return v.(int), true
}

// Set puts the level of an article in force. sku may be its key.
func (l *Levels) Set(sku string, level int) { l.of.Store(desk.StockKey(sku), level) }

// Forget makes the level of an article unknown.
func (l *Levels) Forget(sku string) { l.of.Delete(desk.StockKey(sku)) }
