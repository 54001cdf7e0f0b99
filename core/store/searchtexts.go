package store

import (
	"database/sql"
	"encoding/json"
	"strings"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/find"
)

// fieldText is one field of what may be found.
type fieldText struct {
	field desk.HitField
	text  string
}

func tokensOf(list []fieldText) []string {
	texts := make([]string, len(list))
	for i, f := range list {
		texts[i] = f.text
	}
	return find.Tokens(texts...)
}

// searchTokens returns what things are found by; nothing for what is not there.
func (r *Reader) searchTokens(k searched, ids []int64) (map[int64][]string, error) {
	out := map[int64][]string{}
	switch k {
	case searchMessage:
		list, err := r.foundMessages(ids)
		for _, m := range list {
			out[int64(m.ID)] = tokensOf(messageTexts(m))
		}
		return out, err
	case searchPerson:
		list, err := r.personTexts(ids)
		for id, p := range list {
			out[id] = tokensOf(p.texts)
			for _, phone := range p.phones {
				out[id] = append(out[id], find.PhoneTokens(phone)...)
			}
		}
		return out, err
	}
	list, err := r.purchases(ids)
	for _, p := range list {
		out[p.id] = tokensOf(p.texts())
	}
	return out, err
}

// foundMessages returns messages with their files only, the newest first.
func (r *Reader) foundMessages(ids []int64) ([]chat.Message, error) {
	keys, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	list, _, err := r.bareMessages("SELECT "+messageColumns+messageFrom+`WHERE m.id IN (SELECT value FROM json_each(?))
		ORDER BY m.id DESC`, string(keys))
	if err != nil {
		return nil, err
	}
	return list, r.completeMedia(list)
}

// messageTexts returns what a message is found by: nothing of one that was taken back,
// of a system line, of a reaction and about a rating.
func messageTexts(m chat.Message) []fieldText {
	if !m.RevokedAt.IsZero() || m.Kind == chat.KindSystem || m.Kind == chat.KindReaction || m.Kind == chat.KindRating {
		return nil
	}
	out := []fieldText{{desk.FieldText, m.Text}}
	if m.Media != nil {
		out = append(out, fieldText{desk.FieldFile, m.Media.Name})
	}
	if m.Location != nil {
		out = append(out, fieldText{desk.FieldPlace, m.Location.Name + " " + m.Location.Address})
	}
	for _, c := range m.Cards {
		text := c.Name + " " + c.Company
		for _, p := range c.Phones {
			text += " " + chat.FormatPhone(p.Phone)
		}
		out = append(out, fieldText{desk.FieldCard, text})
	}
	return out
}

// foundPerson is what a person is found by, in all their identities.
type foundPerson struct {
	texts  []fieldText
	phones []string
}

// personTexts returns that of persons; nothing for an id that is an identity of
// somebody else.
func (r *Reader) personTexts(ids []int64) (map[int64]foundPerson, error) {
	keys, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	out := map[int64]foundPerson{}
	err = r.rows(`WITH asked AS (SELECT value AS id FROM json_each(?))
		SELECT c.id, c.id, c.own_name, c.name, c.username, c.phone FROM contact c JOIN asked ON asked.id = c.id WHERE c.person_id IS NULL
		UNION ALL SELECT c.person_id, c.id, c.own_name, c.name, c.username, c.phone FROM contact c JOIN asked ON asked.id = c.person_id
		ORDER BY 1, 2`, []any{string(keys)}, func(rows *sql.Rows) error {
		var person, identity int64
		var own, name, username, phone string
		if err := rows.Scan(&person, &identity, &own, &name, &username, &phone); err != nil {
			return err
		}
		p := out[person]
		if own != "" {
			p.texts = append(p.texts, fieldText{desk.FieldText, own})
		}
		p.texts = append(p.texts, fieldText{desk.FieldText, name}, fieldText{desk.FieldUsername, username})
		p.phones = append(p.phones, phone)
		out[person] = p
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, r.rows(`SELECT DISTINCT l.contact_id, b.name FROM json_each(?) asked JOIN contact_label l ON l.contact_id = asked.value
		JOIN label b ON b.id = l.label_id ORDER BY b.key`, []any{string(keys)}, func(rows *sql.Rows) error {
		var person int64
		var name string
		if err := rows.Scan(&person, &name); err != nil {
			return err
		}
		if p, there := out[person]; there {
			p.texts = append(p.texts, fieldText{desk.FieldLabel, name})
			out[person] = p
		}
		return nil
	})
}

// foundPurchase is an order as a search shows it.
type foundPurchase struct {
	id, person   int64
	conversation sql.NullInt64
	number       string
	title        string
	at           int64
	paid         bool
}

func (p foundPurchase) texts() []fieldText {
	return []fieldText{{desk.FieldText, strings.TrimSpace(p.number + " " + p.title)}}
}

// purchases returns orders, the newest first.
func (r *Reader) purchases(ids []int64) (list []foundPurchase, err error) {
	keys, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	err = r.rows(`SELECT id, contact_id, conversation_id, number, title, at, paid_at IS NOT NULL FROM purchase
		WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id DESC`, []any{string(keys)}, func(rows *sql.Rows) error {
		var p foundPurchase
		err := rows.Scan(&p.id, &p.person, &p.conversation, &p.number, &p.title, &p.at, &p.paid)
		list = append(list, p)
		return err
	})
	return list, err
}
