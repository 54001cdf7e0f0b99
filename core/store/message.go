package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"shopbell/core/chat"
)

const messageColumns = `m.id, m.conversation_id, m.contact_id, m.author, m.agent_id, m.rule_id, m.rule_name, m.rule_trigger,
	m.rule_variant, m.kind, m.raw_kind, m.text, m.data, m.buttons, m.pressed, m.wamid, m.reply_to, m.answers, m.at,
	m.accepted_at, m.arrived_at, m.status, m.error_code, m.error_text, a.name, m.content, m.edited_at, m.revoked_at,
	EXISTS (SELECT 1 FROM message r WHERE r.kind = 'reaction' AND r.reply_to = m.wamid)`

const messageFrom = " FROM message m LEFT JOIN agent a ON a.id = m.agent_id "

// asks is the condition that message m is not chat.Silent.
var asks = func() string {
	silent := "('" + strings.Join(chat.SilentKinds(), "', '") + "')"
	return "m.kind NOT IN " + silent + " AND m.raw_kind NOT IN " + silent
}()

// messageScan collects the columns of messageColumns.
type messageScan struct {
	m                          chat.Message
	data, buttons, wamid, name sql.NullString
	content                    sql.NullString
	pressed                    string
	at, arrived                int64
	accepted, edited, revoked  sql.NullInt64
	reacted                    bool // somebody put a reaction on it, or had
}

func (s *messageScan) dest() []any {
	m := &s.m
	return []any{
		&m.ID, &m.Conversation, &m.Contact, &m.Author, &m.AgentID, &m.RuleID, &m.RuleName, &m.RuleTrigger,
		&m.RuleVariant, &m.Kind, &m.RawKind, &m.Text, &s.data, &s.buttons, &s.pressed, &s.wamid, &m.ReplyTo, &m.Answers, &s.at,
		&s.accepted, &s.arrived, &m.Status, &m.ErrorCode, &m.ErrorText, &s.name, &s.content, &s.edited, &s.revoked,
		&s.reacted,
	}
}

func (s *messageScan) message() (chat.Message, error) {
	m := s.m
	m.WAMID, m.AgentName = s.wamid.String, s.name.String
	m.At, m.Arrived, m.Accepted = fromMS(s.at), fromMS(s.arrived), fromNull(s.accepted)
	m.EditedAt, m.RevokedAt = fromNull(s.edited), fromNull(s.revoked)
	if s.data.Valid {
		if err := json.Unmarshal([]byte(s.data.String), &m.Data); err != nil {
			return m, fmt.Errorf("store: data of message %d: %w", m.ID, err)
		}
	}
	if s.buttons.Valid {
		if err := json.Unmarshal([]byte(s.buttons.String), &m.Buttons); err != nil {
			return m, fmt.Errorf("store: buttons of message %d: %w", m.ID, err)
		}
		for i := range m.Buttons {
			m.Buttons[i].Pressed = s.pressed != "" && m.Buttons[i].ID == s.pressed
		}
	}
	if s.content.Valid {
		if err := readContent(s.content.String, s.pressed, &m); err != nil {
			return m, fmt.Errorf("store: content of message %d: %w", m.ID, err)
		}
	}
	return m, nil
}

// messages runs a query for messageColumns and completes what it finds.
func (r *Reader) messages(q string, args ...any) ([]chat.Message, error) {
	list, reacted, err := r.bareMessages(q, args...)
	if err != nil {
		return nil, err
	}
	return list, r.complete(list, reacted)
}

// bareMessages leaves out what stands in other rows. reacted: there are reactions
// among that.
func (r *Reader) bareMessages(q string, args ...any) (list []chat.Message, reacted bool, err error) {
	err = r.rows(q, args, func(rows *sql.Rows) error {
		var s messageScan
		if err := rows.Scan(s.dest()...); err != nil {
			return err
		}
		m, err := s.message()
		list = append(list, m)
		reacted = reacted || s.reacted
		return err
	})
	return list, reacted, err
}

