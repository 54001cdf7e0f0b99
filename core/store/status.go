package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"shopbell/core/chat"
)

// StatusReport is what Meta says about a message of ours.
type StatusReport struct {
	WAMID    string
	Callback string // what AddOutgoing gave to Encode; may be empty
	Status   chat.Status
	At       time.Time
	Code     int // of a failure
	Text     string
	Price    *Price // nil where the report carries none
}

// Price is what Meta says a message cost.
type Price struct {
	Model, Type, Category string
	Billable              bool
}

// ApplyStatus lets a message climb to the reported status. Late and repeated
// reports change nothing. A report that names its message by the callback data
// settles one whose fate was unknown, and one that came before our own answer
// was stored. A report about a message the desk does not know is kept and
// applied when the message turns up.
func (tx *Tx) ApplyStatus(s StatusReport) error {
	id, err := tx.reported(s)
	if errors.Is(err, ErrNotFound) {
		return tx.keepOrphan(s)
	}
	if err != nil {
		return err
	}
	return tx.climb(id, s)
}

// keepOrphan stores a report for when its message turns up.
func (tx *Tx) keepOrphan(s StatusReport) error {
	price, err := jsonOrNull(s.Price, s.Price == nil)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT OR IGNORE INTO orphan_status (wamid, status, at, code, text, price, received_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		s.WAMID, s.Status, ms(s.At), s.Code, s.Text, price, ms(tx.now))
	return err
}

// reported finds the message a report is about.
func (tx *Tx) reported(s StatusReport) (chat.MessageID, error) {
	id, err := tx.MessageByWAMID(s.WAMID)
	if !errors.Is(err, ErrNotFound) {
		return id, err
	}
	if id, err = tx.messageOfCallback(s.Callback); err != nil {
		return 0, err
	}
	m, err := tx.Message(id)
	if err != nil {
		return 0, err
	}
	if m.WAMID != "" || m.Inbound() {
		return 0, ErrNotFound // it has another id already
	}
	if s.Status == chat.StatusFailed {
		_, err = tx.exec("UPDATE message SET wamid = ? WHERE id = ?", s.WAMID, id)
	} else if err = tx.accept(id, Acceptance{WAMID: s.WAMID, At: s.At}); err == nil {
		err = tx.foundAnswer(m, chat.StatusSent)
	}
	if err != nil {
		return id, err
	}
	return id, tx.adoptOrphans(s.WAMID)
}

// foundAnswer ends the customer's wait when an answer that was given up is to
// be taken as one after all.
func (tx *Tx) foundAnswer(old chat.Message, now chat.Status) error {
	if !old.Answers || !lost(old.Status) || lost(now) {
		return nil
	}
	return tx.restoreWaiting(old.Conversation)
}

// lost reports whether a message of this status never reached its customer.
func lost(s chat.Status) bool { return s == chat.StatusFailed || s == chat.StatusExpired }

func (tx *Tx) climb(id chat.MessageID, s StatusReport) error {
	if s.Price != nil {
		if _, err := tx.exec("INSERT OR IGNORE INTO message_price (message_id, model, type, category, billable, at) VALUES (?, ?, ?, ?, ?, ?)",
			id, s.Price.Model, s.Price.Type, s.Price.Category, s.Price.Billable, ms(s.At)); err != nil {
			return err
		}
	}
	// Whatever it says, Meta has the message: it must not be sent again.
	if _, err := tx.exec("DELETE FROM outbox WHERE message_id = ?", id); err != nil {
		return err
	}
	if s.Status == chat.StatusFailed {
		if s.Code == chat.CodeFile {
			if err := tx.forgetUpload(id); err != nil {
				return err
			}
		}
		return tx.end(id, s.Status, s.Code, s.Text)
	}
	old, err := tx.Message(id)
	if err != nil {
		return err
	}
	status, climbed := old.Status.Climb(s.Status)
	if !climbed {
		return tx.askedAt(old, s)
	}
	now := old
	now.Status = status
	if _, err := tx.exec("UPDATE message SET status = ?, error_code = 0, error_text = '' WHERE id = ?", now.Status, id); err != nil {
		return err
	}
	if err := tx.showStatus(now); err != nil {
		return err
	}
	if err := tx.askedAt(now, s); err != nil {
		return err
	}
	return tx.foundAnswer(old, now.Status)
}

// adoptOrphans applies reports that came before their message was known.
func (tx *Tx) adoptOrphans(wamid string) error {
	if wamid == "" {
		return nil
	}
	var list []StatusReport
	err := tx.rows("SELECT status, at, code, text, price FROM orphan_status WHERE wamid = ?", []any{wamid}, func(rows *sql.Rows) error {
		s := StatusReport{WAMID: wamid}
		var at int64
		var price sql.NullString
		if err := rows.Scan(&s.Status, &at, &s.Code, &s.Text, &price); err != nil {
			return err
		}
		s.At = fromMS(at)
		list = append(list, s)
		if !price.Valid {
			return nil
		}
		return json.Unmarshal([]byte(price.String), &list[len(list)-1].Price)
	})
	if err != nil || len(list) == 0 {
		return err
	}
	for _, s := range list {
		if err := tx.ApplyStatus(s); err != nil {
			return err
		}
	}
	_, err = tx.exec("DELETE FROM orphan_status WHERE wamid = ?", wamid)
	return err
}

// SettleUnknown decides a message whose fate is unknown. ErrNotFound when it is
// not unknown any more.
func (tx *Tx) SettleUnknown(id chat.MessageID, left bool) error {
	var row int64
	if err := tx.row("DELETE FROM outbox WHERE message_id = ? AND state = 'unknown' RETURNING id", []any{id}, &row); err != nil {
		return err
	}
	if left {
		return tx.accept(id, Acceptance{At: tx.now})
	}
	return tx.end(id, chat.StatusFailed, 0, "settled by a person: it did not arrive")
}
