package store

import (
	"database/sql"
	"errors"
	"time"

	"shopbell/core/chat"
)

// contactOfRow joins the contactColumns to a conversation v.
const contactOfRow = " JOIN contact c ON c.id = v.contact_id JOIN contact i ON i.id = v.identity_id "

const conversationColumns = `v.id, v.channel_id, v.state, v.department, v.question, v.assigned_to, v.waiting_since,
	v.started_at, v.resolved_at, v.last_at, (SELECT max(w.last_inbound) FROM conversation w
		WHERE w.contact_id = v.contact_id AND w.channel_id = v.channel_id AND w.identity_id = v.identity_id), v.person_at, v.unread, v.lock_holder, v.lock_until,
	v.preview_text, v.preview_kind, v.preview_author, v.preview_status, v.rating_asked, v.rating, v.rated_at,
	(SELECT min(s.at) FROM message s WHERE s.conversation_id = v.id AND s.status = 'scheduled')`

// conversationScan collects the columns of conversationColumns.
type conversationScan struct {
	v                              chat.Conversation
	waiting, resolved, inbound, by sql.NullInt64
	asked, score, rated, goes      sql.NullInt64
	started, last, until           int64
}

func (s *conversationScan) dest() []any {
	v := &s.v
	return []any{
		&v.ID, &v.Channel, &v.State, &v.Department, &v.Question, &v.AssignedTo, &s.waiting,
		&s.started, &s.resolved, &s.last, &s.inbound, &s.by, &v.Unread, &v.Lock.Holder, &s.until,
		&v.Preview.Text, &v.Preview.Kind, &v.Preview.Author, &v.Preview.Status,
		&s.asked, &s.score, &s.rated, &s.goes,
	}
}

func (s *conversationScan) conversation() chat.Conversation {
	v := s.v
	v.WaitingSince, v.ResolvedAt = fromNull(s.waiting), fromNull(s.resolved)
	v.LastInbound, v.PersonAt = fromNull(s.inbound), fromNull(s.by)
	v.Rating, v.GoesAt = ratingOf(s.asked, s.score, s.rated), fromNull(s.goes)
	v.StartedAt, v.LastAt, v.Lock.Until = fromMS(s.started), fromMS(s.last), fromMS(s.until)
	return v
}

// Conversation returns one row as the list shows it; ErrNotFound.
func (r *Reader) Conversation(id chat.ConversationID) (chat.Conversation, error) {
	var s conversationScan
	var c contactScan
	var holder sql.NullString
	err := r.row("SELECT "+conversationColumns+", "+contactColumns+", a.name FROM conversation v"+contactOfRow+
		"LEFT JOIN agent a ON a.id = v.lock_holder WHERE v.id = ?",
		[]any{id}, append(append(s.dest(), c.dest()...), &holder)...)
	v := s.conversation()
	v.Contact, v.Lock.HolderName = c.contact(), holder.String
	return v, err
}

// LatestConversation returns the newest conversation of contact's identity on channel,
// open or not; ErrNotFound.
func (r *Reader) LatestConversation(channel chat.ChannelID, contact chat.Contact) (chat.Conversation, error) {
	var s conversationScan
	err := r.row("SELECT "+conversationColumns+` FROM conversation v WHERE v.contact_id = ? AND v.channel_id = ? AND v.identity_id = ?
		ORDER BY v.id DESC LIMIT 1`, []any{contact.ID, channel, contact.Identity}, s.dest()...)
	v := s.conversation()
	v.Contact = contact
	return v, err
}

// HasNewer reports whether v's contact has a newer conversation on v's channel:
// the one that what they write next belongs to.
func (r *Reader) HasNewer(v chat.Conversation) (newer bool, err error) {
	err = r.row("SELECT EXISTS (SELECT 1 FROM conversation WHERE contact_id = ? AND channel_id = ? AND identity_id = ? AND id > ?)",
		[]any{v.Contact.ID, v.Channel, v.Contact.Identity, v.ID}, &newer)
	return newer, err
}

// TakeUp returns the conversation that a new message of contact on channel
// belongs to: the one going on; the last one, opened again, where it was
// resolved less than chat.TakeUpAgain ago; else a new one. So at most one of
// an identity on channel is open. The caller changes what it must and calls
// SaveConversation.
func (tx *Tx) TakeUp(channel chat.ChannelID, contact chat.Contact) (chat.Conversation, error) {
	v, err := tx.LatestConversation(channel, contact)
	switch {
	case errors.Is(err, ErrNotFound):
	case err != nil:
		return v, err
	case v.State == chat.StateOpen:
		return v, nil
	case tx.now.Sub(v.ResolvedAt) < chat.TakeUpAgain:
		v.State, v.ResolvedAt = chat.StateOpen, time.Time{}
		_, err := tx.exec("UPDATE conversation SET settled = (SELECT coalesce(max(id), 0) FROM message), rating_due = NULL WHERE id = ?", v.ID)
		return v, err
	}
	return tx.OpenConversation(channel, contact)
}

