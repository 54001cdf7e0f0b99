package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"time"

	"shopbell/core/chat"
	"shopbell/core/staff"
)

// OutboxRow is one message on its way out.
type OutboxRow struct {
	ID            int64
	Message       chat.MessageID
	Contact       chat.ContactID // the identity that it goes to, which no merge changes
	Channel       chat.ChannelID
	PhoneNumberID string
	Payload       []byte    // the body of the Graph call
	NewCustomer   time.Time // the contact's first message ever (mission C7)
	Automatic     bool
	NotBefore     time.Time
	SendBefore    time.Time
}

// Claim answers for the rows that a commit is about to add to the outbox.
type Claim struct {
	// IDs are the rows to be stored as claimed, in state sending.
	IDs []int64
	// Known says that whoever claims needs not be told that rows were added.
	Known bool
	// Done, where set, is told once whether the commit came to pass.
	Done func(stored bool)
}

// Acceptance is what the Graph API said when it took a message.
type Acceptance struct {
	WAMID, WaID, UserID string
	At                  time.Time
}

// OutboxPast is a message that left, or may have left.
type OutboxPast struct {
	Contact chat.ContactID // as in OutboxRow
	Channel chat.ChannelID
	At      time.Time
}

// Outgoing is a message to be sent.
type Outgoing struct {
	NewMessage
	SendBefore time.Time // after it the message expires unsent
	// HeldUntil keeps the message back; zero: it is ready. Scheduled: it is to be seen
	// so, answers nobody until it leaves, and does not leave where the customer has
	// written since.
	HeldUntil time.Time
	Scheduled bool
	// Encode makes the body of the Graph call; callback is what Meta must hand
	// back with every status.
	Encode func(callback string) ([]byte, error)
}

// AddOutgoing stores a message as queued, or scheduled, and puts it into the outbox.
// What is held back in the chat, and not scheduled, leaves before an agent's message
// that is not held back, and before the question how it was, which may come from the
// customer's "Solved"; a reaction stands in no order with it.
func (tx *Tx) AddOutgoing(o *Outgoing) error {
	attempt := 1
	o.Status = chat.StatusQueued
	if o.Scheduled {
		o.Status, o.At, o.Answers, attempt = chat.StatusScheduled, o.HeldUntil, false, scheduledAttempt
	}
	if err := tx.AddMessage(&o.NewMessage); err != nil {
		return err
	}
	return tx.post(o, attempt)
}

// AddAttempt puts a failed or expired message into the outbox once more. The
// caller gives the message as it stands; its place in the chat is now, at its end,
// and what is held back there, and not scheduled, leaves before it. ErrNotFound when it is in another state.
func (tx *Tx) AddAttempt(o *Outgoing) error {
	at, err := tx.endOf(o.Conversation)
	if err != nil {
		return err
	}
	o.Status, o.At = chat.StatusQueued, at
	var attempt int
	err = tx.row(`UPDATE message SET status = ?, at = ?, arrived_at = ?, attempt = attempt + 1, wamid = NULL, accepted_at = NULL,
		error_code = 0, error_text = '' WHERE id = ? AND status IN ('failed', 'expired') RETURNING attempt`,
		[]any{o.Status, ms(o.At), ms(tx.now), o.ID}, &attempt)
	if err != nil {
		return err
	}
	if err := tx.post(o, attempt); err != nil {
		return err
	}
	if err := tx.followQuestion(o.Message); err != nil {
		return err
	}
	if err := tx.noteMessage(o.Message); err != nil {
		return err
	}
	return tx.showPreview(o.Message)
}

func (tx *Tx) post(o *Outgoing, attempt int) error {
	body, err := o.Encode(tx.callbackData(o.ID, attempt))
	if err != nil {
		return err
	}
	if !o.HeldUntil.IsZero() {
		return tx.hold(o, body)
	}
	if attempt > 1 || o.Kind == chat.KindRating || o.Author == chat.AuthorAgent && o.Kind != chat.KindReaction {
		if err := tx.releaseBefore(o.Conversation, math.MaxInt64); err != nil {
			return err
		}
	}
	return tx.enqueue(OutboxRow{
		Message: o.ID, Contact: o.Contact, Channel: o.Channel,
		Payload: body, Automatic: o.Author == chat.AuthorRule, NotBefore: tx.now, SendBefore: o.SendBefore,
	}, o.Conversation)
}

