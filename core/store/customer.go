package store

import (
	"database/sql"
	"errors"
	"strings"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
)

// Person returns the person that a contact's id, or that of an identity of theirs,
// belongs to; ErrNotFound.
func (r *Reader) Person(id chat.ContactID) (person chat.ContactID, err error) {
	err = r.row("SELECT coalesce(person_id, id) FROM contact WHERE id = ?", []any{id}, &person)
	return person, err
}

// reindex brings the words up to date by which a person is found: those of all their
// identities, their own first.
func (tx *Tx) reindex(person chat.ContactID) error {
	var names []string
	if err := tx.rows("SELECT own_name, name, username FROM contact WHERE id = ?1 OR person_id = ?1 ORDER BY id <> ?1, id", []any{person},
		func(rows *sql.Rows) error {
			var own, profile, user string
			err := rows.Scan(&own, &profile, &user)
			names = append(names, own, profile, user)
			return err
		}); err != nil {
		return err
	}
	_, err := tx.exec("UPDATE contact SET search = ?1 WHERE id = ?2 AND search <> ?1", searchWords(names...), person)
	return err
}

// showContact announces a person, and the rows of the inbox that show them.
func (tx *Tx) showContact(person chat.ContactID) error {
	tx.note(Change{Kind: ContactChanged, Contact: person})
	return tx.rows("SELECT id FROM conversation WHERE contact_id = ? AND state = 'open'", []any{person}, func(rows *sql.Rows) error {
		c := Change{Kind: ConversationChanged}
		err := rows.Scan(&c.Conversation)
		tx.note(c)
		return err
	})
}

// touch notes that an agent changed something of a person, and announces them.
func (tx *Tx) touch(person chat.ContactID, by staff.AgentID) error {
	if _, err := tx.exec("UPDATE contact SET changed_at = ?, changed_by = ? WHERE id = ?", ms(tx.now), by, person); err != nil {
		return err
	}
	return tx.showContact(person)
}

// AddCustomer makes a person of somebody who never wrote. ErrKnown, with the person
// who has it, where somebody has the number.
func (tx *Tx) AddCustomer(phone string, p chat.Profile, by staff.AgentID) (chat.ContactID, error) {
	from := Person{Phone: phone}
	known, err := tx.ContactOf(from.Aliases()[0])
	switch {
	case err == nil:
		return known.ID, ErrKnown
	case !errors.Is(err, ErrNotFound):
		return 0, err
	}
	c, err := tx.addContact(from)
	if err != nil {
		return 0, err
	}
	if err := tx.addAlias(c, from.Aliases()[0]); err != nil {
		return 0, err
	}
	return c.ID, tx.SaveProfile(c.ID, p, by)
}

// ErrKnown is returned for a number that a customer has.
var ErrKnown = errors.New("store: a customer has this number")

// profileColumns are the columns of contact for the fields of a profile.
var profileColumns = map[chat.ProfileField]string{
	chat.FieldName: "own_name", chat.FieldLanguage: "language", chat.FieldEmail: "email", chat.FieldAddress: "street", chat.FieldAbout: "about",
}

// SaveProfile replaces what the shop knows of a person.
func (tx *Tx) SaveProfile(person chat.ContactID, p chat.Profile, by staff.AgentID) error {
	if _, err := tx.exec("UPDATE contact SET own_name = ?, language = ?, email = ?, street = ?, about = ? WHERE id = ?",
		p.Name, p.Language, p.Email, p.Address, p.About, person); err != nil {
		return err
	}
	if err := tx.reindex(person); err != nil {
		return err
	}
	return tx.touch(person, by)
}

// SetOptedOut notes whether a person wants no automatic messages; the first moment
// stays.
func (tx *Tx) SetOptedOut(person chat.ContactID, out bool, by staff.AgentID) error {
	if _, err := tx.exec("UPDATE contact SET opted_out_at = CASE WHEN ? THEN coalesce(opted_out_at, ?) END WHERE id = ?",
		out, ms(tx.now), person); err != nil {
		return err
	}
	return tx.touch(person, by)
}

