package store

import (
	"database/sql"
	"errors"
	"math"
	"time"

	"shopbell/core/chat"
	"shopbell/core/staff"
)

// scheduledAttempt counts a scheduled message's way out: to have been put for later
// was the first. So it answers what had arrived when it left (restoreWaiting).
const scheduledAttempt = 2

// wroteSince is the condition that the customer wrote in the chat where t stands after
// message o.known; false where that is NULL.
var wroteSince = `EXISTS (SELECT 1 FROM message m INDEXED BY message_chat WHERE m.contact_id = t.contact_id AND m.channel_id = t.channel_id
	AND m.id > o.known AND m.author = 'customer' AND m.status <> 'past' AND ` + asks + `
	AND ` + identityOf + ` = (SELECT own.identity_id FROM conversation own WHERE own.id = t.conversation_id))`

// hold puts a message into the outbox that does not leave yet.
func (tx *Tx) hold(o *Outgoing, body []byte) error {
	_, err := tx.exec(`INSERT INTO outbox (message_id, state, payload, automatic, not_before, send_before, known)
		VALUES (?, 'held', ?, 0, ?, ?, CASE WHEN ? THEN (SELECT max(id) FROM message) END)`,
		o.ID, body, ms(o.HeldUntil), ms(o.SendBefore), o.Scheduled)
	tx.note(Change{Kind: OutboxHeld, Conversation: o.Conversation, Message: o.ID})
	return err
}

// due is what Due looks for. The index leaves out all that is ready: after an outage of
// Meta's that may be very much.
var due = `SELECT o.message_id FROM outbox o INDEXED BY outbox_held JOIN message t ON t.id = o.message_id
	WHERE o.state = 'held' AND o.not_before <= ?1 AND o.send_before > ?1 AND NOT ` + wroteSince + " ORDER BY o.known IS NOT NULL, o.id"

// Due returns the messages that are held back and whose moment has come, in the order
// in which they leave: as they were written, and behind all others those that were
// scheduled. No Release of one takes another along that stands behind it. Those that wait for a person's word, and those whose
// send_before has come too, are left out.
func (tx *Tx) Due() (list []chat.MessageID, err error) {
	err = tx.rows(due, []any{ms(tx.now)},
		func(rows *sql.Rows) error {
			var id chat.MessageID
			err := rows.Scan(&id)
			list = append(list, id)
			return err
		})
	return list, err
}

// NextHeld returns when something is to be done about what is held back: one is to be
// let go, or expires. Zero: never.
func (tx *Tx) NextHeld() (time.Time, error) {
	var next sql.NullInt64
	err := tx.row("SELECT min(CASE WHEN not_before > ?1 THEN not_before ELSE send_before END) FROM outbox WHERE state = 'held'",
		[]any{ms(tx.now)}, &next)
	return fromNull(next), err
}

// Release lets a message go that is held back: it is ready to be sent, behind all that
// are, and stands at the end of the chat where it was scheduled. Those that were
// written before it in its chat and are held back, not scheduled, go first. It returns
// the message as it stands now, and whether it was scheduled. ErrNotFound where it is
// not held back.
func (tx *Tx) Release(id chat.MessageID) (m chat.Message, scheduled bool, err error) {
	var row OutboxRow
	var held, before int64
	if err := tx.row(`DELETE FROM outbox WHERE message_id = ?1 AND state = 'held'
		RETURNING id, payload, send_before, (SELECT channel_id FROM message WHERE id = ?1)`, []any{id}, &held, &row.Payload, &before, &row.Channel); err != nil {
		return m, false, err
	}
	if m, err = tx.Message(id); err != nil {
		return m, false, err
	}
	if scheduled = m.Status == chat.StatusScheduled; scheduled {
		held = math.MaxInt64
	}
	if err := tx.releaseBefore(m.Conversation, held); err != nil {
		return m, scheduled, err
	}
	if scheduled {
		if err := tx.unschedule(&m); err != nil {
			return m, scheduled, err
		}
	}
	row.Message, row.Contact, row.NotBefore, row.SendBefore = id, m.Contact, tx.now, fromMS(before)
	return m, scheduled, tx.enqueue(row, m.Conversation)
}