// enqueue puts a row, whose Contact is still the person, behind all that are ready; it
// gets its ID.
func (tx *Tx) enqueue(row OutboxRow, v chat.ConversationID) error {
	var first int64
	if err := tx.row(`INSERT INTO outbox (message_id, state, payload, automatic, not_before, send_before) VALUES (?, 'ready', ?, ?, ?, ?)
		RETURNING id, (SELECT phone_number_id FROM channel WHERE id = ?), (SELECT first_at FROM contact WHERE id = ?),
			(SELECT identity_id FROM conversation WHERE id = ?)`,
		[]any{row.Message, row.Payload, row.Automatic, ms(row.NotBefore), ms(row.SendBefore), row.Channel, row.Contact, v},
		&row.ID, &row.PhoneNumberID, &first, &row.Contact); err != nil {
		return err
	}
	row.NewCustomer = fromMS(first)
	tx.added = append(tx.added, row)
	tx.note(Change{Kind: OutboxAdded, Conversation: v, Message: row.Message})
	return nil
}

// OutboxReady returns up to limit rows that are ready, by id, beginning after
// the given one.
func (db *DB) OutboxReady(ctx context.Context, after int64, limit int) (list []OutboxRow, err error) {
	err = db.View(ctx, func(r *Reader) error {
		return r.rows(`SELECT o.id, o.message_id, v.identity_id, m.channel_id, h.phone_number_id, o.payload,
			c.first_at, o.automatic, o.not_before, o.send_before
			FROM outbox o JOIN message m ON m.id = o.message_id JOIN contact c ON c.id = m.contact_id
			JOIN conversation v ON v.id = m.conversation_id JOIN channel h ON h.id = m.channel_id
			WHERE o.id > ? AND o.state = 'ready' ORDER BY o.id LIMIT ?`, []any{after, limit}, func(rows *sql.Rows) error {
			var o OutboxRow
			var first, notBefore, sendBefore int64
			if err := rows.Scan(&o.ID, &o.Message, &o.Contact, &o.Channel, &o.PhoneNumberID, &o.Payload,
				&first, &o.Automatic, &notBefore, &sendBefore); err != nil {
				return err
			}
			o.NewCustomer, o.NotBefore = fromMS(first), fromMS(notBefore)
			o.SendBefore = fromMS(sendBefore)
			list = append(list, o)
			return nil
		})
	})
	return list, err
}

// OutboxClaim moves rows from ready to sending and returns those it moved.
func (db *DB) OutboxClaim(ctx context.Context, ids []int64) (claimed []int64, err error) {
	err = db.Update(ctx, func(tx *Tx) error {
		claimed = claimed[:0]
		for _, id := range ids {
			ours, err := tx.claim(id)
			if err != nil {
				return err
			}
			if ours {
				claimed = append(claimed, id)
			}
		}
		return nil
	})
	return claimed, err
}

// claim moves one row from ready to sending and reports whether it was ready.
func (tx *Tx) claim(id int64) (ours bool, err error) {
	n, err := tx.changed("UPDATE outbox SET state = 'sending', not_before = ? WHERE id = ? AND state = 'ready'", ms(tx.now), id)
	return n == 1, err
}

// OutboxSent ends a row: Meta took the message. A row that is gone already was
// ended by a status, which said all of this.
func (db *DB) OutboxSent(ctx context.Context, id int64, a Acceptance) error {
	return db.Update(ctx, func(tx *Tx) error {
		m, err := tx.takeOut(id)
		if errors.Is(err, ErrNotFound) {
			// A status was faster and said all of this, but how WhatsApp spells the number.
			var v chat.ConversationID
			err := tx.row("SELECT conversation_id FROM message WHERE wamid = ?", []any{a.WAMID}, &v)
			if errors.Is(err, ErrNotFound) {
				return nil
			}
			return errors.Join(err, tx.learnSpelling(v, a))
		}
		if err != nil {
			return err
		}
		if err := tx.accept(m, a); err != nil {
			return err
		}
		return tx.adoptOrphans(a.WAMID)
	})
}

// takeOut removes a row and returns the message it carried.
func (tx *Tx) takeOut(id int64) (m chat.MessageID, err error) {
	err = tx.row("DELETE FROM outbox WHERE id = ? RETURNING message_id", []any{id}, &m)
	return m, err
}

