package store

import "shopbell/core/chat"

// MessagesAfter is Messages for what is newer than a message. last is the message after
// which to go on, 0 where there is nothing newer: what is no message of its own counts
// towards limit, so that a page may have less, and even nothing.
func (r *Reader) MessagesAfter(identity chat.ContactID, channel chat.ChannelID, after chat.MessageID, limit int) (list []chat.Message, last chat.MessageID, err error) {
	var at int64
	if err := r.row("SELECT at FROM message WHERE id = ?", []any{after}, &at); err != nil {
		return nil, 0, err
	}
	ids, err := r.ids(`SELECT m.id FROM message m WHERE m.contact_id = (SELECT coalesce(person_id, id) FROM contact WHERE id = ?)
		AND m.channel_id = ? AND (m.at, m.id) > (?, ?) ORDER BY m.at, m.id LIMIT ?`, identity, channel, at, after, limit+1)
	if err != nil || len(ids) == 0 {
		return nil, 0, err
	}
	edge := chat.MessageID(0)
	if len(ids) > limit {
		edge, last = chat.MessageID(ids[limit]), chat.MessageID(ids[limit-1])
	}
	if list, err = r.Messages(identity, channel, edge, limit); err != nil {
		return nil, 0, err
	}
	for i, m := range list {
		if ms(m.At) > at || ms(m.At) == at && m.ID > after {
			return list[i:], last, nil
		}
	}
	return nil, last, nil
}
