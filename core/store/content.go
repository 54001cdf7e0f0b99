package store

import (
	"encoding/json"

	"shopbell/core/chat"
)

// content is what few kinds of message carry, in one column.
type content struct {
	Location  *chat.Location    `json:"location,omitempty"`
	Cards     []chat.Card       `json:"cards,omitempty"`
	Order     *chat.Order       `json:"order,omitempty"`
	List      *chat.List        `json:"list,omitempty"`
	Link      *chat.Link        `json:"link,omitempty"`
	Template  *chat.TemplateUse `json:"template,omitempty"`
	Referral  *chat.Referral    `json:"referral,omitempty"`
	Forwarded bool              `json:"forwarded,omitempty"`
}

// contentOf returns what a message has of that as JSON, NULL for nothing.
func contentOf(m chat.Message) (any, error) {
	none := m.Location == nil && m.Cards == nil && m.Order == nil && m.List == nil && m.Link == nil && m.Template == nil &&
		m.Referral == nil && !m.Forwarded
	return jsonOrNull(content{m.Location, m.Cards, m.Order, m.List, m.Link, m.Template, m.Referral, m.Forwarded}, none)
}

// readContent does the reverse. pressed is the id of the row that was chosen.
func readContent(stored, pressed string, m *chat.Message) error {
	var c content
	if err := json.Unmarshal([]byte(stored), &c); err != nil {
		return err
	}
	m.Location, m.Cards, m.Order, m.List = c.Location, c.Cards, c.Order, c.List
	m.Link, m.Template, m.Referral, m.Forwarded = c.Link, c.Template, c.Referral, c.Forwarded
	if m.List == nil || pressed == "" {
		return nil
	}
	for _, s := range m.List.Sections {
		for i := range s.Rows {
			s.Rows[i].Chosen = s.Rows[i].ID == pressed
		}
	}
	return nil
}

// complete fills in what stands in other rows: files, quotes, edits and
// reactions. It asks for each of them once, and only where there are some.
func (r *Reader) complete(list []chat.Message, reacted bool) error {
	if err := r.completeMedia(list); err != nil {
		return err
	}
	if err := r.completeScheduled(list); err != nil {
		return err
	}
	byWAMID := make(map[string]*chat.Message)
	var edited, known, quoted []string
	for i, m := range list {
		if m.ReplyTo != "" {
			quoted = append(quoted, m.ReplyTo)
		}
		if m.WAMID == "" || !reacted && m.EditedAt.IsZero() {
			continue
		}
		byWAMID[m.WAMID] = &list[i]
		known = append(known, m.WAMID)
		if !m.EditedAt.IsZero() {
			edited = append(edited, m.WAMID)
		}
	}
	if len(edited) > 0 {
		if err := r.readEdits(edited, byWAMID); err != nil {
			return err
		}
	}
	if reacted {
		if err := r.readReactions(known, byWAMID); err != nil {
			return err
		}
	}
	if len(quoted) > 0 {
		return r.readQuotes(quoted, list)
	}
	return nil
}

// framed are the kinds that may have a file as their header.
var framed = map[chat.Kind]bool{chat.KindTemplate: true, chat.KindInteractive: true, chat.KindLink: true}

// completeMedia fills in the files only.
func (r *Reader) completeMedia(list []chat.Message) error {
	byID := map[chat.MessageID]*chat.Message{}
	var ids []chat.MessageID
	for i, m := range list {
		if m.Kind.HasMedia() || framed[m.Kind] {
			byID[m.ID], ids = &list[i], append(ids, m.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return r.readMedia(ids, byID)
}

// readQuotes fills in what the messages of list answer.
func (r *Reader) readQuotes(wamids []string, list []chat.Message) error {
	keys, err := json.Marshal(wamids)
	if err != nil {
		return err
	}
	found, _, err := r.bareMessages("SELECT "+messageColumns+messageFrom+"WHERE m.wamid IN (SELECT value FROM json_each(?))", string(keys))
	if err != nil {
		return err
	}
	if err := r.completeMedia(found); err != nil {
		return err
	}
	quotes := map[string]chat.Quote{}
	for _, m := range found {
		q := chat.Quote{Message: m.ID, Author: m.Author, Kind: m.Kind, Text: m.Line(), At: m.At}
		switch m.Author {
		case chat.AuthorAgent:
			q.Name = m.AgentName
		case chat.AuthorRule:
			q.Name = m.RuleName
		}
		if !m.RevokedAt.IsZero() {
			q.Revoked, q.Text = true, ""
		}
		quotes[m.WAMID] = q
	}
	for i, m := range list {
		if m.ReplyTo != "" {
			q := quotes[m.ReplyTo]
			list[i].Quote = &q
		}
	}
	return nil
}