// accept notes that Meta took a message, and what it calls it and the contact.
func (tx *Tx) accept(m chat.MessageID, a Acceptance) error {
	const set = `UPDATE OR IGNORE message SET wamid = coalesce(wamid, ?), accepted_at = coalesce(accepted_at, ?),
		status = CASE WHEN status IN ('queued', 'unknown', 'expired', 'failed') THEN 'sent' ELSE status END,
		error_code = 0, error_text = '' WHERE id = ? RETURNING conversation_id, contact_id, status, kind, reply_to`
	now := chat.Message{ID: m}
	dest := []any{&now.Conversation, &now.Contact, &now.Status, &now.Kind, &now.ReplyTo}
	err := tx.row(set, []any{textOrNull(a.WAMID), ms(a.At), m}, dest...)
	if errors.Is(err, ErrNotFound) {
		// Another message has this wamid: a fault of the other side, and no reason
		// to forget that this one was taken.
		err = tx.row(set, []any{nil, ms(a.At), m}, dest...)
	}
	if err != nil {
		return fmt.Errorf("store: accept message %d: %w", m, err)
	}
	if err := tx.learnSpelling(now.Conversation, a); err != nil {
		return err
	}
	return tx.showStatus(now)
}

// learnSpelling keeps the number as WhatsApp really spells it.
func (tx *Tx) learnSpelling(v chat.ConversationID, a Acceptance) error {
	aliases := (Person{Phone: a.WaID, UserID: a.UserID}).Aliases()
	if len(aliases) == 0 {
		return nil
	}
	var c chat.Contact
	if err := tx.row("SELECT contact_id, identity_id FROM conversation WHERE id = ?", []any{v}, &c.ID, &c.Identity); err != nil {
		return err
	}
	for _, alias := range aliases {
		if err := tx.addAlias(c, alias); err != nil {
			return err
		}
	}
	return nil
}

// showStatus brings the row of the list up to date where it shows m, and what was
// asked where m asks it, and announces m.
func (tx *Tx) showStatus(m chat.Message) error {
	if err := tx.followQuestion(m); err != nil {
		return err
	}
	n, err := tx.changed("UPDATE conversation SET preview_status = ? WHERE id = ? AND preview_message = ?", m.Status, m.Conversation, m.ID)
	if err != nil {
		return err
	}
	if n > 0 {
		tx.note(Change{Kind: ConversationChanged, Conversation: m.Conversation})
	}
	return tx.noteMessage(m)
}

// OutboxBack makes a row ready again.
func (db *DB) OutboxBack(ctx context.Context, id int64, notBefore time.Time, code int, text string) error {
	return db.Update(ctx, func(tx *Tx) error {
		var m chat.MessageID
		err := tx.row("UPDATE outbox SET state = 'ready', not_before = ? WHERE id = ? AND state = 'sending' RETURNING message_id",
			[]any{ms(notBefore), id}, &m)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		_, err = tx.exec("UPDATE message SET error_code = ?, error_text = ? WHERE id = ?", code, text, m)
		return err
	})
}

// OutboxUnknown notes that nobody knows whether the message left. The row stays
// until a status or a person settles it; it is never sent again.
func (db *DB) OutboxUnknown(ctx context.Context, id int64, why string) error {
	return db.Update(ctx, func(tx *Tx) error { return tx.unknown(id, why) })
}

func (tx *Tx) unknown(id int64, why string) error {
	var m chat.MessageID
	err := tx.row("UPDATE outbox SET state = 'unknown' WHERE id = ? AND state = 'sending' RETURNING message_id", []any{id}, &m)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return tx.end(m, chat.StatusUnknown, 0, why)
}

// end gives a message that did not become "sent" its status.
func (tx *Tx) end(m chat.MessageID, to chat.Status, code int, text string) error {
	now, err := tx.Message(m)
	if err != nil {
		return err
	}
	var climbed bool
	if now.Status, climbed = now.Status.Climb(to); !climbed {
		return nil
	}
	if _, err := tx.exec("UPDATE message SET status = ?, error_code = ?, error_text = ? WHERE id = ?", now.Status, code, text, m); err != nil {
		return err
	}
	if err := tx.showStatus(now); err != nil {
		return err
	}
	if now.Answers && lost(now.Status) {
		return tx.restoreWaiting(now.Conversation)
	}
	return nil
}

