package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"shopbell/core/chat"
	"shopbell/core/contactfile"
	"shopbell/core/desk"
	"shopbell/core/staff"
)

// PlanImport returns what ImportCustomer would do for somebody.
func (r *Reader) PlanImport(p contactfile.Person) (desk.ImportStep, error) {
	return desk.StepOf(p, func(phone string) (chat.ContactID, error) {
		c, err := r.ContactOf(Person{Phone: phone}.Aliases()[0])
		if errors.Is(err, ErrNotFound) {
			return 0, nil
		}
		return c.ID, err
	}, r.known)
}

func (r *Reader) known(person chat.ContactID) (k desk.Known, err error) {
	if err := r.row(`SELECT CASE WHEN own_name <> '' THEN own_name ELSE name END, own_name, language, email, street, about FROM contact WHERE id = ?`,
		[]any{person}, &k.Called, &k.Name, &k.Language, &k.Email, &k.Address, &k.About); err != nil {
		return k, err
	}
	k.Labels, err = r.labelsOf(person)
	return k, err
}

// ImportCustomer takes somebody from a file, as desk.ContactFiles says. Each phone beyond
// the first becomes an identity of its own, merged into the person.
func (tx *Tx) ImportCustomer(p contactfile.Person, by staff.AgentID) (desk.ImportResult, error) {
	s, err := tx.PlanImport(p)
	if err != nil || s.Outcome == desk.ImportRefused || s.Outcome == desk.ImportSame {
		return s.ImportResult, err
	}
	phones := s.Phones
	if s.Customer == 0 {
		s.Customer, err = tx.AddCustomer(phones[0], s.Profile, by)
		phones = phones[1:]
	} else {
		err = tx.SaveProfile(s.Customer, s.Profile, by)
	}
	if err != nil {
		return s.ImportResult, err
	}
	if len(p.Labels) > 0 {
		if err := tx.SetLabels(s.Customer, s.Labels, by); err != nil {
			return s.ImportResult, err
		}
	}
	for _, phone := range phones {
		other, err := tx.AddCustomer(phone, chat.Profile{}, by)
		if errors.Is(err, ErrKnown) {
			continue // the spelling of one that was just added
		}
		if err != nil {
			return s.ImportResult, err
		}
		if _, err := tx.Merge(desk.MergeChoice{Stays: s.Customer, Goes: other}, by); err != nil {
			return s.ImportResult, err
		}
	}
	return s.ImportResult, nil
}

// Exported returns persons as files hold them, in the order of ids; who is none is left
// out.
func (r *Reader) Exported(ids []chat.ContactID) (people []contactfile.Person, err error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	of := map[chat.ContactID]*contactfile.Person{}
	if err := r.rows(`SELECT id, CASE WHEN own_name <> '' THEN own_name ELSE name END, language, email, street, about FROM contact
		WHERE person_id IS NULL AND id IN (SELECT value FROM json_each(?))`, []any{string(list)}, func(rows *sql.Rows) error {
		var id chat.ContactID
		var p contactfile.Person
		err := rows.Scan(&id, &p.Name, &p.Language, &p.Email, &p.Address, &p.About)
		of[id] = &p
		return err
	}); err != nil {
		return nil, err
	}
	if err := r.strings(`SELECT coalesce(person_id, id), phone FROM contact WHERE phone <> '' AND (id IN (SELECT value FROM json_each(?1))
		OR person_id IN (SELECT value FROM json_each(?1))) ORDER BY person_id IS NOT NULL, id`, list, func(id chat.ContactID, phone string) {
		same := func(have string) bool { return chat.PhoneKey(have) == chat.PhoneKey(phone) }
		if p := of[id]; p != nil && !slices.ContainsFunc(p.Phones, same) {
			p.Phones = append(p.Phones, phone)
		}
	}); err != nil {
		return nil, err
	}
	if err := r.strings(`SELECT DISTINCT l.contact_id, b.name FROM contact_label l JOIN label b ON b.id = l.label_id
		WHERE l.contact_id IN (SELECT value FROM json_each(?1)) ORDER BY b.key`, list, func(id chat.ContactID, label string) {
		if p := of[id]; p != nil {
			p.Labels = append(p.Labels, label)
		}
	}); err != nil {
		return nil, err
	}
	for _, id := range ids {
		if p := of[id]; p != nil {
			people = append(people, *p)
		}
	}
	return people, nil
}

// strings reads pairs of a contact and a text about them, of a list of ids as JSON.
func (r *Reader) strings(query string, ids []byte, take func(chat.ContactID, string)) error {
	return r.rows(query, []any{string(ids)}, func(rows *sql.Rows) error {
		var id chat.ContactID
		var text string
		err := rows.Scan(&id, &text)
		take(id, text)
		return err
	})
}
