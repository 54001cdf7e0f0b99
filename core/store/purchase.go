package store

import (
	"database/sql"
	"strings"

	"shopbell/core/autoreply/words"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
)

// currencyKey is the setting of the currency that the first order was in.
const currencyKey = "currency"

// Currency returns the shop's currency, "" while no order was ever added.
func (r *Reader) Currency() (string, error) { return r.Setting(currencyKey) }

// AddOrder adds an order of a person's, which desk.OrderDraft.Tidy has made.
// ErrNotFound where its conversation is not theirs.
func (tx *Tx) AddOrder(person chat.ContactID, o desk.OrderDraft, by staff.AgentID) (desk.OrderID, error) {
	identity := person
	if o.Conversation != 0 {
		if err := tx.row("SELECT identity_id FROM conversation WHERE id = ? AND contact_id = ?", []any{o.Conversation, person}, &identity); err != nil {
			return 0, err
		}
	}
	shops, err := tx.Currency()
	if err == nil && shops == "" {
		err = tx.SetSetting(currencyKey, o.Currency)
	}
	if err != nil {
		return 0, err
	}
	var v, paidAt any
	var paidBy staff.AgentID
	if o.Conversation != 0 {
		v = o.Conversation
	}
	if o.Paid {
		paidAt, paidBy = ms(tx.now), by
	}
	id, err := tx.insert(`INSERT INTO purchase (contact_id, identity_id, conversation_id, number, number_key, title, minor, currency, at, agent_id,
		paid_at, paid_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		person, identity, v, o.Number, numberKey(o.Number), o.Title, o.Minor, o.Currency, ms(tx.now), by, paidAt, paidBy)
	if err != nil {
		return 0, err
	}
	if err := tx.countOrders(person); err != nil {
		return 0, err
	}
	return desk.OrderID(id), tx.touch(person, by)
}

// numberKey is an order's number as a search compares it.
func numberKey(number string) string { return strings.Join(words.Plain(number), " ") }

// SetPaid marks an order as paid, or takes that back; the first mark stays. ErrNotFound.
func (tx *Tx) SetPaid(id desk.OrderID, paid bool, by staff.AgentID) error {
	var person chat.ContactID
	if err := tx.row(`UPDATE purchase SET paid_by = CASE WHEN NOT ?1 THEN 0 WHEN paid_at IS NULL THEN ?3 ELSE paid_by END,
		paid_at = CASE WHEN ?1 THEN coalesce(paid_at, ?2) END WHERE id = ?4 RETURNING contact_id`,
		[]any{paid, ms(tx.now), by, id}, &person); err != nil {
		return err
	}
	if err := tx.countOrders(person); err != nil {
		return err
	}
	return tx.touch(person, by)
}

// countOrders brings up to date what the list shows of a person's orders.
func (tx *Tx) countOrders(person chat.ContactID) error {
	_, err := tx.exec(`UPDATE contact SET (orders, spent) = (SELECT count(*), coalesce(sum(p.minor) FILTER
			(WHERE p.paid_at IS NOT NULL AND p.currency = (SELECT value FROM setting WHERE key = ?2)), 0)
		FROM purchase p WHERE p.contact_id = ?1) WHERE id = ?1`, person, currencyKey)
	return err
}

// Orders returns up to limit orders of a person that were added before before (0: the
// newest), newest first.
func (r *Reader) Orders(person chat.ContactID, before desk.OrderID, limit int) (list []desk.Order, err error) {
	if before == 0 {
		before = 1 << 62
	}
	err = r.rows(`SELECT p.id, coalesce(p.conversation_id, 0), p.number, p.title, p.minor, p.currency, p.at, p.agent_id, coalesce(a.name, ''),
		p.paid_at, p.paid_by FROM purchase p LEFT JOIN agent a ON a.id = p.agent_id
		WHERE p.contact_id = ? AND p.id < ? ORDER BY p.id DESC LIMIT ?`, []any{person, before, limit}, func(rows *sql.Rows) error {
		var o desk.Order
		var at int64
		var paid sql.NullInt64
		err := rows.Scan(&o.ID, &o.Conversation, &o.Number, &o.Title, &o.Minor, &o.Currency, &at, &o.By, &o.ByName, &paid, &o.PaidBy)
		o.At, o.PaidAt = fromMS(at), fromNull(paid)
		list = append(list, o)
		return err
	})
	return list, err
}

// spent returns what a person has paid, by currency, the shop's own first.
func (r *Reader) spent(person chat.ContactID) (list []desk.Money, err error) {
	err = r.rows(`SELECT sum(minor), currency FROM purchase WHERE contact_id = ? AND paid_at IS NOT NULL GROUP BY currency
		ORDER BY currency IS NOT (SELECT value FROM setting WHERE key = ?), currency`, []any{person, currencyKey}, func(rows *sql.Rows) error {
		var m desk.Money
		err := rows.Scan(&m.Minor, &m.Currency)
		list = append(list, m)
		return err
	})
	return list, err
}