// OutboxFailed ends a row: Meta refused the message for good.
func (db *DB) OutboxFailed(ctx context.Context, id int64, code int, text string) error {
	return db.Update(ctx, func(tx *Tx) error {
		m, err := tx.takeOut(id)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return tx.end(m, chat.StatusFailed, code, text)
	})
}

// OutboxExpire ends every row past its send_before that is ready or held back. A rule's message
// leaves a line that says so; a person's text becomes their draft again, before
// what they have typed since. What is no text a draft cannot hold: it stands in
// the chat as expired.
func (db *DB) OutboxExpire(ctx context.Context, now time.Time) (n int, err error) {
	err = db.Update(ctx, func(tx *Tx) error {
		n = 0
		// The newest first: each text goes to the top of the draft.
		ids, err := tx.ids("SELECT id FROM outbox WHERE state IN ('ready', 'held') AND send_before <= ? ORDER BY id DESC", ms(now))
		if err != nil {
			return err
		}
		for _, id := range ids {
			m, err := tx.takeOut(id)
			if err != nil {
				return err
			}
			if err := tx.expire(m); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

func (tx *Tx) expire(id chat.MessageID) error {
	m, err := tx.Message(id)
	if err != nil {
		return err
	}
	if m.Status == chat.StatusScheduled {
		if err := tx.unschedule(&m); err != nil {
			return err
		}
	}
	if err := tx.end(id, chat.StatusExpired, m.ErrorCode, m.ErrorText); err != nil {
		return err
	}
	if m.Author == chat.AuthorAgent {
		if m.Kind != chat.KindText {
			return nil
		}
		return tx.BeginDraft(staff.AgentID(m.AgentID), m.Conversation, m.Text)
	}
	if m.Kind == chat.KindRating {
		return nil // nobody waits for it
	}
	v, err := tx.Conversation(m.Conversation)
	if err != nil {
		return err
	}
	return tx.AddMessage(&NewMessage{Channel: v.Channel, Message: chat.Message{
		Conversation: m.Conversation, Contact: m.Contact, Author: chat.AuthorDesk, Kind: chat.KindSystem,
		Text: string(chat.SysAutoExpired), Data: map[string]string{"rule": m.RuleName},
	}})
}

// OutboxRecover turns every row that a crashed run left in "sending" into
// "unknown" and returns how many there were. Call it once, before sending.
func (db *DB) OutboxRecover(ctx context.Context) (n int, err error) {
	err = db.Update(ctx, func(tx *Tx) error {
		n = 0
		ids, err := tx.ids("SELECT id FROM outbox WHERE state = 'sending'")
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := tx.unknown(id, "the program ended while it was being sent"); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// OutboxRecent returns what left, or may have left, at since or later, oldest
// first: a message of unknown fate at the time it was claimed.
func (db *DB) OutboxRecent(ctx context.Context, since time.Time) (list []OutboxPast, err error) {
	err = db.View(ctx, func(r *Reader) error {
		return r.rows(`SELECT v.identity_id, m.channel_id, m.accepted_at AS left_at FROM message m JOIN conversation v ON v.id = m.conversation_id
			WHERE m.accepted_at >= ?1
			UNION ALL SELECT v.identity_id, m.channel_id, o.not_before FROM outbox o JOIN message m ON m.id = o.message_id
			JOIN conversation v ON v.id = m.conversation_id WHERE o.state = 'unknown' AND o.not_before >= ?1 ORDER BY left_at`, []any{ms(since)}, func(rows *sql.Rows) error {
			var p OutboxPast
			var at int64
			if err := rows.Scan(&p.Contact, &p.Channel, &at); err != nil {
				return err
			}
			p.At = fromMS(at)
			list = append(list, p)
			return nil
		})
	})
	return list, err
}

// OutboxCounts returns how many rows wait to leave (or are leaving) and how many have
// an unknown fate. What is held back waits for nothing but its moment.
func (r *Reader) OutboxCounts() (waiting, unknown int, err error) {
	err = r.row("SELECT count(*) FILTER (WHERE state IN ('ready', 'sending')), count(*) FILTER (WHERE state = 'unknown') FROM outbox", nil, &waiting, &unknown)
	return waiting, unknown, err
}
