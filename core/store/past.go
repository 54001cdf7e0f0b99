package store

import (
	"database/sql"
	"errors"
	"time"

	"shopbell/core/desk"
	"shopbell/core/learn"
)

// KeepPast keeps messages of the past chat with a mark, and returns how many were not
// there yet, and the chat's id. A message that is there stays as it is. The caller has
// looked at them by desk.CheckPast.
func (tx *Tx) KeepPast(mark string, messages []learn.Message) (id int64, added int, err error) {
	if len(messages) == 0 {
		return 0, 0, nil
	}
	if id, err = tx.pastChat(mark, messages[0].At); err != nil {
		return 0, 0, err
	}
	first, last := messages[0].At, messages[0].At
	for _, m := range messages {
		n, err := tx.changed("INSERT INTO past_message (chat_id, at, place, shop, text) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
			id, ms(m.At), m.Place, m.Shop, m.Text)
		if err != nil {
			return 0, 0, err
		}
		added += int(n)
		if m.At.Before(first) {
			first = m.At
		}
		if m.At.After(last) {
			last = m.At
		}
	}
	if added == 0 {
		return id, 0, nil
	}
	_, err = tx.exec("UPDATE past_chat SET messages = messages + ?, first_at = min(first_at, ?), last_at = max(last_at, ?) WHERE id = ?",
		added, ms(first), ms(last), id)
	return id, added, err
}

// pastChat returns the id of the chat with a mark, which it makes where there is none.
func (tx *Tx) pastChat(mark string, at time.Time) (id int64, err error) {
	err = tx.row("SELECT id FROM past_chat WHERE mark = ?", []any{mark}, &id)
	if errors.Is(err, ErrNotFound) {
		return tx.insert("INSERT INTO past_chat (mark, messages, first_at, last_at) VALUES (?, 0, ?, ?)", mark, ms(at), ms(at))
	}
	return id, err
}

// ForgetPast erases all past chats.
func (tx *Tx) ForgetPast() error {
	for _, q := range []string{"DELETE FROM past_message", "DELETE FROM past_chat"} {
		if _, err := tx.exec(q); err != nil {
			return err
		}
	}
	return nil
}

// Past tells what is kept of past chats.
func (r *Reader) Past() (p desk.PastReport, err error) {
	var from, to sql.NullInt64
	err = r.row("SELECT count(*), coalesce(sum(messages), 0), min(first_at), max(last_at) FROM past_chat", nil,
		&p.Chats, &p.Messages, &from, &to)
	p.From, p.To = fromNull(from), fromNull(to)
	return p, err
}

// PastChat returns the messages, in their order, of the first past chat whose id is
// over after, and that id; 0 where there is none.
func (r *Reader) PastChat(after int64) (id int64, list []learn.Message, err error) {
	err = r.row("SELECT id FROM past_chat WHERE id > ? ORDER BY id LIMIT 1", []any{after}, &id)
	if errors.Is(err, ErrNotFound) {
		return 0, nil, nil
	}
	if err != nil {
		return 0, nil, err
	}
	err = r.rows("SELECT at, place, shop, text FROM past_message WHERE chat_id = ? ORDER BY at, place", []any{id}, func(rows *sql.Rows) error {
		var m learn.Message
		var at int64
		err := rows.Scan(&at, &m.Place, &m.Shop, &m.Text)
		m.At = fromMS(at)
		list = append(list, m)
		return err
	})
	return id, list, err
}
