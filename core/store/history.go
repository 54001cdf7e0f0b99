package store

import (
	"errors"
	"time"

	"shopbell/core/chat"
)

// PastConversation returns where a message of before the number was connected
// belongs: in the contact's last conversation, as that is, and where there is none,
// in one that ended with the message. The caller changes what it must and calls
// SaveConversation.
func (tx *Tx) PastConversation(channel chat.ChannelID, contact chat.Contact, at time.Time) (chat.Conversation, error) {
	v, err := tx.LatestConversation(channel, contact)
	if !errors.Is(err, ErrNotFound) {
		return v, err
	}
	if v, err = tx.OpenConversation(channel, contact); err != nil {
		return v, err
	}
	v.State, v.StartedAt, v.ResolvedAt, v.LastAt = chat.StateResolved, at, at, at
	_, err = tx.exec("UPDATE conversation SET started_at = ? WHERE id = ?", ms(at), v.ID)
	return v, err
}

// Reveal gives a message of the kind raw its file, its caption and its true kind,
// once. It stays as it is where it is of another kind by now.
func (tx *Tx) Reveal(id chat.MessageID, raw string, n NewMessage) error {
	changed, err := tx.changed("UPDATE message SET kind = ?, raw_kind = '', text = ?, raw = NULL WHERE id = ? AND raw_kind = ?",
		n.Kind, n.Text, id, raw)
	if err != nil || changed == 0 {
		return err
	}
	m, err := tx.Message(id)
	if err != nil {
		return err
	}
	m.Media = n.Media
	if err := tx.addMedia(&m, n.AtMeta); err != nil {
		return err
	}
	if err := tx.noteMessage(m); err != nil {
		return err
	}
	return tx.showPreview(m)
}
