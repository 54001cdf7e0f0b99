package store

import (
	"database/sql"
	"errors"
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

// SetRatingQuestion stores what customers are asked.
func (tx *Tx) SetRatingQuestion(q desk.RatingQuestion) error {
	on := "off"
	if q.On {
		on = "on"
	}
	return errors.Join(tx.SetSetting(settingRating, on), tx.SetSetting(settingRatingText, q.Text))
}

// PlanRating has the customer of v, which was resolved now, asked at a moment how it
// was, where the shop asks and they may be asked then. by is who resolved; 0: the
// customer did. It may be called again for another moment.
func (tx *Tx) PlanRating(v chat.Conversation, at time.Time, by staff.AgentID) error {
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
	_, err := tx.exec("UPDATE conversation SET rating_question = ?, rating_asked = ? WHERE id = ?", o.ID, ms(tx.now), o.Conversation)
	if err == nil {
		tx.note(Change{Kind: ConversationChanged, Conversation: o.Conversation})
	}
	return err
}

// AskedRating is a question that a customer was asked.
type AskedRating struct {
	Conversation chat.ConversationID
	Question     chat.MessageID
	WAMID        string // of the question; empty until Meta took it
	chat.Rating
}

// AskedRating returns the question that contact's identity was asked on channel as Meta
// calls it, or the last one where there is none of that name, of those that left or may
// have left. ErrNotFound.
func (r *Reader) AskedRating(channel chat.ChannelID, contact chat.Contact, wamid string) (a AskedRating, err error) {
	var name sql.NullString
	var asked int64
	var score, at sql.NullInt64
	err = r.row(`SELECT v.id, q.id, q.wamid, v.rating_asked, v.rating, v.rated_at FROM conversation v JOIN message q ON q.id = v.rating_question
		WHERE v.contact_id = ? AND v.channel_id = ? AND v.identity_id = ? AND q.status NOT IN (?, ?) ORDER BY q.wamid IS ? DESC, v.id DESC LIMIT 1`,
		[]any{contact.ID, channel, contact.Identity, chat.StatusFailed, chat.StatusExpired, wamid}, &a.Conversation, &a.Question, &name, &asked, &score, &at)
	a.WAMID, a.Rating = name.String, ratingOf(sql.NullInt64{Int64: asked, Valid: true}, score, at)
	return a, err
}

// ratingOf makes a rating of its columns.
func ratingOf(asked, score, at sql.NullInt64) chat.Rating {
	return chat.Rating{Asked: fromNull(asked), Score: int(score.Int64), At: fromNull(at)}
}

// SaidSince reports whether anything that is not chat.Silent was said after a message
// in its chat, by whichever side. What did not leave, or has not yet, was not said.
func (r *Reader) SaidSince(id chat.MessageID) (said bool, err error) {
	err = r.row(`SELECT EXISTS (SELECT 1 FROM message q JOIN conversation v ON v.id = q.conversation_id
		JOIN message m ON m.contact_id = q.contact_id AND m.channel_id = q.channel_id
		WHERE q.id = ? AND m.id <> q.id AND (m.id > q.id OR m.at > q.at) AND `+asks+" AND m.status NOT IN (?, ?, ?, ?) AND "+identityOf+" = v.identity_id)",
		[]any{id, chat.StatusScheduled, chat.StatusFailed, chat.StatusExpired, chat.StatusPast}, &said)
	return said, err
}

// Rate stores what the customer said to a question, in place of what they said before.
func (tx *Tx) Rate(a AskedRating, score int, at time.Time) error {
	if _, err := tx.exec("UPDATE conversation SET rating = ?, rated_at = ? WHERE id = ?", score, ms(at), a.Conversation); err != nil {
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