// OpenConversation is TakeUp for a contact that has no conversation on channel yet.
// SaveConversation writes its last_at, and a trigger the contact's with it.
func (tx *Tx) OpenConversation(channel chat.ChannelID, contact chat.Contact) (chat.Conversation, error) {
	v := chat.Conversation{
		Channel: channel, Contact: contact, State: chat.StateOpen, StartedAt: tx.now, LastAt: tx.now,
	}
	id, err := tx.insert("INSERT INTO conversation (channel_id, contact_id, identity_id, state, started_at, last_at) VALUES (?, ?, ?, ?, ?, 0)",
		channel, contact.ID, contact.Identity, v.State, ms(tx.now))
	v.ID = chat.ConversationID(id)
	return v, err
}

// SaveConversation stores what a unit changed in v and announces it. The
// preview is kept by AddMessage and is not written here.
func (tx *Tx) SaveConversation(v chat.Conversation) error {
	_, err := tx.exec(`UPDATE conversation SET state = ?, department = ?, question = ?, assigned_to = ?, waiting_since = ?,
		resolved_at = ?, last_at = ?, last_inbound = ?, person_at = ?, unread = ?, lock_holder = ?, lock_until = ? WHERE id = ?`,
		v.State, v.Department, v.Question, v.AssignedTo, msOrNull(v.WaitingSince),
		msOrNull(v.ResolvedAt), ms(v.LastAt), msOrNull(v.LastInbound), msOrNull(v.PersonAt), v.Unread,
		v.Lock.Holder, lockMS(v.Lock), v.ID)
	if err == nil {
		tx.note(Change{Kind: ConversationChanged, Conversation: v.ID})
	}
	return err
}

func lockMS(l chat.Lock) int64 {
	if l.Holder == 0 {
		return 0
	}
	return ms(l.Until)
}

// showPreview makes m the second line of its conversation's row, unless it is a
// reaction, a system line, a note or about a rating, is scheduled, or came late and stands further up
// in the chat.
func (tx *Tx) showPreview(m chat.Message) error {
	switch m.Kind {
	case chat.KindReaction, chat.KindSystem, chat.KindNote, chat.KindRating:
		return nil
	}
	if m.Status == chat.StatusScheduled {
		return nil
	}
	kind, text := previewOf(m)
	_, err := tx.exec(`UPDATE conversation SET preview_message = ?, preview_text = ?, preview_kind = ?, preview_author = ?,
		preview_status = ? WHERE id = ? AND NOT EXISTS (SELECT 1 FROM message WHERE id = preview_message AND at > ?)`,
		m.ID, text, kind, m.Author, m.Status, m.Conversation, ms(m.At))
	return err
}

// previewOf returns what a row shows of m. Of what its author took back it does
// not repeat a word.
func previewOf(m chat.Message) (kind chat.Kind, text string) {
	if !m.RevokedAt.IsZero() {
		return chat.KindRevoked, ""
	}
	return m.Kind, m.Line()
}

// Reopen opens a resolved conversation as if it had not been resolved; its customer is
// not asked how it was. One that is open stays as it is. The caller has seen that there
// is none newer.
func (tx *Tx) Reopen(id chat.ConversationID) error {
	if _, err := tx.exec("UPDATE conversation SET state = ?, resolved_at = NULL, rating_due = NULL WHERE id = ?", chat.StateOpen, id); err != nil {
		return err
	}
	return tx.restoreWaiting(id)
}

// restoreWaiting lets the customer wait since the oldest message that has no
// answer, after one turned out not to have left, or to have left after all. An
// answer that was sent once more answers what had arrived until then. What was
// resolved needs none, and who is blocked waits for none.
func (tx *Tx) restoreWaiting(id chat.ConversationID) error {
	v, err := tx.Conversation(id)
	if err != nil {
		return err
	}
	if v.State != chat.StateOpen || v.Contact.Blocked {
		return nil
	}
	var since sql.NullInt64
	err = tx.row(`WITH answered AS (SELECT coalesce(max(id), 0) AS last, coalesce(max(arrived_at) FILTER (WHERE attempt > 1), 0) AS again
			FROM message WHERE contact_id = ?1 AND channel_id = ?2 AND conversation_id = ?3 AND answers = 1 AND status NOT IN (?5, ?6))
		SELECT min(m.at) FROM message m, answered WHERE m.contact_id = ?1 AND m.channel_id = ?2 AND m.conversation_id = ?3
		AND m.author = ?4 AND m.status <> ?7 AND `+asks+` AND m.id > answered.last AND m.arrived_at >= answered.again
		AND m.id > (SELECT settled FROM conversation WHERE id = ?3)`,
		[]any{v.Contact.ID, v.Channel, id, chat.AuthorCustomer, chat.StatusFailed, chat.StatusExpired, chat.StatusPast}, &since)
	if err != nil {
		return err
	}
	v.WaitingSince = fromNull(since)
	return tx.SaveConversation(v)
}
