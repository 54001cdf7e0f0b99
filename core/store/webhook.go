package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Webhook is one accepted body of the journal.
type Webhook struct {
	ID         int64
	Generation int64 // of its stay in the queue: FinishWebhook
	ReceivedAt time.Time
	Body       []byte
}

// AddWebhook stores a raw webhook body and queues it. When it returns nil the
// body is on the disk and may be acknowledged.
func (db *DB) AddWebhook(ctx context.Context, body []byte) (id int64, err error) {
	id, _, err = db.AddWebhookDone(ctx, body, nil)
	return id, err
}

// AddWebhookDone stores a raw webhook body and works it off in the same
// transaction. Where that fails, failed says why, the body is stored all the same
// and queued as by AddWebhook. A nil work is not tried.
func (db *DB) AddWebhookDone(ctx context.Context, body []byte, work func(tx *Tx, id int64) error) (id int64, failed, err error) {
	err = db.Update(ctx, func(tx *Tx) error {
		id, err = tx.insert("INSERT INTO webhook (received_at, body) VALUES (?, ?)", ms(tx.now), body)
		if err != nil {
			return err
		}
		if work != nil {
			failed, err = tx.attempt(func(tx *Tx) error { return work(tx, id) })
			if err != nil || failed == nil {
				return err
			}
		}
		if _, err := tx.exec("INSERT INTO webhook_open (id, generation) VALUES (?, 1)", id); err != nil {
			return err
		}
		tx.note(Change{Kind: WebhookStored})
		return nil
	})
	return id, failed, err
}

// OpenWebhooks returns up to limit webhooks that are not finished, by id,
// beginning after the given one.
func (db *DB) OpenWebhooks(ctx context.Context, after int64, limit int) (list []Webhook, err error) {
	err = db.View(ctx, func(r *Reader) error {
		return r.rows(`SELECT w.id, o.generation, w.received_at, w.body FROM webhook_open o JOIN webhook w ON w.id = o.id
			WHERE o.id > ? ORDER BY o.id LIMIT ?`, []any{after, limit}, func(rows *sql.Rows) error {
			var w Webhook
			var at int64
			if err := rows.Scan(&w.ID, &w.Generation, &at, &w.Body); err != nil {
				return err
			}
			w.ReceivedAt = fromMS(at)
			list = append(list, w)
			return nil
		})
	})
	return list, err
}

// FinishWebhook takes a webhook off the queue and reports whether it is off it:
// false when an item of it was replayed since it was read, so that it must be
// read again. Finishing twice is no error.
func (tx *Tx) FinishWebhook(id, generation int64) (off bool, err error) {
	if _, err := tx.exec("DELETE FROM webhook_open WHERE id = ? AND generation = ?", id, generation); err != nil {
		return false, err
	}
	err = tx.row("SELECT NOT EXISTS (SELECT 1 FROM webhook_open WHERE id = ?)", []any{id}, &off)
	return off, err
}

// Parked is an item that could not be processed.
type Parked struct {
	ID      int64
	Webhook int64
	Item    int
	Tries   int
	Error   string
	At      time.Time
}

// Park puts an item aside with its error, for a person to look at.
func (tx *Tx) Park(webhook int64, item, tries int, cause string) error {
	_, err := tx.exec(`INSERT INTO webhook_parked (webhook_id, item, tries, error, parked_at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (webhook_id, item) DO UPDATE SET tries = tries + excluded.tries, error = excluded.error, parked_at = excluded.parked_at`,
		webhook, item, tries, cause, ms(tx.now))
	if err == nil {
		tx.note(Change{Kind: WebhookParked})
	}
	return err
}

// ParkedItems lists what is parked, newest first.
func (db *DB) ParkedItems(ctx context.Context) (list []Parked, err error) {
	err = db.View(ctx, func(r *Reader) error {
		return r.rows("SELECT id, webhook_id, item, tries, error, parked_at FROM webhook_parked ORDER BY id DESC", nil,
			func(rows *sql.Rows) error {
				var p Parked
				var at int64
				if err := rows.Scan(&p.ID, &p.Webhook, &p.Item, &p.Tries, &p.Error, &at); err != nil {
					return err
				}
				p.At = fromMS(at)
				list = append(list, p)
				return nil
			})
	})
	return list, err
}

// Replay queues the webhook of a parked item again and forgets that it was
// parked. Items of it that were processed change nothing a second time.
// ErrNotFound when it is not parked.
func (tx *Tx) Replay(parked int64) error {
	var webhook int64
	if err := tx.row("SELECT webhook_id FROM webhook_parked WHERE id = ?", []any{parked}, &webhook); err != nil {
		return err
	}
	if _, err := tx.exec("DELETE FROM webhook_parked WHERE id = ?", parked); err != nil {
		return err
	}
	if _, err := tx.exec(`INSERT INTO webhook_open (id, generation) VALUES (?, 1)
		ON CONFLICT (id) DO UPDATE SET generation = generation + 1`, webhook); err != nil {
		return err
	}
	tx.note(Change{Kind: WebhookReplayed})
	return nil
}

// AddAccountNotice keeps an item that is neither a message nor a status, and
// reports whether it is new: the same item twice is kept once.
func (tx *Tx) AddAccountNotice(webhook int64, item int, field string, raw []byte) (isNew bool, err error) {
	n, err := tx.changed("INSERT OR IGNORE INTO account_notice (webhook_id, item, field, raw, at) VALUES (?, ?, ?, ?, ?)",
		webhook, item, field, string(raw), ms(tx.now))
	return n > 0, err
}

// PruneJournal removes up to limit finished webhooks older than before and
// returns how many went. Parked and unfinished ones stay. When fewer than limit
// went, statuses and edits so old of messages that never came go too.
func (db *DB) PruneJournal(ctx context.Context, before time.Time, limit int) (n int64, err error) {
	err = db.Update(ctx, func(tx *Tx) error {
		// Ids grow with time: what is old enough stands first.
		n, err = tx.changed(`DELETE FROM webhook WHERE id IN (SELECT id FROM (SELECT id, received_at FROM webhook
			WHERE id NOT IN (SELECT id FROM webhook_open) AND id NOT IN (SELECT webhook_id FROM webhook_parked)
			ORDER BY id LIMIT ?) WHERE received_at < ?)`, limit, ms(before))
		if err != nil {
			return fmt.Errorf("store: prune journal: %w", err)
		}
		if n == int64(limit) {
			return nil // there is more: what follows reads two tables, and once is enough
		}
		if _, err := tx.exec("DELETE FROM orphan_status WHERE received_at < ?", ms(before)); err != nil {
			return err
		}
		_, err := tx.exec("DELETE FROM message_edit WHERE at < ? AND NOT EXISTS (SELECT 1 FROM message WHERE wamid = target)", ms(before))
		return err
	})
	return n, err
}

// ParkedCount returns how many items are parked.
func (r *Reader) ParkedCount() (n int, err error) {
	err = r.row("SELECT count(*) FROM webhook_parked", nil, &n)
	return n, err
}

// QueuedCount returns how many webhooks are not finished.
func (r *Reader) QueuedCount() (n int, err error) {
	err = r.row("SELECT count(*) FROM webhook_open", nil, &n)
	return n, err
}