// Message returns one message; ErrNotFound.
func (r *Reader) Message(id chat.MessageID) (chat.Message, error) {
	list, err := r.messages("SELECT "+messageColumns+messageFrom+"WHERE m.id = ?", id)
	if err != nil {
		return chat.Message{}, err
	}
	if len(list) == 0 {
		return chat.Message{}, ErrNotFound
	}
	return list[0], nil
}

// MessageByWAMID returns the id of the message that Meta calls wamid; ErrNotFound.
func (r *Reader) MessageByWAMID(wamid string) (id chat.MessageID, err error) {
	err = r.row("SELECT id FROM message WHERE wamid = ?", []any{wamid}, &id)
	return id, err
}

// Arrival looks at once whether the message that Meta calls wamid was stored
// before, and whether there are edits of it, which may come first.
func (r *Reader) Arrival(wamid string) (known, edited bool, err error) {
	err = r.row("SELECT EXISTS (SELECT 1 FROM message WHERE wamid = ?1), EXISTS (SELECT 1 FROM message_edit WHERE target = ?1)",
		[]any{wamid}, &known, &edited)
	return known, edited, err
}

// MessageByToken returns the message an agent's send with this token made; ErrNotFound.
func (r *Reader) MessageByToken(v chat.ConversationID, token string) (id chat.MessageID, err error) {
	err = r.row("SELECT id FROM message WHERE conversation_id = ? AND token = ?", []any{v, token}, &id)
	return id, err
}

// identityOf is in whose chat message m stands.
const identityOf = "(SELECT w.identity_id FROM conversation w WHERE w.id = m.conversation_id)"

// ofIdentity is the condition that message m stands in the chat of an identity.
const ofIdentity = identityOf + " = ?"

// Messages returns up to limit messages of the chat with an identity on a channel that
// are older than before (0: the newest), oldest first. A reaction is part of the
// message that it stands on; where that is not known, the last one is shown itself.
func (r *Reader) Messages(identity chat.ContactID, channel chat.ChannelID, before chat.MessageID, limit int) ([]chat.Message, error) {
	at, id := int64(1)<<62, int64(1)<<62
	if before != 0 {
		if err := r.row("SELECT at, id FROM message WHERE id = ?", []any{before}, &at, &id); err != nil {
			return nil, err
		}
	}
	list, err := r.messages("SELECT "+messageColumns+messageFrom+`WHERE m.contact_id = (SELECT coalesce(person_id, id) FROM contact WHERE id = ?)
		AND m.channel_id = ? AND (m.at, m.id) < (?, ?) AND `+ofIdentity+`
		AND (m.kind <> 'reaction' OR m.text <> '' AND NOT EXISTS (SELECT 1 FROM message t WHERE t.wamid = m.reply_to)
			AND NOT EXISTS (SELECT 1 FROM message n WHERE n.kind = 'reaction' AND n.reply_to = m.reply_to AND n.author = m.author
				AND (n.at, n.id) > (m.at, m.id)))
		ORDER BY m.at DESC, m.id DESC LIMIT ?`, identity, channel, at, id, identity, limit)
	slices.Reverse(list)
	return list, err
}

// NewMessage is a message to be stored, with what only the file keeps.
type NewMessage struct {
	chat.Message
	Channel chat.ChannelID
	Token   string // of an agent's send
	Raw     []byte // whole, of a kind that is not shown, or not all of it
	AtMeta  MetaFile
	// NotEdited is what Arrival said: there is no edit to look for.
	NotEdited bool
}

