package store

import (
	"database/sql"
	"strconv"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
)

// The settings behind desk.RatingQuestion. It is off until it is "on".
const (
	settingRating     = "rating"
	settingRatingText = "rating.text"
)

// RatingQuestion returns what customers are asked; the Text is empty where the shop has
// no own.
func (r *Reader) RatingQuestion() (q desk.RatingQuestion, err error) {
	on, err := r.Setting(settingRating)
	if err != nil {
		return q, err
	}
	q.On = on == "on"
	q.Text, err = r.Setting(settingRatingText)
	return q, err
}

// SetRatings stores whether customers are asked.
func (tx *Tx) SetRatings(on bool) error {
	return tx.SetSetting(settingRating, map[bool]string{true: "on", false: "off"}[on])
}

// SetRatingText stores what they are asked; empty: the shop has no words of its own.
func (tx *Tx) SetRatingText(text string) error { return tx.SetSetting(settingRatingText, text) }

// PlanRating has the customer of v, which was resolved now, asked at a moment how it
// was, where the shop asks and they may be asked then. by is who resolved; 0: the
// customer did. It may be called again: nothing is left of an earlier plan.
func (tx *Tx) PlanRating(v chat.Conversation, at time.Time, by staff.AgentID) error {
	if _, err := tx.exec("UPDATE conversation SET rating_due = NULL WHERE id = ?", v.ID); err != nil {
		return err
	}
	q, err := tx.RatingQuestion()
	if err != nil || !q.On || !v.MayAskRating(at) {
		return err
	}
	if _, err := tx.exec("UPDATE conversation SET rating_due = ?, rating_of = ? WHERE id = ?", ms(at), by, v.ID); err != nil {
		return err
	}
	tx.note(Change{Kind: RatingPlanned, Conversation: v.ID})
	return nil
}

// RatingPlan is a customer who is to be asked.
type RatingPlan struct {
	Conversation chat.ConversationID
	At           time.Time
	By           staff.AgentID // who resolved; 0: the customer did
}

// TakeDueRatings returns who is to be asked now, the earliest first: the unit that
// takes a plan carries it out or drops it.
func (tx *Tx) TakeDueRatings() (list []RatingPlan, err error) {
	err = tx.rows("SELECT id, rating_due, rating_of FROM conversation WHERE rating_due <= ? ORDER BY rating_due, id", []any{ms(tx.now)},
		func(rows *sql.Rows) error {
			var p RatingPlan
			var at int64
			err := rows.Scan(&p.Conversation, &at, &p.By)
			p.At = fromMS(at)
			list = append(list, p)
			return err
		})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	_, err = tx.exec("UPDATE conversation SET rating_due = NULL WHERE rating_due <= ?", ms(tx.now))
	return list, err
}

// NextRating is when somebody is to be asked next; zero: nobody.
func (r *Reader) NextRating() (time.Time, error) {
	var next sql.NullInt64
	err := r.row("SELECT min(rating_due) FROM conversation WHERE rating_due IS NOT NULL", nil, &next)
	return fromNull(next), err
}

// AskRating puts the question into the outbox. It is the only one of its conversation:
// the caller has seen that it may be asked (chat.Conversation.MayAskRating).
func (tx *Tx) AskRating(o *Outgoing) error {
	if err := tx.AddOutgoing(o); err != nil {
		return err
	}
	return tx.followQuestion(o.Message)
}

// followQuestion keeps a conversation in step with what became of its question m; of any
// other message it does nothing. One that never reached its customer was not asked, and
// another may be, unless the customer has answered it; one that did after all, or is sent
// once more, was asked now (askedAt knows better).
func (tx *Tx) followQuestion(m chat.Message) error {
	if m.Kind != chat.KindRating {
		return nil
	}
	const (
		forget = "UPDATE conversation SET rating_question = NULL, rating_asked = NULL WHERE rating_question = ?1 AND id = ?2 AND rating IS NULL"
		set    = "UPDATE conversation SET rating_question = ?1, rating_asked = ?3 WHERE rating_question IS NULL AND id = ?2"
	)
	if lost(m.Status) {
		return tx.changeRating(m.Conversation, forget, m.ID, m.Conversation)
	}
	return tx.changeRating(m.Conversation, set, m.ID, m.Conversation, ms(tx.now))
}

