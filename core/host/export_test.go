package host

import (
	"context"
	"time"

	"shopbell/core/store"
)

// NextRating is when somebody is to be asked next; zero: nobody.
func (h *Host) NextRating(ctx context.Context) (next time.Time, err error) {
	err = h.db.View(ctx, func(r *store.Reader) error {
		next, err = r.NextRating()
		return err
	})
	return next, err
}

// Receipting is how many conversations have a receipt under way.
func (h *Host) Receipting() int {
	h.receipts.mu.Lock()
	defer h.receipts.mu.Unlock()
	return len(h.receipts.busy)
}