// AddMessage stores a message with all that its kind calls for, makes it the
// preview of its conversation unless it is a reaction, a system line or a note, or
// came late, and announces it. It fills the ID, and Arrived where it is zero. What was
// reported of it before it came, edits say, is applied.
//
// A reaction is a message too: Text is the emoji, "" takes it off, and ReplyTo the
// wamid of the message it stands on, which is announced in its place. Of each
// side's reactions on a message the newest counts that did not fail.
func (tx *Tx) AddMessage(n *NewMessage) error {
	m := &n.Message
	if m.Arrived.IsZero() {
		m.Arrived = tx.now
	}
	if m.At.IsZero() {
		m.At = tx.now
	}
	// Meta tells whole seconds. With parts of a second of our own, an answer would
	// stand below what a customer wrote after it within that second.
	m.At = m.At.Truncate(time.Second)
	if err := tx.insertMessage(n); err != nil {
		return err
	}
	if err := tx.noteMessage(*m); err != nil {
		return err
	}
	if m.Media != nil {
		if err := tx.addMedia(m, n.AtMeta); err != nil {
			return err
		}
	}
	if err := tx.showPreview(*m); err != nil {
		return err
	}
	if m.WAMID != "" && !n.NotEdited {
		if err := tx.applyEdits(m.WAMID); err != nil {
			return err
		}
	}
	if m.Author == chat.AuthorAgent {
		return tx.adoptOrphans(m.WAMID) // of one that was written on the shop's phone
	}
	return nil
}

