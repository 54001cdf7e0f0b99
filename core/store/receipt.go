package store

import (
	"database/sql"
	"errors"
	"time"

	"shopbell/core/chat"
)

// Seen is how far a chat was read.
type Seen struct {
	WAMID string    // of the customer's last message up to there; empty where there is none
	At    time.Time // of that message
	Later int       // messages of the customer's after it; no more are counted than are unread
}

// SeenUpTo returns what it means that the chat of v was read up to a message, 0 for
// all of it. What is chat.Silent does not count. ErrNotFound where the message is
// not in the chat.
func (r *Reader) SeenUpTo(v chat.Conversation, upTo chat.MessageID) (s Seen, err error) {
	at, id := int64(1)<<62, int64(1)<<62
	if upTo != 0 {
		if err := r.row("SELECT m.at, m.id FROM message m WHERE m.id = ? AND m.contact_id = ? AND m.channel_id = ? AND "+ofIdentity,
			[]any{upTo, v.Contact.ID, v.Channel, v.Contact.Identity}, &at, &id); err != nil {
			return s, err
		}
	}
	const asked = "FROM message m WHERE m.contact_id = ? AND m.channel_id = ? AND " + ofIdentity + " AND m.author = 'customer' AND "
	of := []any{v.Contact.ID, v.Channel, v.Contact.Identity, at, id}
	var wamid sql.NullString
	var last int64
	err = r.row("SELECT m.wamid, m.at "+asked+asks+" AND (m.at, m.id) <= (?, ?) ORDER BY m.at DESC, m.id DESC LIMIT 1", of, &wamid, &last)
	switch {
	case errors.Is(err, ErrNotFound):
	case err != nil:
		return s, err
	default:
		s.WAMID, s.At = wamid.String, fromMS(last)
	}
	err = r.row("SELECT count(*) FROM (SELECT 1 "+asked+asks+" AND (m.at, m.id) > (?, ?) LIMIT ?)", append(of, v.Unread), &s.Later)
	return s, err
}