// releaseBefore lets go, in their order, what is held back in the chat of v in rows of
// the outbox before the given one: what a person sent first, the customer gets first.
// Scheduled messages stay.
func (tx *Tx) releaseBefore(v chat.ConversationID, row int64) error {
	list, err := tx.ids(`SELECT o.message_id FROM outbox o INDEXED BY outbox_held JOIN message m ON m.id = o.message_id
		JOIN conversation w ON w.id = m.conversation_id JOIN conversation this ON this.id = ?
		WHERE o.state = 'held' AND o.known IS NULL AND o.id < ?
		AND w.identity_id = this.identity_id AND w.channel_id = this.channel_id ORDER BY o.id`, v, row)
	if err != nil {
		return err
	}
	for _, id := range list {
		if _, _, err := tx.Release(chat.MessageID(id)); err != nil {
			return err
		}
	}
	return nil
}

// unschedule makes a scheduled message an answer of this moment.
func (tx *Tx) unschedule(m *chat.Message) error {
	at, err := tx.endOf(m.Conversation)
	if err != nil {
		return err
	}
	m.Status, m.At, m.Arrived, m.Answers, m.GoesAt, m.Asks = chat.StatusQueued, at, tx.now, true, time.Time{}, false
	if _, err := tx.exec("UPDATE message SET status = ?, at = ?, arrived_at = ?, answers = 1, attempt = ? WHERE id = ?",
		m.Status, ms(m.At), ms(m.Arrived), scheduledAttempt, m.ID); err != nil {
		return err
	}
	if err := tx.noteMessage(*m); err != nil {
		return err
	}
	return tx.showPreview(*m)
}

// endOf is when a message stands at the end of a chat that is written now: this
// computer's clock may be behind Meta's.
func (tx *Tx) endOf(v chat.ConversationID) (time.Time, error) {
	var last int64
	err := tx.row("SELECT last_at FROM conversation WHERE id = ?", []any{v}, &last)
	return fromMS(max(ms(tx.now), last)).Truncate(time.Second), err
}

// Reschedule puts a scheduled message to another moment; its author knows all that
// the chat holds. ErrNotFound where it is not scheduled any more.
func (tx *Tx) Reschedule(m chat.Message, at, sendBefore time.Time) error {
	n, err := tx.changed(`UPDATE outbox SET not_before = ?, send_before = ?, known = (SELECT max(id) FROM message)
		WHERE message_id = ? AND state = 'held' AND known IS NOT NULL`, ms(at), ms(sendBefore), m.ID)
	if err != nil {
		return err
	}
	if n == 0 {
		return ErrNotFound
	}
	if _, err := tx.exec("UPDATE message SET at = ? WHERE id = ?", ms(at.Truncate(time.Second)), m.ID); err != nil {
		return err
	}
	tx.note(Change{Kind: OutboxHeld, Conversation: m.Conversation, Message: m.ID})
	return tx.noteMessage(m)
}

// Withdraw removes a message that is held back: the customer waits as if it had not
// been written, and the row shows what it showed. That the chat is assigned, open and
// read stays. ErrNotFound where it is not held back.
func (tx *Tx) Withdraw(m chat.Message) error {
	n, err := tx.changed("DELETE FROM outbox WHERE message_id = ? AND state = 'held'", m.ID)
	if err != nil {
		return err
	}
	if n == 0 {
		return ErrNotFound
	}
	if err := tx.RemoveMessage(m); err != nil || !m.Answers {
		return err
	}
	return tx.restoreWaiting(m.Conversation)
}

// RemoveMessage forgets a message that nobody outside has seen: a note, or an answer
// that has not left. The row shows what it showed before.
func (tx *Tx) RemoveMessage(m chat.Message) error {
	for _, q := range []string{"DELETE FROM media WHERE message_id = ?", "DELETE FROM message WHERE id = ?"} {
		if _, err := tx.exec(q, m.ID); err != nil {
			return err
		}
	}
	if err := tx.noteMessage(m); err != nil {
		return err
	}
	if !m.Answers {
		return nil
	}
	return tx.forgetAnswer(m.Conversation)
}

// shows is the condition that a row of the list shows message m, and moves with it.
const shows = "m.kind NOT IN ('reaction', 'system', 'note', 'rating')"

