package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"shopbell/core/chat"
)

// ChangeKind says what a commit changed.
type ChangeKind int

const (
	ConversationChanged ChangeKind = iota + 1
	MessageChanged                 // added or altered
	ContactAdded                   // first message of a new contact
	WebhookStored                  // there is something new to process
	WebhookReplayed                // an old webhook is to be processed again
	OutboxAdded                    // there is something to send
	RulesChanged
	WebhookParked
	MediaAdded     // there is a file to fetch
	StockChanged   // levels of articles
	ContactChanged // a customer, in what only people enter and see
	OutboxHeld     // something is held back that was not, or until another moment
	QuickRepliesChanged
	RatingPlanned // somebody is to be asked, at once or later
)

// Change is one thing a commit changed.
type Change struct {
	Kind         ChangeKind
	Conversation chat.ConversationID
	Message      chat.MessageID
	Contact      chat.ContactID
}

// Reader reads one consistent state of the file. It is valid inside the
// function it was given to, on that goroutine.
type Reader struct {
	ctx     context.Context
	shop    string
	prepare func(string) (*sql.Stmt, error)
}

// Tx is one unit of the writer: it reads, writes, has one time, and notes what
// to announce after the commit.
type Tx struct {
	Reader
	now     time.Time
	changes []Change
	added   []OutboxRow
}

// Now is the moment of the transaction; all rows of a unit agree on it.
func (tx *Tx) Now() time.Time { return tx.now }

func (tx *Tx) note(c Change) { tx.changes = append(tx.changes, c) }

// attempt runs a part of a unit that may fail, or panic, alone: then nothing of
// it is kept, failed says why, and the unit goes on. An err is the whole unit's.
func (tx *Tx) attempt(part func(*Tx) error) (failed, err error) {
	if _, err := tx.exec("SAVEPOINT part"); err != nil {
		return nil, err
	}
	changes, added := len(tx.changes), len(tx.added)
	if failed = runUnit(tx, part); failed != nil {
		if isFull(failed) {
			return nil, failed
		}
		tx.changes, tx.added = tx.changes[:changes], tx.added[:added]
		if _, err := tx.exec("ROLLBACK TO part"); err != nil {
			return nil, err
		}
	}
	_, err = tx.exec("RELEASE part")
	return failed, err
}

func (tx *Tx) exec(q string, args ...any) (sql.Result, error) {
	s, err := tx.prepare(q)
	if err != nil {
		return nil, fmt.Errorf("store: prepare: %w", err)
	}
	return s.ExecContext(tx.ctx, args...)
}

// insert runs an INSERT and returns the new row id.
func (tx *Tx) insert(q string, args ...any) (int64, error) {
	res, err := tx.exec(q, args...)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

// changed runs a statement and returns how many rows it touched.
func (tx *Tx) changed(q string, args ...any) (int64, error) {
	res, err := tx.exec(q, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// row runs a query for one row and scans it; ErrNotFound when there is none.
func (r *Reader) row(q string, args []any, dest ...any) error {
	s, err := r.prepare(q)
	if err != nil {
		return fmt.Errorf("store: prepare: %w", err)
	}
	err = s.QueryRowContext(r.ctx, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

// rows runs a query and calls scan for each row.
func (r *Reader) rows(q string, args []any, scan func(*sql.Rows) error) error {
	s, err := r.prepare(q)
	if err != nil {
		return fmt.Errorf("store: prepare: %w", err)
	}
	rows, err := s.QueryContext(r.ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// ids returns what a query for one column of row ids finds.
func (r *Reader) ids(q string, args ...any) (list []int64, err error) {
	err = r.rows(q, args, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		list = append(list, id)
		return err
	})
	return list, err
}

func ms(t time.Time) int64 { return t.UnixMilli() }

func fromMS(v int64) time.Time { return time.UnixMilli(v).UTC() }

// msOrNull stores the zero time as NULL.
func msOrNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// fromNull reads NULL as the zero time.
func fromNull(v sql.NullInt64) time.Time {
	if !v.Valid {
		return time.Time{}
	}
	return fromMS(v.Int64)
}

func textOrNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// jsonOrNull stores an empty value as NULL.
func jsonOrNull[T any](v T, empty bool) (any, error) {
	if empty {
		return nil, nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return string(b), nil
}
