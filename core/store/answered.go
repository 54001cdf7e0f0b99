package store

import (
	"time"

	"shopbell/core/chat"
)

// The conversations that ended in a period, each with whether a person wrote in it.
// Those that silence ended have no state of their own: they are seen by their last
// message. Chats of before the number was connected have no message that asks, and are
// left out.
var answeredAlone = `WITH ended AS (
	SELECT id, contact_id, channel_id, resolved_at AS at, 0 AS open FROM conversation
		WHERE state = 'resolved' AND resolved_at BETWEEN ?1 AND ?2
	UNION ALL SELECT id, contact_id, channel_id, last_at, 1 FROM conversation
		WHERE state = 'open' AND waiting_since IS NULL AND last_at BETWEEN ?1 - ?4 AND ?2 - ?3),
seen AS (SELECT e.at, e.open,
	EXISTS (SELECT 1 FROM message m INDEXED BY message_chat WHERE m.contact_id = e.contact_id AND m.channel_id = e.channel_id
		AND m.conversation_id = e.id AND m.author = 'agent' AND ` + asks + `) AS person,
	EXISTS (SELECT 1 FROM message m INDEXED BY message_chat WHERE m.contact_id = e.contact_id AND m.channel_id = e.channel_id
		AND m.conversation_id = e.id AND m.author = 'rule' AND m.answers = 1) AS rule
	FROM ended e WHERE EXISTS (SELECT 1 FROM message m INDEXED BY message_chat WHERE m.contact_id = e.contact_id
		AND m.channel_id = e.channel_id AND m.conversation_id = e.id AND m.author = 'customer' AND m.status <> 'past' AND ` + asks + `))
SELECT count(*), count(*) FILTER (WHERE NOT person) FROM seen
	WHERE at + CASE WHEN NOT open THEN 0 WHEN person THEN ?4 WHEN rule THEN ?3 END BETWEEN ?1 AND ?2`

// AnsweredAlone returns how many conversations were resolved from a moment to
// another, and in how many of them no person wrote (kpi.md, "Answered automatically").
// Silence resolves too: after chat.SilenceAfterRule, or SilenceAfterPerson.
func (r *Reader) AnsweredAlone(from, to time.Time) (resolved, alone int, err error) {
	args := []any{ms(from), ms(to), chat.SilenceAfterRule.Milliseconds(), chat.SilenceAfterPerson.Milliseconds()}
	err = r.row(answeredAlone, args, &resolved, &alone)
	return resolved, alone, err
}
