package store

import "context"

// PlanOfClosing is how SQLite finds who waits while Meta's window ends.
func (db *DB) PlanOfClosing(ctx context.Context) (string, error) {
	return db.plan(ctx, "SELECT count(*) FROM conversation v WHERE "+closing, 1, 2)
}

// PlanOfDue is how SQLite finds what is held back and whose moment has come.
func (db *DB) PlanOfDue(ctx context.Context) (string, error) { return db.plan(ctx, due, 1) }
