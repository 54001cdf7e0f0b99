package store

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
)

// Merging makes a tree: who goes belongs to who stays, and the person is at the top. No
// row is joined with another. Everything has the contact_id of its person and the
// identity_id of whom it came from, and moves with it.

var (
	// ErrMerged is returned for somebody who is part of another person by now.
	ErrMerged = errors.New("store: the contact was merged into another")
	// ErrUndone is returned for a merge that was undone, or is too old for that.
	ErrUndone = errors.New("store: the merge cannot be undone any more")
)

// NotSame remembers that two persons are two.
func (tx *Tx) NotSame(a, b chat.ContactID) error {
	_, err := tx.exec("INSERT OR IGNORE INTO contact_apart (a, b) SELECT min(?1, ?2), max(?1, ?2) WHERE ?1 <> ?2", a, b)
	return err
}

// Merge makes one person of two. ErrNotFound, ErrMerged. Who goes is not who stays.
func (tx *Tx) Merge(m desk.MergeChoice, by staff.AgentID) (desk.MergeID, error) {
	for _, id := range []chat.ContactID{m.Stays, m.Goes} {
		person, err := tx.Person(id)
		if err != nil {
			return 0, err
		}
		if person != id {
			return 0, fmt.Errorf("%w: %d into %d", ErrMerged, id, person)
		}
	}
	id, err := tx.insert("INSERT INTO contact_merge (stays, goes, at, agent_id) VALUES (?, ?, ?, ?)", m.Stays, m.Goes, ms(tx.now), by)
	if err != nil {
		return 0, err
	}
	for _, field := range m.Take {
		column := profileColumns[field]
		value := "g." + column
		if field == chat.FieldName {
			value = "CASE WHEN g.own_name <> '' THEN g.own_name ELSE g.name END"
		}
		if err := tx.replace(desk.MergeID(id), column, value); err != nil {
			return 0, err
		}
	}
	for column := range inherited {
		if err := tx.inherit(desk.MergeID(id), column); err != nil {
			return 0, err
		}
	}
	for _, table := range []string{"contact_alias", "conversation", "message", "contact_label", "purchase"} {
		if _, err := tx.exec("UPDATE "+table+" SET contact_id = ? WHERE contact_id = ?", m.Stays, m.Goes); err != nil {
			return 0, err
		}
	}
	if _, err := tx.exec("UPDATE contact SET person_id = ?1 WHERE id = ?2 OR person_id = ?2", m.Stays, m.Goes); err != nil {
		return 0, err
	}
	if err := tx.recount(m.Stays, m.Goes); err != nil {
		return 0, err
	}
	return desk.MergeID(id), tx.touch(m.Stays, by)
}

// inherited are the columns of which the older of two counts, or the stricter.
var inherited = map[string]string{
	"first_at":     "min(s.first_at, g.first_at)",
	"opted_out_at": "coalesce(s.opted_out_at, g.opted_out_at)",
	"blocked_at":   "coalesce(s.blocked_at, g.blocked_at)",
}

func (tx *Tx) inherit(id desk.MergeID, column string) error {
	return tx.replace(id, column, inherited[column])
}

// replace gives a column of who stays (s) a value that may be of who goes (g), and
// keeps what stood there for undoing it.
func (tx *Tx) replace(id desk.MergeID, column, value string) error {
	n, err := tx.changed(`INSERT INTO contact_merge_field (merge_id, field, before, after) SELECT m.id, ?2, s.`+column+`, `+value+`
		FROM contact_merge m JOIN contact s ON s.id = m.stays JOIN contact g ON g.id = m.goes WHERE m.id = ?1 AND s.`+column+` IS NOT `+value+`
		ON CONFLICT (merge_id, field) DO UPDATE SET after = excluded.after`, id, column)
	if err != nil || n == 0 {
		return err
	}
	_, err = tx.exec("UPDATE contact SET "+column+` = (SELECT after FROM contact_merge_field WHERE merge_id = ?1 AND field = ?2)
		WHERE id = (SELECT stays FROM contact_merge WHERE id = ?1)`, id, column)
	return err
}

// family is the condition that column is one of those who came with goes, in that
// merge or any before it.
func family(column string) string {
	return column + ` IN (WITH RECURSIVE family (id) AS (SELECT ?1 UNION
		SELECT m.goes FROM family f JOIN contact_merge m ON m.stays = f.id AND m.undone_at IS NULL) SELECT id FROM family)`
}

