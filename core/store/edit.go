package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"shopbell/core/chat"
)

// AddEdit notes that the author of the message that Meta calls target changed
// its text, or its caption, at that moment. wamid is Meta's id of the edit: the
// same one twice is one. Edits count in the order of their moments, whatever the
// order they come in; one whose message is not known waits for it.
func (tx *Tx) AddEdit(target, wamid, text string, at time.Time) error {
	return tx.addEdit(target, wamid, text, at)
}

// AddRevoke notes that the author of the message that Meta calls target took it
// back. The message stays; the list's row repeats none of it. All else is as for
// AddEdit.
func (tx *Tx) AddRevoke(target, wamid string, at time.Time) error {
	return tx.addEdit(target, wamid, nil, at)
}

func (tx *Tx) addEdit(target, wamid string, text any, at time.Time) error {
	n, err := tx.changed("INSERT OR IGNORE INTO message_edit (target, wamid, text, at) VALUES (?, ?, ?, ?)", target, wamid, text, ms(at))
	if err != nil || n == 0 {
		return err
	}
	return tx.applyEdits(target)
}

// applyEdits brings a message to where its edits leave it. There being no message
// or no edit is no error.
func (tx *Tx) applyEdits(target string) error {
	var id chat.MessageID
	err := tx.row("SELECT id FROM message WHERE wamid = ? AND EXISTS (SELECT 1 FROM message_edit WHERE target = message.wamid)", []any{target}, &id)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	// What it said at first is kept beside the edits when the first one comes.
	if _, err := tx.exec(`INSERT OR IGNORE INTO message_edit (target, wamid, text, at) SELECT wamid, '', text, at FROM message
		WHERE id = ? AND EXISTS (SELECT 1 FROM message_edit WHERE target = message.wamid AND text IS NOT NULL)`, id); err != nil {
		return err
	}
	if _, err := tx.exec(`UPDATE message SET
		text = coalesce((SELECT e.text FROM message_edit e WHERE e.target = message.wamid AND e.text IS NOT NULL
			ORDER BY e.wamid <> '' DESC, e.at DESC, e.wamid DESC LIMIT 1), text),
		edited_at = (SELECT max(at) FROM message_edit WHERE target = message.wamid AND text IS NOT NULL AND wamid <> ''),
		revoked_at = (SELECT min(at) FROM message_edit WHERE target = message.wamid AND text IS NULL)
		WHERE id = ?`, id); err != nil {
		return err
	}
	m, err := tx.Message(id)
	if err != nil {
		return err
	}
	kind, text := previewOf(m)
	n, err := tx.changed("UPDATE conversation SET preview_text = ?, preview_kind = ? WHERE id = ? AND preview_message = ?",
		text, kind, m.Conversation, id)
	if err != nil {
		return err
	}
	if n > 0 {
		tx.note(Change{Kind: ConversationChanged, Conversation: m.Conversation})
	}
	return tx.noteMessage(m)
}

// readEdits fills in what messages said before.
func (r *Reader) readEdits(wamids []string, of map[string]*chat.Message) error {
	keys, err := json.Marshal(wamids)
	if err != nil {
		return err
	}
	before, said := "", "" // the row before: its message, and its text
	return r.rows(`SELECT target, text, at FROM message_edit WHERE target IN (SELECT value FROM json_each(?)) AND text IS NOT NULL
		ORDER BY target, wamid <> '', at, wamid`, []any{string(keys)}, func(rows *sql.Rows) error {
		var target, text string
		var at int64
		if err := rows.Scan(&target, &text, &at); err != nil {
			return err
		}
		if target == before {
			m := of[target]
			m.Edits = append(m.Edits, chat.Edit{Text: said, At: fromMS(at)})
		}
		before, said = target, text
		return nil
	})
}

// readReactions fills in what stands on messages: of each side the newest.
func (r *Reader) readReactions(wamids []string, of map[string]*chat.Message) error {
	keys, err := json.Marshal(wamids)
	if err != nil {
		return err
	}
	type place struct{ target, side string }
	newest := map[place]bool{}
	return r.rows(`SELECT reply_to, CASE author WHEN 'customer' THEN 'customer' ELSE 'agent' END, text, at FROM message
		WHERE kind = 'reaction' AND reply_to IN (SELECT value FROM json_each(?)) AND status NOT IN ('failed', 'expired')
		ORDER BY at DESC, id DESC`, []any{string(keys)}, func(rows *sql.Rows) error {
		var p place
		var reaction chat.Reaction
		var at int64
		if err := rows.Scan(&p.target, &p.side, &reaction.Emoji, &at); err != nil {
			return err
		}
		if newest[p] {
			return nil
		}
		newest[p] = true
		if reaction.Emoji == "" {
			return nil
		}
		reaction.Author, reaction.At = chat.Author(p.side), fromMS(at)
		m := of[p.target]
		m.Reactions = append(m.Reactions, reaction)
		return nil
	})
}