func (tx *Tx) insertMessage(n *NewMessage) error {
	m := &n.Message
	data, err := jsonOrNull(m.Data, len(m.Data) == 0)
	if err != nil {
		return err
	}
	buttons, err := jsonOrNull(m.Buttons, len(m.Buttons) == 0)
	if err != nil {
		return err
	}
	content, err := contentOf(*m)
	if err != nil {
		return err
	}
	id, err := tx.insert(`INSERT INTO message (conversation_id, contact_id, channel_id, author, agent_id, rule_id, rule_name,
		rule_trigger, rule_variant, kind, raw_kind, text, data, buttons, wamid, reply_to, token, answers, at, arrived_at,
		status, raw, error_code, error_text, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		m.Conversation, m.Contact, n.Channel, m.Author, m.AgentID, m.RuleID, m.RuleName,
		m.RuleTrigger, m.RuleVariant, m.Kind, m.RawKind, m.Text, data, buttons, textOrNull(m.WAMID), m.ReplyTo,
		textOrNull(n.Token), m.Answers, ms(m.At), ms(m.Arrived), m.Status, textOrNull(string(n.Raw)), m.ErrorCode, m.ErrorText, content)
	if err != nil {
		return err
	}
	m.ID = chat.MessageID(id)
	return nil
}

// noteMessage announces a message, and for a reaction the one that it stands on.
func (tx *Tx) noteMessage(m chat.Message) error {
	c := Change{Kind: MessageChanged, Conversation: m.Conversation, Message: m.ID}
	if m.Kind == chat.KindReaction {
		err := tx.row("SELECT id, conversation_id FROM message WHERE wamid = ?", []any{m.ReplyTo}, &c.Message, &c.Conversation)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	tx.note(c)
	return nil
}

// AddLine adds a system line of the desk's own to the end of v's chat. Data are
// the words of code.
func (tx *Tx) AddLine(v chat.Conversation, code chat.SystemCode, data map[string]string) error {
	at := tx.now
	if v.LastAt.After(at) {
		at = v.LastAt
	}
	return tx.AddMessage(&NewMessage{Channel: v.Channel, Message: chat.Message{
		Conversation: v.ID, Contact: v.Contact.ID, Author: chat.AuthorDesk, Kind: chat.KindSystem, Text: string(code), Data: data, At: at,
	}})
}

// Press marks the button of ours that the customer tapped; the first tap stays.
// An id of a message the desk does not have is no error.
func (tx *Tx) Press(wamid, button string) error {
	if wamid == "" {
		return nil
	}
	var id chat.MessageID
	var v chat.ConversationID
	err := tx.row("UPDATE message SET pressed = ? WHERE wamid = ? AND pressed = '' RETURNING id, conversation_id",
		[]any{button, wamid}, &id, &v)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err == nil {
		tx.note(Change{Kind: MessageChanged, Conversation: v, Message: id})
	}
	return err
}

// Automatic is one automatic message a contact got, or may have got.
type Automatic struct {
	At      time.Time
	RuleID  string
	Trigger string
	Variant int
}

// AutomaticSince returns the automatic messages of a contact since a moment,
// oldest first, those that surely did not leave left out.
func (r *Reader) AutomaticSince(contact chat.ContactID, since time.Time) (list []Automatic, err error) {
	err = r.rows(`SELECT at, rule_id, rule_trigger, rule_variant FROM message WHERE author = 'rule' AND contact_id = ? AND at > ?
		AND status NOT IN ('failed', 'expired') ORDER BY at, id`, []any{contact, ms(since)}, func(rows *sql.Rows) error {
		var a Automatic
		var at int64
		if err := rows.Scan(&at, &a.RuleID, &a.Trigger, &a.Variant); err != nil {
			return err
		}
		a.At = fromMS(at)
		list = append(list, a)
		return nil
	})
	return list, err
}

// LastVariant returns the variant of a rule that a contact got last, -1 for none. A
// text of the rule that is no variant, such as that of its stock, does not count.
func (r *Reader) LastVariant(contact chat.ContactID, rule string) (int, error) {
	v := -1
	err := r.row(`SELECT rule_variant FROM message WHERE author = 'rule' AND contact_id = ? AND rule_id = ? AND rule_variant >= 0
		AND status NOT IN ('failed', 'expired') ORDER BY at DESC, id DESC LIMIT 1`, []any{contact, rule}, &v)
	if errors.Is(err, ErrNotFound) {
		return -1, nil
	}
	return v, err
}

// NeverWrote reports whether a contact wrote nothing (what is silent aside) but
// this message.
func (r *Reader) NeverWrote(contact chat.ContactID, but chat.MessageID) (never bool, err error) {
	err = r.row("SELECT NOT EXISTS (SELECT 1 FROM message m WHERE m.contact_id = ? AND m.id <> ? AND m.author = ? AND "+asks+")",
		[]any{contact, but, chat.AuthorCustomer}, &never)
	return never, err
}

// HasLine reports whether a contact's chats show a system line since a moment.
func (r *Reader) HasLine(contact chat.ContactID, code chat.SystemCode, since time.Time) (has bool, err error) {
	err = r.row(`SELECT EXISTS (SELECT 1 FROM conversation v JOIN message m ON m.contact_id = v.contact_id AND m.channel_id = v.channel_id
		WHERE v.contact_id = ? AND m.at > ? AND m.kind = ? AND m.text = ?)`,
		[]any{contact, ms(since), chat.KindSystem, code}, &has)
	return has, err
}

// callbackData names one attempt of a message of this file in what Meta reports
// about it. The random key keeps messages of another or an older file out.
func (r *Reader) callbackData(id chat.MessageID, attempt int) string {
	return r.shop + "." + strconv.FormatInt(int64(id), 10) + "." + strconv.Itoa(attempt)
}

// messageOfCallback returns the message whose present attempt the data names;
// ErrNotFound for what is not of this file, and for an attempt before the last.
func (r *Reader) messageOfCallback(data string) (id chat.MessageID, err error) {
	part := strings.Split(data, ".")
	if len(part) != 3 || part[0] != r.shop {
		return 0, ErrNotFound
	}
	n, errID := strconv.ParseInt(part[1], 10, 64)
	attempt, errAttempt := strconv.Atoi(part[2])
	if errID != nil || errAttempt != nil {
		return 0, ErrNotFound
	}
	err = r.row("SELECT id FROM message WHERE id = ? AND attempt = ?", []any{n, attempt}, &id)
	return id, err
}