// UndoMerge makes two persons of one again: whoever came with who went goes with them
// now, and so does all that is theirs. ErrNotFound; ErrUndone where it was undone, or
// made before since.
func (tx *Tx) UndoMerge(id desk.MergeID, since time.Time, by staff.AgentID) error {
	var stays, goes chat.ContactID
	var at int64
	var undone sql.NullInt64
	if err := tx.row("SELECT stays, goes, at, undone_at FROM contact_merge WHERE id = ?", []any{id}, &stays, &goes, &at, &undone); err != nil {
		return err
	}
	if undone.Valid || at <= ms(since) {
		return fmt.Errorf("%w: %d", ErrUndone, id)
	}
	person, err := tx.Person(stays)
	if err != nil {
		return err
	}
	if _, err := tx.exec("UPDATE contact_merge SET undone_at = ?, undone_by = ? WHERE id = ?", ms(tx.now), by, id); err != nil {
		return err
	}
	for _, table := range []string{"contact_alias", "conversation", "contact_label", "purchase"} {
		if _, err := tx.exec("UPDATE "+table+" SET contact_id = ?1 WHERE contact_id = ?2 AND "+family("identity_id"), goes, person); err != nil {
			return err
		}
	}
	if _, err := tx.exec(`UPDATE message SET contact_id = ?1 WHERE contact_id = ?2
		AND conversation_id IN (SELECT id FROM conversation WHERE contact_id = ?1)`, goes, person); err != nil {
		return err
	}
	if _, err := tx.exec("UPDATE contact SET person_id = nullif(?1, id) WHERE person_id = ?2 AND "+family("id"), goes, person); err != nil {
		return err
	}
	if err := tx.keepSilence(goes, person, at); err != nil {
		return err
	}
	if err := tx.restore(id, stays); err != nil {
		return err
	}
	if err := tx.recount(person, goes); err != nil {
		return err
	}
	if err := tx.touch(goes, by); err != nil {
		return err
	}
	return tx.touch(person, by)
}

// keepSilence lets who asked for silence, or was blocked, while two were one stay so
// on both sides.
func (tx *Tx) keepSilence(goes, person chat.ContactID, since int64) error {
	for _, column := range []string{"opted_out_at", "blocked_at"} {
		if _, err := tx.exec("UPDATE contact SET "+column+" = coalesce("+column+`, (SELECT p.`+column+` FROM contact p WHERE p.id = ?2 AND p.`+column+` >= ?3))
			WHERE id = ?1`, goes, person, since); err != nil {
			return err
		}
	}
	return nil
}

// restore takes back what a merge replaced of who stays, unless somebody changed it
// since. Where a later merge replaced it again, that one would bring back what this one
// wrote: it gets what stood there before instead.
func (tx *Tx) restore(id desk.MergeID, stays chat.ContactID) error {
	var fields []string
	if err := tx.rows("SELECT field FROM contact_merge_field WHERE merge_id = ?", []any{id}, func(rows *sql.Rows) error {
		var f string
		err := rows.Scan(&f)
		fields = append(fields, f)
		return err
	}); err != nil {
		return err
	}
	for _, f := range fields {
		var later desk.MergeID
		err := tx.row(`SELECT m.id FROM contact_merge m JOIN contact_merge_field l ON l.merge_id = m.id AND l.field = ?
			WHERE m.stays = ? AND m.undone_at IS NULL AND m.id > ? ORDER BY m.id LIMIT 1`, []any{f, stays, id}, &later)
		switch {
		case errors.Is(err, ErrNotFound):
			var back int64
			back, err = tx.changed("UPDATE contact SET "+f+" = o.before FROM contact_merge_field o WHERE contact.id = ?1 AND o.merge_id = ?2 AND o.field = ?3 AND "+
				f+" IS o.after", stays, id, f)
			if err == nil && back > 0 && inherited[f] != "" {
				err = tx.inheritAgain(stays, f)
			}
		case err == nil:
			_, err = tx.exec(`UPDATE contact_merge_field SET before = o.before FROM contact_merge_field o
				WHERE contact_merge_field.merge_id = ?1 AND contact_merge_field.field = ?3 AND o.merge_id = ?2 AND o.field = ?3
				AND contact_merge_field.before IS o.after`, later, id, f)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// inheritAgain lets who stays have what counts of those who are still with them.
func (tx *Tx) inheritAgain(stays chat.ContactID, column string) error {
	var others []desk.MergeID
	if err := tx.rows("SELECT id FROM contact_merge WHERE stays = ? AND undone_at IS NULL ORDER BY id", []any{stays}, func(rows *sql.Rows) error {
		var id desk.MergeID
		err := rows.Scan(&id)
		others = append(others, id)
		return err
	}); err != nil {
		return err
	}
	for _, id := range others {
		if err := tx.inherit(id, column); err != nil {
			return err
		}
	}
	return nil
}

// recount brings up to date what the list and a search show of persons.
func (tx *Tx) recount(persons ...chat.ContactID) error {
	for _, person := range persons {
		if err := tx.setLast(person); err != nil {
			return err
		}
		if err := tx.countOrders(person); err != nil {
			return err
		}
		if err := tx.reindex(person); err != nil {
			return err
		}
		if err := tx.hushBlocked(person); err != nil {
			return err
		}
	}
	return nil
}

// setLast brings up to date when a person was last spoken with. That it is later than
// before a trigger sees to.
func (tx *Tx) setLast(person chat.ContactID) error {
	_, err := tx.exec(`UPDATE contact SET (last_at, wrote_at) = (SELECT coalesce(max(last_at), 0), coalesce(max(last_inbound), 0)
		FROM conversation WHERE contact_id = ?1) WHERE id = ?1`, person)
	return err
}
