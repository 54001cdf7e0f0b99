package host

import (
	"context"

	"shopbell/core/desk"
	"shopbell/core/staff"
	"shopbell/core/store"
)

// pusher is the desk as the local API sees it: the token is the permission, and
// the desk itself stands in the audit.
type pusher struct{ h *Host }

// PushLevels implements api.Stock.
func (p pusher) PushLevels(ctx context.Context, changes []desk.StockChange) error {
	return p.h.setLevels(ctx, changes, desk.StockByPush, staff.AuditEntry{Action: "stock.push", Subject: stockSubject, Allowed: true})
}

// Article implements api.Stock.
func (p pusher) Article(ctx context.Context, sku string) (a desk.Article, err error) {
	err = p.h.db.View(ctx, func(r *store.Reader) (err error) {
		a, err = r.Article(sku)
		return err
	})
	if err == nil {
		err = p.h.loadStock(ctx) // what is seen is in force
	}
	return a, fault(err)
}
