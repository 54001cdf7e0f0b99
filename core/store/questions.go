package store

import (
	"database/sql"
	"time"

	"shopbell/core/chat"
	"shopbell/core/rulebench"
)

// The first message of each conversation that began in a period, with what became of
// it. A conversation has no index by its beginning: it is one row for some ten
// messages, and who asks for this asks once a day. Its first message is found by the
// chat's index, and so is what follows.
var firstQuestions = `WITH first AS (
	SELECT v.id, v.contact_id, v.channel_id, v.department, v.state, (
		SELECT m.id FROM message m INDEXED BY message_chat WHERE m.contact_id = v.contact_id AND m.channel_id = v.channel_id
		AND m.conversation_id = v.id AND m.author = ?4 AND ` + asks + ` ORDER BY m.at, m.id LIMIT 1) AS question
	FROM conversation v WHERE v.id > ?1 AND v.last_at >= ?2 ORDER BY v.id)
SELECT f.id, q.at, q.kind, q.text, f.department, f.state = ?8,
	NOT EXISTS (SELECT 1 FROM message m WHERE m.contact_id = q.contact_id AND m.author = ?4 AND ` + asks + `
		AND (m.at, m.id) < (q.at, q.id)),
	c.opted_out_at IS NOT NULL AND c.opted_out_at < q.at,
	EXISTS (SELECT 1 FROM message m INDEXED BY message_chat WHERE m.contact_id = f.contact_id AND m.channel_id = f.channel_id
		AND m.conversation_id = f.id AND m.author = ?5 AND ` + asks + ` AND m.at BETWEEN q.at AND q.at + ?7),
	coalesce((SELECT m.rule_id FROM message m INDEXED BY message_chat WHERE m.contact_id = f.contact_id AND m.channel_id = f.channel_id
		AND m.conversation_id = f.id AND m.author = ?6 AND m.answers = 1 AND m.at BETWEEN q.at AND q.at + ?7
		AND m.status NOT IN ('failed', 'expired') ORDER BY m.at, m.id LIMIT 1), '')
FROM first f JOIN message q ON q.id = f.question JOIN contact c ON c.id = f.contact_id
WHERE q.at >= ?2 AND q.at < ?3 AND q.kind <> ?9 LIMIT ?10`

// Questions returns the first messages of the customers' conversations that began
// from a moment on and before another, in the order of the conversations, limit at
// most. What only pressed a button asks nothing anew and is not among them. after is
// the last conversation of the page before, 0 for the first page.
func (r *Reader) Questions(from, to time.Time, after chat.ConversationID, limit int) (list []rulebench.Question, err error) {
	args := []any{
		after, ms(from), ms(to), chat.AuthorCustomer, chat.AuthorAgent, chat.AuthorRule,
		rulebench.SolvedAfter.Milliseconds(), chat.StateResolved, chat.KindButton, limit,
	}
	err = r.rows(firstQuestions, args, func(rows *sql.Rows) error {
		var q rulebench.Question
		var at int64
		err := rows.Scan(&q.Conversation, &at, &q.Kind, &q.Text, &q.Department, &q.Resolved, &q.First, &q.OptedOut, &q.Person, &q.AnsweredBy)
		q.At = fromMS(at)
		list = append(list, q)
		return err
	})
	return list, err
}

// FirstQuestion returns a conversation with the customer's first message in it, as
// Questions does, a pressed button included; ErrNotFound where one of them is not.
func (r *Reader) FirstQuestion(id chat.ConversationID) (chat.Conversation, chat.Message, error) {
	v, err := r.Conversation(id)
	if err != nil {
		return v, chat.Message{}, err
	}
	list, _, err := r.bareMessages("SELECT "+messageColumns+messageFrom+`WHERE m.contact_id = ? AND m.channel_id = ? AND m.conversation_id = ?
		AND m.author = ? AND `+asks+` ORDER BY m.at, m.id LIMIT 1`, v.Contact.ID, v.Channel, id, chat.AuthorCustomer)
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return v, chat.Message{}, err
	}
	return v, list[0], nil
}
