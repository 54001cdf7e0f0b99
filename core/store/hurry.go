package store

import "context"

// OutboxHurry lets every ready row be tried at once, whatever the last answer was:
// that was given to a key which is not in use any more. No sender may run on the
// table at the time: one keeps in memory when a row may go.
func (db *DB) OutboxHurry(ctx context.Context) error {
	return db.Update(ctx, func(tx *Tx) error {
		_, err := tx.exec("UPDATE outbox SET not_before = ?1 WHERE state = 'ready' AND not_before > ?1", ms(tx.now))
		return err
	})
}