// askedAt corrects when the question m was asked by what Meta reports of it: an answer is
// dated by Meta's clock, and this computer's may be off. Meta's "sent" is the moment; what
// else it says happened later, so it can but show that ours is too late.
func (tx *Tx) askedAt(m chat.Message, s StatusReport) error {
	if m.Kind != chat.KindRating {
		return nil
	}
	return tx.changeRating(m.Conversation, `UPDATE conversation SET rating_asked = ?1
		WHERE id = ?2 AND rating_question = ?3 AND (rating_asked > ?1 OR ?4 AND rating_asked <> ?1)`,
		ms(s.At), m.Conversation, m.ID, s.Status == chat.StatusSent)
}

// changeRating runs an update of one conversation, and announces it if it changed it.
func (tx *Tx) changeRating(v chat.ConversationID, q string, args ...any) error {
	n, err := tx.changed(q, args...)
	if err == nil && n > 0 {
		tx.note(Change{Kind: ConversationChanged, Conversation: v})
	}
	return err
}

// AskedRating is a question that a customer was asked.
type AskedRating struct {
	Conversation chat.ConversationID
	Question     chat.MessageID
	WAMID        string      // of the question; empty until Meta took it
	Status       chat.Status // of the question
	chat.Rating
}

// AskedRating returns the question that contact's identity was asked on channel as Meta
// calls it, or the last one where there is none of that name; not one that surely did not
// arrive, but also one that has not left yet. ErrNotFound.
func (r *Reader) AskedRating(channel chat.ChannelID, contact chat.Contact, wamid string) (a AskedRating, err error) {
	var name sql.NullString
	var asked int64
	var score, at sql.NullInt64
	err = r.row(`SELECT v.id, q.id, q.wamid, q.status, v.rating_asked, v.rating, v.rated_at FROM conversation v JOIN message q ON q.id = v.rating_question
		WHERE v.contact_id = ? AND v.channel_id = ? AND v.identity_id = ? ORDER BY q.wamid IS ? DESC, q.at DESC, q.id DESC LIMIT 1`,
		[]any{contact.ID, channel, contact.Identity, wamid}, &a.Conversation, &a.Question, &name, &a.Status, &asked, &score, &at)
	a.WAMID, a.Rating = name.String, ratingOf(sql.NullInt64{Int64: asked, Valid: true}, score, at)
	return a, err
}

// ratingOf makes a rating of its columns.
func ratingOf(asked, score, at sql.NullInt64) chat.Rating {
	return chat.Rating{Asked: fromNull(asked), Score: int(score.Int64), At: fromNull(at)}
}

// SaidSince reports whether anything that is not chat.Silent was said after a message
// in its chat, by whichever side. What did not leave, and what is scheduled, was not said;
// what is queued counts, as it may be with the customer by now.
func (r *Reader) SaidSince(id chat.MessageID) (said bool, err error) {
	err = r.row(`SELECT EXISTS (SELECT 1 FROM message q JOIN conversation v ON v.id = q.conversation_id
		JOIN message m ON m.contact_id = q.contact_id AND m.channel_id = q.channel_id
		WHERE q.id = ? AND m.id <> q.id AND (m.id > q.id OR m.at > q.at) AND `+asks+" AND m.status NOT IN (?, ?, ?, ?) AND "+identityOf+" = v.identity_id)",
		[]any{id, chat.StatusScheduled, chat.StatusFailed, chat.StatusExpired, chat.StatusPast}, &said)
	return said, err
}

// Rate stores what the customer said to a question at a moment, in place of what they
// said until then. Answers may come in any order: one that is older than what is stored
// changes nothing, and of one second the one that came last counts.
func (tx *Tx) Rate(a AskedRating, score int, at time.Time) error {
	n, err := tx.changed("UPDATE conversation SET rating = ?1, rated_at = ?2 WHERE id = ?3 AND coalesce(rated_at, 0) <= ?2", score, ms(at), a.Conversation)
	if err != nil || n == 0 {
		return err
	}
	data, err := jsonOrNull(map[string]string{chat.DataScore: strconv.Itoa(score)}, false)
	if err != nil {
		return err
	}
	if _, err := tx.exec("UPDATE message SET data = ? WHERE id = ?", data, a.Question); err != nil {
		return err
	}
	tx.note(Change{Kind: ConversationChanged, Conversation: a.Conversation})
	tx.note(Change{Kind: MessageChanged, Conversation: a.Conversation, Message: a.Question})
	return nil
}
