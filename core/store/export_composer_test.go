package store

import "context"

// PlanOfClosing is how SQLite finds who waits while Meta's window ends.
func (db *DB) PlanOfClosing(ctx context.Context) (string, error) {
	return db.plan(ctx, "SELECT count(*) FROM conversation v WHERE "+closing, 1, 2)
}
