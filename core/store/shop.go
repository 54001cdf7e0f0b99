package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"time"

	"shopbell/core/chat"
	"shopbell/core/staff"
)

// ensureShopKey returns the random key of this file, made at the first start.
func (db *DB) ensureShopKey(ctx context.Context) (key string, err error) {
	err = db.Update(ctx, func(tx *Tx) error {
		if key, err = tx.Setting("shop.key"); err != nil || key != "" {
			return err
		}
		key = rand.Text()
		return tx.SetSetting("shop.key", key)
	})
	return key, err
}

// Setting returns a setting of the shop, "" where it was never set.
func (r *Reader) Setting(key string) (value string, err error) {
	err = r.row("SELECT value FROM setting WHERE key = ?", []any{key}, &value)
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	return value, err
}

// SetSetting stores a setting of the shop.
func (tx *Tx) SetSetting(key, value string) error {
	_, err := tx.exec("INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
	return err
}

// Rulebook is the rules file in force; Revision counts imports, 0 for a shop
// that has none.
type Rulebook struct {
	Revision int64
	File     []byte
}

// Rulebook returns the rules in force.
func (r *Reader) Rulebook() (b Rulebook, err error) {
	err = r.row("SELECT revision, file FROM rulebook ORDER BY revision DESC LIMIT 1", nil, &b.Revision, &b.File)
	if errors.Is(err, ErrNotFound) {
		return Rulebook{}, nil
	}
	return b, err
}

// RulesRevision returns the revision in force without reading the file.
func (db *DB) RulesRevision(ctx context.Context) (rev int64, err error) {
	err = db.View(ctx, func(r *Reader) error {
		return r.row("SELECT coalesce(max(revision), 0) FROM rulebook", nil, &rev)
	})
	return rev, err
}

// keptRulebooks is how many revisions of the rules stay in the file, the one in
// force included.
const keptRulebooks = 50

// SetRulebook puts a rules file in force. The newest 50 revisions are kept.
func (tx *Tx) SetRulebook(file []byte, by staff.AgentID) (revision int64, err error) {
	revision, err = tx.insert("INSERT INTO rulebook (file, agent_id, at) VALUES (?, ?, ?)", string(file), by, ms(tx.now))
	if err != nil {
		return 0, err
	}
	tx.note(Change{Kind: RulesChanged})
	_, err = tx.exec("DELETE FROM rulebook WHERE revision <= ?", revision-keptRulebooks)
	return revision, err
}

// Agent returns an agent; ErrNotFound.
func (r *Reader) Agent(id staff.AgentID) (a staff.Agent, err error) {
	err = r.row("SELECT id, name, role FROM agent WHERE id = ?", []any{id}, &a.ID, &a.Name, &a.Role)
	return a, err
}

// Owner returns the shop's first administrator; ErrNotFound in a new file.
func (r *Reader) Owner() (a staff.Agent, err error) {
	err = r.row("SELECT id, name, role FROM agent WHERE role = ? ORDER BY id LIMIT 1", []any{staff.Administrator}, &a.ID, &a.Name, &a.Role)
	return a, err
}

// Agents returns everybody who works at the desk, the oldest first.
func (r *Reader) Agents() (list []staff.Agent, err error) {
	err = r.rows("SELECT id, name, role FROM agent ORDER BY id", nil, func(rows *sql.Rows) error {
		var a staff.Agent
		err := rows.Scan(&a.ID, &a.Name, &a.Role)
		list = append(list, a)
		return err
	})
	return list, err
}

// AddAgent stores a new agent and returns it with its id.
func (tx *Tx) AddAgent(name string, role staff.Role) (staff.Agent, error) {
	id, err := tx.insert("INSERT INTO agent (name, role, created_at) VALUES (?, ?, ?)", name, role, ms(tx.now))
	return staff.Agent{ID: staff.AgentID(id), Name: name, Role: role}, err
}

// SetAgentName changes the name of an agent, if there is one with that id.
func (tx *Tx) SetAgentName(id staff.AgentID, name string) error {
	_, err := tx.exec("UPDATE agent SET name = ? WHERE id = ?", name, id)
	return err
}

// Audit notes who did what. Entries are never changed.
func (tx *Tx) Audit(e staff.AuditEntry) error {
	_, err := tx.exec("INSERT INTO audit (at, agent_id, action, subject, allowed) VALUES (?, ?, ?, ?, ?)",
		ms(tx.now), e.Agent, e.Action, e.Subject, e.Allowed)
	return err
}

// AuditTrail returns the newest entries, newest first.
func (r *Reader) AuditTrail(limit int) (list []staff.AuditEntry, err error) {
	err = r.rows("SELECT at, agent_id, action, subject, allowed FROM audit ORDER BY id DESC LIMIT ?", []any{limit},
		func(rows *sql.Rows) error {
			var e staff.AuditEntry
			var at int64
			if err := rows.Scan(&at, &e.Agent, &e.Action, &e.Subject, &e.Allowed); err != nil {
				return err
			}
			e.At = fromMS(at)
			list = append(list, e)
			return nil
		})
	return list, err
}

// Draft returns what an agent has typed in a conversation, "" for nothing.
func (r *Reader) Draft(agent staff.AgentID, v chat.ConversationID) (text string, at time.Time, err error) {
	return r.typed("draft", agent, v)
}

// SaveDraft keeps what an agent has typed; an empty text forgets it.
// ErrNotFound when there is no such conversation.
func (tx *Tx) SaveDraft(agent staff.AgentID, v chat.ConversationID, text string) error {
	return tx.saveTyped("draft", agent, v, text)
}

// BeginDraft puts a text before what an agent has typed, on a line of its own; an empty
// one changes nothing. ErrNotFound when there is no such conversation.
func (tx *Tx) BeginDraft(agent staff.AgentID, v chat.ConversationID, text string) error {
	return tx.beginTyped("draft", agent, v, text)
}
