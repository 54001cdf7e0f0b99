package store

import (
	"database/sql"
	"errors"

	"shopbell/core/desk"
)

// ErrTaken is returned where a name must be the only one of its kind and is not.
var ErrTaken = errors.New("store: another one has this name")

// QuickReplies returns those of the shop by shortcut.
func (r *Reader) QuickReplies() (list []desk.QuickReply, err error) {
	err = r.rows("SELECT id, shortcut, title, text FROM quick_reply ORDER BY key", nil, func(rows *sql.Rows) error {
		var q desk.QuickReply
		err := rows.Scan(&q.ID, &q.Shortcut, &q.Title, &q.Text)
		q.Version = q.Stamp()
		list = append(list, q)
		return err
	})
	return list, err
}

// QuickReply returns one; ErrNotFound.
func (r *Reader) QuickReply(id desk.QuickReplyID) (q desk.QuickReply, err error) {
	err = r.row("SELECT id, shortcut, title, text FROM quick_reply WHERE id = ?", []any{id}, &q.ID, &q.Shortcut, &q.Title, &q.Text)
	q.Version = q.Stamp()
	return q, err
}

// QuickReplyCount returns how many there are.
func (r *Reader) QuickReplyCount() (n int, err error) {
	err = r.row("SELECT count(*) FROM quick_reply", nil, &n)
	return n, err
}

// SaveQuickReply keeps a new quick reply (ID 0) or changes one. key tells shortcuts
// apart. ErrTaken where another one has the key, ErrNotFound.
func (tx *Tx) SaveQuickReply(q desk.QuickReply, key string) (id desk.QuickReplyID, err error) {
	var other desk.QuickReplyID
	err = tx.row("SELECT id FROM quick_reply WHERE key = ? AND id <> ?", []any{key, q.ID}, &other)
	switch {
	case err == nil:
		return 0, ErrTaken
	case !errors.Is(err, ErrNotFound):
		return 0, err
	}
	if q.ID == 0 {
		n, err := tx.insert("INSERT INTO quick_reply (shortcut, key, title, text) VALUES (?, ?, ?, ?)", q.Shortcut, key, q.Title, q.Text)
		tx.note(Change{Kind: QuickRepliesChanged})
		return desk.QuickReplyID(n), err
	}
	return q.ID, tx.onQuickReply("UPDATE quick_reply SET shortcut = ?, key = ?, title = ?, text = ? WHERE id = ?",
		q.Shortcut, key, q.Title, q.Text, q.ID)
}

// DeleteQuickReply forgets one; ErrNotFound.
func (tx *Tx) DeleteQuickReply(id desk.QuickReplyID) error {
	return tx.onQuickReply("DELETE FROM quick_reply WHERE id = ?", id)
}

// onQuickReply runs a statement on one that is there.
func (tx *Tx) onQuickReply(q string, args ...any) error {
	n, err := tx.changed(q, args...)
	if err == nil && n == 0 {
		return ErrNotFound
	}
	tx.note(Change{Kind: QuickRepliesChanged})
	return err
}