// SetBlocked notes whether a person is blocked; the first moment stays. Then nobody
// waits in their conversations, and nothing is unread; nor does anybody wait afterwards
// for an answer to what was written until they were unblocked.
func (tx *Tx) SetBlocked(person chat.ContactID, blocked bool, by staff.AgentID) error {
	if !blocked {
		if _, err := tx.exec(`UPDATE conversation SET settled = (SELECT coalesce(max(id), 0) FROM message) WHERE contact_id = ?1
			AND EXISTS (SELECT 1 FROM contact WHERE id = ?1 AND blocked_at IS NOT NULL)`, person); err != nil {
			return err
		}
	}
	if _, err := tx.exec("UPDATE contact SET blocked_at = CASE WHEN ? THEN coalesce(blocked_at, ?) END WHERE id = ?",
		blocked, ms(tx.now), person); err != nil {
		return err
	}
	if err := tx.hushBlocked(person); err != nil {
		return err
	}
	return tx.touch(person, by)
}

// hushBlocked lets nobody wait in the conversations of a person who is blocked.
func (tx *Tx) hushBlocked(person chat.ContactID) error {
	_, err := tx.exec(`UPDATE conversation SET waiting_since = NULL, unread = 0 WHERE contact_id = ?1
		AND EXISTS (SELECT 1 FROM contact WHERE id = ?1 AND blocked_at IS NOT NULL)`, person)
	return err
}

// ChangeLabels adds labels to a person and takes others off, and returns what that
// changed. A *chat.ProfileError as desk.LabelChange.Apply says.
func (tx *Tx) ChangeLabels(person chat.ContactID, c desk.LabelChange, by staff.AgentID) (made desk.LabelChange, err error) {
	had, err := tx.labelsOf(person)
	if err != nil {
		return made, err
	}
	labels, made, err := c.Apply(had)
	if err != nil || len(made.Add)+len(made.Remove) == 0 {
		return desk.LabelChange{}, err
	}
	return made, tx.SetLabels(person, labels, by)
}

// SetLabels replaces the labels of a person, which chat.TidyLabels has made. A label
// is taken off in all identities, and put on in that of who stayed.
func (tx *Tx) SetLabels(person chat.ContactID, labels []string, by staff.AgentID) error {
	had, err := tx.labelsOf(person)
	if err != nil {
		return err
	}
	keep := map[string]bool{}
	for _, name := range labels {
		keep[strings.ToLower(name)] = true
	}
	for _, name := range had {
		key := strings.ToLower(name)
		if keep[key] {
			delete(keep, key)
			continue
		}
		if _, err := tx.exec("DELETE FROM contact_label WHERE contact_id = ? AND label_id = (SELECT id FROM label WHERE key = ?)", person, key); err != nil {
			return err
		}
	}
	for _, name := range labels {
		key := strings.ToLower(name)
		if !keep[key] {
			continue
		}
		if _, err := tx.exec("INSERT INTO label (name, key, search) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING", name, key, searchWords(name)); err != nil {
			return err
		}
		if _, err := tx.exec("INSERT INTO contact_label (contact_id, label_id, identity_id) SELECT ?1, id, ?1 FROM label WHERE key = ?2", person, key); err != nil {
			return err
		}
	}
	return tx.touch(person, by)
}

// labelsOf returns the names of a person's labels, in their order.
func (r *Reader) labelsOf(person chat.ContactID) (names []string, err error) {
	err = r.rows(`SELECT name FROM label WHERE id IN (SELECT label_id FROM contact_label WHERE contact_id = ?) ORDER BY key`, []any{person},
		func(rows *sql.Rows) error {
			var name string
			err := rows.Scan(&name)
			names = append(names, name)
			return err
		})
	return names, err
}