// forgetAnswer lets a row show its chat without an answer that was removed.
func (tx *Tx) forgetAnswer(v chat.ConversationID) error {
	row, err := tx.Conversation(v)
	if err != nil {
		return err
	}
	of := []any{row.Contact.ID, row.Channel, v}
	// What the shop wrote on its phone has no agent: one of those that came late answers
	// nothing, and still a person wrote it.
	var last, person sql.NullInt64
	if err := tx.row(`SELECT max(m.at), max(m.at) FILTER (WHERE m.author = 'agent' AND (m.answers = 1 OR m.agent_id = 0 AND `+asks+`))
		FROM message m WHERE m.contact_id = ? AND m.channel_id = ? AND m.conversation_id = ? AND m.status <> 'scheduled' AND `+shows,
		of, &last, &person); err != nil {
		return err
	}
	row.PersonAt = fromNull(person)
	if last.Valid {
		row.LastAt = fromMS(last.Int64)
	}
	if err := tx.SaveConversation(row); err != nil {
		return err
	}
	if err := tx.setLast(row.Contact.ID); err != nil {
		return err
	}
	if _, err := tx.exec(`UPDATE conversation SET preview_message = 0, preview_text = '', preview_kind = '', preview_author = '',
		preview_status = '' WHERE id = ?`, v); err != nil {
		return err
	}
	list, err := tx.messages("SELECT "+messageColumns+messageFrom+`WHERE m.contact_id = ? AND m.channel_id = ? AND m.conversation_id = ?
		AND m.status <> 'scheduled' AND `+shows+" ORDER BY m.at DESC, m.id DESC LIMIT 1", of...)
	if err != nil || len(list) == 0 {
		return err
	}
	return tx.showPreview(list[0])
}

// completeScheduled fills in what the outbox says of scheduled messages.
func (r *Reader) completeScheduled(list []chat.Message) error {
	for i := range list {
		m := &list[i]
		if m.Status != chat.StatusScheduled {
			continue
		}
		var at int64
		err := r.row("SELECT o.not_before, "+wroteSince+" FROM outbox o JOIN message t ON t.id = o.message_id WHERE o.message_id = ?",
			[]any{m.ID}, &at, &m.Asks)
		if errors.Is(err, ErrNotFound) {
			continue // on its way out in this very unit
		}
		if err != nil {
			return err
		}
		m.GoesAt = fromMS(at)
	}
	return nil
}

// NoteDraft returns what an agent has typed as a note.
func (r *Reader) NoteDraft(agent staff.AgentID, v chat.ConversationID) (text string, at time.Time, err error) {
	return r.typed("note_draft", agent, v)
}

// typed reads a draft in one of the two tables of drafts; an empty text where there is
// none.
func (r *Reader) typed(table string, agent staff.AgentID, v chat.ConversationID) (text string, at time.Time, err error) {
	var t int64
	err = r.row("SELECT text, at FROM "+table+" WHERE agent_id = ? AND conversation_id = ?", []any{agent, v}, &text, &t)
	if errors.Is(err, ErrNotFound) {
		return "", time.Time{}, nil
	}
	return text, fromMS(t), err
}

// SaveNoteDraft keeps what an agent has typed as a note; an empty text forgets it.
// ErrNotFound when there is no such conversation.
func (tx *Tx) SaveNoteDraft(agent staff.AgentID, v chat.ConversationID, text string) error {
	return tx.saveTyped("note_draft", agent, v, text)
}

// BeginNoteDraft is BeginDraft for what an agent has typed as a note.
func (tx *Tx) BeginNoteDraft(agent staff.AgentID, v chat.ConversationID, text string) error {
	return tx.beginTyped("note_draft", agent, v, text)
}

// beginTyped puts a text before a draft.
func (tx *Tx) beginTyped(table string, agent staff.AgentID, v chat.ConversationID, text string) error {
	since, _, err := tx.typed(table, agent, v)
	if err != nil || text == "" {
		return err
	}
	if since != "" {
		text += "\n" + since
	}
	return tx.saveTyped(table, agent, v, text)
}

// saveTyped keeps a draft in one of the two tables of drafts.
func (tx *Tx) saveTyped(table string, agent staff.AgentID, v chat.ConversationID, text string) error {
	if text == "" {
		_, err := tx.exec("DELETE FROM "+table+" WHERE agent_id = ? AND conversation_id = ?", agent, v)
		return err
	}
	n, err := tx.changed("INSERT INTO "+table+` (agent_id, conversation_id, text, at) SELECT ?, id, ?, ? FROM conversation WHERE id = ?
		ON CONFLICT (agent_id, conversation_id) DO UPDATE SET text = excluded.text, at = excluded.at`, agent, text, ms(tx.now), v)
	if err == nil && n == 0 {
		return ErrNotFound
	}
	return err
}
