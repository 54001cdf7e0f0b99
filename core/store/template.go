package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"shopbell/core/chat"
)

// SaveTemplates replaces what is known of the templates of a business account.
func (tx *Tx) SaveTemplates(waba string, list []chat.Template) error {
	if _, err := tx.exec("DELETE FROM template WHERE waba_id = ?", waba); err != nil {
		return err
	}
	for _, t := range list {
		if err := tx.saveTemplate(waba, t); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) saveTemplate(waba string, t chat.Template) error {
	body, err := json.Marshal(t)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO template (waba_id, name, language, body, at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (waba_id, name, language) DO UPDATE SET body = excluded.body, at = excluded.at`,
		waba, t.Name, t.Language, string(body), ms(tx.now))
	return err
}

// Templates returns the templates of a business account, of every status, by name
// and language.
func (r *Reader) Templates(waba string) (list []chat.Template, err error) {
	err = r.rows("SELECT name, body FROM template WHERE waba_id = ? ORDER BY name, language", []any{waba}, func(rows *sql.Rows) error {
		var name, body string
		if err := rows.Scan(&name, &body); err != nil {
			return err
		}
		t, err := parseTemplate(name, body)
		list = append(list, t)
		return err
	})
	return list, err
}

// ChangeTemplate lets change alter a template. One that is not known is no error:
// the next SaveTemplates brings it as it is by then.
func (tx *Tx) ChangeTemplate(waba, name, language string, change func(*chat.Template)) error {
	var body string
	err := tx.row("SELECT body FROM template WHERE waba_id = ? AND name = ? AND language = ?", []any{waba, name, language}, &body)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	t, err := parseTemplate(name, body)
	if err != nil {
		return err
	}
	change(&t)
	return tx.saveTemplate(waba, t)
}

func parseTemplate(name, body string) (t chat.Template, err error) {
	if err := json.Unmarshal([]byte(body), &t); err != nil {
		return t, fmt.Errorf("store: template %q: %w", name, err)
	}
	return t, nil
}
